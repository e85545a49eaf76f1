/* What the configuration file says, where the command line does not. */
#include <stdlib.h>

#include "cmd.h"
#include "lectern/config.h"
#include "lectern/options.h"
#include "lectern/term.h"

struct reading {
    struct options *options;
    enum text_charset charset;
    struct err *first; /* problem */
};

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

static int take(void *context, const struct config_setting *setting, struct err *err)
{
    struct options *options = ((struct reading *)context)->options;
    struct options_study before = options->study;
    struct study_options study;
    struct buf path = {0};
    struct str value = setting->value;
    int status = 0;
    if (setting->section.len)
        return err_set_at(err, ERR_USAGE, setting->name_place.line, setting->name_place.column,
                          "there is no section \"%.*s\"", STR_ARG(str_slice(setting->section, 0, 60)));
    if (value.len && str_eq(setting->name, STR("library"))) {
        status = find_library(value, &path, err);
        value = buf_str(&path);
    }
    if (status == 0)
        status = options_set(options, setting->name, value, err);
    if (status != 0 && err->kind == ERR_NOT_FOUND) {
        err->line = setting->name_place.line;
        err->column = setting->name_place.column;
    } else if (status == 0 && (status = take_study(&options->study, &study, err)) != 0) {
        options->study = before;
    }
    buf_free(&path);
    return status;
}

static void tell(void *context, const struct err *err)
{
    struct reading *reading = context;
    if (reading->first->kind == ERR_NONE)
        *reading->first = *err;
    cmd_tell(err, reading->charset);
}

static int read_file(struct options *options, enum text_charset charset, struct err *notice, struct err *err)
{
    struct reading reading = {options, charset, notice};
    struct config_reader reader = {&reading, take, tell};
    struct buf usual = {0};
    const char *path = options->config;
    int status = 0;
    if (!path && config_path(&usual, getenv("XDG_CONFIG_HOME"), getenv("HOME")) == 0)
        path = buf_cstr(&usual);
    if (path && config_read(path, &reader, err) != 0) {
        bool absent = !options->config && err->kind == ERR_NOT_FOUND;
        if (options->config)
            status = -1;
        else if (!absent)
            tell(&reading, err);
    }
    buf_free(&usual);
    return status;
}

int cmd_settings(struct options *options, struct cmd_context *context, struct err *err)
{
    *context = (struct cmd_context){.charset = options->ascii ? TEXT_ASCII : term_charset()};
    /* First alone: what is wrong then was said on the command line. */
    if (take_study(&options->study, &context->study, err) != 0)
        return -1;
    if (!options->no_config && read_file(options, context->charset, &context->notice, err) != 0)
        return -1;
    context->libraries = options->libraries;
    context->library_count = options->library_count;
    context->charset = options->ascii ? TEXT_ASCII : term_charset();
    context->width = options->width;
    context->colour = !options->no_colour;
    context->fresh = options->fresh;
    context->copy_command = options->copy_command;
    context->editor = options->editor;
    return take_study(&options->study, &context->study, err);
}

int cmd_print_settings(const struct options *options, const struct cmd_context *context)
{
    struct buf out = {0};
    struct str rest, line;
    options_print(options, &out);
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
