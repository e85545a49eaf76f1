/* lectern export: what is the reader's own, for others to read. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "export_markdown.h"
#include "lectern/state_lines.h"

static bool write_line(void *context, struct str line)
{
    FILE *stream = context;
    fwrite(line.at, 1, line.len, stream);
    return putc('\n', stream) != EOF;
}

static int write_all(struct state *state, bool markdown, FILE *stream, enum text_charset charset,
                     struct err *err)
{
    if (markdown)
        export_markdown(state, stream, charset);
    else if (state_export(state, charset, write_line, stream, err) != 0)
        return -1;
    if (fflush(stream) == 0 && !ferror(stream))
        return 0;
    return err_set(err, ERR_SYSTEM, "export: not all could be written");
}

/* Where nothing is yet, and so that nobody else can read it. */
static int write_file(struct state *state, bool markdown, const char *name, struct err *err)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    FILE *stream = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!stream) {
        err_set_errno(err, errno, "export: the file cannot be made");
        err_set_path(err, str_from(name));
        return -1;
    }
    int status = write_all(state, markdown, stream, TEXT_UTF8, err);
    if (status == 0 && fsync(fd) != 0)
        status = err_set_errno(err, errno, "export: not all could be written");
    if (fclose(stream) != 0 && status == 0)
        status = err_set_errno(err, errno, "export: not all could be written");
    if (status != 0) {
        unlink(name);
        err_set_path(err, str_from(name));
    }
    return status;
}

static int export(const char *name, bool markdown, const struct cmd_context *context)
{
    struct err err;
    struct state *state = cmd_open_kept_state(&err);
    if (!state)
        return cmd_fail(&err, context->charset);
    int status = name ? write_file(state, markdown, name, &err)
                      : write_all(state, markdown, stdout, context->charset, &err);
    state_close(state);
    return status == 0 ? 0 : cmd_fail(&err, context->charset);
}

int cmd_export(const struct cmd_call *call, const struct cmd_context *context)
{
    const char *format = cmd_given(call, CMD_EXPORT_FORMAT) ? call->values[CMD_EXPORT_FORMAT] : "jsonl";
    bool markdown = strcmp(format, "markdown") == 0;
    bool named = call->count && strcmp(call->words[0], "-") != 0;
    if (!markdown && strcmp(format, "jsonl") != 0)
        return cmd_misused(call, context, "the format is jsonl or markdown");
    return export(named ? call->words[0] : NULL, markdown, context);
}
