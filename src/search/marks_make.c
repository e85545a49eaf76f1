#include "marks_make.h"

#include <stdlib.h>

#define ALL_FIELDS ((1u << INDEX_FIELDS) - 1)

static uint8_t fields_of(enum query_field field)
{
    switch (field) {
    case QUERY_TITLE: return 1u << INDEX_TITLE;
    case QUERY_QUESTION: return 1u << INDEX_QUESTION | 1u << INDEX_TITLE;
    case QUERY_ANSWER: return 1u << INDEX_HEADINGS | 1u << INDEX_TEXT;
    case QUERY_KEYWORD: return 1u << INDEX_KEYWORDS;
    default: return ALL_FIELDS;
    }
}

#define FILLER_DOCUMENTS  8
#define FILLER_CHARACTERS 4
#define FILLER_TIMES      4

static int compare_texts(const void *a, const void *b)
{
    const struct mark_text *one = a, *other = b;
    int order = str_compare(one->text, other->text);
    return order ? order : (int)one->word - (int)other->word;
}

/* How many single terms a word has; of a beginning also its terms are ranges. */
static size_t count_forms(const struct search_word *word)
{
    size_t count = 1;
    for (size_t s = 0; s < SEGMENTS_MOST; s++)
        count += word->terms[s].count;
    return count;
}

static void add_form(struct search_marks *marks, struct arena *arena, struct str text, uint8_t word)
{
    marks->forms[marks->form_count++] = (struct mark_text){arena_str(arena, text), word};
}

static void add_found_forms(const struct evaluation *evaluation, const struct search_word *word,
                            uint8_t number, struct search_marks *marks)
{
    for (size_t s = 0; s < evaluation->segments->count; s++)
        for (size_t i = 0; i < word->terms[s].count; i++) {
            const struct term_run *run = &word->terms[s].runs[i];
            if (run->end - run->first == 1)
                add_form(marks, evaluation->arena, index_term(evaluation->segments->at[s].index, run->first),
                         number);
        }
}

static bool is_plain_word(const struct search_word *word)
{
    return !word->source->excluded && !word->as_written && !word_is_tag(word);
}

/* Whether a word says nothing beside the others: "what is a" in the question for a matrix. It is short and whole, stands in half
 * of all articles, and another one is much rarer. */
static bool is_filler(const struct evaluation *evaluation, const struct search_word *word)
{
    uint64_t all = 0;
    for (size_t s = 0; evaluation->segments && s < evaluation->segments->count; s++)
        all += index_document_count(evaluation->segments->at[s].index);
    bool common = word->documents >= FILLER_DOCUMENTS && word->documents > all / 2;
    if (!common || word->characters > FILLER_CHARACTERS || word->source->prefix || !is_plain_word(word))
        return false;
    for (size_t i = 0; i < evaluation->words.count; i++) {
        const struct search_word *other = &evaluation->words.at[i];
        if (is_plain_word(other) && other->documents <= word->documents / FILLER_TIMES)
            return true;
    }
    return false;
}

static void add_word(const struct evaluation *evaluation, const struct search_word *word,
                     struct search_marks *marks)
{
    uint8_t number = marks->word_count++;
    marks->fields[number] = fields_of(word->source->field);
    if (word->as_written)
        marks->in_phrase |= (uint64_t)1 << number;
    if (is_filler(evaluation, word))
        return;
    if (evaluation->segments)
        add_found_forms(evaluation, word, number, marks);
    for (size_t i = 0; i < word->text_count; i++) {
        struct str text = index_term_of(word->texts[i]);
        if (word->source->prefix)
            marks->beginnings[marks->beginning_count++] =
                (struct mark_text){arena_str(evaluation->arena, text), number};
        else if (!evaluation->segments)
            add_form(marks, evaluation->arena, text, number);
    }
}

