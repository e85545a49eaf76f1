/*
 * What is the reader's own must not slow the program down, however much there is of it: each key beside the same key in a
 * program that knows nothing of its reader.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "lectern/state_lines.h"
#include "opened.h"
#include "parts.h"
#include "pty.h"

enum { VISITS = 1000000, BOOKMARKS = 100000, NOTES = 5000, TIMES = 40, STARTS = 9, PATH_BYTES = 4096 };

/* A key may take so much longer, or this longer, in ms: less cannot be told from the machine's own unrest. */
#define MOST_RATIO 1.3
#define UNREST     0.5

/* -- making it ------------------------------------------------------------------------------------------------------ */

struct filling {
    const struct catalogue *catalogue;
    struct state_import *import;
    struct buf line;
    uint32_t articles;
};

/* The article with a number: one of the library, or one of another. */
static void begin_line(struct filling *filling, const char *kind, uint32_t number)
{
    struct buf *line = &filling->line;
    struct str id = number < filling->articles ? catalogue_id(filling->catalogue, number) : (struct str){0};
    buf_clear(line);
    if (id.len)
        buf_printf(line, "{\"kind\":\"%s\",\"id\":\"%.*s\"", kind, STR_ARG(id));
    else
        buf_printf(line, "{\"kind\":\"%s\",\"id\":\"elsewhere-%u\"", kind, number);
}

static void end_line(struct filling *filling)
{
    struct err err;
    buf_add_byte(&filling->line, '}');
    if (state_import_line(filling->import, buf_str(&filling->line), &err) != STATE_LINE_NEW)
        bench_fail("%s: %s", buf_cstr(&filling->line), err.message);
}

/* The library's own come last, so that they are the latest. */
static void add_lines(struct filling *filling)
{
    for (uint32_t i = BOOKMARKS; i-- > 0;) {
        begin_line(filling, "bookmark", i);
        buf_printf(&filling->line, ",\"made\":%u,\"tags\":\"t%u t%u\"", 1700000000 + BOOKMARKS - i, i % 7,
                   i % 100);
        end_line(filling);
        begin_line(filling, "reading", i);
        buf_printf(&filling->line, ",\"read\":%s,\"read_at\":1700000000,\"furthest\":1",
                   i % 2 ? "true" : "false");
        end_line(filling);
    }
    for (uint32_t i = 0; i < NOTES; i++) {
        begin_line(filling, "note", i * 3);
        buf_printf(&filling->line,
                   ",\"changed\":1700000000,\"text\":\"What I think of number %u, in some words.\"", i);
        end_line(filling);
    }
    for (uint32_t i = 0; i < VISITS; i++) {
        begin_line(filling, "visit", (uint32_t)((uint64_t)i * 7919 % BOOKMARKS));
        buf_printf(&filling->line, ",\"at\":%u", 1600000000 + i);
        end_line(filling);
    }
}

static void fill(const char *data, const char *folder)
{
    struct err err;
    struct opened opened;
    struct buf place = {0};
    opened_open(&opened, folder);
    buf_printf(&place, "%s/lectern", data);
    struct state *state = state_open(buf_cstr(&place), &err);
    if (!state_is_kept(state))
        bench_fail("%s: %s", data, err.message);
    struct filling filling = {.catalogue = opened.parts.catalogue, .import = state_import_begin(state, &err)};
    filling.articles = catalogue_article_count(opened.parts.catalogue);
    double start = bench_now();
    if (!filling.import)
        bench_fail("%s: %s", data, err.message);
    add_lines(&filling);
    if (state_import_end(filling.import, true, &err) != 0)
        bench_fail("%s: %s", data, err.message);
    double lines = VISITS + 2.0 * BOOKMARKS + NOTES;
    char beside[64];
    snprintf(beside, sizeof beside, "%.3g s for %.3g lines", bench_now() - start, lines);
    bench_row("taking it in", lines / (bench_now() - start) / 1e3, "lines/ms", beside, NO_TARGET);
    buf_free(&filling.line);
    buf_free(&place);
    state_close(state);
    opened_free(&opened);
}

/* -- keys ----------------------------------------------------------------------------------------------------------- */

struct two {
    struct pty empty, full;
};

/* The medians, and how often the one is the other. */
static void compare(const char *what, struct bench_samples *empty, struct bench_samples *full)
{
    char beside[96];
    double before = samples_part(empty, 0.5) * 1e3, after = samples_part(full, 0.5) * 1e3;
    if (empty->count == 0 || full->count == 0) {
        bench_row_missing(what, "nothing happened");
    } else {
        snprintf(beside, sizeof beside, "p50 %.3g ms beside %.3g; p99 %.3g beside %.3g", after, before,
                 samples_part(full, 0.99) * 1e3, samples_part(empty, 0.99) * 1e3);
        bench_row(what, after / before, "times", beside, BELOW(MOST_RATIO + UNREST / before));
    }
    samples_free(empty);
    samples_free(full);
}

