#include "scan.h"

#include <string.h>
#include <time.h>

#include "lectern/bounds.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "lectern/thread.h"

#define UNIT_DOCUMENTS 32u

/* Units that may wait for an earlier one that takes long. */
#define UNITS 64u

/* Milliseconds for a text, and bytes of a long one for one more. */
#define TEXT_MS      20u
#define BYTES_PER_MS ((size_t)64 << 10)

/* A pattern that is too hard for so many documents is too hard. */
#define MOST_GIVEN_UP 100u

/* Texts of the first segment that are kept, so that the next scan, with the next letter, need not decode them again: all of
 * some ten thousand articles. */
#define KEPT_BYTES     (24L << 20)
#define KEPT_DOCUMENTS ((size_t)1 << 16)

struct unit {
    size_t from, to; /* of the scan's documents */
    bool done;
    size_t count;
    struct scan_match matches[UNIT_DOCUMENTS];
};

struct member {
    struct scan_crew *crew;
    struct index_texts *texts[SEGMENTS_MOST];
    pthread_t thread;
};

struct scan_crew {
    struct member *members; /* the first one is the calling thread */
    unsigned count;
    struct unit *units; /* UNITS, by number */
    struct str *kept;   /* texts by document; of those from `kept_count` on none */
    size_t kept_count;
    atomic_long keepable; /* bytes */

    const struct scan *scan;
    uint64_t end;         /* nanoseconds */
    pthread_mutex_t lock; /* for all below */
    pthread_cond_t changed;
    size_t next;          /* of the documents, not handed out yet */
    size_t handed, taken; /* units handed out, and those of them whose matches have gone to the caller */
    bool over;            /* no more units: the time is over, or the scan is cancelled */
    bool cancelled;
    struct scan_limits limits;
};

struct scan_crew *scan_crew_new(void)
{
    struct scan_crew *crew = mem_calloc(1, sizeof *crew);
    crew->count = library_threads(0);
    crew->members = mem_calloc(crew->count, sizeof *crew->members);
    crew->units = mem_calloc(UNITS, sizeof *crew->units);
    for (unsigned i = 0; i < crew->count; i++)
        crew->members[i].crew = crew;
    atomic_init(&crew->keepable, KEPT_BYTES);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->changed, NULL);
    return crew;
}

void scan_crew_free(struct scan_crew *crew)
{
    if (!crew)
        return;
    for (unsigned i = 0; i < crew->count; i++)
        for (size_t s = 0; s < SEGMENTS_MOST; s++)
            index_texts_free(crew->members[i].texts[s]);
    for (size_t i = 0; i < crew->kept_count; i++)
        mem_free((char *)crew->kept[i].at);
    mem_free(crew->kept);
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    mem_free(crew->members);
    mem_free(crew->units);
    mem_free(crew);
}

static uint64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void make_room(struct scan_crew *crew)
{
    size_t documents = index_document_count(crew->scan->segments->at[0].index);
    if (crew->kept)
        return;
    crew->kept_count = documents < KEPT_DOCUMENTS ? documents : KEPT_DOCUMENTS;
    crew->kept = mem_calloc(crew->kept_count, sizeof *crew->kept);
}

static bool is_cancelled(const struct scan *scan)
{
    return scan->cancel && atomic_load_explicit(scan->cancel, memory_order_relaxed);
}

static struct index *index_of(const struct scan *scan)
{
    return scan->segments->at[scan->segment].index;
}

static size_t end_of_unit(const struct scan *scan, size_t from)
{
    return scan->count - from > UNIT_DOCUMENTS ? from + UNIT_DOCUMENTS : scan->count;
}

/* With the lock held: the next unit, or NULL if there is none now. */
static struct unit *hand_out(struct scan_crew *crew)
{
    const struct scan *scan = crew->scan;
    crew->cancelled |= is_cancelled(scan);
    crew->over |= crew->cancelled || clock_now() >= crew->end;
    if (crew->over || crew->next == scan->count || crew->handed - crew->taken == UNITS)
        return NULL;
    struct unit *unit = &crew->units[crew->handed++ % UNITS];
    unit->from = crew->next;
    unit->to = crew->next = end_of_unit(scan, crew->next);
    unit->count = 0;
    unit->done = false;
    return unit;
}

static unsigned milliseconds_for(const struct scan_crew *crew, size_t len)
{
    uint64_t now = clock_now(), left = now < crew->end ? (crew->end - now) / 1000000u : 0;
    uint64_t wanted = TEXT_MS + len / BYTES_PER_MS;
    return (unsigned)(left < wanted ? left : wanted);
}

/* Counts the matches in a text. False when a limit was hit, or it was cancelled. */
static bool count_matches(const struct scan_crew *crew, struct pattern_finder *finder, struct str text,
                          uint8_t *count, struct err *err)
{
    struct pattern_match match;
    int result = 0;
    pattern_begin(finder, text, milliseconds_for(crew, text.len));
    while (*count < SCAN_COUNTED && (result = pattern_next(finder, &match, err)) > 0)
        ++*count;
    return result >= 0;
}

