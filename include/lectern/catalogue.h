/*
 * catalogue: what a library holds, without the texts.
 *
 * An immutable snapshot that any number of threads may read. Articles are numbered below count; the same id in several
 * files is one article with several places. Numbers from count on, up to count + missing - 1, are targets of links that
 * this library does not hold; so is an article that was removed, which keeps its number. All slices live as long as the
 * catalogue. Everything is reached through functions, so that the numbers may come from memory or from an index file; a
 * number out of range, and a file that is damaged, give something empty.
 */
#ifndef LECTERN_CATALOGUE_H
#define LECTERN_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/article.h"
#include "lectern/file.h"
#include "lectern/image.h"
#include "lectern/str.h"

#define CATALOGUE_NONE UINT32_MAX

struct catalogue;

/* Counted references; a catalogue is freed with its last one. */
struct catalogue *catalogue_keep(struct catalogue *catalogue);
void catalogue_release(struct catalogue *catalogue); /* NULL is allowed */

/* The catalogue that an image holds, which it keeps; NULL if a section is not there or has a wrong size. Takes the same time
 * for any library: what the sections say is checked by each function that reads it. */
struct catalogue *catalogue_open(struct image *image);
struct image *catalogue_image(const struct catalogue *catalogue);

/*
 * A catalogue may consist of two parts: the base, and a delta, which holds the files that were added or changed since, and
 * says what has gone (library_update() makes it). The delta's image is a catalogue by itself, too, with numbers of its own.
 * Numbers of the base's articles stay; a changed article keeps its number, a new one gets one from the base's count on.
 * Articles then stand in no order, a keyword may have two numbers, and subjects are named as in the base.
 */

/* NULL if the image is not of that base, or not sound as above. */
struct catalogue *catalogue_open_delta(const struct catalogue *base, struct image *delta);

/* Whether two catalogues of whole libraries have the same base, be it in memory or in a file. */
bool catalogue_same_base(const struct catalogue *a, const struct catalogue *b);

/* Whether one of two catalogues was made from the other by updates: numbers of articles mean the same in both. */
bool catalogue_same_numbers(const struct catalogue *a, const struct catalogue *b);

/* Of a catalogue of two parts, else NULL: the delta's image; a bit for each article of the base that is gone from it, in words
 * from the lowest; and the number of each article of the delta. */
struct image *catalogue_delta_image(const struct catalogue *catalogue);
const uint64_t *catalogue_gone(const struct catalogue *catalogue);
const uint32_t *catalogue_delta_numbers(const struct catalogue *catalogue, size_t *count);

/* The numbers of articles, and then of link targets that are missing. */
uint32_t catalogue_count(const struct catalogue *catalogue);
uint32_t catalogue_missing(const struct catalogue *catalogue);

/* Whether a target is no article of the library: whoever goes through all numbers below the count leaves out these. */
bool catalogue_is_missing(const struct catalogue *catalogue, uint32_t target);

/* How many articles there are. */
uint32_t catalogue_article_count(const struct catalogue *catalogue);

/* Of an article or a missing target; empty where unknown. A title is never empty. */
struct str catalogue_title(const struct catalogue *catalogue, uint32_t target);
struct str catalogue_id(const struct catalogue *catalogue, uint32_t target);
struct str catalogue_url(const struct catalogue *catalogue, uint32_t target);

/* Of an article. */
enum article_kind catalogue_kind(const struct catalogue *catalogue, uint32_t article);
struct str catalogue_date(const struct catalogue *catalogue,
                          uint32_t article); /* as written, mostly YYYY-MM-DD */
uint32_t catalogue_text_bytes(const struct catalogue *catalogue, uint32_t article);

/* Subjects: spellings that are the same when folded (as text_fold() does) are one, named in the commonest form. Number 0
 * is "Unsorted", for articles of which neither a subject nor a folder is known. An article may have several; a missing
 * target has one. Subjects that only missing targets have come last. */
