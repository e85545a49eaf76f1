#include "hints.h"

/* The keys under the fingers first. */
static const char letters[] = "asdfghjklqwertyuiopzxcvbnm";
#define LETTERS (sizeof letters - 1)

/* Links are in the order of their lines, so those that are visible are a range. */
struct visible {
    size_t first, count;
};

static struct visible visible_links(const struct reading *reading)
{
    const struct pager *page = &reading->page;
    struct visible visible = {0};
    for (size_t i = 0; i < reading->link_count; i++) {
        size_t line = reading->links[i].line;
        if (line < page->top || line - page->top >= page->height)
            continue;
        if (visible.count == 0)
            visible.first = i;
        visible.count = i + 1 - visible.first;
    }
    if (visible.count > LETTERS * LETTERS)
        visible.count = LETTERS * LETTERS;
    return visible;
}

static size_t letter_index(key k)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (k == (key)letters[i])
            return i;
    return LETTERS;
}

void hints_begin(struct hints *hints, const struct reading *reading)
{
    *hints = (struct hints){.on = visible_links(reading).count > 0};
}

size_t hints_key(struct hints *hints, const struct reading *reading, key k)
{
    struct visible visible = visible_links(reading);
    size_t letter = letter_index(k), link = letter;
    if (letter < LETTERS && visible.count > LETTERS && !hints->typed) {
        hints->typed = letters[letter];
        return PAGER_NONE;
    }
    if (hints->typed)
        link = letter_index((key)hints->typed) * LETTERS + letter;
    *hints = (struct hints){0};
    return letter < LETTERS && link < visible.count ? visible.first + link : PAGER_NONE;
}

void hints_draw(const struct hints *hints, const struct reading *reading, struct grid *grid, size_t row,
                size_t column)
{
    struct visible visible = visible_links(reading);
    size_t rows_above, cells_beside;
    reading_text_place(reading, &rows_above, &cells_beside);
    for (size_t i = 0; hints->on && i < visible.count; i++) {
        char label[2] = {letters[i % LETTERS], '\0'};
        size_t len = 1, link = visible.first + i;
        if (visible.count > LETTERS) {
            label[0] = letters[i / LETTERS];
            label[1] = letters[i % LETTERS];
            len = 2;
        }
        size_t at = reading_link_column(reading, link);
        if (at == PAGER_NONE || (hints->typed && hints->typed != label[0]))
            continue;
        grid_put(grid, row + rows_above + reading->links[link].line - reading->page.top,
                 column + cells_beside + at, len, (struct str){label, len},
                 STYLE_KEY | STYLE_MATCH | STYLE_CURRENT);
    }
}
