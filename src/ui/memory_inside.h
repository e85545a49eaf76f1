/*
 * memory_inside: what the files of memory share.
 */
#ifndef UI_MEMORY_INSIDE_H
#define UI_MEMORY_INSIDE_H

#include "memory_marks.h"

struct memory {
    struct state *state;
    const struct library *library;
    struct buf name; /* of the library, in the state */
    struct deck *deck;
    struct mailbox *mailbox;
    struct worker *worker;
    struct memory_marks marks;
    uint64_t changes; /* of marks and cards, by this program */
    bool known;       /* where one was last was asked for */

    /* What is being read. */
    uint32_t target; /* or CATALOGUE_NONE */
    int64_t article;
    struct position saved;
    double furthest;
    bool read, decided; /* whether it is read is settled until it is opened again */
    bool failing;       /* the last attempt to save has failed, and that was said */
};

struct state_place memory_state_place(const struct position *position);

/* Looks all marks up again, on the worker. */
void memory_look(struct memory *memory, const struct session *session);

/* What the article of a page is known by. False if that is only its title. */
bool memory_key(const struct memory *memory, const struct session *session, const struct reading *reading,
                struct state_key *made);

#endif
