/*
 * keymap: which key calls which action of the reader: usually those of src/ui/actions.def, but for what the reader has changed.
 */
#ifndef LECTERN_KEYMAP_H
#define LECTERN_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/err.h"
#include "lectern/str.h"

struct keymap;

struct keymap *keymap_new(void);         /* with the usual keys */
void keymap_free(struct keymap *keymap); /* NULL is allowed */

/*
 * Gives a key, named as in lectern/key.h, to an action, behind those that it has, and takes it away from the one that had it;
 * the action "none" only does the latter. A key is given once; the place, which counts from 1, is where that was asked for.
 * Returns -1, nothing changed, with ERR_NOT_FOUND if there is no such key, with ERR_USAGE if there is no such action (the error
 * names one that is like it, if there is), the key was given before, or is one that cannot be given: Esc always cancels, and
 * digits alone call "related".
 */
int keymap_bind(struct keymap *keymap, struct str key_name, struct str action_name, size_t line,
                size_t column, struct err *err);

/* The next action from number `*at` (at first 0) on that has lost its last key to another one, as an error with the place where
 * it was given away. False if there is none. */
bool keymap_next_lost(const struct keymap *keymap, size_t *at, struct err *err);

/* Appends all keys as the section `keys` of a configuration file; what is usual stands in comments. */
void keymap_print(const struct keymap *keymap, struct buf *out);

#endif
