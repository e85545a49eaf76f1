#include "lectern/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct err *err, enum err_kind kind, size_t line, size_t column, const char *format,
                 va_list arguments)
{
    err->kind = kind;
    err->line = line;
    err->column = column;
    err->path[0] = '\0';
    vsnprintf(err->message, sizeof err->message, format, arguments);
}

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, kind, 0, 0, format, arguments);
        va_end(arguments);
    }
    return -1;
}

int err_set_at(struct err *err, enum err_kind kind, size_t line, size_t column, const char *format, ...)
{
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, kind, line, column, format, arguments);
        va_end(arguments);
    }
    return -1;
}

void err_set_path(struct err *err, struct str path)
{
    if (!err)
        return;
    if (path.len >= sizeof err->path)
        path = str_slice(path, path.len - sizeof err->path + 1, path.len);
    if (path.len)
        memcpy(err->path, path.at, path.len);
    err->path[path.len] = '\0';
}

static enum err_kind kind_of(int error_number)
{
    switch (error_number) {
    case ENOENT:
    case ENOTDIR: return ERR_NOT_FOUND;
    case EACCES:
    case EPERM: return ERR_ACCESS;
    case ELOOP: return ERR_KIND;
    case EFBIG: return ERR_TOO_BIG;
    default: return ERR_SYSTEM;
    }
}

int err_set_errno(struct err *err, int error_number, const char *action)
{
    char reason[128];
    if (strerror_r(error_number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", error_number);
    return err_set(err, kind_of(error_number), "%s: %s", action, reason);
}

void err_format(const struct err *err, struct buf *out)
{
    if (err->path[0])
        buf_printf(out, "%s:", err->path);
    if (err->line)
        buf_printf(out, "%zu:", err->line);
    if (err->line && err->column)
        buf_printf(out, "%zu:", err->column);
    if (out->len && out->at[out->len - 1] == ':')
        buf_add_byte(out, ' ');
    buf_printf(out, "%s", err->message);
}

void err_format_first(const struct err *err, struct buf *out)
{
    buf_printf(out, "%s", err->message);
    if (err->path[0])
        buf_printf(out, " (%s)", err->path);
}
