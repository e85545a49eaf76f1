#include "index_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lectern/index_file.h"
#include "lectern/private.h"

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

#define CONSEQUENCE "no index can be kept here"

int index_folder_open(const char *folder, bool make, struct err *err)
{
    return private_folder_open(folder, make, CONSEQUENCE, err);
}

int index_folder_open_file(int folder_fd, const char *name, size_t *size, struct err *err)
{
    struct stat about = {0};
    int status = 0;
    int fd = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        status = private_refuse(CONSEQUENCE, "is a symbolic link", err);
    else if (fd < 0)
        status = err_set_errno(err, errno, "cannot be opened");
    else if (fstat(fd, &about) != 0)
        status = err_set_errno(err, errno, "cannot be examined");
    else if (!S_ISREG(about.st_mode))
        status = private_refuse(CONSEQUENCE, "is no regular file", err);
    else
        status = private_check(&about, CONSEQUENCE, err);
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
