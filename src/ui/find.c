#include "find.h"

#include <ctype.h>

void find_free(struct find *find)
{
    line_free(&find->line);
    buf_free(&find->remark);
    *find = (struct find){0};
}

void find_begin(struct find *find, const struct pager *page)
{
    line_set(&find->line, (struct str){0});
    buf_clear(&find->remark);
    find->bad = false;
    find->origin = page->top;
    find->typing = true;
}

/* `as_written`: what was typed is looked for by its characters, and is no pattern. */
static void report(struct find *find, const struct pager *page, int result, const struct err *err,
                   bool as_written)
{
    if (result != 0)
        buf_printf(&find->remark, "%s", err->message);
    else if (page->match_count == 0)
        buf_add(&find->remark, STR("not found"));
    else
        buf_printf(&find->remark, "%zu of %zu%s", page->current + 1, page->match_count,
                   as_written ? ", as written" : "");
}

/* A pattern that matches nothing but these characters; NULL if it is too long for one. */
static struct pattern *compile_as_written(struct str text)
{
    struct buf escaped = {0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] > ' ' && ispunct((unsigned char)text.at[i]))
            buf_add_byte(&escaped, '\\');
        buf_add_byte(&escaped, text.at[i]);
    }
    struct pattern *pattern = pattern_compile(buf_str(&escaped), PATTERN_SMART_CASE, NULL);
    buf_free(&escaped);
    return pattern;
}

static bool is_on_page(const struct pager *page, const struct pattern *pattern)
{
    return pattern && pager_holds(page, pattern);
}

/* What is no pattern, or none that matches, is found as it is written: "f(x)". Else a bad pattern keeps the last good one's
 * matches and says what is wrong. */
static void run(struct find *find, struct pager *page)
{
    struct err err = {0};
    buf_clear(&find->remark);
    find->bad = false;
    if (find->line.text.len == 0) {
        pager_clear_marks(page);
        return;
    }
    struct str text = buf_str(&find->line.text);
    struct pattern *pattern = pattern_compile(text, PATTERN_SMART_CASE, &err);
    struct pattern *written = is_on_page(page, pattern) ? NULL : compile_as_written(text);
    bool as_written = is_on_page(page, written);
    if (pattern || as_written) {
        int result = pager_find(page, as_written ? written : pattern, find->origin, &err);
        report(find, page, result, &err, as_written);
    } else {
        find->bad = true;
        buf_printf(&find->remark, "at %zu: %s", err.column, err.message);
    }
    pattern_free(pattern);
    pattern_free(written);
}

static void run_and_show(struct find *find, struct pager *page)
{
    run(find, page);
    pager_set_top(page, find->origin);
    pager_reveal_match(page);
}

bool find_key(struct find *find, struct pager *page, key k)
{
    bool changed;
    if (!find->typing)
        return false;
    bool nothing_left = k == KEYS_BACKSPACE && find->line.text.len == 0;
    if (k == KEYS_ENTER) {
        find->typing = find->bad; /* what is wrong stays to be read and mended */
    } else if (k == KEYS_ESCAPE || nothing_left) {
        find->typing = false;
        line_set(&find->line, (struct str){0});
        pager_clear_marks(page);
        pager_set_top(page, find->origin);
    } else if (line_key(&find->line, k, &changed) && changed) {
        run_and_show(find, page);
    }
    return true;
}

void find_paste(struct find *find, struct pager *page, struct str text)
{
    line_insert(&find->line, text);
    run_and_show(find, page);
}

void find_renew(struct find *find, struct pager *page)
{
    size_t top = page->top;
    if (!find->typing)
        find->origin = top;
    if (find->line.text.len)
        run(find, page);
    if (page->kept && page->kept <= page->match_count)
        page->current = page->kept - 1; /* the same matches at another width */
    page->kept = 0;
    pager_set_top(page, top);
}

void find_draw(const struct find *find, struct grid *grid, size_t row)
{
    size_t remark = text_width(buf_str(&find->remark), grid->charset);
    size_t room = grid->columns > remark + 5 ? grid->columns - remark - 5 : grid->columns;
    grid_fill(grid, row, 0, grid->columns, STR(" "), STYLE_TEXT);
    grid_put(grid, row, 1, 1, STR("/"), STYLE_KEY);
    if (room < grid->columns)
        grid_put(grid, row, grid->columns - remark - 1, remark, buf_str(&find->remark), STYLE_DIM);
    line_draw(&find->line, grid, row, 2, room);
}
