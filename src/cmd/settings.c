/* What the configuration file says, where the command line does not. */
#include <stdlib.h>

#include "cmd.h"
#include "lectern/config.h"
#include "lectern/options.h"
#include "lectern/term.h"

struct reading {
    struct options *options;
    struct cmd_context *context;
    const char *path;
};

#define KEYS STR("keys")

/* The usual settings of studying, but for what the options say. */
static int take_study(const struct options_study *given, struct study_options *study, struct err *err)
{
    uint64_t cards;
    *study = study_usual_options();
    study->fuzz = given->fuzz;
    if (given->cards && (!str_to_u64(str_from(given->cards), &cards) || cards > STUDY_MOST_NEW))
        return err_set(err, ERR_USAGE, "study-new is a number up to %d, not \"%.60s\"", STUDY_MOST_NEW,
                       given->cards);
    if (given->cards)
        study->new_cards = (size_t)cards;
    if (given->retention && fsrs_read_retention(&study->fsrs, str_from(given->retention), err) != 0)
        return -1;
    return given->parameters ? fsrs_read_weights(&study->fsrs, str_from(given->parameters), err) : 0;
}

/* The path of a library in a file, which knows no working folder: `~` stands for the reader's own. */
static int find_library(struct str value, struct buf *path, struct err *err)
{
    const char *home = getenv("HOME");
    bool at_home = str_eq(value, STR("~")) || str_starts(value, STR("~/"));
    if (at_home && home && home[0] == '/') {
        buf_add(path, str_from(home));
        value = str_slice(value, 1, value.len);
    }
    buf_add(path, value);
    return path->len && path->at[0] == '/'
               ? 0
               : err_set(err, ERR_USAGE, "the path of a library begins with / or ~/ here, unlike \"%.*s\"",
                         STR_ARG(str_slice(value, 0, 60)));
}

/* An error about a name stands where the name does. */
static int place_error(const struct config_setting *setting, struct err *err)
{
    if (err->kind == ERR_NOT_FOUND) {
        err->line = setting->name_place.line;
        err->column = setting->name_place.column;
    }
    return -1;
}

static int take_section(struct keymap *keymap, const struct config_setting *setting, struct err *err)
{
    struct str section = setting->section.len ? setting->section : setting->name;
    if (!str_eq(section, KEYS))
        err_set(err, ERR_NOT_FOUND, "there is no section %.*s, but keys", STR_ARG(str_slice(section, 0, 60)));
    else if (!setting->section.len && setting->value.len)
        err_set(err, ERR_USAGE, "keys are a section, with a line \"key: action\" for each");
    else if (!setting->section.len ||
             keymap_bind(keymap, setting->name, setting->value, setting->name_place.line,
                         setting->name_place.column, err) == 0)
        return 0;
    return place_error(setting, err);
}

static int take(void *context, const struct config_setting *setting, struct err *err)
{
    struct reading *reading = context;
    struct options *options = reading->options;
    struct options_study before = options->study;
    struct study_options study;
    struct buf path = {0};
    struct str value = setting->value;
    int status = 0;
    if (setting->section.len || str_eq(setting->name, KEYS))
        return take_section(reading->context->keymap, setting, err);
    if (value.len && str_eq(setting->name, STR("library"))) {
        status = find_library(value, &path, err);
        value = buf_str(&path);
    }
    if (status == 0)
        status = options_set(options, setting->name, value, err);
    if (status != 0)
        place_error(setting, err);
    else if ((status = take_study(&options->study, &study, err)) != 0)
        options->study = before;
    buf_free(&path);
    return status;
}

static void tell(void *context, const struct err *err)
{
    const struct reading *reading = context;
    if (reading->context->notice.kind == ERR_NONE)
        reading->context->notice = *err;
    cmd_tell(err, reading->context->charset);
}

/* Actions that were left without a key, once all are given. */
static void tell_lost(struct reading *reading)
{
    struct err err;
    for (size_t at = 0; keymap_next_lost(reading->context->keymap, &at, &err);) {
        err_set_path(&err, str_from(reading->path));
        tell(reading, &err);
    }
}

static int read_file(struct options *options, struct cmd_context *context, struct err *err)
{
    struct buf usual = {0};
    struct reading reading = {options, context, options->config};
    struct config_reader reader = {&reading, take, tell};
    int status = 0;
    if (!reading.path && config_path(&usual, getenv("XDG_CONFIG_HOME"), getenv("HOME")) == 0)
        reading.path = buf_cstr(&usual);
    if (reading.path)
        status = config_read(reading.path, &reader, err);
    if (status == 0)
        tell_lost(&reading);
    else if (!options->config && err->kind != ERR_NOT_FOUND)
        tell(&reading, err);
    buf_free(&usual);
    return options->config ? status : 0;
}

int cmd_settings(struct options *options, struct cmd_context *context, struct err *err)
{
    *context = (struct cmd_context){.charset = options->ascii ? TEXT_ASCII : term_charset()};
    /* First alone: what is wrong then was said on the command line. */
    if (take_study(&options->study, &context->study, err) != 0)
        return -1;
    context->keymap = keymap_new();
    if (!options->no_config && read_file(options, context, err) != 0)
        return -1;
    context->libraries = options->libraries;
    context->library_count = options->library_count;
    context->charset = options->ascii ? TEXT_ASCII : term_charset();
    context->width = options->width;
    context->justify = options->justify;
    context->colour = !options->no_colour;
    context->fresh = options->fresh;
    context->copy_command = options->copy_command;
    context->editor = options->editor;
    return take_study(&options->study, &context->study, err);
}

void cmd_settings_free(struct cmd_context *context)
{
    keymap_free(context->keymap);
}

int cmd_print_settings(const struct options *options, const struct cmd_context *context)
{
    struct buf out = {0};
    struct str rest, line;
    options_print(options, &out);
    keymap_print(context->keymap, &out);
    rest = buf_str(&out);
    while (str_next_line(&rest, &line)) {
        cmd_write(stdout, line, context->charset);
        putchar('\n');
    }
    buf_free(&out);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    struct err err;
    err_set(&err, ERR_SYSTEM, "the settings could not be written");
    return cmd_fail(&err, context->charset);
}
