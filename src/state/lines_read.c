/* Lines of JSON into the state. They come from anywhere. */
#include <string.h>

#include "lectern/bounds.h"
#include "lectern/json.h"
#include "lectern/mem.h"
#include "lines.h"
#include "state_inside.h"

struct state_import {
    struct state *state;
    struct arena arena;
};

struct line {
    const struct lines_kind *kind;
    struct lines_value key[LINES_KEY_MEMBERS], values[LINES_MEMBERS];
    uint32_t has_key, has; /* bits of those that stand in the line */
};

/* -- values --------------------------------------------------------------------------------------------------------- */

static int fail(const struct json_reader *reader, size_t at, struct err *err,
                const struct lines_member *member, const char *wanted)
{
    return err_set_at(err, ERR_FORMAT, 0, json_column(reader, at), "\"%s\" wants %s", member->name, wanted);
}

/* Digits, and up to as many as one likes behind a point, of which nine count. */
static bool read_real(struct str text, double *real)
{
    struct str whole, rest;
    uint64_t before, after = 0;
    bool has_rest = str_cut(text, '.', &whole, &rest);
    if (!str_to_u64(whole, &before) || (has_rest && !rest.len))
        return false;
    for (size_t i = 0; i < 9; i++) {
        char digit = has_rest && i < rest.len ? rest.at[i] : '0';
        if (digit < '0' || digit > '9')
            return false;
        after = after * 10 + (uint64_t)(digit - '0');
    }
    for (size_t i = 9; has_rest && i < rest.len; i++)
        if (rest.at[i] < '0' || rest.at[i] > '9')
            return false;
    *real = ((double)before * 1e9 + (double)after) / 1e9;
    return true;
}

static bool read_bits(struct str text, int64_t *number)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t digit = str_find_byte(STR("0123456789abcdef"), text.at[i]);
        if (digit == STR_NOT_FOUND)
            return false;
        bits = bits << 4 | digit;
    }
    *number = (int64_t)bits;
    return text.len == 16;
}

static bool read_letter(struct str text, int64_t *number)
{
    uint32_t letter;
    size_t len = text_decode(text, &letter);
    *number = letter;
    return len > 0 && len == text.len && letter > ' ';
}

static bool read_number(struct str text, uint64_t most, int64_t *number)
{
    uint64_t value;
    if (!str_to_u64(text, &value) || value > most)
        return false;
    *number = (int64_t)value;
    return true;
}

static int take_value(const struct json_reader *reader, const struct json_member *found,
                      const struct lines_member *member, struct lines_value *value, struct err *err)
{
    bool is_text = found->kind == JSON_STRING, is_number = found->kind == JSON_NUMBER;
    uint64_t most = member->most ? member->most : member->type == LINES_TEXT ? BOUND_NOTE_BYTES : INT64_MAX;
    const char *wanted = NULL;
    value->text = found->text;
    switch (member->type) {
    case LINES_TEXT:
        if (!is_text)
            wanted = "a text";
        else if (found->text.len > most)
            wanted = "a shorter text";
        break;
    case LINES_LETTER:
        if (!is_text || !read_letter(found->text, &value->number))
            wanted = "one character";
        break;
    case LINES_BITS:
        if (!is_text || !read_bits(found->text, &value->number))
            wanted = "a text of 16 digits from 0 to f";
        break;
    case LINES_FLAG:
        value->number = found->kind == JSON_TRUE;
        if (found->kind != JSON_TRUE && found->kind != JSON_FALSE)
            wanted = "true or false";
        break;
    case LINES_NUMBER:
        if (!is_number || !read_number(found->text, most, &value->number))
            wanted = member->most ? "a whole number, and not such a large one" : "a whole number from 0";
        break;
    case LINES_TIME:
        if (!is_number || !read_number(found->text, STATE_LAST_SECOND, &value->number))
            wanted = "a time, in whole seconds since 1970";
        break;
    case LINES_REAL:
        if (!is_number || !read_real(found->text, &value->real) || value->real > (double)most)
            wanted = "a number from 0, and not such a large one";
        break;
    }
    return wanted ? fail(reader, found->at_value, err, member, wanted) : 0;
}

