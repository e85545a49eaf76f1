/* Reads the source of a pattern for its literals: a recursive descent over the syntax of pcre2pattern(3). */
#include "literal.h"

#include "lectern/bounds.h"
#include "lectern/text.h"

struct reader {
    struct arena *arena;
    struct str source;
    size_t at;
    unsigned depth;
    bool unclear; /* something is not understood, so that nothing is known of the whole */
};

/* The children of a node while they are gathered. */
struct gathering {
    struct literal *first, *last;
    size_t count;
};

/* ASCII that stands side by side in every match. */
struct run {
    char bytes[BOUND_PATTERN_BYTES];
    size_t len;
};

static struct literal *read_alternatives(struct reader *reader);

static bool at_end(const struct reader *reader)
{
    return reader->unclear || reader->at >= reader->source.len;
}

static char peek(const struct reader *reader)
{
    return at_end(reader) ? '\0' : reader->source.at[reader->at];
}

static bool skip(struct reader *reader, struct str what)
{
    bool there =
        !at_end(reader) && str_starts(str_slice(reader->source, reader->at, reader->source.len), what);
    reader->at += there ? what.len : 0;
    return there;
}

static bool is_one_of(char c, struct str set)
{
    return str_find_byte(set, c) != STR_NOT_FOUND;
}

/* Skips all that are of a set. */
static size_t skip_all(struct reader *reader, struct str set)
{
    size_t start = reader->at;
    while (!at_end(reader) && is_one_of(peek(reader), set))
        reader->at++;
    return reader->at - start;
}

