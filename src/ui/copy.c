#include "copy.h"

#include "lectern/mem.h"
#include "reading.h"
#include "status.h"

/* A formula that is shorter is as quickly typed. */
#define LEAST_FORMULA 5

void copy_forget(struct copying *copying)
{
    mem_free(copying->targets);
    *copying = (struct copying){0};
}

/* --- What there is --- */

static void add(struct copying *copying, struct copy_target target)
{
    copying->targets =
        mem_grow(copying->targets, copying->count, &copying->capacity, sizeof *copying->targets);
    copying->targets[copying->count++] = target;
}

static bool is_display(struct str source)
{
    return str_starts(source, STR("$$")) || str_starts(source, STR("\\[")) ||
           str_starts(source, STR("\\begin"));
}

/* A formula of which a part stands on a line, with all its lines. */
static struct copy_target formula_at(const struct layout *layout, size_t line, uint32_t formula)
{
    size_t end = line + 1;
    while (line > 0 && layout_has_formula(&layout->lines[line - 1], formula))
        line--;
    while (end < layout->line_count && layout_has_formula(&layout->lines[end], formula))
        end++;
    return (struct copy_target){
        .kind = COPY_FORMULA, .line = line, .line_count = end - line, .formula = formula};
}

static bool is_known(const struct copying *copying, const struct copy_target *target)
{
    for (size_t i = 0; i < copying->count; i++)
        if (copying->targets[i].block == target->block && copying->targets[i].formula == target->formula &&
            copying->targets[i].line_count)
            return true;
    return false;
}

static void add_block(struct copying *copying, const struct layout *layout, uint32_t number)
{
    const struct layout_block *block = &layout->blocks[number - 1];
    struct copy_target target = {.kind = block->kind == LAYOUT_CODE ? COPY_CODE : COPY_TABLE,
                                 .line = block->line,
                                 .line_count = block->line_count,
                                 .block = number};
    if (block->text.len && !is_known(copying, &target))
        add(copying, target);
}

static void add_formulas(struct copying *copying, const struct layout *layout, size_t number, bool display)
{
    const struct layout_line *line = &layout->lines[number];
    for (uint32_t i = 0; i < line->count; i++) {
        uint32_t formula = line->spans[i].formula;
        struct copy_target target = formula ? formula_at(layout, number, formula) : (struct copy_target){0};
        if (!formula || is_known(copying, &target))
            continue;
        struct str source = layout->formulas[formula - 1].source;
        if (is_display(source) == display && source.len >= LEAST_FORMULA)
            add(copying, target);
    }
}

/* What stands alone on the page comes before the formulas of the text. */
static void add_visible(struct copying *copying, const struct reading *reading, bool display)
{
    const struct layout *layout = &reading->layout;
    size_t end = reading->page.top + reading->page.height;
    for (size_t i = reading->page.top; i < end && i < layout->line_count; i++) {
        if (layout->lines[i].block && display)
            add_block(copying, layout, layout->lines[i].block);
        add_formulas(copying, layout, i, display);
    }
}

static bool is_whole(const struct reading *reading, const struct copy_target *target)
{
    return target->line >= reading->page.top &&
           target->line + target->line_count <= reading->page.top + reading->page.height;
}

static const struct reading_link *selected_link(const struct reading *reading)
{
    const struct reading_link *link =
        reading->link < reading->link_count ? &reading->links[reading->link] : NULL;
    return link && link->kind == LAYOUT_LINK_ADDRESS ? link : NULL;
}

/* Returns how many stand alone. */
static size_t collect(struct reading *reading, const struct session *session)
{
    struct copying *copying = &reading->copying;
    bool missing = catalogue_is_missing(session->catalogue, reading->target);
    if (selected_link(reading))
        add(copying, (struct copy_target){.kind = COPY_LINK});
    size_t first = copying->count;
    add_visible(copying, reading, true);
    size_t alone = copying->count - first;
    add_visible(copying, reading, false);
    if (!missing && !reading->shows_source)
        add(copying, (struct copy_target){.kind = COPY_TEXT});
    if (!missing)
        add(copying, (struct copy_target){.kind = COPY_SOURCE});
    add(copying, (struct copy_target){.kind = COPY_ADDRESS});
    for (size_t i = first + alone; !first && i-- > first;)
        if (is_whole(reading, &copying->targets[i]))
            copying->at = i;
    return alone;
}

/* --- Its text --- */

static struct str link_address(const struct reading *reading, const struct session *session)
{
    const struct reading_link *link = selected_link(reading);
    if (link->target == CATALOGUE_NONE)
        return link->address;
    struct str url = catalogue_url(session->catalogue, link->target);
    return url.len ? url : catalogue_title(session->catalogue, link->target);
}

/* The title, then the lines of the text: those behind it, of related questions, have no place in it. */
static void add_text(const struct reading *reading, struct buf *out)
{
    const struct layout *layout = &reading->layout;
    size_t text_len = reading->parts.texts[reading->part].len, lines = layout->line_count;
    while (lines && layout->lines[lines - 1].offset >= text_len)
        lines--;
    buf_printf(out, "%.*s\n\n", STR_ARG(reading->title));
    if (lines)
        layout_excerpt(layout, (struct layout_place){0}, (struct layout_place){lines - 1, SIZE_MAX},
                       reading->page.charset, out);
    while (out->len && out->at[out->len - 1] == '\n')
        out->len--;
    buf_add_byte(out, '\n');
}

