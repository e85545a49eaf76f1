/* The links of the page that is read: where they stand, where they lead, and the folds. */
#include "reading_links.h"

#include "addresses.h"

static void keep_related(struct reading *reading, const struct document_links *known)
{
    reading->related = arena_array(&reading->layout_arena, known->count, sizeof *reading->related);
    reading->related_count = known->count;
    for (size_t i = 0; i < known->count; i++)
        reading->related[i] = (struct reading_link){.target = known->targets[i], .number = known->numbers[i]};
}

/* An address may be that of another file of the library, or of a heading of this page. */
static void resolve(const struct reading *reading, const struct session *session, struct reading_link *link)
{
    const struct layout *layout = &reading->layout;
    size_t heading = addresses_heading(layout, link->address);
    if (link->kind != LAYOUT_LINK_ADDRESS)
        return;
    if (heading != SIZE_MAX) {
        link->kind = LAYOUT_LINK_PLACE;
        link->place = layout->lines[layout->headings[heading].line].offset;
        return;
    }
    link->target = addresses_article(session->catalogue, reading->target, link->address);
    if (link->target != CATALOGUE_NONE)
        link->address = (struct str){0};
}

/* Which links the laid out page has, with their lines. */
static void collect_links(struct reading *reading, const struct session *session,
                          const struct document_links *known)
{
    const struct layout *layout = &reading->layout;
    reading->links = arena_array(&reading->layout_arena, layout->link_count, sizeof *reading->links);
    reading->link_count = layout->link_count;
    size_t next = 0;
    for (size_t i = 0; i < layout->link_count; i++) {
        struct reading_link *link = &reading->links[i];
        *link = (struct reading_link){
            .kind = layout->links[i].kind,
            .target = CATALOGUE_NONE,
            .number = layout->links[i].number,
            .offset = layout->links[i].offset,
            .place = layout->links[i].place,
            .line = layout->links[i].line,
        };
        if (next < known->count && link->kind == LAYOUT_LINK_ADDRESS &&
            layout->links[i].target.at == known->names[next].at) {
            link->target = known->targets[next];
            link->number = known->numbers[next++];
        } else {
            link->address = layout->links[i].target;
            resolve(reading, session, link);
        }
    }
    if (reading->link != PAGER_NONE && reading->link >= reading->link_count)
        reading->link = PAGER_NONE;
}

void reading_collect_links(struct reading *reading, const struct session *session,
                           const struct document_links *known)
{
    keep_related(reading, known);
    collect_links(reading, session, known);
}

/* Where a link begins on its line, wherever that is scrolled to. */
static size_t column_of(const struct reading *reading, size_t link)
{
    const struct layout_line *line = &reading->layout.lines[reading->links[link].line];
    for (uint32_t i = 0; i < line->count; i++)
        if (line->spans[i].link == link + 1)
            return line->spans[i].column;
    return 0;
}

size_t reading_link_column(const struct reading *reading, size_t link)
{
    return pager_screen_column(&reading->page, reading->links[link].line, column_of(reading, link));
}

/* The next link, from the selected one or else from the first visible line. */
void reading_walk_links(struct reading *reading, bool backwards)
{
    size_t count = reading->link_count, top = reading->page.top, to = PAGER_NONE;
    if (!count)
        return;
    if (reading->link != PAGER_NONE) {
        to = backwards ? (reading->link ? reading->link : count) - 1 : (reading->link + 1) % count;
    } else {
        for (size_t i = 0; i < count && to == PAGER_NONE; i++)
            if (reading->links[i].line >= top)
                to = i;
        if (to == PAGER_NONE)
            to = backwards ? count - 1 : 0;
        else if (backwards)
            to = (to ? to : count) - 1;
    }
    reading->link = to;
    pager_reveal(&reading->page, reading->links[to].line);
    pager_reveal_column(&reading->page, reading->links[to].line, column_of(reading, to), 1);
}

const struct reading_link *reading_related(const struct reading *reading, uint32_t number)
{
    for (size_t i = 0; i < reading->related_count; i++)
        if (reading->related[i].number == number)
            return &reading->related[i];
    return NULL;
}

/* --- Within the page --- */

#define NEAR_LINES 8

/* The link at the place, that leads back. */
static size_t way_back(const struct reading *reading, const struct reading_link *from)
{
    for (size_t i = 0; i < reading->link_count; i++) {
        const struct reading_link *link = &reading->links[i];
        if (link->kind == LAYOUT_LINK_PLACE && link->offset == from->place && link->place == from->offset)
            return i;
    }
    return PAGER_NONE;
}

void reading_follow(struct reading *reading, size_t link)
{
    const struct reading_link *from = &reading->links[link];
    if (from->kind != LAYOUT_LINK_PLACE || from->place == NODE_NOWHERE)
        return;
    size_t block = layout_line_at(&reading->layout, from->place), line = block;
    if (!from->number) { /* a heading */
        reading->link = PAGER_NONE;
        pager_set_top(&reading->page, block);
        return;
    }
    reading->link = way_back(reading, from);
    if (reading->link != PAGER_NONE)
        line = reading->links[reading->link].line;
    if (line - block <
        NEAR_LINES) /* an entry with its way back; a citation may stand far down in its paragraph */
        pager_reveal(&reading->page, block);
    pager_reveal(&reading->page, line);
}

static bool holds_blocks(const struct node *node)
{
    return node->kind == NODE_DOCUMENT || node->kind == NODE_QUOTE || node->kind == NODE_LIST;
}

/* The innermost block that begins at or before `offset`; an item counts as one. */
static const struct node *block_at(const struct node *parent, uint32_t offset)
{
    const struct node *found = NULL;
    for (const struct node *node = parent->first; node && node->offset <= offset; node = node->next)
        found = node;
    return found && holds_blocks(found) ? block_at(found, offset) : found;
}

const struct node *reading_block(const struct reading *reading, size_t link)
{
    const struct reading_link *from = &reading->links[link];
    uint32_t offset = from->kind == LAYOUT_LINK_FOLD ? from->offset : from->place;
    if (from->kind == LAYOUT_LINK_ADDRESS || offset == NODE_NOWHERE || !reading->document)
        return NULL;
    return block_at(reading->document, offset);
}

/* --- Folds --- */

void reading_set_folds(struct reading *reading, const struct session *session, uint64_t open_folds)
{
    if (reading->open_folds == open_folds)
        return;
    reading->open_folds = open_folds;
    if (reading->width && !reading->shows_source)
        reading_lay_out(reading, session);
}

static uint64_t fold_bit(uint32_t number)
{
    return (uint64_t)1 << (number < LAYOUT_FOLDS ? number : LAYOUT_FOLDS - 1);
}

/* The label keeps its row. */
void reading_toggle_fold(struct reading *reading, const struct session *session, size_t link)
{
    size_t line = reading->links[link].line, top = reading->page.top;
    reading_set_folds(reading, session, reading->open_folds ^ fold_bit(reading->links[link].number));
    size_t now = reading->links[link].line;
    pager_set_top(&reading->page, line >= top ? now - (line - top < now ? line - top : now) : now);
}

bool reading_unfold_match(struct reading *reading, const struct session *session)
{
    size_t line = pager_match_line(&reading->page);
    if (line == PAGER_NONE || !reading->layout.lines[line].label || !reading->layout.lines[line].count)
        return false;
    uint32_t link = reading->layout.lines[line].spans[0].link;
    if (!link)
        return false;
    reading_set_folds(reading, session, reading->open_folds | fold_bit(reading->links[link - 1].number));
    return true;
}
