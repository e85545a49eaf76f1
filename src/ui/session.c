#include "session.h"

#include "count.h"
#include "lectern/mem.h"
#include "memory.h"

bool session_is_read(const struct session *session, uint32_t article)
{
    return memory_has(session->memory, MEMORY_READ, article);
}

void walk_free(struct walk *walk)
{
    mem_free(walk->targets);
    arena_free(&walk->arena);
    *walk = (struct walk){0};
}

uint32_t renumber(const struct renumbering *renumbering, uint32_t target)
{
    const struct catalogue *from = renumbering->from, *to = renumbering->to;
    if (!from || target >= catalogue_count(from) + catalogue_missing(from))
        return CATALOGUE_NONE;
    if (target < catalogue_count(from) && catalogue_same_numbers(from, to))
        return target;
    struct str id = catalogue_id(from, target), url = catalogue_url(from, target);
    uint32_t same = CATALOGUE_NONE;
    if (id.len)
        same = catalogue_find_id(to, id);
    else if (url.len)
        same = catalogue_find_url(to, url);
    if (same != CATALOGUE_NONE)
        return same;
    if (catalogue_is_missing(from, target)) /* it may be an article by now */
        return catalogue_find_title(to, catalogue_title(from, target));
    struct catalogue_file file = catalogue_file(from, catalogue_file_of(from, target, 0));
    return catalogue_file(to, catalogue_find_file(to, file.root, file.path)).article;
}

void effects_copy(struct effects *effects, struct str what, struct str text)
{
    buf_clear(&effects->copy);
    buf_clear(&effects->copied);
    text_clean(&effects->copy, text);
    buf_printf(&effects->copied, "%.*s: ", STR_ARG(what));
    count_add_text(&effects->copied, buf_str(&effects->copy));
}
