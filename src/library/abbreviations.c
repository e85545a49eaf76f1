/*
 * Acronyms and what they stand for, as one term.
 *
 * The letters of an acronym must be found in the long form in order, the first at its beginning (Schwartz and Hearst,
 * "A simple algorithm for identifying abbreviation definitions in biomedical text", 2003), and the two must be keywords
 * of the same questions: the less the letters prove the more often. A common ending is left out of the comparison:
 * "GI bleeding" is "gastrointestinal bleeding".
 */
#include <string.h>

#include "subject_terms.h"

/* Two questions can agree by chance about letters only if these are few. */
#define MIN_TOGETHER         2u
#define INITIALS_PERCENTAGE  15u /* of the rarer term's questions, when the letters are the words' initials */
#define ENDING_PERCENTAGE    10u /* when the rest of both is the same */
#define LETTERS_PERCENTAGE   40u /* when they stand anywhere in the words */
#define LETTERS_MIN_TOGETHER 3u

static struct str word_text(const struct subject_terms *subject, uint32_t word)
{
    return subject->terms->words.texts[word];
}

static bool are_initials(const struct subject_terms *subject, struct str letters, const uint32_t *words,
                         uint32_t count)
{
    if (letters.len != count)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (word_text(subject, words[i]).at[0] != letters.at[i])
            return false;
    return true;
}

/* From the end backwards, each letter at the last place where it can stand. */
static bool letters_stand_in(struct str letters, struct str text)
{
    size_t at = text.len;
    for (size_t i = letters.len; i-- > 0;) {
        do {
            if (at == 0)
                return false;
            at--;
        } while (text.at[at] != letters.at[i]);
    }
    return at == 0 || letters.at[0] == text.at[0];
}

static bool letters_stand_in_words(const struct subject_terms *subject, struct str letters,
                                   const uint32_t *words, uint32_t count)
{
    struct buf text = {0};
    for (uint32_t i = 0; i < count; i++)
        buf_add(&text, word_text(subject, words[i]));
    bool result = text.len >= 2 * letters.len && letters_stand_in(letters, buf_str(&text));
    buf_free(&text);
    return result;
}

/* Whether term `brief`, which begins with an acronym, stands for `full`: they are keywords of `together` questions. */
static bool stands_for(const struct subject_terms *subject, uint32_t brief, uint32_t full, uint32_t together)
{
    uint32_t acronym[TERM_MAX_WORDS], words[TERM_MAX_WORDS];
    uint32_t rarer = subject->uses[brief] < subject->uses[full] ? subject->uses[brief] : subject->uses[full];
    uint64_t percentage = (uint64_t)together * 100 / rarer;
    if (together < MIN_TOGETHER || percentage < ENDING_PERCENTAGE)
        return false;
    uint32_t short_count = terms_words(subject->terms, subject->term[brief], acronym);
    uint32_t count = terms_words(subject->terms, subject->term[full], words);
    bool common_ending = false;
    while (short_count > 1 && count > 1 && acronym[short_count - 1] == words[count - 1]) {
        short_count--;
        count--;
        common_ending = true;
    }
    struct str letters = word_text(subject, acronym[0]);
    if (short_count != 1 || letters.len < 2)
        return false;
    if (are_initials(subject, letters, words, count))
        return percentage >= INITIALS_PERCENTAGE;
    if (common_ending)
        return count == 1 && letters_stand_in_words(subject, letters, words, count);
    return together >= LETTERS_MIN_TOGETHER && percentage >= LETTERS_PERCENTAGE && count <= letters.len &&
           letters_stand_in_words(subject, letters, words, count);
}

/* Of the terms that stand beside `brief` the one it stands for and is met most with. `together` is all zero. */
static uint32_t find_full_form(const struct subject_terms *subject, const struct lists *questions,
                               uint32_t brief, uint32_t *together)
{
    const struct lists *keywords = &subject->keywords;
    uint32_t best = TERM_NONE, best_together = 0;
    for (size_t i = questions->starts[brief]; i < questions->starts[brief + 1]; i++) {
        uint32_t question = questions->items[i];
        for (size_t k = keywords->starts[question]; k < keywords->starts[question + 1]; k++)
            together[keywords->items[k]]++;
    }
    for (size_t i = questions->starts[brief]; i < questions->starts[brief + 1]; i++) {
        uint32_t question = questions->items[i];
        for (size_t k = keywords->starts[question]; k < keywords->starts[question + 1]; k++) {
            uint32_t full = keywords->items[k], count = together[full];
            together[full] = 0;
            if (full != brief && count > best_together && stands_for(subject, brief, full, count)) {
                best = full;
                best_together = count;
            }
        }
    }
    return best;
}

/* "MRI" where hardly anyone writes it in full, "Hepatocellular carcinoma (HCC)" where most do. */
static void choose_names(struct subject_terms *subject)
{
    uint32_t words[TERM_MAX_WORDS];
    for (uint32_t term = 0; term < subject->count; term++)
        subject->named_by[term] = term;
    for (uint32_t term = 0; term < subject->count; term++) {
        uint32_t full = subject->merged_into[term];
        if (full == TERM_NONE)
            continue;
        uint32_t *known = &subject->abbreviation[full];
        if (subject->uses[term] > subject->uses[subject->named_by[full]])
            subject->named_by[full] = term;
        else if (terms_words(subject->terms, subject->term[term], words) == 1 &&
                 (*known == TERM_NONE || subject->uses[term] > subject->uses[*known]))
            *known = term;
    }
    for (uint32_t term = 0; term < subject->count; term++)
        if (subject->named_by[term] != term)
            subject->abbreviation[term] = TERM_NONE;
}

void abbreviations_find(struct subject_terms *subject, struct arena *arena)
{
    memset(subject->merged_into, 0xff, subject->count * sizeof *subject->merged_into);
    memset(subject->abbreviation, 0xff, subject->count * sizeof *subject->abbreviation);
    struct lists questions = lists_transpose(arena, &subject->keywords, subject->count);
    uint32_t *together = arena_array(arena, subject->count, sizeof *together);
    for (uint32_t term = 0; term < subject->count; term++)
        if (subject->terms->acronym[subject->term[term]] && subject->uses[term] >= MIN_TOGETHER)
            subject->merged_into[term] = find_full_form(subject, &questions, term, together);
    /* An acronym of an acronym stays by itself: merging is one step. */
    for (uint32_t term = 0; term < subject->count; term++) {
        uint32_t full = subject->merged_into[term];
        if (full != TERM_NONE && subject->merged_into[full] != TERM_NONE)
            subject->merged_into[term] = TERM_NONE;
    }
    choose_names(subject);
}
