#include "chain.h"

#include "lectern/mem.h"

#define POOL_BLOCK ((size_t)1 << 18)
#define FIRST_PART 16u
#define MOST_PART  2048u

/* A posting's head: two numbers in groups of seven bits, and the counts. */
#define HEAD_BYTES (BITS_GROUPS_MOST + 1 + INDEX_FIELDS + BITS_GROUPS_MOST)

struct chain_part {
    struct chain_part *next;
    uint32_t used, size;
    unsigned char bytes[];
};

void chain_pool_free(struct chain_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        mem_free(pool->blocks[i]);
    mem_free(pool->blocks);
    *pool = (struct chain_pool){0};
}

static unsigned char *take(struct chain_pool *pool, size_t size)
{
    size = (size + 7) / 8 * 8;
    if (size > pool->left) {
        pool->left = size > POOL_BLOCK ? size : POOL_BLOCK;
        pool->at = mem_alloc(pool->left + 8); /* positions are read a little beyond their end */
        pool->blocks = mem_grow(pool->blocks, pool->count, &pool->capacity, sizeof *pool->blocks);
        pool->blocks[pool->count++] = pool->at;
    }
    unsigned char *room = pool->at;
    pool->at += size;
    pool->left -= size;
    return room;
}

/* A part with room for `bytes`, behind the others. */
static struct chain_part *add_part(struct chain_pool *pool, struct chain *chain, uint32_t bytes)
{
    uint32_t size = chain->last ? chain->last->size * 2 : FIRST_PART;
    size = size > MOST_PART ? MOST_PART : size;
    size = size < bytes ? bytes : size;
    struct chain_part *part = (struct chain_part *)(void *)take(pool, sizeof *part + size);
    *part = (struct chain_part){.size = size};
    if (chain->last)
        chain->last->next = part;
    else
        chain->first = part;
    return chain->last = part;
}

static uint32_t take_number(const unsigned char **at)
{
    uint32_t number = 0;
    unsigned shift = 0;
    for (; **at >= 0x80; (*at)++, shift += 7)
        number |= (uint32_t)(**at & 0x7f) << shift;
    return number | (uint32_t) * (*at)++ << shift;
}

/* Below 128: occurrences in the text alone. Else a bit for each other field, and the counts, the text's first. */
static unsigned char *put_counts(unsigned char *at, const uint8_t counts[INDEX_FIELDS])
{
    unsigned others = 0;
    for (unsigned f = 0; f < INDEX_TEXT; f++)
        others |= (unsigned)(counts[f] > 0) << f;
    if (!others && counts[INDEX_TEXT] < 0x80) {
        *at++ = counts[INDEX_TEXT];
        return at;
    }
    *at++ = (unsigned char)(0x80 | others);
    *at++ = counts[INDEX_TEXT];
    for (unsigned f = 0; f < INDEX_TEXT; f++)
        if (counts[f])
            *at++ = counts[f];
    return at;
}

static void take_counts(const unsigned char **at, uint8_t counts[INDEX_FIELDS])
{
    unsigned first = *(*at)++;
    memset(counts, 0, INDEX_FIELDS);
    counts[INDEX_TEXT] = (uint8_t)first;
    if (first < 0x80)
        return;
    counts[INDEX_TEXT] = *(*at)++;
    for (unsigned f = 0; f < INDEX_TEXT; f++)
        if (first >> f & 1)
            counts[f] = *(*at)++;
}

void chain_add(struct chain_pool *pool, struct chain *chain, uint32_t file,
               const struct list_posting *posting)
{
    unsigned char head[HEAD_BYTES];
    unsigned char *end = bits_put_groups(head, file - chain->next_file);
    end = put_counts(end, posting->posting.counts);
    end = bits_put_groups(end, posting->place_bits);
    uint32_t head_size = (uint32_t)(end - head),
             places = posting->place_bits / 8 + (posting->place_bits % 8 > 0);
    struct chain_part *part = chain->last;
    if (!part || part->size - part->used < head_size + places)
        part = add_part(pool, chain, head_size + places);
    memcpy(part->bytes + part->used, head, head_size);
    if (places)
        memcpy(part->bytes + part->used + head_size, posting->places, places);
    part->used += head_size + places;
    chain->next_file = file + 1;
    chain->postings++;
}

struct chain_reader chain_read(const struct chain *chain)
{
    return (struct chain_reader){.part = chain->first, .left = chain->postings};
}

bool chain_next(struct chain_reader *reader, uint32_t *file, struct list_posting *posting)
{
    if (reader->left == 0)
        return false;
    if (reader->at == reader->part->used) {
        reader->part = reader->part->next;
        reader->at = 0;
    }
    const unsigned char *at = reader->part->bytes + reader->at;
    *file = reader->next_file + take_number(&at);
    take_counts(&at, posting->posting.counts);
    posting->place_bits = take_number(&at);
    posting->places = at;
    at += posting->place_bits / 8 + (posting->place_bits % 8 > 0);
    reader->at = (uint32_t)(at - reader->part->bytes);
    reader->next_file = *file + 1;
    reader->left--;
    return true;
}
