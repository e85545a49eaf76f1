/* What is suggested beside the article: similar questions below the related ones, and a subject. */
#include "desk.h"
#include "lectern/mem.h"

/* Whose author names more has no need of others. */
#define FEW_RELATED 1

/* More than these are in a list of their own. */
#define SHOWN 8

size_t desk_similar_rows(const struct desk *desk)
{
    size_t count = desk->similar.count < SHOWN ? desk->similar.count : SHOWN;
    bool shown = desk->similar.article == desk->reading.target && desk->reading.related_count <= FEW_RELATED;
    return shown ? count : 0;
}

uint32_t desk_similar_at(const struct desk *desk, size_t row)
{
    size_t related = desk->reading.related_count;
    bool similar = row >= related && row - related < desk_similar_rows(desk);
    return similar ? desk->similar.found[row - related] : CATALOGUE_NONE;
}

struct walk desk_similar_walk(const struct desk *desk, size_t at)
{
    const struct similar *similar = &desk->similar;
    struct walk walk = {.count = similar->count, .at = at};
    walk.targets = mem_calloc(walk.count, sizeof *walk.targets);
    for (size_t i = 0; i < walk.count; i++)
        walk.targets[i] = similar->found[i];
    return walk;
}

void desk_suggest(struct desk *desk, const struct session *session)
{
    struct similar *similar = &desk->similar;
    similar_ask(similar, session, desk->reading.target);
    reading_suggest_subject(&desk->reading, session, similar->subject);
    if (desk->related.count != desk->reading.related_count + desk_similar_rows(desk))
        desk_arrange(desk, session);
}
