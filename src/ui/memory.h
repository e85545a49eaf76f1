/*
 * memory: what the reader's state says about the library that is open, by the numbers of its catalogue.
 *
 * Which articles have marks is looked up on a worker whenever the catalogue is replaced, so that it is known without asking
 * the state for each row that is drawn. Everything else is asked and written on the main thread, at once: what the screen
 * shows has been saved. A NULL memory knows nothing and keeps nothing.
 */
#ifndef UI_MEMORY_H
#define UI_MEMORY_H

#include "history.h"
#include "lectern/state.h"
#include "reading.h"

struct memory;

/* So much of an article must have been in sight, without a leap, for it to be read: its last lines are often a list of
 * references. */
#define MEMORY_READ_FROM 0.9

enum memory_mark { MEMORY_READ, MEMORY_BOOKMARKED, MEMORY_NOTED, MEMORY_MARKS };

/* The state and the deck, which gets the cards, are the caller's and must live as long. NULL, with the error, if there is no
 * thread to be had. */
struct memory *memory_new(struct state *state, const struct library *library, struct deck *deck,
                          struct mailbox *mailbox, struct err *err);
void memory_wait(struct memory *memory); /* until no look-up runs */
void memory_stop(
    struct memory *memory); /* cancels it, and waits; before the mailbox is emptied for the last time ... */
void memory_free(struct memory *memory); /* ... and this after it. NULL is allowed for both */

/* The session's catalogue and topics were replaced: marks are looked up. */
void memory_renew(struct memory *memory, const struct session *session,
                  const struct renumbering *renumbering);
/* The same if somebody else has written to the state. */
void memory_look_elsewhere(struct memory *memory, const struct session *session);

/* Something is changed that is looked up: a look-up that has begun does not know it. */
void memory_note_change(struct memory *memory);

/* As far as is known by now. */
bool memory_has(const struct memory *memory, enum memory_mark mark, uint32_t target);
/* Distinct articles of a topic and those below it that were read. False if that is not known yet. */
bool memory_read_below(const struct memory *memory, const struct topic_tree *tree, uint32_t topic,
                       uint32_t *count);

/* A place that was kept. Its numbers may be anything: who goes there finds out whether there is such a place. */
struct position memory_position(uint32_t target, const struct state_place *place);

/* The number of what a key stands for, or CATALOGUE_NONE. */
uint32_t memory_target(const struct library *library, const struct catalogue *catalogue,
                       const struct state_key *key);
/* Whether that was in one of the library's folders when it was known last. */
bool memory_was_here(const struct library *library, const struct state_key *wanted);
/* The number in the state of what a page shows; 0, with the error, if it cannot be known there. */
int64_t memory_article(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct err *err);

/* Where one was when the library was last open. False if nothing is known of that, or the article is not there. */
bool memory_last(struct memory *memory, const struct session *session, struct position *position);
void memory_forget_last(struct memory *memory); /* nothing is known of that */
/* Where one was in the article of a page that has just been opened. False if nowhere. */
bool memory_place(struct memory *memory, const struct session *session, const struct reading *reading,
                  struct position *position);

/* A page is read as it is shown: saves the place, the visit, and that it was read once its end has been in sight. */
int memory_follow(struct memory *memory, const struct session *session, const struct reading *reading,
                  struct err *err);

/* False: it is in memory alone, and ends with the program. */
bool memory_is_kept(const struct memory *memory);
struct state *memory_state(struct memory *memory); /* for lists of what is in it */

/* Marks what a page shows as read, or as unread again. */
int memory_set_read(struct memory *memory, const struct session *session, const struct reading *reading,
                    bool read, struct err *err);

/* As the state says now, whatever is known by numbers yet: before it is changed. */
bool memory_is_read(struct memory *memory, const struct session *session, const struct reading *reading);
bool memory_is_bookmarked(struct memory *memory, const struct session *session,
                          const struct reading *reading);

/* A bookmark at the page's place, or none. */
int memory_set_bookmark(struct memory *memory, const struct session *session, const struct reading *reading,
                        bool set, struct err *err);
/* The tags of the page's bookmark, in the arena. */
struct str memory_tags(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct arena *arena);

/* What the reader has written about what a page shows, in the arena; empty if nothing. */
struct str memory_note(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct arena *arena);
/* Of an article's number in the state. An empty text takes the note away. */
int memory_set_note(struct memory *memory, const struct session *session, int64_t article, struct str text,
                    struct err *err);

/* Adds what of the trail is not kept yet. */
void memory_keep_trail(struct memory *memory, const struct session *session, struct history *history);
/* Fills an empty history with the trail that was kept, up to the last hop to an article, or else the last one. What is not in
 * the library is left out. */
void memory_trail(struct memory *memory, const struct session *session, uint32_t target,
                  struct history *history);

/* Places named by letters. */
int memory_set_letter(struct memory *memory, const struct session *session, const struct reading *reading,
                      key letter, struct err *err);
bool memory_letter(struct memory *memory, const struct session *session, key letter,
                   struct position *position);

#endif
