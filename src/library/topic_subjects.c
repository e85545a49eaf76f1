#include <stdlib.h>
#include <string.h>

#include "keyword_topics.h"
#include "lectern/library.h"
#include "lectern/thread.h"
#include "lists.h"
#include "subject_terms.h"
#include "topic_builder.h"
#include "topic_label.h"

#define MAX_THREADS 64u

struct subject_entry {
    uint32_t subject, question_count;
    struct str key; /* for the alphabet */
    struct keyword_topics topics;
};

struct subjects {
    const struct topic_builder *builder;
    struct terms terms;
    struct lists questions; /* by subject, in reading order */
    struct subject_entry *entries;
    uint32_t entry_count;
    uint32_t *by_size; /* entries, the largest first: nobody waits for one that was begun last */
    atomic_uint next;
};

struct worker {
    pthread_t thread;
    bool started;
    struct subjects *subjects;
    struct arena arena; /* of the results */
};

/* The questions of every subject. */
static struct lists gather_questions(const struct topic_builder *builder, struct arena *arena)
{
    uint32_t count = catalogue_count(builder->catalogue);
    struct lists subjects = {.count = count};
    size_t total = 0;
    subjects.starts = arena_array(arena, (size_t)count + 1, sizeof *subjects.starts);
    for (uint32_t i = 0; i < count; i++) {
        total += catalogue_count_subjects(builder->catalogue, builder->order[i]);
        subjects.starts[i + 1] = total;
    }
    subjects.items = arena_array(arena, total, sizeof *subjects.items);
    for (uint32_t i = 0; i < count; i++)
        for (size_t at = subjects.starts[i]; at < subjects.starts[i + 1]; at++)
            subjects.items[at] =
                catalogue_subject_of(builder->catalogue, builder->order[i], at - subjects.starts[i]);
    struct lists questions = lists_transpose(arena, &subjects, catalogue_subject_count(builder->catalogue));
    for (size_t i = 0; i < total; i++)
        questions.items[i] = builder->order[questions.items[i]];
    return questions;
}

/* By name; "Unsorted" comes last. */
static int compare_names(const void *left, const void *right)
{
    const struct subject_entry *a = left, *b = right;
    if ((a->subject == 0) != (b->subject == 0))
        return a->subject == 0 ? 1 : -1;
    int order = str_compare(a->key, b->key);
    return order ? order : (a->subject > b->subject) - (a->subject < b->subject);
}

struct sized {
    uint32_t entry, size;
};