static void add_address(const struct reading *reading, const struct session *session, struct buf *out)
{
    const struct catalogue *catalogue = session->catalogue;
    struct str url = catalogue_url(catalogue, reading->target);
    buf_printf(out, "%.*s\n", STR_ARG(reading->title));
    if (url.len)
        buf_printf(out, "%.*s\n", STR_ARG(url));
    if (catalogue_is_missing(catalogue, reading->target))
        return;
    struct arena arena = {0};
    struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, reading->target, 0));
    buf_printf(out, "%.*s\n", STR_ARG(library_path(session->library, file.root, file.path, &arena)));
    arena_free(&arena);
}

static void add_target(const struct reading *reading, const struct session *session,
                       const struct copy_target *target, struct buf *out)
{
    const struct layout *layout = &reading->layout;
    switch (target->kind) {
    case COPY_LINK: buf_add(out, link_address(reading, session)); break;
    case COPY_CODE:
    case COPY_TABLE: buf_add(out, layout->blocks[target->block - 1].text); break;
    case COPY_FORMULA: buf_add(out, layout->formulas[target->formula - 1].source); break;
    case COPY_TEXT: add_text(reading, out); break;
    case COPY_SOURCE: buf_add(out, reading->shows_source ? reading->source : reading->article.text); break;
    case COPY_ADDRESS: add_address(reading, session, out); break;
    }
}

static struct str name_of(const struct reading *reading, const struct copy_target *target)
{
    bool plain = reading->article.kind == ARTICLE_PLAIN;
    switch (target->kind) {
    case COPY_LINK: return STR("the link's address");
    case COPY_CODE: return STR("the code");
    case COPY_TABLE: return STR("the table, in Markdown");
    case COPY_FORMULA: return STR("the formula, in TeX");
    case COPY_TEXT:
        return reading->parts.count > 1 ? STR("the text of this part") : STR("the article's text");
    case COPY_SOURCE:
        if (reading->shows_source)
            return STR("the whole file");
        return plain ? STR("the text as it is written") : STR("the article's Markdown");
    case COPY_ADDRESS: return STR("title and address");
    }
    return STR("");
}

/* --- Keys --- */

static void copy(struct reading *reading, const struct session *session, struct effects *effects)
{
    const struct copy_target *target = &reading->copying.targets[reading->copying.at];
    struct buf text = {0};
    add_target(reading, session, target, &text);
    effects_copy(effects, name_of(reading, target), buf_str(&text));
    buf_free(&text);
    reading->copying.choosing = false;
}

void copy_begin(struct reading *reading, const struct session *session, bool choice, struct effects *effects)
{
    copy_forget(&reading->copying);
    if (reading->target == CATALOGUE_NONE || !reading->width) {
        buf_add(&effects->message, STR("There is nothing to copy."));
        return;
    }
    size_t alone = collect(reading, session);
    bool clear = reading->copying.targets[0].kind == COPY_LINK || alone == 1;
    reading->copying.choosing = true;
    if (clear && !choice)
        copy(reading, session, effects);
}

bool copy_key(struct reading *reading, const struct session *session, key k, struct effects *effects)
{
    struct copying *copying = &reading->copying;
    bool waits, choosing = copying->choosing;
    enum action action = keymap_find(session->keymap, k, &waits);
    if (choosing && (action == ACTION_DOWN || action == ACTION_NEXT_LINK)) {
        copying->at = (copying->at + 1) % copying->count;
    } else if (choosing && (action == ACTION_UP || action == ACTION_PREVIOUS_LINK)) {
        copying->at = (copying->at ? copying->at : copying->count) - 1;
    } else if (choosing && (action == ACTION_COPY || action == ACTION_OPEN)) {
        copy(reading, session, effects);
    } else {
        copy_forget(copying);
        return choosing && action == ACTION_CANCEL;
    }
    return true;
}

/* --- Drawing --- */

/* From the first cell of what is meant on a line to the last. */
static void mark_line(const struct reading *reading, const struct copy_target *target, struct grid *grid,
                      size_t number, size_t row, size_t column)
{
    const struct layout_line *line = &reading->layout.lines[number];
    size_t left = SIZE_MAX, right = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->added || (!target->block && span->formula != target->formula))
            continue;
        left = span->column < left ? span->column : left;
        right = span->column + span->width;
    }
    pager_mark(&reading->page, grid, number, left, right, row, column);
}

void copy_draw(const struct reading *reading, struct grid *grid, size_t row, size_t column)
{
    const struct copying *copying = &reading->copying;
    const struct pager *page = &reading->page;
    if (!copying->count)
        return;
    const struct copy_target *target = &copying->targets[copying->at];
    size_t first, pinned = pager_pinned(page, &first);
    for (size_t i = 0; i < target->line_count; i++) {
        size_t number = target->line + i;
        if (number >= page->top + pinned && number - page->top < page->height)
            mark_line(reading, target, grid, number, row + number - page->top, column);
    }
}

void copy_draw_status(const struct reading *reading, struct grid *grid)
{
    const struct copying *copying = &reading->copying;
    if (!copying->choosing)
        return;
    struct arena arena = {0};
    struct str name = name_of(reading, &copying->targets[copying->at]);
    status_say(grid,
               arena_printf(&arena, "copy %.*s? %zu of %zu · j k another · y copy · Esc leave", STR_ARG(name),
                            copying->at + 1, copying->count),
               STYLE_STATUS);
    arena_free(&arena);
}
