#include "clip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "words.h"

#define MOST_LOOKS 50

/* The descriptor of a file that has no name any more: whoever reads it may take its time. */
static int write_file(struct str text, struct err *err)
{
    const char *temporary = getenv("TMPDIR");
    struct buf path = {0};
    buf_printf(&path, "%s/lectern-XXXXXX", temporary && temporary[0] == '/' ? temporary : "/tmp");
    int fd = mkstemp((char *)buf_cstr(&path));
    if (fd >= 0)
        unlink(buf_cstr(&path));
    buf_free(&path);
    while (fd >= 0 && text.len) {
        ssize_t written = write(fd, text.at, text.len);
        if (written <= 0)
            break;
        text = str_slice(text, (size_t)written, text.len);
    }
    if (fd >= 0 && !text.len && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    err_set_errno(err, errno, "no place for a text to copy");
    if (fd >= 0)
        close(fd);
    return -1;
}

static void reap(struct clip *clip)
{
    for (size_t i = clip->waits; i < CLIP_PROGRAMS; i++)
        if (clip->programs[i] && waitpid(clip->programs[i], NULL, WNOHANG) != 0)
            clip->programs[i] = 0;
}

static int start(struct clip *clip, char *const *words, struct str text, struct err *err)
{
    int fd = write_file(text, err);
    if (fd < 0)
        return -1;
    pid_t program = term_start(words, fd, err);
    close(fd);
    if (program < 0) {
        err_set_path(err, STR("the option copy-command"));
        return -1;
    }
    clip->waits = false;
    reap(clip);
    memmove(clip->programs + 1, clip->programs, (CLIP_PROGRAMS - 1) * sizeof *clip->programs);
    clip->programs[0] = program;
    clip->waits = true;
    clip->looks = 0;
    return 0;
}

int clip_copy(struct clip *clip, struct term *term, struct str text, struct buf *way, struct err *err)
{
    struct buf command = {0};
    char *words[WORDS_MOST + 1] = {NULL};
    int status;
    buf_add(&command, str_from(clip->command));
    if (words_cut(&command, words)) {
        status = start(clip, words, text, err);
        buf_printf(way, "with %s", words[0]);
    } else {
        status = term_copy(term, text, err);
        buf_add(way, STR("through the terminal"));
    }
    buf_free(&command);
    return status;
}

bool clip_failed(struct clip *clip, struct err *err)
{
    int status = 0;
    reap(clip);
    pid_t ended = clip->waits ? waitpid(clip->programs[0], &status, WNOHANG) : 0;
    if (ended == 0) {
        clip->waits = clip->waits && ++clip->looks < MOST_LOOKS;
        return false;
    }
    clip->waits = false;
    clip->programs[0] = 0;
    if (ended < 0 || status == 0)
        return false;
    err_set(err, ERR_SYSTEM, "nothing was copied: %.80s has failed", clip->command);
    return true;
}
