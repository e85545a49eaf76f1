#include "fts.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bench.h"
#include "lectern/mem.h"
#include "lectern/text.h"
#include "lectern/thread.h"

/* How much a title and a keyword count against the text. */
#define WEIGHTED_RANK "bm25(10.0, 5.0, 1.0)"

struct fts {
    sqlite3 *db;
    sqlite3_stmt *insert;
    sqlite3_stmt *search[2][2]; /* by weights, and whether with snippets */
};

static void check(struct fts *fts, int status, const char *what)
{
    if (status != SQLITE_OK && status != SQLITE_DONE)
        bench_fail("SQLite: %s: %s", what, sqlite3_errmsg(fts->db));
}

static void execute(struct fts *fts, const char *sql)
{
    check(fts, sqlite3_exec(fts->db, sql, NULL, NULL, NULL), sql);
}

static void prepare(struct fts *fts, const char *sql, sqlite3_stmt **statement)
{
    check(fts, sqlite3_prepare_v2(fts->db, sql, -1, statement, NULL), sql);
}

static void bind(sqlite3_stmt *statement, int place, struct str text)
{
    sqlite3_bind_text(statement, place, text.len ? text.at : "", str_int_len(text), SQLITE_STATIC);
}

/* Threads parse a batch of articles each, and insert it when all before it are in: FTS5 wants its rows in order. */
enum { BATCH = 64 };
struct building {
    struct fts *fts;
    const struct opened *opened;
    pthread_mutex_t lock;
    pthread_cond_t turned;
    uint32_t next, turn; /* first articles of the batch to take, and of the one to insert */
};

static void insert_row(struct fts *fts, uint32_t number, const struct article *article)
{
    struct buf title = {0}, keywords = {0};
    buf_add(&title, article->title);
    if (!str_eq(article->title, article->question))
        buf_printf(&title, "\n%.*s", STR_ARG(article->question));
    for (size_t i = 0; i < article->keyword_count; i++)
        buf_printf(&keywords, "%s%.*s", i ? ", " : "", STR_ARG(article->keywords[i]));
    sqlite3_bind_int64(fts->insert, 1, (sqlite3_int64)number + 1);
    bind(fts->insert, 2, buf_str(&title));
    bind(fts->insert, 3, buf_str(&keywords));
    bind(fts->insert, 4, article->text);
    check(fts, sqlite3_step(fts->insert), "INSERT");
    sqlite3_reset(fts->insert);
    buf_free(&title);
    buf_free(&keywords);
}

static void insert_in_turn(struct building *building, uint32_t first, const struct article *articles,
                           uint32_t count)
{
    pthread_mutex_lock(&building->lock);
    while (building->turn != first)
        pthread_cond_wait(&building->turned, &building->lock);
    pthread_mutex_unlock(&building->lock);
    for (uint32_t i = 0; i < count; i++)
        insert_row(building->fts, first + i, &articles[i]);
    pthread_mutex_lock(&building->lock);
    building->turn += BATCH;
    pthread_cond_broadcast(&building->turned);
    pthread_mutex_unlock(&building->lock);
}

