#include "known.h"

#include "catalogue_inside.h"

static struct roots_entry entry_at(const struct known_run *run, size_t at, bool *settled)
{
    if (!run->skipped) {
        struct catalogue_file file = flat_file(run->flat, (uint32_t)at);
        *settled = file.settled;
        return (struct roots_entry){.root = file.root, .path = file.path, .stamp = file.stamp};
    }
    struct catalogue_problem problem = flat_problem(run->flat, at);
    *settled = true;
    return (struct roots_entry){
        .root = problem.root,
        .path = problem.path,
        .skipped = true,
        .expected = problem.expected,
        .reason = problem.message,
    };
}

static bool is_gone(const struct known_run *run, size_t at)
{
    if (!run->overlay)
        return false;
    return run->skipped ? overlay_problem_is_gone(run->overlay, at)
                        : overlay_file_is_gone(run->overlay, (uint32_t)at);
}

static bool counts(const struct known_run *run, size_t at)
{
    return !is_gone(run, at) && (!run->skipped || flat_problem(run->flat, at).no_file);
}

/* Takes the next entry of a run as its head, if there is one in the folder. */
static void advance(struct known_run *run, struct str folder)
{
    while (run->at < run->end && !counts(run, run->at))
        run->at++;
    if (run->at < run->end)
        run->head = entry_at(run, run->at, &run->settled);
    if (run->at < run->end && !roots_lies_in(run->head.path, folder))
        run->at = run->end;
}

static void seek(struct known_run *run, struct str folder)
{
    if (folder.len)
        run->at =
            run->skipped ? flat_first_problem(run->flat, 0, folder) : flat_first_file(run->flat, 0, folder);
    advance(run, folder);
}

static void choose(struct known *known)
{
    known->entry = NULL;
    for (int i = 0; i < KNOWN_RUNS; i++) {
        struct known_run *run = &known->runs[i];
        if (run->at < run->end &&
            (!known->entry ||
             roots_compare(run->head.root, run->head.path, known->entry->root, known->entry->path) < 0)) {
            known->entry = &run->head;
            known->settled = run->settled;
        }
    }
}

/* Both runs of a flat catalogue. */
static void add_runs(struct known_run *runs, const struct flat *flat, const struct overlay *overlay)
{
    runs[0] = (struct known_run){.flat = flat, .overlay = overlay, .end = flat->files.count};
    runs[1] =
        (struct known_run){.flat = flat, .overlay = overlay, .skipped = true, .end = flat->problems.count};
}

void known_start(struct known *known, const struct catalogue *catalogue, struct str folder)
{
    const struct overlay *overlay = catalogue->has_delta ? &catalogue->overlay : NULL;
    *known = (struct known){.folder = folder};
    add_runs(known->runs, &catalogue->base, overlay);
    if (overlay)
        add_runs(known->runs + 2, &overlay->delta, NULL);
    for (int i = 0; i < KNOWN_RUNS; i++)
        if (known->runs[i].flat)
            seek(&known->runs[i], folder);
    choose(known);
}

void known_next(struct known *known)
{
    for (int i = 0; i < KNOWN_RUNS; i++) {
        struct known_run *run = &known->runs[i];
        if (known->entry != &run->head)
            continue;
        run->at++;
        advance(run, known->folder);
    }
    choose(known);
}
