/*
 * config: a configuration file, as the settings that stand in it.
 *
 * The file is YAML: a mapping of names to values, to lists of values, and to sections, which are such mappings again but hold
 * no further ones. Each setting that begins at the left edge is read alone, so that one that is no YAML leaves the others as they
 * are. What the settings mean is not known here.
 */
#ifndef LECTERN_CONFIG_H
#define LECTERN_CONFIG_H

#include <stddef.h>

#include "lectern/err.h"
#include "lectern/str.h"

struct config_place {
    size_t line, column; /* from 1 */
};

/* One value; a list is one after the other. Texts live as long as the call. */
struct config_setting {
    struct str section; /* empty: none */
    struct str name, value;
    struct config_place name_place, value_place;
};

struct config_reader {
    void *context;
    /* Returns -1, with the error, if the setting means nothing. An error without a place is about the value. */
    int (*take)(void *context, const struct config_setting *setting, struct err *err);
    /* What is wrong, with its place; the message ends with what was done about it. */
    void (*tell)(void *context, const struct err *err);
};

/* Appends the path of the file that is usual. -1 if neither `config_home` nor `home` is an absolute path. */
int config_path(struct buf *out, const char *config_home, const char *home);

/*
 * Reads a file. What is wrong in it is told, up to BOUND_CONFIG_PROBLEMS times, and reading goes on. Returns -1 if nothing can
 * be read: there is none, it is larger than BOUND_CONFIG_BYTES, no regular file, no text.
 */
int config_read(const char *path, const struct config_reader *reader, struct err *err);

#endif
