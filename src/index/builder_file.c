/* What of an article is indexed, and how its words go to their chains. */
#include <string.h>

#include "builder.h"
#include "features.h"
#include "lectern/mem.h"
#include "lectern/text.h"
#include "positions.h"
#include "postings.h"

/* Positions sorted by their places: those of place p end at ends[p], and begin where those before end. */
static void sort_positions(struct index_builder *builder)
{
    size_t places = builder->word_count * INDEX_FIELDS;
    if (places > builder->end_capacity) {
        builder->end_capacity = places * 2;
        builder->ends = mem_resize(builder->ends, builder->end_capacity, sizeof *builder->ends);
    }
    if (builder->token_count > builder->position_capacity) {
        builder->position_capacity = builder->token_capacity;
        builder->positions =
            mem_resize(builder->positions, builder->position_capacity, sizeof *builder->positions);
    }
    uint32_t start = 0, *end = builder->ends;
    for (size_t word = 0; word < builder->word_count; word++)
        for (unsigned f = 0; f < INDEX_FIELDS; f++) {
            *end++ = start;
            start += builder->words[word].counts[f];
        }
    for (size_t i = 0; i < builder->token_count; i++)
        builder->positions[builder->ends[builder->tokens[i].place]++] = builder->tokens[i].position;
}

/* Adds a word with its positions, whose first one is given, to its chain; returns the first of the next word. */
static const uint32_t *add_word(struct index_builder *builder, uint32_t file,
                                const struct stored_document *document, const struct builder_word *word,
                                const uint32_t *positions)
{
    struct bit_writer bits = {.out = &builder->packed};
    struct list_posting posting = {.place_bits = 0};
    uint8_t *counts = posting.posting.counts;
    buf_clear(&builder->packed);
    for (unsigned f = 0; f < INDEX_FIELDS; f++) {
        uint32_t count = word->counts[f];
        if (count == 0)
            continue;
        counts[f] = count < POSTINGS_MOST_COUNTED ? (uint8_t)count : (uint8_t)POSTINGS_MOST_COUNTED;
        if (count >= POSTINGS_MOST_COUNTED)
            bits_put_gamma(&bits, count - POSTINGS_MOST_COUNTED);
        positions_put(&bits, positions, count, document_span(document, f));
        positions += count;
    }
    posting.place_bits = (uint32_t)(builder->packed.len * 8) + bits.filled;
    if (posting.place_bits == 0 && !is_word(builder_term_text(builder, word->term)))
        counts[INDEX_TEXT] = 1;
    bits_put(&bits, 0, 32); /* the last byte is whole */
    posting.places = (const unsigned char *)builder->packed.at;
    chain_add(&builder->pool, &builder->chains[word->term], file, &posting);
    return positions;
}

void builder_end(struct index_builder *builder, uint32_t file, struct stored_document *document)
{
    const struct builder_field *fields = builder->fields;
    document->text = fields[INDEX_TEXT].words;
    document->title = (uint16_t)fields[INDEX_TITLE].words;
    document->question = (uint16_t)fields[INDEX_QUESTION].words;
    document->keywords = (uint16_t)fields[INDEX_KEYWORDS].words;
    document->headings = (uint16_t)fields[INDEX_HEADINGS].words;
    document->keyword_gaps = (uint16_t)fields[INDEX_KEYWORDS].gaps;
    document->heading_gaps = (uint16_t)fields[INDEX_HEADINGS].gaps;
    document->text_gaps = (uint16_t)fields[INDEX_TEXT].gaps;
    sort_positions(builder);
    const uint32_t *positions = builder->positions;
    for (size_t word = 0; word < builder->word_count; word++)
        positions = add_word(builder, file, document, &builder->words[word], positions);
}

