/*
 * topic_label: how a topic is called, and where its name stands in the alphabet.
 */
#ifndef LECTERN_LIBRARY_TOPIC_LABEL_H
#define LECTERN_LIBRARY_TOPIC_LABEL_H

#include "lectern/arena.h"
#include "lectern/str.h"
#include "subject_terms.h"

/* The commonest keyword of a term with a capital in front, and an acronym behind it: "Deep vein thrombosis (DVT)". */
struct str topic_label(const struct subject_terms *subject, uint32_t term, struct arena *arena);

/* Labels are sorted by the bytes of their keys: case and accents do not count. */
struct str topic_label_key(struct str label, struct arena *arena);

#endif
