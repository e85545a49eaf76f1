#include "title.h"

static const char *const asking[] = {"What", "How", "Why", "When", "Where", "Which", "Who"};
static const char *const linking[] = {"is",  "are", "was", "were", "do",    "does", "did",
                                      "can", "the", "a",   "an",   "which", "it"};

static bool is_one_of(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_from(words[i])))
            return true;
    return false;
}

/* What follows the question word and the small words behind it. */
static struct str without_opening(struct str title)
{
    struct str word, rest;
    str_cut(title, ' ', &word, &rest);
    if (!is_one_of(word, asking, sizeof asking / sizeof *asking))
        return title;
    while (rest.len) {
        title = rest;
        str_cut(title, ' ', &word, &rest);
        if (!is_one_of(word, linking, sizeof linking / sizeof *linking))
            break;
    }
    return title;
}

struct str title_fit(struct arena *arena, struct str title, enum text_charset charset, size_t cells)
{
    if (text_width(title, charset) > cells)
        title = without_opening(title);
    return text_elide(arena, title, charset, cells);
}
