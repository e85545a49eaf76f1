#include "frontmatter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontmatter_items.h"
#include "lectern/bounds.h"
#include "lectern/mem.h"

/* Names of fields repeat the names of the collections around them, so they must not become long. */
#define NAME_BYTES 1024

/* A mapping or sequence that is open. */
struct level {
    struct str path; /* its name; empty at the top */
    bool mapping;
    struct str key; /* of a mapping: the key that waits for its value */
    bool has_key;
    size_t key_index;  /* where that key begins */
    bool filled;       /* something is in it */
    uint32_t position; /* of a sequence: the number of the next item, from 1 */
};

struct key {
    struct str name;
    uint32_t line, column;
};

struct reader {
    struct arena *arena;
    struct problems *problems;
    struct level levels[BOUND_NESTING];
    size_t depth;
    struct article_field *fields;
    size_t field_count, field_capacity;
    struct key *keys;
    size_t key_count, key_capacity;
    size_t done;     /* characters that have been read into fields */
    bool is_mapping; /* the document is one */
};

static struct str join(struct arena *arena, struct str path, struct str part)
{
    if (path.len == 0)
        return arena_str(arena, part);
    char *name = arena_bytes(arena, path.len + part.len + 2);
    memcpy(name, path.at, path.len);
    name[path.len] = '.';
    if (part.len)
        memcpy(name + path.len + 1, part.at, part.len);
    name[path.len + 1 + part.len] = '\0';
    return (struct str){name, path.len + 1 + part.len};
}

/* Stops the reading at an item: what begins there is left to be shown as text. */
static bool refuse(struct reader *r, const struct frontmatter_item *item, const char *why)
{
    problems_add(r->problems, ARTICLE_ERROR, item->line, item->column,
                 "front matter: %s; the rest of it is shown as text", why);
    return false;
}

static bool take_key(struct reader *r, struct level *level, struct str key,
                     const struct frontmatter_item *item)
{
    if (key.len + level->path.len + 1 > NAME_BYTES)
        return refuse(r, item, "a name longer than 1,024 bytes");
    level->key = join(r->arena, level->path, key);
    level->has_key = true;
    level->key_index = item->begin;
    return true;
}

/* Remembers the key that was just taken, for finding those that stand twice. */
static void note_key(struct reader *r, const struct level *level, const struct frontmatter_item *item)
{
    r->keys = mem_grow(r->keys, r->key_count, &r->key_capacity, sizeof *r->keys);
    r->keys[r->key_count++] = (struct key){level->key, item->line, item->column};
}

/* The name for the value that begins now. */
static struct str value_name(struct reader *r, struct level *level)
{
    level->filled = true;
    if (level->mapping) {
        level->has_key = false;
        return level->key;
    }
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%u", (unsigned)level->position++);
    return join(r->arena, level->path, (struct str){digits, (size_t)length});
}

static bool add_field(struct reader *r, struct str name, struct str value,
                      const struct frontmatter_item *item)
{
    if (r->field_count == BOUND_FIELDS)
        return refuse(r, item, "more than 10,000 fields");
    r->fields = mem_grow(r->fields, r->field_count, &r->field_capacity, sizeof *r->fields);
    r->fields[r->field_count++] = (struct article_field){name, value, item->line, item->column};
    r->done = item->end;
    return true;
}

static bool take_text(struct reader *r, struct str text, const struct frontmatter_item *item)
{
    struct level *level = &r->levels[r->depth - 1];
    if (!level->mapping || level->has_key)
        return add_field(r, value_name(r, level), text, item);
    if (!take_key(r, level, text, item))
        return false;
    note_key(r, level, item);
    return true;
}

static bool take_alias(struct reader *r, const struct frontmatter_item *item)
{
    struct str text = arena_printf(r->arena, "*%.*s", STR_ARG(item->text));
    problems_add(r->problems, ARTICLE_WARNING, item->line, item->column,
                 "YAML aliases are not followed; shown as %.*s", STR_ARG(text));
    return take_text(r, text, item);
}

