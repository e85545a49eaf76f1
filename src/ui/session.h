/*
 * session: what every view may look at, and what it may ask for.
 *
 * The session is the app's; views read it and never keep pointers into its catalogue or tree beyond a call, because both
 * are replaced while a library is being read.
 */
#ifndef UI_SESSION_H
#define UI_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "keymap.h"
#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/library.h"
#include "lectern/segments.h"
#include "lectern/text.h"
#include "lectern/topics.h"
#include "worker.h"

struct view;
struct queries;
struct search_marks;
struct search_scratch;
struct deck;
struct study_options;
struct memory;

struct session {
    struct library *library;
    struct catalogue *catalogue; /* NULL until something has been read */
    struct topic_tree *tree;     /* of that catalogue */
    struct segments *segments;   /* NULL until all of the library was read */
    bool loading;
    struct library_progress progress;
    enum text_charset charset;
    size_t column_width; /* of an article */
    bool writes;         /* files that the reader names */
    bool wraps;          /* wide code and tables are broken to fit */
    bool justifies;      /* prose, as in layout_options */
    struct mailbox *mailbox;
    struct worker *search_worker;
    struct search_scratch *search_scratch; /* that worker's */
    struct queries *queries;               /* that were typed; the search view's to change */
    struct deck *deck; /* what is known of articles that were studied; the study view's to change */
    const struct study_options *study_options;
    const struct keymap *keymap;
    int64_t (*now)(void);  /* seconds since 1970 */
    struct memory *memory; /* what the reader's state says; NULL: nothing is kept */
};

/* Whether an article was read, as far as that is known. */
bool session_is_read(const struct session *session, uint32_t article);

/* A place in an article that outlives a change of width. */
struct position {
    uint32_t target;     /* CATALOGUE_NONE: nowhere */
    size_t part;         /* of a text that is read in parts */
    uint32_t offset;     /* in the article's text */
    size_t within, span; /* the line among those of the same offset, as in a table, and how many these are */
    size_t line, width;  /* the exact line, at that width */
    size_t link;         /* selected link, or SIZE_MAX */
    uint64_t open_folds; /* of the part, as in layout_options */
};

/* Articles that one can walk through: the list one came from. */
struct walk {
    uint32_t *targets;
    size_t count, at;
    struct arena arena;
    const struct search_marks *marks; /* of the search that found them, in the arena; or NULL */
};
void walk_free(struct walk *walk); /* leaves an empty one */

/* What an action wants from the app. Zero means: nothing but a new frame. */
struct effects {
    enum effect_open { OPEN_NOTHING, OPEN_TARGET, OPEN_BACK, OPEN_FORWARD } open;
    struct position
        position; /* with OPEN_TARGET; only `target` must be filled, an offset and line of 0 are the top */
    size_t hop;   /* with OPEN_TARGET: 1 + the number of the history's entry that it is to be, if it is one */
    bool close, quit, suspend, redraw;
    enum action run;   /* an action for the view below, once this one has closed */
    struct view *push; /* a view to put on top; the app owns it from then on */
    struct walk
        walk;        /* with OPEN_TARGET: replaces the list that [ and ] walk; the app's then; may be empty */
    int64_t edit;    /* the number in the state of an article whose note is to be edited; 0: none */
    struct buf text; /* of that note */
    struct buf copy; /* text for other programs, ... */
    struct buf copied;  /* ... and what it is, "the code: 29 characters"; empty: nothing is to be copied */
    struct buf message; /* said in the status line until the next key */
};

/* Asks for a text to be copied. What must not reach other programs is replaced in it. */
void effects_copy(struct effects *effects, struct str what, struct str text);

/* Numbers of the old catalogue to those of the new one. */
struct renumbering {
    const struct catalogue *from, *to;
};

/* The number of the same article or missing target, or CATALOGUE_NONE. */
uint32_t renumber(const struct renumbering *renumbering, uint32_t target);

#endif