/* A phrase of one word is a word. */
static void note_phrases(const struct evaluation *evaluation, const struct query_node *node,
                         const uint8_t *numbers, struct search_marks *marks)
{
    if (node->kind == QUERY_NOT)
        return;
    const struct query_word *words = evaluation->query->words;
    if (node->kind == QUERY_PHRASE && node->words[0].field < QUERY_SUBJECT) {
        uint8_t first = numbers[node->words - words];
        if (node->word_count > 1)
            marks->phrases[first] = (uint8_t)node->word_count;
        else
            marks->in_phrase &= ~((uint64_t)1 << first);
    }
    for (const struct query_node *child = node->first; child; child = child->next)
        note_phrases(evaluation, child, numbers, marks);
}

static void sort_forms(struct search_marks *marks)
{
    size_t kept = 0;
    if (marks->form_count)
        qsort(marks->forms, marks->form_count, sizeof *marks->forms, compare_texts);
    for (size_t i = 0; i < marks->form_count; i++)
        if (i == 0 || compare_texts(&marks->forms[i], &marks->forms[kept - 1]) != 0)
            marks->forms[kept++] = marks->forms[i];
    marks->form_count = kept;
}

static void note(uint64_t characters[2], unsigned char c)
{
    if (c < 0x80)
        characters[c / 64] |= (uint64_t)1 << c % 64;
}

static void note_separators(struct search_marks *marks, bool and_all_others)
{
    for (unsigned char c = 0; c < 0x80; c++)
        if (and_all_others || !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')))
            note(marks->going_on_with, c);
}

/* What is no ASCII may be folded to anything, but what begins with ASCII stays with it. */
static void note_beginnings(struct search_marks *marks, const struct mark_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str text = texts[i].text;
        note(marks->beginning_with, text.len ? (unsigned char)text.at[0] : 0);
        if (text.len > 1)
            note(marks->going_on_with, (unsigned char)text.at[1]);
        else if (texts == marks->beginnings)
            note_separators(marks, true);
    }
}

static size_t count_patterns(const struct query_node *node)
{
    size_t count = node->kind == QUERY_PATTERN;
    for (const struct query_node *child = node->first; child; child = child->next)
        count += count_patterns(child);
    return count;
}

static void add_patterns(const struct query_node *node, struct search_marks *marks)
{
    if (node->kind == QUERY_NOT)
        return;
    if (node->kind == QUERY_PATTERN)
        marks->patterns[marks->pattern_count++] = (struct mark_pattern){node->text, node->ignore_case, NULL};
    for (const struct query_node *child = node->first; child; child = child->next)
        add_patterns(child, marks);
}

struct search_marks *marks_make(const struct evaluation *evaluation)
{
    const struct words *words = &evaluation->words;
    struct search_marks *marks = arena_alloc(evaluation->arena, sizeof *marks);
    uint8_t numbers[QUERY_WORDS] = {0};
    size_t forms = 0, beginnings = 0;
    for (size_t i = 0; i < words->count; i++) {
        forms += count_forms(&words->at[i]);
        beginnings += words->at[i].text_count;
    }
    marks->forms = arena_array(evaluation->arena, forms, sizeof *marks->forms);
    marks->beginnings = arena_array(evaluation->arena, beginnings, sizeof *marks->beginnings);
    for (size_t i = 0; i < words->count; i++) {
        if (words->at[i].source->excluded || word_is_tag(&words->at[i]))
            continue;
        numbers[i] = marks->word_count;
        add_word(evaluation, &words->at[i], marks);
    }
    note_phrases(evaluation, evaluation->query->root, numbers, marks);
    sort_forms(marks);
    note_separators(marks, false);
    note_beginnings(marks, marks->forms, marks->form_count);
    note_beginnings(marks, marks->beginnings, marks->beginning_count);
    marks->patterns =
        arena_array(evaluation->arena, count_patterns(evaluation->query->root), sizeof *marks->patterns);
    add_patterns(evaluation->query->root, marks);
    marks_compile(evaluation->arena, marks);
    return marks;
}