static void *build(void *argument)
{
    struct building *building = argument;
    struct arena arena = {0};
    uint32_t count = catalogue_count(building->opened->parts.catalogue);
    for (;;) {
        struct article articles[BATCH] = {0};
        pthread_mutex_lock(&building->lock);
        uint32_t first = building->next, taken = 0;
        building->next += BATCH;
        pthread_mutex_unlock(&building->lock);
        if (first >= count)
            break;
        for (; taken < BATCH && first + taken < count; taken++)
            opened_article(building->opened, first + taken, &arena, &articles[taken]);
        insert_in_turn(building, first, articles, taken);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return NULL;
}

static void build_on_threads(struct building *building, unsigned threads)
{
    pthread_t *workers = mem_calloc(threads, sizeof *workers);
    for (unsigned i = 0; i < threads; i++)
        if (thread_start(&workers[i], build, building) != 0)
            bench_fail("no thread could be started");
    for (unsigned i = 0; i < threads; i++)
        pthread_join(workers[i], NULL);
    mem_free(workers);
}

static void prepare_searches(struct fts *fts)
{
    static const char *const ranks[] = {[FTS_DEFAULT] = "bm25()", [FTS_WEIGHTED] = WEIGHTED_RANK};
    for (int w = 0; w < 2; w++)
        for (int s = 0; s < 2; s++) {
            char sql[256];
            snprintf(sql, sizeof sql,
                     "SELECT rowid%s FROM f WHERE f MATCH ? AND rank MATCH '%s' ORDER BY rank LIMIT ?",
                     s ? ", snippet(f, 2, '[', ']', '...', 20)" : "", ranks[w]);
            prepare(fts, sql, &fts->search[w][s]);
        }
}

static struct fts *connect(const char *path)
{
    struct fts *fts = mem_calloc(1, sizeof *fts);
    check(fts, sqlite3_open(path ? path : ":memory:", &fts->db), "open");
    execute(fts, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
                 "PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 16000000000");
    return fts;
}

struct fts *fts_open(const char *path)
{
    struct fts *fts = connect(path);
    prepare_searches(fts);
    return fts;
}

struct fts *fts_build(const char *path, const struct opened *opened, unsigned threads, double *seconds)
{
    double start = bench_now();
    struct fts *fts = connect(path);
    struct building building = {
        .fts = fts, .opened = opened, .lock = PTHREAD_MUTEX_INITIALIZER, .turned = PTHREAD_COND_INITIALIZER};
    execute(fts, "CREATE VIRTUAL TABLE f USING fts5(title, keywords, text, tokenize = 'porter unicode61');"
                 "BEGIN");
    prepare(fts, "INSERT INTO f(rowid, title, keywords, text) VALUES (?, ?, ?, ?)", &fts->insert);
    build_on_threads(&building, threads);
    execute(fts, "COMMIT");
    *seconds = bench_now() - start;
    execute(fts, "INSERT INTO f(f) VALUES ('optimize')");
    prepare_searches(fts);
    return fts;
}

void fts_close(struct fts *fts)
{
    sqlite3_finalize(fts->insert);
    for (int w = 0; w < 2; w++)
        for (int s = 0; s < 2; s++)
            sqlite3_finalize(fts->search[w][s]);
    sqlite3_close(fts->db);
    mem_free(fts);
}

static double pragma(const struct fts *fts, const char *sql)
{
    sqlite3_stmt *statement;
    double value = 0;
    if (sqlite3_prepare_v2(fts->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

double fts_size(const struct fts *fts)
{
    return (pragma(fts, "PRAGMA page_count") - pragma(fts, "PRAGMA freelist_count")) *
           pragma(fts, "PRAGMA page_size");
}

void fts_query(struct buf *out, struct str query, enum fts_join join, bool prefix)
{
    static const char *const between[] = {
        [FTS_ALL] = "\" AND \"", [FTS_ANY] = "\" OR \"", [FTS_PHRASE] = " "};
    struct str word;
    size_t count = 0;
    while (text_next_word(&query, &word)) {
        buf_add(out, str_from(count++ ? between[join] : "\""));
        text_fold(out, word);
    }
    if (count)
        buf_add(out, str_from(prefix ? "\"*" : "\""));
}

size_t fts_search(struct fts *fts, struct str query, enum fts_weights weights, bool snippets, size_t limit,
                  uint32_t *articles)
{
    sqlite3_stmt *search = fts->search[weights][snippets];
    size_t count = 0;
    int status;
    bind(search, 1, query);
    sqlite3_bind_int64(search, 2, (sqlite3_int64)limit);
    while ((status = sqlite3_step(search)) == SQLITE_ROW) {
        articles[count++] = (uint32_t)(sqlite3_column_int64(search, 0) - 1);
        if (snippets)
            sqlite3_column_text(search, 1);
    }
    check(fts, status, query.at);
    sqlite3_reset(search);
    return count;
}
