/*
 * history: the articles one has been at, as a browser keeps them.
 */
#ifndef UI_HISTORY_H
#define UI_HISTORY_H

#include "session.h"

struct history {
    struct position *entries;
    size_t count, capacity;
    size_t at; /* the current entry, if there are any */
};

void history_free(struct history *history);

/* The current entry; NULL if there is none. What one knows better of its place may be written into it. */
struct position *history_current(struct history *history);

/* A new current entry; what lay ahead is forgotten. */
void history_push(struct history *history, struct position position);

/* One entry back or ahead; NULL if there is none. */
const struct position *history_back(struct history *history);
const struct position *history_forward(struct history *history);

/* After a catalogue was replaced: entries that have gone are dropped. */
void history_renew(struct history *history, const struct renumbering *renumbering);

#endif
