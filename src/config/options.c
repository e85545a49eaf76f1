#include "lectern/options.h"

#include <string.h>

#include "lectern/mem.h"

enum option_id {
#define OPTION(id, letter, name, kind, argument, usual, help) ID_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT,
};

static const struct option table[OPTION_COUNT] = {
#define OPTION(id, letter, name, kind, argument, usual, help)                                                \
    [ID_##id] = {name, argument, usual, help, OPTION_##kind, letter},
#include "options.def"
#undef OPTION
};

#define LEAST_WIDTH 20
#define MOST_WIDTH  500

/* A name with more of them is taken for no other. */
#define MOST_MISTAKES 3

const struct option *options_at(size_t number)
{
    return number < OPTION_COUNT ? &table[number] : NULL;
}

static enum option_id id_of(const struct option *option)
{
    return (enum option_id)(option - table);
}

static unsigned long bit_of(const struct option *option)
{
    return 1UL << id_of(option);
}

static const struct option *find_name(struct str name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (str_eq(name, str_from(table[i].name)))
            return &table[i];
    return NULL;
}

static const struct option *find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (table[i].letter == letter)
            return &table[i];
    return NULL;
}

/* The option of a table whose name is most like that, if it is more so than `*best` mistakes. */
static const char *most_like(struct str name, const struct option *options, size_t count, bool setting,
                             size_t *best)
{
    const char *like = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(name, str_from(options[i].name));
        if (distance < *best && distance < name.len && (options[i].usual || !setting)) {
            *best = distance;
            like = options[i].name;
        }
    }
    return like;
}

/* An error that names an option like it, if there is one. */
static int refuse_name(const char *dashes, struct str name, const struct options_own *own, bool setting,
                       struct err *err)
{
    size_t best = MOST_MISTAKES + 1;
    const char *like = own ? most_like(name, own->table, own->count, setting, &best) : NULL;
    const char *general = most_like(name, table, OPTION_COUNT, setting, &best);
    like = general ? general : like;
    name = str_slice(name, 0, 60);
    if (like)
        return err_set(err, ERR_USAGE, "there is no option %s%.*s, but %s%s", dashes, STR_ARG(name), dashes,
                       like);
    return err_set(err, ERR_USAGE, "there is no option %s%.*s; see lectern --help", dashes, STR_ARG(name));
}

static void add_library(struct options *options, const char *path)
{
    options->libraries = mem_grow(options->libraries, options->library_count, &options->library_capacity,
                                  sizeof *options->libraries);
    options->libraries[options->library_count++] = path;
}

void options_add_library(struct options *options, const char *path)
{
    options->given |= bit_of(&table[ID_LIBRARY]);
    add_library(options, path);
}

static int take_width(const char *value, size_t *width, struct err *err)
{
    uint64_t number;
    if (!str_to_u64(str_from(value), &number) || number < LEAST_WIDTH || number > MOST_WIDTH)
        return err_set(err, ERR_USAGE, "the width is a number from %d to %d, not \"%.60s\"", LEAST_WIDTH,
                       MOST_WIDTH, value);
    *width = (size_t)number;
    return 0;
}

/* `value` is not NULL if the option takes one, `on` is what a switch is to be. */
static int apply(struct options *options, const struct option *option, const char *value, bool on,
                 struct err *err)
{
    bool empty = value && !*value && option->usual && !*option->usual;
    if (empty && option->kind == OPTION_VALUE)
        value = NULL;
    switch (id_of(option)) {
    case ID_LIBRARY: add_library(options, value); return 0;
    case ID_WIDTH: return take_width(value, &options->width, err);
    case ID_JUSTIFY: options->justify = on; return 0;
    case ID_FRESH: options->fresh = on; return 0;
    case ID_ASCII: options->ascii = on; return 0;
    case ID_COLOUR: options->no_colour = !on; return 0;
    case ID_COPY_COMMAND: options->copy_command = value; return 0;
    case ID_EDITOR: options->editor = value; return 0;
    case ID_STUDY_NEW: options->study.cards = value; return 0;
    case ID_STUDY_RETENTION: options->study.retention = value; return 0;
    case ID_STUDY_PARAMETERS: options->study.parameters = value; return 0;
    case ID_STUDY_FUZZ: options->study.fuzz = on; return 0;
    case ID_CONFIG: options->config = value; return 0;
    case ID_NO_CONFIG: options->no_config = true; return 0;
    case ID_PRINT_CONFIG: options->print_config = true; return 0;
    case ID_HELP: options->help = true; return 0;
    case ID_VERSION: options->version = true; return 0;
    case OPTION_COUNT: break;
    }
    return 0;
}

