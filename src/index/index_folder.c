#include "index_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lectern/index_file.h"

int index_file_folder(struct buf *out, const char *cache_home, const char *home, struct err *err)
{
    if (cache_home && cache_home[0] == '/')
        buf_printf(out, "%s/lectern", cache_home);
    else if (home && home[0] == '/')
        buf_printf(out, "%s/.cache/lectern", home);
    else
        return err_set(err, ERR_NOT_FOUND,
                       "no index is kept: neither XDG_CACHE_HOME nor HOME is an absolute path");
    return 0;
}

/* The folder and the one that it lies in. Returns why the folder could not be made, or 0. */
static int make_folders(const char *folder)
{
    struct buf parent = {0};
    struct str path = str_from(folder);
    size_t end = path.len - str_last_part(path).len;
    if (end > 1) {
        buf_add(&parent, str_slice(path, 0, end - 1));
        mkdir(buf_cstr(&parent), 0700);
    }
    buf_free(&parent);
    return mkdir(folder, 0700) == 0 || errno == EEXIST ? 0 : errno;
}

static int refuse(struct err *err, const char *what)
{
    return err_set(err, ERR_ACCESS, "%s: no index is used", what);
}

/* Nobody else can have written what is ours and closed to others. */
static int check_owner(const struct stat *about, struct err *err)
{
    if (about->st_uid != geteuid())
        return refuse(err, "belongs to somebody else");
    if (about->st_mode & (S_IWGRP | S_IWOTH))
        return refuse(err, "may be written by others");
    return 0;
}

int index_folder_open(const char *folder, bool make, struct err *err)
{
    struct stat about;
    int status = 0, not_made = make ? make_folders(folder) : 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        int error_number = errno;
        bool link = lstat(folder, &about) == 0 && S_ISLNK(about.st_mode);
        status = link ? refuse(err, "is a symbolic link")
                      : err_set_errno(err, not_made ? not_made : error_number, "no index can be kept here");
    } else if (fstat(fd, &about) != 0) {
        status = err_set_errno(err, errno, "cannot be examined");
    } else {
        status = check_owner(&about, err);
    }
    if (status == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    err_set_path(err, str_from(folder));
    return -1;
}

int index_folder_open_file(int folder_fd, const char *name, size_t *size, struct err *err)
{
    struct stat about = {0};
    int status = 0;
    int fd = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        status = refuse(err, "is a symbolic link");
    else if (fd < 0)
        status = err_set_errno(err, errno, "cannot be opened");
    else if (fstat(fd, &about) != 0)
        status = err_set_errno(err, errno, "cannot be examined");
    else if (!S_ISREG(about.st_mode))
        status = refuse(err, "is no regular file");
    else
        status = check_owner(&about, err);
    if (status == 0 && (about.st_size <= 0 || (uintmax_t)about.st_size > SIZE_MAX / 2))
        status = err_set(err, ERR_FORMAT, "is empty");
    if (status == 0) {
        *size = (size_t)about.st_size;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    err_set_path(err, str_from(name));
    return -1;
}
