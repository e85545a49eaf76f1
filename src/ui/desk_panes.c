#include "desk_panes.h"

#include "lectern/mem.h"
#include "passage.h"
#include "peek.h"

static void ask_open(struct effects *effects, uint32_t target)
{
    effects->open = OPEN_TARGET;
    effects->position = (struct position){.target = target, .link = PAGER_NONE};
}

/* The articles of the filtered rows, as a list to walk through. */
static struct walk filtered_walk(const struct desk *desk)
{
    struct walk walk = {.targets = mem_calloc(desk->tree.list.count, sizeof *walk.targets)};
    for (size_t i = 0; i < desk->tree.list.count; i++) {
        if (desk->tree.rows[i].item == CATALOGUE_NONE)
            continue;
        if (desk->tree.rows[i].item == desk->reading.target)
            walk.at = walk.count;
        walk.targets[walk.count++] = desk->tree.rows[i].item;
    }
    return walk;
}

/* The articles of the topic in which the selected row stands; of the one that holds what is shown, if that is a topic's. */
static struct walk tree_walk(const struct desk *desk, const struct session *session)
{
    const struct tree_row *row = tree_selected(&desk->tree);
    if (!row)
        return (struct walk){0};
    if (desk->tree.filter.text.len)
        return filtered_walk(desk);
    uint32_t number =
        row->item != CATALOGUE_NONE ? row->topic : tree_topic_of(session->tree, desk->reading.target);
    if (number == TOPIC_NONE || session->tree->topics[number].kind == TOPIC_PROBLEMS)
        return (struct walk){0};
    const struct topic *topic = &session->tree->topics[number];
    struct walk walk = {.count = topic->article_count,
                        .targets = mem_calloc(topic->article_count, sizeof *walk.targets)};
    for (uint32_t i = 0; i < topic->article_count; i++) {
        walk.targets[i] = topic->articles[i];
        if (topic->articles[i] == desk->reading.target)
            walk.at = i;
    }
    return walk;
}

/* The article of the selected row is shown beside the tree at once. */
void desk_preview_row(struct desk *desk, const struct session *session)
{
    uint32_t article = tree_row_article(session, tree_selected(&desk->tree));
    if (article == CATALOGUE_NONE || article == desk->reading.target)
        return;
    desk_note_position(desk);
    desk_show(desk, session, (struct position){.target = article, .link = PAGER_NONE});
}

static void open_row(struct desk *desk, const struct session *session, struct effects *effects)
{
    const struct tree_row *row = tree_selected(&desk->tree);
    if (!row)
        return;
    uint32_t article = tree_row_article(session, row);
    if (row->item == CATALOGUE_NONE && desk->tree.filter.text.len) {
        line_set(&desk->tree.filter, (struct str){0});
        tree_filter(&desk->tree, session);
        tree_set_open(&desk->tree, session, true);
    } else if (row->item == CATALOGUE_NONE) {
        tree_set_open(&desk->tree, session, !tree_is_open(&desk->tree, row->topic));
    } else if (article != CATALOGUE_NONE) {
        ask_open(effects, article);
        effects->walk = tree_walk(desk, session);
    } else {
        struct catalogue_problem problem = catalogue_problem(session->catalogue, row->item);
        buf_printf(&effects->message, "%.*s: %.*s", STR_ARG(problem.path), STR_ARG(problem.message));
    }
}

static void tree_in(struct desk *desk, const struct session *session, struct effects *effects)
{
    const struct tree_row *row = tree_selected(&desk->tree);
    if (!row)
        return;
    bool open_topic = row->item == CATALOGUE_NONE && tree_is_open(&desk->tree, row->topic);
    if (open_topic && !desk->tree.filter.text.len)
        list_act(&desk->tree.list, ACTION_DOWN);
    else
        open_row(desk, session, effects);
}

static void tree_out(struct desk *desk, const struct session *session)
{
    const struct tree_row *row = tree_selected(&desk->tree);
    if (row && row->item == CATALOGUE_NONE && tree_is_open(&desk->tree, row->topic) &&
        !desk->tree.filter.text.len)
        tree_set_open(&desk->tree, session, false);
    else
        tree_go_parent(&desk->tree, session);
}

static void begin_filter(struct desk *desk)
{
    desk->filtering = true;
    desk->before_filter = reading_position(&desk->reading);
    desk->row_before_filter = tree_hold(&desk->tree);
}

/* Esc while typing goes back to where one was; later, the row that was chosen meanwhile stays chosen. */
void desk_cancel_filter(struct desk *desk, const struct session *session)
{
    line_set(&desk->tree.filter, (struct str){0});
    if (desk->filtering)
        tree_hold_row(&desk->tree, desk->row_before_filter);
    tree_filter(&desk->tree, session);
    if (desk->filtering && desk->before_filter.target != CATALOGUE_NONE)
        desk_show(desk, session, desk->before_filter);
    desk->filtering = false;
}

