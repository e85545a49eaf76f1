#include "opened.h"

#include <stdlib.h>

#include "bench.h"

/* What fits beside a title on a wide screen. */
#define SNIPPET_CELLS 80

static void open_library(struct opened *opened, const char *folder)
{
    struct err err;
    *opened = (struct opened){.library = library_open(&folder, 1, &err)};
    if (!opened->library)
        bench_fail("%s: %s", folder, err.message);
}

static void finish(struct opened *opened, const char *folder)
{
    if (catalogue_count(opened->parts.catalogue) == 0)
        bench_fail("%s: no articles", folder);
    opened->segments = segments_single(opened->parts.index);
    opened->scratch = search_scratch_new();
}

void opened_read(struct opened *opened, const char *folder)
{
    struct err err;
    struct library_scan wishes = {0};
    open_library(opened, folder);
    if (index_parts_read(opened->library, &wishes, NULL, &opened->parts, &err) != 0)
        bench_fail("%s: %s", folder, err.message);
    finish(opened, folder);
}

void opened_open(struct opened *opened, const char *folder)
{
    struct err err;
    struct buf cache = {0};
    open_library(opened, folder);
    if (index_file_folder(&cache, getenv("XDG_CACHE_HOME"), NULL, &err) != 0 ||
        index_file_open(buf_cstr(&cache), opened->library, &opened->parts, &err) != 0)
        bench_fail("%s: %s", folder, err.message);
    buf_free(&cache);
    finish(opened, folder);
}

void opened_free(struct opened *opened)
{
    search_scratch_free(opened->scratch);
    segments_release(opened->segments);
    index_parts_free(&opened->parts);
    library_close(opened->library);
}

void opened_search(const struct opened *opened, struct str query, size_t limit, struct arena *arena,
                   struct search_results *results)
{
    struct query typed;
    *results = (struct search_results){0};
    if (query_parse(arena, query, true, &typed, NULL) == 0)
        search_run(opened->parts.catalogue, opened->segments, &typed, limit, NULL, opened->scratch, arena,
                   results);
}

void opened_search_shown(const struct opened *opened, struct str query, size_t limit, struct arena *arena,
                         struct search_results *results)
{
    opened_search(opened, query, limit, arena, results);
    for (size_t i = 0; i < results->count; i++) {
        struct str text = search_text(opened->scratch, opened->segments, results->hits[i].article);
        search_snippet(arena, results->marks, text, SNIPPET_CELLS, true, NULL);
    }
}

uint32_t opened_word_count(const struct opened *opened, struct str word)
{
    uint32_t term, end;
    index_find_prefix(opened->parts.index, word, &term, &end);
    bool known = term < end && str_eq(index_term(opened->parts.index, term), word);
    return known ? index_term_documents(opened->parts.index, term) : 0;
}

bool opened_file(const struct opened *opened, uint32_t file, struct arena *arena, struct article *out)
{
    struct err err;
    return library_read(opened->library, opened->parts.catalogue, file, arena, out, &err) >= 0;
}

bool opened_article(const struct opened *opened, uint32_t article, struct arena *arena, struct article *out)
{
    uint32_t file = catalogue_file_of(opened->parts.catalogue, article, 0);
    return file != CATALOGUE_NONE && opened_file(opened, file, arena, out);
}
