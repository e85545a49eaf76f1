/* query_terms: words, quoted texts and patterns. */
#include "lectern/bounds.h"
#include "lectern/text.h"
#include "query_parser.h"

struct span {
    size_t start, end;
};

int query_count_leaf(struct query_parser *parser, size_t at)
{
    if (parser->leaves == QUERY_WORDS)
        return query_fail(parser, ERR_TOO_BIG, at, "so many words cannot be looked for at once");
    parser->leaves++;
    return 0;
}

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (query_is_space(s.at[i]))
            return true;
    return false;
}

/* Adds the words of a part of the source to those of the query. `*count` gets how many there are. */
static int add_words(struct query_parser *parser, struct query_scope scope, struct span span, size_t *count)
{
    struct query *query = parser->query;
    struct str rest = str_slice(parser->source, span.start, span.end), word;
    size_t before = query->word_count;
    while (text_next_word(&rest, &word)) {
        size_t start = (size_t)(word.at - parser->source.at), end = start + word.len;
        buf_clear(&parser->room);
        text_fold(&parser->room, word);
        if (parser->room.len == 0)
            continue;
        if (query_count_leaf(parser, start) != 0)
            return -1;
        query->words[query->word_count++] = (struct query_word){
            .text = arena_str(parser->arena, buf_str(&parser->room)),
            .field = scope.field,
            .excluded = scope.excluded,
            .start = (uint32_t)start,
            .end = (uint32_t)end,
        };
    }
    *count = query->word_count - before;
    if (*count && parser->typed && !scope.excluded && span.end == parser->source.len) {
        struct query_word *last = &query->words[query->word_count - 1];
        last->prefix = !has_space(str_slice(parser->source, last->end, span.end));
    }
    return 0;
}

/* The last `count` words of the query as one leaf. */
static struct query_node *words_node(struct query_parser *parser, enum query_kind kind, size_t count)
{
    const struct query *query = parser->query;
    const struct query_word *words = &query->words[query->word_count - count];
    struct query_node *node = query_node_new(parser, kind, words[0].start, words[count - 1].end);
    node->words = words;
    node->word_count = count;
    return node;
}

/* The last `count` words of the query, all required. */
static struct query_node *all_words(struct query_parser *parser, size_t count)
{
    const struct query_word *words = &parser->query->words[parser->query->word_count - count];
    struct query_node *all = query_node_new(parser, QUERY_AND, words[0].start, words[0].end);
    for (size_t i = 0; i < count; i++) {
        struct query_node *node = query_node_new(parser, QUERY_WORD, words[i].start, words[i].end);
        node->words = &words[i];
        node->word_count = 1;
        query_node_append(all, node);
    }
    return all;
}

static bool has_phrases(enum query_field field)
{
    return field != QUERY_SUBJECT && field != QUERY_AUTHOR && field != QUERY_URL;
}

static int parse_id(struct query_parser *parser, struct span span, struct query_node **node)
{
    struct str id = str_trim(str_slice(parser->source, span.start, span.end));
    if (id.len == 0)
        return 0;
    if (query_count_leaf(parser, span.start) != 0)
        return -1;
    *node = query_node_new(parser, QUERY_ID, span.start, span.end);
    (*node)->text = id;
    return 0;
}

static int parse_note(struct query_parser *parser, struct span span, struct query_node **node)
{
    struct str text = str_trim(str_slice(parser->source, span.start, span.end));
    if (text.len == 0)
        return 0;
    if (query_count_leaf(parser, span.start) != 0)
        return -1;
    buf_clear(&parser->room);
    text_fold(&parser->room, text);
    *node = query_node_new(parser, QUERY_NOTE, span.start, span.end);
    (*node)->text = arena_str(parser->arena, buf_str(&parser->room));
    return 0;
}

/* The words of a part of the source, as a phrase or each for itself. */
static int parse_span(struct query_parser *parser, struct query_scope scope, struct span span, bool phrase,
                      struct query_node **node)
{
    size_t count;
    if (scope.id)
        return parse_id(parser, span, node);
    if (scope.note)
        return parse_note(parser, span, node);
    if (add_words(parser, scope, span, &count) != 0)
        return -1;
    if (count && phrase && has_phrases(scope.field))
        *node = words_node(parser, QUERY_PHRASE, count);
    else if (count == 1)
        *node = words_node(parser, QUERY_WORD, 1);
    else if (count)
        *node = all_words(parser, count);
    return 0;
}

int query_parse_words(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    size_t start = parser->at;
    query_take_value(parser);
    struct span span = {start, parser->at};
    struct str rest = str_slice(parser->source, start, parser->at), word;
    /* "-Child-Pugh" must not exclude what has a child in one place and Pugh in another. */
    bool several = text_next_word(&rest, &word) && text_next_word(&rest, &word);
    return parse_span(parser, scope, span, scope.excluded && several, node);
}

int query_parse_quoted(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    struct str rest = str_slice(parser->source, parser->at + 1, parser->source.len);
    size_t start = parser->at + 1, len = str_find_byte(rest, '"');
    bool open = len == STR_NOT_FOUND;
    struct span span = {start, open ? parser->source.len : start + len};
    parser->at = open ? span.end : span.end + 1;
    return parse_span(parser, scope, span, true, node);
}

/* Where the pattern that begins at a slash ends: its closing slash, or the end of the text. */
static size_t closing_slash(struct str source, size_t at)
{
    for (at++; at < source.len && source.at[at] != '/'; at++)
        if (source.at[at] == '\\' && at + 1 < source.len)
            at++;
    return at;
}

/* Behind the closing slash and its `i`. */
static size_t behind_pattern(struct str source, size_t closing)
{
    size_t at = closing < source.len ? closing + 1 : closing;
    return at < source.len && source.at[at] == 'i' ? at + 1 : at;
}

bool query_at_pattern(const struct query_parser *parser)
{
    struct str source = parser->source;
    size_t at = parser->at;
    if (source.at[at] != '/' || at + 1 == source.len || source.at[at + 1] == '/' ||
        query_is_space(source.at[at + 1]))
        return false;
    size_t behind = behind_pattern(source, closing_slash(source, at));
    return behind == source.len || query_is_delimiter(source.at[behind]);
}

int query_parse_pattern(struct query_parser *parser, struct query_node **node)
{
    size_t start = parser->at, closing = closing_slash(parser->source, start);
    size_t behind = behind_pattern(parser->source, closing);
    if (query_count_leaf(parser, start) != 0)
        return -1;
    parser->at = behind;
    *node = query_node_new(parser, QUERY_PATTERN, start, behind);
    (*node)->text = str_slice(parser->source, start + 1, closing);
    (*node)->open = closing == parser->source.len;
    (*node)->ignore_case = behind > closing + 1;
    return 0;
}
