#include "lectern/bounds.h"
#include "lectern/text.h"
#include "query_parser.h"

/* Everything that may stand before a colon. */
enum prefix_kind { PREFIX_FIELD, PREFIX_ID, PREFIX_NOTE, PREFIX_DATE, PREFIX_FEATURE, PREFIX_MARK };

static const struct prefix {
    const char *name;
    enum prefix_kind kind;
    enum query_field field;
    enum query_bound bound;
} prefixes[] = {
    {"title", PREFIX_FIELD, .field = QUERY_TITLE},     {"question", PREFIX_FIELD, .field = QUERY_QUESTION},
    {"answer", PREFIX_FIELD, .field = QUERY_ANSWER},   {"keyword", PREFIX_FIELD, .field = QUERY_KEYWORD},
    {"subject", PREFIX_FIELD, .field = QUERY_SUBJECT}, {"author", PREFIX_FIELD, .field = QUERY_AUTHOR},
    {"url", PREFIX_FIELD, .field = QUERY_URL},         {"id", PREFIX_ID, .field = QUERY_ANYWHERE},
    {"date", PREFIX_DATE, .bound = QUERY_WITHIN},      {"after", PREFIX_DATE, .bound = QUERY_FROM},
    {"before", PREFIX_DATE, .bound = QUERY_UNTIL},     {"has", PREFIX_FEATURE, .field = QUERY_ANYWHERE},
    {"is", PREFIX_MARK, .field = QUERY_ANYWHERE},      {"note", PREFIX_NOTE, .field = QUERY_ANYWHERE},
};

#define PREFIXES     (sizeof prefixes / sizeof *prefixes)
#define PREFIX_BYTES 16 /* more than any, with its colon and what follows */

const char *query_field_name(enum query_field field)
{
    for (size_t i = 0; i < PREFIXES; i++)
        if (prefixes[i].kind == PREFIX_FIELD && prefixes[i].field == field)
            return prefixes[i].name;
    return "";
}

bool query_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool query_is_delimiter(char c)
{
    return query_is_space(c) || c == '(' || c == ')' || c == '"';
}

size_t query_column(const struct query *query, size_t at)
{
    struct str rest = str_slice(query->source, 0, at);
    size_t column = 1, len;
    uint32_t code_point;
    for (; (len = text_decode(rest, &code_point)) > 0; column++)
        rest = str_slice(rest, len, rest.len);
    return column;
}

int query_fail(struct query_parser *parser, enum err_kind kind, size_t at, const char *message)
{
    return err_set_at(parser->err, kind, 0, query_column(parser->query, at), "%s", message);
}

struct query_node *query_node_new(struct query_parser *parser, enum query_kind kind, size_t start, size_t end)
{
    struct query_node *node = arena_alloc(parser->arena, sizeof *node);
    node->kind = kind;
    node->start = (uint32_t)start;
    node->end = (uint32_t)end;
    return node;
}

/* The nodes from `first` to `last` as the new last children. */
static void append(struct query_node *parent, struct query_node *first, struct query_node *last)
{
    if (parent->last)
        parent->last->next = first;
    else
        parent->first = first;
    parent->last = last;
    parent->end = last->end;
}

void query_node_append(struct query_node *parent, struct query_node *child)
{
    bool same = child->kind == parent->kind;
    append(parent, same ? child->first : child, same ? child->last : child);
}

static bool at_end(const struct query_parser *parser)
{
    return parser->at == parser->source.len;
}

static char next_byte(const struct query_parser *parser)
{
    return at_end(parser) ? '\0' : parser->source.at[parser->at];
}

static void skip_space(struct query_parser *parser)
{
    while (!at_end(parser) && query_is_space(next_byte(parser)))
        parser->at++;
}

struct str query_take_value(struct query_parser *parser)
{
    size_t start = parser->at;
    while (!at_end(parser) && !query_is_delimiter(next_byte(parser)))
        parser->at++;
    return str_slice(parser->source, start, parser->at);
}

/* Signs count where a term begins: "(S)-ibuprofen" excludes nothing. */
static bool begins_term(const struct query_parser *parser)
{
    if (parser->at == 0)
        return true;
    char before = parser->source.at[parser->at - 1];
    return query_is_space(before) || before == '(' || before == ':' || before == '-';
}

/* A `-` right before something. Two are no sign: "--verbose" is a word that one looks for. */
static bool take_minus(struct query_parser *parser)
{
    struct str rest = str_slice(parser->source, parser->at, parser->source.len);
    if (rest.len < 2 || rest.at[0] != '-' || rest.at[1] == '-' || rest.at[1] == ')' ||
        query_is_space(rest.at[1]) || !begins_term(parser))
        return false;
    parser->at++;
    return true;
}

/* A known name and its colon; two colons are none ("url::parse"). */
static const struct prefix *take_prefix(struct query_parser *parser)
{
    struct str rest = str_slice(parser->source, parser->at, parser->at + PREFIX_BYTES), name, value;
    if (!str_cut(rest, ':', &name, &value) || (value.len && value.at[0] == ':'))
        return NULL;
    for (size_t i = 0; i < PREFIXES; i++)
        if (str_eq_ignore_case(name, str_from(prefixes[i].name))) {
            parser->at += name.len + 1;
            skip_space(parser);
            return &prefixes[i];
        }
    return NULL;
}

