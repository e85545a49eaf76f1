/*
 * map_view_inside: what map_view.c and map_view_draw.c know of each other.
 */
#ifndef UI_MAP_VIEW_INSIDE_H
#define UI_MAP_VIEW_INSIDE_H

#include "lectern/question_map.h"
#include "map_view.h"

struct map_view {
    struct view view;
    bool whole;        /* all that links lead to, not only what is near */
    uint32_t *centres; /* those before, the present one last */
    size_t centre_count, centre_capacity;
    uint32_t selected;  /* a node */
    struct arena arena; /* of what follows, which is made anew with each change */
    struct question_map made;
    struct map_drawing drawing;
    size_t rows, columns; /* of the screen */
    size_t top, left;     /* of the drawing, which may be larger: what is seen first */
};

/* Rows of the picture; below it are a line, the title of the selected question, and the keys. */
size_t map_view_picture_rows(const struct map_view *map_view);

void map_view_draw(struct view *view, const struct session *session, struct grid *grid);

#endif