static bool open_collection(struct reader *r, bool mapping, const struct frontmatter_item *item)
{
    struct level *level = r->depth ? &r->levels[r->depth - 1] : NULL;
    struct str path = {0};
    if (r->depth == BOUND_NESTING)
        return refuse(r, item, "nested deeper than 64 levels");
    if (level && level->mapping && !level->has_key) {
        problems_add(r->problems, ARTICLE_WARNING, item->line, item->column,
                     "a name that is a collection; called \"?\" here");
        if (!take_key(r, level, STR("?"), item))
            return false;
        path = level->key; /* what it holds goes by that name, and it still waits for its value */
    } else if (level) {
        path = value_name(r, level);
    }
    r->levels[r->depth++] = (struct level){.path = path, .mapping = mapping, .position = 1};
    r->done = item->end;
    return true;
}

/* An empty collection is kept as an empty field. */
static bool close_collection(struct reader *r, const struct frontmatter_item *item)
{
    const struct level *level = &r->levels[--r->depth];
    if (r->depth && !level->filled && !add_field(r, level->path, (struct str){0}, item))
        return false;
    r->done = item->end;
    return true;
}

static void begin(struct reader *r)
{
    r->depth = r->field_count = r->key_count = r->done = 0;
    r->is_mapping = false;
}

/* False when the rest is left to be shown as text. */
static bool take_item(void *context, const struct frontmatter_item *item)
{
    struct reader *r = context;
    switch (item->kind) {
    case ITEM_BEGINNING: begin(r); return true;
    case ITEM_MAPPING: r->is_mapping = true; return open_collection(r, true, item);
    case ITEM_SEQUENCE: return r->is_mapping && open_collection(r, false, item);
    case ITEM_SCALAR: return r->is_mapping && take_text(r, item->text, item);
    case ITEM_ALIAS: return r->is_mapping && take_alias(r, item);
    case ITEM_COLLECTION_END: return close_collection(r, item);
    default: return false;
    }
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->name.len != y->name.len)
        return x->name.len < y->name.len ? -1 : 1;
    int order = memcmp(x->name.at, y->name.at, x->name.len);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->column > y->column) - (x->column < y->column);
}

static void report_duplicates(struct reader *r)
{
    if (r->key_count)
        qsort(r->keys, r->key_count, sizeof *r->keys, compare_keys);
    for (size_t i = 1; i < r->key_count; i++)
        if (str_eq(r->keys[i].name, r->keys[i - 1].name))
            problems_add(r->problems, ARTICLE_WARNING, r->keys[i].line, r->keys[i].column,
                         "\"%.*s\" again; the first one counts", STR_ARG(str_slice(r->keys[i].name, 0, 100)));
}

/* The offset of the first character that was not read into a field. */
static size_t unread_offset(const struct reader *r, struct str yaml)
{
    const struct level *level = r->depth ? &r->levels[r->depth - 1] : NULL;
    size_t characters = level && level->has_key ? level->key_index : r->done, at = 0;
    for (; at < yaml.len; at++)
        if (((unsigned char)yaml.at[at] & 0xc0) != 0x80 && characters-- == 0)
            break;
    return at;
}

/* The whole lines that could not be read. A line that was read in part is one of them, and its fields are given up. */
static struct str unread_lines(struct reader *r, struct str yaml)
{
    size_t at = unread_offset(r, yaml), line, column;
    struct str end, rest;
    str_cut(str_slice(yaml, at, yaml.len), '\n', &end, &rest);
    end = str_trim(end);
    if (end.len == 0 || end.at[0] == '#')
        return rest;
    problems_place(yaml, at, &line, &column);
    while (r->field_count && r->fields[r->field_count - 1].line >= line)
        r->field_count--;
    while (at > 0 && yaml.at[at - 1] != '\n')
        at--;
    return str_slice(yaml, at, yaml.len);
}

/* Whether a line opens or closes front matter: three marks, then nothing or, in YAML's way, a blank. */
static bool is_marker(struct str line, char mark)
{
    return line.len >= 3 && line.at[0] == mark && line.at[1] == mark && line.at[2] == mark &&
           (line.len == 3 || line.at[3] == ' ' || line.at[3] == '\t' || line.at[3] == '\n');
}

