/*
 * key: one key press, and its name.
 *
 * A key is a Unicode code point, or one of the codes below, with modifiers in the upper bits. Control with a letter is the
 * lower-case letter with KEYS_CONTROL. Tab, Enter, Esc, Space and Backspace have codes of their own here and never come as
 * control letters (C-i, C-m and C-[ are Tab, Enter and Esc).
 */
#ifndef LECTERN_KEY_H
#define LECTERN_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/str.h"

typedef uint32_t key;

#define KEYS_CODE_MASK 0x00ffffffu
#define KEYS_CONTROL   0x01000000u
#define KEYS_ALT       0x02000000u
#define KEYS_SHIFT     0x04000000u /* only with the named keys below */

enum key_code {
    KEYS_NONE = 0,
    KEYS_NAMED = 0x110000, /* the first code that is no code point */
    KEYS_UP = KEYS_NAMED,
    KEYS_DOWN,
    KEYS_LEFT,
    KEYS_RIGHT,
    KEYS_HOME,
    KEYS_END,
    KEYS_PAGE_UP,
    KEYS_PAGE_DOWN,
    KEYS_INSERT,
    KEYS_DELETE,
    KEYS_BACKSPACE,
    KEYS_TAB,
    KEYS_ENTER,
    KEYS_ESCAPE,
    KEYS_SPACE,
    KEYS_F1,
    KEYS_F12 = KEYS_F1 + 11,
};

/* Appends its name: "j", "C-o", "Tab", "S-Tab", "PgDn", "Space", "F1", "A-x". */
void key_format(key k, struct buf *out);

/* The inverse. False for what is no key. */
bool key_parse(struct str name, key *k);

#endif
