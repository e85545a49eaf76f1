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

struct piece {
    uint32_t first, end; /* terms */
    struct buf packed;
};

/* What several threads make at once of the joined terms. */
struct building {
    const struct joined *joined;
    uint32_t *texts; /* where the text of each term begins in `text`, and the end of the last */
    char *text;
    uint32_t *stems;
    size_t stem_count;
    uint64_t
        *lists; /* where each list begins, and the end of the last; while packing, relative to its piece */
    struct piece *pieces;
    size_t piece_count, builder_count;
};

/* The postings of a term in one builder, and the next of them. */
struct stream {
    struct chain_reader reader;
    struct list_posting posting;
    bool more;
};

static void advance(const struct joined *joined, struct stream *stream)
{
    uint32_t file, document = INDEX_NONE;
    do {
        stream->more = chain_next(&stream->reader, &file, &stream->posting);
        if (stream->more)
            document = joined_document(joined, file);
    } while (stream->more && document == INDEX_NONE);
    stream->posting.posting.document = document;
}

static struct stream *first_of(struct stream *streams, size_t count)
{
    struct stream *first = NULL;
    for (size_t i = 0; i < count; i++)
        if (streams[i].more &&
            (!first || streams[i].posting.posting.document < first->posting.posting.document))
            first = &streams[i];
    return first;
}

/* The postings of a term in all builders, in the order of documents. */
static void merge(const struct joined *joined, uint32_t term, struct stream *streams,
                  struct list_writer *writer)
{
    size_t count = joined->starts[term + 1] - joined->starts[term];
    uint64_t next = 0;
    for (size_t i = 0; i < count; i++) {
        streams[i].reader = chain_read(joined->terms[joined->starts[term] + i].chain);
        advance(joined, &streams[i]);
    }
    for (struct stream *stream; (stream = first_of(streams, count)) != NULL; advance(joined, stream)) {
        if (stream->posting.posting.document < next)
            continue; /* a file that came twice, or too late */
        next = (uint64_t)stream->posting.posting.document + 1;
        list_add(writer, &stream->posting);
    }
}

static void pack(const struct building *building, struct piece *piece)
{
    struct list_writer *writer = mem_calloc(1, sizeof *writer);
    struct stream *streams = mem_calloc(building->builder_count, sizeof *streams);
    for (uint32_t term = piece->first; term < piece->end; term++) {
        list_begin(writer);
        merge(building->joined, term, streams, writer);
        list_end(writer, &piece->packed);
        building->lists[term + 1] = piece->packed.len;
    }
    list_writer_free(writer);
    mem_free(writer);
    mem_free(streams);
}

static uint32_t first_word(const struct joined *joined)
{
    uint32_t term = 0;
    while (term < joined->term_count && !is_word(joined_text(joined, term)))
        term++;
    return term;
}

static void build_part(void *context, size_t number)
{
    struct building *building = context;
    if (number == 0)
        building->stems = stems_sort(building->texts, building->text, first_word(building->joined),
                                     building->joined->term_count, &building->stem_count);
    else
        pack(building, &building->pieces[number - 1]);
}

static uint64_t postings_of(const struct joined *joined, uint32_t term)
{
    uint64_t count = 0;
    for (uint32_t i = joined->starts[term]; i < joined->starts[term + 1]; i++)
        count += joined->terms[i].chain->postings;
    return count;
}

/* Pieces with about as many postings each. */
static void cut(struct building *building, size_t count)
{
    const struct joined *joined = building->joined;
    uint64_t postings = 0;
    uint32_t term = 0;
    building->pieces = mem_calloc(count, sizeof *building->pieces);
    building->piece_count = count;
    for (size_t i = 0; i < count; i++) {
        building->pieces[i].first = term;
        while (term < joined->term_count && (i + 1 == count || postings < joined->postings / count * (i + 1)))
            postings += postings_of(joined, term++);
        building->pieces[i].end = term;
    }
}

static void copy_texts(struct building *building)
{
    const struct joined *joined = building->joined;
    size_t len = 0;
    for (uint32_t term = 0; term < joined->term_count; term++)
        len += joined_text(joined, term).len;
    if (len > UINT32_MAX)
        mem_exhausted();
    building->texts = mem_calloc((size_t)joined->term_count + 1, sizeof *building->texts);
    building->text = mem_alloc(len);
    len = 0;
    for (uint32_t term = 0; term < joined->term_count; term++) {
        struct str text = joined_text(joined, term);
        memcpy(building->text + len, text.at, text.len);
        len += text.len;
        building->texts[term + 1] = (uint32_t)len;
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
    table_add(image, "lists", &table_u64, building->lists, (size_t)building->joined->term_count + 1);
    image_take_buf(image, "postings", &packed);
    mem_free(building->lists);
    mem_free(building->pieces);
}

static void make_terms(const struct joined *joined, size_t threads, struct image *image)
{
    size_t starts = (size_t)joined->term_count + 1;
    struct building building = {.joined = joined, .builder_count = threads};
    building.lists = mem_calloc(starts, sizeof *building.lists);
    copy_texts(&building);
    cut(&building, threads > 1 ? threads * PIECES : 1);
    thread_share((unsigned)threads, 1 + building.piece_count, build_part, &building);
    take_lists(&building, image);
    image_take(image, "stems", building.stems, building.stem_count * sizeof *building.stems);
    image_take(image, "termtext", building.text, building.texts[joined->term_count]);
    image_take(image, "terms", building.texts, starts * sizeof *building.texts);
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

static void describe(const struct joined *joined, struct index_builder *const *builders, size_t count,
                     uint32_t document_count, struct image *image)
{
    struct stored_document *documents = mem_calloc(document_count, sizeof *documents);
    struct stored_totals *totals = mem_calloc(1, sizeof *totals);
    struct frame_writer **writers = mem_calloc(count, sizeof *writers);
    for (uint32_t i = 0; i < document_count; i++)
        documents[i].file = INDEX_NONE;
    for (size_t i = 0; i < count; i++) {
        writers[i] = &builders[i]->frames;
        for (size_t f = 0; f < builders[i]->file_count; f++) {
            const struct builder_file *file = &builders[i]->files[f];
            uint32_t document = joined_document(joined, file->file);
            if (document >= document_count)
                continue;
            documents[document] = file->document;
            add_lengths(totals, &file->document);
        }
    }
    frames_join(writers, count, joined->documents, joined->file_count, document_count, image);
    mem_free(writers);
    image_take(image, "words", totals, sizeof *totals);
    image_take(image, "docs", documents, document_count * sizeof *documents);
}

struct index *index_build(struct index_builder *const *builders, size_t count, const uint32_t *documents,
                          uint32_t file_count, uint32_t document_count)
{
    struct joined joined;
    struct image *image = image_new();
    join(&joined, builders, count, documents, file_count);
    make_terms(&joined, count, image);
    describe(&joined, builders, count, document_count, image);
    join_free(&joined);
    for (size_t i = 0; i < count; i++)
        builder_clear(builders[i], i ? builders[0] : NULL);
    hot_make(image, (unsigned)count);
    struct index *index = index_open(image);
    image_release(image);
    return index;
}
