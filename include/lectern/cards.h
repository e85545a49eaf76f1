/*
 * cards: what is kept of studying: a card for each article that was asked, and every grade.
 *
 * It is part of the state (lectern/state.h), with its rules for errors, threads, and what outlives what. Articles are the
 * state's numbers; the `article` of a struct study_card is neither read nor written.
 */
#ifndef LECTERN_CARDS_H
#define LECTERN_CARDS_H

#include "lectern/state.h"
#include "lectern/study.h"

/* Calls for every card until that returns false. The key is without the title; both are valid during the call. */
int cards_each(struct state *state,
               bool (*visit)(void *context, const struct state_key *key, const struct study_card *card),
               void *context, struct err *err);

struct cards_review {
    int64_t when;
    enum fsrs_grade grade;
    unsigned days; /* of studying since the review before; 0 for the first one, too */
};

/* Keeps a card as it is after a review, and the review, at once. Returns the number of the review; 0 if it fails. */
int64_t cards_add_review(struct state *state, int64_t article, const struct study_card *after,
                         const struct cards_review *review, struct err *err);

/* Keeps a card as it is without a review: it was buried. */
int cards_put(struct state *state, int64_t article, const struct study_card *card, struct err *err);

/* Takes a review back (0: a burial): it is gone, and the card is as it was before. */
int cards_undo(struct state *state, int64_t article, int64_t review, const struct study_card *before,
               struct err *err);

/* Reviews of an earlier day's cards: what the schedule has led to. Each of the spans is so many seconds long; the first one
 * ends before `end`, the next one before that, and so on. */
struct cards_recall {
    size_t asked, known;
};
void cards_recall(struct state *state, int64_t end, int64_t seconds, struct cards_recall *spans,
                  size_t count);

#endif
