#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"

/* Before that the time left is a guess of nothing. */
#define LEAST_SECONDS 0.5

static double seconds_since(struct timespec start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static void add_time(struct buf *line, double seconds)
{
    uint64_t whole = (uint64_t)(seconds + 1);
    if (whole < 120)
        buf_printf(line, ", %" PRIu64 " s left", whole);
    else
        buf_printf(line, ", %" PRIu64 " min left", whole / 60);
}

/* Writes a line over the one that stands there. */
static void write_over(struct cmd_progress *progress, struct str line)
{
    size_t rest = progress->shown > line.len ? progress->shown - line.len : 0;
    fprintf(stderr, "\r%.*s%*s", STR_ARG(line), (int)rest, "");
    progress->shown = line.len;
}

struct cmd_progress cmd_progress_start(void)
{
    struct cmd_progress progress = {.terminal = isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    return progress;
}

void cmd_progress_show(void *context, const struct library_progress *now)
{
    struct cmd_progress *progress = context;
    struct buf line = {0};
    double seconds = seconds_since(progress->start);
    if (!progress->terminal)
        return;
    buf_printf(&line, "%" PRIu32, now->files_done);
    if (now->files_total)
        buf_printf(&line, " of %" PRIu32, now->files_total);
    buf_printf(&line, " files");
    if (seconds > 0)
        buf_printf(&line, ", %.1f MB/s", (double)now->bytes_done / 1e6 / seconds);
    if (now->files_done && now->files_done < now->files_total && seconds > LEAST_SECONDS)
        add_time(&line, seconds / now->files_done * (now->files_total - now->files_done));
    write_over(progress, buf_str(&line));
    buf_free(&line);
}

void cmd_progress_end(struct cmd_progress *progress)
{
    if (!progress->shown)
        return;
    write_over(progress, STR(""));
    fputc('\r', stderr);
}
