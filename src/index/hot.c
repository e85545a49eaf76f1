#include "hot.h"

#include <string.h>

#include "lectern/mem.h"
#include "postings.h"

#define NONE UINT32_MAX

struct hot {
    struct str prefix;
    uint32_t within; /* the prefix that is one character shorter, or NONE */
    uint64_t *bitmap;
    uint32_t documents;
    struct posting *postings;
    size_t posting_count, posting_capacity;
    struct posting at; /* of the document at hand */
    uint32_t mark;     /* that document plus 1 */
};

struct making {
    const struct joined *joined;
    uint32_t document_count;
    uint32_t *longest; /* by term: the longest hot prefix it begins with, or NONE */
    struct hot *hots;  /* in the order of their texts */
    size_t count, capacity;
    uint32_t *touched; /* by the document at hand */
    size_t touched_count;
};

static struct str term_text(const struct joined *joined, uint32_t term)
{
    uint32_t start = joined->texts[term];
    return (struct str){joined->text + start, joined->texts[term + 1] - start};
}

/* The end of the character at `at`; 0 if the term ends before. */
static size_t character_end(struct str text, size_t at)
{
    if (at >= text.len)
        return 0;
    for (at++; at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80; at++) {
    }
    return at;
}

static void add_hot(struct making *making, struct str prefix, uint32_t within, uint32_t first, uint32_t end)
{
    making->hots = mem_grow(making->hots, making->count, &making->capacity, sizeof *making->hots);
    for (uint32_t term = first; term < end; term++)
        making->longest[term] = (uint32_t)making->count;
    making->hots[making->count++] = (struct hot){.prefix = prefix, .within = within};
}

/* Looks for hot prefixes among the terms [first, end), which begin with the same `len` bytes. */
static void find_hot(struct making *making, uint32_t first, uint32_t end, size_t len, unsigned characters,
                     uint32_t within)
{
    const struct joined *joined = making->joined;
    while (first < end) {
        struct str text = term_text(joined, first);
        struct str prefix = str_slice(text, 0, character_end(text, len));
        uint32_t past = first + 1;
        while (prefix.len && past < end && str_starts(term_text(joined, past), prefix))
            past++;
        size_t postings = joined->lists[past] - joined->lists[first];
        if (prefix.len && prefix.len <= HOT_BYTES &&
            postings > (uint64_t)HOT_POSTINGS * making->document_count) {
            uint32_t number = (uint32_t)making->count;
            add_hot(making, prefix, within, first, past);
            if (characters < HOT_CHARACTERS)
                find_hot(making, first, past, prefix.len, characters + 1, number);
        }
        first = past;
    }
}

static void add_counts(struct making *making, uint32_t number, uint32_t document,
                       const uint8_t counts[INDEX_FIELDS])
{
    for (; number != NONE; number = making->hots[number].within) {
        struct hot *hot = &making->hots[number];
        if (hot->mark != document + 1) {
            hot->mark = document + 1;
            hot->at = (struct posting){.document = document};
            making->touched[making->touched_count++] = number;
        }
        for (unsigned f = 0; f < INDEX_TEXT; f++) {
            unsigned sum = hot->at.counts[f] + counts[f];
            hot->at.counts[f] = (uint8_t)(sum < POSTINGS_MOST_COUNTED ? sum : POSTINGS_MOST_COUNTED);
        }
    }
}

static void end_document(struct making *making)
{
    for (size_t i = 0; i < making->touched_count; i++) {
        struct hot *hot = &making->hots[making->touched[i]];
        uint32_t document = hot->at.document;
        hot->bitmap[document / 64] |= (uint64_t)1 << document % 64;
        hot->documents++;
        unsigned others = 0;
        for (unsigned f = 0; f < INDEX_TEXT; f++)
            others |= hot->at.counts[f];
        if (!others)
            continue;
        hot->postings =
            mem_grow(hot->postings, hot->posting_count, &hot->posting_capacity, sizeof *hot->postings);
        hot->postings[hot->posting_count++] = hot->at;
    }
    making->touched_count = 0;
}

static void read_documents(struct making *making)
{
    const struct joined *joined = making->joined;
    for (size_t i = 0; i < joined->source_count; i++) {
        const struct source *source = &joined->sources[i];
        struct log_place place = {.next = source->file->at};
        for (uint32_t r = 0; r < source->file->records; r++) {
            place = log_find(&source->builder->log, place.next);
            uint32_t longest = making->longest[source->builder->numbers[log_term(&place)]];
            if (longest != NONE)
                add_counts(making, longest, source->document, log_read(&place).counts);
        }
        end_document(making);
    }
}

static void pack_list(struct list_writer *writer, const struct hot *hot, struct buf *lists)
{
    list_begin(writer, (uint32_t)hot->posting_count);
    for (size_t i = 0; i < hot->posting_count; i++)
        list_add(writer, &(struct list_posting){.posting = hot->postings[i]});
    list_end(writer, lists);
}

static void store(const struct making *making, struct hot_made *made)
{
    struct list_writer *writer = mem_calloc(1, sizeof *writer);
    made->hots = mem_calloc(making->count, sizeof *made->hots);
    made->count = making->count;
    for (size_t i = 0; i < making->count; i++) {
        const struct hot *hot = &making->hots[i];
        memcpy(made->hots[i].prefix, hot->prefix.at, hot->prefix.len);
        made->hots[i].list = made->lists.len;
        made->hots[i].documents = hot->documents;
        pack_list(writer, hot, &made->lists);
    }
    list_writer_free(writer);
    mem_free(writer);
}

struct hot_made hot_make(const struct joined *joined, uint32_t first, uint32_t document_count)
{
    struct making making = {.joined = joined, .document_count = document_count};
    struct hot_made made = {0};
    size_t words = ((size_t)document_count + 63) / 64;
    making.longest = mem_alloc(joined->term_count * sizeof *making.longest);
    memset(making.longest, 0xff, joined->term_count * sizeof *making.longest);
    find_hot(&making, first, joined->term_count, 0, 1, NONE);
    made.words = making.count * words;
    made.bitmaps = mem_calloc(made.words, sizeof *made.bitmaps);
    for (size_t i = 0; i < making.count; i++)
        making.hots[i].bitmap = made.bitmaps + i * words;
    making.touched = mem_calloc(making.count, sizeof *making.touched);
    read_documents(&making);
    store(&making, &made);
    for (size_t i = 0; i < making.count; i++)
        mem_free(making.hots[i].postings);
    mem_free(making.hots);
    mem_free(making.touched);
    mem_free(making.longest);
    return made;
}

void hot_take(struct hot_made *made, struct image *image)
{
    image_take(image, "hots", made->hots, made->count * sizeof *made->hots);
    image_take(image, "hotbits", made->bitmaps, made->words * sizeof *made->bitmaps);
    image_take_buf(image, "hotlists", &made->lists);
}
