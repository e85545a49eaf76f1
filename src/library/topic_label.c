#include "topic_label.h"

#include "lectern/text.h"

/* "liver failure" gets a capital; "mRNA", "iOS" and "pH" keep their own. */
static bool wants_capital(struct str name)
{
    if (name.len == 0 || name.at[0] < 'a' || name.at[0] > 'z')
        return false;
    for (size_t i = 1; i < name.len && name.at[i] != ' '; i++)
        if (name.at[i] >= 'A' && name.at[i] <= 'Z')
            return false;
    return true;
}

struct str topic_label(const struct subject_terms *subject, uint32_t term, struct arena *arena)
{
    const struct terms *terms = subject->terms;
    struct str name = terms_name(terms, subject->catalogue, subject->term[subject->named_by[term]]);
    struct str head = wants_capital(name) ? str_slice(name, 1, name.len) : name;
    char capital[2] = {0};
    if (head.len < name.len)
        capital[0] = (char)(name.at[0] - 'a' + 'A');
    uint32_t abbreviation = subject->abbreviation[term];
    if (abbreviation == TERM_NONE)
        return arena_printf(arena, "%s%.*s", capital, STR_ARG(head));
    struct str acronym = terms_name(terms, subject->catalogue, subject->term[abbreviation]);
    return arena_printf(arena, "%s%.*s (%.*s)", capital, STR_ARG(head), STR_ARG(acronym));
}

struct str topic_label_key(struct str label, struct arena *arena)
{
    struct buf folded = {0};
    text_fold(&folded, label);
    struct str key = arena_str(arena, buf_str(&folded));
    buf_free(&folded);
    return key;
}
