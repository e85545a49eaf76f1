#include "hot.h"

#include <string.h>

#include "lectern/mem.h"
#include "lectern/thread.h"
#include "postings.h"

#define NONE UINT32_MAX

struct hot {
    struct str prefix;
    uint32_t first, end; /* terms that begin with it */
    uint32_t within;     /* the prefix that is one character shorter, or NONE */
    uint64_t *bitmap;
    uint8_t (*counts)[INDEX_TEXT]; /* by document, while the terms are gone through; never in the text */
    uint32_t documents;
    struct buf list;
};

struct making {
    struct index index; /* without what is made here */
    uint32_t *longest;  /* by term: the longest hot prefix it begins with, or NONE */
    struct hot *hots;   /* in the order of their texts */
    size_t count, capacity;
    uint32_t *shortest; /* those of one character */
    size_t shortest_count;
};

/* The end of the character at `at`; 0 if the term ends before. */
static size_t character_end(struct str text, size_t at)
{
    if (at >= text.len)
        return 0;
    for (at++; at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80; at++) {
    }
    return at;
}

static void add_hot(struct making *making, const struct hot *hot)
{
    making->hots = mem_grow(making->hots, making->count, &making->capacity, sizeof *making->hots);
    for (uint32_t term = hot->first; term < hot->end; term++)
        making->longest[term] = (uint32_t)making->count;
    making->hots[making->count++] = *hot;
}

/* Looks for hot prefixes among the terms [first, end), which begin with the same `len` bytes. */
static void find_hot(struct making *making, uint32_t first, uint32_t end, size_t len, unsigned characters,
                     uint32_t within)
{
    const struct index *index = &making->index;
    uint64_t most = (uint64_t)HOT_POSTINGS * index_document_count(index);
    for (uint32_t past; first < end; first = past) {
        struct str text = index_term(index, first);
        struct hot hot = {str_slice(text, 0, character_end(text, len)), first, .within = within};
        uint64_t postings = 0;
        for (past = first; past == first ||
                           (hot.prefix.len && past < end && str_starts(index_term(index, past), hot.prefix));
             past++)
            postings += index_term_documents(index, past);
        hot.end = past;
        if (hot.prefix.len == 0 || hot.prefix.len > HOT_BYTES || postings <= most)
            continue;
        uint32_t number = (uint32_t)making->count;
        add_hot(making, &hot);
        if (characters < INDEX_HOT_CHARACTERS)
            find_hot(making, first, past, hot.prefix.len, characters + 1, number);
    }
}

static void add_posting(struct hot *hot, const struct posting *posting)
{
    static const uint8_t nothing[INDEX_TEXT];
    uint8_t *counts = hot->counts[posting->document];
    hot->bitmap[posting->document / 64] |= (uint64_t)1 << posting->document % 64;
    if (memcmp(posting->counts, nothing, sizeof nothing) == 0)
        return;
    for (unsigned f = 0; f < INDEX_TEXT; f++) {
        unsigned sum = counts[f] + posting->counts[f];
        counts[f] = (uint8_t)(sum < POSTINGS_MOST_COUNTED ? sum : POSTINGS_MOST_COUNTED);
    }
}

/* All terms of a prefix have been read. */
static void finish(struct making *making, struct list_writer *writer, uint32_t number)
{
    static const uint8_t nothing[INDEX_TEXT];
    struct hot *hot = &making->hots[number];
    list_begin(writer);
    for (uint32_t document = 0; document < index_document_count(&making->index); document++) {
        struct list_posting posting = {.posting = {.document = document}};
        hot->documents += (uint32_t)(hot->bitmap[document / 64] >> document % 64 & 1);
        if (memcmp(hot->counts[document], nothing, sizeof nothing) == 0)
            continue;
        memcpy(posting.posting.counts, hot->counts[document], sizeof nothing);
        list_add(writer, &posting);
    }
    list_end(writer, &hot->list);
    mem_free(hot->counts);
    hot->counts = NULL;
}

/* Opens the prefixes of a term, from the longest one on, that are not open; returns the longest. */
static uint32_t open_prefixes(struct making *making, uint32_t term)
{
    for (uint32_t number = making->longest[term]; number != NONE; number = making->hots[number].within)
        if (!making->hots[number].counts)
            making->hots[number].counts =
                mem_calloc(index_document_count(&making->index), sizeof *making->hots[number].counts);
    return making->longest[term];
}

/* Goes once through the terms of a prefix of one character, for it and for all longer ones. */
static void unite(void *context, size_t turn)
{
    struct making *making = context;
    uint32_t shortest = making->shortest[turn], end = making->hots[shortest].end;
    struct list_writer *writer = mem_calloc(1, sizeof *writer);
    for (uint32_t term = making->hots[shortest].first; term < end; term++) {
        uint32_t longest = open_prefixes(making, term);
        struct posting_reader reader = index_postings(&making->index, term);
        struct posting posting;
        while (index_next_posting(&reader, &posting))
            for (uint32_t number = longest; number != NONE; number = making->hots[number].within)
                add_posting(&making->hots[number], &posting);
        for (uint32_t number = longest; number != NONE && making->hots[number].end == term + 1;
             number = making->hots[number].within)
            finish(making, writer, number);
    }
    list_writer_free(writer);
    mem_free(writer);
}

static void store(struct making *making, struct image *image)
{
    struct stored_hot *stored = mem_calloc(making->count, sizeof *stored);
    struct buf lists = {0};
    for (size_t i = 0; i < making->count; i++) {
        struct hot *hot = &making->hots[i];
        memcpy(stored[i].prefix, hot->prefix.at, hot->prefix.len);
        stored[i].list = lists.len;
        stored[i].documents = hot->documents;
        buf_add(&lists, buf_str(&hot->list));
        buf_free(&hot->list);
    }
    image_take(image, "hots", stored, making->count * sizeof *stored);
    image_take_buf(image, "hotlists", &lists);
}

void hot_make(struct image *image, unsigned threads)
{
    struct making making = {.count = 0};
    index_find_lists(&making.index, image);
    uint32_t terms = index_term_count(&making.index);
    size_t words = ((size_t)index_document_count(&making.index) + 63) / 64;
    making.longest = mem_alloc(terms * sizeof *making.longest);
    memset(making.longest, 0xff, terms * sizeof *making.longest);
    find_hot(&making, making.index.first_word, terms, 0, 1, NONE);
    uint64_t *bitmaps = mem_calloc(making.count * words, sizeof *bitmaps);
    making.shortest = mem_calloc(making.count, sizeof *making.shortest);
    for (uint32_t i = 0; i < making.count; i++) {
        making.hots[i].bitmap = bitmaps + i * words;
        if (making.hots[i].within == NONE)
            making.shortest[making.shortest_count++] = i;
    }
    thread_share(threads, making.shortest_count, unite, &making);
    store(&making, image);
    image_take(image, "hotbits", bitmaps, making.count * words * sizeof *bitmaps);
    mem_free(making.hots);
    mem_free(making.shortest);
    mem_free(making.longest);
}
