#include "query.h"

#include "lectern/text.h"

_Static_assert(SEARCH_WORDS < 64,
               "each word of a query has a bit, and one is to spare for shifting past the last");

static bool has_white_space(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == ' ' || (s.at[i] >= '\t' && s.at[i] <= '\r'))
            return true;
    return false;
}

void search_words(struct arena *arena, struct str query, struct search_words *words)
{
    struct buf folded = {0};
    struct str word, rest = query;
    *words = (struct search_words){.words = arena_array(arena, SEARCH_WORDS, sizeof(struct str))};
    while (words->count < SEARCH_WORDS && text_next_word(&rest, &word)) {
        size_t end = (size_t)(word.at - query.at) + word.len;
        buf_clear(&folded);
        text_fold(&folded, word);
        if (folded.len == 0)
            continue;
        words->words[words->count++] = arena_str(arena, buf_str(&folded));
        words->last_is_prefix = !has_white_space(str_slice(query, end, query.len));
    }
    buf_free(&folded);
}

uint64_t query_matches(const struct search_words *words, struct str folded)
{
    uint64_t matches = 0;
    for (size_t i = 0; i < words->count; i++) {
        bool prefix = words->last_is_prefix && i + 1 == words->count;
        if (prefix ? str_starts(folded, words->words[i]) : str_eq(folded, words->words[i]))
            matches |= (uint64_t)1 << i;
    }
    return matches;
}

uint64_t query_matches_in(const struct search_words *words, struct str text, struct buf *room)
{
    uint64_t matches = 0;
    struct str word;
    while (text_next_word(&text, &word)) {
        buf_clear(room);
        text_fold(room, word);
        matches |= query_matches(words, buf_str(room));
    }
    return matches;
}

/* The part of `word` whose folded form is `len` bytes long, with the marks that belong to its last letter. */
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

bool search_next_mark(const struct search_words *words, struct str text, size_t from, size_t *start,
                      size_t *end)
{
    struct buf room = {0};
    struct str word, rest = str_slice(text, from, text.len);
    bool found = false;
    while (!found && words->count && text_next_word(&rest, &word)) {
        buf_clear(&room);
        text_fold(&room, word);
        uint64_t matches = query_matches(words, buf_str(&room));
        if (matches) {
            struct str last = words->words[words->count - 1];
            bool whole = (matches & (((uint64_t)1 << (words->count - 1)) - 1)) || room.len == last.len;
            *start = (size_t)(word.at - text.at);
            *end = *start + (whole ? word.len : folded_part(word, last.len, &room));
            found = true;
        }
    }
    buf_free(&room);
    return found;
}
