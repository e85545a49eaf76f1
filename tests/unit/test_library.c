#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/library.h"

static void assert_str(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.at, wanted, got.len);
}

static void write_many(struct folder *folder, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const char *name = arena_printf(&folder->arena, "many/%04u.md", i).at;
        const char *title = arena_printf(&folder->arena, "Title %u", i).at;
        const char *more = arena_printf(&folder->arena,
                                        "id: %u\nsubject: Subject %u\n"
                                        "related_article1: {id: %u}\nrelated_article2: {id: %u}\n",
                                        i, i % 7, i * 3 % count, i + count / 2)
                               .at;
        folder_article(folder, name, title, more);
    }
}

enum { MANY = 500 };

/* What one scan told. */
struct told {
    atomic_uint articles, wrong_numbers;
    unsigned threads;
    uint32_t partials, last_count, files_done;
    atomic_bool *cancel;
    uint32_t in_a_row[8], first[8]; /* by thread: articles since the last batch, and the first of them */
    atomic_uint batches;
};

static void take_article(void *context, unsigned thread, uint32_t file, const struct article *article)
{
    struct told *told = context;
    struct buf title = {0};
    buf_printf(&title, "Title %u", (unsigned)file);
    if (!str_eq(article->title, buf_str(&title)) || thread >= told->threads)
        atomic_fetch_add(&told->wrong_numbers, 1);
    buf_free(&title);
    atomic_fetch_add(&told->articles, 1);
    if (told->in_a_row[thread]++ == 0)
        told->first[thread] = file;
    if (file != told->first[thread] + told->in_a_row[thread] - 1)
        atomic_fetch_add(&told->wrong_numbers, 1);
}

/* All of them are there, in their order; only the last batch may be shorter. */
static void take_batch(void *context, unsigned thread, uint32_t file)
{
    struct told *told = context;
    uint32_t first = file / LIBRARY_BATCH * LIBRARY_BATCH;
    uint32_t wanted = first + LIBRARY_BATCH <= MANY ? LIBRARY_BATCH : MANY - first;
    if (told->first[thread] != first || told->in_a_row[thread] != wanted)
        atomic_fetch_add(&told->wrong_numbers, 1);
    told->in_a_row[thread] = 0;
    atomic_fetch_add(&told->batches, 1);
}

static void take_partial(void *context, struct catalogue *catalogue)
{
    struct told *told = context;
    uint32_t count = catalogue_count(catalogue);
    assert_true(count >= 2 * told->last_count);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(catalogue_count_links(catalogue, i), 2);
    told->partials++;
    told->last_count = count;
    catalogue_release(catalogue);
}

static void take_progress(void *context, const struct library_progress *progress)
{
    struct told *told = context;
    assert_true(progress->files_done >= told->files_done);
    told->files_done = progress->files_done;
}

static struct catalogue *scan_many(struct folder *folder, unsigned threads, struct told *told)
{
    struct library *library;
    struct library_scan scan = {.threads = threads,
                                .context = told,
                                .article = take_article,
                                .batch = take_batch,
                                .progress = take_progress,
                                .partial = take_partial};
    told->threads = threads;
    struct catalogue *catalogue = folder_scan_with(folder, (const char *[]){"many"}, 1, &scan, &library);
    library_close(library);
    return catalogue;
}

static void numbers_do_not_depend_on_threads(void **state)
{
    struct folder *folder = *state;
    write_many(folder, MANY);
    struct told one = {0}, many = {0};
    struct catalogue *a = scan_many(folder, 1, &one);
    struct catalogue *b = scan_many(folder, 5, &many);
    assert_int_equal(one.articles, MANY);
    assert_int_equal(many.articles, MANY);
    assert_int_equal(one.batches, 63);
    assert_int_equal(many.batches, 63);
    assert_int_equal(one.wrong_numbers + many.wrong_numbers, 0);
    assert_int_equal(one.files_done, MANY);
    assert_int_equal(catalogue_count(a), MANY);
    assert_int_equal(catalogue_count(b), MANY);
    assert_int_equal(catalogue_missing(a), catalogue_missing(b));
    assert_int_equal(catalogue_subject_count(a), catalogue_subject_count(b));
    for (uint32_t i = 0; i < MANY; i++) {
        assert_true(str_eq(catalogue_title(a, i), catalogue_title(b, i)));
        assert_int_equal(catalogue_subject_of(a, i, 0), catalogue_subject_of(b, i, 0));
        assert_int_equal(catalogue_link_of(a, i, 1).target, catalogue_link_of(b, i, 1).target);
    }
    catalogue_release(a);
    catalogue_release(b);
}

static void cancel_at_first_article(void *context, unsigned thread, uint32_t file,
                                    const struct article *article)
{
    (void)thread;
    (void)file;
    (void)article;
    atomic_store((atomic_bool *)context, true);
}

static void a_cancelled_scan_gives_nothing(void **state)
{
    struct folder *folder = *state;
    write_many(folder, 60);
    atomic_bool cancel = false;
    struct library_scan scan = {
        .threads = 2, .cancel = &cancel, .context = &cancel, .article = cancel_at_first_article};
    struct err err;
    const char *root = folder_path(folder, "many");
    struct library *library = library_open(&root, 1, &err);
    assert_null(library_scan(library, &scan, &err));
    assert_int_equal(err.kind, ERR_NONE);
    library_close(library);
}

