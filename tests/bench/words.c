#include "words.h"

#include <string.h>

#include "lectern/mem.h"
#include "lectern/text.h"

static const char *const stop_words[] = {
    "about", "after", "all",   "also", "and",   "any",  "are",  "been",  "between", "both",  "but",
    "can",   "did",   "does",  "each", "for",   "from", "had",  "has",   "have",    "how",   "into",
    "its",   "main",  "may",   "more", "most",  "not",  "one",  "or",    "our",     "over",  "some",
    "such",  "than",  "that",  "the",  "their", "them", "then", "there", "these",   "they",  "this",
    "those", "to",    "under", "used", "using", "was",  "were", "what",  "when",    "where", "which",
    "who",   "why",   "will",  "with", "you",   "your",
};

static bool is_stop_word(struct str word)
{
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (str_eq(word, str_from(stop_words[i])))
            return true;
    return false;
}

static struct words collect(struct arena *arena, struct str text, bool content)
{
    struct words words = {0};
    struct buf folded = {0};
    struct str word;
    size_t capacity = 0;
    struct str *all = NULL;
    while (text_next_word(&text, &word)) {
        buf_clear(&folded);
        text_fold(&folded, word);
        if (folded.len == 0 || (content && (folded.len < 3 || is_stop_word(buf_str(&folded)))))
            continue;
        all = mem_grow(all, words.count, &capacity, sizeof *all);
        all[words.count++] = arena_str(arena, buf_str(&folded));
    }
    words.at = arena_array(arena, words.count, sizeof *words.at);
    if (words.count)
        memcpy(words.at, all, words.count * sizeof *all);
    mem_free(all);
    buf_free(&folded);
    return words;
}

struct words words_of(struct arena *arena, struct str text)
{
    return collect(arena, text, false);
}

struct words words_of_content(struct arena *arena, struct str text)
{
    return collect(arena, text, true);
}

struct str words_join(struct arena *arena, const struct words *words, size_t first, size_t count)
{
    struct buf joined = {0};
    for (size_t i = first; i < first + count && i < words->count; i++) {
        if (i > first)
            buf_add_byte(&joined, ' ');
        buf_add(&joined, words->at[i]);
    }
    struct str all = arena_str(arena, buf_str(&joined));
    buf_free(&joined);
    return all;
}

void words_shuffle(struct dice *dice, struct words *words)
{
    for (size_t i = words->count; i > 1; i--) {
        size_t other = dice_below(dice, i);
        struct str word = words->at[i - 1];
        words->at[i - 1] = words->at[other];
        words->at[other] = word;
    }
}

bool word_is_plain(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return word.len > 0;
}

struct str word_misspelt(struct arena *arena, struct dice *dice, struct str word)
{
    enum { LEFT_OUT, PUT_IN, CHANGED, SWAPPED, WAYS };
    size_t at = dice_below(dice, word.len - 1);
    unsigned way = (unsigned)dice_below(dice, WAYS);
    char letter[] = {(char)('a' + dice_below(dice, 26)), '\0'};
    struct str before = str_slice(word, 0, at), here = str_slice(word, at, at + 1);
    struct str next = str_slice(word, at + 1, at + 2), after = str_slice(word, at + 2, word.len);
    struct str in_place = way == LEFT_OUT ? STR("") : way == SWAPPED ? next : str_from(letter);
    struct str second = way == PUT_IN || way == SWAPPED ? here : STR("");
    struct str third = way == SWAPPED ? STR("") : next;
    return arena_printf(arena, "%.*s%.*s%.*s%.*s%.*s", STR_ARG(before), STR_ARG(in_place), STR_ARG(second),
                        STR_ARG(third), STR_ARG(after));
}
