/*
 * features: what an article's text has beside words, for the tags of INDEX_HAS.
 */
#ifndef LECTERN_INDEX_FEATURES_H
#define LECTERN_INDEX_FEATURES_H

#include "lectern/arena.h"
#include "lectern/article.h"

#define FEATURE_MATH  1u
#define FEATURE_CODE  2u /* a block of it, or some within a line */
#define FEATURE_TABLE 4u

/* Those of an article together. `scratch` is for the tree of its text. */
unsigned features_of(struct arena *scratch, const struct article *article);

#endif
