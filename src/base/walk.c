#define _DEFAULT_SOURCE /* d_type, which saves asking the system about each entry */

#include "lectern/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC)

struct walk {
    file_visit *visit;
    void *context;
    struct buf path;
    bool ended; /* the visitor wants no more */
};

struct name {
    struct str name; /* with a NUL behind */
    unsigned char type;
};

struct folder {
    struct arena arena;
    struct name *names;
    size_t count, capacity;
    int read_error; /* errno that ended the listing early, or 0 */
};

static void report(struct walk *walk, enum file_entry_kind kind, const char *reason)
{
    buf_cstr(&walk->path); /* so that the visitor can open it */
    struct file_entry entry = {kind, buf_str(&walk->path), str_from(reason)};
    if (!walk->visit(walk->context, &entry))
        walk->ended = true;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(((const struct name *)a)->name, ((const struct name *)b)->name);
}

/* Lists all entries before any is visited: a visitor may take long, and other programs add files meanwhile. */
static void list(struct folder *folder, DIR *stream)
{
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(stream);
        if (!entry)
            break;
        struct str name = str_from(entry->d_name);
        if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
            continue;
        folder->names = mem_grow(folder->names, folder->count, &folder->capacity, sizeof *folder->names);
        folder->names[folder->count++] = (struct name){arena_str(&folder->arena, name), entry->d_type};
    }
    folder->read_error = errno;
    if (folder->count)
        qsort(folder->names, folder->count, sizeof *folder->names, compare_names);
}

/* The type of an entry, asked for where the file system does not tell it in its listing. */
static unsigned char type_of(int fd, const struct name *name)
{
    struct stat status;
    if (name->type != DT_UNKNOWN || fstatat(fd, name->name.at, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return name->type;
    switch (status.st_mode & S_IFMT) {
    case S_IFREG: return DT_REG;
    case S_IFDIR: return DT_DIR;
    case S_IFLNK: return DT_LNK;
    case S_IFIFO: return DT_FIFO;
    case S_IFSOCK: return DT_SOCK;
    default: return DT_CHR;
    }
}

static const char *skip_reason(unsigned char type)
{
    switch (type) {
    case DT_LNK: return "a symbolic link, which is not followed";
    case DT_FIFO: return "a FIFO";
    case DT_SOCK: return "a socket";
    case DT_CHR:
    case DT_BLK: return "a device";
    default: return "vanished, or of a kind that is not known";
    }
}

static int walk_folder(struct walk *walk, int fd, unsigned depth);

static void enter(struct walk *walk, int parent, const char *name, unsigned depth)
{
    if (depth > BOUND_FOLDER_DEPTH) {
        report(walk, FILE_ENTRY_SKIPPED, "a folder nested too deeply");
        return;
    }
    int fd = openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);
    int error_number = fd < 0 ? errno : walk_folder(walk, fd, depth);
    if (error_number && !walk->ended) {
        struct err err;
        err_set_errno(&err, error_number, "a folder that cannot be read, or not to its end");
        report(walk, FILE_ENTRY_SKIPPED, err.message);
    }
}

static void meet(struct walk *walk, int fd, const struct name *name, unsigned depth)
{
    size_t parent_len = walk->path.len;
    if (parent_len)
        buf_add_byte(&walk->path, '/');
    buf_add(&walk->path, name->name);
    unsigned char type = type_of(fd, name);
    if (name->name.at[0] == '.')
        report(walk, FILE_ENTRY_SKIPPED, type == DT_DIR ? "a hidden folder" : "a hidden file");
    else if (type == DT_DIR)
        enter(walk, fd, name->name.at, depth + 1);
    else if (type == DT_REG)
        report(walk, FILE_ENTRY_REGULAR, NULL);
    else
        report(walk, FILE_ENTRY_SKIPPED, skip_reason(type));
    walk->path.len = parent_len;
}

/* Takes `fd` over; returns 0 or an error number. Recursion ends at BOUND_FOLDER_DEPTH, which also bounds the
 * descriptors held open. */
static int walk_folder(struct walk *walk, int fd, unsigned depth)
{
    struct folder folder = {0};
    DIR *stream = fdopendir(fd);
    if (!stream) {
        int error_number = errno;
        close(fd);
        return error_number;
    }
    list(&folder, stream);
    for (size_t i = 0; i < folder.count && !walk->ended; i++)
        meet(walk, dirfd(stream), &folder.names[i], depth);
    closedir(stream);
    mem_free(folder.names);
    arena_free(&folder.arena);
    return folder.read_error;
}

int file_walk(int root_fd, file_visit *visit, void *context, struct err *err)
{
    /* Not dup(): the position in the listing would be shared with the caller. */
    int fd = openat(root_fd, ".", FOLDER_FLAGS);
    struct walk walk = {.visit = visit, .context = context};
    int error_number = fd < 0 ? errno : walk_folder(&walk, fd, 0);
    buf_free(&walk.path);
    return error_number ? err_set_errno(err, error_number, "the folder cannot be read") : 0;
}