/* Skips up to and with `end`. */
static void skip_past(struct reader *reader, char end)
{
    size_t len = str_find_byte(str_slice(reader->source, reader->at, reader->source.len), end);
    if (len == STR_NOT_FOUND)
        reader->unclear = true;
    else
        reader->at += len + 1;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

/* What ends a word wherever it stands. An apostrophe may stand in one, and be dropped with what follows. */
static bool is_separator(char c)
{
    return !is_word(c) && c != '\'';
}

/* What surely ends the word before it: signs may belong to that, as in C#. */
static bool is_end(char c)
{
    return is_separator(c) && c != '+' && c != '#';
}

static void gather(struct gathering *gathering, struct literal *literal)
{
    if (!literal)
        return;
    if (gathering->last)
        gathering->last->next = literal;
    else
        gathering->first = literal;
    gathering->last = literal;
    gathering->count++;
}

static struct literal *gathered(struct reader *reader, const struct gathering *gathering,
                                enum literal_kind kind)
{
    if (gathering->count < 2)
        return gathering->first;
    struct literal *literal = arena_alloc(reader->arena, sizeof *literal);
    *literal = (struct literal){.kind = kind, .first = gathering->first};
    return literal;
}

static struct literal *make_piece(struct reader *reader, struct str text, bool begins, bool ends)
{
    struct literal *piece = arena_alloc(reader->arena, sizeof *piece);
    char *folded = arena_bytes(reader->arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        folded[i] = (char)(is_letter(text.at[i]) ? text.at[i] | 0x20 : text.at[i]);
    *piece =
        (struct literal){.kind = LITERAL_PIECE, .text = {folded, text.len}, .begins = begins, .ends = ends};
    return piece;
}

/* The end of a run: its pieces are known. Beside it anything may stand. */
static void cut(struct reader *reader, struct run *run, struct gathering *pieces)
{
    for (size_t at = 0; at < run->len; at++) {
        size_t start = at;
        while (at < run->len && is_word(run->bytes[at]))
            at++;
        if (at - start >= LITERAL_BYTES)
            gather(pieces, make_piece(reader, (struct str){run->bytes + start, at - start},
                                      start && is_separator(run->bytes[start - 1]),
                                      at < run->len && is_end(run->bytes[at])));
    }
    run->len = 0;
}

static size_t read_number(struct reader *reader)
{
    size_t number = 0;
    for (; peek(reader) >= '0' && peek(reader) <= '9'; reader->at++)
        number = number < BOUND_PATTERN_BYTES ? number * 10 + (size_t)(peek(reader) - '0') : number;
    return number;
}

/* {n}, {n,} or {n,m}; another { may mean something else elsewhere. */
static size_t read_braces(struct reader *reader)
{
    size_t start = reader->at, least = read_number(reader);
    reader->unclear |= reader->at == start;
    if (skip(reader, STR(",")))
        read_number(reader);
    reader->unclear |= !skip(reader, STR("}"));
    return least;
}

/* A quantifier, if one stands here, and the least number of times that it demands. */
static bool read_quantifier(struct reader *reader, size_t *least)
{
    *least = 1;
    if (skip(reader, STR("*")) || skip(reader, STR("?")))
        *least = 0;
    else if (skip(reader, STR("{")))
        *least = read_braces(reader);
    else if (!skip(reader, STR("+")))
        return false;
    if (!skip(reader, STR("?")))
        skip(reader, STR("+"));
    return true;
}

/* A character that stands for itself. */
static void add_character(struct reader *reader, struct run *run, struct gathering *pieces, char c)
{
    size_t least;
    bool repeated = read_quantifier(reader, &least);
    bool ascii = (unsigned char)c < 0x80;
    if (ascii && least && run->len < sizeof run->bytes)
        run->bytes[run->len++] = c;
    if (!ascii || repeated)
        cut(reader, run, pieces);
}

/* One character of several, or a place between two. */
static void add_unknown(struct reader *reader, struct run *run, struct gathering *pieces)
{
    size_t least;
    cut(reader, run, pieces);
    read_quantifier(reader, &least);
}

/* Behind \p or \P: a letter, or a name in braces. */
static void skip_property(struct reader *reader)
{
    if (skip(reader, STR("{")))
        skip_past(reader, '}');
    else
        reader->at++;
}

static void read_escape(struct reader *reader, struct run *run, struct gathering *pieces)
{
    static const struct {
        char letter, means;
    } controls[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'f', '\f'}, {'e', 0x1b}, {'a', '\a'}};
    char c = peek(reader);
    reader->at++;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        if (c == controls[i].letter) {
            add_character(reader, run, pieces, controls[i].means);
            return;
        }
    if (!is_word(c) && (unsigned char)c < 0x80 && reader->at <= reader->source.len) {
        add_character(reader, run, pieces, c);
        return;
    }
    if (c == 'p' || c == 'P')
        skip_property(reader);
    else if (c >= '1' && c <= '9')
        read_number(reader);
    else if (!is_one_of(c, STR("dDwWsSbBAzZGhHvVRXKN")) || (c == 'N' && peek(reader) == '{'))
        reader->unclear = true; /* numbers of characters, quotes, calls */
    add_unknown(reader, run, pieces);
}

/* Behind its [, to behind its ]. */
static void skip_class(struct reader *reader)
{
    skip(reader, STR("^"));
    skip(reader, STR("]"));
    while (!at_end(reader) && !skip(reader, STR("]"))) {
        if (skip(reader, STR("[:"))) {
            skip_all(reader, STR("^<>abcdefghijklmnopqrstuvwxyz"));
            reader->unclear |= !skip(reader, STR(":]"));
        } else if (skip(reader, STR("\\"))) {
            reader->unclear |= is_one_of(peek(reader), STR("QEc"));
            reader->at++;
        } else {
            reader->at++;
            reader->unclear |= reader->source.at[reader->at - 1] == '[' && is_one_of(peek(reader), STR(".="));
        }
    }
    reader->unclear |= reader->at > reader->source.len || reader->source.at[reader->at - 1] != ']';
}

enum group { GROUP_MATCHED, GROUP_LOOKAROUND, GROUP_NONE };

/* Behind ( up to what is in the group, or behind options that are none. */
static enum group read_group_start(struct reader *reader)
{
    if (peek(reader) == '*')
        reader->unclear = true;
    if (!skip(reader, STR("?")))
        return GROUP_MATCHED;
    if (skip(reader, STR(":")) || skip(reader, STR("|")) || skip(reader, STR(">")))
        return GROUP_MATCHED;
    if (skip(reader, STR("=")) || skip(reader, STR("!")) || skip(reader, STR("<=")) ||
        skip(reader, STR("<!")))
        return GROUP_LOOKAROUND;
    if (skip(reader, STR("P<")) || skip(reader, STR("<"))) {
        skip_past(reader, '>');
        return GROUP_MATCHED;
    }
    if (skip(reader, STR("'"))) {
        skip_past(reader, '\'');
        return GROUP_MATCHED;
    }
    skip_all(reader, STR("imsUJn^-")); /* not x, with which white space is none */
    if (skip(reader, STR(")")))
        return GROUP_NONE;
    reader->unclear |= !skip(reader, STR(":"));
    return GROUP_MATCHED;
}

static void read_group(struct reader *reader, struct run *run, struct gathering *pieces)
{
    size_t least;
    cut(reader, run, pieces);
    enum group group = read_group_start(reader);
    if (group == GROUP_NONE)
        return;
    if (++reader->depth > BOUND_NESTING)
        reader->unclear = true;
    struct literal *inside = reader->unclear ? NULL : read_alternatives(reader);
    reader->depth--;
    reader->unclear |= !skip(reader, STR(")"));
    read_quantifier(reader, &least);
    if (least && group == GROUP_MATCHED)
        gather(pieces, inside);
}

static void read_item(struct reader *reader, struct run *run, struct gathering *pieces)
{
    char c = peek(reader);
    reader->at++;
    if (c == '\\') {
        read_escape(reader, run, pieces);
    } else if (c == '(') {
        read_group(reader, run, pieces);
    } else if (c == '[') {
        skip_class(reader);
        add_unknown(reader, run, pieces);
    } else if (is_one_of(c, STR(".^$"))) {
        add_unknown(reader, run, pieces);
    } else if (is_one_of(c, STR("*+?{"))) {
        reader->unclear = true;
    } else {
        while (((unsigned char)peek(reader) & 0xc0) == 0x80)
            reader->at++;
        add_character(reader, run, pieces, c);
    }
}

static struct literal *read_branch(struct reader *reader)
{
    struct run run = {.len = 0};
    struct gathering pieces = {0};
    while (!at_end(reader) && peek(reader) != '|' && peek(reader) != ')')
        read_item(reader, &run, &pieces);
    cut(reader, &run, &pieces);
    return gathered(reader, &pieces, LITERAL_ALL);
}

/* Of a branch of which nothing is known, nothing is known of all. */
static struct literal *read_alternatives(struct reader *reader)
{
    struct gathering branches = {0};
    bool known = true;
    do {
        struct literal *branch = read_branch(reader);
        known &= branch != NULL;
        gather(&branches, branch);
    } while (skip(reader, STR("|")));
    return known ? gathered(reader, &branches, LITERAL_ANY) : NULL;
}

const struct literal *literal_find(struct arena *arena, struct str source)
{
    struct reader reader = {.arena = arena, .source = source};
    if (source.len > BOUND_PATTERN_BYTES)
        return NULL;
    struct literal *literal = read_alternatives(&reader);
    return reader.unclear || reader.at != source.len ? NULL : literal;
}
