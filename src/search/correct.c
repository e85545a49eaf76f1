/*
 * The dictionary is walked as the tree of its terms' beginnings, in order, with one row of the alignment's table for each
 * character on the way down (after Oflazer 1996). What is too far from every beginning of the word is left out with all
 * that begins with it.
 */
#include "correct.h"

#include "lectern/text.h"
#include "scratch.h"

/* Characters of a word that is corrected, of one that may have two mistakes, and of a beginning. */
#define LEAST_LENGTH    3
#define LONG_LENGTH     6
#define LEAST_BEGINNING 4

#define FAR 100 /* more than any distance that counts; two terms' lengths above it still fit into a byte */

struct walk {
    const struct segments *segments;
    const struct index *index; /* of the segment at hand */
    bool prefix;
    uint32_t word[INDEX_TERM_BYTES];
    size_t length;
    unsigned limit; /* the greatest distance that is still of use */
    /* Down to the term at hand: its characters, where each ends, and behind each the distances to the word's beginnings. */
    uint32_t way[INDEX_TERM_BYTES];
    size_t ends[INDEX_TERM_BYTES + 1];
    uint8_t rows[INDEX_TERM_BYTES + 1][INDEX_TERM_BYTES + 2];
    struct correction *found;
    size_t count, capacity;
};

static bool is_better(const struct correction *a, const struct correction *b)
{
    if (a->documents != b->documents)
        return a->documents > b->documents;
    return str_compare(a->text, b->text) < 0;
}

