#include "floors.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yaml.h>

#include "bench.h"
#include "lectern/mem.h"
#include "lectern/str.h"

static void add_file(struct bench_files *files, struct buf *path)
{
    struct str name = buf_str(path);
    char *copy = mem_alloc(name.len + 1);
    memcpy(copy, buf_cstr(path), name.len + 1);
    files->paths = mem_grow(files->paths, files->count, &files->capacity, sizeof *files->paths);
    files->paths[files->count++] = copy;
}

static void walk(struct bench_files *files, struct buf *path)
{
    DIR *folder = opendir(buf_cstr(path));
    if (!folder)
        return;
    size_t len = path->len;
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat info;
        if (entry->d_name[0] == '.')
            continue;
        path->len = len;
        buf_printf(path, "/%s", entry->d_name);
        if (lstat(buf_cstr(path), &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode))
            walk(files, path);
        else if (S_ISREG(info.st_mode)) {
            add_file(files, path);
            files->bytes += (double)info.st_size;
        }
    }
    closedir(folder);
}

/* What a thread does with the files it takes. */
struct floor_work {
    const struct bench_files *files;
    atomic_size_t next;
    void (*each)(struct buf *text);
};

static void read_whole(const char *path, struct buf *text)
{
    char chunk[65536];
    buf_clear(text);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    for (ssize_t got; (got = read(fd, chunk, sizeof chunk)) > 0;)
        buf_add(text, (struct str){chunk, (size_t)got});
    close(fd);
}

static void *work_on(void *argument)
{
    enum { BATCH = 64 };
    struct floor_work *work = argument;
    struct buf text = {0};
    size_t first;
    while ((first = atomic_fetch_add(&work->next, BATCH)) < work->files->count) {
        for (size_t i = first; i < first + BATCH && i < work->files->count; i++) {
            read_whole(work->files->paths[i], &text);
            work->each(&text);
        }
    }
    buf_free(&text);
    return NULL;
}

static double timed(const struct bench_files *files, unsigned threads, void (*each)(struct buf *text))
{
    struct floor_work work = {.files = files, .each = each};
    pthread_t *workers = mem_calloc(threads, sizeof *workers);
    double start = bench_now();
    for (unsigned i = 0; i < threads; i++)
        if (pthread_create(&workers[i], NULL, work_on, &work) != 0)
            abort();
    for (unsigned i = 0; i < threads; i++)
        pthread_join(workers[i], NULL);
    mem_free(workers);
    return bench_now() - start;
}

static void only_read(struct buf *text)
{
    (void)text;
}

static void parse_front_matter(struct buf *text)
{
    struct str all = buf_str(text);
    if (!str_starts(all, STR("---\n")))
        return;
    struct str yaml = str_slice(all, 4, all.len);
    size_t end = str_find(yaml, STR("\n---"));
    yaml = str_slice(yaml, 0, end == STR_NOT_FOUND ? yaml.len : end + 1);

    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.at, yaml.len);
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

double floor_read(const struct bench_files *files, unsigned threads)
{
    return timed(files, threads, only_read);
}

double floor_yaml(const struct bench_files *files, unsigned threads)
{
    return timed(files, threads, parse_front_matter);
}

void files_list(const char *folder, struct bench_files *files)
{
    struct buf path = {0};
    buf_add(&path, str_from(folder));
    walk(files, &path);
    buf_free(&path);
    timed(files, 1, only_read);
}

void files_free(struct bench_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        mem_free(files->paths[i]);
    mem_free(files->paths);
    *files = (struct bench_files){0};
}
