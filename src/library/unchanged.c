/* Whether a library is still what it was when it was scanned. */
#include "catalogue_image.h"
#include "census.h"
#include "lectern/library.h"
#include "roots.h"

struct walking {
    const struct library *library;
    const atomic_bool *cancel;
    struct census census;
    uint32_t root, most_entries;
};

static bool cancelled(const struct walking *walking)
{
    return walking->cancel && atomic_load(walking->cancel);
}

static bool visit(void *context, const struct file_entry *entry)
{
    struct walking *walking = context;
    census_add(&walking->census, walking->library, walking->root, entry);
    return !cancelled(walking) && walking->census.entries <= walking->most_entries;
}

int library_unchanged(const struct library *library, const struct catalogue *catalogue, atomic_bool *cancel,
                      struct err *err)
{
    const struct census *before = catalogue_census(catalogue);
    struct walking walking = {
        .library = library,
        .cancel = cancel,
        .census = census_start(before->key),
        .most_entries = before->entries,
    };
    if (before->settled != 1)
        return 0;
    for (; walking.root < library->count; walking.root++) {
        const struct root *root = &library->roots[walking.root];
        if (!root->folder) {
            visit(&walking, &(struct file_entry){FILE_ENTRY_REGULAR, str_from(root->given), {0}});
        } else if (file_walk(root->fd, visit, &walking, err) != 0) {
            err_set_path(err, str_from(root->given));
            return -1;
        }
    }
    if (cancelled(&walking))
        return err_set(err, ERR_NONE, "cancelled");
    return walking.census.digest == before->digest && walking.census.entries == before->entries;
}
