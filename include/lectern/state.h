/*
 * state: what belongs to the reader: places, what was read, history, bookmarks, notes, searches. Never lost.
 *
 * It lives in one SQLite database, `state.db` in a folder of the reader's own, which any number of readers may have open at
 * once. What a function has written is there for others when it returns 0, and outlives a kill at any moment; bookmarks,
 * notes and what is imported outlive a loss of power as well. A file that cannot be used (locked, read-only, damaged, of a
 * newer program) is left as it is: then the state lives in memory, and ends with the program; at its beginning it is what the
 * file says, if that can be read.
 *
 * A struct state belongs to one thread at a time; state_open_again() is for another one. Functions that write return 0, or -1
 * with the error, and then have written nothing. Functions that look something up find nothing when they fail.
 * Slices are in the arena that was given. Times are seconds since 1970 (UTC), as time() gives them.
 *
 * To keep something new: append a step to the list in src/state/schema.c that creates its tables (never change an earlier
 * step), with `article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE` where it belongs to an article; write its
 * functions in a file of their own with src/state/sql.h; add its kind of line to the list in src/state/lines.c, so that
 * it is exported and imported. A backup is made before an older database gets the step.
 */
#ifndef LECTERN_STATE_H
#define LECTERN_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

struct state;

/* Appends the folder: lectern in XDG_DATA_HOME, else in ~/.local/share. -1 if neither is an absolute path. */
int state_folder(struct buf *out, const char *data_home, const char *home, struct err *err);

/* Makes the folder and the database if they are not there, and brings an older one up to date. Never NULL: if the folder
 * (which may be NULL: then nothing is told) cannot be used, `err` says what is not kept and why, else it is ERR_NONE. */
struct state *state_open(const char *folder, struct err *err);
struct state *state_open_again(const struct state *state,
                               struct err *err); /* the same, for a thread; NULL if it fails */
void state_close(struct state *state);           /* NULL is allowed */
bool state_is_kept(const struct state *state);   /* false: in memory only */

/* Whether others who are writing are waited for, up to two seconds; as it is at first. */
void state_set_patience(struct state *state, bool patient);

/* Whether somebody else has written since this was asked last. */
bool state_changed_elsewhere(struct state *state);

struct str state_file(const struct state *state); /* the database; valid until the state is closed */

struct state_amounts {
    int64_t articles, read, visits, bookmarks, notes, searches, cards, reviews;
};
struct state_amounts state_amounts(struct state *state);

/* Looks at every page of the database. -1, with what is damaged first. May take long. */
int state_verify(struct state *state, struct err *err);

/* -- articles ------------------------------------------------------------------------------------------------------- */

/*
 * What an article is known by: its id; without one its content, wherever that has gone, else its place, whatever it says now.
 * `content` is str_hash() of its text and `bytes` the length.
 */
struct state_key {
    struct str id;
    struct str root, path; /* the real path of the library's root; the file below it */
    uint64_t content, bytes;
    struct str title; /* as it was last; for lists */
};

/* The article's number in the state, which never changes; 0 if it is not known there. */
int64_t state_find(struct state *state, const struct state_key *key);
/* The same, but it is made known if it was not, and what has changed of the key is noted. 0, with the error, if it fails. */
int64_t state_meet(struct state *state, const struct state_key *key, struct err *err);

/* False if there is no such article. */
bool state_key_of(struct state *state, int64_t article, struct arena *arena, struct state_key *key);

/* Everything that a list marks an article by. */
struct state_mark {
    int64_t article;
    struct state_key key; /* without the title; valid during the call */
    bool read, bookmarked, noted;
};
/* Calls for each known article that has any of these, until that returns false. */
int state_each_mark(struct state *state, bool (*visit)(void *context, const struct state_mark *mark),
                    void *context, struct err *err);

/* -- reading -------------------------------------------------------------------------------------------------------- */

/* A place in an article, in the reader's own terms. */
struct state_place {
    uint64_t part, offset, within, span, line, width, open_folds;
};

struct state_reading {
    struct state_place place;
    double furthest; /* how much of it was read from its beginning on, 0 to 1 */
    bool read;
    int64_t read_at; /* when it was marked as read, or as unread again; 0: never */
};

