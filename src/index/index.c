/* The accessors: see the note in catalogue.c on damaged images. */
#include "lectern/index.h"

#include <stdatomic.h>

#include "hot.h"
#include "index_image.h"
#include "lectern/mem.h"

/* The first term that is not below `key`; with `past`, the first behind all that begin with it. */
static uint32_t first_term(const struct index *index, struct str key, bool past)
{
    uint32_t low = 0, high = index_term_count(index);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct str term = index_term(index, middle);
        if (str_compare(term, key) < 0 || (past && str_starts(term, key)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool index_find_lists(struct index *index, const struct image *image)
{
    static const char past_tags[] = {INDEX_TAGS_END};
    bool found = image_find_rows(image, "terms", "termtext", 1, &index->terms) &&
                 table_find(image, "lists", &table_u64, &index->lists) &&
                 image_find(image, "postings", 1, &index->postings) &&
                 image_find(image, "docs", sizeof(struct stored_document), &index->documents) &&
                 index->terms.count < UINT32_MAX && index->lists.count == index->terms.count + 1 &&
                 index->documents.count < INDEX_NONE;
    if (found)
        index->first_word = first_term(index, (struct str){past_tags, 1}, false);
    return found;
}

static bool find_sections(struct index *index, const struct image *image)
{
    struct image_array totals;
    if (!image_find(image, "words", sizeof(struct stored_totals), &totals) || totals.count != 1)
        return false;
    index->totals = totals.at;
    return index_find_lists(index, image) && image_find(image, "stems", sizeof(uint32_t), &index->stems) &&
           image_find(image, "frames", sizeof(uint64_t), &index->frame_starts) &&
           image_find(image, "frame", 1, &index->frames) &&
           image_find(image, "framdict", 1, &index->dictionary) && hot_open(index, image);
}

struct index *index_open(struct image *image)
{
    struct index *index = mem_calloc(1, sizeof *index);
    atomic_init(&index->references, 1);
    index->image = image_keep(image);
    if (find_sections(index, image))
        return index;
    index_release(index);
    return NULL;
}

struct index *index_keep(struct index *index)
{
    atomic_fetch_add(&index->references, 1);
    return index;
}

void index_release(struct index *index)
{
    if (!index || atomic_fetch_sub(&index->references, 1) > 1)
        return;
    image_release(index->image);
    mem_free(index);
}

const struct image *index_image(const struct index *index)
{
    return index->image;
}

uint32_t index_term_count(const struct index *index)
{
    return (uint32_t)index->terms.count;
}

struct str index_term(const struct index *index, uint32_t term)
{
    size_t len;
    const char *text = image_row(&index->terms, term, &len);
    return (struct str){text, len};
}

void index_find_prefix(const struct index *index, struct str prefix, uint32_t *first, uint32_t *end)
{
    *first = prefix.len ? first_term(index, prefix, false) : index->first_word;
    *end = first_term(index, prefix, true);
}

/* The term in whose text the byte `at` of all texts lies. */
static uint32_t term_at(const struct index *index, size_t at)
{
    uint32_t low = 0, high = index_term_count(index);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (index->terms.starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t index_find_part(const struct index *index, struct str part, uint32_t from)
{
    struct str all = {index->terms.items.at, index->terms.items.count};
    from = from < index->first_word ? index->first_word : from;
    if (from >= index_term_count(index))
        return index_term_count(index);
    for (size_t at = index->terms.starts[from]; at < all.len; at++) {
        size_t next = str_find(str_slice(all, at, all.len), part);
        if (next == STR_NOT_FOUND)
            break;
        at += next;
        uint32_t term = term_at(index, at);
        if (term >= from && str_find(index_term(index, term), part) != STR_NOT_FOUND)
            return term;
    }
    return index_term_count(index);
}

uint32_t index_find_long(const struct index *index, size_t len, uint32_t from)
{
    const uint32_t *starts = index->terms.starts;
    from = from < index->first_word ? index->first_word : from;
    while (from < index_term_count(index) && starts[from + 1] - starts[from] < len)
        from++;
    return from < index_term_count(index) ? from : index_term_count(index);
}

void index_find_tag(const struct index *index, enum index_tag tag, struct str prefix, uint32_t *first,
                    uint32_t *end)
{
    struct buf key = {0};
    buf_add_byte(&key, (char)tag);
    buf_add(&key, prefix);
    struct str text = index_term_of(buf_str(&key));
    *first = first_term(index, text, false);
    *end = first_term(index, text, true);
    buf_free(&key);
}

struct str index_tag_value(const struct index *index, uint32_t term)
{
    struct str text = index_term(index, term);
    return str_slice(text, 1, text.len);
}

const struct stored_document *index_document(const struct index *index, uint32_t document)
{
    static const struct stored_document nothing;
    const struct stored_document *documents = index->documents.at;
    return document < index->documents.count ? &documents[document] : &nothing;
}

void index_field_lengths(const struct index *index, uint32_t document, uint32_t lengths[INDEX_FIELDS])
{
    const struct stored_document *stored = index_document(index, document);
    lengths[INDEX_TITLE] = stored->title;
    lengths[INDEX_QUESTION] = stored->question;
    lengths[INDEX_KEYWORDS] = stored->keywords;
    lengths[INDEX_HEADINGS] = stored->headings;
    lengths[INDEX_TEXT] = stored->text;
}

uint32_t index_field_length(const struct index *index, uint32_t document, enum index_field field)
{
    uint32_t lengths[INDEX_FIELDS];
    index_field_lengths(index, document, lengths);
    return lengths[field];
}

double index_mean_length(const struct index *index, enum index_field field)
{
    uint64_t documents = index->totals->documents;
    return documents ? (double)index->totals->words[field] / (double)documents : 0;
}

bool index_question_is_title(const struct index *index, uint32_t document)
{
    return index_document(index, document)->flags & STORED_QUESTION_IS_TITLE;
}

uint32_t index_document_count(const struct index *index)
{
    return (uint32_t)index->documents.count;
}
