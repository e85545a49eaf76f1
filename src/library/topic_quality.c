/*
 * The quality of a topic is
 *
 *     likeness^0.6 x titles^0.6 x share^0.5
 *
 * likeness: the mean cosine between its questions, each a vector of its other keywords weighted by log(questions of the
 *           subject / questions with that keyword), less the mean over all the subject
 * titles:   of the questions that have it as a keyword, the share that names it in the title
 * share:    of its questions, those that have it as a keyword (and not in the title only)
 *
 * For n unit vectors with the sum S the mean cosine of all pairs is (|S|^2 - n) / (n (n - 1)), so each candidate costs no
 * more than reading the keywords of its questions once. Plain products favour small topics too much (the likeness of a
 * set falls with its size): the exponents were chosen by eye on four subjects of 1,670 to 3,084 questions.
 */
#include "topic_quality.h"

#include <math.h>

#define LIKENESS_POWER 0.6
#define TITLES_POWER   0.6
#define SHARE_POWER    0.5

/* Questions that are hardly more alike than any two of the subject have only the word in common. Of few questions the mean
 * says nothing: it is made of the topics themselves. */
#define MIN_LIKENESS_OVER_MEAN 2.0
#define MEAN_MIN_QUESTIONS     100u

struct vectors {
    const struct subject_terms *subject;
    double *weight; /* by term */
    double *length; /* by question: squared */
    double *sum;    /* by term: of the unit vectors added; all zero in between */
};

static void weigh(struct vectors *vectors, struct arena *arena)
{
    const struct subject_terms *subject = vectors->subject;
    const struct lists *keywords = &subject->keywords;
    vectors->weight = arena_array(arena, subject->count, sizeof *vectors->weight);
    vectors->sum = arena_array(arena, subject->count, sizeof *vectors->sum);
    vectors->length = arena_array(arena, subject->question_count, sizeof *vectors->length);
    for (uint32_t term = 0; term < subject->count; term++)
        if (subject->uses[term])
            vectors->weight[term] = log((double)subject->question_count / subject->uses[term]);
    for (uint32_t question = 0; question < subject->question_count; question++)
        for (size_t i = keywords->starts[question]; i < keywords->starts[question + 1]; i++) {
            double weight = vectors->weight[keywords->items[i]];
            vectors->length[question] += weight * weight;
        }
}

/* Adds the unit vector of a question without `left_out`; false if nothing else is in it. */
static bool add_question(struct vectors *vectors, uint32_t question, uint32_t left_out)
{
    const struct lists *keywords = &vectors->subject->keywords;
    double left_out_weight = left_out == TERM_NONE ? 0 : vectors->weight[left_out];
    bool has_it = false;
    for (size_t i = keywords->starts[question]; i < keywords->starts[question + 1]; i++)
        has_it = has_it || keywords->items[i] == left_out;
    double length = vectors->length[question] - (has_it ? left_out_weight * left_out_weight : 0);
    if (length < 1e-9)
        return false;
    double scale = 1 / sqrt(length);
    for (size_t i = keywords->starts[question]; i < keywords->starts[question + 1]; i++)
        if (keywords->items[i] != left_out)
            vectors->sum[keywords->items[i]] += vectors->weight[keywords->items[i]] * scale;
    return true;
}

/* The squared length of the sum, which is zero again afterwards. */
static double take_sum(struct vectors *vectors, uint32_t question)
{
    const struct lists *keywords = &vectors->subject->keywords;
    double squares = 0;
    for (size_t i = keywords->starts[question]; i < keywords->starts[question + 1]; i++) {
        double *sum = &vectors->sum[keywords->items[i]];
        squares += *sum * *sum;
        *sum = 0;
    }
    return squares;
}

static double mean_cosine(double squares, double count)
{
    return count > 1 ? (squares - count) / (count * (count - 1)) : 0;
}

static double mean_of_subject(struct vectors *vectors)
{
    double count = 0, squares = 0;
    for (uint32_t question = 0; question < vectors->subject->question_count; question++)
        count += add_question(vectors, question, TERM_NONE);
    for (uint32_t question = 0; question < vectors->subject->question_count; question++)
        squares += take_sum(vectors, question);
    return mean_cosine(squares, count);
}

static double mean_of_candidate(struct vectors *vectors, uint32_t candidate)
{
    const struct lists *questions = &vectors->subject->questions;
    uint32_t term = vectors->subject->candidates[candidate];
    double count = 0, squares = 0;
    for (size_t i = questions->starts[candidate]; i < questions->starts[candidate + 1]; i++)
        count += add_question(vectors, questions->items[i], term);
    for (size_t i = questions->starts[candidate]; i < questions->starts[candidate + 1]; i++)
        squares += take_sum(vectors, questions->items[i]);
    return mean_cosine(squares, count);
}

double *topic_qualities(const struct subject_terms *subject, struct arena *arena)
{
    struct vectors vectors = {.subject = subject};
    weigh(&vectors, arena);
    double mean = subject->question_count < MEAN_MIN_QUESTIONS ? 0 : mean_of_subject(&vectors);
    double *qualities = arena_array(arena, subject->candidate_count, sizeof *qualities);
    for (uint32_t candidate = 0; candidate < subject->candidate_count; candidate++) {
        double likeness = mean_of_candidate(&vectors, candidate);
        if (likeness <= 0 || likeness < mean * MIN_LIKENESS_OVER_MEAN)
            continue;
        double uses = subject->uses[subject->candidates[candidate]];
        double all =
            (double)(subject->questions.starts[candidate + 1] - subject->questions.starts[candidate]);
        qualities[candidate] = pow(likeness - mean, LIKENESS_POWER) *
                               pow(subject->in_title[candidate] / uses, TITLES_POWER) *
                               pow(uses / all, SHARE_POWER);
    }
    return qualities;
}
