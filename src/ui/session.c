#include "session.h"

/* The article of a file, found by its place; files are few here and this is asked for a handful of articles. */
static uint32_t find_path(const struct catalogue *catalogue, struct catalogue_file wanted)
{
    for (uint32_t i = 0; i < catalogue_file_count(catalogue); i++) {
        struct catalogue_file file = catalogue_file(catalogue, i);
        if (file.root == wanted.root && str_eq(file.path, wanted.path))
            return file.article;
    }
    return CATALOGUE_NONE;
}

/* A missing target that is known by its title only: still missing, or an article by now. */
static uint32_t find_title(const struct catalogue *catalogue, struct str title)
{
    uint32_t end = catalogue_count(catalogue) + catalogue_missing(catalogue);
    for (uint32_t target = end; target-- > 0;)
        if (str_eq(catalogue_title(catalogue, target), title))
            return target;
    return CATALOGUE_NONE;
}

uint32_t renumber(const struct renumbering *renumbering, uint32_t target)
{
    const struct catalogue *from = renumbering->from, *to = renumbering->to;
    if (!from || target >= catalogue_count(from) + catalogue_missing(from))
        return CATALOGUE_NONE;
    struct str id = catalogue_id(from, target), url = catalogue_url(from, target);
    uint32_t same = CATALOGUE_NONE;
    if (id.len)
        same = catalogue_find_id(to, id);
    else if (url.len)
        same = catalogue_find_url(to, url);
    if (same != CATALOGUE_NONE)
        return same;
    if (catalogue_is_missing(from, target))
        return find_title(to, catalogue_title(from, target));
    return find_path(to, catalogue_file(from, catalogue_file_of(from, target, 0)));
}
