#include "marks.h"

#include "lectern/text.h"

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

/* Passes over words that begin with a letter that none of those to be marked has, as far as they are plain ASCII. */
static void skip_words(struct word_reader *reader)
{
    const unsigned char *at = (const unsigned char *)reader->rest.at, *end = at + reader->rest.len;
    while (at < end) {
        const unsigned char *word = at;
        if (*at >= 0x80 ||
            (is_ascii_word(*at) && marks_may_match(reader->marks, (struct str){(const char *)at, 1})))
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

/* Notes the end of the phrase that begins with the word at hand. False if it does not go on. */
static bool end_phrase(const struct word_reader *reader, int first, struct str text, struct mark *mark)
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
        mark->next = (size_t)(ahead.word.at - text.at) + ahead.word.len;
    }
    buf_free(&ahead.folded);
    return whole;
}

/* Whether something to mark begins with the word at hand. */
static bool mark_word(struct word_reader *reader, struct str text, struct mark *mark)
{
    const struct search_marks *marks = reader->marks;
    mark->start = mark->end = (size_t)(reader->word.at - text.at);
    mark->words = reader->words & ~marks->in_phrase;
    for (uint64_t rest = reader->words & marks->in_phrase; rest; rest &= rest - 1) {
        int first = __builtin_ctzll(rest);
        if (marks->phrases[first] && end_phrase(reader, first, text, mark))
            mark->words |= (((uint64_t)1 << marks->phrases[first]) - 1) << first;
    }
    if (mark->words && mark->end == mark->start) {
        mark->end += marked_part(reader);
        mark->next = mark->start + reader->word.len;
    }
    return mark->words != 0;
}

bool marks_next(const struct search_marks *marks, enum index_field field, struct str text, struct mark *mark)
{
    if (!marks || marks->word_count == 0)
        return false;
    struct word_reader reader = {
        .marks = marks, .field = field, .rest = str_slice(text, mark->next, text.len)};
    bool found = false, more = true;
    while (!found && more) {
        skip_words(&reader);
        more = read_word(&reader);
        found = more && reader.words && mark_word(&reader, text, mark);
    }
    buf_free(&reader.folded);
    return found;
}

bool search_next_mark(const struct search_marks *marks, enum index_field field, struct str text, size_t *at,
                      size_t *start, size_t *end)
{
    struct mark mark = {.next = *at};
    if (!marks_next(marks, field, text, &mark))
        return false;
    *at = mark.next;
    *start = mark.start;
    *end = mark.end;
    return true;
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
    return copy;
}
