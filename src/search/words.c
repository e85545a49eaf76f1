#include "words.h"

#include <math.h>

#include "correct.h"
#include "leaf.h"
#include "leaf_hot.h"

/* How many of the nearest terms stand for a word that is none. */
#define CORRECTIONS 3

bool word_may_stand(const struct search_word *word, const struct index *index, uint32_t document,
                    const uint8_t counts[INDEX_FIELDS])
{
    switch (word->source->field) {
    case QUERY_TITLE: return counts[INDEX_TITLE] > 0;
    case QUERY_QUESTION:
        return counts[INDEX_QUESTION] || (counts[INDEX_TITLE] && index_question_is_title(index, document));
    case QUERY_ANSWER: return counts[INDEX_TEXT] || counts[INDEX_HEADINGS];
    case QUERY_KEYWORD: return counts[INDEX_KEYWORDS] > 0;
    default: return true;
    }
}

static bool covers(const struct word_terms *terms, uint32_t first, uint32_t end)
{
    for (size_t i = 0; i < terms->count; i++)
        if (first >= terms->runs[i].first && end <= terms->runs[i].end)
            return true;
    return false;
}

static void add_run(struct word_terms *terms, uint32_t first, uint32_t end, bool exact)
{
    if (first < end && !covers(terms, first, end))
        terms->runs[terms->count++] = (struct term_run){first, end, exact};
}

static enum index_tag tag_of(enum query_field field)
{
    return field == QUERY_SUBJECT ? INDEX_SUBJECT : field == QUERY_AUTHOR ? INDEX_AUTHOR : INDEX_URL;
}

/* The terms of one text: itself, what begins with it, and its other forms. */
static void add_terms(const struct search_word *word, const struct index *index, struct str text,
                      struct word_terms *terms, struct arena *arena)
{
    uint32_t first, end;
    size_t forms = 0;
    const uint32_t *of_stem = NULL;
    text = index_term_of(text);
    if (word_is_tag(word))
        index_find_tag(index, tag_of(word->source->field), text, &first, &end);
    else
        index_find_prefix(index, text, &first, &end);
    if (!word_is_tag(word) && !word->as_written && !word_is_short(word))
        of_stem = index_find_stem(index, text, &forms);
    struct term_run *runs = arena_array(arena, terms->count + 2 + forms, sizeof *runs);
    for (size_t i = 0; i < terms->count; i++)
        runs[i] = terms->runs[i];
    terms->runs = runs;
    struct str value = first == end        ? STR("")
                       : word_is_tag(word) ? index_tag_value(index, first)
                                           : index_term(index, first);
    bool exact = first < end && str_eq(value, text);
    add_run(terms, first, first + exact, true);
    if (word->source->prefix)
        add_run(terms, first + exact, end, false);
    for (size_t i = 0; i < forms; i++)
        add_run(terms, of_stem[i], of_stem[i] + 1, false);
}

static uint64_t count_documents(const struct segment *segment, const struct word_terms *terms)
{
    uint64_t documents = 0;
    for (size_t i = 0; i < terms->count; i++)
        for (uint32_t term = terms->runs[i].first; term < terms->runs[i].end; term++)
            documents += scratch_term_documents(segment, term);
    return documents;
}

static size_t count_characters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

/* Where a beginning stands is found at once, because that tells how rare it is; unless the index knows how many there are, and
 * other words may leave few of them. */
static bool find_beginning(struct evaluation *evaluation, struct search_word *word, size_t segment)
{
    const struct hits *alone = evaluation->alone;
    struct index_hot hot;
    if (!alone && word->source->field == QUERY_ANYWHERE && hot_knows(evaluation, word, segment, &hot)) {
        if (word->sets[segment])
            set_give(&evaluation->scratch->sets, word->sets[segment]);
        word->sets[segment] = NULL;
        word->documents += hot_count(&evaluation->segments->at[segment], &hot);
        return true;
    }
    size_t before = alone ? alone->total : 0;
    if (!word->sets[segment])
        word->sets[segment] = set_take(&evaluation->scratch->sets);
    struct set *found = word->sets[segment];
    found->count = 0;
    if (!leaf_word(evaluation, word, segment, NULL, found))
        return false;
    word->documents += alone ? alone->total - before : found->count;
    return true;
}

