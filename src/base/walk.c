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
#include "stamp.h"

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

static void report(struct walk *walk, struct file_entry entry)
{
    buf_cstr(&walk->path); /* so that the visitor can open it */
    entry.path = buf_str(&walk->path);
    if (!walk->visit(walk->context, &entry))
        walk->ended = true;
}

static void report_skipped(struct walk *walk, const char *reason)
{
    report(walk, (struct file_entry){.kind = FILE_ENTRY_SKIPPED, .reason = str_from(reason)});
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

/* The type of an entry; what the file system does not tell in its listing, and the stamp of a file, are asked for. */
static unsigned char look_at(int fd, const struct name *name, struct file_stamp *stamp)
{
    struct stat status;
    *stamp = (struct file_stamp){0};
    if ((name->type != DT_UNKNOWN && name->type != DT_REG) ||
        fstatat(fd, name->name.at, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return name->type;
    *stamp = stamp_of(&status);
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

static void report_unreadable(struct walk *walk, int error_number)
{
    struct err err;
    err_set_errno(&err, error_number, "a folder that cannot be read, or not to its end");
    report_skipped(walk, err.message);
}

static void enter(struct walk *walk, int parent, const char *name, unsigned depth)
{
    if (depth > BOUND_FOLDER_DEPTH) {
        report_skipped(walk, "a folder nested too deeply");
        return;
    }
    int fd = openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);
    int error_number = fd < 0 ? errno : walk_folder(walk, fd, depth);
    if (error_number)
        report_unreadable(walk, error_number);
}

static void meet(struct walk *walk, int fd, const struct name *name, unsigned depth)
{
    size_t parent_len = walk->path.len;
    if (parent_len)
        buf_add_byte(&walk->path, '/');
    buf_add(&walk->path, name->name);
    struct file_stamp stamp;
    unsigned char type = look_at(fd, name, &stamp);
    if (name->name.at[0] == '.')
        report_skipped(walk, type == DT_DIR ? "a hidden folder" : "a hidden file");
    else if (type == DT_DIR)
        enter(walk, fd, name->name.at, depth + 1);
    else if (type == DT_REG)
        report(walk, (struct file_entry){.kind = FILE_ENTRY_REGULAR, .stamp = stamp});
    else
        report_skipped(walk, skip_reason(type));
    walk->path.len = parent_len;
}

/* Takes `fd` over; returns 0 or an error number. That a folder below the root was not listed to its end is reported before
 * what is known of it. Recursion ends at BOUND_FOLDER_DEPTH, which also bounds the descriptors held open. */
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
    if (folder.read_error && depth) {
        report_unreadable(walk, folder.read_error);
        folder.read_error = 0;
    }
    for (size_t i = 0; i < folder.count && !walk->ended; i++)
        meet(walk, dirfd(stream), &folder.names[i], depth);
    closedir(stream);
    mem_free(folder.names);
    arena_free(&folder.arena);
    return folder.read_error;
}

/* Goes on to a folder below `fd`, which it takes over, as the walk would enter it; -1 if it would not. */
static int go_down(struct walk *walk, int fd, const char *name, unsigned depth)
{
    bool enters = name[0] != '.' && name[0] != '\0' && depth <= BOUND_FOLDER_DEPTH;
    int below = enters ? openat(fd, name, FOLDER_FLAGS | O_NOFOLLOW) : -1;
    close(fd);
    if (walk->path.len)
        buf_add_byte(&walk->path, '/');
    buf_add(&walk->path, str_from(name));
    return below;
}

/* Takes `fd` over. */
static void meet_at(struct walk *walk, int fd, struct str path)
{
    struct arena arena = {0};
    struct str part = {0}, rest = path;
    unsigned depth = 0;
    while (fd >= 0 && str_cut(rest, '/', &part, &rest))
        fd = go_down(walk, fd, arena_str(&arena, part).at, ++depth);
    struct name last = {arena_str(&arena, part), DT_UNKNOWN};
    struct stat status;
    bool there = fd >= 0 && last.name.len && !str_eq(last.name, STR(".")) && !str_eq(last.name, STR("..")) &&
                 fstatat(fd, last.name.at, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (there)
        meet(walk, fd, &last, depth);
    if (fd >= 0)
        close(fd);
    arena_free(&arena);
}

int file_walk_at(int root_fd, struct str path, file_visit *visit, void *context, struct err *err)
{
    /* Not dup(): the position in the listing would be shared with the caller. */
    int error_number = 0, fd = openat(root_fd, ".", FOLDER_FLAGS);
    struct walk walk = {.visit = visit, .context = context};
    if (fd < 0)
        error_number = errno;
    else if (path.len)
        meet_at(&walk, fd, path);
    else
        error_number = walk_folder(&walk, fd, 0);
    buf_free(&walk.path);
    return error_number ? err_set_errno(err, error_number, "the folder cannot be read") : 0;
}

int file_walk(int root_fd, file_visit *visit, void *context, struct err *err)
{
    return file_walk_at(root_fd, (struct str){0}, visit, context, err);
}
