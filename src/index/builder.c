#include "builder.h"

#include <string.h>
#include <time.h>

#include "lectern/mem.h"
#include "lectern/text.h"

#define FIRST_SLOTS ((size_t)1 << 12)

_Static_assert(INDEX_TERM_BYTES <= UINT8_MAX, "the length of a term fits into a byte");

struct str index_term_of(struct str folded)
{
    if (folded.len <= INDEX_TERM_BYTES)
        return folded;
    size_t len = INDEX_TERM_BYTES;
    while (len && ((unsigned char)folded.at[len] & 0xc0) == 0x80)
        len--;
    return (struct str){folded.at, len};
}

static uint64_t seed_of(const void *address)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 32 ^ (uint64_t)(uintptr_t)address;
    return seed * 0x9e3779b97f4a7c15u;
}

struct index_builder *index_builder_new(const struct index_builder *beside)
{
    struct index_builder *builder = mem_calloc(1, sizeof *builder);
    builder->seed = seed_of(builder);
    frames_start(&builder->frames, beside ? &beside->frames : NULL);
    return builder;
}

static void release(struct index_builder *builder)
{
    mem_free(builder->slots);
    mem_free(builder->terms);
    mem_free(builder->chains);
    mem_free(builder->files);
    mem_free(builder->words);
    mem_free(builder->tokens);
    mem_free(builder->ends);
    mem_free(builder->positions);
    chain_pool_free(&builder->pool);
    buf_free(&builder->texts);
    buf_free(&builder->folded);
    buf_free(&builder->packed);
    arena_free(&builder->scratch);
    frames_clear(&builder->frames);
    *builder = (struct index_builder){.seed = builder->seed};
}

void builder_clear(struct index_builder *builder, const struct index_builder *beside)
{
    release(builder);
    frames_start(&builder->frames, beside ? &beside->frames : NULL);
}

void index_builder_free(struct index_builder *builder)
{
    if (!builder)
        return;
    release(builder);
    mem_free(builder);
}

/* Up to eight bytes: others, if as many, give another number. */
static uint64_t load(const char *at, size_t len)
{
    uint32_t low, high;
    if (len >= 4) { /* two words of four that may overlap */
        memcpy(&low, at, 4);
        memcpy(&high, at + len - 4, 4);
        return (uint64_t)high << 32 | low;
    }
    return len == 0 ? 0
                    : (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[len / 2] << 8 |
                          (unsigned char)at[len - 1];
}

/* Eight bytes at a time, each mixed by a multiplication whose high half is folded in. */
static uint32_t hash_of(uint64_t seed, struct str term)
{
    uint64_t hash = seed ^ term.len;
    for (; term.len > 8; term = (struct str){term.at + 8, term.len - 8}) {
        hash = (hash ^ load(term.at, 8)) * 0x9fb21c651e98df25u;
        hash ^= hash >> 32;
    }
    hash = (hash ^ load(term.at, term.len)) * 0x9fb21c651e98df25u;
    hash ^= hash >> 29;
    hash *= 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32);
}

static void grow_slots(struct index_builder *builder)
{
    size_t count = builder->slot_count ? builder->slot_count * 2 : FIRST_SLOTS;
    mem_free(builder->slots);
    builder->slots = mem_calloc(count, sizeof *builder->slots);
    builder->slot_count = count;
    for (size_t i = 0; i < builder->term_count; i++) {
        size_t slot = builder->terms[i].hash & (count - 1);
        while (builder->slots[slot])
            slot = (slot + 1) & (count - 1);
        builder->slots[slot] = (uint32_t)(i + 1);
    }
}

static uint32_t add_term(struct index_builder *builder, struct str text, uint32_t hash, size_t slot)
{
    if (builder->term_count >= UINT32_MAX - 1 || builder->texts.len > UINT32_MAX - text.len)
        mem_exhausted();
    size_t capacity = builder->term_capacity;
    builder->terms = mem_grow(builder->terms, builder->term_count, &capacity, sizeof *builder->terms);
    if (capacity != builder->term_capacity)
        builder->chains = mem_resize(builder->chains, capacity, sizeof *builder->chains);
    builder->term_capacity = capacity;
    builder->chains[builder->term_count] = (struct chain){0};
    builder->terms[builder->term_count] =
        (struct builder_term){.hash = hash, .text = (uint32_t)builder->texts.len, .len = (uint8_t)text.len};
    buf_add(&builder->texts, text);
    builder->slots[slot] = (uint32_t)++builder->term_count;
    return (uint32_t)(builder->term_count - 1);
}

static bool same_bytes(const char *a, const char *b, size_t len)
{
    return len <= 8 ? load(a, len) == load(b, len) : memcmp(a, b, len) == 0;
}