bool desk_act_tree(struct desk *desk, const struct session *session, enum action action,
                   struct effects *effects)
{
    bool related = desk->reading.related_count || desk_similar_rows(desk);
    enum desk_pane next = related ? DESK_RELATED : DESK_ARTICLE;
    switch (action) {
    case ACTION_OPEN: open_row(desk, session, effects); break;
    case ACTION_IN: tree_in(desk, session, effects); break;
    case ACTION_OUT: tree_out(desk, session); break;
    case ACTION_NEXT_LINK: desk_set_focus(desk, session, next); return true;
    case ACTION_PREVIOUS_LINK: desk_set_focus(desk, session, DESK_ARTICLE); return true;
    case ACTION_FIND: begin_filter(desk); return true;
    case ACTION_CANCEL:
        if (desk->tree.filter.text.len)
            desk_cancel_filter(desk, session);
        return true;
    default:
        if (!list_act(&desk->tree.list, action))
            return false;
    }
    tree_hold(&desk->tree);
    desk_preview_row(desk, session);
    return true;
}

/* The related questions as a list to walk through, from one of them on. */
static struct walk related_walk(const struct desk *desk, const struct reading_link *from)
{
    struct walk walk = {.count = desk->reading.related_count};
    walk.targets = mem_calloc(walk.count, sizeof *walk.targets);
    for (size_t i = 0; i < walk.count; i++) {
        const struct reading_link *link = &desk->reading.related[i];
        walk.targets[i] = link->target;
        if (link->number == from->number)
            walk.at = i;
    }
    return walk;
}

static void open_link(struct desk *desk, const struct reading_link *link, struct effects *effects)
{
    if (link->kind == LAYOUT_LINK_PLACE) {
        buf_printf(&effects->message, "This page lists no reference %u.", link->number);
        return;
    }
    if (link->target == CATALOGUE_NONE) {
        buf_printf(&effects->message, "This link leads out of the library: %.*s", STR_ARG(link->address));
        return;
    }
    ask_open(effects, link->target);
    if (link->number)
        effects->walk = related_walk(desk, link);
}

static struct str passage_title(struct arena *arena, const struct reading_link *link,
                                const struct node *block)
{
    if (link->kind == LAYOUT_LINK_FOLD)
        return STR(" Page furniture ");
    if (!link->number)
        return STR(" On this page ");
    bool reference = block->kind == NODE_ITEM && block->offset == link->place;
    return arena_printf(arena, reference ? " Reference %u " : " Where %u is cited ", link->number);
}

/* A look at a place of the page. False if the link leads to none. */
static bool preview_place(struct desk *desk, struct effects *effects)
{
    const struct node *block = reading_block(&desk->reading, desk->reading.link);
    struct arena arena = {0};
    if (block)
        effects->push =
            passage_new(passage_title(&arena, &desk->reading.links[desk->reading.link], block), block);
    arena_free(&arena);
    return block;
}

/* A look at what the selected link leads to, or the selected row of the related questions. */
static void preview_link(struct desk *desk, const struct session *session, struct effects *effects)
{
    const struct reading *reading = &desk->reading;
    const struct reading_link *link = NULL;
    uint32_t similar = desk_similar_at(desk, desk->related.selected);
    if (desk->focus == DESK_RELATED && desk->related.selected < reading->related_count)
        link = &reading->related[desk->related.selected];
    else if (desk->focus == DESK_ARTICLE && reading->link < reading->link_count)
        link = &reading->links[reading->link];
    if (desk->focus == DESK_RELATED && similar != CATALOGUE_NONE)
        effects->push = peek_new(session, similar);
    else if (!link)
        buf_add(&effects->message, STR("Select a link with Tab, then look at it."));
    else if (desk->focus == DESK_ARTICLE && preview_place(desk, effects))
        return;
    else if (link->target == CATALOGUE_NONE)
        open_link(desk, link, effects);
    else
        effects->push = peek_new(session, link->target);
}

static void begin_find(struct desk *desk)
{
    desk->before_find = desk->previous = reading_position(&desk->reading);
    reading_clear_marks(&desk->reading);
    find_begin(&desk->find, &desk->reading.page);
}

static void open_related_row(struct desk *desk, struct effects *effects)
{
    size_t row = desk->related.selected, related = desk->reading.related_count;
    uint32_t similar = desk_similar_at(desk, row);
    if (similar != CATALOGUE_NONE) {
        ask_open(effects, similar);
        effects->walk = desk_similar_walk(desk, row - related);
    } else if (row < related) {
        open_link(desk, &desk->reading.related[row], effects);
    }
}

bool desk_act_related(struct desk *desk, const struct session *session, enum action action,
                      struct effects *effects)
{
    switch (action) {
    case ACTION_OPEN: open_related_row(desk, effects); return true;
    case ACTION_PREVIEW: preview_link(desk, session, effects); return true;
    case ACTION_FIND:
        desk_set_focus(desk, session, DESK_ARTICLE);
        begin_find(desk);
        return true;
    case ACTION_IN:
    case ACTION_CANCEL:
    case ACTION_NEXT_LINK: desk_set_focus(desk, session, DESK_ARTICLE); return true;
    case ACTION_OUT:
    case ACTION_PREVIOUS_LINK: desk_set_focus(desk, session, DESK_TREE); return true;
    default: return list_act(&desk->related, action);
    }
}

