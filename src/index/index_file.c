/* Opening and mapping; writing is in index_write.c. */
#include "lectern/index_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checksum.h"
#include "container.h"
#include "index_folder.h"

int index_folder_name(const struct library *library, bool delta, struct buf *out, struct err *err)
{
    struct buf identity = {0};
    bool known = library_identity(library, &identity);
    if (known)
        buf_printf(out, "%016llx.%s", (unsigned long long)checksum(identity.at, identity.len),
                   delta ? "delta" : "index");
    buf_free(&identity);
    return known ? 0
                 : err_set(err, ERR_NOT_FOUND, "the real path of the library is not known: it has no index");
}

int index_file_name(const struct library *library, struct buf *out, struct err *err)
{
    return index_folder_name(library, false, out, err);
}

static void unmap(void *memory, size_t size)
{
    munmap(memory, size);
}

/* The image keeps the mapping. */
static struct image *map(int fd, size_t size, struct err *err)
{
    void *memory = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        err_set_errno(err, errno, "cannot be mapped");
        return NULL;
    }
    struct image *image = container_open((struct str){memory, size}, err);
    if (image)
        image_set_end(image, unmap, memory, size);
    else
        munmap(memory, size);
    return image;
}

struct image *index_folder_map(const char *folder, const char *name, struct err *err)
{
    size_t size;
    int folder_fd = index_folder_open(folder, false, err);
    int fd = folder_fd < 0 ? -1 : index_folder_open_file(folder_fd, name, &size, err);
    struct image *image = fd < 0 ? NULL : map(fd, size, err);
    if (fd >= 0)
        close(fd);
    if (folder_fd >= 0)
        close(folder_fd);
    return image;
}

/* Whether an image is of the library with that identity. */
static int check_roots(const struct image *image, struct str identity, struct err *err)
{
    struct image_array roots;
    if (!image_find(image, INDEX_ROOTS_SECTION, 1, &roots))
        return err_set(err, ERR_FORMAT, "is damaged: it has no roots");
    if (!str_eq((struct str){roots.at, roots.count}, identity))
        return err_set(err, ERR_NOT_FOUND, "is of another library");
    return 0;
}

static int incomplete(struct index_parts *parts, struct err *err)
{
    index_parts_free(parts);
    return err_set(err, ERR_FORMAT, "is damaged: a section is missing or of a wrong size");
}

/* Takes the image over. */
static int open_parts(struct image *image, struct str identity, struct index_parts *parts, struct err *err)
{
    *parts = (struct index_parts){0};
    int status = check_roots(image, identity, err);
    if (status == 0) {
        parts->catalogue = catalogue_open(image);
        parts->tree = topics_open(image);
        parts->index = index_open(image);
        if (!parts->catalogue || !parts->tree || !parts->index ||
            index_document_count(parts->index) != catalogue_count(parts->catalogue))
            status = incomplete(parts, err);
    }
    image_release(image);
    return status;
}

/* The index has a document for each article of the delta. */
static bool is_whole(const struct index_parts *both)
{
    size_t articles;
    if (!both->catalogue || !both->tree || !both->delta)
        return false;
    catalogue_delta_numbers(both->catalogue, &articles);
    return index_document_count(both->delta) == articles;
}

/* The same for a delta, whose base `parts` are. */
static int open_delta(struct image *image, struct str identity, struct index_parts *parts, struct err *err)
{
    int status = check_roots(image, identity, err);
    if (status == 0) {
        struct index_parts both = {
            .catalogue = catalogue_open_delta(parts->catalogue, image),
            .tree = topics_open_delta(parts->tree, image),
            .index = index_keep(parts->index),
            .delta = index_open(image),
        };
        if (is_whole(&both)) {
            index_parts_free(parts);
            *parts = both;
        } else {
            status = incomplete(&both, err);
        }
    }
    image_release(image);
    return status;
}

int index_file_open_bytes(struct str bytes, struct str identity, struct index_parts *parts, struct err *err)
{
    struct image *image = container_open(bytes, err);
    return image ? open_parts(image, identity, parts, err) : -1;
}

int index_file_open_delta_bytes(struct str bytes, struct str identity, struct index_parts *parts,
                                struct err *err)
{
    struct image *image = container_open(bytes, err);
    return image ? open_delta(image, identity, parts, err) : -1;
}

static int open_base(const char *folder, const struct library *library, struct str identity,
                     struct index_parts *parts, struct err *err)
{
    struct buf name = {0};
    int status = index_folder_name(library, false, &name, err);
    struct image *image = status == 0 ? index_folder_map(folder, buf_cstr(&name), err) : NULL;
    buf_free(&name);
    return image ? open_parts(image, identity, parts, err) : -1;
}

/* What is wrong with a delta does not matter: what it says is found out again. */
static void add_delta(const char *folder, const struct library *library, struct str identity,
                      struct index_parts *parts)
{
    struct buf name = {0};
    struct image *image = NULL;
    if (index_folder_name(library, true, &name, NULL) == 0)
        image = index_folder_map(folder, buf_cstr(&name), NULL);
    if (image)
        open_delta(image, identity, parts, NULL);
    buf_free(&name);
}

int index_file_open(const char *folder, const struct library *library, struct index_parts *parts,
                    struct err *err)
{
    struct buf identity = {0};
    library_identity(library, &identity);
    int status = open_base(folder, library, buf_str(&identity), parts, err);
    if (status == 0)
        add_delta(folder, library, buf_str(&identity), parts);
    buf_free(&identity);
    return status;
}

uint64_t index_file_delta_bytes(const char *folder, const struct library *library)
{
    struct buf name = {0};
    size_t size = 0;
    int folder_fd = index_folder_open(folder, false, NULL), fd = -1;
    if (folder_fd >= 0 && index_folder_name(library, true, &name, NULL) == 0)
        fd = index_folder_open_file(folder_fd, buf_cstr(&name), &size, NULL);
    if (fd >= 0)
        close(fd);
    if (folder_fd >= 0)
        close(folder_fd);
    buf_free(&name);
    return fd >= 0 ? size : 0;
}

bool index_file_intact(const struct index_parts *parts, const atomic_bool *cancel, struct err *err)
{
    return container_intact(catalogue_image(parts->catalogue), cancel, err);
}

bool index_file_delta_intact(const struct index_parts *parts, const atomic_bool *cancel, struct err *err)
{
    const struct image *delta = catalogue_delta_image(parts->catalogue);
    return !delta || container_intact(delta, cancel, err);
}
