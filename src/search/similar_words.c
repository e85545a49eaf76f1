#include "similar_words.h"

#include <math.h>
#include <stdlib.h>

#include "lectern/mem.h"
#include "lectern/text.h"

/* Bytes of a text that count: a long one says at its beginning what it is about. */
#define TEXT_BYTES (64u << 10)

/* Postings of all words together that are read. */
#define POSTINGS 200000u

/* What an occurrence counts in each field, and how soon more of them count no more. The question is not looked at: where it is
 * not the title, it says the same in other words. */
static const uint32_t counts_as[INDEX_FIELDS] = {
    [INDEX_TITLE] = 27, [INDEX_KEYWORDS] = 4, [INDEX_HEADINGS] = 6, [INDEX_TEXT] = 3};
#define SATURATION 60.0

/* Words that say nothing, which in a small library may be as rare as others: ascending. */
static const char *const idle_words[] = {
    "a",     "about",   "after", "all",    "also",    "an",      "and",   "any",   "are",   "as",    "at",
    "be",    "because", "been",  "before", "between", "both",    "but",   "by",    "can",   "could", "did",
    "do",    "does",    "each",  "for",    "from",    "had",     "has",   "have",  "he",    "her",   "his",
    "how",   "i",       "if",    "in",     "into",    "is",      "it",    "its",   "more",  "most",  "much",
    "my",    "no",      "not",   "now",    "of",      "on",      "one",   "only",  "or",    "other", "our",
    "over",  "she",     "so",    "some",   "such",    "than",    "that",  "the",   "their", "them",  "then",
    "there", "these",   "they",  "this",   "those",   "through", "to",    "too",   "under", "up",    "was",
    "way",   "we",      "were",  "what",   "when",    "where",   "which", "while", "who",   "why",   "will",
    "with",  "would",   "you",   "your",
};

/* A word with what all its occurrences count together. */
struct candidate {
    struct str text;
    uint32_t frequency;
    uint64_t documents; /* at most so many have it */
    double weight;      /* at most so much */
};

struct candidates {
    struct arena *arena;
    struct candidate *at;
    size_t count, capacity;
};

static void add_words(struct candidates *candidates, struct str text, enum index_field field)
{
    struct buf folded = {0};
    struct str word;
    for (; text_next_folded(&text, &word, &folded); buf_clear(&folded)) {
        candidates->at =
            mem_grow(candidates->at, candidates->count, &candidates->capacity, sizeof *candidates->at);
        candidates->at[candidates->count++] = (struct candidate){
            .text = arena_str(candidates->arena, index_term_of(buf_str(&folded))),
            .frequency = counts_as[field],
        };
    }
    buf_free(&folded);
}

static void add_text(struct candidates *candidates, struct str text)
{
    struct str line;
    text = str_slice(text, 0, TEXT_BYTES);
    while (str_next_line(&text, &line))
        add_words(candidates, line, str_starts(line, STR("#")) ? INDEX_HEADINGS : INDEX_TEXT);
}

static int compare_texts(const void *a, const void *b)
{
    return str_compare(((const struct candidate *)a)->text, ((const struct candidate *)b)->text);
}

/* The heavier one first. */
static int compare_weights(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;
    if (one->weight > other->weight || other->weight > one->weight)
        return one->weight > other->weight ? -1 : 1;
    return str_compare(one->text, other->text);
}

static int compare_with_idle(const void *word, const void *idle)
{
    return str_compare(*(const struct str *)word, str_from(*(const char *const *)idle));
}

static bool is_idle(struct str word)
{
    return bsearch(&word, idle_words, sizeof idle_words / sizeof *idle_words, sizeof *idle_words,
                   compare_with_idle);
}

/* The same word is one candidate, unless it says nothing. */
static void unite(struct candidates *candidates)
{
    size_t count = 0;
    if (candidates->count)
        qsort(candidates->at, candidates->count, sizeof *candidates->at, compare_texts);
    for (size_t i = 0; i < candidates->count; i++) {
        if (count && str_eq(candidates->at[count - 1].text, candidates->at[i].text))
            candidates->at[count - 1].frequency += candidates->at[i].frequency;
        else if (!is_idle(candidates->at[i].text))
            candidates->at[count++] = candidates->at[i];
    }
    candidates->count = count;
}

uint32_t similar_words_term(const struct index *index, struct str word)
{
    uint32_t first, end;
    index_find_prefix(index, word, &first, &end);
    return first < end && str_eq(index_term(index, first), word) ? first : INDEX_NONE;
}

