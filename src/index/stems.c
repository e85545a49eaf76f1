#include "stems.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "index_image.h"
#include "lectern/mem.h"

/* Words of ASCII letters have one: what else is in a word is no English. */
static bool has_stem(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return word.len > 0;
}

static struct sb_stemmer *stemmer_new(void)
{
    struct sb_stemmer *stemmer = sb_stemmer_new("english", NULL);
    if (!stemmer)
        mem_exhausted();
    return stemmer;
}

/* Valid until the next call. */
static struct str stem_of(struct sb_stemmer *stemmer, struct str word)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.at, (int)word.len);
    if (!stem)
        mem_exhausted();
    return (struct str){(const char *)stem, (size_t)sb_stemmer_length(stemmer)};
}

struct stemmed {
    uint64_t first_bytes; /* of the stem, as a number */
    const char *rest;     /* what follows them */
    uint32_t rest_len, term;
};

static int compare(const void *left, const void *right)
{
    const struct stemmed *a = left, *b = right;
    if (a->first_bytes != b->first_bytes)
        return a->first_bytes < b->first_bytes ? -1 : 1;
    int order = str_compare((struct str){a->rest, a->rest_len}, (struct str){b->rest, b->rest_len});
    return order ? order : (a->term > b->term) - (a->term < b->term);
}

static struct stemmed stemmed(struct arena *arena, struct str stem, uint32_t term)
{
    struct str rest = arena_str(arena, str_slice(stem, sizeof(uint64_t), stem.len));
    return (struct stemmed){str_first_bytes(stem), rest.at, (uint32_t)rest.len, term};
}

uint32_t *stems_sort(const uint32_t *texts, const char *text, uint32_t first, uint32_t term_count,
                     size_t *count)
{
    struct sb_stemmer *stemmer = stemmer_new();
    struct arena arena = {0};
    struct stemmed *all = mem_calloc(term_count - first, sizeof *all);
    *count = 0;
    for (uint32_t term = first; term < term_count; term++) {
        struct str word = {text + texts[term], texts[term + 1] - texts[term]};
        if (has_stem(word))
            all[(*count)++] = stemmed(&arena, stem_of(stemmer, word), term);
    }
    qsort(all, *count, sizeof *all, compare);
    uint32_t *terms = mem_calloc(*count, sizeof *terms);
    for (size_t i = 0; i < *count; i++)
        terms[i] = all[i].term;
    mem_free(all);
    arena_free(&arena);
    sb_stemmer_delete(stemmer);
    return terms;
}

/* How the stem of a term in the sorted list, which may be damaged, compares to `stem`. */
static int compare_at(const struct index *index, struct sb_stemmer *stemmer, size_t at, struct str stem)
{
    const uint32_t *terms = index->stems.at;
    struct str word = str_slice(index_term(index, terms[at]), 0, INDEX_TERM_BYTES);
    return str_compare(has_stem(word) ? stem_of(stemmer, word) : STR(""), stem);
}

const uint32_t *index_find_stem(const struct index *index, struct str word, size_t *count)
{
    const uint32_t *terms = index->stems.at;
    size_t low = 0, high = index->stems.count;
    *count = 0;
    if (!has_stem(word) || word.len > INDEX_TERM_BYTES)
        return terms;
    struct sb_stemmer *stemmer = stemmer_new();
    char room[INDEX_TERM_BYTES * 2];
    struct str stem = stem_of(stemmer, word);
    stem = str_slice(stem, 0, sizeof room);
    memcpy(room, stem.at, stem.len);
    stem.at = room;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_at(index, stemmer, middle, stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *count < index->stems.count && compare_at(index, stemmer, low + *count, stem) == 0)
        ++*count;
    sb_stemmer_delete(stemmer);
    return terms + low;
}
