/* An article of a library, named by a reader. */
#include <limits.h>
#include <stdlib.h>

#include "cmd.h"

/* The file at a path, which is relative to a root, or to where the program was started. */
static uint32_t find_file(const struct cmd_opened *opened, const char *name)
{
    const struct catalogue *catalogue = opened->parts.catalogue;
    char root[PATH_MAX], place[PATH_MAX];
    bool there = realpath(name, place) != NULL;
    for (uint32_t i = 0; i < library_root_count(opened->library); i++) {
        uint32_t file = catalogue_find_file(catalogue, i, str_from(name));
        struct str rest = there ? str_from(place) : (struct str){0};
        if (file == CATALOGUE_NONE && there && realpath(library_root(opened->library, i), root) &&
            str_starts(rest, str_from(root))) {
            rest = str_slice(rest, str_from(root).len, rest.len);
            if (str_starts(rest, STR("/")))
                file = catalogue_find_file(catalogue, i, str_slice(rest, 1, rest.len));
        }
        if (file != CATALOGUE_NONE)
            return file;
    }
    return CATALOGUE_NONE;
}

int cmd_open_article(const struct cmd_context *context, const char *name, struct cmd_opened *opened,
                     uint32_t *target, struct err *err)
{
    if (context->library_count == 0)
        return err_set(err, ERR_USAGE, "no library given: lectern -l PATH says where to look for %.60s",
                       name);
    if (cmd_open(context, opened, err) != 0)
        return -1;
    *target = catalogue_find_id(opened->parts.catalogue, str_from(name));
    if (*target == CATALOGUE_NONE) {
        uint32_t file = find_file(opened, name);
        if (file != CATALOGUE_NONE)
            *target = catalogue_file(opened->parts.catalogue, file).article;
    }
    if (*target != CATALOGUE_NONE)
        return 0;
    cmd_close(opened);
    return err_set(err, ERR_NOT_FOUND, "no article of the library has the id or path %.60s", name);
}