uint32_t catalogue_subject_count(const struct catalogue *catalogue);
struct str catalogue_subject_name(const struct catalogue *catalogue, uint32_t subject);
size_t catalogue_count_subjects(const struct catalogue *catalogue, uint32_t target);
uint32_t catalogue_subject_of(const struct catalogue *catalogue, uint32_t target, size_t i);

/* Keywords: folded and with single spaces they are the same; named in the commonest form. */
uint32_t catalogue_keyword_count(const struct catalogue *catalogue);
struct str catalogue_keyword_name(const struct catalogue *catalogue, uint32_t keyword);
size_t catalogue_count_keywords(const struct catalogue *catalogue, uint32_t article);
uint32_t catalogue_keyword_of(const struct catalogue *catalogue, uint32_t article, size_t i);

/* Files: every regular file of the roots in the order they were met. */
struct catalogue_file {
    struct str path;  /* relative to the root; of a root that is a file, the path as given */
    uint32_t root;    /* index of the root */
    uint32_t article; /* or CATALOGUE_NONE: nothing to read in it */
    uint32_t subject; /* of this file */
    struct file_stamp stamp;
    bool settled; /* another content will have another stamp */
    bool gone;    /* it is not there any more: whoever goes through all leaves it out */
};
uint32_t catalogue_file_count(const struct catalogue *catalogue);
uint32_t catalogue_files_there(const struct catalogue *catalogue);   /* that are not gone */
uint32_t catalogue_files_changed(const struct catalogue *catalogue); /* since the base was made */
struct catalogue_file catalogue_file(const struct catalogue *catalogue, uint32_t file);
/* The files of an article, the first being the one that is read. */
size_t catalogue_count_files(const struct catalogue *catalogue, uint32_t article);
uint32_t catalogue_file_of(const struct catalogue *catalogue, uint32_t article, size_t i);

/* Links out of an article in the author's order. A link resolves to an article by id, else by url, else by exact title; else
 * to the missing target that links know by the same id, or without one by the same url, or without both by the same title. */
struct catalogue_link {
    uint32_t target;
    uint32_t number;       /* the author's N */
    uint32_t line, column; /* where it begins in the article's first file, or 0 */
};
size_t catalogue_count_links(const struct catalogue *catalogue, uint32_t article);
struct catalogue_link catalogue_link_of(const struct catalogue *catalogue, uint32_t article, size_t i);

/* The articles that link to a target, each once, ascending; in the arena. */
const uint32_t *catalogue_backlinks(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                                    size_t *count);

/* What is wrong with files, and entries that were not read. */
struct catalogue_problem {
    uint32_t root;
    struct str path;       /* relative to the root */
    uint32_t line, column; /* from 1, or 0 */
    uint32_t article;      /* or CATALOGUE_NONE */
    bool skipped;          /* the entry was not read at all */
    bool no_file;          /* of a skipped one: it is none of the files above */
    bool gone;             /* no problem any more: whoever goes through all leaves it out */
    bool
        expected; /* of a skipped one: nothing to worry about (hidden; binary, unless it is a root itself; already
                      read), and not counted as a problem */
    bool id_taken; /* another article has the id of this one */
    enum article_severity severity;
    struct str message;
};
size_t catalogue_problem_count(const struct catalogue *catalogue);
struct catalogue_problem catalogue_problem(const struct catalogue *catalogue, size_t problem);

/* Lookup by exact id, url or title, of several articles the first; CATALOGUE_NONE if there is none. A missing target is found
 * by what links know it by. */
uint32_t catalogue_find_id(const struct catalogue *catalogue, struct str id);
uint32_t catalogue_find_url(const struct catalogue *catalogue, struct str url);
uint32_t catalogue_find_title(const struct catalogue *catalogue, struct str title);

/* The file at a place, or CATALOGUE_NONE. */
uint32_t catalogue_find_file(const struct catalogue *catalogue, uint32_t root, struct str path);

#endif