static double weigh(const struct search_scratch *scratch, uint32_t frequency, uint64_t documents)
{
    double all = (double)scratch->documents, with = (double)documents, often = frequency;
    with = with < all ? with : all;
    return log(1.0 + (all - with + 0.5) / (with + 0.5)) * often / (SATURATION + often);
}

/* Documents of a word that are not gone; or, without reading lists, those that are gone with them. */
static uint64_t count_documents(const struct search_scratch *scratch, struct str word, bool exact)
{
    const struct segments *segments = scratch->segments;
    uint64_t documents = 0;
    for (size_t s = 0; s < segments->count; s++) {
        uint32_t term = similar_words_term(segments->at[s].index, word);
        if (term != INDEX_NONE)
            documents += exact ? scratch_term_documents(&segments->at[s], term)
                               : index_term_documents(segments->at[s].index, term);
    }
    return documents;
}

/* Documents of all segments that are gone. */
static uint64_t count_gone(const struct search_scratch *scratch)
{
    uint64_t all = 0;
    for (size_t s = 0; s < scratch->segments->count; s++)
        all += index_document_count(scratch->segments->at[s].index);
    return all > scratch->documents ? all - scratch->documents : 0;
}

/* Gives each the most that it can weigh: as if all that is gone had had it. */
static void weigh_at_most(const struct search_scratch *scratch, struct candidates *candidates)
{
    uint64_t gone = count_gone(scratch);
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->at[i];
        candidate->documents = count_documents(scratch, candidate->text, false);
        uint64_t least = candidate->documents > gone ? candidate->documents - gone : 1;
        candidate->weight = weigh(scratch, candidate->frequency, least);
    }
    if (candidates->count)
        qsort(candidates->at, candidates->count, sizeof *candidates->at, compare_weights);
}

/* Puts a word where it belongs among the heaviest. */
static size_t insert(struct candidate *chosen, size_t count, size_t most, const struct candidate *candidate)
{
    size_t at = count < most ? count : most - 1;
    if (count == most && compare_weights(candidate, &chosen[at]) > 0)
        return count;
    for (; at > 0 && compare_weights(candidate, &chosen[at - 1]) < 0; at--)
        chosen[at] = chosen[at - 1];
    chosen[at] = *candidate;
    return count < most ? count + 1 : count;
}

/* Lists are read only of those words that may be among the heaviest. What half of all have says nothing. */
static size_t choose(const struct search_scratch *scratch, const struct candidates *candidates,
                     struct candidate *chosen, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate candidate = candidates->at[i];
        if (count == most && candidate.weight < chosen[count - 1].weight)
            break;
        candidate.documents = candidate.documents > 1 ? count_documents(scratch, candidate.text, true) : 0;
        candidate.weight = weigh(scratch, candidate.frequency, candidate.documents);
        if (candidate.documents > 1 && candidate.documents <= scratch->documents / 2)
            count = insert(chosen, count, most, &candidate);
    }
    return count;
}

/* Leaves out those whose lists are too long to be read, too, so that a large library costs not much more than a small one. */
static size_t keep_affordable(const struct candidate *chosen, size_t count, struct similar_word *words)
{
    uint64_t left = POSTINGS;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (chosen[i].documents > left)
            continue;
        left -= chosen[i].documents;
        words[kept++] = (struct similar_word){chosen[i].text, (float)chosen[i].weight};
    }
    return kept;
}

size_t similar_words_choose(const struct catalogue *catalogue, const struct search_scratch *scratch,
                            uint32_t article, struct str text, struct arena *arena,
                            struct similar_word *words, size_t most)
{
    struct candidates candidates = {.arena = arena};
    struct candidate *chosen = arena_array(arena, most, sizeof *chosen);
    add_words(&candidates, catalogue_title(catalogue, article), INDEX_TITLE);
    for (size_t i = 0; i < catalogue_count_keywords(catalogue, article); i++) {
        uint32_t keyword = catalogue_keyword_of(catalogue, article, i);
        add_words(&candidates, catalogue_keyword_name(catalogue, keyword), INDEX_KEYWORDS);
    }
    add_text(&candidates, text);
    unite(&candidates);
    weigh_at_most(scratch, &candidates);
    size_t count = most ? choose(scratch, &candidates, chosen, most) : 0;
    mem_free(candidates.at);
    return keep_affordable(chosen, count, words);
}
