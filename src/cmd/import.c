/* lectern import: what lectern export has written, joined with what is here. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "lectern/bounds.h"
#include "lectern/state_lines.h"

/* So many bad lines are told one by one. */
#define MOST_TOLD 20

struct work {
    const char *name;
    enum text_charset charset;
    struct state_import *import;
    struct buf line;
    bool too_long; /* the line: its rest is left out */
    uint64_t bytes;
    size_t number, taken, known, bad;
};

static void tell_bad(struct work *work, struct err *err)
{
    if (work->bad++ >= MOST_TOLD)
        return;
    err->line = work->number;
    err_set_path(err, str_from(work->name));
    cmd_tell(err, work->charset);
}

/* -1 if nothing more can be taken. */
static int take_line(struct work *work, struct err *err)
{
    struct str line = buf_str(&work->line);
    work->number++;
    if (!str_trim(line).len && !work->too_long)
        return 0;
    switch (state_import_line(work->import, line, err)) {
    case STATE_LINE_NEW: work->taken++; break;
    case STATE_LINE_KNOWN: work->known++; break;
    case STATE_LINE_BAD: tell_bad(work, err); break;
    case STATE_LINE_FAILED: return -1;
    }
    return 0;
}

static int end_line(struct work *work, struct err *err)
{
    int status = take_line(work, err);
    buf_clear(&work->line);
    work->too_long = false;
    return status;
}

/* A line that is too long keeps just so much that it is seen to be. */
static void add_to_line(struct work *work, struct str part)
{
    size_t room = BOUND_LINE_BYTES + 1 - work->line.len;
    work->too_long = work->too_long || part.len > room;
    buf_add(&work->line, str_slice(part, 0, room));
}

static int take_bytes(struct work *work, struct str bytes, struct err *err)
{
    size_t end;
    work->bytes += bytes.len;
    if (work->bytes > BOUND_IMPORT_BYTES)
        return err_set(err, ERR_TOO_BIG, "import: that is more than %u GiB",
                       (unsigned)(BOUND_IMPORT_BYTES >> 30));
    while ((end = str_find_byte(bytes, '\n')) != STR_NOT_FOUND) {
        add_to_line(work, str_slice(bytes, 0, end));
        if (end_line(work, err) != 0)
            return -1;
        bytes = str_slice(bytes, end + 1, bytes.len);
    }
    add_to_line(work, bytes);
    return 0;
}

static int take_all(struct work *work, int fd, struct err *err)
{
    char bytes[1 << 16];
    for (;;) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            err_set_errno(err, errno, "import: it cannot be read");
            err_set_path(err, str_from(work->name));
            return -1;
        }
        if (got == 0)
            return work->line.len ? end_line(work, err) : 0;
        if (take_bytes(work, (struct str){bytes, (size_t)got}, err) != 0)
            return -1;
    }
}

static void tell_sum(const struct work *work)
{
    if (work->bad > MOST_TOLD)
        fprintf(stderr, "lectern: and %zu more such lines\n", work->bad - MOST_TOLD);
    printf("%zu new, %zu known already, %zu skipped\n", work->taken, work->known, work->bad);
}

/* All or nothing, but for lines that mean nothing. */
static int import(struct work *work, int fd, const struct cmd_context *context)
{
    struct err err;
    struct state *state = cmd_open_kept_state(&err);
    if (!state)
        return cmd_fail(&err, context->charset);
    work->import = state_import_begin(state, &err);
    int status = work->import ? take_all(work, fd, &err) : -1;
    if (work->import && state_import_end(work->import, status == 0, status == 0 ? &err : NULL) != 0)
        status = -1;
    state_close(state);
    buf_free(&work->line);
    if (status != 0)
        return cmd_fail(&err, context->charset);
    tell_sum(work);
    return work->bad ? 1 : 0;
}

int cmd_import(const struct cmd_call *call, const struct cmd_context *context)
{
    struct err err;
    const char *name = call->words[0];
    bool standard = strcmp(name, "-") == 0;
    struct work work = {.name = standard ? "standard input" : name, .charset = context->charset};
    int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        err_set_errno(&err, errno, "import: it cannot be opened");
        err_set_path(&err, str_from(name));
        return cmd_fail(&err, context->charset);
    }
    int status = import(&work, fd, context);
    if (!standard)
        close(fd);
    return status;
}
