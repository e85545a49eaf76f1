#include "lectern/config.h"

#include <fcntl.h>
#include <yaml.h>

#include "lectern/bounds.h"
#include "lectern/file.h"
#include "lectern/mem.h"

#define DONE "; it is left out"

struct reading {
    const struct config_reader *reader;
    struct str path;
    struct arena arena; /* of the entry at hand */
    size_t line;        /* of the file, before that entry */
    size_t told;
    /* Within the entry: */
    size_t depth;
    bool list;
    struct str section, name;
    struct config_place name_place;
    bool named; /* a name that waits for its value */
};

int config_path(struct buf *out, const char *config_home, const char *home)
{
    if (config_home && config_home[0] == '/')
        buf_printf(out, "%s/lectern/config", config_home);
    else if (home && home[0] == '/')
        buf_printf(out, "%s/.config/lectern/config", home);
    else
        return -1;
    return 0;
}

static void tell(struct reading *r, const struct err *problem, struct config_place place)
{
    struct err err;
    bool last = ++r->told == BOUND_CONFIG_PROBLEMS;
    if (problem->line)
        place = (struct config_place){problem->line, problem->column};
    err_set_at(&err, ERR_FORMAT, place.line, place.column, "%.180s" DONE "%s", problem->message,
               last ? ", and so is the rest" : "");
    err_set_path(&err, r->path);
    r->reader->tell(r->reader->context, &err);
}

static struct config_place place_of(const struct reading *r, yaml_mark_t mark)
{
    return (struct config_place){r->line + mark.line + 1, mark.column + 1};
}

static int refuse(struct reading *r, const yaml_event_t *event, const char *why)
{
    struct err err;
    err_set(&err, ERR_FORMAT, "%s", why);
    tell(r, &err, place_of(r, event->start_mark));
    return -1;
}

static void give(struct reading *r, struct str value, struct config_place place)
{
    struct err err = {0};
    struct config_setting setting = {r->section, r->name, value, r->name_place, place};
    if (r->reader->take(r->reader->context, &setting, &err) != 0)
        tell(r, &err, place);
}

static int take_scalar(struct reading *r, const yaml_event_t *event)
{
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (r->depth == 0)
        return text.len ? refuse(r, event, "a setting is written as \"name: value\"") : 0;
    text = arena_str(&r->arena, text);
    if (r->named) {
        give(r, text, place_of(r, event->start_mark));
        r->named = r->list;
    } else {
        r->name = text;
        r->name_place = place_of(r, event->start_mark);
        r->named = true;
    }
    return 0;
}

static int open_mapping(struct reading *r, const yaml_event_t *event)
{
    if (r->depth && (r->depth > 1 || !r->named || r->list))
        return refuse(r, event, "no setting is nested so deep");
    if (r->depth)
        r->section = r->name;
    r->named = false;
    r->depth++;
    return 0;
}

static int open_list(struct reading *r, const yaml_event_t *event)
{
    if (!r->named || r->list)
        return refuse(r, event, "no name stands before this list");
    r->list = true;
    return 0;
}

/* -1 if the rest of the entry is given up. */
static int take_event(struct reading *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return take_scalar(r, event);
    case YAML_MAPPING_START_EVENT: return open_mapping(r, event);
    case YAML_SEQUENCE_START_EVENT: return open_list(r, event);
    case YAML_ALIAS_EVENT: return refuse(r, event, "aliases are not followed");
    case YAML_MAPPING_END_EVENT:
        r->depth--;
        r->section = (struct str){0};
        r->named = false;
        return 0;
    case YAML_SEQUENCE_END_EVENT: r->list = r->named = false; return 0;
    default: return 0;
    }
}

static void tell_parser(struct reading *r, struct str entry, const yaml_parser_t *parser)
{
    struct err err;
    if (parser->error == YAML_MEMORY_ERROR)
        mem_exhausted();
    struct config_place place = place_of(r, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR) { /* which knows no lines */
        place = (struct config_place){r->line + 1, 0};
        for (size_t i = 0; i < entry.len && i < parser->problem_offset; i++)
            place.line += entry.at[i] == '\n';
    }
    err_set(&err, ERR_FORMAT, "no YAML: %s%s%s", parser->problem ? parser->problem : "unreadable",
            parser->context ? " " : "", parser->context ? parser->context : "");
    tell(r, &err, place);
}

static void read_entry(struct reading *r, struct str entry)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        mem_exhausted();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)entry.at, entry.len);
    r->depth = 0;
    r->list = r->named = false;
    r->section = (struct str){0};
    for (bool more = true; more && r->told < BOUND_CONFIG_PROBLEMS;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            tell_parser(r, entry, &parser);
            break;
        }
        more = take_event(r, &event) == 0 && event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    arena_free(&r->arena);
}

/* Whether a line goes on with what was begun above: it is indented, or empty, a comment, or ends or lists something. */
static bool goes_on(struct str line)
{
    static const struct str beginnings = {" \t\r\n#-]}", 8};
    return line.len == 0 || str_find_byte(beginnings, line.at[0]) != STR_NOT_FOUND;
}

/* Takes the next entry off the text, and says how many lines it has. */
static size_t cut_entry(struct str *text, struct str *entry)
{
    struct str rest = *text;
    size_t lines = 0;
    do {
        struct str line, behind;
        str_cut(rest, '\n', &line, &behind);
        rest = behind;
        lines++;
    } while (rest.len && goes_on(rest));
    *entry = str_slice(*text, 0, text->len - rest.len);
    *text = rest;
    return lines;
}

int config_read(const char *path, const struct config_reader *reader, struct err *err)
{
    struct arena arena = {0};
    struct reading reading = {.reader = reader, .path = str_from(path)};
    struct str text, entry;
    int status = file_read(AT_FDCWD, path, BOUND_CONFIG_BYTES, &arena, &text, NULL, err);
    if (status >= 0 && str_find_byte(text, '\0') != STR_NOT_FOUND)
        status = err_set(err, ERR_FORMAT, "is no text");
    if (status < 0)
        err_set_path(err, str_from(path));
    else if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, text.len);
    while (status >= 0 && text.len && reading.told < BOUND_CONFIG_PROBLEMS) {
        size_t lines = cut_entry(&text, &entry);
        read_entry(&reading, entry);
        reading.line += lines;
    }
    arena_free(&arena);
    return status < 0 ? -1 : 0;
}
