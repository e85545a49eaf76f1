/*
 * entity: HTML's character references, which md4c finds but does not decode.
 */
#ifndef LECTERN_ARTICLE_ENTITY_H
#define LECTERN_ARTICLE_ENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/str.h"

/* The code point (not always a scalar value) of "&name;", "&#10;" or "&#xa;". False if it is unknown. */
bool entity_decode(struct str s, uint32_t *code_point);

#endif