/* The end of the run of lines that are no headings, or of one heading. A # inside fenced code is none. */
static size_t same_lines(struct str text, bool *in_code, bool *heading)
{
    size_t at = 0;
    for (bool first = true; at < text.len; first = false) {
        struct str rest = str_slice(text, at, text.len);
        bool fence = str_starts(rest, STR("```")) || str_starts(rest, STR("~~~"));
        bool is_heading = !*in_code && rest.at[0] == '#';
        if (!first && (is_heading || *heading))
            break;
        *heading = is_heading;
        *in_code ^= fence;
        size_t end = str_find_byte(rest, '\n');
        at = end == STR_NOT_FOUND ? text.len : at + end + 1;
    }
    return at;
}

static void add_text(struct index_builder *builder, struct str text)
{
    bool in_code = false, heading = false;
    while (text.len) {
        size_t end = same_lines(text, &in_code, &heading);
        builder_part(builder, INDEX_HEADINGS);
        builder_part(builder, INDEX_TEXT);
        builder_add_words(builder, str_slice(text, 0, end), heading ? INDEX_HEADINGS : INDEX_TEXT);
        text = str_slice(text, end, text.len);
    }
}

static bool same_folded(struct str a, struct str b)
{
    struct buf x = {0}, y = {0};
    text_fold(&x, a);
    text_fold(&y, b);
    bool same = str_eq(buf_str(&x), buf_str(&y));
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* YYYY-MM-DD, alone or before a time. */
static bool is_date(struct str date)
{
    static const char form[] = "0000-00-00";
    size_t len = sizeof form - 1;
    if (date.len < len || (date.len > len && date.at[len] != 'T' && date.at[len] != ' '))
        return false;
    for (size_t i = 0; i < len; i++)
        if (form[i] == '0' ? date.at[i] < '0' || date.at[i] > '9' : date.at[i] != form[i])
            return false;
    return true;
}

static void add_tags(struct index_builder *builder, const struct article *article)
{
    builder_add_tag_words(builder, INDEX_AUTHOR, article->author);
    builder_add_tag_words(builder, INDEX_URL, article->url);
    if (is_date(article->date))
        builder_add_tag(builder, INDEX_DATE, str_slice(article->date, 0, 10));
    unsigned features = features_of(&builder->scratch, article);
    arena_reset(&builder->scratch);
    if (features & FEATURE_MATH)
        builder_add_tag(builder, INDEX_HAS, STR("math"));
    if (features & FEATURE_CODE)
        builder_add_tag(builder, INDEX_HAS, STR("code"));
    if (features & FEATURE_TABLE)
        builder_add_tag(builder, INDEX_HAS, STR("table"));
    if (article->related_count)
        builder_add_tag(builder, INDEX_HAS, STR("related"));
}

void index_builder_add(struct index_builder *builder, uint32_t file, const struct article *article)
{
    struct builder_file added = {.file = file, .document = {.file = file}};
    builder_begin(builder);
    builder_add_words(builder, article->title, INDEX_TITLE);
    if (article->question.len && same_folded(article->question, article->title))
        added.document.flags = STORED_QUESTION_IS_TITLE;
    else
        builder_add_words(builder, article->question, INDEX_QUESTION);
    for (size_t i = 0; i < article->keyword_count; i++) {
        builder_part(builder, INDEX_KEYWORDS);
        builder_add_words(builder, article->keywords[i], INDEX_KEYWORDS);
    }
    add_text(builder, article->text);
    add_tags(builder, article);
    builder_end(builder, file, &added.document);
    frames_add(&builder->frames, file, article->text);
    builder->files =
        mem_grow(builder->files, builder->file_count, &builder->file_capacity, sizeof *builder->files);
    builder->files[builder->file_count++] = added;
}

void index_builder_end_batch(struct index_builder *builder, uint32_t file)
{
    frames_end(&builder->frames, file);
}

void index_builder_add_tags(struct index_builder *builder, uint32_t file, enum index_tag tag,
                            const struct str *texts, size_t count)
{
    struct stored_document nothing = {0};
    builder_begin(builder);
    for (size_t i = 0; i < count; i++)
        builder_add_tag_words(builder, tag, texts[i]);
    builder_end(builder, file, &nothing);
}
