/* Builders joined to an index. */
#include <string.h>

#include "hot.h"
#include "join.h"
#include "lectern/mem.h"
#include "postings.h"
#include "stems.h"

/* The posting that a reference stands for. */
static struct list_posting resolve(const struct joined *joined, const struct reference *reference)
{
    const struct source *source = &joined->sources[reference->source];
    struct log_record record;
    log_read(&source->builder->log, reference->at, &record);
    struct list_posting posting = {
        .posting = {.document = source->document},
        .places = record.places,
        .place_bits = record.place_bits,
    };
    memcpy(posting.posting.counts, record.counts, sizeof record.counts);
    return posting;
}

static void pack(const struct joined *joined, struct image *image)
{
    struct list_writer *writer = mem_calloc(1, sizeof *writer);
    struct buf packed = {0};
    size_t starts = (size_t)joined->term_count + 1;
    uint64_t *lists = mem_calloc(starts, sizeof *lists);
    for (uint32_t term = 0; term < joined->term_count; term++) {
        list_begin(writer, (uint32_t)(joined->lists[term + 1] - joined->lists[term]));
        for (size_t i = joined->lists[term]; i < joined->lists[term + 1]; i++) {
            struct list_posting posting = resolve(joined, &joined->references[i]);
            list_add(writer, &posting);
        }
        list_end(writer, &packed);
        lists[term + 1] = packed.len;
    }
    list_writer_free(writer);
    mem_free(writer);
    image_take(image, "lists", lists, starts * sizeof *lists);
    image_take_buf(image, "postings", &packed);
}

static void add_lengths(struct stored_totals *totals, const struct stored_document *document)
{
    totals->words[INDEX_TITLE] += document->title;
    totals->words[INDEX_QUESTION] += document->question;
    totals->words[INDEX_KEYWORDS] += document->keywords;
    totals->words[INDEX_HEADINGS] += document->headings;
    totals->words[INDEX_TEXT] += document->text;
    totals->documents++;
}

static void describe(const struct joined *joined, uint32_t document_count, uint64_t dictionary_frames,
                     struct image *image)
{
    struct stored_document *documents = mem_calloc(document_count, sizeof *documents);
    struct stored_totals *totals = mem_calloc(1, sizeof *totals);
    totals->dictionary_frames = dictionary_frames;
    for (uint32_t i = 0; i < document_count; i++)
        documents[i].file = INDEX_NONE;
    for (size_t i = 0; i < joined->source_count; i++) {
        const struct source *source = &joined->sources[i];
        if (!source->file->whole)
            continue;
        documents[source->document] = source->file->document;
        add_lengths(totals, &source->file->document);
    }
    image_take(image, "words", totals, sizeof *totals);
    image_take(image, "docs", documents, document_count * sizeof *documents);
}

static uint32_t first_word(const struct joined *joined)
{
    uint32_t term = 0;
    while (term < joined->term_count && (unsigned char)joined->text[joined->texts[term]] < INDEX_TAGS_END)
        term++;
    return term;
}

/* Texts of terms and their stems. */
static void name(struct joined *joined, struct image *image)
{
    size_t stem_count, starts = (size_t)joined->term_count + 1;
    uint32_t *stems =
        stems_sort(joined->texts, joined->text, first_word(joined), joined->term_count, &stem_count);
    image_take(image, "stems", stems, stem_count * sizeof *stems);
    image_take(image, "terms", joined->texts, starts * sizeof *joined->texts);
    image_take(image, "termtext", joined->text, joined->texts[joined->term_count]);
    joined->texts = NULL;
    joined->text = NULL;
}

static uint64_t take_frames(struct index_builder *const *builders, size_t count, uint32_t file_count,
                            struct image *image)
{
    struct frame_writer **writers = mem_calloc(count, sizeof *writers);
    for (size_t i = 0; i < count; i++)
        writers[i] = &builders[i]->frames;
    uint64_t dictionary_frames = frames_join(writers, count, file_count, image);
    mem_free(writers);
    return dictionary_frames;
}

struct index *index_build(struct index_builder *const *builders, size_t count, const uint32_t *documents,
                          uint32_t file_count, uint32_t document_count)
{
    struct joined joined;
    struct image *image = image_new();
    join(&joined, builders, count, documents, file_count);
    describe(&joined, document_count, take_frames(builders, count, file_count, image), image);
    pack(&joined, image);
    hot_make(&joined, first_word(&joined), document_count, image);
    name(&joined, image);
    join_free(&joined);
    for (size_t i = 0; i < count; i++)
        builder_clear(builders[i], i ? builders[0] : NULL);
    struct index *index = index_open(image);
    image_release(image);
    return index;
}