static int compare_sizes(const void *left, const void *right)
{
    const struct sized *a = left, *b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static void list_entries(struct subjects *subjects, struct arena *arena)
{
    const struct catalogue *catalogue = subjects->builder->catalogue;
    uint32_t count = catalogue_subject_count(catalogue);
    subjects->entries = arena_array(arena, count, sizeof *subjects->entries);
    for (uint32_t subject = 0; subject < count; subject++) {
        size_t questions = subjects->questions.starts[subject + 1] - subjects->questions.starts[subject];
        if (questions == 0)
            continue;
        subjects->entries[subjects->entry_count++] = (struct subject_entry){
            .subject = subject,
            .question_count = (uint32_t)questions,
            .key = topic_label_key(catalogue_subject_name(catalogue, subject), arena),
        };
    }
    count = subjects->entry_count;
    if (count)
        qsort(subjects->entries, count, sizeof *subjects->entries, compare_names);
    struct sized *sized = arena_array(arena, count, sizeof *sized);
    for (uint32_t i = 0; i < count; i++)
        sized[i] = (struct sized){i, subjects->entries[i].question_count};
    if (count)
        qsort(sized, count, sizeof *sized, compare_sizes);
    subjects->by_size = arena_array(arena, count, sizeof *subjects->by_size);
    for (uint32_t i = 0; i < count; i++)
        subjects->by_size[i] = sized[i].entry;
}

static const uint32_t *questions_of(const struct subjects *subjects, const struct subject_entry *entry)
{
    return subjects->questions.items + subjects->questions.starts[entry->subject];
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct subjects *subjects = worker->subjects;
    struct subject_desk desk;
    subject_desk_start(&desk, &subjects->terms);
    for (;;) {
        uint32_t turn = atomic_fetch_add(&subjects->next, 1);
        if (turn >= subjects->entry_count || topic_builder_cancelled(subjects->builder))
            break;
        struct subject_entry *entry = &subjects->entries[subjects->by_size[turn]];
        struct subject_terms subject = {
            .catalogue = subjects->builder->catalogue,
            .terms = &subjects->terms,
            .articles = questions_of(subjects, entry),
            .question_count = entry->question_count,
            .subject = entry->subject,
        };
        subject_terms_build(&subject, &desk);
        keyword_topics_pick(&entry->topics, &subject, &desk, &worker->arena);
    }
    subject_desk_free(&desk);
    return NULL;
}

/* Picks the topics of all subjects; the calling thread works too. */
static void pick_topics(struct subjects *subjects, struct worker *workers, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        workers[i].subjects = subjects;
    for (unsigned i = 1; i < count; i++)
        workers[i].started = thread_start(&workers[i].thread, work, &workers[i]) == 0;
    work(&workers[0]);
    for (unsigned i = 1; i < count; i++)
        if (workers[i].started)
            pthread_join(workers[i].thread, NULL);
}

static void place_in_topics(struct topic_builder *builder, const struct subject_entry *entry,
                            const uint32_t *questions, uint32_t subject_topic)
{
    const struct keyword_topics *topics = &entry->topics;
    uint32_t first = builder->topic_count, other = TOPIC_NONE;
    for (uint32_t i = 0; i < topics->count; i++) {
        const struct keyword_topic *topic = &topics->topics[i];
        uint32_t parent = topic->parent == KEYWORD_TOPIC_NONE ? subject_topic : first + topic->parent;
        uint32_t number =
            topic_builder_add(builder, TOPIC_KEYWORD, parent, arena_str(builder->arena, topic->label));
        builder->topics[number].total = topic->total;
    }
    for (uint32_t i = 0; i < entry->question_count; i++) {
        size_t from = topics->questions.starts[i], to = topics->questions.starts[i + 1];
        for (size_t k = from; k < to; k++)
            topic_builder_place(builder, first + topics->questions.items[k], questions[i]);
        if (from < to)
            continue;
        if (other == TOPIC_NONE)
            other = topic_builder_add(builder, TOPIC_OTHER, subject_topic, STR("Other questions"));
        topic_builder_place(builder, other, questions[i]);
        builder->topics[other].total++;
    }
}

static void add_entry(struct topic_builder *builder, const struct subjects *subjects,
                      const struct subject_entry *entry)
{
    const uint32_t *questions = questions_of(subjects, entry);
    struct str name = catalogue_subject_name(builder->catalogue, entry->subject);
    uint32_t topic = topic_builder_add(builder, TOPIC_SUBJECT, 0, arena_str(builder->arena, name));
    builder->topics[topic].subject = entry->subject;
    builder->topics[topic].total = entry->question_count;
    if (entry->topics.count) {
        place_in_topics(builder, entry, questions, topic);
        return;
    }
    for (uint32_t i = 0; i < entry->question_count; i++)
        topic_builder_place(builder, topic, questions[i]);
}

void topic_subjects_add(struct topic_builder *builder, bool detailed, unsigned threads)
{
    struct arena arena = {0};
    struct subjects subjects = {.builder = builder, .questions = gather_questions(builder, &arena)};
    list_entries(&subjects, &arena);
    unsigned count = library_threads(threads);
    if (count > MAX_THREADS)
        count = MAX_THREADS;
    struct worker *workers = arena_array(&arena, count, sizeof *workers);
    if (detailed) {
        terms_build(&subjects.terms, builder->catalogue);
        pick_topics(&subjects, workers, count);
    }
    if (!topic_builder_cancelled(builder))
        for (uint32_t i = 0; i < subjects.entry_count; i++)
            add_entry(builder, &subjects, &subjects.entries[i]);
    for (unsigned i = 0; i < count; i++)
        arena_free(&workers[i].arena);
    if (detailed)
        terms_free(&subjects.terms);
    arena_free(&arena);
}