static uint32_t find_or_add_term(struct index_builder *builder, struct str text, uint32_t hash)
{
    if (builder->term_count * 2 >= builder->slot_count)
        grow_slots(builder);
    size_t slot = hash & (builder->slot_count - 1);
    for (; builder->slots[slot]; slot = (slot + 1) & (builder->slot_count - 1)) {
        const struct builder_term *term = &builder->terms[builder->slots[slot] - 1];
        if (term->hash == hash && term->len == text.len &&
            same_bytes(builder->texts.at + term->text, text.at, text.len))
            return builder->slots[slot] - 1;
    }
    return add_term(builder, text, hash, slot);
}

/* The word at hand of the file at hand, entered among its words. */
static struct builder_word *file_word(struct index_builder *builder, uint32_t number)
{
    struct builder_term *term = &builder->terms[number];
    if (term->mark != builder->mark) {
        term->mark = builder->mark;
        term->word = (uint32_t)builder->word_count;
        builder->words =
            mem_grow(builder->words, builder->word_count, &builder->word_capacity, sizeof *builder->words);
        builder->words[builder->word_count++] = (struct builder_word){.term = number};
    }
    return &builder->words[term->word];
}

/* There is room for a token. */
static void count_word(struct index_builder *builder, uint32_t number, enum index_field field)
{
    if (field != INDEX_TEXT && builder->fields[field].words == INDEX_FIELD_WORDS)
        field = INDEX_TEXT;
    struct builder_field *in = &builder->fields[field];
    struct builder_word *word = file_word(builder, number);
    word->counts[field]++;
    in->gaps += in->apart && in->words && in->gaps < UINT16_MAX;
    in->apart = false;
    uint32_t place = (uint32_t)(word - builder->words) * INDEX_FIELDS + (uint32_t)field;
    builder->tokens[builder->token_count++] = (struct builder_token){place, in->words + in->gaps};
    in->words++;
}

/*
 * Words are taken in batches. The tables are larger than the processor's nearer caches, and most of the time would go
 * into waiting for the slot and the term of a word; so those of a whole batch are asked for before they are needed.
 */
#define BATCH 32
struct batch {
    size_t count;
    struct {
        uint32_t hash;
        uint8_t len;
        size_t at; /* in the builder's `folded` */
    } words[BATCH];
};

static bool fill(struct batch *batch, struct index_builder *builder, struct str *text)
{
    struct str word;
    batch->count = 0;
    buf_clear(&builder->folded);
    for (size_t at = 0; batch->count < BATCH && text_next_folded(text, &word, &builder->folded);
         at = builder->folded.len) {
        struct str folded = {builder->folded.at + at, builder->folded.len - at};
        folded = index_term_of(folded);
        if (folded.len == 0)
            continue;
        uint32_t hash = hash_of(builder->seed, folded);
        batch->words[batch->count].hash = hash;
        batch->words[batch->count].len = (uint8_t)folded.len;
        batch->words[batch->count++].at = at;
        __builtin_prefetch(&builder->slots[hash & (builder->slot_count - 1)]);
    }
    return batch->count > 0;
}

static void prefetch_terms(const struct batch *batch, const struct index_builder *builder)
{
    for (size_t i = 0; i < batch->count; i++) {
        uint32_t number = builder->slots[batch->words[i].hash & (builder->slot_count - 1)];
        if (number)
            __builtin_prefetch(&builder->terms[number - 1]);
    }
}

static void make_room(struct index_builder *builder)
{
    if (builder->token_count + BATCH <= builder->token_capacity)
        return;
    builder->token_capacity = builder->token_capacity * 2 + BATCH;
    builder->tokens = mem_resize(builder->tokens, builder->token_capacity, sizeof *builder->tokens);
}

void builder_add_words(struct index_builder *builder, struct str text, enum index_field field)
{
    struct batch batch;
    while (fill(&batch, builder, &text)) {
        prefetch_terms(&batch, builder);
        make_room(builder);
        for (size_t i = 0; i < batch.count; i++) {
            struct str word = {builder->folded.at + batch.words[i].at, batch.words[i].len};
            count_word(builder, find_or_add_term(builder, word, batch.words[i].hash), field);
        }
    }
}

void builder_add_tag(struct index_builder *builder, enum index_tag tag, struct str value)
{
    buf_clear(&builder->folded);
    buf_add_byte(&builder->folded, (char)tag);
    buf_add(&builder->folded, value);
    struct str text = index_term_of(buf_str(&builder->folded));
    uint32_t number = find_or_add_term(builder, text, hash_of(builder->seed, text));
    file_word(builder, number);
}

void builder_add_tag_words(struct index_builder *builder, enum index_tag tag, struct str text)
{
    struct buf folded = {0};
    struct str word;
    for (; text_next_folded(&text, &word, &folded); buf_clear(&folded))
        if (folded.len)
            builder_add_tag(builder, tag, buf_str(&folded));
    buf_free(&folded);
}

void builder_begin(struct index_builder *builder)
{
    if (builder->slot_count == 0)
        grow_slots(builder);
    if (++builder->mark == 0)
        mem_exhausted();
    builder->word_count = builder->token_count = 0;
    memset(builder->fields, 0, sizeof builder->fields);
}
