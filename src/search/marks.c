#include "marks.h"

#include <stdlib.h>

#include "lectern/mem.h"
#include "lectern/pattern.h"
#include "lectern/text.h"

/* Milliseconds that a pattern is looked for in one text. */
#define PATTERN_MS 20u

uint64_t marks_match(const struct search_marks *marks, struct str folded)
{
    uint64_t words = 0;
    size_t low = 0, high = marks->form_count;
    folded = index_term_of(folded);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(marks->forms[middle].text, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < marks->form_count && str_eq(marks->forms[low].text, folded); low++)
        words |= (uint64_t)1 << marks->forms[low].word;
    for (size_t i = 0; i < marks->beginning_count; i++)
        if (str_starts(folded, marks->beginnings[i].text))
            words |= (uint64_t)1 << marks->beginnings[i].word;
    return words;
}

/* Those of the words that are looked for in a field. */
static uint64_t in_field(const struct search_marks *marks, uint64_t words, enum index_field field)
{
    uint64_t there = 0;
    for (uint64_t rest = words; rest; rest &= rest - 1) {
        int word = __builtin_ctzll(rest);
        if (marks->fields[word] >> field & 1)
            there |= (uint64_t)1 << word;
    }
    return there;
}

/* A text read word by word. */
struct word_reader {
    const struct search_marks *marks;
    enum index_field field;
    struct str rest, word;
    struct buf folded;
    uint64_t words; /* that the word stands for */
};

