/*
 * question_map: the map of the questions around one of a library.
 */
#ifndef LECTERN_QUESTION_MAP_H
#define LECTERN_QUESTION_MAP_H

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/map.h"

/* Of a larger web those nearest to the centre are shown: more are no picture. */
#define QUESTION_MAP_NODES 120

/* Whether an article was read; NULL where nothing is known of that. */
typedef bool question_is_read(void *context, uint32_t article);

struct question_map_wishes {
    uint32_t centre; /* an article, or a missing one */
    bool whole;      /* all that links lead to; else what is one or two links away */
    question_is_read *is_read;
    void *context;
};

struct question_map {
    struct map map;
    uint32_t *targets; /* by node */
    bool cut;          /* there is more than is shown */
};

/* Makes and arranges it, in the arena; titles are the catalogue's. False if there is no such article. */
bool question_map_make(const struct catalogue *catalogue, const struct question_map_wishes *wishes,
                       struct arena *arena, struct question_map *made);

#endif
