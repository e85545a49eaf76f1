#include "lectern/library.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "roots.h"

/* The last part of the real path, so that "." and "articles/.." have a name too. */
static struct str name_of(const struct root *root)
{
    struct str path = root->real.len ? root->real : str_from(root->given);
    while (path.len && path.at[path.len - 1] == '/')
        path.len--;
    return str_last_part(path);
}

static int open_root(struct library *library, const char *given, struct root *root, struct err *err)
{
    char real[PATH_MAX];
    *root = (struct root){.given = arena_str(&library->arena, str_from(given)).at, .fd = AT_FDCWD};
    if (realpath(given, real))
        root->real = arena_str(&library->arena, str_from(real));
    struct stat about;
    int status = 0;
    if (stat(given, &about) != 0) {
        status = err_set_errno(err, errno, "cannot be opened");
    } else if (S_ISDIR(about.st_mode)) {
        int fd = open(given, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            status = err_set_errno(err, errno, "cannot be opened");
        else
            *root = (struct root){root->given, fd, true, name_of(root), root->real};
    } else if (!S_ISREG(about.st_mode)) {
        status = err_set(err, ERR_KIND, "is neither a folder nor a file");
    } else if (access(given, R_OK) != 0) {
        status = err_set_errno(err, errno, "cannot be read");
    }
    if (status != 0)
        err_set_path(err, str_from(given));
    return status;
}

struct library *library_open(const char *const *roots, size_t count, struct err *err)
{
    struct library *library = mem_calloc(1, sizeof *library);
    library->roots = mem_calloc(count, sizeof *library->roots);
    for (; library->count < count; library->count++)
        if (open_root(library, roots[library->count], &library->roots[library->count], err) != 0) {
            library_close(library);
            return NULL;
        }
    struct str first = count ? name_of(&library->roots[0]) : (struct str){0};
    if (first.len == 0)
        first = count ? STR("/") : STR("nothing");
    library->name =
        count > 1 ? arena_printf(&library->arena, "%.*s + %zu", STR_ARG(first), count - 1) : first;
    return library;
}

void library_close(struct library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->count; i++)
        if (library->roots[i].folder)
            close(library->roots[i].fd);
    arena_free(&library->arena);
    mem_free(library->roots);
    mem_free(library);
}

bool library_identity(const struct library *library, struct buf *out)
{
    bool known = true;
    for (size_t i = 0; i < library->count; i++) {
        const struct root *root = &library->roots[i];
        known &= root->real.len > 0;
        buf_add(out, root->real);
        buf_add_byte(out, '\0');
        if (!root->folder || library->count > 1)
            buf_add(out, str_from(root->given));
        buf_add_byte(out, '\0');
    }
    return known && library->count > 0;
}

size_t library_root_count(const struct library *library)
{
    return library->count;
}

const char *library_root(const struct library *library, size_t root)
{
    return library->roots[root].given;
}

struct str library_real_root(const struct library *library, size_t root)
{
    return library->roots[root].real;
}

struct str library_name(const struct library *library)
{
    return library->name;
}

int library_read_source(const struct library *library, const struct catalogue *catalogue, uint32_t file,
                        struct arena *arena, struct str *text, struct err *err)
{
    struct catalogue_file about = catalogue_file(catalogue, file);
    *text = (struct str){0};
    if (about.root >= library->count)
        return err_set(err, ERR_NOT_FOUND, "is not known; the library will be read again");
    const struct root *root = &library->roots[about.root];
    const char *path = root->folder ? arena_str(arena, about.path).at : root->given;
    struct file_stamp now = {0};
    int status = file_read(root->fd, path, BOUND_FILE_BYTES, arena, text, &now, err);
    bool same = now.size == about.stamp.size && now.mtime_ns == about.stamp.mtime_ns &&
                now.device == about.stamp.device && now.inode == about.stamp.inode;
    if (status == 0 && !same) {
        err_set(err, ERR_CHANGED, "changed since the library was read; shown as it is now");
        status = 1;
    }
    if (status != 0)
        err_set_path(err, library_path(library, about.root, about.path, arena));
    return status;
}

int library_read(const struct library *library, const struct catalogue *catalogue, uint32_t file,
                 struct arena *arena, struct article *article, struct err *err)
{
    struct str text = {0};
    int status = library_read_source(library, catalogue, file, arena, &text, err);
    if (status >= 0)
        article_parse(arena, text, catalogue_file(catalogue, file).path, article);
    return status;
}

struct str library_path(const struct library *library, uint32_t root, struct str path, struct arena *arena)
{
    if (root >= library->count || !library->roots[root].folder)
        return arena_str(arena, path);
    struct str given = str_from(library->roots[root].given);
    const char *separator = str_ends(given, STR("/")) ? "" : "/";
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(given), separator, STR_ARG(path));
}
