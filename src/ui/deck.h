/*
 * deck: the cards of a library: what is known of the articles that were studied, by their numbers in the catalogue.
 */
#ifndef UI_DECK_H
#define UI_DECK_H

#include "lectern/study.h"
#include "session.h"

struct deck;

struct deck *deck_new(void);
void deck_free(struct deck *deck); /* NULL is allowed */

/* The catalogue was replaced. */
void deck_renew(struct deck *deck, const struct renumbering *renumbering);

/* The card of an article; a new one if it was never studied. */
struct study_card deck_card(const struct deck *deck, uint32_t article);

/* Keeps a card that was graded or buried, or one as it was before that. */
void deck_put(struct deck *deck, const struct study_card *card);

/* All of them; valid until the deck changes. */
const struct study_card *deck_cards(const struct deck *deck, size_t *count);

/* How many are due. */
size_t deck_count_due(const struct deck *deck, const struct study_time *time);

/* How many are due on each of the coming days; what is overdue is due on the first one. */
void deck_forecast(const struct deck *deck, const struct study_time *time, size_t *counts, size_t days);

#endif
