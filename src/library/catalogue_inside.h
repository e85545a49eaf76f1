/*
 * catalogue_inside: the inside of a catalogue.
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_INSIDE_H
#define LECTERN_LIBRARY_CATALOGUE_INSIDE_H

#include <stdatomic.h>

#include "flat.h"

struct catalogue {
    atomic_uint references;
    struct flat flat;
};

#endif
