#include "lectern/title.h"

/* The longer ones first. */
static const char *const openings[] = {
    "What is the ", "What are the ", "What was the ", "What were the ", "What is a ",
    "What is an ",  "What is ",      "What are ",     "What was ",      "What were ",
};

static struct str without_opening(struct str title)
{
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (str_starts(title, str_from(openings[i])))
            return str_slice(title, str_from(openings[i]).len, title.len);
    return title;
}

struct str title_fit(struct arena *arena, struct str title, enum text_charset charset, size_t cells)
{
    if (text_width(title, charset) > cells)
        title = without_opening(title);
    return text_elide(arena, title, charset, cells);
}
