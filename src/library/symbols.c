#include "symbols.h"

#include <pthread.h>
#include <string.h>

#include "lectern/arena.h"
#include "lectern/mem.h"
#include "lectern/text.h"

/* Threads that add at the same time mostly meet different shards. */
#define SHARD_BITS  6
#define SHARDS      (1u << SHARD_BITS)
#define FIRST_SLOTS ((size_t)64)

/* The hash stands beside the pointer, so that a search looks into symbols only where it has found one. */
struct slot {
    uint64_t hash;
    struct symbol *symbol; /* NULL: free */
};

struct shard {
    pthread_mutex_t lock;
    struct arena arena;
    struct slot *slots; /* open addressing; the size is a power of two */
    size_t slot_count, used;
};

struct symbols {
    struct hash_key key;
    atomic_uint_least32_t count;
    struct shard shards[SHARDS];
};

struct symbols *symbols_new(struct hash_key key)
{
    struct symbols *symbols = mem_calloc(1, sizeof *symbols);
    symbols->key = key;
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &symbols->shards[i];
        pthread_mutex_init(&shard->lock, NULL);
        shard->slot_count = FIRST_SLOTS;
        shard->slots = mem_calloc(FIRST_SLOTS, sizeof(struct slot));
    }
    return symbols;
}

void symbols_free(struct symbols *symbols)
{
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &symbols->shards[i];
        pthread_mutex_destroy(&shard->lock);
        arena_free(&shard->arena);
        mem_free(shard->slots);
    }
    mem_free(symbols);
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *slot_of(const struct shard *shard, uint64_t hash, struct str text)
{
    size_t mask = shard->slot_count - 1;
    size_t at = (size_t)(hash >> SHARD_BITS) & mask;
    for (; shard->slots[at].symbol; at = (at + 1) & mask)
        if (shard->slots[at].hash == hash && str_eq(symbol_str(shard->slots[at].symbol), text))
            break;
    return &shard->slots[at];
}

/* All texts of a table differ, so growing need not compare them. */
static void move_slot(struct shard *shard, const struct slot *slot)
{
    size_t mask = shard->slot_count - 1;
    size_t at = (size_t)(slot->hash >> SHARD_BITS) & mask;
    while (shard->slots[at].symbol)
        at = (at + 1) & mask;
    shard->slots[at] = *slot;
}

static void grow(struct shard *shard)
{
    struct shard larger = {.slot_count = shard->slot_count * 2};
    if (larger.slot_count < shard->slot_count)
        mem_exhausted();
    larger.slots = mem_calloc(larger.slot_count, sizeof(struct slot));
    for (size_t i = 0; i < shard->slot_count; i++)
        if (shard->slots[i].symbol)
            move_slot(&larger, &shard->slots[i]);
    mem_free(shard->slots);
    shard->slots = larger.slots;
    shard->slot_count = larger.slot_count;
}

static struct symbol *make(struct symbols *symbols, struct shard *shard, uint64_t hash, struct str text)
{
    if (text.len > UINT32_MAX)
        mem_exhausted();
    struct symbol *symbol = arena_alloc(&shard->arena, sizeof *symbol + text.len);
    symbol->hash = hash;
    symbol->len = (uint32_t)text.len;
    memcpy(symbol->bytes, text.at, text.len);
    symbol->number = atomic_fetch_add(&symbols->count, 1);
    if (symbol->number == UINT32_MAX)
        mem_exhausted();
    return symbol;
}

struct symbol *symbols_add(struct symbols *symbols, struct str text)
{
    if (text.len == 0)
        return NULL;
    uint64_t hash = hash_text(symbols->key, text);
    struct shard *shard = &symbols->shards[hash % SHARDS];
    pthread_mutex_lock(&shard->lock);
    struct slot *slot = slot_of(shard, hash, text);
    struct symbol *symbol = slot->symbol;
    if (!symbol) {
        symbol = make(symbols, shard, hash, text);
        *slot = (struct slot){.hash = hash, .symbol = symbol};
        if (++shard->used > shard->slot_count / 4 * 3)
            grow(shard);
    }
    pthread_mutex_unlock(&shard->lock);
    return symbol;
}

const struct symbol *symbols_find(struct symbols *symbols, struct str text)
{
    if (text.len == 0)
        return NULL;
    uint64_t hash = hash_text(symbols->key, text);
    struct shard *shard = &symbols->shards[hash % SHARDS];
    pthread_mutex_lock(&shard->lock);
    const struct symbol *symbol = slot_of(shard, hash, text)->symbol;
    pthread_mutex_unlock(&shard->lock);
    return symbol;
}

struct symbol *symbols_folded(struct symbols *symbols, struct symbol *symbol)
{
    struct symbol *folded = atomic_load(&symbol->folded);
    if (folded)
        return folded;
    struct buf text = {0};
    text_fold(&text, symbol_str(symbol));
    folded = symbols_add(symbols, buf_str(&text));
    buf_free(&text);
    if (!folded)
        folded = symbol;
    /* Two threads that come here at once store the same pointer. */
    atomic_store(&symbol->folded, folded);
    return folded;
}

struct hash_key symbols_key(const struct symbols *symbols)
{
    return symbols->key;
}

uint32_t symbols_count(const struct symbols *symbols)
{
    return (uint32_t)atomic_load(&symbols->count);
}

uint64_t symbols_digest(const struct symbols *symbols, const struct symbol *id, const struct symbol *title,
                        struct str text)
{
    uint64_t parts[] = {id ? id->hash : 0, title ? title->hash : 0, hash_text(symbols->key, text)};
    return hash_text(symbols->key, (struct str){(const char *)parts, sizeof parts});
}

struct str symbol_str(const struct symbol *symbol)
{
    return symbol ? (struct str){symbol->bytes, symbol->len} : (struct str){0};
}
