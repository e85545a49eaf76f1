#include "subject_terms.h"

#include <string.h>

#include "lectern/mem.h"

/* A real article has some 12 keywords; whoever lists thousands gets topics for the first ones. */
#define MAX_KEYWORDS 64

/* A topic is a keyword that so many questions share. One that is shared by most says as little as the subject does. */
#define TOPIC_MIN_QUESTIONS  5
#define TOPIC_MAX_PERCENTAGE 60u

void subject_desk_start(struct subject_desk *desk, const struct terms *terms)
{
    *desk = (struct subject_desk){0};
    term_words_start(&desk->cache);
    size_t count = terms->phrases.count;
    desk->local_of = mem_resize(NULL, count, sizeof *desk->local_of);
    memset(desk->local_of, 0xff, count * sizeof *desk->local_of);
    desk->touched = mem_calloc(count, sizeof *desk->touched);
}

void subject_desk_free(struct subject_desk *desk)
{
    arena_free(&desk->arena);
    term_words_free(&desk->cache);
    mem_free(desk->local_of);
    mem_free(desk->touched);
}

static size_t count_keywords(const struct subject_terms *subject, uint32_t question)
{
    size_t count = catalogue_count_keywords(subject->catalogue, subject->articles[question]);
    return count < MAX_KEYWORDS ? count : MAX_KEYWORDS;
}

/* Numbers the terms of the subject in the order in which they are met. */
static void number_terms(struct subject_terms *subject, struct subject_desk *desk)
{
    size_t most = 0;
    for (uint32_t question = 0; question < subject->question_count; question++)
        most += count_keywords(subject, question);
    struct lists *lists = &subject->keywords;
    lists->count = subject->question_count;
    lists->starts = arena_array(&desk->arena, (size_t)subject->question_count + 1, sizeof *lists->starts);
    lists->items = arena_array(&desk->arena, most, sizeof *lists->items);
    subject->term = arena_array(&desk->arena, most, sizeof *subject->term);
    subject->uses = arena_array(&desk->arena, most, sizeof *subject->uses);
    size_t used = 0;
    for (uint32_t question = 0; question < subject->question_count; question++) {
        size_t count = count_keywords(subject, question);
        for (size_t i = 0; i < count; i++) {
            uint32_t keyword = catalogue_keyword_of(subject->catalogue, subject->articles[question], i);
            uint32_t term = subject->terms->of_keyword[keyword];
            if (term == TERM_NONE || desk->touched[term] == question + 1)
                continue;
            desk->touched[term] = question + 1;
            if (desk->local_of[term] == TERM_NONE) {
                subject->term[subject->count] = term;
                desk->local_of[term] = subject->count++;
            }
            lists->items[used++] = desk->local_of[term];
            subject->uses[desk->local_of[term]]++;
        }
        lists->starts[question + 1] = used;
    }
}

static uint32_t after_merging(const struct subject_terms *subject, uint32_t term)
{
    return subject->merged_into[term] == TERM_NONE ? term : subject->merged_into[term];
}

/* Puts every synonym's main term in its place, each once a question. */
static void merge_synonyms(struct subject_terms *subject, struct arena *arena)
{
    struct lists *lists = &subject->keywords;
    uint32_t *seen = arena_array(arena, subject->count, sizeof *seen);
    memset(subject->uses, 0, subject->count * sizeof *subject->uses);
    size_t used = 0, from = 0;
    for (uint32_t question = 0; question < lists->count; question++) {
        size_t to = lists->starts[question + 1];
        for (; from < to; from++) {
            uint32_t term = after_merging(subject, lists->items[from]);
            if (seen[term] == question + 1)
                continue;
            seen[term] = question + 1;
            lists->items[used++] = term;
            subject->uses[term]++;
        }
        lists->starts[question + 1] = used;
    }
}

/* Whether a term is a word of the subject's name, or all of it: "health" in "Health Studies". */
static bool names_subject(const struct subject_terms *subject, uint32_t term, const uint32_t *name,
                          uint32_t name_count)
{
    uint32_t words[TERM_MAX_WORDS];
    uint32_t count = terms_words(subject->terms, subject->term[term], words);
    if (count == name_count && memcmp(words, name, count * sizeof *words) == 0)
        return true;
    for (uint32_t i = 0; count == 1 && i < name_count; i++)
        if (words[0] == name[i])
            return true;
    return false;
}

