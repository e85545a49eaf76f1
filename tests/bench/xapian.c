#include "xapian.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "child.h"

/* As the programs call the classes; those without a name are not theirs. */
static const char *const names[CLASSES] = {
    [CLASS_RARE] = "rare",        [CLASS_COMMON] = "common",    [CLASS_TWO] = "two",
    [CLASS_THREE] = "three",      [CLASS_PHRASE] = "phrase",    [CLASS_PREFIX_1] = "prefix1",
    [CLASS_PREFIX_2] = "prefix2", [CLASS_PREFIX_3] = "prefix3", [CLASS_PREFIX_4] = "prefix4",
};

/* What the programs read: where a text begins, and how long its title, keywords and body are, a line feed behind each. */
struct place {
    uint64_t start;
    uint32_t title, keywords, body, number;
};

static FILE *create(const char *base, const char *ending)
{
    struct buf path = {0};
    buf_printf(&path, "%s%s", base, ending);
    FILE *file = fopen(buf_cstr(&path), "w");
    if (!file)
        bench_fail("%s: %s", buf_cstr(&path), strerror(errno));
    buf_free(&path);
    return file;
}

static void close_written(FILE *file)
{
    if (ferror(file) || fclose(file) != 0)
        bench_fail("a file for a peer could not be written");
}

static void write_texts(const struct opened *opened, const char *base)
{
    FILE *texts = create(base, ".txt"), *places = create(base, ".idx");
    struct arena arena = {0};
    struct place place = {0};
    for (uint32_t a = 0; a < catalogue_count(opened->parts.catalogue); a++) {
        struct article article = {0};
        struct buf keywords = {0};
        opened_article(opened, a, &arena, &article);
        for (size_t i = 0; i < article.keyword_count; i++)
            buf_printf(&keywords, "%s%.*s", i ? ", " : "", STR_ARG(article.keywords[i]));
        place.title = (uint32_t)article.title.len;
        place.keywords = (uint32_t)keywords.len;
        place.body = (uint32_t)article.text.len;
        place.number = a;
        fwrite(&place, sizeof place, 1, places);
        fprintf(texts, "%.*s\n%.*s\n", STR_ARG(article.title), STR_ARG(buf_str(&keywords)));
        fwrite(article.text.len ? article.text.at : "", 1, article.text.len, texts);
        fputc('\n', texts);
        place.start += (uint64_t)place.title + place.keywords + place.body + 3;
        buf_free(&keywords);
        arena_reset(&arena);
    }
    arena_free(&arena);
    close_written(texts);
    close_written(places);
}

static void write_queries(const struct opened *opened, const char *base)
{
    FILE *file = create(base, ".tsv");
    struct arena arena = {0};
    for (enum query_class kind = 0; kind < CLASSES; kind++) {
        if (!names[kind])
            continue;
        struct queries queries = class_queries(opened, kind, XAPIAN_QUERIES, &arena);
        for (size_t i = 0; i < queries.count; i++) {
            struct str query = str_trim(queries.at[i]);
            bool quoted = str_starts(query, STR("\""));
            query = quoted ? str_slice(query, 1, query.len - 1) : query;
            fprintf(file, "%s\t%.*s\n", names[kind], STR_ARG(query));
        }
    }
    arena_free(&arena);
    close_written(file);
}

static double number_behind(const char *line, const char *key)
{
    const char *at = strstr(line, key);
    return at ? strtod(at + strlen(key), NULL) : 0;
}

static void read_times(const char *path, struct xapian_times *times)
{
    char line[1024];
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        struct str rest = str_trim(str_from(line)), name;
        str_cut(rest, ' ', &name, &rest);
        for (enum query_class kind = 0; kind < CLASSES; kind++)
            if (names[kind] && str_eq(name, str_from(names[kind]))) {
                times->p50[kind] = number_behind(line, " p50 ");
                times->p99[kind] = number_behind(line, " p99 ");
            }
    }
    if (file)
        fclose(file);
}

static bool run(const char *peers, const char *base, struct xapian_times *times)
{
    struct buf build = {0}, query = {0}, database = {0}, queries = {0}, told = {0};
    int status;
    buf_printf(&build, "%s/xap_build", peers);
    buf_printf(&query, "%s/xap_query", peers);
    buf_printf(&database, "%s.db", base);
    buf_printf(&queries, "%s.tsv", base);
    buf_printf(&told, "%s.told", base);
    const char *const to_build[] = {buf_cstr(&build), base, buf_cstr(&database), "1", "1", NULL};
    const char *const to_query[] = {
        buf_cstr(&query), buf_cstr(&database), buf_cstr(&queries), "1", "3", NULL};
    double seconds = child_timed(to_build, NULL, &status);
    if (status == 0) {
        bench_row("Xapian: building, its texts ready", seconds, "s", "", NO_TARGET);
        child_timed(to_query, buf_cstr(&told), &status);
        read_times(buf_cstr(&told), times);
    }
    buf_free(&build);
    buf_free(&query);
    buf_free(&database);
    buf_free(&queries);
    buf_free(&told);
    return status == 0;
}

bool xapian_measure(const struct bench_setup *setup, const struct opened *opened, struct xapian_times *times,
                    const char **why)
{
    const char *peers = getenv("PEERS");
    struct buf base = {0};
    *times = (struct xapian_times){0};
    *why = "PEERS names no folder with xap_build and xap_query";
    if (!peers || !*peers)
        return false;
    buf_printf(&base, "%s.xapian", setup->database);
    write_texts(opened, buf_cstr(&base));
    write_queries(opened, buf_cstr(&base));
    bool measured = run(peers, buf_cstr(&base), times);
    *why = "xap_build or xap_query has failed";
    buf_free(&base);
    return measured;
}