/* A copy, unless too much is kept already. */
static struct str keep(struct scan_crew *crew, struct str text)
{
    long len = (long)text.len;
    if (len == 0 || len > KEPT_BYTES)
        return (struct str){0};
    if (atomic_fetch_sub(&crew->keepable, len) < len) {
        atomic_fetch_add(&crew->keepable, len);
        return (struct str){0};
    }
    char *copy = mem_alloc(text.len);
    memcpy(copy, text.at, text.len);
    return (struct str){copy, text.len};
}

/* Each document is looked at by one thread, so that its place among those that are kept is that thread's meanwhile. */
static struct str text_of(struct member *member, uint32_t document)
{
    struct scan_crew *crew = member->crew;
    size_t segment = crew->scan->segment;
    bool keeping = segment == 0 && document < crew->kept_count;
    struct str text;
    if (keeping && crew->kept[document].at)
        return crew->kept[document];
    index_text(member->texts[segment], document, &text);
    if (keeping)
        crew->kept[document] = keep(crew, text);
    return text;
}

/* What an article holds of a pattern, if it can be told. False when cancelled. */
static bool look_at(struct member *member, struct pattern_finder *finder, uint32_t document,
                    struct unit *unit, size_t *given_up)
{
    const struct scan *scan = member->crew->scan;
    struct scan_match match = {.document = document};
    struct err err = {0};
    uint32_t article = segment_article(&scan->segments->at[scan->segment], document);
    struct str text = text_of(member, document);
    bool whole =
        count_matches(member->crew, finder, catalogue_title(scan->catalogue, article), &match.in_title, &err);
    whole &= count_matches(member->crew, finder, text, &match.in_text, &err);
    if (!whole && err.kind == ERR_NONE)
        return false;
    if (match.in_title || match.in_text)
        unit->matches[unit->count++] = match;
    else
        *given_up += !whole;
    return true;
}

static void work_on(struct member *member, struct pattern_finder *finder, struct unit *unit)
{
    struct scan_crew *crew = member->crew;
    size_t given_up = 0;
    bool going_on = true;
    for (size_t i = unit->from; i < unit->to && going_on; i++)
        going_on = look_at(member, finder, crew->scan->documents[i], unit, &given_up);
    pthread_mutex_lock(&crew->lock);
    crew->cancelled |= !going_on;
    crew->limits.given_up += given_up;
    crew->over |= crew->limits.given_up >= MOST_GIVEN_UP;
    unit->done = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

static struct pattern_finder *get_ready(struct member *member)
{
    const struct scan *scan = member->crew->scan;
    if (!member->texts[scan->segment])
        member->texts[scan->segment] = index_texts_new(index_of(scan));
    return pattern_finder_new(scan->pattern, scan->cancel);
}

static void *help(void *argument)
{
    struct member *member = argument;
    struct scan_crew *crew = member->crew;
    struct pattern_finder *finder = get_ready(member);
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        struct unit *unit = hand_out(crew);
        if (unit) {
            pthread_mutex_unlock(&crew->lock);
            work_on(member, finder, unit);
            pthread_mutex_lock(&crew->lock);
        } else if (crew->over || crew->next == crew->scan->count) {
            break;
        } else {
            pthread_cond_wait(&crew->changed, &crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
    pattern_finder_free(finder);
    return NULL;
}

/* With the lock held, which is given up meanwhile: the matches of the units that are done go to the caller. */
static void deliver(struct scan_crew *crew)
{
    while (crew->taken < crew->handed && crew->units[crew->taken % UNITS].done && !crew->cancelled) {
        const struct unit *unit = &crew->units[crew->taken % UNITS];
        pthread_mutex_unlock(&crew->lock);
        crew->scan->found(crew->scan->context, unit->matches, unit->count);
        pthread_mutex_lock(&crew->lock);
        crew->taken++;
        pthread_cond_broadcast(&crew->changed);
    }
}

/* The calling thread's part: looks at units, and delivers what all have found. */
static void lead(struct scan_crew *crew)
{
    struct member *member = &crew->members[0];
    struct pattern_finder *finder = get_ready(member);
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        deliver(crew);
        struct unit *unit = hand_out(crew);
        if (unit) {
            pthread_mutex_unlock(&crew->lock);
            work_on(member, finder, unit);
            pthread_mutex_lock(&crew->lock);
        } else if (crew->cancelled || crew->taken == crew->handed) {
            break;
        } else if (!crew->units[crew->taken % UNITS].done) {
            pthread_cond_wait(&crew->changed, &crew->lock);
        }
    }
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    pattern_finder_free(finder);
}

bool scan_run(struct scan_crew *crew, const struct scan *scan, struct scan_limits *limits)
{
    unsigned helpers = 0;
    size_t wanted = scan->count / (2 * UNIT_DOCUMENTS);
    crew->scan = scan;
    crew->end = clock_now() + (uint64_t)scan->milliseconds * 1000000u;
    crew->next = crew->handed = crew->taken = 0;
    crew->over = crew->cancelled = false;
    crew->limits = (struct scan_limits){0};
    make_room(crew);
    while (helpers < wanted && helpers + 1 < crew->count &&
           thread_start(&crew->members[helpers + 1].thread, help, &crew->members[helpers + 1]) == 0)
        helpers++;
    lead(crew);
    for (unsigned i = 1; i <= helpers; i++)
        pthread_join(crew->members[i].thread, NULL);
    limits->given_up += crew->limits.given_up;
    limits->left += scan->count - crew->next;
    return !crew->cancelled;
}