/* -- members -------------------------------------------------------------------------------------------------------- */

/* 1 if the member is one of those, 0 if not, -1 if its value will not do. */
static int take_one_of(const struct json_reader *reader, const struct json_member *found,
                       const struct lines_member *members, size_t count, struct lines_value *values,
                       uint32_t *has, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(found->name, str_from(members[i].name)))
            continue;
        if (*has >> i & 1)
            return fail(reader, found->at, err, &members[i], "to be said once");
        *has |= UINT32_C(1) << i;
        return take_value(reader, found, &members[i], &values[i], err) == 0 ? 1 : -1;
    }
    return 0;
}

static const struct lines_kind *find_kind(struct str name)
{
    for (size_t i = 0; i < lines_kind_count; i++)
        if (str_eq(name, str_from(lines_kinds[i].name)))
            return &lines_kinds[i];
    return NULL;
}

/* The kind, which comes first; NULL if the line is the head of a file. */
static int take_kind(struct json_reader *reader, struct line *line, struct err *err)
{
    struct json_member found;
    int more = json_next(reader, &found, err);
    if (more < 0)
        return -1;
    if (!more || !str_eq(found.name, STR("kind")) || found.kind != JSON_STRING)
        return err_set_at(err, ERR_FORMAT, 0, more ? json_column(reader, found.at) : 1,
                          "\"kind\" has to come first, and say what this line is");
    line->kind = find_kind(found.text);
    if (line->kind || str_eq(found.text, STR("lectern")))
        return 0;
    return err_set_at(err, ERR_FORMAT, 0, json_column(reader, found.at_value),
                      "nothing is known of lines of the kind \"%.60s\"", found.text.at);
}

static bool says_nothing(const struct line *line, size_t member)
{
    const struct lines_value *value = &line->values[member];
    switch (line->kind->members[member].type) {
    case LINES_TEXT: return !value->text.len;
    case LINES_NUMBER: return value->number == 0;
    default: return !(line->has >> member & 1);
    }
}

/* What must be there. */
static int examine(const struct line *line, struct err *err)
{
    const struct lines_kind *kind = line->kind;
    size_t count = lines_member_count(kind);
    if (kind->article && !line->key[0].text.len && !line->key[2].text.len)
        return err_set_at(err, ERR_FORMAT, 0, 1, "the article's \"id\", or else its \"path\", is wanted");
    for (size_t i = 0; i < count; i++)
        if (kind->members[i].wanted && says_nothing(line, i))
            return err_set_at(err, ERR_FORMAT, 0, 1, "\"%s\" is wanted", kind->members[i].name);
    return 0;
}

/* Members that are not known are left to those who know them. */
static int take_members(struct json_reader *reader, struct line *line, struct err *err)
{
    struct json_member found;
    int more;
    while ((more = json_next(reader, &found, err)) > 0) {
        int taken = take_one_of(reader, &found, line->kind->members, lines_member_count(line->kind),
                                line->values, &line->has, err);
        if (taken == 0 && line->kind->article)
            taken = take_one_of(reader, &found, lines_key_members, LINES_KEY_MEMBERS, line->key,
                                &line->has_key, err);
        if (taken < 0)
            return -1;
    }
    return more < 0 ? -1 : examine(line, err);
}

/* -- joining -------------------------------------------------------------------------------------------------------- */

static void bind(struct sql_statement *s, const struct lines_member *member, const struct lines_value *value)
{
    if (member->type == LINES_TEXT)
        sql_bind_text(s, value->text);
    else if (member->type == LINES_REAL)
        sql_bind_real(s, value->real);
    else
        sql_bind_number(s, value->number);
}

