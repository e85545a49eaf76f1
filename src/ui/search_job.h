/*
 * search_job: one query, or the question what is like an article, run on the search worker.
 *
 * The job carries its results back to the view that asked, unless that view is gone by then: both hold the same slot.
 */
#ifndef UI_SEARCH_JOB_H
#define UI_SEARCH_JOB_H

#include "lectern/search.h"
#include "session.h"

struct search_answer;

struct search_slot {
    void (*take)(void *view, struct search_answer *answer); /* the view owns the answer from then on. May come
                                                               several times for one query. */
    void *view;                                             /* NULL: gone */
    unsigned users;  /* the view and its jobs; touched by the main thread only */
    uint64_t newest; /* number of the last job */
};

/* What a hit's text is shown by. */
struct search_extract {
    struct str snippet;
    size_t marks; /* in the whole text */
};

struct search_answer {
    struct arena arena;
    struct query query; /* of words, not of titles */
    struct err problem; /* with the query, if it means nothing: then there are no results */
    struct search_results results;
    struct search_extract *extracts; /* of the hits; empty ones are not made yet */
    enum text_charset charset;       /* that extracts are shown in */
    uint64_t number;                 /* of the job that answers */
    bool partial;                    /* what was found so far: more answers to the same query follow */
};

void search_answer_free(struct search_answer *answer); /* NULL is allowed */

/* Hits of one answer: more than anyone looks through. */
#define SEARCH_LIMIT 1000

/* Starts a query; whatever the worker was doing is cancelled. */
void search_job_start(const struct session *session, struct search_slot *slot, struct str query, bool titles);

/* The same for the articles that are similar to one, but not linked, at most `limit`; no extracts are made. */
void search_job_start_similar(const struct session *session, struct search_slot *slot, uint32_t article,
                              size_t limit);

/* Whether a job has not answered yet. One that was cancelled never will. */
static inline bool search_slot_waits(const struct search_slot *slot)
{
    return slot->users > 1;
}

struct search_slot *search_slot_new(void *view, void (*take)(void *view, struct search_answer *answer));
void search_slot_drop(struct search_slot *slot); /* the view is going away */

/* Makes the extract of a hit if it is not there yet, with the calling thread's scratch. Without segments it is empty. */
void search_answer_extract(struct search_answer *answer, const struct catalogue *catalogue,
                           struct search_scratch *scratch, struct segments *segments, size_t hit);

#endif
