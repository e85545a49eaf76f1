/*
 * memory_marks: bits of the articles that have marks, and how many were read below each topic.
 */
#ifndef UI_MEMORY_MARKS_H
#define UI_MEMORY_MARKS_H

#include "memory.h"

/* The notes on articles, folded; any number of threads may read it. */
struct memory_notes {
    struct arena arena;
    struct memory_noted {
        uint32_t target;
        struct str text;
    } * at; /* by target */
    size_t count, capacity;
    unsigned users; /* touched by the main thread only */
};
void memory_notes_release(struct memory_notes *notes); /* NULL is allowed */

struct memory_marks {
    uint64_t *bits[MEMORY_MARKS]; /* of each target, in words from the lowest */
    uint32_t count;               /* of targets */
    struct topic_tree *tree;      /* kept; whose topics were counted */
    uint32_t *read_below;         /* of each topic */
    struct memory_notes *notes;
};

void memory_marks_free(struct memory_marks *marks);
bool memory_marks_has(const struct memory_marks *marks, enum memory_mark mark, uint32_t target);
/* Also counts anew where that has to be. */
void memory_marks_set(struct memory_marks *marks, enum memory_mark mark, uint32_t target, bool set);

/* Looks all of them up, for a catalogue and its topics. -1 if the state cannot be read, or `cancel` was set. */
int memory_marks_find(struct memory_marks *marks, struct state *state, const struct library *library,
                      const struct catalogue *catalogue, struct topic_tree *tree, const atomic_bool *cancel);

#endif