struct arguments {
    struct options *options;
    const struct options_own *own; /* or NULL */
    int count;
    char **values;
    int at; /* the next one */
    struct err *err;
};

static bool is_own(const struct arguments *a, const struct option *option)
{
    return a->own && option >= a->own->table && option < a->own->table + a->own->count;
}

/* Applies it, as given on the command line. */
static int give(struct arguments *a, const struct option *option, const char *value, bool on)
{
    struct err why;
    if (is_own(a, option)) {
        a->own->values[option - a->own->table] = value ? value : "";
        return 0;
    }
    a->options->given |= bit_of(option);
    if (apply(a->options, option, value, on, &why) == 0)
        return 0;
    return err_set(a->err, why.kind, "--%s: %.200s", option->name, why.message);
}

static int give_next(struct arguments *a, const struct option *option)
{
    if (a->at < a->count)
        return give(a, option, a->values[a->at++], true);
    return err_set(a->err, ERR_USAGE, "--%s needs %s after it", option->name, option->argument);
}

static const struct option *find_own(const struct arguments *a, struct str name, char letter)
{
    for (size_t i = 0; a->own && i < a->own->count; i++) {
        const struct option *option = &a->own->table[i];
        if (letter ? option->letter == letter : str_eq(name, str_from(option->name)))
            return option;
    }
    return NULL;
}

/* An option by its name, or the name of a switch that is to be off. */
static const struct option *find_long(const struct arguments *a, struct str name, bool *on)
{
    const struct option *option = find_own(a, name, 0);
    option = option ? option : find_name(name);
    *on = true;
    if (option || !str_starts(name, STR("no-")))
        return option;
    *on = false;
    option = find_name(str_slice(name, 3, name.len));
    return option && option->kind == OPTION_SWITCH ? option : NULL;
}

static int parse_long(struct arguments *a, const char *text)
{
    struct str name, value;
    bool on, joined = str_cut(str_from(text), '=', &name, &value);
    const struct option *option = find_long(a, name, &on);
    if (!option)
        return refuse_name("--", name, a->own, false, a->err);
    if (joined && !option->argument)
        return err_set(a->err, ERR_USAGE, "--%.*s takes no value", STR_ARG(name));
    if (joined)
        return give(a, option, text + name.len + 1, on);
    return option->argument ? give_next(a, option) : give(a, option, NULL, on);
}

static int parse_short(struct arguments *a, const char *letters)
{
    for (; *letters; letters++) {
        const struct option *option = find_own(a, (struct str){0}, *letters);
        option = option ? option : find_letter(*letters);
        if (!option)
            return err_set(a->err, ERR_USAGE, "there is no option -%c; see lectern --help", *letters);
        if (option->argument && letters[1])
            return give(a, option, letters + 1, true);
        int result = option->argument ? give_next(a, option) : give(a, option, NULL, true);
        if (result != 0)
            return -1;
    }
    return 0;
}

int options_parse(struct options *options, const struct options_own *own, int argc, char **argv, int *at,
                  struct err *err)
{
    struct arguments a = {options, own, argc, argv, *at, err};
    int result = 0;
    while (result == 0 && !options->ended && a.at < argc) {
        const char *text = argv[a.at];
        if (text[0] != '-' || text[1] == '\0')
            break;
        a.at++;
        if (strcmp(text, "--") == 0)
            options->ended = true;
        else if (text[1] == '-')
            result = parse_long(&a, text + 2);
        else
            result = parse_short(&a, text + 1);
    }
    *at = a.at;
    return result;
}

static bool read_switch(struct str value, bool *on)
{
    static const char *const words[] = {"yes", "true", "on", "no", "false", "off"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(value, str_from(words[i]))) {
            *on = i < 3;
            return true;
        }
    return false;
}

int options_set(struct options *options, struct str name, struct str value, struct err *err)
{
    const struct option *option = find_name(name);
    bool on = true;
    if (!option || !option->usual) {
        refuse_name("", name, NULL, true, err);
        err->kind = ERR_NOT_FOUND;
        return -1;
    }
    if (option->kind == OPTION_LIST && !value.len)
        return 0;
    if (option->kind != OPTION_LIST && options->filed & bit_of(option))
        return err_set(err, ERR_USAGE, "%s stands here a second time", option->name);
    if (option->kind == OPTION_SWITCH && !read_switch(value, &on))
        return err_set(err, ERR_USAGE, "%s is yes or no, not \"%.*s\"", option->name,
                       STR_ARG(str_slice(value, 0, 60)));
    struct options unused = {0};
    bool given = options->given & bit_of(option);
    int status = apply(given ? &unused : options, option, arena_str(&options->arena, value).at, on, err);
    if (status == 0)
        options->filed |= bit_of(option);
    options_free(&unused);
    return status;
}