static bool is_ascii_word(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Passes over words that begin with letters with which none of those to be marked does, as far as they are plain ASCII. */
static void skip_words(struct word_reader *reader)
{
    const unsigned char *at = (const unsigned char *)reader->rest.at, *end = at + reader->rest.len;
    while (at < end) {
        const unsigned char *word = at;
        if (*at >= 0x80 ||
            (is_ascii_word(*at) &&
             marks_may_match(reader->marks, (struct str){(const char *)at, (size_t)(end - at)})))
            break;
        while (at < end && is_ascii_word(*at))
            at++;
        if (at < end && (*at >= 0x80 || (*at == '\'' && at > word))) { /* the word may go on */
            at = word;
            break;
        }
        at += at == word;
    }
    reader->rest = (struct str){(const char *)at, (size_t)(end - at)};
}

static bool read_word(struct word_reader *reader)
{
    if (!text_next_word(&reader->rest, &reader->word))
        return false;
    reader->words = 0;
    if (!marks_may_match(reader->marks, reader->word))
        return true;
    buf_clear(&reader->folded);
    text_fold(&reader->folded, reader->word);
    reader->words = marks_match(reader->marks, buf_str(&reader->folded));
    if (reader->words)
        reader->words = in_field(reader->marks, reader->words, reader->field);
    return true;
}

/* The end of what a folded beginning of `len` bytes covers of a word, with the marks that belong to its last letter. */
static size_t folded_part(struct str word, size_t len, struct buf *room)
{
    uint32_t code_point;
    size_t at = 0, step;
    buf_clear(room);
    while ((step = text_decode(str_slice(word, at, word.len), &code_point)) > 0) {
        size_t before = room->len;
        text_fold(room, str_slice(word, at, at + step));
        if (before >= len && room->len > before)
            break;
        at += step;
    }
    return at;
}

/* How much of the word is to be marked: all, unless it only begins with what is looked for. */
static size_t marked_part(struct word_reader *reader)
{
    const struct search_marks *marks = reader->marks;
    uint64_t begun = 0;
    size_t longest = 0;
    for (size_t i = 0; i < marks->beginning_count; i++) {
        const struct mark_text *beginning = &marks->beginnings[i];
        if (!str_starts(buf_str(&reader->folded), beginning->text))
            continue;
        begun |= (uint64_t)1 << beginning->word;
        longest = beginning->text.len > longest ? beginning->text.len : longest;
    }
    bool whole = (reader->words & ~begun) != 0 || longest == reader->folded.len;
    return whole ? reader->word.len : folded_part(reader->word, longest, &reader->folded);
}

/* What is found of a text. */
struct found_marks {
    struct mark *at;
    size_t count, capacity, limit;
};

static void add_mark(struct found_marks *found, struct mark mark)
{
    found->at = mem_grow(found->at, found->count, &found->capacity, sizeof *found->at);
    found->at[found->count++] = mark;
}

/* Notes the end of the phrase that begins with the word at hand, and the text behind it. False if it does not go on. */
static bool end_phrase(const struct word_reader *reader, int first, struct str text, struct mark *mark,
                       struct str *rest)
{
    struct word_reader ahead = *reader;
    bool whole = true;
    size_t end = 0;
    ahead.folded = (struct buf){0};
    for (int word = first + 1; word < first + reader->marks->phrases[first] && whole; word++) {
        whole = read_word(&ahead) && (ahead.words >> word & 1);
        if (whole)
            end = (size_t)(ahead.word.at - text.at) + marked_part(&ahead);
    }
    if (whole && end > mark->end) {
        mark->end = end;
        *rest = ahead.rest;
    }
    buf_free(&ahead.folded);
    return whole;
}

/* Marks what begins with the word at hand, if something does, and goes on behind it. */
static void mark_word(struct word_reader *reader, struct str text, struct found_marks *found)
{
    const struct search_marks *marks = reader->marks;
    size_t start = (size_t)(reader->word.at - text.at);
    struct mark mark = {start, start, reader->words & ~marks->in_phrase};
    struct str rest = reader->rest;
    for (uint64_t words = reader->words & marks->in_phrase; words; words &= words - 1) {
        int first = __builtin_ctzll(words);
        if (marks->phrases[first] && end_phrase(reader, first, text, &mark, &rest))
            mark.words |= (((uint64_t)1 << marks->phrases[first]) - 1) << first;
    }
    reader->rest = rest;
    if (mark.words && mark.end == start)
        mark.end += marked_part(reader);
    if (mark.words)
        add_mark(found, mark);
}

static void find_words(const struct search_marks *marks, enum index_field field, struct str text,
                       struct found_marks *found)
{
    struct word_reader reader = {.marks = marks, .field = field, .rest = text};
    bool more = marks->word_count != 0;
    while (more && found->count < found->limit) {
        skip_words(&reader);
        more = read_word(&reader);
        if (more && reader.words)
            mark_word(&reader, text, found);
    }
    buf_free(&reader.folded);
}

static void find_pattern(const struct search_marks *marks, size_t number, struct str text,
                         struct found_marks *found)
{
    struct pattern_finder *finder = pattern_finder_new(marks->patterns[number].pattern, NULL);
    uint64_t bit = (uint64_t)1 << (marks->word_count + number);
    struct pattern_match match;
    pattern_begin(finder, text, PATTERN_MS);
    for (size_t i = 0; i < found->limit && pattern_next(finder, &match, NULL) > 0; i++)
        add_mark(found, (struct mark){match.start, match.end, bit});
    pattern_finder_free(finder);
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *one = a, *other = b;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    return one->end < other->end ? -1 : one->end > other->end;
}

/* What overlaps is one mark. */
static void unite(struct found_marks *found)
{
    size_t kept = 0;
    if (found->count)
        qsort(found->at, found->count, sizeof *found->at, compare_marks);
    for (size_t i = 0; i < found->count; i++) {
        struct mark *last = kept ? &found->at[kept - 1] : NULL;
        if (!last || found->at[i].start >= last->end) {
            found->at[kept++] = found->at[i];
            continue;
        }
        last->words |= found->at[i].words;
        last->end = found->at[i].end > last->end ? found->at[i].end : last->end;
    }
    found->count = kept < found->limit ? kept : found->limit;
}

struct mark *marks_find(const struct search_marks *marks, enum index_field field, struct str text,
                        size_t limit, size_t *count)
{
    struct found_marks found = {.limit = limit};
    if (marks)
        find_words(marks, field, text, &found);
    for (size_t i = 0; marks && i < marks->pattern_count; i++)
        if (field == INDEX_TITLE || field == INDEX_TEXT)
            find_pattern(marks, i, text, &found);
    if (marks && marks->pattern_count)
        unite(&found);
    *count = found.count;
    return found.at;
}

size_t search_find_marks(struct arena *arena, const struct search_marks *marks, enum index_field field,
                         struct str text, size_t limit, const struct search_mark **places)
{
    size_t count;
    struct mark *found = marks_find(marks, field, text, limit, &count);
    struct search_mark *copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = (struct search_mark){found[i].start, found[i].end};
    mem_free(found);
    *places = copy;
    return count;
}

void marks_compile(struct arena *arena, struct search_marks *marks)
{
    size_t kept = 0;
    for (size_t i = 0; i < marks->pattern_count; i++) {
        struct mark_pattern pattern = marks->patterns[i];
        pattern.pattern = pattern_compile_in(
            arena, pattern.source, pattern.ignore_case ? PATTERN_IGNORE_CASE : PATTERN_SMART_CASE, NULL);
        if (pattern.pattern)
            marks->patterns[kept++] = pattern;
    }
    marks->pattern_count = kept;
}

static struct mark_text *copy_texts(struct arena *arena, const struct mark_text *texts, size_t count)
{
    struct mark_text *copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = (struct mark_text){arena_str(arena, texts[i].text), texts[i].word};
    return copy;
}

const struct search_marks *search_marks_copy(struct arena *arena, const struct search_marks *marks)
{
    if (!marks)
        return NULL;
    struct search_marks *copy = arena_alloc(arena, sizeof *copy);
    *copy = *marks;
    copy->forms = copy_texts(arena, marks->forms, marks->form_count);
    copy->beginnings = copy_texts(arena, marks->beginnings, marks->beginning_count);
    copy->patterns = arena_array(arena, marks->pattern_count, sizeof *copy->patterns);
    for (size_t i = 0; i < marks->pattern_count; i++)
        copy->patterns[i] = (struct mark_pattern){arena_str(arena, marks->patterns[i].source),
                                                  marks->patterns[i].ignore_case, NULL};
    marks_compile(arena, copy);
    return copy;
}
