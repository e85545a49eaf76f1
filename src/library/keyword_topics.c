/*
 * Topics are taken greedily, best first, by
 *
 *     quality (see topic_quality.c) x sum over the candidate's questions of 0.35^(topics that hold the question already)
 *
 * so that each topic adds questions that no other has, and yet a good one is not lost because its questions stand
 * elsewhere too. A topic nests under a larger one that holds 60 % of its questions (term subsumption: Sanderson and Croft,
 * "Deriving concept hierarchies from text", 1999), or whose name begins or ends its own ("liver" over "liver failure").
 * The number of topics without a parent is limited so that a reader can scan them: when it is reached, further ones come
 * in only below others, for want of a better one under the topic that holds at least 30 % of their questions.
 */
#include "keyword_topics.h"

#include <math.h>
#include <stdlib.h>

#include "lectern/mem.h"
#include "topic_label.h"
#include "topic_quality.h"

#define COVERED_WEIGHT 0.35

/* Times the square root of the subject's questions: 61 and 326 topics for 1,670. The upper limits also bound the work. */
#define ROOTS_FACTOR  1.5
#define TOPICS_FACTOR 8.0
#define MIN_ROOTS     8u
#define MAX_ROOTS     120u
#define MAX_TOPICS    800u

/* What a topic without a parent must add, in questions weighted by COVERED_WEIGHT. */
#define ROOT_MIN_NEW 2.5

#define NEST_PERCENTAGE 60u
/* Of two topics of about the same size neither is a part of the other. */
#define NEST_SIZE_PERCENTAGE 130u
#define ADOPT_PERCENTAGE     30u
#define SAME_PERCENTAGE      65u /* of the questions of two topics together: they are one topic under two names */
#define MAX_DEPTH            4u

struct topic_link {
    uint32_t topic, next;
};

struct picking {
    const struct subject_terms *subject;
    double *qualities; /* by candidate */
    double *gains;     /* by candidate, for what is covered now */
    double *weights;   /* by question */
    bool *put_off;     /* by candidate */

    struct waiting {
        double gain; /* as it was when this was put in; it can only have fallen */
        uint32_t candidate;
    } * heap;
    uint32_t heap_count;

    struct picked {
        uint32_t candidate, size;
        uint32_t parent; /* adopted by, in the end: below which it stands */
        uint32_t depth;  /* from 1 */
        bool root;
    } * topics;
    uint32_t count, max_count, roots, max_roots;

    /* The topics of every question, newest first. */
    uint32_t *first_link; /* by question, or KEYWORD_TOPIC_NONE */
    struct topic_link *links;
    size_t link_count, link_capacity;

    uint32_t *overlap; /* by topic: questions shared with the candidate in hand; all zero in between */
    uint32_t *overlapping, overlapping_count;
};

/* -- the heap ------------------------------------------------------------------------------------------------------- */

static bool better(struct waiting a, struct waiting b)
{
    return a.gain > b.gain || (a.gain == b.gain && a.candidate < b.candidate);
}

static void sink(struct picking *picking, uint32_t at)
{
    struct waiting *heap = picking->heap, moving = heap[at];
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= picking->heap_count)
            break;
        if (child + 1 < picking->heap_count && better(heap[child + 1], heap[child]))
            child++;
        if (!better(heap[child], moving))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

static void rise(struct picking *picking, struct waiting added)
{
    uint32_t at = picking->heap_count++;
    for (; at > 0 && better(added, picking->heap[(at - 1) / 2]); at = (at - 1) / 2)
        picking->heap[at] = picking->heap[(at - 1) / 2];
    picking->heap[at] = added;
}

/* The candidate with the largest gain now. False when none is left. */
static bool take_best(struct picking *picking, uint32_t *candidate)
{
    while (picking->heap_count) {
        struct waiting *top = &picking->heap[0];
        if (top->gain > picking->gains[top->candidate]) {
            top->gain = picking->gains[top->candidate];
            sink(picking, 0);
            continue;
        }
        *candidate = top->candidate;
        *top = picking->heap[--picking->heap_count];
        if (picking->heap_count)
            sink(picking, 0);
        return true;
    }
    return false;
}

/* -- how a candidate lies to the topics picked ---------------------------------------------------------------------- */

static uint32_t size_of(const struct picking *picking, uint32_t candidate)
{
    const struct lists *questions = &picking->subject->questions;
    return (uint32_t)(questions->starts[candidate + 1] - questions->starts[candidate]);
}

