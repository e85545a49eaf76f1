/*
 * deck: the cards of a library: what is known of the articles that were studied, by their numbers in the catalogue.
 *
 * They are those of the session's memory, which looks them up with the marks; what is done to one is written there at once.
 * Without a memory they end with the session.
 */
#ifndef UI_DECK_H
#define UI_DECK_H

#include "lectern/cards.h"
#include "reading.h"

struct deck;

struct deck *deck_new(void);
void deck_free(struct deck *deck); /* NULL is allowed */

/* The catalogue was replaced. */
void deck_renew(struct deck *deck, const struct renumbering *renumbering);

/* Fills it with what is kept about the articles of a catalogue; on any thread. -1 if that cannot be read, or `cancel` is set. */
int deck_find(struct deck *deck, struct state *state, const struct library *library,
              const struct catalogue *catalogue, const atomic_bool *cancel);
void deck_swap(struct deck *deck, struct deck *other);

/* The card of an article; a new one if it was never studied. */
struct study_card deck_card(const struct deck *deck, uint32_t article);

/* All of them; valid until the deck changes. */
const struct study_card *deck_cards(const struct deck *deck, size_t *count);

/* Keeps the card of the article that is shown: one that was graded, with the review, or one that was buried, for which
 * `review` is NULL. `*number` is then what deck_undo() takes that back by. -1, with the error, if it could not be written. */
int deck_keep(struct deck *deck, const struct session *session, const struct reading *reading,
              const struct study_card *after, const struct cards_review *review, int64_t *number,
              struct err *err);
int deck_undo(struct deck *deck, const struct session *session, const struct reading *reading,
              const struct study_card *before, int64_t number, struct err *err);

/* How many are due, and how many were ever asked. */
size_t deck_count_due(const struct deck *deck, const struct study_time *time);
size_t deck_count_studied(const struct deck *deck);

/* How many are due on each of the coming days; what is overdue is due on the first one. */
void deck_forecast(const struct deck *deck, const struct study_time *time, size_t *counts, size_t days);

#endif