static int run(struct state *state, const char *text, const struct line *line, int64_t article,
               struct err *err)
{
    struct sql_statement *s = sql_statement(state->sql, text);
    int parameters = sql_parameters(s);
    if (parameters > 0)
        sql_bind_number(s, article);
    for (int p = 1; p < parameters; p++)
        bind(s, &line->kind->members[p - 1], &line->values[p - 1]);
    return sql_finish(s, err);
}

static int run_all(struct state *state, const struct line *line, int64_t article, size_t *changed,
                   struct err *err)
{
    const struct lines_kind *kind = line->kind;
    for (size_t i = 0; i < sizeof kind->take / sizeof *kind->take && kind->take[i]; i++) {
        if (run(state, kind->take[i], line, article, err) != 0)
            return -1;
        *changed += (size_t)sql_changed_rows(state->sql);
    }
    if (kind->also && run(state, kind->also, line, article, err) != 0)
        return -1;
    return kind->tags ? state_add_tags(state, article, line->values[kind->tags - 1].text, changed, err) : 0;
}

static int join(struct state *state, const struct line *line, size_t *changed, struct err *err)
{
    int64_t article = 0;
    if (line->kind->article) {
        struct state_key key = {
            .id = line->key[0].text,
            .root = line->key[1].text,
            .path = line->key[2].text,
            .content = (uint64_t)line->key[3].number,
            .bytes = (uint64_t)line->key[4].number,
            .title = line->key[5].text,
        };
        article = state_know(state, &key, err);
        if (!article)
            return -1;
    }
    return run_all(state, line, article, changed, err);
}

/* -- lines ---------------------------------------------------------------------------------------------------------- */

struct state_import *state_import_begin(struct state *state, struct err *err)
{
    if (sql_script(state->sql,
                   "CREATE TEMP TABLE IF NOT EXISTS hops (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL);"
                   "DELETE FROM temp.hops",
                   err) != 0 ||
        sql_begin(state->sql, true, err) != 0)
        return NULL;
    struct state_import *import = mem_calloc(1, sizeof *import);
    import->state = state;
    return import;
}

/* The head says who has written the lines. */
static enum state_line take_head(struct json_reader *reader, struct err *err)
{
    static const struct lines_member members[] = {{"format", LINES_NUMBER, true, 0}};
    struct lines_value format = {0};
    struct json_member found;
    uint32_t has = 0;
    int more;
    while ((more = json_next(reader, &found, err)) > 0)
        if (take_one_of(reader, &found, members, 1, &format, &has, err) < 0)
            return STATE_LINE_BAD;
    if (more < 0)
        return STATE_LINE_BAD;
    if (format.number <= STATE_LINES_FORMAT)
        return STATE_LINE_KNOWN;
    err_set(err, ERR_FORMAT, "these lines were written by a newer lectern");
    return STATE_LINE_FAILED;
}

enum state_line state_import_line(struct state_import *import, struct str line, struct err *err)
{
    if (line.len > BOUND_LINE_BYTES) {
        err_set(err, ERR_TOO_BIG, "the line is longer than %u MiB", BOUND_LINE_BYTES >> 20);
        return STATE_LINE_BAD;
    }
    arena_reset(&import->arena);
    struct json_reader reader = json_open(line, &import->arena);
    struct line taken = {0};
    size_t changed = 0;
    if (take_kind(&reader, &taken, err) != 0)
        return STATE_LINE_BAD;
    if (!taken.kind)
        return take_head(&reader, err);
    if (take_members(&reader, &taken, err) != 0)
        return STATE_LINE_BAD;
    if (join(import->state, &taken, &changed, err) != 0)
        return STATE_LINE_FAILED;
    return changed ? STATE_LINE_NEW : STATE_LINE_KNOWN;
}

int state_import_end(struct state_import *import, bool keep, struct err *err)
{
    struct sql *sql = import->state->sql;
    arena_free(&import->arena);
    mem_free(import);
    int status = sql_end(sql, keep ? 0 : -1, err);
    return keep ? status : 0;
}