static void find_overlaps(struct picking *picking, uint32_t candidate)
{
    const struct lists *questions = &picking->subject->questions;
    while (picking->overlapping_count)
        picking->overlap[picking->overlapping[--picking->overlapping_count]] = 0;
    for (size_t i = questions->starts[candidate]; i < questions->starts[candidate + 1]; i++)
        for (uint32_t link = picking->first_link[questions->items[i]]; link != KEYWORD_TOPIC_NONE;
             link = picking->links[link].next) {
            uint32_t topic = picking->links[link].topic;
            if (picking->overlap[topic]++ == 0)
                picking->overlapping[picking->overlapping_count++] = topic;
        }
}

static bool is_share(uint32_t part, uint64_t whole, uint32_t percentage)
{
    return (uint64_t)part * 100 >= whole * percentage;
}

/* Whether candidate `below` nests under `above`. */
static bool nests(const struct picking *picking, uint32_t below, uint32_t above, uint32_t overlap)
{
    const struct subject_terms *subject = picking->subject;
    uint32_t size = size_of(picking, below), larger = size_of(picking, above);
    if (larger <= size)
        return false;
    if (is_share(larger, size, NEST_SIZE_PERCENTAGE) && is_share(overlap, size, NEST_PERCENTAGE))
        return true;
    return terms_contains(subject->terms, subject->term[subject->candidates[below]],
                          subject->term[subject->candidates[above]]);
}

static bool is_another_name(const struct picking *picking, uint32_t candidate)
{
    uint64_t size = size_of(picking, candidate);
    for (uint32_t i = 0; i < picking->overlapping_count; i++) {
        uint32_t topic = picking->overlapping[i], overlap = picking->overlap[topic];
        if (is_share(overlap, size + picking->topics[topic].size - overlap, SAME_PERCENTAGE))
            return true;
    }
    return false;
}

/* The smallest topic that the candidate nests under, or KEYWORD_TOPIC_NONE. */
static uint32_t find_parent(const struct picking *picking, uint32_t candidate)
{
    uint32_t parent = KEYWORD_TOPIC_NONE;
    for (uint32_t i = 0; i < picking->overlapping_count; i++) {
        uint32_t topic = picking->overlapping[i];
        const struct picked *picked = &picking->topics[topic];
        if (picked->candidate == candidate ||
            !nests(picking, candidate, picked->candidate, picking->overlap[topic]))
            continue;
        if (parent == KEYWORD_TOPIC_NONE || picked->size < picking->topics[parent].size ||
            (picked->size == picking->topics[parent].size && topic < parent))
            parent = topic;
    }
    return parent;
}

/* For want of a parent: the topic with most of the candidate's questions. */
static uint32_t find_adopter(const struct picking *picking, uint32_t candidate)
{
    uint32_t adopter = KEYWORD_TOPIC_NONE, size = size_of(picking, candidate);
    for (uint32_t i = 0; i < picking->overlapping_count; i++) {
        uint32_t topic = picking->overlapping[i], overlap = picking->overlap[topic];
        if (picking->topics[topic].size < 2 * (uint64_t)size || !is_share(overlap, size, ADOPT_PERCENTAGE))
            continue;
        if (adopter == KEYWORD_TOPIC_NONE || overlap > picking->overlap[adopter] ||
            (overlap == picking->overlap[adopter] && topic < adopter))
            adopter = topic;
    }
    return adopter;
}

/* -- picking -------------------------------------------------------------------------------------------------------- */

/* Makes the candidate a topic: its questions count less from now on, for every candidate they are in. */
static void keep(struct picking *picking, uint32_t candidate, uint32_t adopter, bool root)
{
    const struct lists *questions = &picking->subject->questions, *matches = &picking->subject->matches;
    uint32_t topic = picking->count++;
    picking->topics[topic] = (struct picked){
        .candidate = candidate, .size = size_of(picking, candidate), .parent = adopter, .root = root};
    picking->roots += root;
    for (size_t i = questions->starts[candidate]; i < questions->starts[candidate + 1]; i++) {
        uint32_t question = questions->items[i];
        double lost = picking->weights[question] * (1 - COVERED_WEIGHT);
        picking->weights[question] -= lost;
        for (size_t k = matches->starts[question]; k < matches->starts[question + 1]; k++)
            picking->gains[matches->items[k]] -= lost * picking->qualities[matches->items[k]];
        picking->links =
            mem_grow(picking->links, picking->link_count, &picking->link_capacity, sizeof *picking->links);
        picking->links[picking->link_count] = (struct topic_link){topic, picking->first_link[question]};
        picking->first_link[question] = (uint32_t)picking->link_count++;
    }
}

