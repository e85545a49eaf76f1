#include "roots_walk.h"

#include "lectern/mem.h"
#include "seen.h"

struct roots_walking {
    const struct library *library;
    roots_visit *visit;
    void *context;
    uint32_t root;
    struct seen *seen; /* NULL with one root */
    bool ended;
};

static bool hidden(struct str path)
{
    return str_starts(str_last_part(path), STR("."));
}

/* True, saying so in the entry, the second time that a file is met. */
static bool met_before(struct roots_walking *walking, struct roots_entry *entry, struct arena *scratch)
{
    if (!walking->seen || entry->stamp.inode == 0)
        return false;
    struct str first, own = library_path(walking->library, entry->root, entry->path, scratch);
    if (seen_add(walking->seen, entry->stamp.device, entry->stamp.inode, own, &first))
        return false;
    entry->skipped = entry->expected = true;
    entry->reason = arena_printf(scratch, "already read as %.*s", STR_ARG(first));
    return true;
}

static bool pass_on(struct roots_walking *walking, struct roots_entry *entry)
{
    struct arena scratch = {0};
    if (!entry->skipped)
        met_before(walking, entry, &scratch);
    walking->ended = !walking->visit(walking->context, entry);
    arena_free(&scratch);
    return !walking->ended;
}

static bool meet(void *context, const struct file_entry *met)
{
    struct roots_walking *walking = context;
    struct roots_entry entry = {
        .root = walking->root,
        .path = met->path,
        .skipped = met->kind == FILE_ENTRY_SKIPPED,
        .reason = met->reason,
        .stamp = met->stamp,
    };
    entry.expected = entry.skipped && hidden(met->path);
    return pass_on(walking, &entry);
}

static void meet_file(struct roots_walking *walking)
{
    struct roots_entry entry = {.root = walking->root,
                                .path = str_from(walking->library->roots[walking->root].given)};
    file_stamp_of(entry.path.at, &entry.stamp);
    pass_on(walking, &entry);
}

static int walk_root(struct roots_walking *walking, struct str path, struct err *err)
{
    const struct root *root = &walking->library->roots[walking->root];
    if (!root->folder) {
        meet_file(walking);
    } else if (file_walk_at(root->fd, path, meet, walking, err) != 0) {
        err_set_path(err, str_from(root->given));
        return -1;
    }
    return 0;
}

int roots_walk(const struct library *library, roots_visit *visit, void *context, struct err *err)
{
    struct roots_walking walking = {.library = library, .visit = visit, .context = context};
    int status = 0;
    walking.seen = library->count > 1 ? seen_new() : NULL;
    for (; walking.root < library->count && status == 0 && !walking.ended; walking.root++)
        status = walk_root(&walking, (struct str){0}, err);
    seen_free(walking.seen);
    return status;
}

bool roots_walk_in_parts(const struct library *library)
{
    return library->count == 1 && library->roots[0].folder;
}

int roots_walk_at(const struct library *library, struct str path, roots_visit *visit, void *context,
                  struct err *err)
{
    struct roots_walking walking = {.library = library, .visit = visit, .context = context};
    return walk_root(&walking, path, err);
}

static int compare_paths(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < shorter; i++) {
        if (a.at[i] == b.at[i])
            continue;
        int left = a.at[i] == '/' ? -1 : (unsigned char)a.at[i];
        int right = b.at[i] == '/' ? -1 : (unsigned char)b.at[i];
        return left - right;
    }
    return (a.len > b.len) - (a.len < b.len);
}

int roots_compare(uint32_t root, struct str path, uint32_t other_root, struct str other_path)
{
    if (root != other_root)
        return root < other_root ? -1 : 1;
    return compare_paths(path, other_path);
}

bool roots_lies_in(struct str path, struct str folder)
{
    return folder.len == 0 ||
           (str_starts(path, folder) && (path.len == folder.len || path.at[folder.len] == '/'));
}
