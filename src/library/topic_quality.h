/*
 * topic_quality: how good a topic each candidate of a subject would be, whatever else is chosen.
 */
#ifndef LECTERN_LIBRARY_TOPIC_QUALITY_H
#define LECTERN_LIBRARY_TOPIC_QUALITY_H

#include "lectern/arena.h"
#include "subject_terms.h"

/* By candidate; 0 for one that would gather questions which have nothing else in common. */
double *topic_qualities(const struct subject_terms *subject, struct arena *arena);

#endif