static void sample(const struct pty *pty, const char *before, const char *key, struct bench_samples *samples)
{
    if (before)
        pty_key(pty, before, FRAME_GAP);
    double seconds = pty_key(pty, key, FRAME_GAP);
    if (seconds >= 0)
        samples_add(samples, seconds);
}

/* By turns, so that a busy machine slows both. */
static void key_row(const struct two *two, const char *what, const char *before, const char *key)
{
    struct bench_samples empty = {0}, full = {0};
    for (int i = 0; i < TIMES; i++) {
        sample(&two->empty, before, key, &empty);
        sample(&two->full, before, key, &full);
    }
    compare(what, &empty, &full);
}

/* What only the full one can show. */
static void list_row(const struct two *two, const char *what, const char *key)
{
    struct bench_samples samples = {0};
    for (int i = 0; i < TIMES; i++) {
        sample(&two->full, NULL, key, &samples);
        pty_key(&two->full, "q", FRAME_GAP);
    }
    bench_row_times(what, &samples, BELOW(20));
    samples_free(&samples);
}

/* Both find about as much, or only the full one finds something. */
static void search_row(const struct two *two, const char *what, const char *query, bool both)
{
    struct bench_samples samples[2] = {{0}, {0}};
    for (int i = 0; i < TIMES / 4; i++)
        for (int full = 0; full < 2; full++) {
            const struct pty *pty = full ? &two->full : &two->empty;
            pty_key(pty, "s", RESULTS_GAP);
            double start = bench_now();
            double frame = pty_key(pty, query, FRAME_GAP), end = pty_quiet(pty, RESULTS_GAP, RESULTS_GAP);
            if (frame >= 0 || end > 0)
                samples_add(&samples[full], end > 0 ? end - start : frame);
            pty_key(pty, "\033", RESULTS_GAP);
            pty_quiet(pty, RESULTS_GAP, REST_GAP);
        }
    if (both) {
        compare(what, &samples[0], &samples[1]);
        return;
    }
    bench_row_times(what, &samples[1], BELOW(50));
    samples_free(&samples[0]);
    samples_free(&samples[1]);
}

static void start(struct pty *pty, const struct bench_setup *setup, const char *data, const char *folder)
{
    setenv("XDG_DATA_HOME", data, 1);
    if (!pty_start(pty, setup->program, folder))
        bench_fail("%s was not started", setup->program);
}

static void start_row(const struct bench_setup *setup, const char *const data[2], const char *folder)
{
    struct bench_samples samples[2] = {{0}, {0}};
    for (int i = 0; i < STARTS; i++)
        for (int full = 0; full < 2; full++) {
            struct pty pty;
            start(&pty, setup, data[full], folder);
            double end = pty_quiet(&pty, FRAME_GAP, PATIENCE);
            if (end > 0)
                samples_add(&samples[full], end - pty.started);
            pty_end(&pty);
        }
    compare("first frame", &samples[0], &samples[1]);
}

static void key_rows(const struct two *two)
{
    pty_key(&two->empty, "l", FRAME_GAP);
    pty_key(&two->full, "l", FRAME_GAP);
    key_row(two, "next article", NULL, "]");
    key_row(two, "back", "]", "\x7f");
    key_row(two, "scroll", "\x15", "\x04");
    key_row(two, "mark as read, and count", NULL, "x");
    key_row(two, "bookmark", NULL, "*");
    pty_key(&two->empty, "h", FRAME_GAP);
    pty_key(&two->full, "h", FRAME_GAP);
    key_row(two, "j in the tree", NULL, "j");
    key_row(two, "Enter in the tree", "hj", "\r");
    search_row(two, "search: the is:unread", "the is:unread", true);
    search_row(two, "search: is:read", "is:read", false);
    search_row(two, "search: note:think", "note:think", false);
    list_row(two, "list of bookmarks", "B");
    list_row(two, "list of what was opened", "V");
    list_row(two, "list of notes", "A");
}

void own_rows(const struct bench_setup *setup, const char *folder)
{
    char empty[PATH_BYTES], full[PATH_BYTES];
    const char *const data[2] = {empty, full};
    struct two two;
    snprintf(empty, sizeof empty, "%s.empty-XXXXXX", setup->database);
    snprintf(full, sizeof full, "%s.full-XXXXXX", setup->database);
    if (!mkdtemp(empty) || !mkdtemp(full))
        bench_fail("%s: no place for what is kept", setup->database);
    fill(full, folder);
    start_row(setup, data, folder);
    start(&two.empty, setup, empty, folder);
    start(&two.full, setup, full, folder);
    pty_settle(&two.empty, 60);
    pty_settle(&two.full, 60);
    key_rows(&two);
    pty_end(&two.empty);
    pty_end(&two.full);
}
