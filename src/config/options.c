#include "lectern/options.h"

#include <string.h>

#include "lectern/mem.h"

enum option_id {
#define OPTION(id, letter, name, argument, help) OPTION_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT,
};

static const struct option {
    enum option_id id;
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* what its argument is called; NULL if it takes none */
    const char *help;
} table[OPTION_COUNT] = {
#define OPTION(id, letter, name, argument, help) {OPTION_##id, letter, name, argument, help},
#include "options.def"
#undef OPTION
};

#define LEAST_WIDTH 20
#define MOST_WIDTH  500

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

void options_add_library(struct options *options, const char *path)
{
    options->libraries = mem_grow(options->libraries, options->library_count, &options->library_capacity,
                                  sizeof *options->libraries);
    options->libraries[options->library_count++] = path;
}

int options_width(const char *value, size_t *width, struct err *err)
{
    uint64_t number;
    if (!str_to_u64(str_from(value), &number) || number < LEAST_WIDTH || number > MOST_WIDTH)
        return err_set(err, ERR_USAGE, "--width takes a number from %d to %d, not \"%.60s\"", LEAST_WIDTH,
                       MOST_WIDTH, value);
    *width = (size_t)number;
    return 0;
}

/* `value` is not NULL if the option takes one. */
static int apply(struct options *options, const struct option *option, const char *value, struct err *err)
{
    switch (option->id) {
    case OPTION_LIBRARY: options_add_library(options, value); return 0;
    case OPTION_WIDTH: return options_width(value, &options->width, err);
    case OPTION_FRESH: options->fresh = true; return 0;
    case OPTION_ASCII: options->ascii = true; return 0;
    case OPTION_NO_COLOUR: options->no_colour = true; return 0;
    case OPTION_COPY_COMMAND: options->copy_command = value; return 0;
    case OPTION_STUDY_NEW: options->study.cards = value; return 0;
    case OPTION_STUDY_RETENTION: options->study.retention = value; return 0;
    case OPTION_STUDY_PARAMETERS: options->study.parameters = value; return 0;
    case OPTION_STUDY_FUZZ: options->study.fuzz = true; return 0;
    case OPTION_HELP: options->help = true; return 0;
    case OPTION_VERSION: options->version = true; return 0;
    case OPTION_COUNT: break;
    }
    return 0;
}

struct arguments {
    int count;
    char **values;
    int at; /* the next one */
};

static int apply_next(struct options *options, const struct option *option, struct arguments *arguments,
                      struct err *err)
{
    if (arguments->at >= arguments->count)
        return err_set(err, ERR_USAGE, "--%s needs a %s after it", option->name, option->argument);
    return apply(options, option, arguments->values[arguments->at++], err);
}

static int parse_long(struct options *options, const char *text, struct arguments *arguments, struct err *err)
{
    struct str name, value;
    bool joined = str_cut(str_from(text), '=', &name, &value);
    const struct option *option = find_name(name);
    if (!option)
        return err_set(err, ERR_USAGE, "there is no option --%.60s; see lectern --help", text);
    if (joined && !option->argument)
        return err_set(err, ERR_USAGE, "--%s takes no value", option->name);
    if (joined)
        return apply(options, option, text + name.len + 1, err);
    return option->argument ? apply_next(options, option, arguments, err) : apply(options, option, NULL, err);
}

static int parse_short(struct options *options, const char *letters, struct arguments *arguments,
                       struct err *err)
{
    for (; *letters; letters++) {
        const struct option *option = find_letter(*letters);
        if (!option)
            return err_set(err, ERR_USAGE, "there is no option -%c; see lectern --help", *letters);
        if (option->argument && letters[1])
            return apply(options, option, letters + 1, err);
        int result = option->argument ? apply_next(options, option, arguments, err)
                                      : apply(options, option, NULL, err);
        if (result != 0)
            return -1;
    }
    return 0;
}

int options_parse(struct options *options, int argc, char **argv, int *at, struct err *err)
{
    struct arguments arguments = {argc, argv, *at};
    int result = 0;
    while (result == 0 && !options->ended && arguments.at < argc) {
        const char *text = argv[arguments.at];
        if (text[0] != '-' || text[1] == '\0')
            break;
        arguments.at++;
        if (strcmp(text, "--") == 0)
            options->ended = true;
        else if (text[1] == '-')
            result = parse_long(options, text + 2, &arguments, err);
        else
            result = parse_short(options, text + 1, &arguments, err);
    }
    *at = arguments.at;
    return result;
}

void options_free(struct options *options)
{
    mem_free(options->libraries);
    *options = (struct options){0};
}

void options_help(struct buf *out)
{
    struct buf flag = {0};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &table[i];
        buf_clear(&flag);
        if (option->letter)
            buf_printf(&flag, "-%c, ", option->letter);
        buf_printf(&flag, "--%s", option->name);
        if (option->argument)
            buf_printf(&flag, " %s", option->argument);
        buf_printf(out, "  %-20s %s\n", buf_cstr(&flag), option->help);
    }
    buf_free(&flag);
}