void options_free(struct options *options)
{
    mem_free(options->libraries);
    arena_free(&options->arena);
    *options = (struct options){0};
}

/* What a setting is now; of a list the value `number`. False if it is as usual, which `value` then is. */
static bool value_of(const struct options *options, enum option_id id, size_t number, struct buf *value)
{
    const char *text = NULL;
    bool on = false;
    switch (id) {
    case ID_LIBRARY: text = number < options->library_count ? options->libraries[number] : NULL; break;
    case ID_WIDTH:
        if (options->width)
            buf_printf(value, "%zu", options->width);
        break;
    case ID_JUSTIFY: on = options->justify; break;
    case ID_FRESH: on = options->fresh; break;
    case ID_ASCII: on = options->ascii; break;
    case ID_COLOUR: on = !options->no_colour; break;
    case ID_COPY_COMMAND: text = options->copy_command; break;
    case ID_EDITOR: text = options->editor; break;
    case ID_STUDY_NEW: text = options->study.cards; break;
    case ID_STUDY_RETENTION: text = options->study.retention; break;
    case ID_STUDY_PARAMETERS: text = options->study.parameters; break;
    case ID_STUDY_FUZZ: on = options->study.fuzz; break;
    default: break;
    }
    struct str usual = str_from(table[id].usual);
    if (table[id].kind == OPTION_SWITCH)
        text = on ? "yes" : "no";
    buf_add(value, str_from(text));
    bool known = value->len > 0;
    if (!known)
        buf_add(value, usual);
    return known && !str_eq(buf_str(value), usual);
}

/* A text that YAML could read as something else stands in quotes. */
static void print_value(struct str value, struct buf *out)
{
    bool plain = value.len > 0 && value.at[value.len - 1] != ' ';
    for (size_t i = 0; i < value.len && plain; i++) {
        char c = value.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
        plain = letter || (i && (c == '.' || c == '-' || c == '_' || c == ' '));
    }
    if (plain) {
        buf_add(out, value);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            buf_printf(out, "\\x%02x", c);
        else
            buf_add_byte(out, (char)c);
    }
    buf_add_byte(out, '"');
}

static void print_setting(const struct options *options, const struct option *option, struct buf *out)
{
    struct buf value = {0};
    size_t number = 0;
    buf_printf(out, "\n# %s: %s\n", option->argument ? option->argument : "yes or no", option->help);
    do {
        buf_clear(&value);
        bool changed = value_of(options, id_of(option), number, &value);
        bool more = option->kind == OPTION_LIST && changed;
        if (more)
            buf_printf(out, "%s%s  - ", number ? "" : option->name, number ? "" : ":\n");
        else
            buf_printf(out, "%s%s: ", changed ? "" : "# ", option->name);
        print_value(buf_str(&value), out);
        buf_add_byte(out, '\n');
    } while (option->kind == OPTION_LIST && ++number < options->library_count);
    buf_free(&value);
}

void options_print(const struct options *options, struct buf *out)
{
    buf_add(out, STR("# Settings of lectern. Lines that begin with # say what holds without them.\n"));
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (table[i].usual)
            print_setting(options, &table[i], out);
}

static void add_flag(const struct option *option, struct buf *flag)
{
    buf_clear(flag);
    if (option->letter)
        buf_printf(flag, "-%c, ", option->letter);
    buf_printf(flag, "--%s%s", option->kind == OPTION_SWITCH ? "[no-]" : "", option->name);
    if (option->argument)
        buf_printf(flag, " %s", option->argument);
}

void options_help(const struct option *options, size_t count, struct buf *out)
{
    struct buf flag = {0};
    const struct option *first = options ? options : table;
    for (size_t i = 0; i < (options ? count : OPTION_COUNT); i++) {
        const struct option *option = &first[i];
        add_flag(option, &flag);
        buf_printf(out, "  %-24s %s", buf_cstr(&flag), option->help);
        if (option->usual && option->usual[0] && strcmp(option->usual, "no") != 0)
            buf_printf(out, " (usually %s)", option->usual);
        buf_add_byte(out, '\n');
    }
    buf_free(&flag);
}
