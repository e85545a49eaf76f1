/*
 * Feeds any bytes to the parser of queries, as a whole and while being typed, and checks what holds for every tree. For
 * libFuzzer.
 */
#include <stdlib.h>

#include "lectern/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_leaf(const struct query *query, const struct query_node *node, bool excluded)
{
    bool words = node->kind == QUERY_WORD || node->kind == QUERY_PHRASE;
    require(!node->first && (node->word_count > 0) == words);
    require(node->kind != QUERY_WORD || node->word_count == 1);
    require(node->kind != QUERY_DATE || node->first_day <= node->last_day);
    require(!node->open || node->end == query->source.len);
    for (size_t i = 0; i < node->word_count; i++) {
        const struct query_word *word = &node->words[i];
        require(word >= query->words && word < query->words + query->word_count);
        require(word->text.len > 0 && word->field == node->words[0].field);
        require(word->start >= node->start && word->start < word->end && word->end <= node->end);
        require(word->excluded || !excluded);
        require(!word->prefix || (!word->excluded && word + 1 == query->words + query->word_count));
    }
}

/* Returns how many leaves there are. */
static size_t check_node(const struct query *query, const struct query_node *node, bool excluded)
{
    size_t children = 0, leaves = 0;
    require(node->start < node->end && node->end <= query->source.len);
    for (const struct query_node *child = node->first; child; child = child->next, children++) {
        require(child->kind != node->kind);
        require(child->next || child == node->last);
        leaves += check_node(query, child, excluded || node->kind == QUERY_NOT);
    }
    if (node->kind == QUERY_AND || node->kind == QUERY_OR) {
        require(children >= 2);
    } else if (node->kind == QUERY_NOT) {
        require(children == 1);
    } else {
        check_leaf(query, node, excluded);
        leaves += node->word_count ? node->word_count : 1;
    }
    return leaves;
}

static bool parse_and_check(struct arena *arena, struct str source, bool typed, struct query *query)
{
    struct err err = {0};
    if (query_parse(arena, source, typed, query, &err) != 0) {
        require(!query->root && err.column >= 1 && err.column <= source.len + 1 && err.message[0]);
        return false;
    }
    require(!query->root || check_node(query, query->root, false) <= QUERY_WORDS);
    return true;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] >= 0x80)
            return false;
    return true;
}

/* The canonical form is its own. Folding can make several words of one character, so this holds for ASCII only. */
static void check_canonical(struct arena *arena, const struct query *query)
{
    struct buf once = {0}, twice = {0};
    struct query again;
    query_write(query, &once);
    if (is_ascii(query->source) && !(query->root && query->root->last && query->root->last->open)) {
        require(parse_and_check(arena, buf_str(&once), false, &again));
        query_write(&again, &twice);
        require(str_eq(buf_str(&once), buf_str(&twice)));
    }
    buf_free(&once);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct query query;
    struct str source = {(const char *)data, size};
    if (parse_and_check(&arena, source, false, &query)) {
        for (size_t len = 0; len <= size && size < 256; len++)
            require(parse_and_check(&arena, str_slice(source, 0, len), true, &query));
        require(parse_and_check(&arena, source, false, &query));
        check_canonical(&arena, &query);
    }
    arena_free(&arena);
    return 0;
}