static void every_entry_that_is_not_read_is_accounted_for(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "library/a.md", "A", "");
    folder_write(folder, "library/.git/config", "x");
    folder_write(folder, "library/.hidden", "x");
    folder_write(folder, "library/sub/z.md", "# Z\n\ntext\n");
    FILE *binary = fopen(folder_path(folder, "library/image.png"), "wb");
    fwrite("\x89PNG\0\0\0", 1, 7, binary);
    fclose(binary);
    assert_int_equal(symlink("a.md", folder_path(folder, "library/link.md")), 0);
    assert_int_equal(symlink("..", folder_path(folder, "library/sub/loop")), 0);
    assert_int_equal(mkfifo(folder_path(folder, "library/pipe"), 0600), 0);
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"library"}, 1, &(struct library_scan){0}, &library);
    static const struct {
        const char *path;
        bool expected;
    } wanted[] = {{".git", true},     {".hidden", true}, {"image.png", true},
                  {"link.md", false}, {"pipe", false},   {"sub/loop", false}};
    assert_int_equal(catalogue_count(catalogue), 2);
    assert_int_equal(catalogue_file_count(catalogue), 3);
    assert_int_equal(catalogue_file(catalogue, 1).article, CATALOGUE_NONE);
    assert_int_equal(catalogue_problem_count(catalogue), 6);
    for (size_t i = 0; i < 6; i++) {
        struct catalogue_problem problem = catalogue_problem(catalogue, i);
        assert_str(problem.path, wanted[i].path);
        assert_true(problem.skipped);
        assert_int_equal(problem.expected, wanted[i].expected);
        assert_true(problem.message.len > 0);
    }
    library_close(library);
    catalogue_release(catalogue);
}

static void a_file_reached_through_two_roots_is_read_once(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a/x.md", "X", "");
    folder_article(folder, "a/y.md", "Y", "");
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"a/y.md", "a"}, 2, &(struct library_scan){0}, &library);
    assert_int_equal(catalogue_count(catalogue), 2);
    assert_str(catalogue_title(catalogue, 0), "Y");
    assert_int_equal(catalogue_problem_count(catalogue), 1);
    struct catalogue_problem problem = catalogue_problem(catalogue, 0);
    assert_str(problem.path, "y.md");
    assert_int_equal(problem.root, 1);
    assert_true(problem.skipped);
    assert_true(problem.expected);
    assert_true(str_starts(problem.message, STR("already read as ")));
    assert_true(str_ends(problem.message, STR("a/y.md")));
    library_close(library);
    catalogue_release(catalogue);
}

static void a_root_that_is_a_link_is_followed(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a/x.md", "X", "");
    assert_int_equal(symlink("a", folder_path(folder, "folder")), 0);
    assert_int_equal(symlink("a/x.md", folder_path(folder, "file")), 0);
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"folder"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(catalogue_count(catalogue), 1);
    library_close(library);
    catalogue_release(catalogue);
    catalogue = folder_scan_with(folder, (const char *[]){"file"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(catalogue_count(catalogue), 1);
    library_close(library);
    catalogue_release(catalogue);
}

static void a_root_that_cannot_be_opened_is_an_error(void **state)
{
    struct folder *folder = *state;
    struct err err = {0};
    const char *roots[] = {folder->path, folder_path(folder, "nowhere")};
    assert_null(library_open(roots, 2, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_string_equal(err.path, roots[1]);
    assert_int_equal(mkfifo(folder_path(folder, "pipe"), 0600), 0);
    roots[1] = folder_path(folder, "pipe");
    assert_null(library_open(roots, 2, &err));
    assert_int_equal(err.kind, ERR_KIND);
}

static void a_library_is_named_after_its_first_root(void **state)
{
    struct folder *folder = *state;
    struct err err;
    folder_write(folder, "articles/a.txt", "x");
    const char *roots[] = {folder_path(folder, "articles/"), folder_path(folder, "articles/a.txt"),
                           folder->path};
    struct library *library = library_open(roots, 1, &err);
    assert_str(library_name(library), "articles");
    library_close(library);
    library = library_open(roots, 3, &err);
    assert_str(library_name(library), "articles + 2");
    assert_int_equal(library_root_count(library), 3);
    assert_string_equal(library_root(library, 1), roots[1]);
    library_close(library);
}

static void a_file_is_read_as_it_is_now(void **state)
{
    struct folder *folder = *state;
    struct arena arena = {0};
    struct article article;
    struct str source;
    struct err err;
    folder_article(folder, "a/x.md", "X", "");
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"a"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(library_read(library, catalogue, 0, &arena, &article, &err), 0);
    assert_str(article.title, "X");
    assert_str(article.text, "About X.");
    folder_article(folder, "a/x.md", "Longer", "");
    assert_int_equal(library_read(library, catalogue, 0, &arena, &article, &err), 1);
    assert_int_equal(err.kind, ERR_CHANGED);
    assert_str(article.title, "Longer");
    assert_int_equal(library_read_source(library, catalogue, 0, &arena, &source, &err), 1);
    assert_true(str_starts(source, STR("---\ntitle: Longer\n")));
    assert_int_equal(unlink(folder_path(folder, "a/x.md")), 0);
    assert_int_equal(library_read(library, catalogue, 0, &arena, &article, &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_str(catalogue_title(catalogue, 0), "X");
    library_close(library);
    assert_str(catalogue_title(catalogue, 0), "X");
    catalogue_release(catalogue);
    arena_free(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_do_not_depend_on_threads),
        TEST(a_cancelled_scan_gives_nothing),
        TEST(every_entry_that_is_not_read_is_accounted_for),
        TEST(a_file_reached_through_two_roots_is_read_once),
        TEST(a_root_that_is_a_link_is_followed),
        TEST(a_root_that_cannot_be_opened_is_an_error),
        TEST(a_library_is_named_after_its_first_root),
        TEST(a_file_is_read_as_it_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
