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

struct index_builder *index_builder_new(void)
{
    struct index_builder *builder = mem_calloc(1, sizeof *builder);
    builder->seed = seed_of(builder);
    return builder;
}

void builder_clear(struct index_builder *builder)
{
    for (size_t i = 0; i < builder->chunk_count; i++)
        mem_free(builder->chunks[i].records);
    mem_free(builder->chunks);
    mem_free(builder->slots);
    mem_free(builder->terms);
    mem_free(builder->files);
    buf_free(&builder->texts);
    buf_free(&builder->folded);
    *builder = (struct index_builder){.seed = builder->seed};
}

void index_builder_free(struct index_builder *builder)
{
    if (!builder)
        return;
    builder_clear(builder);
    mem_free(builder);
}

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
    builder->terms =
        mem_grow(builder->terms, builder->term_count, &builder->term_capacity, sizeof *builder->terms);
    builder->terms[builder->term_count] =
        (struct builder_term){.hash = hash, .text = (uint32_t)builder->texts.len, .len = (uint8_t)text.len};
    buf_add(&builder->texts, text);
    builder->slots[slot] = (uint32_t)++builder->term_count;
    return (uint32_t)(builder->term_count - 1);
}

static uint32_t find_or_add_term(struct index_builder *builder, struct str text, uint32_t hash)
{
    if (builder->term_count * 2 >= builder->slot_count)
        grow_slots(builder);
    size_t slot = hash & (builder->slot_count - 1);
    for (; builder->slots[slot]; slot = (slot + 1) & (builder->slot_count - 1)) {
        const struct builder_term *term = &builder->terms[builder->slots[slot] - 1];
        if (term->hash == hash && term->len == text.len &&
            memcmp(builder->texts.at + term->text, text.at, text.len) == 0)
            return builder->slots[slot] - 1;
    }
    return add_term(builder, text, hash, slot);
}

static struct builder_record *add_record(struct index_builder *builder, uint32_t term)
{
    uint32_t number = builder->record_count;
    if (number == UINT32_MAX)
        mem_exhausted();
    if (number % BUILDER_CHUNK == 0) {
        builder->chunks = mem_grow(builder->chunks, builder->chunk_count, &builder->chunk_capacity,
                                   sizeof *builder->chunks);
        builder->chunks[builder->chunk_count++].records =
            mem_alloc(BUILDER_CHUNK * sizeof(struct builder_record));
    }
    builder->record_count++;
    builder->terms[term].record = number;
    builder->terms[term].records++;
    struct builder_record *record = builder_record(builder, number);
    *record = (struct builder_record){.term = term};
    return record;
}

static void count_word(struct index_builder *builder, struct builder_file *file, uint32_t number,
                       enum index_field field)
{
    const struct builder_term *term = &builder->terms[number];
    bool seen = term->records && term->record >= file->record;
    struct builder_record *record =
        seen ? builder_record(builder, term->record) : add_record(builder, number);
    record->counts[field] = (uint8_t)(record->counts[field] + (record->counts[field] < UINT8_MAX));
    file->lengths[field]++;
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
    while (batch->count < BATCH && text_next_word(text, &word)) {
        size_t at = builder->folded.len;
        text_fold(&builder->folded, word);
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

static void add_words(struct index_builder *builder, struct builder_file *file, struct str text,
                      enum index_field field)
{
    struct batch batch;
    while (fill(&batch, builder, &text)) {
        prefetch_terms(&batch, builder);
        for (size_t i = 0; i < batch.count; i++) {
            struct str word = {builder->folded.at + batch.words[i].at, batch.words[i].len};
            count_word(builder, file, find_or_add_term(builder, word, batch.words[i].hash), field);
        }
    }
}

/* The end of the run of lines that are headings, or are not. A # inside fenced code is no heading. */
static size_t same_lines(struct str text, bool *in_code, bool *heading)
{
    size_t at = 0;
    for (bool first = true; at < text.len; first = false) {
        struct str rest = str_slice(text, at, text.len);
        bool fence = str_starts(rest, STR("```")) || str_starts(rest, STR("~~~"));
        bool is_heading = !*in_code && rest.at[0] == '#';
        if (first)
            *heading = is_heading;
        else if (is_heading != *heading)
            break;
        *in_code ^= fence;
        size_t end = str_find_byte(rest, '\n');
        at = end == STR_NOT_FOUND ? text.len : at + end + 1;
    }
    return at;
}

static void add_text(struct index_builder *builder, struct builder_file *file, struct str text)
{
    bool in_code = false, heading = false;
    while (text.len) {
        size_t end = same_lines(text, &in_code, &heading);
        add_words(builder, file, str_slice(text, 0, end), heading ? INDEX_HEADINGS : INDEX_TEXT);
        text = str_slice(text, end, text.len);
    }
}

void index_builder_add(struct index_builder *builder, uint32_t file, const struct article *article)
{
    if (builder->slot_count == 0)
        grow_slots(builder);
    struct builder_file added = {.file = file, .record = builder->record_count};
    add_words(builder, &added, article->title, INDEX_TITLE);
    if (!str_eq(article->question, article->title))
        add_words(builder, &added, article->question, INDEX_TITLE);
    for (size_t i = 0; i < article->keyword_count; i++)
        add_words(builder, &added, article->keywords[i], INDEX_KEYWORDS);
    add_text(builder, &added, article->text);
    added.records = builder->record_count - added.record;
    builder->files =
        mem_grow(builder->files, builder->file_count, &builder->file_capacity, sizeof *builder->files);
    builder->files[builder->file_count++] = added;
}
