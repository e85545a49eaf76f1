/*
 * name_tables: the sections in which targets are looked up by id, url and title, and references by names that none has.
 */
#ifndef LECTERN_LIBRARY_NAME_TABLES_H
#define LECTERN_LIBRARY_NAME_TABLES_H

#include "catalogue_build.h"
#include "lectern/image.h"

void name_tables_write(struct image *image, const struct draft *draft);

#endif
