#include "reading.h"

#include "count.h"
#include "document.h"
#include "lectern/plain.h"
#include "memory.h"
#include "reading_links.h"

/* The least height of a pane that has room for a blank line under the header, and for more than a line of title. */
#define ROOMY_ROWS    12
#define HEADING_LINES 3

void reading_free(struct reading *reading)
{
    copy_forget(&reading->copying);
    pager_free(&reading->page);
    arena_free(&reading->marks_arena);
    arena_free(&reading->arena);
    arena_free(&reading->part_arena);
    arena_free(&reading->layout_arena);
    *reading = (struct reading){.target = CATALOGUE_NONE, .suggested = CATALOGUE_NONE, .link = PAGER_NONE};
}

static bool is_missing(const struct reading *reading, const struct session *session)
{
    return catalogue_is_missing(session->catalogue, reading->target);
}

static void add_meta(struct buf *meta, struct str part)
{
    if (!part.len)
        return;
    buf_add(meta, meta->len ? STR(" · ") : STR(""));
    buf_add(meta, part);
}

/* A page that names no subject has that of its folder, or none. */
static bool shows_suggested(const struct reading *reading, const struct session *session)
{
    const struct catalogue *catalogue = session->catalogue;
    if (reading->article.kind != ARTICLE_PLAIN || reading->article.subject.len ||
        reading->suggested == CATALOGUE_NONE)
        return false;
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, reading->target); i++)
        if (catalogue_subject_of(catalogue, reading->target, i) == reading->suggested)
            return false;
    return true;
}

static void make_meta(struct reading *reading, const struct session *session)
{
    const struct catalogue *catalogue = session->catalogue;
    struct buf meta = {0};
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, reading->target); i++)
        add_meta(&meta,
                 catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, reading->target, i)));
    if (is_missing(reading, session)) {
        add_meta(&meta, STR("not in this library"));
    } else {
        struct arena scratch = {0};
        if (shows_suggested(reading, session))
            add_meta(&meta, arena_printf(&scratch, "suggested: %.*s",
                                         STR_ARG(catalogue_subject_name(catalogue, reading->suggested))));
        add_meta(&meta, article_date(&scratch, reading->article.date, reading->article.date_format));
        struct buf minutes = {0};
        count_add_minutes(&minutes, article_minutes(reading->article.text.len));
        add_meta(&meta, buf_str(&minutes));
        buf_free(&minutes);
        arena_free(&scratch);
    }
    reading->meta = arena_str(&reading->arena, buf_str(&meta));
    buf_free(&meta);
}

/* An article for a file that cannot be read: its problem, and what the catalogue remembers. */
static void make_unreadable(struct reading *reading, const struct session *session, const struct err *err)
{
    struct arena *arena = &reading->arena;
    struct article_problem *problem = arena_alloc(arena, sizeof *problem);
    *problem = (struct article_problem){.severity = ARTICLE_ERROR,
                                        .message = arena_str(arena, str_from(err->message))};
    reading->article = (struct article){
        .title = arena_str(arena, catalogue_title(session->catalogue, reading->target)),
        .problems = problem,
        .problem_count = 1,
    };
}

/* The source needs no tree: an empty one stands for it. */
void reading_parse_part(struct reading *reading, size_t part)
{
    struct arena *arena = &reading->part_arena;
    struct str text = reading->shows_source ? STR("") : reading->parts.texts[part];
    bool plain = reading->article.kind == ARTICLE_PLAIN;
    reading->part = part;
    arena_reset(arena);
    reading->document = plain ? plain_parse(arena, text, part == 0) : markdown_parse(arena, text);
}

static void read_article(struct reading *reading, const struct session *session)
{
    struct arena *arena = &reading->arena;
    uint32_t file = catalogue_file_of(session->catalogue, reading->target, 0);
    struct err err;
    if (library_read(session->library, session->catalogue, file, arena, &reading->article, &err) < 0)
        make_unreadable(reading, session, &err);
    reading->title = reading->article.title;
    if (!catalogue_id(session->catalogue, reading->target).len)
        reading->content = str_hash(reading->article.text);
    parts_split(arena, reading->article.text, &reading->parts);
    reading_parse_part(reading, 0);
}

void reading_open(struct reading *reading, const struct session *session, uint32_t target)
{
    if (reading->target == target)
        return;
    size_t rows = reading->rows, columns = reading->columns;
    reading_free(reading);
    reading->target = target;
    if (is_missing(reading, session))
        reading->title = arena_str(&reading->arena, catalogue_title(session->catalogue, target));
    else
        read_article(reading, session);
    reading->note = memory_note(session->memory, session, reading, &reading->arena);
    make_meta(reading, session);
    reading_resize(reading, session, rows, columns);
}

