/*
 * catalogue_inside: the inside of a catalogue: one flat catalogue, or a delta over one.
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_INSIDE_H
#define LECTERN_LIBRARY_CATALOGUE_INSIDE_H

#include <stdatomic.h>

#include "flat.h"
#include "overlay.h"

struct catalogue {
    atomic_uint references;
    struct flat base;
    bool has_delta;
    struct overlay overlay; /* only if there is a delta */
};

#endif
