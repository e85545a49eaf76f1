/*
 * Writing: to a temporary name that one process at a time holds a lock on, forced to the disk, then renamed. Whatever
 * happens meanwhile, the name of the index stands for a whole file or for none, and one that is mapped is never changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "container.h"
#include "index_folder.h"
#include "lectern/index_file.h"
#include "lectern/mem.h"

#define WRITE_AT_ONCE ((size_t)1 << 20)

struct output {
    int fd;
    uint64_t at;
    const atomic_bool *cancel;
};

static int cancelled(const struct output *output, struct err *err)
{
    return output->cancel && atomic_load(output->cancel) ? err_set(err, ERR_NONE, "cancelled") : 0;
}

static int write_bytes(struct output *output, const void *bytes, size_t size, struct err *err)
{
    const char *at = bytes;
    while (size) {
        if (cancelled(output, err) != 0)
            return -1;
        ssize_t done = write(output->fd, at, size < WRITE_AT_ONCE ? size : WRITE_AT_ONCE);
        if (done < 0 && errno != EINTR)
            return err_set_errno(err, errno, "the index cannot be written");
        if (done <= 0)
            continue;
        at += done;
        size -= (size_t)done;
        output->at += (uint64_t)done;
    }
    return 0;
}

static int write_sections(struct output *output, const struct container *container, const struct image *image,
                          struct err *err)
{
    static const char gap[CONTAINER_ALIGNMENT];
    int status = write_bytes(output, container, container_head_size(container->header.section_count), err);
    for (uint32_t i = 0; status == 0 && i < container->header.section_count; i++) {
        const struct image_section *section = image_section(image, i);
        status = write_bytes(output, gap, (size_t)(container->entries[i].offset - output->at), err);
        if (status == 0)
            status = write_bytes(output, section->at, section->size, err);
    }
    return status;
}

static bool same_file(int fd, int folder, const char *name)
{
    struct stat open_one, named;
    return fstat(fd, &open_one) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(open_one.st_mode) && open_one.st_dev == named.st_dev && open_one.st_ino == named.st_ino &&
           open_one.st_nlink == 1 && open_one.st_uid == geteuid();
}

/* The temporary file, locked; what a killed process has left is used again. -1 with ERR_NONE if another process has it.
 * Once locked the name is looked at again: it was perhaps renamed, and is then an index that others read. */
static int open_temporary(int folder, const char *name, struct err *err)
{
    int fd = openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set_errno(err, errno, "the index cannot be written");
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_SETLK, &lock) != 0 || !same_file(fd, folder, name)) {
        close(fd);
        return err_set(err, ERR_NONE, "another process writes the index");
    }
    if (fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0)
        return fd;
    err_set_errno(err, errno, "the index cannot be written");
    close(fd);
    return -1;
}

static int finish(int folder, int fd, const char *temporary, const char *name, struct err *err)
{
    if (fsync(fd) != 0)
        return err_set_errno(err, errno, "the index cannot be written");
    if (renameat(folder, temporary, folder, name) != 0)
        return err_set_errno(err, errno, "the index cannot be put in its place");
    fsync(folder); /* some file systems cannot; then the old one may come back after a crash */
    return 0;
}

static int write_file(int folder, const char *name, const struct image *image, const atomic_bool *cancel,
                      struct err *err)
{
    struct container *container = mem_alloc(sizeof *container);
    struct buf temporary = {0};
    buf_printf(&temporary, "%s.new", name);
    int status = container_plan(container, image, err);
    int fd = status == 0 ? open_temporary(folder, buf_cstr(&temporary), err) : -1;
    if (fd >= 0) {
        struct output output = {.fd = fd, .cancel = cancel};
        status = write_sections(&output, container, image, err);
        if (status == 0)
            status = finish(folder, fd, buf_cstr(&temporary), name, err);
        if (status != 0)
            unlinkat(folder, buf_cstr(&temporary), 0);
        close(fd);
    } else {
        status = -1;
    }
    buf_free(&temporary);
    mem_free(container);
    return status;
}

static void add_sections(struct image *all, const struct image *image)
{
    for (size_t i = 0; i < image_section_count(image); i++)
        image_add(all, image_section(image, i));
}

/* A file of the folder: the library's identity, and the images. */
static int write_images(const char *folder, const struct library *library, bool delta,
                        const struct image *const images[3], const atomic_bool *cancel, struct err *err)
{
    struct buf name = {0}, identity = {0};
    int status = index_folder_name(library, delta, &name, err);
    int folder_fd = status == 0 ? index_folder_open(folder, true, err) : -1;
    if (folder_fd < 0) {
        buf_free(&name);
        return -1;
    }
    struct image *all = image_new();
    library_identity(library, &identity);
    image_take_buf(all, INDEX_ROOTS_SECTION, &identity);
    for (int i = 0; i < 3; i++)
        add_sections(all, images[i]);
    status = write_file(folder_fd, buf_cstr(&name), all, cancel, err);
    if (status != 0 && err && err->kind != ERR_NONE)
        err_set_path(err, str_from(folder));
    image_release(all);
    close(folder_fd);
    buf_free(&name);
    return status;
}

static void remove_delta(const char *folder, const struct library *library)
{
    struct buf name = {0};
    int folder_fd = index_folder_open(folder, false, NULL);
    if (folder_fd >= 0 && index_folder_name(library, true, &name, NULL) == 0)
        unlinkat(folder_fd, buf_cstr(&name), 0);
    if (folder_fd >= 0)
        close(folder_fd);
    buf_free(&name);
}

int index_file_write(const char *folder, const struct library *library, const struct index_parts *parts,
                     const atomic_bool *cancel, struct err *err)
{
    struct image *topics = topics_flatten(parts->tree);
    const struct image *const images[] = {catalogue_image(parts->catalogue), topics,
                                          index_image(parts->index)};
    int status = write_images(folder, library, false, images, cancel, err);
    if (status == 0)
        remove_delta(folder, library);
    image_release(topics);
    return status;
}

/* Whether the folder holds the base of the parts: another process may have written a new one. */
static bool holds_base(const char *folder, const struct library *library, const struct index_parts *parts)
{
    struct buf name = {0};
    struct image *image = NULL;
    if (index_folder_name(library, false, &name, NULL) == 0)
        image = index_folder_map(folder, buf_cstr(&name), NULL);
    struct catalogue *there = image ? catalogue_open(image) : NULL;
    bool same = there && catalogue_same_base(there, parts->catalogue);
    catalogue_release(there);
    image_release(image);
    buf_free(&name);
    return same;
}

int index_file_write_delta(const char *folder, const struct library *library, const struct index_parts *parts,
                           const atomic_bool *cancel, struct err *err)
{
    if (!holds_base(folder, library, parts))
        return err_set(err, ERR_NONE, "the folder holds no index, or another one");
    if (!parts->delta) {
        remove_delta(folder, library);
        return 0;
    }
    struct image *topics = topics_flatten(parts->tree);
    const struct image *const images[] = {catalogue_delta_image(parts->catalogue), topics,
                                          index_image(parts->delta)};
    int status = write_images(folder, library, true, images, cancel, err);
    image_release(topics);
    return status;
}