/* Keeps the best of those that are as near as the nearest. */
static void offer(struct walk *walk, struct correction candidate)
{
    if (candidate.distance < walk->limit)
        walk->count = 0;
    walk->limit = candidate.distance;
    size_t at = walk->count;
    if (at == walk->capacity) {
        if (!is_better(&candidate, &walk->found[at - 1]))
            return;
        at--;
    } else {
        walk->count++;
    }
    for (; at && is_better(&candidate, &walk->found[at - 1]); at--)
        walk->found[at] = walk->found[at - 1];
    walk->found[at] = candidate;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* Fills row `depth` where it can be within the limit; the cells beside that are far. Returns its least distance. */
static uint8_t fill_row(struct walk *walk, size_t depth)
{
    size_t first = depth > walk->limit ? depth - walk->limit : 1;
    size_t last = depth + walk->limit < walk->length ? depth + walk->limit : walk->length;
    if (first > last)
        return FAR;
    uint8_t *row = walk->rows[depth];
    const uint8_t *above = walk->rows[depth - 1];
    uint32_t c = walk->way[depth - 1];
    uint8_t best = row[first - 1] = first == 1 ? (uint8_t)depth : FAR;
    for (size_t i = first; i <= last; i++) {
        uint8_t distance = (uint8_t)(above[i - 1] + (c != walk->word[i - 1]));
        distance = least(distance, (uint8_t)(least(above[i], row[i - 1]) + 1));
        if (depth > 1 && i > 1 && c == walk->word[i - 2] && walk->way[depth - 2] == walk->word[i - 1])
            distance = least(distance, (uint8_t)(walk->rows[depth - 2][i - 2] + 1));
        row[i] = distance;
        best = least(best, distance);
    }
    row[last + 1] = FAR;
    return best;
}

/* Of the whole word to what row `depth` belongs to. */
static uint8_t distance_at(const struct walk *walk, size_t depth)
{
    bool in_row = depth + walk->limit >= walk->length && walk->length + walk->limit >= depth;
    return in_row ? walk->rows[depth][walk->length] : FAR;
}

/* The first term after `term`, which begins with `beginning`, that does not. */
static uint32_t skip_beginning(const struct index *index, uint32_t term, struct str beginning)
{
    uint32_t low = term, high = index_term_count(index);
    for (uint32_t step = 1; step < high - low; step *= 2) {
        if (!str_starts(index_term(index, low + step), beginning)) {
            high = low + step;
            break;
        }
        low += step;
    }
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_starts(index_term(index, middle), beginning))
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

/* Documents of a term, or of those that begin with it, in all segments. */
static uint64_t count_documents(const struct walk *walk, struct str text)
{
    uint64_t documents = 0;
    for (size_t s = 0; s < walk->segments->count; s++) {
        const struct segment *segment = &walk->segments->at[s];
        uint32_t first, end;
        index_find_prefix(segment->index, text, &first, &end);
        if (!walk->prefix && first < end)
            end = str_eq(index_term(segment->index, first), text) ? first + 1 : first;
        for (uint32_t term = first; term < end; term++)
            documents += scratch_term_documents(segment, term);
    }
    return documents;
}

static bool is_known(const struct walk *walk, struct str text)
{
    for (size_t i = 0; i < walk->count; i++)
        if (str_eq(walk->found[i].text, text))
            return true;
    return false;
}

static void consider(struct walk *walk, struct str text, uint8_t distance)
{
    if (distance > walk->limit || is_known(walk, text))
        return;
    uint64_t documents = count_documents(walk, text);
    if (documents)
        offer(walk, (struct correction){text, documents, distance});
}

/* Goes on from `*depth` to the end of a term. False if the way has become too far from the word, `*depth` being where. */
static bool descend(struct walk *walk, struct str text, size_t *depth)
{
    while (*depth < INDEX_TERM_BYTES && walk->ends[*depth] < text.len) {
        size_t at = walk->ends[*depth];
        walk->ends[*depth + 1] = at + text_decode(str_slice(text, at, text.len), &walk->way[*depth]);
        ++*depth;
        if (fill_row(walk, *depth) > walk->limit)
            return false;
        if (walk->prefix)
            consider(walk, str_slice(text, 0, walk->ends[*depth]), distance_at(walk, *depth));
    }
    return true;
}

/* How many characters of the way are also the beginning of `text`. */
static size_t common_depth(const struct walk *walk, size_t depth, struct str before, struct str text)
{
    size_t common = 0, shared = 0;
    while (common < before.len && common < text.len && before.at[common] == text.at[common])
        common++;
    while (shared < depth && walk->ends[shared + 1] <= common)
        shared++;
    return shared;
}

static void walk_terms(struct walk *walk, uint32_t first, uint32_t end)
{
    struct str before = {0};
    size_t depth = 0;
    for (uint32_t term = first; term < end;) {
        struct str text = index_term(walk->index, term);
        depth = common_depth(walk, depth, before, text);
        before = text;
        bool is_near = descend(walk, text, &depth);
        if (is_near && !walk->prefix)
            consider(walk, text, distance_at(walk, depth));
        if (is_near)
            term++;
        else
            term = skip_beginning(walk->index, term, str_slice(text, 0, walk->ends[depth]));
    }
}

static void spell(struct walk *walk, struct str word)
{
    struct str rest = index_term_of(word);
    while (rest.len) {
        rest = str_slice(rest, text_decode(rest, &walk->word[walk->length]), rest.len);
        walk->length++;
    }
    for (size_t i = 0; i <= walk->length; i++)
        walk->rows[0][i] = (uint8_t)i;
}

/* One segment. Beginnings are looked for among the words that have the first character. */
static void walk_segment(struct walk *walk, const struct index *index, struct str word)
{
    uint32_t first, end, c;
    walk->index = index;
    index_find_prefix(index, walk->prefix ? str_slice(word, 0, text_decode(word, &c)) : STR(""), &first,
                      &end);
    walk_terms(walk, first, end);
}

size_t correct_word(const struct segments *segments, struct str word, bool prefix, struct correction *found,
                    size_t capacity)
{
    struct walk walk = {.segments = segments, .prefix = prefix, .found = found, .capacity = capacity};
    spell(&walk, word);
    size_t least_length = prefix ? LEAST_BEGINNING : LEAST_LENGTH;
    unsigned most = walk.length < least_length ? 0 : walk.length < LONG_LENGTH ? 1 : 2;
    for (unsigned limit = 1; limit <= most && walk.count == 0 && capacity; limit++) {
        walk.limit = limit;
        for (size_t s = 0; s < segments->count; s++)
            walk_segment(&walk, segments->at[s].index, word);
    }
    return walk.count;
}