/* OR, AND or NOT, in capital letters. */
static bool take_operator(struct query_parser *parser, struct str name)
{
    struct str rest = str_slice(parser->source, parser->at, parser->source.len);
    if (!str_starts(rest, name) || (rest.len > name.len && !query_is_delimiter(rest.at[name.len])))
        return false;
    parser->at += name.len;
    return true;
}

/* NOT says what a `-` does. */
static bool take_not(struct query_parser *parser)
{
    if (!begins_term(parser) || !take_operator(parser, STR("NOT")))
        return false;
    skip_space(parser);
    return true;
}

static int parse_terms(struct query_parser *parser, struct query_scope scope, struct query_node **node);

static int parse_group(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    if (parser->depth == BOUND_NESTING)
        return query_fail(parser, ERR_TOO_BIG, parser->at, "too many parentheses inside of each other");
    parser->depth++;
    parser->at++;
    if (parse_terms(parser, scope, node) != 0)
        return -1;
    parser->depth--;
    if (!at_end(parser))
        parser->at++;
    return 0;
}

/* A term without the signs before it. */
static int parse_operand(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    char c = next_byte(parser);
    if (at_end(parser) || c == ')')
        return 0;
    if (c == '(')
        return parse_group(parser, scope, node);
    if (c == '"')
        return query_parse_quoted(parser, scope, node);
    if (scope.field == QUERY_ANYWHERE && !scope.id && !scope.note && begins_term(parser) &&
        query_at_pattern(parser))
        return query_parse_pattern(parser, node);
    return query_parse_words(parser, scope, node);
}

static int parse_condition(struct query_parser *parser, const struct prefix *prefix, struct query_node **node)
{
    return prefix->kind == PREFIX_DATE ? query_parse_date(parser, prefix->bound, node)
                                       : query_parse_feature(parser, prefix->kind == PREFIX_MARK, node);
}

/* One term with the signs before it. */
static int parse_term(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    const struct prefix *prefix = NULL;
    bool negative = false;
    size_t start = parser->at;
    *node = NULL;
    for (;;) {
        if (take_minus(parser) || take_not(parser))
            negative = !negative;
        else if (!(prefix = take_prefix(parser)) || prefix->kind >= PREFIX_DATE)
            break;
        else
            scope = (struct query_scope){prefix->field, prefix->kind == PREFIX_ID,
                                         prefix->kind == PREFIX_NOTE, scope.excluded};
    }
    scope.excluded |= negative;
    int status = prefix ? parse_condition(parser, prefix, node) : parse_operand(parser, scope, node);
    if (status != 0 || !*node || !negative)
        return status;
    struct query_node *operand = *node;
    if (operand->kind == QUERY_NOT) {
        *node = operand->first;
        return 0;
    }
    *node = query_node_new(parser, QUERY_NOT, start, operand->end);
    append(*node, operand, operand);
    return 0;
}

/* Makes the last of `terms` an alternative to `node`. */
static void join_last(struct query_parser *parser, struct query_node *terms, struct query_node *node)
{
    struct query_node *last = terms->last;
    struct query_node *copy = query_node_new(parser, last->kind, last->start, last->end);
    *copy = *last;
    *last = (struct query_node){.kind = QUERY_OR, .start = copy->start};
    query_node_append(last, copy);
    query_node_append(last, node);
    terms->end = node->end;
}

/* What stands in parentheses, or the whole query, up to a `)` or the end. */
static int parse_terms(struct query_parser *parser, struct query_scope scope, struct query_node **node)
{
    struct query_node terms = {0};
    bool alternative = false;
    for (skip_space(parser); !at_end(parser) && next_byte(parser) != ')'; skip_space(parser)) {
        struct query_node *term;
        if (terms.last && !alternative && take_operator(parser, STR("AND")))
            continue; /* all are required anyway */
        if (terms.last && !alternative && take_operator(parser, STR("OR"))) {
            alternative = true;
            continue;
        }
        if (parse_term(parser, scope, &term) != 0)
            return -1;
        if (!term)
            continue;
        if (alternative)
            join_last(parser, &terms, term);
        else
            append(&terms, term, term); /* each stays one: OR is for all of "Child-Pugh" */
        alternative = false;
    }
    *node = terms.first;
    if (terms.first == terms.last)
        return 0;
    *node = query_node_new(parser, QUERY_AND, terms.first->start, terms.end);
    for (struct query_node *term = terms.first, *next; term; term = next) {
        next = term->next;
        term->next = NULL;
        query_node_append(*node, term);
    }
    return 0;
}

static int parse_source(struct query_parser *parser)
{
    struct query_node *root = NULL;
    if (parse_terms(parser, (struct query_scope){0}, &root) != 0)
        return -1;
    if (!at_end(parser))
        return query_fail(parser, ERR_USAGE, parser->at, "this ) has no ( before it");
    parser->query->root = root;
    return 0;
}

int query_parse(struct arena *arena, struct str source, bool typed, struct query *query, struct err *err)
{
    *query = (struct query){0};
    if (source.len > BOUND_QUERY_BYTES)
        return err_set_at(err, ERR_TOO_BIG, 0, 1, "a query has at most %u bytes", BOUND_QUERY_BYTES);
    *query = (struct query){
        .source = arena_str(arena, source),
        .words = arena_array(arena, QUERY_WORDS, sizeof *query->words),
    };
    struct query_parser parser = {
        .arena = arena, .query = query, .source = query->source, .typed = typed, .err = err};
    int status = parse_source(&parser);
    if (status != 0)
        query->word_count = 0;
    buf_free(&parser.room);
    return status;
}
