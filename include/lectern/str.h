/*
 * str: text as pointer and length, and a builder for it.
 *
 * A `struct str` owns nothing: it points into an arena, a buffer, or a literal, and lives as long as that
 * does. It may hold any bytes and is not NUL-terminated unless its maker says so. An empty one may have a
 * NULL pointer. A `struct buf` owns its bytes; `struct buf b = {0};` is a valid empty one.
 */
#ifndef LECTERN_STR_H
#define LECTERN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *at;
    size_t len;
};

/* A string literal as a slice. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* For printf's "%.*s"; a longer text than INT_MAX is cut there. */
#define STR_ARG(s) str_int_len(s), ((s).len ? (s).at : "")

int str_int_len(struct str s);
struct str str_from(const char *nul_terminated); /* NULL gives the empty slice */

/* The part [from, to), both clamped to the length. */
struct str str_slice(struct str s, size_t from, size_t to);

bool str_eq(struct str a, struct str b);
bool str_eq_ignore_case(struct str a, struct str b); /* ASCII letters only */
int str_compare(struct str a, struct str b);         /* bytewise, as strcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

#define STR_NOT_FOUND SIZE_MAX
size_t str_find(struct str s, struct str needle); /* offset of the first occurrence, or STR_NOT_FOUND */
size_t str_find_byte(struct str s, char byte);

/* Without the ASCII white space (space, tab, CR, LF, FF, VT) at both ends. */
struct str str_trim(struct str s);

/* Takes the next line off `*rest`, without its LF or CRLF. False when nothing is left. */
bool str_next_line(struct str *rest, struct str *line);

/* Splits at the first `separator`: `*head` before it, `*tail` after it. False (head = all) if there is none. */
bool str_cut(struct str s, char separator, struct str *head, struct str *tail);

/* The first eight bytes as a number, those that are missing as 0: of two texts that with the smaller number comes
 * first; equal numbers tell nothing. For sorting very many. */
uint64_t str_first_bytes(struct str s);

/* What follows the last slash of a path: all of it if there is none. */
struct str str_last_part(struct str path);

/* All of `s` as a decimal number without sign. False when it is none or does not fit. */
bool str_to_u64(struct str s, uint64_t *value);

/* How many bytes must be added, left out, put for another, or changed with their neighbour, to make one name from the other
 * (Damerau and Levenshtein's distance, each place changed once). For short names: SIZE_MAX if one has more than 32 bytes. */
size_t str_distance(struct str a, struct str b);

/* FNV-1a, 64 bits; for hash tables whose keys are not an attacker's choice of damage. */
uint64_t str_hash(struct str s);

struct buf {
    char *at;
    size_t len, capacity;
};

void buf_add(struct buf *b, struct str s);
void buf_add_byte(struct buf *b, char byte);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* valid until the buffer changes */
const char *buf_cstr(struct buf *b);     /* the same bytes with a NUL behind them */
void buf_clear(struct buf *b);           /* empty, memory kept */
void buf_free(struct buf *b);            /* empty, memory released */

#endif
