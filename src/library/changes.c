/* What has changed in a library since its catalogue was made: two lists in the same order, gone through side by side. */
#include <stdlib.h>
#include <string.h>

#include "known.h"
#include "lectern/library.h"
#include "lectern/mem.h"

struct comparing {
    const atomic_bool *cancel;
    struct arena *arena;
    struct library_changes *changes;
    size_t capacity, limit;
    struct known known;
};

static bool cancelled(const struct comparing *comparing)
{
    return comparing->cancel && atomic_load(comparing->cancel);
}

static void add(struct comparing *comparing, enum library_change_kind kind, const struct roots_entry *entry)
{
    struct library_changes *changes = comparing->changes;
    if (changes->count >= comparing->limit) {
        changes->more = true;
        return;
    }
    changes->at = mem_grow(changes->at, changes->count, &comparing->capacity, sizeof *changes->at);
    changes->at[changes->count++] = (struct library_change){
        .kind = kind,
        .root = entry->root,
        .path = arena_str(comparing->arena, entry->path),
        .reason = arena_str(comparing->arena, entry->reason),
        .expected = entry->expected,
        .stamp = entry->stamp,
    };
}

static bool is_same(const struct comparing *comparing, const struct roots_entry *now)
{
    const struct roots_entry *before = comparing->known.entry;
    if (before->skipped || now->skipped)
        return before->skipped == now->skipped && before->expected == now->expected &&
               str_eq(before->reason, now->reason);
    return comparing->known.settled && file_stamps_equal(&before->stamp, &now->stamp);
}

/* What is known to come before `now` is gone; all that is left for NULL. */
static void drop_before(struct comparing *comparing, const struct roots_entry *now)
{
    const struct roots_entry *before;
    while ((before = comparing->known.entry) != NULL && !comparing->changes->more &&
           (!now || roots_compare(before->root, before->path, now->root, now->path) < 0)) {
        add(comparing, CHANGE_GONE, before);
        known_next(&comparing->known);
    }
}

static bool compare(void *context, const struct roots_entry *now)
{
    struct comparing *comparing = context;
    drop_before(comparing, now);
    const struct roots_entry *before = comparing->known.entry;
    bool known = before && roots_compare(before->root, before->path, now->root, now->path) == 0;
    if (!known || !is_same(comparing, now))
        add(comparing, now->skipped ? CHANGE_SKIPPED : CHANGE_FILE, now);
    if (known)
        known_next(&comparing->known);
    return !comparing->changes->more && !cancelled(comparing);
}

/* One folder, or all of the library for the empty path. */
static int compare_folder(struct comparing *comparing, const struct library *library,
                          const struct catalogue *catalogue, struct str folder, struct err *err)
{
    known_start(&comparing->known, catalogue, folder);
    int status = folder.len ? roots_walk_at(library, folder, compare, comparing, err)
                            : roots_walk(library, compare, comparing, err);
    if (status == 0 && cancelled(comparing))
        status = err_set(err, ERR_NONE, "cancelled");
    if (status == 0)
        drop_before(comparing, NULL);
    return status;
}

static int compare_places(const void *left, const void *right)
{
    return roots_compare(0, *(const struct str *)left, 0, *(const struct str *)right);
}

/* The places in the order of the walk, without those that lie in others. */
static struct str *arrange_places(struct comparing *comparing, const struct library_look *look, size_t *count)
{
    struct str *places = arena_array(comparing->arena, look->place_count, sizeof *places);
    memcpy(places, look->places, look->place_count * sizeof *places);
    qsort(places, look->place_count, sizeof *places, compare_places);
    *count = 0;
    for (size_t i = 0; i < look->place_count; i++)
        if (*count == 0 || !roots_lies_in(places[i], places[*count - 1]))
            places[(*count)++] = places[i];
    return places;
}

int library_changes(const struct library *library, const struct catalogue *catalogue,
                    const struct library_look *look, struct library_changes *changes, struct err *err)
{
    *changes = (struct library_changes){0};
    struct comparing comparing = {
        .cancel = look->cancel,
        .arena = &changes->arena,
        .changes = changes,
        .limit = look->limit ? look->limit : SIZE_MAX,
    };
    static const struct str everywhere;
    const struct str *places = &everywhere;
    size_t count = 1;
    if (look->place_count && roots_walk_in_parts(library))
        places = arrange_places(&comparing, look, &count);
    int status = 0;
    for (size_t i = 0; i < count && status == 0 && !changes->more; i++)
        status = compare_folder(&comparing, library, catalogue, places[i], err);
    if (status != 0)
        library_changes_free(changes);
    return status;
}

void library_changes_free(struct library_changes *changes)
{
    mem_free(changes->at);
    arena_free(&changes->arena);
    *changes = (struct library_changes){0};
}
