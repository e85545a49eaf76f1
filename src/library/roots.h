/*
 * roots: the inside of `struct library`.
 */
#ifndef LECTERN_LIBRARY_ROOTS_H
#define LECTERN_LIBRARY_ROOTS_H

#include <stddef.h>

#include "lectern/arena.h"
#include "lectern/library.h"

struct root {
    const char *given;
    int fd;          /* of a folder, open as long as the library; of a file AT_FDCWD */
    bool folder;     /* else a file, whose path is `given` */
    struct str name; /* of a folder, without the path; empty for a file and for "/" */
    struct str real; /* the real path; empty if it is not known */
};

struct library {
    struct arena arena;
    struct root *roots;
    size_t count;
    struct str name;
};

#endif
