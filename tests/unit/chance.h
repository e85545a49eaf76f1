/*
 * chance: small libraries and queries made by chance, for tests that compare two ways to search. The same seed makes the
 * same.
 */
#ifndef LECTERN_TESTS_CHANCE_H
#define LECTERN_TESTS_CHANCE_H

#include "folder.h"
#include "words.h"

#define CHANCE_WORDS (sizeof chance_words / sizeof *chance_words)

/* Words with common beginnings, forms and misspellings, the first ones the commonest. */
static const char *const chance_words[] = {
    "liver",
    "failure",
    "fail",
    "failing",
    "the",
    "score",
    "scores",
    "child",
    "Child-Pugh",
    "pugh",
    "children",
    "livers",
    "transplant",
    "transplanted",
    "transplantation",
    "albumin",
    "M\xc3\xa9ni\xc3\xa8re",
    "don't",
    "meld",
    "melds",
    "INR",
    "2024",
    "b12",
    "hepatic",
    "hepatitis",
    "virus",
    "viral",
    "\xe8\x82\x9d",
    "zebra",
    "or",
};

static inline uint32_t chance_below(uint64_t *seed, uint32_t limit)
{
    return words_random(seed) % limit;
}

/* Whether something that happens once in so many times does. */
static inline bool chance_one_in(uint64_t *seed, uint32_t times)
{
    return chance_below(seed, times) == 0;
}

/* The less common, the farther back. */
static inline const char *chance_word(uint64_t *seed)
{
    uint32_t limit = 1 + chance_below(seed, CHANCE_WORDS);
    return chance_words[chance_below(seed, limit)];
}

static inline void chance_add_words(uint64_t *seed, struct buf *out, uint32_t least, uint32_t most)
{
    for (uint32_t left = least + chance_below(seed, most - least + 1); left > 0; left--)
        buf_printf(out, "%s%s", chance_word(seed), left == 1 ? "" : chance_one_in(seed, 9) ? ", " : " ");
}

static inline void chance_add_field(uint64_t *seed, struct buf *out, const char *name, uint32_t most)
{
    buf_printf(out, "%s: \"", name);
    chance_add_words(seed, out, 1, most);
    buf_printf(out, "\"\n");
}

static inline void chance_add_date(uint64_t *seed, struct buf *out)
{
    static const char *const behind[] = {"", "T12:00:00Z", " 12:00", "x"};
    buf_printf(out, "date: \"%u-%02u-%02u%s\"\n", 2022 + chance_below(seed, 4), 1 + chance_below(seed, 12),
               1 + chance_below(seed, 28), behind[chance_one_in(seed, 4) ? chance_below(seed, 4) : 0]);
}

static inline void chance_add_body(uint64_t *seed, struct buf *out)
{
    for (uint32_t blocks = 1 + chance_below(seed, 4); blocks > 0; blocks--) {
        static const char *const before[] = {"", "## ", "```\n# ", "| a | b |\n|---|---|\n| ",
                                             "Here $x_1^2$ is "};
        static const char *const behind[] = {"", "", "\n```", " | c |", ""};
        uint32_t kind = chance_one_in(seed, 2) ? 0 : chance_below(seed, 5);
        buf_printf(out, "%s", before[kind]);
        chance_add_words(seed, out, 1, 8);
        buf_printf(out, "%s\n\n", behind[kind]);
    }
}

/* The text of one article, whose id is `number`. */
static inline void chance_article(uint64_t *seed, struct buf *out, unsigned number)
{
    struct buf title = {0};
    chance_add_words(seed, &title, 1, 5);
    buf_printf(out, "---\nid: \"A%u\"\ntitle: \"%s\"\n", number, buf_cstr(&title));
    if (chance_one_in(seed, 2))
        buf_printf(out, "question: \"%s?\"\n", buf_cstr(&title));
    else if (chance_one_in(seed, 2))
        chance_add_field(seed, out, "question", 5);
    if (!chance_one_in(seed, 4)) {
        buf_printf(out, "page_keywords: \"");
        for (uint32_t keywords = 1 + chance_below(seed, 3); keywords > 0; keywords--) {
            chance_add_words(seed, out, 1, 2);
            buf_printf(out, "%s", keywords > 1 ? ", " : "\"\n");
        }
    }
    if (chance_one_in(seed, 2))
        chance_add_field(seed, out, "subject", 2);
    if (chance_one_in(seed, 2))
        chance_add_field(seed, out, "author", 2);
    if (chance_one_in(seed, 2))
        buf_printf(out, "url: \"https://example.org/%s/%u\"\n", chance_word(seed), number);
    if (!chance_one_in(seed, 4))
        chance_add_date(seed, out);
    if (chance_one_in(seed, 3))
        buf_printf(out, "related_article1.id: \"A%u\"\n", chance_below(seed, number + 2));
    buf_printf(out, "---\n");
    chance_add_body(seed, out);
    buf_free(&title);
}

