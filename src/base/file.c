#include "lectern/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stamp.h"

#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)

/* What is no regular file, in the reader's words; NULL for a regular one. */
static const char *kind_name(mode_t mode)
{
    if (S_ISREG(mode))
        return NULL;
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISLNK(mode))
        return "a symbolic link, which is not followed";
    if (S_ISFIFO(mode))
        return "a FIFO";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

/* After an open() that failed: what stands there says more than the error number. */
static int open_failed(int folder, const char *name, int flags, struct err *err)
{
    int error_number = errno;
    struct stat status;
    const char *kind = NULL;
    if (fstatat(folder, name, &status, flags & O_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0) == 0)
        kind = kind_name(status.st_mode);
    if (kind && !S_ISDIR(status.st_mode))
        return err_set(err, ERR_KIND, "%s; not read", kind);
    return err_set_errno(err, error_number, "cannot be opened");
}

static int open_one(int folder, const char *name, int flags, struct err *err)
{
    int fd;
    do
        fd = openat(folder, name, OPEN_FLAGS | flags);
    while (fd < 0 && errno == EINTR);
    return fd >= 0 ? fd : open_failed(folder, name, flags, err);
}

static bool leads_out(struct str path)
{
    struct str part;
    if (path.len == 0 || path.at[0] == '/')
        return true;
    while (path.len) {
        str_cut(path, '/', &part, &path);
        if (str_eq(part, STR("..")))
            return true;
    }
    return false;
}

/* Opens folder by folder: O_NOFOLLOW alone guards only the last part of a path. */
static int open_below(int root_fd, const char *path, struct arena *arena, struct err *err)
{
    struct str rest = str_from(path), part;
    if (leads_out(rest))
        return err_set(err, ERR_ACCESS, "leads out of the library; not read");
    int folder = root_fd;
    bool more = true;
    while (more) {
        more = str_cut(rest, '/', &part, &rest);
        if (part.len == 0 && more)
            continue;
        const char *name = part.len ? arena_str(arena, part).at : ".";
        int fd = open_one(folder, name, O_NOFOLLOW | (more ? O_DIRECTORY : 0), err);
        if (folder != root_fd)
            close(folder);
        if (fd < 0)
            return -1;
        folder = fd;
    }
    return folder;
}

bool file_stamps_equal(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->device == b->device &&
           a->inode == b->inode && a->access == b->access;
}

int file_stamp_of(const char *path, struct file_stamp *stamp)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return -1;
    *stamp = stamp_of(&status);
    return 0;
}

/* Reads until `size` bytes or the end; the count, or -1 with errno. */
static ssize_t read_fully(int fd, char *at, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(fd, at + done, size - done);
        if (got > 0)
            done += (size_t)got;
        else if (got == 0)
            break;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)done;
}

static int read_open(int fd, size_t max, struct arena *arena, struct str *text, struct file_stamp *stamp,
                     struct err *err)
{
    struct stat before, after;
    if (fstat(fd, &before) != 0)
        return err_set_errno(err, errno, "cannot be examined");
    if (stamp)
        *stamp = stamp_of(&before);
    const char *kind = kind_name(before.st_mode);
    if (kind)
        return err_set(err, ERR_KIND, "%s; not read", kind);
    if ((uintmax_t)before.st_size > max || (uintmax_t)before.st_size > SIZE_MAX / 2)
        return err_set(err, ERR_TOO_BIG, "%jd bytes are more than the limit of %zu; not read",
                       (intmax_t)before.st_size, max);
    size_t size = (size_t)before.st_size;
    char *bytes = arena_bytes(arena, size + 1); /* one more, to see it grow, and for the NUL */
    ssize_t got = read_fully(fd, bytes, size + 1);
    if (got < 0 || fstat(fd, &after) != 0)
        return err_set_errno(err, errno, "cannot be read");
    *text = (struct str){bytes, (size_t)got > size ? size : (size_t)got};
    bytes[text->len] = '\0';
    struct file_stamp then = stamp_of(&before), now = stamp_of(&after);
    if ((size_t)got == size && now.size == then.size && now.mtime_ns == then.mtime_ns)
        return 0;
    err_set(err, ERR_CHANGED, "changed while it was read; the %zu bytes read are shown", text->len);
    return 1;
}

int file_read(int root_fd, const char *path, size_t max, struct arena *arena, struct str *text,
              struct file_stamp *stamp, struct err *err)
{
    *text = (struct str){0};
    int fd = root_fd == AT_FDCWD ? open_one(AT_FDCWD, path, 0, err) : open_below(root_fd, path, arena, err);
    int result = fd < 0 ? -1 : read_open(fd, max, arena, text, stamp, err);
    if (fd >= 0)
        close(fd);
    if (result != 0)
        err_set_path(err, str_from(path));
    return result;
}
