/*
 * check: the articles of a library examined, for `lectern check`.
 *
 * One report for every directory entry that was met. Nothing is printed here.
 */
#ifndef LECTERN_CHECK_H
#define LECTERN_CHECK_H

#include <stdbool.h>

#include "lectern/catalogue.h"
#include "lectern/library.h"

enum check_verdict { CHECK_OK, CHECK_WARNING, CHECK_SKIPPED };

struct check_entry {
    enum check_verdict verdict;
    struct str path;       /* ROOT/PATH */
    uint32_t line, column; /* of the problem, from 1, or 0 */
    struct str message;    /* empty if there is nothing to say */
    bool problem;          /* counts as one: all but what is ok, or skipped as expected */
};

typedef void check_report(void *context, const struct check_entry *entry);

/*
 * Reports the entries of a catalogue in the order of the walk: a file once as ok, or once for every problem it has, the
 * links to articles that are not there and the ids that stand in several files included. Returns the number of problems;
 * entries that are skipped as expected (hidden, binary) are none.
 */
size_t check_run(const struct library *library, const struct catalogue *catalogue, check_report *report,
                 void *context);

#endif
