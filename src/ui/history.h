/*
 * history: the articles one has been at, as a path that branches: who goes back and then elsewhere loses nothing.
 */
#ifndef UI_HISTORY_H
#define UI_HISTORY_H

#include "session.h"

#define HISTORY_NONE SIZE_MAX /* as in branches.h */

struct history_entry {
    struct position position;
    size_t parent; /* the entry that one came from, which has a lower number, or HISTORY_NONE */
    size_t next;   /* of those that one went to from here, the last one; or HISTORY_NONE */
    int64_t kept;  /* its number in the reader's state; 0: it is not there */
};

struct history {
    struct history_entry *entries; /* in the order in which they were made */
    size_t count, capacity;
    size_t at; /* the current entry, if there are any */
};

void history_free(struct history *history);

/* The current entry; NULL if there is none. What one knows better of its place may be written into it. */
struct position *history_current(struct history *history);

/* A new current entry, to which one came from the one until now. */
void history_push(struct history *history, struct position position);

/* The same, come to from a certain entry, or HISTORY_NONE: as it was kept. */
void history_add(struct history *history, struct position position, size_t parent, int64_t kept);

/* One entry back on the path, or ahead, where one went last; NULL if there is none. */
const struct position *history_back(struct history *history);
const struct position *history_forward(struct history *history);

/* Makes another entry the current one; ahead of those before it lies the way to it. NULL if there is no such entry. */
const struct position *history_go(struct history *history, size_t entry);

/* After a catalogue was replaced: entries that have gone are dropped. */
void history_renew(struct history *history, const struct renumbering *renumbering);

#endif
