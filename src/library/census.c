#include "census.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "lectern/str.h"

struct census census_start(struct hash_key key)
{
    return (struct census){.key = key, .settled = 1};
}

static void add_number(struct buf *bytes, uint64_t number)
{
    buf_add(bytes, (struct str){(const char *)&number, sizeof number});
}

static void add_status(struct buf *bytes, const struct root *root, const char *path)
{
    struct stat about;
    if (fstatat(root->fd, path, &about, root->folder ? AT_SYMLINK_NOFOLLOW : 0) != 0)
        return;
    add_number(bytes, (uint64_t)about.st_size);
    add_number(bytes, (uint64_t)about.st_mtim.tv_sec);
    add_number(bytes, (uint64_t)about.st_mtim.tv_nsec);
    add_number(bytes, (uint64_t)about.st_dev);
    add_number(bytes, (uint64_t)about.st_ino);
    add_number(bytes, (uint64_t)about.st_mode);
    add_number(bytes, (uint64_t)about.st_uid << 32 | (uint64_t)about.st_gid);
}

void census_add(struct census *census, const struct library *library, uint32_t root,
                const struct file_entry *entry)
{
    struct buf bytes = {0};
    add_number(&bytes, census->digest);
    add_number(&bytes, (uint64_t)root << 1 | (entry->kind == FILE_ENTRY_REGULAR));
    if (entry->kind == FILE_ENTRY_REGULAR)
        add_status(&bytes, &library->roots[root], entry->path.at);
    add_number(&bytes, entry->path.len);
    buf_add(&bytes, entry->path);
    buf_add(&bytes, entry->reason);
    census->digest = hash_text(census->key, buf_str(&bytes));
    census->entries++;
    buf_free(&bytes);
}