/* False, with all of it 0, if the article was never opened. */
bool state_reading(struct state *state, int64_t article, struct state_reading *reading);
int state_save_place(struct state *state, int64_t article, const struct state_place *place, double furthest,
                     int64_t when, struct err *err);
int state_set_read(struct state *state, int64_t article, bool read, int64_t when, struct err *err);

/* The article that was open last in a library, which is named by whatever tells it from others; 0 if none is known. */
int64_t state_session(struct state *state, struct str library);
int state_save_session(struct state *state, struct str library, int64_t article, int64_t when,
                       struct err *err);

/* Places named by a letter, of a library. */
struct state_letter {
    uint32_t letter;
    int64_t article, when; /* it was set */
    struct state_place place;
};
int state_save_letter(struct state *state, struct str library, const struct state_letter *letter,
                      struct err *err);
size_t state_letters(struct state *state, struct str library, struct arena *arena,
                     struct state_letter **letters);

/* -- history -------------------------------------------------------------------------------------------------------- */

struct state_visit {
    int64_t visit; /* its number */
    int64_t article, when;
    struct state_key key;
};
int state_add_visit(struct state *state, int64_t article, int64_t when, struct err *err);
/* The latest visits before the one with that number (0: of all), latest first. */
size_t state_visits(struct state *state, int64_t before, size_t limit, struct arena *arena,
                    struct state_visit **visits);

/* One hop of the trail through a library: to an article, from the hop `parent` (0: from nowhere), which has a lower number. */
struct state_hop {
    int64_t hop, parent, article, when;
    struct state_key key;
};
/* Its number; 0, with the error, if it fails. */
int64_t state_add_hop(struct state *state, struct str library, const struct state_hop *hop, struct err *err);
/* The latest ones, in the order of their numbers. */
size_t state_hops(struct state *state, struct str library, size_t limit, struct arena *arena,
                  struct state_hop **hops);
/* The library that has a trail and whose name comes next. False if there is none. */
bool state_next_trail(struct state *state, struct str after, struct arena *arena, struct str *library);

/* -- bookmarks ------------------------------------------------------------------------------------------------------ */

struct state_bookmark {
    int64_t article, when;
    struct state_key key;
    struct state_place place;
    struct str tags; /* sorted, with single spaces between them; a tag has no white space */
};
bool state_is_bookmarked(struct state *state, int64_t article);
/* A bookmark that is there already gets the new place and tags, and keeps its date. `tags` are words in any order. */
int state_set_bookmark(struct state *state, const struct state_bookmark *bookmark, struct err *err);
/* -1 if there is no bookmark. */
int state_set_tags(struct state *state, int64_t article, struct str tags, struct err *err);
int state_drop_bookmark(struct state *state, int64_t article, struct err *err);
/* With one tag, or all of them if that is empty; latest first, after so many. */
size_t state_bookmarks(struct state *state, struct str tag, size_t after, size_t limit, struct arena *arena,
                       struct state_bookmark **bookmarks);
struct str state_tags_of(struct state *state, int64_t article, struct arena *arena);

/* -- notes and searches --------------------------------------------------------------------------------------------- */

struct state_note {
    int64_t article, when; /* it was written last */
    struct state_key key;
    struct str text; /* Markdown */
};
/* Empty if there is none. */
struct str state_note(struct state *state, int64_t article, struct arena *arena);
/* An empty text takes the note away; what it said stays in the database as an earlier version, as with every change. */
int state_set_note(struct state *state, int64_t article, struct str text, int64_t when, struct err *err);
/* Latest first, after so many; their texts may be left empty. */
size_t state_notes(struct state *state, bool texts, size_t after, size_t limit, struct arena *arena,
                   struct state_note **notes);

struct state_search {
    struct str name, query;
    int64_t when;
};
int state_save_search(struct state *state, const struct state_search *search, struct err *err);
int state_drop_search(struct state *state, struct str name, struct err *err);
/* By name. */
size_t state_searches(struct state *state, struct arena *arena, struct state_search **searches);

#endif