/* Returns the number of every term as a candidate, or TERM_NONE. */
static uint32_t *choose_candidates(struct subject_terms *subject, struct subject_desk *desk)
{
    uint32_t *candidate_of = arena_array(&desk->arena, subject->count, sizeof *candidate_of);
    subject->candidates = arena_array(&desk->arena, subject->count, sizeof *subject->candidates);
    uint32_t name[TERM_MAX_WORDS];
    uint32_t name_count =
        term_words_find(&desk->cache, &subject->terms->words,
                        catalogue_subject_name(subject->catalogue, subject->subject), name, TERM_MAX_WORDS);
    uint64_t most = (uint64_t)subject->question_count * TOPIC_MAX_PERCENTAGE / 100;
    for (uint32_t term = 0; term < subject->count; term++) {
        uint32_t uses = subject->uses[term];
        candidate_of[term] = TERM_NONE;
        if (uses < TOPIC_MIN_QUESTIONS || uses > most || subject->terms->says_nothing[subject->term[term]] ||
            names_subject(subject, term, name, name_count))
            continue;
        candidate_of[term] = subject->candidate_count;
        subject->candidates[subject->candidate_count++] = term;
    }
    subject->in_title = arena_array(&desk->arena, subject->candidate_count, sizeof *subject->in_title);
    return candidate_of;
}

/* The candidates of the questions met so far, and what is needed to add one more. */
struct matching {
    struct subject_terms *subject;
    const uint32_t *local_of, *candidate_of;
    uint32_t *as_keyword, *in_title; /* by candidate: the question that had it last, + 1 */
    uint32_t question;
    uint32_t *items;
    size_t count, capacity;
};

static void add_match(struct matching *matching, uint32_t candidate)
{
    matching->items =
        mem_grow(matching->items, matching->count, &matching->capacity, sizeof *matching->items);
    matching->items[matching->count++] = candidate;
}

static void found_in_title(void *context, uint32_t in_library)
{
    struct matching *matching = context;
    uint32_t term = matching->local_of[in_library];
    if (term == TERM_NONE)
        return;
    uint32_t candidate = matching->candidate_of[after_merging(matching->subject, term)];
    uint32_t mark = matching->question + 1;
    if (candidate == TERM_NONE || matching->in_title[candidate] == mark)
        return;
    matching->in_title[candidate] = mark;
    if (matching->as_keyword[candidate] == mark)
        matching->subject->in_title[candidate]++;
    else
        add_match(matching, candidate);
}

/* A question belongs to a candidate that is one of its keywords or stands in its title. */
static void match_questions(struct subject_terms *subject, struct subject_desk *desk,
                            const uint32_t *candidate_of)
{
    struct arena *arena = &desk->arena;
    struct matching matching = {
        .subject = subject,
        .local_of = desk->local_of,
        .candidate_of = candidate_of,
        .as_keyword = arena_array(arena, subject->candidate_count, sizeof *matching.as_keyword),
        .in_title = arena_array(arena, subject->candidate_count, sizeof *matching.in_title),
    };
    struct lists *matches = &subject->matches;
    const struct lists *keywords = &subject->keywords;
    matches->count = subject->question_count;
    matches->starts = arena_array(arena, (size_t)matches->count + 1, sizeof *matches->starts);
    for (uint32_t question = 0; question < subject->question_count; question++) {
        matching.question = question;
        for (size_t i = keywords->starts[question]; i < keywords->starts[question + 1]; i++) {
            uint32_t candidate = candidate_of[keywords->items[i]];
            if (candidate == TERM_NONE)
                continue;
            matching.as_keyword[candidate] = question + 1;
            add_match(&matching, candidate);
        }
        terms_in_title(subject->terms, &desk->cache,
                       catalogue_title(subject->catalogue, subject->articles[question]), found_in_title,
                       &matching);
        matches->starts[question + 1] = matching.count;
    }
    matches->items = arena_array(arena, matching.count, sizeof *matches->items);
    if (matching.count)
        memcpy(matches->items, matching.items, matching.count * sizeof *matches->items);
    mem_free(matching.items);
    subject->questions = lists_transpose(arena, matches, subject->candidate_count);
}

void subject_terms_build(struct subject_terms *subject, struct subject_desk *desk)
{
    arena_reset(&desk->arena);
    number_terms(subject, desk);
    subject->merged_into = arena_array(&desk->arena, subject->count, sizeof *subject->merged_into);
    subject->named_by = arena_array(&desk->arena, subject->count, sizeof *subject->named_by);
    subject->abbreviation = arena_array(&desk->arena, subject->count, sizeof *subject->abbreviation);
    abbreviations_find(subject, &desk->arena);
    merge_synonyms(subject, &desk->arena);
    match_questions(subject, desk, choose_candidates(subject, desk));
    for (uint32_t term = 0; term < subject->count; term++) {
        desk->local_of[subject->term[term]] = TERM_NONE;
        desk->touched[subject->term[term]] = 0;
    }
}