void reading_suggest_subject(struct reading *reading, const struct session *session, uint32_t subject)
{
    if (reading->suggested == subject || reading->target == CATALOGUE_NONE)
        return;
    reading->suggested = subject;
    make_meta(reading, session);
}

/* Cells that stay blank at each side of a pane. */
static size_t border(size_t columns)
{
    return columns >= 40 ? 2 : columns > 4 ? 1 : 0;
}

/* Cells of the pane beside the text's column. */
static size_t margin(const struct reading *reading)
{
    return (reading->columns - reading->width) / 2;
}

/* Cells from there to the pane's other border. */
static size_t reach(const struct reading *reading)
{
    return reading->columns - margin(reading) - border(reading->columns);
}

static void build_layout(struct reading *reading, const struct session *session)
{
    struct layout_options options = {
        .width = reading->width,
        .reach = reach(reading),
        .wraps = session->wraps,
        .justify = session->justifies,
        .charset = session->charset,
        .open_folds = reading->open_folds,
    };
    struct arena *arena = &reading->layout_arena;
    layout_build_text(arena, reading->title, STYLE_TITLE, &options, &reading->heading);
    size_t room = reading->rows >= ROOMY_ROWS ? HEADING_LINES : 1;
    size_t lines = reading->heading.line_count;
    reading->heading_rows = lines < room ? lines : room;
    struct document_links links = {0};
    const struct node *root = is_missing(reading, session)
                                  ? document_build_missing(reading, session, &links)
                                  : document_build(reading, session, lines > room, &links);
    if (reading->shows_source)
        layout_build_text(arena, reading->parts.texts[reading->part], STYLE_CODE_BLOCK, &options,
                          &reading->layout);
    else
        layout_build(arena, root, &options, &reading->layout);
    reading_collect_links(reading, session, &links);
}

/* Rows above the text: the pinned title, a line about it, and a blank one. */
static size_t header_rows(const struct reading *reading)
{
    size_t rows = reading->heading_rows + 1 + (reading->rows >= ROOMY_ROWS ? 1 : 0);
    if (rows < reading->rows)
        return rows;
    return reading->rows > 1 ? 1 : 0;
}

void reading_lay_out(struct reading *reading, const struct session *session)
{
    size_t current = reading->page.current;
    reading->selection = (struct selection){0};
    copy_forget(&reading->copying);
    arena_reset(&reading->layout_arena);
    build_layout(reading, session);
    reading->page.charset = session->charset;
    reading->page.reach = reach(reading);
    pager_set_layout(&reading->page, &reading->layout);
    pager_set_height(&reading->page, reading->rows - header_rows(reading));
    if (!reading->marks)
        return;
    pager_find_words(&reading->page, reading->marks, 0);
    if (current < reading->page.match_count)
        reading->page.current = current;
}

/* How many lines, from the first on, have its offset: the rows of a table, the lines of a block of code. */
static size_t lines_alike(const struct layout *layout, size_t first)
{
    size_t end = first;
    while (end < layout->line_count && layout->lines[end].offset == layout->lines[first].offset)
        end++;
    return end - first;
}

/* The line that a position leads to at another width than its own: as far into the block as it was. */
static size_t line_of_place(const struct layout *layout, const struct position *position)
{
    size_t first = layout_line_at(layout, position->offset);
    if (!position->span || first >= layout->line_count || layout->lines[first].offset != position->offset)
        return first;
    return first + position->within * lines_alike(layout, first) / position->span;
}

static struct position shown_position(const struct reading *reading)
{
    const struct pager *page = &reading->page;
    struct position position = {.target = reading->target,
                                .part = reading->part,
                                .line = page->top,
                                .width = reading->width,
                                .link = reading->link,
                                .open_folds = reading->open_folds};
    if (page->layout && page->top < page->layout->line_count) {
        position.offset = page->layout->lines[page->top].offset;
        size_t first = layout_line_at(page->layout, position.offset);
        position.within = page->top > first ? page->top - first : 0;
        position.span = lines_alike(page->layout, first);
    }
    return position;
}

/* Shows another part from its beginning. */
static void show_part(struct reading *reading, const struct session *session, size_t part)
{
    reading_parse_part(reading, part);
    reading->link = PAGER_NONE;
    reading->open_folds = 0;
    reading_lay_out(reading, session);
    pager_set_top(&reading->page, 0);
}

