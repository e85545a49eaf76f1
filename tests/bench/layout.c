/*
 * Articles set for the terminal, beside what md4c itself needs to make HTML of the same texts, and lowdown to set them for a
 * terminal. All on one core. lowdown is a program, which gets the texts as one file.
 */
#include <md4c-html.h>
#include <stdio.h>

#include "bench.h"
#include "child.h"
#include "lectern/arena.h"
#include "lectern/layout.h"
#include "lectern/mem.h"
#include "long.h"
#include "opened.h"
#include "parts.h"

enum {
    WIDTH = 80,
    RUNS = 3, /* of which the fastest counts */
    MOST = 20000,
};

struct texts {
    struct arena arena;
    struct str *at;
    size_t count, bytes, largest;
};

static void read_texts(const struct opened *opened, struct texts *texts)
{
    uint32_t count = catalogue_count(opened->parts.catalogue);
    texts->at = arena_array(&texts->arena, MOST, sizeof *texts->at);
    for (uint32_t i = 0; i < count && texts->count < MOST; i++) {
        struct article article;
        if (!opened_article(opened, i, &texts->arena, &article) || article.kind == ARTICLE_PLAIN)
            continue;
        texts->at[texts->count] = article.text;
        texts->bytes += article.text.len;
        if (article.text.len > texts->at[texts->largest].len)
            texts->largest = texts->count;
        texts->count++;
    }
}

static void set(struct str text, struct arena *arena)
{
    struct layout layout;
    struct layout_options options = {.width = WIDTH};
    layout_build(arena, markdown_parse(arena, text), &options, &layout);
    arena_reset(arena);
}

static double own_time(const struct texts *texts, struct bench_samples *single)
{
    struct arena arena = {0};
    double start = bench_now();
    for (size_t i = 0; i < texts->count; i++) {
        double from = bench_now();
        set(texts->at[i], &arena);
        samples_add(single, bench_now() - from);
    }
    double seconds = bench_now() - start;
    arena_free(&arena);
    return seconds;
}

static void drop(const MD_CHAR *text, MD_SIZE size, void *context)
{
    (void)text;
    *(size_t *)context += size;
}

static double html_time(const struct texts *texts)
{
    size_t made = 0;
    double start = bench_now();
    for (size_t i = 0; i < texts->count; i++)
        md_html(texts->at[i].at, (MD_SIZE)texts->at[i].len, drop, &made,
                MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS, 0);
    if (made == 0)
        bench_fail("md4c has made nothing");
    return bench_now() - start;
}

/* 0 if the program is not there. */
static double lowdown_time(const struct texts *texts, const char *path)
{
    const char *const command[] = {"lowdown", "-Tterm", "--term-width=80", path, NULL};
    int status;
    FILE *file = fopen(path, "w");
    if (!file)
        bench_fail("%s cannot be written", path);
    for (size_t i = 0; i < texts->count; i++)
        fprintf(file, "%.*s\n\n", STR_ARG(texts->at[i]));
    fclose(file);
    double seconds = child_timed(command, NULL, &status);
    remove(path);
    return status == 0 ? seconds : 0;
}

void layout_rows(const struct bench_setup *setup, const char *folder)
{
    struct opened opened;
    struct texts texts = {0};
    struct bench_samples single = {0};
    struct buf path = {0};
    double own = 0, html = 0;
    opened_open(&opened, folder);
    read_texts(&opened, &texts);
    for (int run = 0; run < RUNS; run++) { /* in turns, so that a busy machine slows both */
        samples_free(&single);
        double by_us = own_time(&texts, &single), by_md4c = html_time(&texts);
        own = run == 0 || by_us < own ? by_us : own;
        html = run == 0 || by_md4c < html ? by_md4c : html;
    }
    if (texts.count == 0)
        bench_fail("%s has no article to set", folder);
    double megabytes = (double)texts.bytes / 1e6;
    char beside[64];
    snprintf(beside, sizeof beside, "%zu articles, %.1f MB", texts.count, megabytes);
    bench_row("articles set at width 80", megabytes / own, "MB/s", beside, ABOVE(60));
    snprintf(beside, sizeof beside, "md4c to HTML %.3g MB/s", megabytes / html);
    bench_row("  slower than md4c alone", own / html, "times", beside, BELOW(5));
    buf_printf(&path, "%s.md", setup->database);
    double lowdown = lowdown_time(&texts, buf_cstr(&path));
    snprintf(beside, sizeof beside, "lowdown -Tterm %.3g MB/s", lowdown > 0 ? megabytes / lowdown : 0);
    if (lowdown > 0)
        bench_row("  faster than lowdown", lowdown / own, "times", beside, ABOVE(5));
    else
        bench_row_missing("  faster than lowdown", "there is no lowdown");
    bench_row("the median article", samples_part(&single, 0.5) * 1e3, "ms", "", BELOW(1));
    snprintf(beside, sizeof beside, "%.1f kB", (double)texts.at[texts.largest].len / 1e3);
    struct arena arena = {0};
    double start = bench_now();
    set(texts.at[texts.largest], &arena);
    bench_row("the largest", (bench_now() - start) * 1e3, "ms", beside, BELOW(5));
    arena_free(&arena);
    long_rows(setup->program, setup->database, texts.at, texts.count);
    buf_free(&path);
    samples_free(&single);
    arena_free(&texts.arena);
    opened_free(&opened);
}
