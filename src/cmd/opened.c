/* A library and what is known of it: from its index if that is up to date, else by reading it. */
#include "cmd.h"

int cmd_unchanged(const struct library *library, const struct catalogue *catalogue, struct err *err)
{
    struct library_changes changes;
    if (library_changes(library, catalogue, &(struct library_look){.limit = 1}, &changes, err) != 0)
        return -1;
    bool none = changes.count == 0;
    library_changes_free(&changes);
    return none;
}

/* Reads what has changed, and keeps it in the delta. */
static int update(const struct library *library, const char *folder, const struct library_changes *changes,
                  struct index_parts *parts, struct err *err)
{
    struct index_parts before = *parts;
    struct err unkept;
    struct cmd_progress progress = cmd_progress_start();
    struct library_scan wishes = {.context = &progress, .progress = cmd_progress_show};
    int status = index_parts_update(library, &before, changes, &wishes, parts, err);
    if (status != 0)
        *parts = before;
    else
        index_parts_free(&before);
    if (status == 0 && catalogue_files_changed(parts->catalogue) > index_parts_most_changes(parts))
        status = -1; /* the base is due: what was read now is read again with the rest */
    else if (status == 0 && index_file_write_delta(folder, library, parts, NULL, &unkept) != 0)
        *err = unkept;
    cmd_progress_end(&progress);
    return status;
}

enum cmd_refreshed cmd_refresh(const struct library *library, const char *folder, struct index_parts *parts,
                               struct err *err)
{
    struct library_changes changes;
    struct library_look look = {.limit = index_parts_most_changes(parts)};
    *err = (struct err){0};
    if (!index_file_intact(parts, NULL, err))
        return CMD_OUTDATED;
    if (!index_file_delta_intact(parts, NULL, err)) {
        struct index_parts base = index_parts_base(parts);
        index_parts_free(parts);
        *parts = base;
    }
    if (library_changes(library, parts->catalogue, &look, &changes, err) != 0)
        return CMD_UNREADABLE;
    enum cmd_refreshed refreshed = CMD_UNCHANGED;
    if (changes.more)
        refreshed = CMD_OUTDATED;
    else if (changes.count)
        refreshed = update(library, folder, &changes, parts, err) == 0 ? CMD_UPDATED : CMD_OUTDATED;
    library_changes_free(&changes);
    return refreshed;
}

/* 1 if the index could be used, 0 if not, -1 if the library cannot be looked at. `*keep` is false if it will not do to write
 * one, either; the reader has been told then. */
static int open_index(struct cmd_opened *opened, const char *folder, enum text_charset charset, bool *keep,
                      struct err *err)
{
    if (index_file_open(folder, opened->library, &opened->parts, err) != 0) {
        *keep = err->kind == ERR_NOT_FOUND || err->kind == ERR_FORMAT;
        if (!*keep)
            cmd_tell(err, charset);
        return 0;
    }
    enum cmd_refreshed refreshed = cmd_refresh(opened->library, folder, &opened->parts, err);
    if (refreshed == CMD_UNCHANGED || refreshed == CMD_UPDATED) {
        if (err->kind != ERR_NONE)
            cmd_tell(err, charset);
        return 1;
    }
    index_parts_free(&opened->parts);
    return refreshed == CMD_UNREADABLE ? -1 : 0;
}

/* Reads the library, and keeps its index if a folder for it is given. */
static int read_anew(struct cmd_opened *opened, const char *folder, enum text_charset charset,
                     struct err *err)
{
    struct err unkept = {0};
    struct cmd_progress progress = cmd_progress_start();
    struct library_scan wishes = {.context = &progress, .progress = cmd_progress_show};
    int status = index_parts_read(opened->library, &wishes, NULL, &opened->parts, err);
    if (status == 0 && folder)
        index_file_write(folder, opened->library, &opened->parts, NULL, &unkept);
    cmd_progress_end(&progress);
    if (unkept.kind != ERR_NONE)
        cmd_tell(&unkept, charset);
    return status;
}

static int open_parts(struct cmd_opened *opened, enum text_charset charset, struct err *err)
{
    struct buf folder = {0};
    bool keep = true;
    int status = 0;
    if (cmd_index_folder(&folder, err) == 0) {
        status = open_index(opened, buf_cstr(&folder), charset, &keep, err);
    } else {
        cmd_tell(err, charset);
        keep = false;
    }
    if (status == 0)
        status = read_anew(opened, keep ? buf_cstr(&folder) : NULL, charset, err);
    buf_free(&folder);
    return status < 0 ? -1 : 0;
}

int cmd_open(const struct cmd_context *context, struct cmd_opened *opened, struct err *err)
{
    *opened = (struct cmd_opened){.library = library_open(context->libraries, context->library_count, err)};
    if (!opened->library)
        return -1;
    if (open_parts(opened, context->charset, err) == 0)
        return 0;
    cmd_close(opened);
    return -1;
}

void cmd_close(struct cmd_opened *opened)
{
    index_parts_free(&opened->parts);
    library_close(opened->library);
    *opened = (struct cmd_opened){0};
}
