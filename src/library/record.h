/*
 * record: what a catalogue needs of one file, made from the parsed article by the thread that parsed it.
 */
#ifndef LECTERN_LIBRARY_RECORD_H
#define LECTERN_LIBRARY_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/article.h"
#include "lectern/file.h"
#include "lectern/str.h"
#include "symbols.h"

struct record_link {
    const struct symbol *id, *title, *url;
    struct symbol *subject;
    uint32_t number, line, column;
};

/* Symbols of absent fields are NULL. */
struct record {
    struct file_stamp stamp;
    bool settled; /* another content will have another stamp */
    enum article_kind kind;
    bool unread;   /* there is no article: the one problem says why */
    bool expected; /* and that is nothing to worry about below a folder */
    uint32_t text_bytes;
    uint32_t id_line, id_column; /* of the id's value, or 0 */
    uint64_t digest;             /* of id, title and text: equal for the same article in another place */
    const struct symbol *id, *title, *url, *date;
    struct symbol *subject; /* NULL: neither a subject nor a folder is known */
    struct symbol **keywords;
    struct record_link *links;
    struct article_problem *problems;
    uint32_t keyword_count, link_count, problem_count;
};

/* Everything is copied into the arena or interned. `root_name` is the name of the root folder, empty if the root is a
 * file; `path` is the file's below it: they name a subject for articles without one. */
struct record *record_make(struct arena *arena, struct symbols *symbols, const struct article *article,
                           struct str root_name, struct str path);

/* Of a file that could not be read. */
struct record *record_unread(struct arena *arena, struct str reason);

/* One problem more, before the others. */
void record_add_problem(struct arena *arena, struct record *record, const struct article_problem *problem);

#endif
