/*
 * scale [-t THREADS] CORPUS OUT COUNT [SEED]: writes a library of COUNT files like those of CORPUS into the folder OUT, which must
 * not be there. The same bytes for the same CORPUS, COUNT and SEED (1), whatever the number of threads.
 *
 * Articles are put together from pieces of real ones of the same subject. In the same numbers as there are: subjects,
 * sizes, dates, kinds of pieces, keywords, links within sets and to what is missing, articles that stand in several
 * files, and rare words, which become more as the library grows.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../bench.h"
#include "../scale_text.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "lectern/thread.h"

enum { BATCH = 256 };

struct writing {
    const struct scale_plan *plan;
    int root;
    atomic_uint_fast32_t next;
    atomic_uint_fast64_t bytes;
};

static void write_whole(int root, const char *path, struct str text)
{
    int fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    while (fd >= 0 && text.len) {
        ssize_t written = write(fd, text.at, text.len);
        if (written < 0 && errno != EINTR)
            break;
        text = str_slice(text, written < 0 ? 0 : (size_t)written, text.len);
    }
    if (fd < 0 || text.len || close(fd) != 0)
        bench_fail("%s: %s", path, strerror(errno));
}

static void *write_files(void *argument)
{
    struct writing *writing = argument;
    struct buf path = {0}, text = {0};
    uint32_t first;
    while ((first = (uint32_t)atomic_fetch_add(&writing->next, BATCH)) < writing->plan->file_count) {
        uint32_t end = first + BATCH < writing->plan->file_count ? first + BATCH : writing->plan->file_count;
        for (uint32_t i = first; i < end; i++) {
            buf_clear(&path);
            buf_clear(&text);
            scale_path(writing->plan, &writing->plan->files[i], &path);
            scale_text(writing->plan, &writing->plan->files[i], &text);
            write_whole(writing->root, buf_cstr(&path), buf_str(&text));
            atomic_fetch_add(&writing->bytes, text.len);
        }
    }
    buf_free(&path);
    buf_free(&text);
    return NULL;
}

static void make_folders(const struct scale_plan *plan, int root)
{
    struct buf path = {0};
    for (uint32_t i = 0; i < plan->file_count; i++) {
        buf_clear(&path);
        scale_folder(plan, &plan->files[i], &path);
        if (mkdirat(root, buf_cstr(&path), 0755) != 0 && errno != EEXIST)
            bench_fail("%s: %s", buf_cstr(&path), strerror(errno));
    }
    buf_free(&path);
}

/* An empty file beside it says that it may be changed and made again. */
static void leave_mark(const char *out)
{
    struct buf mark = {0};
    buf_printf(&mark, "%s.made", out);
    int fd = open(buf_cstr(&mark), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || close(fd) != 0)
        bench_fail("%s: %s", buf_cstr(&mark), strerror(errno));
    buf_free(&mark);
}

/* Under another name until it is whole. */
static void write_library(const struct scale_plan *plan, const char *out, unsigned threads)
{
    struct writing writing = {.plan = plan, .root = -1};
    struct buf part = {0};
    buf_printf(&part, "%s.part", out);
    if (mkdir(buf_cstr(&part), 0755) != 0 ||
        (writing.root = open(buf_cstr(&part), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        bench_fail("%s: %s", buf_cstr(&part), strerror(errno));
    make_folders(plan, writing.root);
    pthread_t *workers = mem_calloc(threads, sizeof *workers);
    for (unsigned i = 0; i < threads; i++)
        if (thread_start(&workers[i], write_files, &writing) != 0)
            bench_fail("no thread could be started");
    for (unsigned i = 0; i < threads; i++)
        pthread_join(workers[i], NULL);
    mem_free(workers);
    close(writing.root);
    if (rename(buf_cstr(&part), out) != 0)
        bench_fail("%s: %s", out, strerror(errno));
    leave_mark(out);
    buf_free(&part);
    bench_note("%s: %u files, %u articles, %.1f MB", out, plan->file_count, plan->article_count,
               (double)writing.bytes / 1e6);
}

int main(int argc, char **argv)
{
    uint64_t threads = library_threads(0), count = 0, seed = 1;
    bool wrong = false;
    for (int option; (option = getopt(argc, argv, "t:")) != -1;)
        wrong |= option != 't' || !str_to_u64(str_from(optarg), &threads) || threads == 0 || threads > 256;
    argc -= optind;
    argv += optind;
    wrong |= argc < 3 || argc > 4 || !str_to_u64(str_from(argv[2]), &count) || count == 0 ||
             count > 10000000 || (argc == 4 && !str_to_u64(str_from(argv[3]), &seed));
    if (wrong)
        bench_fail("usage: scale [-t THREADS] CORPUS OUT COUNT [SEED]");
    struct scale_model model;
    struct scale_plan plan;
    scale_model_read(&model, argv[0]);
    scale_plan_make(&plan, &model, (uint32_t)count, seed);
    write_library(&plan, argv[1], (unsigned)threads);
    scale_plan_free(&plan);
    scale_model_free(&model);
    return 0;
}