void desk_follow(struct desk *desk, const struct session *session, size_t link, struct effects *effects)
{
    struct reading *reading = &desk->reading;
    if (link >= reading->link_count)
        return;
    if (reading->links[link].kind == LAYOUT_LINK_FOLD) {
        reading_toggle_fold(reading, session, link);
        find_renew(&desk->find, &reading->page);
    } else if (reading->links[link].kind == LAYOUT_LINK_PLACE && reading->links[link].place != NODE_NOWHERE) {
        desk_jump(desk, link);
    } else {
        open_link(desk, &reading->links[link], effects);
    }
}

void desk_show_match(struct desk *desk, const struct session *session)
{
    if (reading_unfold_match(&desk->reading, session))
        find_renew(&desk->find, &desk->reading.page);
    pager_reveal_match(&desk->reading.page);
}

static void cancel_marks(struct desk *desk)
{
    line_set(&desk->find.line, (struct str){0});
    reading_clear_marks(&desk->reading);
    desk->reading.link = PAGER_NONE;
}

/* The list one came from, at the article that is shown; in the tree, and where one came from nowhere, the topic's. */
static void find_walk(struct desk *desk, const struct session *session)
{
    struct walk *walk = &desk->walk;
    for (size_t i = 0; desk->focus != DESK_TREE && i < walk->count; i++) {
        size_t at = (walk->at + i) % walk->count;
        if (walk->targets[at] == desk->reading.target) {
            walk->at = at;
            return;
        }
    }
    walk_free(walk);
    *walk = tree_walk(desk, session);
}

void desk_walk_by(struct desk *desk, const struct session *session, bool backwards, struct effects *effects)
{
    find_walk(desk, session);
    struct walk *walk = &desk->walk;
    if (backwards ? walk->at == 0 : walk->at + 1 >= walk->count) {
        buf_add(&effects->message,
                backwards ? STR("This is the first of its list.") : STR("This is the last of its list."));
        return;
    }
    walk->at += backwards ? (size_t)-1 : 1;
    ask_open(effects, walk->targets[walk->at]);
}

/* What was found is marked in the next part of a long text, too. */
static bool read_on(struct desk *desk, const struct session *session, enum action action)
{
    size_t part = desk->reading.part;
    bool known = reading_act(&desk->reading, session, action);
    if (desk->reading.part != part)
        find_renew(&desk->find, &desk->reading.page);
    return known;
}

bool desk_act_article(struct desk *desk, const struct session *session, enum action action,
                      struct effects *effects)
{
    switch (action) {
    case ACTION_OPEN: desk_follow(desk, session, desk->reading.link, effects); return true;
    case ACTION_PREVIEW: preview_link(desk, session, effects); return true;
    case ACTION_HINTS:
        hints_begin(&desk->hints, &desk->reading);
        if (!desk->hints.on)
            buf_add(&effects->message, STR("No link is in sight."));
        return true;
    case ACTION_IN:
        if (!pager_act(&desk->reading.page, ACTION_RIGHTWARDS))
            buf_add(&effects->message,
                    STR("Nothing is wider than the pane; Tab selects a link, Enter follows it."));
        return true;
    case ACTION_OUT:
        if (desk->reading.page.shift && pager_most_beyond(&desk->reading.page))
            return pager_act(&desk->reading.page, ACTION_LEFTWARDS);
        desk_set_focus(desk, session, DESK_TREE);
        return true;
    case ACTION_CANCEL: cancel_marks(desk); return true;
    case ACTION_TOP:
    case ACTION_BOTTOM:
        desk->previous = reading_position(&desk->reading);
        return read_on(desk, session, action);
    case ACTION_FIND: begin_find(desk); return true;
    case ACTION_NEXT_MATCH:
    case ACTION_PREVIOUS_MATCH:
        if (reading_act(&desk->reading, session, action)) {
            desk_show_match(desk, session);
            return true;
        }
        if (desk->find.line.text.len)
            buf_printf(&effects->message, "Not found on this page: %.*s",
                       STR_ARG(buf_str(&desk->find.line.text)));
        else
            buf_add(&effects->message, STR("Nothing is marked: / finds in this page."));
        return true;
    case ACTION_PAGE_DOWN:
        if (!read_on(desk, session, action))
            desk_walk_by(desk, session, false, effects);
        return true;
    default: return read_on(desk, session, action);
    }
}

void desk_open_related(struct desk *desk, key digit, struct effects *effects)
{
    const struct reading_link *link = reading_related(&desk->reading, digit - '0');
    if (link)
        open_link(desk, link, effects);
    else
        buf_printf(&effects->message, "There is no related question %c here.", (char)digit);
}
