#include "names.h"

#include "lectern/mem.h"

struct name_group {
    const struct symbol *name;
    uint32_t uses;
};

void names_start(struct names *names, struct arena *scratch, uint32_t symbol_count)
{
    *names = (struct names){
        .group_of = arena_array(scratch, symbol_count, sizeof(uint32_t)),
        .uses = arena_array(scratch, symbol_count, sizeof(uint32_t)),
    };
}

uint32_t names_add(struct names *names, const struct symbol *spelling)
{
    const struct symbol *folded = atomic_load(&spelling->folded);
    uint32_t *known = &names->group_of[folded->number]; /* one more than the group, 0 for none */
    if (*known == 0) {
        names->groups = mem_grow(names->groups, names->count, &names->capacity, sizeof *names->groups);
        names->groups[names->count] = (struct name_group){0};
        *known = ++names->count;
    }
    struct name_group *group = &names->groups[*known - 1];
    uint32_t uses = ++names->uses[spelling->number];
    if (uses > group->uses ||
        (uses == group->uses && str_compare(symbol_str(spelling), symbol_str(group->name)) < 0))
        *group = (struct name_group){spelling, uses};
    return *known - 1;
}

struct str *names_finish(struct names *names, struct arena *arena)
{
    struct str *all = arena_array(arena, names->count, sizeof *all);
    for (uint32_t i = 0; i < names->count; i++)
        all[i] = symbol_str(names->groups[i].name);
    mem_free(names->groups);
    return all;
}
