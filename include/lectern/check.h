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

/* What kind of problem an entry is. */
enum check_kind {
    CHECK_NO_PROBLEM,   /* ok, or skipped as expected */
    CHECK_MISSING_LINK, /* to an article that is not there */
    CHECK_FILED_TWICE,  /* the article of a file that was met before */
    CHECK_ID_TAKEN,     /* by another article */
    CHECK_FAULT,        /* in a file that was read */
    CHECK_UNREAD,       /* and that was not expected */
    CHECK_KINDS
};

struct check_entry {
    enum check_verdict verdict;
    struct str path;       /* ROOT/PATH */
    uint32_t line, column; /* of the problem, from 1, or 0 */
    struct str message;    /* empty if there is nothing to say */
    enum check_kind kind;
    bool named; /* of what is skipped: a root itself, not met in a folder */
};

typedef void check_report(void *context, const struct check_entry *entry);

/*
 * Reports the entries of a catalogue in the order of the walk: a file once as ok, or once for every problem it has, the
 * links to articles that are not there and the ids that stand in several files included. Returns the number of problems;
 * entries that are skipped as expected are none.
 */
size_t check_run(const struct library *library, const struct catalogue *catalogue, check_report *report,
                 void *context);

#endif