/* The offset of the line that ends front matter, or STR_NOT_FOUND. */
static size_t find_end(struct str text)
{
    for (size_t at = 0;;) {
        size_t lf = str_find_byte(str_slice(text, at, text.len), '\n');
        if (lf == STR_NOT_FOUND)
            return STR_NOT_FOUND;
        at += lf + 1;
        struct str line = str_slice(text, at, text.len);
        if (is_marker(line, '-') || is_marker(line, '.'))
            return at;
    }
}

/* Where the body begins: behind the closing line, unless more than the mark stands on it. */
static size_t body_offset(struct str text, size_t end)
{
    struct str line, rest;
    str_cut(str_slice(text, end, text.len), '\n', &line, &rest);
    return str_trim(line).len == 3 ? text.len - rest.len : end;
}

/* The first line that is neither empty nor a comment is a name and a colon; else `---` is a rule of Markdown. */
static bool begins_with_name(struct str text)
{
    struct str line;
    while (str_next_line(&text, &line)) {
        struct str trimmed = str_trim(line);
        if (trimmed.len == 0 || trimmed.at[0] == '#' || is_marker(trimmed, '-'))
            continue;
        size_t colon = str_find_byte(trimmed, ':');
        return colon != STR_NOT_FOUND && colon > 0 &&
               (colon + 1 == trimmed.len || trimmed.at[colon + 1] == ' ') &&
               str_find_byte(str_slice(trimmed, 0, colon), ' ') == STR_NOT_FOUND;
    }
    return false;
}

static void keep_fields(struct reader *r, struct frontmatter *out)
{
    out->fields = arena_array(r->arena, r->field_count, sizeof *out->fields);
    out->count = r->field_count;
    if (r->field_count)
        memcpy(out->fields, r->fields, r->field_count * sizeof *out->fields);
}

/* Parses the `yaml`, whose end was `found` or not. False if it is no front matter after all. */
static bool parse(struct reader *r, struct str yaml, bool found, struct frontmatter *out)
{
    bool named = begins_with_name(yaml);
    struct problems before = *r->problems;
    bool whole = frontmatter_read_items(r->arena, yaml, r->problems, take_item, r);
    if (!r->is_mapping || !(whole || named)) {
        struct str line, rest;
        *r->problems = before;
        str_cut(yaml, '\n', &line, &rest);
        bool looks_meant = found && rest.len && rest.at[0] != '\n';
        if (looks_meant)
            problems_add(r->problems, ARTICLE_WARNING, 2, 1,
                         "what stands between the first two rules is no front matter; shown as text");
        return false;
    }
    if (!whole)
        out->unread = unread_lines(r, yaml);
    report_duplicates(r);
    keep_fields(r, out);
    return true;
}

static bool is_blank_front_matter(struct str yaml)
{
    return str_trim(str_slice(yaml, 3, yaml.len)).len == 0;
}

bool frontmatter_read(struct arena *arena, struct str text, struct problems *problems,
                      struct frontmatter *out)
{
    *out = (struct frontmatter){0};
    struct str first, rest;
    str_cut(text, '\n', &first, &rest);
    if (!is_marker(first, '-') || str_trim(first).len != 3)
        return false;
    size_t end = find_end(text);
    bool found = end != STR_NOT_FOUND;
    struct str yaml = str_slice(text, 0, end);
    if (!found && !begins_with_name(text))
        return false;
    if (yaml.len > BOUND_FRONT_MATTER_BYTES) {
        problems_add(problems, ARTICLE_ERROR, 1, 1, "front matter larger than 1 MiB; shown as text");
        return false;
    }
    out->body = found ? body_offset(text, end) : text.len;
    if (is_blank_front_matter(yaml))
        return true;
    if (!found)
        problems_add(problems, ARTICLE_ERROR, 1, 1,
                     "front matter has no end (a line `---`); read as far as it goes");
    struct reader *r = mem_calloc(1, sizeof *r);
    r->arena = arena;
    r->problems = problems;
    bool read = parse(r, yaml, found, out);
    mem_free(r->fields);
    mem_free(r->keys);
    mem_free(r);
    return read;
}