/* Finds the terms for its texts, and in how many documents they are. False when cancelled. */
static bool look_up(struct evaluation *evaluation, struct search_word *word)
{
    const struct segments *segments = evaluation->segments;
    word->documents = 0;
    word->rarity = 1;
    word->characters = count_characters(word->texts[0]);
    for (size_t s = 0; s < segments->count; s++) {
        struct word_terms *terms = &word->terms[s];
        terms->count = 0;
        for (size_t i = 0; i < word->text_count; i++)
            add_terms(word, segments->at[s].index, word->texts[i], terms, evaluation->arena);
        if (!word->source->prefix)
            word->documents += count_documents(&segments->at[s], terms);
        else if (!find_beginning(evaluation, word, s))
            return false;
    }
    double all = (double)evaluation->scratch->documents, with = (double)word->documents;
    with = with < all ? with : all;
    word->rarity = (float)log(1.0 + (all - with + 0.5) / (with + 0.5));
    return true;
}

static bool correct(struct evaluation *evaluation, struct search_word *word)
{
    struct correction nearest[CORRECTIONS];
    size_t most = word->as_written || word->source->prefix ? 1 : CORRECTIONS;
    size_t count = correct_word(evaluation->segments, word->texts[0], word->source->prefix, nearest, most);
    if (count == 0)
        return true;
    struct str *texts = arena_array(evaluation->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = arena_str(evaluation->arena, nearest[i].text);
    struct words *words = &evaluation->words;
    words->corrections[words->correction_count++] =
        (struct search_correction){.word = word->source, .texts = texts, .count = count};
    word->texts = texts;
    word->text_count = count;
    return look_up(evaluation, word);
}

static void note_phrases(struct evaluation *evaluation, const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        for (size_t i = 0; i < node->word_count; i++)
            evaluation->words.at[node->words - evaluation->query->words + (ptrdiff_t)i].as_written = true;
    for (const struct query_node *child = node->first; child; child = child->next)
        note_phrases(evaluation, child);
}

static bool has_forms(const struct evaluation *evaluation, const struct search_word *word)
{
    size_t count = 0;
    for (size_t s = 0; s < evaluation->segments->count && !count; s++)
        index_find_stem(evaluation->segments->at[s].index, index_term_of(word->texts[0]), &count);
    return count > 0;
}

/* Whether there is nothing that it could be found as. In one field only, or as it is written, it may just not stand
 * there. */
static bool is_unknown(const struct evaluation *evaluation, const struct search_word *word)
{
    if (word->documents || word->source->excluded || word_is_tag(word))
        return false;
    if (word->as_written && has_forms(evaluation, word))
        return false;
    for (size_t s = 0; s < evaluation->segments->count && word->source->field != QUERY_ANYWHERE; s++)
        if (count_documents(&evaluation->segments->at[s], &word->terms[s]))
            return false;
    return true;
}

void words_take(struct evaluation *evaluation)
{
    const struct query *query = evaluation->query;
    struct words *words = &evaluation->words;
    words->count = query->word_count;
    words->at = arena_array(evaluation->arena, words->count, sizeof *words->at);
    words->corrections = arena_array(evaluation->arena, words->count, sizeof *words->corrections);
    for (size_t i = 0; i < words->count; i++)
        words->at[i] =
            (struct search_word){.source = &query->words[i], .texts = &query->words[i].text, .text_count = 1};
    note_phrases(evaluation, query->root);
}

bool words_find(struct evaluation *evaluation)
{
    words_take(evaluation);
    for (size_t i = 0; i < evaluation->words.count; i++) {
        struct search_word *word = &evaluation->words.at[i];
        if (!look_up(evaluation, word) || (is_unknown(evaluation, word) && !correct(evaluation, word)))
            return false;
    }
    return true;
}

void words_free(struct words *words, struct set_pool *pool)
{
    for (size_t i = 0; i < words->count; i++)
        for (size_t s = 0; s < SEGMENTS_MOST; s++)
            if (words->at[i].sets[s])
                set_give(pool, words->at[i].sets[s]);
}
