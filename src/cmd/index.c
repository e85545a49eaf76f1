/* lectern index: the index file of a library: written, told of, tested. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "lectern/index_file.h"

enum index_task { TASK_UPDATE, TASK_STATUS, TASK_REBUILD, TASK_VERIFY };

struct work {
    const struct cmd_context *context;
    struct library *library;
    struct buf folder, name;
};

int cmd_index_folder(struct buf *out, struct err *err)
{
    return index_file_folder(out, getenv("XDG_CACHE_HOME"), getenv("HOME"), err);
}

static void add_counts(struct buf *line, const struct catalogue *catalogue)
{
    uint32_t files = catalogue_files_there(catalogue), articles = catalogue_article_count(catalogue);
    buf_printf(line, ", %" PRIu32 " %s, %" PRIu32 " %s", files, files == 1 ? "file" : "files", articles,
               articles == 1 ? "article" : "articles");
}

static void tell(const struct work *work, const char *what, const struct catalogue *catalogue)
{
    struct buf line = {0};
    buf_add(&line, buf_str(&work->folder));
    buf_add_byte(&line, '/');
    buf_add(&line, buf_str(&work->name));
    buf_printf(&line, ": %s", what);
    if (catalogue)
        add_counts(&line, catalogue);
    cmd_write(stdout, buf_str(&line), work->context->charset);
    putchar('\n');
    buf_free(&line);
}

static int write_anew(struct work *work)
{
    struct err err;
    struct index_parts parts = {0};
    struct cmd_progress progress = cmd_progress_start();
    struct library_scan wishes = {.context = &progress, .progress = cmd_progress_show};
    int status = index_parts_read(work->library, &wishes, NULL, &parts, &err);
    if (status == 0)
        status = index_file_write(buf_cstr(&work->folder), work->library, &parts, NULL, &err);
    cmd_progress_end(&progress);
    if (status == 0)
        tell(work, "written", parts.catalogue);
    index_parts_free(&parts);
    return status == 0 ? 0 : cmd_fail(&err, work->context->charset);
}

/* What is wrong with an index that cannot be opened. */
static int tell_unusable(struct work *work, const struct err *err)
{
    if (err->kind != ERR_NOT_FOUND && err->kind != ERR_FORMAT)
        return cmd_fail(err, work->context->charset);
    tell(work, err->kind == ERR_NOT_FOUND ? "absent" : err->message, NULL);
    return 1;
}

/* --status looks at the library, --verify at the file. */
static int look(struct work *work, enum index_task task)
{
    struct err err;
    struct index_parts parts;
    if (index_file_open(buf_cstr(&work->folder), work->library, &parts, &err) != 0)
        return tell_unusable(work, &err);
    int good = task == TASK_VERIFY
                   ? index_file_intact(&parts, NULL, &err) && index_file_delta_intact(&parts, NULL, &err)
                   : cmd_unchanged(work->library, parts.catalogue, &err);
    if (good < 0) {
        index_parts_free(&parts);
        return cmd_fail(&err, work->context->charset);
    }
    if (task == TASK_VERIFY) {
        tell(work, good ? "intact" : err.message, good ? parts.catalogue : NULL);
    } else {
        tell(work, good ? "up to date" : "stale", parts.catalogue);
        cmd_index_print_sizes(parts.catalogue);
    }
    index_parts_free(&parts);
    return good ? 0 : 1;
}

static int update(struct work *work)
{
    struct err err;
    struct index_parts parts;
    const char *folder = buf_cstr(&work->folder);
    if (index_file_open(folder, work->library, &parts, &err) != 0)
        return err.kind == ERR_NOT_FOUND || err.kind == ERR_FORMAT ? write_anew(work)
                                                                   : cmd_fail(&err, work->context->charset);
    enum cmd_refreshed refreshed = cmd_refresh(work->library, folder, &parts, &err);
    bool done = refreshed == CMD_UNCHANGED || refreshed == CMD_UPDATED;
    bool failed = refreshed == CMD_UNREADABLE || (done && err.kind != ERR_NONE);
    if (done && !failed)
        tell(work, refreshed == CMD_UPDATED ? "updated" : "up to date", parts.catalogue);
    index_parts_free(&parts);
    if (failed)
        return cmd_fail(&err, work->context->charset);
    return done ? 0 : write_anew(work);
}

static int run(struct work *work, enum index_task task)
{
    struct err err;
    if (cmd_index_folder(&work->folder, &err) != 0 || index_file_name(work->library, &work->name, &err) != 0)
        return cmd_fail(&err, work->context->charset);
    int status = task == TASK_REBUILD  ? write_anew(work)
                 : task == TASK_UPDATE ? update(work)
                                       : look(work, task);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        err_set(&err, ERR_SYSTEM, "the report could not be written whole");
        return cmd_fail(&err, work->context->charset);
    }
    return status;
}

int cmd_index(const struct cmd_call *call, const struct cmd_context *context)
{
    enum index_task task = TASK_UPDATE;
    size_t tasks = 0;
    for (size_t i = 0; i < 3; i++)
        if (cmd_given(call, (enum cmd_option)(CMD_INDEX_STATUS + i))) {
            task = (enum index_task)(TASK_STATUS + i);
            tasks++;
        }
    if (tasks > 1)
        return cmd_misused(call, context, "one option only");
    const char *const *roots = call->count ? (const char *const *)call->words : context->libraries;
    size_t count = call->count ? call->count : context->library_count;
    if (count == 0)
        return cmd_misused(call, context, "no PATH given");
    struct err err;
    struct work work = {.context = context, .library = library_open(roots, count, &err)};
    if (!work.library)
        return cmd_fail(&err, context->charset);
    int status = run(&work, task);
    buf_free(&work.folder);
    buf_free(&work.name);
    library_close(work.library);
    return status;
}
