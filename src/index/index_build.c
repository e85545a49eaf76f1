/* Builders joined to an index. */
#include <string.h>

#include "hot.h"
#include "join.h"
#include "lectern/mem.h"
#include "lectern/thread.h"
#include "postings.h"
#include "stems.h"

/* Pieces for each thread: they are not equally quick to pack. */
#define PIECES 8

/* References are looked at so many ahead: their records lie anywhere. */
#define AHEAD 16

struct piece {
    uint32_t first, end; /* terms */
    struct buf packed;
};

/* What several threads make at once of the joined terms and postings. */
struct building {
    const struct joined *joined;
    uint32_t first_word, document_count;
    struct hot_made hot;
    uint32_t *stems;
    size_t stem_count;
    uint64_t *lists; /* relative to its piece */
    struct piece *pieces;
    size_t piece_count;
};

/* The posting that a reference stands for. */
static struct list_posting resolve(const struct joined *joined, const struct reference *reference)
{
    const struct source *source = &joined->sources[reference->source];
    struct log_place place = log_find(&source->builder->log, reference->at);
    struct log_record record = log_read(&place);
    struct list_posting posting = {
        .posting = {.document = source->document},
        .places = record.places,
        .place_bits = record.place_bits,
    };
    memcpy(posting.posting.counts, record.counts, sizeof record.counts);
    return posting;
}

static void ask_for(const struct joined *joined, size_t reference)
{
    if (reference >= joined->lists[joined->term_count])
        return;
    const struct reference *ahead = &joined->references[reference];
    const struct log *log = &joined->sources[ahead->source].builder->log;
    __builtin_prefetch(log->chunks[ahead->at / LOG_CHUNK] + ahead->at % LOG_CHUNK);
}

static void pack(const struct building *building, struct piece *piece)
{
    const struct joined *joined = building->joined;
    struct list_writer *writer = mem_calloc(1, sizeof *writer);
    for (uint32_t term = piece->first; term < piece->end; term++) {
        list_begin(writer, (uint32_t)(joined->lists[term + 1] - joined->lists[term]));
        for (size_t i = joined->lists[term]; i < joined->lists[term + 1]; i++) {
            ask_for(joined, i + AHEAD);
            struct list_posting posting = resolve(joined, &joined->references[i]);
            list_add(writer, &posting);
        }
        list_end(writer, &piece->packed);
        building->lists[term + 1] = piece->packed.len;
    }
    list_writer_free(writer);
    mem_free(writer);
}

/* The longest tasks first. */
static void build_part(void *context, size_t number)
{
    struct building *building = context;
    const struct joined *joined = building->joined;
    if (number == 0)
        building->hot = hot_make(joined, building->first_word, building->document_count);
    else if (number == 1)
        building->stems = stems_sort(joined->texts, joined->text, building->first_word, joined->term_count,
                                     &building->stem_count);
    else
        pack(building, &building->pieces[number - 2]);
}

/* Pieces with about as many postings each. */
static void cut(struct building *building, size_t count)
{
    const struct joined *joined = building->joined;
    uint32_t term = 0;
    building->pieces = mem_calloc(count, sizeof *building->pieces);
    building->piece_count = count;
    for (size_t i = 0; i < count; i++) {
        size_t end = joined->lists[joined->term_count] / count * (i + 1);
        building->pieces[i].first = term;
        while (term < joined->term_count && (i + 1 == count || joined->lists[term] < end))
            term++;
        building->pieces[i].end = term;
    }
}

static void take_lists(struct building *building, struct image *image)
{
    struct buf packed = {0};
    for (size_t i = 0; i < building->piece_count; i++) {
        struct piece *piece = &building->pieces[i];
        for (uint32_t term = piece->first; term < piece->end; term++)
            building->lists[term + 1] += packed.len;
        buf_add(&packed, buf_str(&piece->packed));
        buf_free(&piece->packed);
    }
    mem_free(building->pieces);
    table_add(image, "lists", &table_u64, building->lists, (size_t)building->joined->term_count + 1);
    mem_free(building->lists);
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

static void make_terms(struct joined *joined, uint32_t document_count, unsigned threads, struct image *image)
{
    size_t starts = (size_t)joined->term_count + 1;
    struct building building = {
        .joined = joined,
        .first_word = first_word(joined),
        .document_count = document_count,
        .lists = mem_calloc(starts, sizeof *building.lists),
    };
    cut(&building, threads > 1 ? (size_t)threads * PIECES : 1);
    thread_share(threads, 2 + building.piece_count, build_part, &building);
    take_lists(&building, image);
    hot_take(&building.hot, image);
    image_take(image, "stems", building.stems, building.stem_count * sizeof *building.stems);
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
    make_terms(&joined, document_count, (unsigned)count, image);
    join_free(&joined);
    for (size_t i = 0; i < count; i++)
        builder_clear(builders[i], i ? builders[0] : NULL);
    struct index *index = index_open(image);
    image_release(image);
    return index;
}
