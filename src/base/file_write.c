#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "lectern/file.h"

static int write_all(int fd, struct str text)
{
    while (text.len) {
        ssize_t done = write(fd, text.at, text.len);
        if (done < 0 && errno != EINTR)
            return -1;
        if (done > 0)
            text = str_slice(text, (size_t)done, text.len);
    }
    return fsync(fd);
}

int file_write_new(const char *path, struct str text, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
    if (fd < 0)
        return err_set_errno(err, errno, "the file cannot be made");
    int status = write_all(fd, text), reason = errno;
    if (close(fd) != 0 && status == 0) {
        status = -1;
        reason = errno;
    }
    if (status == 0)
        return 0;
    unlink(path);
    return err_set_errno(err, reason, "the file cannot be written");
}
