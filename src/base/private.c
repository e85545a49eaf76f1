#include "lectern/private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int private_refuse(const char *consequence, const char *why, struct err *err)
{
    return err_set(err, ERR_ACCESS, "%s: it %s", consequence, why);
}

int private_check(const struct stat *about, const char *consequence, struct err *err)
{
    if (about->st_uid != geteuid())
        return private_refuse(consequence, "belongs to somebody else", err);
    if (about->st_mode & (S_IWGRP | S_IWOTH))
        return private_refuse(consequence, "may be written by others", err);
    return 0;
}

/* The folder and those that it lies in. Returns why the folder could not be made, or 0. */
static int make_folders(const char *folder)
{
    struct buf parent = {0};
    struct str path = str_from(folder);
    for (size_t i = 1; i < path.len; i++) {
        if (path.at[i] != '/')
            continue;
        buf_clear(&parent);
        buf_add(&parent, str_slice(path, 0, i));
        mkdir(buf_cstr(&parent), 0700);
    }
    buf_free(&parent);
    return mkdir(folder, 0700) == 0 || errno == EEXIST ? 0 : errno;
}

int private_folder_open(const char *folder, bool make, const char *consequence, struct err *err)
{
    struct stat about;
    int status = 0, not_made = make ? make_folders(folder) : 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        int error_number = errno;
        bool link = lstat(folder, &about) == 0 && S_ISLNK(about.st_mode);
        status = link ? private_refuse(consequence, "is a symbolic link", err)
                      : err_set_errno(err, not_made ? not_made : error_number, consequence);
    } else if (fstat(fd, &about) != 0) {
        status = err_set_errno(err, errno, consequence);
    } else {
        status = private_check(&about, consequence, err);
    }
    if (status == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    err_set_path(err, str_from(folder));
    return -1;
}
