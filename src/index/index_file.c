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

static int not_known(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, "the real path of the library is not known: it has no index");
}

int index_file_name(const struct library *library, struct buf *out, struct err *err)
{
    struct buf identity = {0};
    bool known = library_identity(library, &identity);
    if (known)
        buf_printf(out, "%016llx.index", (unsigned long long)checksum(identity.at, identity.len));
    buf_free(&identity);
    return known ? 0 : not_known(err);
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

static struct image *open_image(const char *folder, const char *name, struct err *err)
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

/* Takes the image over. */
static int open_parts(struct image *image, struct str identity, struct index_parts *parts, struct err *err)
{
    struct image_array roots;
    int status = 0;
    *parts = (struct index_parts){0};
    if (!image_find(image, INDEX_ROOTS_SECTION, 1, &roots)) {
        status = err_set(err, ERR_FORMAT, "is damaged: it has no roots");
    } else if (!str_eq((struct str){roots.at, roots.count}, identity)) {
        status = err_set(err, ERR_NOT_FOUND, "is of another library");
    } else {
        parts->catalogue = catalogue_open(image);
        parts->tree = topics_open(image);
        parts->index = index_open(image);
        if (!parts->catalogue || !parts->tree || !parts->index ||
            index_document_count(parts->index) != catalogue_count(parts->catalogue)) {
            index_parts_free(parts);
            status = err_set(err, ERR_FORMAT, "is damaged: a section is missing or of a wrong size");
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

int index_file_open(const char *folder, const struct library *library, struct index_parts *parts,
                    struct err *err)
{
    struct buf identity = {0}, name = {0};
    int status = index_file_name(library, &name, err);
    if (status == 0) {
        library_identity(library, &identity);
        struct image *image = open_image(folder, buf_cstr(&name), err);
        status = image ? open_parts(image, buf_str(&identity), parts, err) : -1;
    }
    buf_free(&identity);
    buf_free(&name);
    return status;
}

bool index_file_intact(const struct index_parts *parts, const atomic_bool *cancel, struct err *err)
{
    return container_intact(catalogue_image(parts->catalogue), cancel, err);
}
