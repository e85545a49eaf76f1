/* lectern export: what is the reader's own, for others to read. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "export_markdown.h"
#include "lectern/state_lines.h"

#define USAGE "usage: lectern export [--format jsonl|markdown] [FILE]"

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

int cmd_export(int argc, char **argv, const struct cmd_context *context)
{
    struct err err;
    const char *format = "jsonl";
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strncmp(argv[i], "--format=", 9) == 0) {
            format = argv[i] + 9;
        } else if (strcmp(argv[i], "--format") == 0 && i + 1 < argc) {
            format = argv[++i];
        } else {
            err_set(&err, ERR_USAGE, "export: unknown option %.60s; " USAGE, argv[i]);
            return cmd_fail(&err, context->charset);
        }
    }
    bool markdown = strcmp(format, "markdown") == 0;
    const char *name = i < argc && strcmp(argv[i], "-") != 0 ? argv[i] : NULL;
    if (i + 1 >= argc && (markdown || strcmp(format, "jsonl") == 0))
        return export(name, markdown, context);
    err_set(&err, ERR_USAGE,
            i + 1 < argc ? "export: one file at most; " USAGE
                         : "export: the format is jsonl or markdown; " USAGE);
    return cmd_fail(&err, context->charset);
}