/* Writes `count` articles; some of them stand in a second file, too. */
static inline void chance_library(uint64_t *seed, struct folder *folder, const char *name, unsigned count)
{
    struct buf text = {0};
    for (unsigned i = 0; i < count; i++) {
        buf_clear(&text);
        chance_article(seed, &text, i);
        folder_write(folder, arena_printf(&folder->arena, "%s/%u/%u.md", name, i % 3, i).at, buf_cstr(&text));
        if (chance_one_in(seed, 10))
            folder_write(folder, arena_printf(&folder->arena, "%s/again/%u.md", name, i).at, buf_cstr(&text));
    }
    buf_free(&text);
}

static inline void chance_query(uint64_t *seed, struct buf *out, unsigned depth);

static inline void chance_add_value(uint64_t *seed, struct buf *out)
{
    static const char *const features[] = {"math", "code", "table", "related"};
    unsigned year = 2022 + chance_below(seed, 4), month = 1 + chance_below(seed, 12);
    switch (chance_below(seed, 6)) {
    case 0: buf_printf(out, "has:%s", features[chance_below(seed, 4)]); break;
    case 1: buf_printf(out, "date:%u", year); break;
    case 2: buf_printf(out, "date:%u-%02u..%u", year, month, year + chance_below(seed, 2)); break;
    case 3: buf_printf(out, "after:%u-%02u", year, month); break;
    case 4: buf_printf(out, "before:%u-%02u-%02u", year, month, 1 + chance_below(seed, 28)); break;
    default: buf_printf(out, "id:A%u", chance_below(seed, 30)); break;
    }
}

/* A word, at times only its beginning, or one with a mistake in it. */
static inline void chance_add_term(uint64_t *seed, struct buf *out)
{
    struct str word = str_from(chance_word(seed));
    size_t len = word.len;
    if (chance_one_in(seed, 8))
        len = 1 + chance_below(seed, (uint32_t)len);
    buf_add(out, str_slice(word, 0, len));
    if (chance_one_in(seed, 12))
        buf_add_byte(out, (char)('a' + chance_below(seed, 26)));
}

static inline void chance_add_operand(uint64_t *seed, struct buf *out, unsigned depth)
{
    uint32_t kind = chance_below(seed, 12);
    if (kind == 0 && depth > 0) {
        buf_add_byte(out, '(');
        chance_query(seed, out, depth - 1);
        buf_add_byte(out, ')');
    } else if (kind <= 3) {
        buf_add_byte(out, '"');
        chance_add_words(seed, out, 1, 2);
        buf_add_byte(out, '"');
    } else {
        chance_add_term(seed, out);
    }
}

/* A query of one to three terms. */
static inline void chance_query(uint64_t *seed, struct buf *out, unsigned depth)
{
    static const char *const fields[] = {"title",   "question", "answer", "keyword",
                                         "subject", "author",   "url"};
    for (uint32_t terms = 1 + chance_below(seed, 3); terms > 0; terms--) {
        if (chance_one_in(seed, 6))
            buf_add_byte(out, '-');
        if (chance_one_in(seed, 8)) {
            chance_add_value(seed, out);
        } else {
            if (chance_one_in(seed, 4))
                buf_printf(out, "%s:", fields[chance_below(seed, 7)]);
            chance_add_operand(seed, out, depth);
        }
        if (terms > 1)
            buf_printf(out, chance_one_in(seed, 3) ? " OR " : " ");
    }
}

#endif