static void restore_shown(struct reading *reading, const struct session *session,
                          const struct position *position)
{
    if (position->part != reading->part && position->part < reading->parts.count)
        show_part(reading, session, position->part);
    reading_set_folds(reading, session, position->open_folds);
    bool exact = position->width == reading->width || (position->offset == 0 && position->line == 0);
    pager_set_top(&reading->page, exact ? position->line : line_of_place(&reading->layout, position));
    reading->link = position->link < reading->link_count ? position->link : PAGER_NONE;
}

void reading_resize(struct reading *reading, const struct session *session, size_t rows, size_t columns)
{
    size_t beside = 2 * border(columns);
    size_t width = columns - beside < session->column_width ? columns - beside : session->column_width;
    bool wrapped_alike = reading->wraps == session->wraps;
    bool set_alike = wrapped_alike && reading->justifies == session->justifies;
    bool same = reading->rows == rows && reading->columns == columns && reading->width == width && set_alike;
    if (reading->page.top != reading->anchor_top || reading->anchor.target != reading->target) {
        reading->anchor = shown_position(reading);
        reading->anchor_top = reading->page.top;
    }
    reading->rows = rows;
    reading->columns = columns;
    if (reading->target == CATALOGUE_NONE || width == 0 || rows == 0 || same)
        return;
    reading->width = width;
    reading->wraps = session->wraps;
    reading->justifies = session->justifies;
    reading->anchor.width = wrapped_alike ? reading->anchor.width : 0;
    reading->anchor.link = reading->link;
    reading->anchor.open_folds = reading->open_folds;
    reading_lay_out(reading, session);
    restore_shown(reading, session, &reading->anchor);
    reading->anchor_top = reading->page.top;
}

struct position reading_position(const struct reading *reading)
{
    return reading->shows_source ? reading->text_place : shown_position(reading);
}

static bool shows_text(const struct reading *reading)
{
    return !reading->shows_source && reading->width && reading->parts.count;
}

/* How much of the text is above a line of the part that is shown. */
static double part_above(const struct reading *reading, size_t line)
{
    const struct layout *layout = &reading->layout;
    size_t text_len = reading->parts.texts[reading->part].len, lines = layout->line_count;
    while (lines && layout->lines[lines - 1].offset >= text_len)
        lines--; /* what is behind the text */
    double of_part = line < lines ? (double)line / (double)lines : 1;
    return ((double)reading->part + of_part) / (double)reading->parts.count;
}

double reading_seen(const struct reading *reading)
{
    return shows_text(reading) ? part_above(reading, reading->page.top + reading->page.height) : 0;
}

double reading_passed(const struct reading *reading)
{
    return shows_text(reading) ? part_above(reading, reading->page.top) : 1;
}

size_t reading_left(const struct reading *reading)
{
    const struct layout *layout = &reading->layout;
    const struct parts *parts = &reading->parts;
    size_t bottom = reading->page.top + reading->page.height, left = 0;
    for (size_t i = reading->part; reading->width && i < parts->count; i++)
        left += parts->texts[i].len;
    size_t passed = bottom < layout->line_count ? layout->lines[bottom].offset : left;
    return left > passed ? left - passed : 0;
}

static struct file_stamp stamp_of(const struct catalogue *catalogue, uint32_t article)
{
    return catalogue_file(catalogue, catalogue_file_of(catalogue, article, 0)).stamp;
}

/* Whether what the page was made from is not what it would be made from now. */
static bool is_outdated(const struct renumbering *renumbering, uint32_t before, uint32_t now)
{
    if (catalogue_is_missing(renumbering->from, before) || catalogue_is_missing(renumbering->to, now))
        return catalogue_is_missing(renumbering->from, before) != catalogue_is_missing(renumbering->to, now);
    struct file_stamp a = stamp_of(renumbering->from, before), b = stamp_of(renumbering->to, now);
    return a.size != b.size || a.mtime_ns != b.mtime_ns || a.inode != b.inode;
}

/* The page is made anew, and shows the same place of an article, in the text or the source. */
static void open_again(struct reading *reading, const struct session *session, uint32_t target,
                       bool was_article)
{
    struct position position = reading_position(reading);
    bool source = reading->shows_source;
    reading->target = CATALOGUE_NONE;
    reading_open(reading, session, target);
    if (!was_article || is_missing(reading, session))
        return;
    restore_shown(reading, session, &position);
    if (source)
        reading_toggle_source(reading, session);
}

void reading_read_again(struct reading *reading, const struct session *session)
{
    if (reading->target != CATALOGUE_NONE && session->catalogue)
        open_again(reading, session, reading->target, !is_missing(reading, session));
}