/* The roots that would nest under the candidate are roots no more. */
static uint32_t swallow_roots(struct picking *picking, uint32_t candidate, bool count_only)
{
    uint32_t swallowed = 0;
    for (uint32_t i = 0; i < picking->overlapping_count; i++) {
        struct picked *topic = &picking->topics[picking->overlapping[i]];
        if (!topic->root ||
            !nests(picking, topic->candidate, candidate, picking->overlap[picking->overlapping[i]]))
            continue;
        swallowed++;
        if (!count_only)
            topic->root = false;
    }
    return swallowed;
}

/* There may be a place for the candidate later: it comes up once more when those half as good do. */
static void put_off(struct picking *picking, uint32_t candidate)
{
    if (picking->put_off[candidate])
        return;
    picking->put_off[candidate] = true;
    picking->qualities[candidate] *= 0.5;
    picking->gains[candidate] *= 0.5;
    rise(picking, (struct waiting){picking->gains[candidate], candidate});
}

static void consider(struct picking *picking, uint32_t candidate)
{
    find_overlaps(picking, candidate);
    if (is_another_name(picking, candidate))
        return;
    bool root = find_parent(picking, candidate) == KEYWORD_TOPIC_NONE;
    uint32_t adopter = KEYWORD_TOPIC_NONE;
    if (root && (picking->roots - swallow_roots(picking, candidate, true) >= picking->max_roots ||
                 picking->gains[candidate] < ROOT_MIN_NEW * picking->qualities[candidate])) {
        adopter = find_adopter(picking, candidate);
        if (adopter == KEYWORD_TOPIC_NONE) {
            put_off(picking, candidate);
            return;
        }
        root = false;
    }
    picking->roots -= swallow_roots(picking, candidate, false);
    keep(picking, candidate, adopter, root);
}

static uint32_t limit(double factor, uint32_t questions, uint32_t least, uint32_t most)
{
    double value = factor * sqrt(questions);
    return value < least ? least : value > most ? most : (uint32_t)value;
}

static void start(struct picking *picking, struct arena *arena)
{
    const struct subject_terms *subject = picking->subject;
    uint32_t questions = subject->question_count;
    picking->max_roots = limit(ROOTS_FACTOR, questions, MIN_ROOTS, MAX_ROOTS);
    picking->max_count = limit(TOPICS_FACTOR, questions, MIN_ROOTS, MAX_TOPICS);
    picking->topics = arena_array(arena, picking->max_count, sizeof *picking->topics);
    picking->overlap = arena_array(arena, picking->max_count, sizeof *picking->overlap);
    picking->overlapping = arena_array(arena, picking->max_count, sizeof *picking->overlapping);
    picking->first_link = arena_array(arena, questions, sizeof *picking->first_link);
    picking->link_capacity = questions;
    picking->links = mem_resize(NULL, picking->link_capacity, sizeof *picking->links);
    picking->weights = arena_array(arena, questions, sizeof *picking->weights);
    for (uint32_t question = 0; question < questions; question++) {
        picking->first_link[question] = KEYWORD_TOPIC_NONE;
        picking->weights[question] = 1;
    }
    picking->gains = arena_array(arena, subject->candidate_count, sizeof *picking->gains);
    picking->put_off = arena_array(arena, subject->candidate_count, sizeof *picking->put_off);
    picking->heap = arena_array(arena, subject->candidate_count, sizeof *picking->heap);
    for (uint32_t candidate = 0; candidate < subject->candidate_count; candidate++) {
        picking->gains[candidate] = size_of(picking, candidate) * picking->qualities[candidate];
        if (picking->qualities[candidate] > 0)
            rise(picking, (struct waiting){picking->gains[candidate], candidate});
    }
}

/* -- the tree ------------------------------------------------------------------------------------------------------- */

/* A topic's depth, and that of all above it. Parents are larger, so the way up ends. */
static uint32_t settle_depth(struct picking *picking, uint32_t number)
{
    struct picked *topic = &picking->topics[number];
    if (topic->depth)
        return topic->depth;
    uint32_t depth = topic->parent == KEYWORD_TOPIC_NONE ? 0 : settle_depth(picking, topic->parent);
    if (depth == MAX_DEPTH) {
        topic->parent = picking->topics[topic->parent].parent;
        depth--;
    }
    return topic->depth = depth + 1;
}