void reading_renew(struct reading *reading, const struct session *session,
                   const struct renumbering *renumbering)
{
    if (reading->target == CATALOGUE_NONE)
        return;
    uint32_t before = reading->target, target = renumber(renumbering, before);
    struct position position = shown_position(reading);
    reading->target = target;
    if (target == CATALOGUE_NONE) {
        reading_free(reading);
    } else if (is_outdated(renumbering, before, target)) {
        open_again(reading, session, target, !catalogue_is_missing(renumbering->from, before));
    } else {
        reading->suggested = CATALOGUE_NONE;
        make_meta(reading, session);
        if (reading->width)
            reading_lay_out(reading, session);
        restore_shown(reading, session, &position);
    }
}

static void read_source(struct reading *reading, const struct session *session)
{
    uint32_t file = catalogue_file_of(session->catalogue, reading->target, 0);
    struct err err;
    if (library_read_source(session->library, session->catalogue, file, &reading->arena, &reading->source,
                            &err) < 0)
        reading->source = arena_str(&reading->arena, str_from(err.message));
}

void reading_toggle_source(struct reading *reading, const struct session *session)
{
    if (reading->target == CATALOGUE_NONE || is_missing(reading, session))
        return;
    if (!reading->shows_source)
        reading->text_place = shown_position(reading);
    reading->shows_source = !reading->shows_source;
    if (!reading->source.at)
        read_source(reading, session);
    parts_split(&reading->arena, reading->shows_source ? reading->source : reading->article.text,
                &reading->parts);
    show_part(reading, session, 0);
    if (!reading->shows_source)
        restore_shown(reading, session, &reading->text_place);
}

void reading_restore(struct reading *reading, const struct session *session, const struct position *position)
{
    if (reading->shows_source)
        reading_toggle_source(reading, session);
    restore_shown(reading, session, position);
}

/* Moving on at the end of a part, or back at its beginning. False if there is no other part there. */
static bool change_part(struct reading *reading, const struct session *session, enum action action)
{
    bool down = action == ACTION_DOWN || action == ACTION_HALF_DOWN || action == ACTION_PAGE_DOWN;
    bool up = action == ACTION_UP || action == ACTION_HALF_UP || action == ACTION_PAGE_UP;
    size_t last = reading->parts.count - 1, part = reading->part;
    bool at_end = action == ACTION_BOTTOM || up;
    if (action == ACTION_TOP)
        part = 0;
    else if (action == ACTION_BOTTOM)
        part = last;
    else if (down && pager_at_end(&reading->page) && part < last)
        part++;
    else if (up && reading->page.top == 0 && part > 0)
        part--;
    if (part == reading->part)
        return false;
    show_part(reading, session, part);
    if (at_end)
        pager_act(&reading->page, ACTION_BOTTOM);
    return true;
}

bool reading_act(struct reading *reading, const struct session *session, enum action action)
{
    if (reading->parts.count > 1 && change_part(reading, session, action))
        return true;
    switch (action) {
    case ACTION_NEXT_LINK: reading_walk_links(reading, false); return true;
    case ACTION_PREVIOUS_LINK: reading_walk_links(reading, true); return true;
    case ACTION_NEXT_MATCH: return pager_next_match(&reading->page, false);
    case ACTION_PREVIOUS_MATCH: return pager_next_match(&reading->page, true);
    default: return pager_act(&reading->page, action);
    }
}

void reading_clear_marks(struct reading *reading)
{
    arena_reset(&reading->marks_arena);
    reading->marks = NULL;
    pager_clear_marks(&reading->page);
}

/* What the text has comes before what a fold hides. */
static void choose_match(struct reading *reading)
{
    struct pager *page = &reading->page;
    for (size_t i = 0; i < page->mark_count; i++)
        if (!reading->layout.lines[page->marks[i].line].label) {
            page->current = page->marks[i].match;
            return;
        }
}

void reading_mark(struct reading *reading, const struct session *session, const struct search_marks *marks)
{
    reading_clear_marks(reading);
    reading->marks = search_marks_copy(&reading->marks_arena, marks);
    pager_find_words(&reading->page, reading->marks, 0);
    choose_match(reading);
    reading_unfold_match(reading, session);
    size_t text_len = reading->parts.count ? reading->parts.texts[reading->part].len : 0;
    size_t line = pager_match_line(&reading->page);
    if (line != PAGER_NONE && reading->layout.lines[line].offset < text_len)
        pager_reveal(&reading->page, line); /* words that only the related questions have do not lead away */
}

void reading_text_place(const struct reading *reading, size_t *rows, size_t *columns)
{
    *rows = header_rows(reading);
    *columns = margin(reading);
}