/* Only now all topics are known that one can nest under. */
static void settle_parents(struct picking *picking)
{
    for (uint32_t i = 0; i < picking->count; i++) {
        struct picked *topic = &picking->topics[i];
        find_overlaps(picking, topic->candidate);
        uint32_t parent = find_parent(picking, topic->candidate);
        if (parent != KEYWORD_TOPIC_NONE)
            topic->parent = parent;
    }
    for (uint32_t i = 0; i < picking->count; i++)
        settle_depth(picking, i);
}

struct labelled {
    uint32_t topic, depth;
    struct str key, label;
};

static int compare_labelled(const void *left, const void *right)
{
    const struct labelled *a = left, *b = right;
    if (a->depth != b->depth)
        return a->depth < b->depth ? -1 : 1;
    int order = str_compare(a->key, b->key);
    if (order == 0)
        order = str_compare(a->label, b->label);
    return order ? order : (a->topic > b->topic) - (a->topic < b->topic);
}

/* Topics of smaller depth first, then by label. Returns the new number of every topic. */
static uint32_t *name_topics(const struct picking *picking, struct keyword_topics *result,
                             struct arena *scratch, struct arena *arena)
{
    struct labelled *order = arena_array(scratch, picking->count, sizeof *order);
    uint32_t *place = arena_array(scratch, picking->count, sizeof *place);
    for (uint32_t topic = 0; topic < picking->count; topic++) {
        const struct picked *picked = &picking->topics[topic];
        struct str label =
            topic_label(picking->subject, picking->subject->candidates[picked->candidate], arena);
        order[topic] = (struct labelled){topic, picked->depth, topic_label_key(label, scratch), label};
    }
    if (picking->count)
        qsort(order, picking->count, sizeof *order, compare_labelled);
    for (uint32_t i = 0; i < picking->count; i++)
        place[order[i].topic] = i;
    result->count = picking->count;
    result->topics = arena_array(arena, picking->count, sizeof *result->topics);
    for (uint32_t i = 0; i < picking->count; i++) {
        uint32_t parent = picking->topics[order[i].topic].parent;
        result->topics[i] = (struct keyword_topic){
            .label = order[i].label,
            .parent = parent == KEYWORD_TOPIC_NONE ? KEYWORD_TOPIC_NONE : place[parent],
        };
    }
    return place;
}

/* Puts every question below the deepest of its topics only, and counts it once in all that hold these. */
static void place_questions(const struct picking *picking, struct keyword_topics *result,
                            const uint32_t *place, struct arena *scratch, struct arena *arena)
{
    struct keyword_topic *topics = result->topics;
    uint32_t *counted = arena_array(scratch, result->count, sizeof *counted);
    uint32_t *above = arena_array(scratch, result->count, sizeof *above);
    struct lists *lists = &result->questions;
    lists->count = picking->subject->question_count;
    lists->starts = arena_array(arena, (size_t)lists->count + 1, sizeof *lists->starts);
    lists->items = arena_array(arena, picking->link_count, sizeof *lists->items);
    size_t used = 0;
    for (uint32_t question = 0; question < lists->count; question++) {
        uint32_t mark = question + 1, first = picking->first_link[question];
        for (uint32_t link = first; link != KEYWORD_TOPIC_NONE; link = picking->links[link].next) {
            uint32_t topic = place[picking->links[link].topic];
            while (counted[topic] != mark) {
                counted[topic] = mark;
                topics[topic].total++;
                if (topics[topic].parent == KEYWORD_TOPIC_NONE)
                    break;
                topic = topics[topic].parent;
                above[topic] = mark;
            }
        }
        for (uint32_t link = first; link != KEYWORD_TOPIC_NONE; link = picking->links[link].next) {
            uint32_t topic = place[picking->links[link].topic];
            if (above[topic] != mark)
                lists->items[used++] = topic;
        }
        lists->starts[question + 1] = used;
    }
}

void keyword_topics_pick(struct keyword_topics *result, const struct subject_terms *subject,
                         struct subject_desk *desk, struct arena *arena)
{
    struct picking picking = {.subject = subject, .qualities = topic_qualities(subject, &desk->arena)};
    start(&picking, &desk->arena);
    uint32_t candidate;
    while (picking.count < picking.max_count && take_best(&picking, &candidate))
        consider(&picking, candidate);
    settle_parents(&picking);
    uint32_t *place = name_topics(&picking, result, &desk->arena, arena);
    place_questions(&picking, result, place, &desk->arena, arena);
    mem_free(picking.links);
}
