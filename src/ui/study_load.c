#include "study_load.h"

#include "compose.h"
#include "day.h"
#include "deck.h"
#include "memory.h"
#include "sheet.h"

#define DAYS      14
#define WEEKS     8
#define BAR_CELLS 40

/* A block a card, or fewer so that the largest count has room; something is never nothing. */
static struct str bar(struct arena *arena, size_t count, size_t largest)
{
    size_t cells = largest > BAR_CELLS ? (count * BAR_CELLS + largest - 1) / largest : count;
    struct buf text = {0};
    for (size_t i = 0; i < cells; i++)
        buf_add(&text, STR("█"));
    buf_printf(&text, "%s%zu", cells ? " " : "", count);
    struct str made = arena_str(arena, buf_str(&text));
    buf_free(&text);
    return made;
}

static void compose_days(struct arena *arena, struct node *root, const struct session *session)
{
    struct study_time time = day_of(session->now());
    size_t counts[DAYS], largest = 0;
    deck_forecast(session->deck, &time, counts, DAYS);
    for (size_t i = 0; i < DAYS; i++)
        largest = counts[i] > largest ? counts[i] : largest;
    compose_heading(arena, root, 2, STR("What is due"));
    struct node *table = compose_node(arena, root, NODE_TABLE);
    compose_row(arena, table, STR("day"), STR("cards"));
    for (int i = 0; i < DAYS; i++)
        compose_row(arena, table, i ? day_date(arena, &time, i) : STR("today"),
                    bar(arena, counts[i], largest));
}

/* Weeks back, the latest first. */
static void compose_recall(struct arena *arena, struct node *root, const struct session *session)
{
    struct study_time time = day_of(session->now());
    const int64_t week = 7 * STUDY_DAY, end = time.day_begins + STUDY_DAY;
    struct node *table = NULL;
    for (int i = 0; session->memory && i < WEEKS; i++) {
        struct cards_recall recall =
            cards_recall(memory_state(session->memory), end - (i + 1) * week, end - i * week);
        if (!recall.asked)
            continue;
        if (!table) {
            compose_heading(arena, root, 2, STR("What was still known when it was asked again"));
            table = compose_node(arena, root, NODE_TABLE);
            compose_row(arena, table, STR("week to"), STR("cards"));
        }
        size_t percent = (recall.known * 100 + recall.asked / 2) / recall.asked;
        compose_row(arena, table, i ? day_date(arena, &time, -7 * i) : STR("today"),
                    arena_printf(arena, "%.*s %% of %zu", STR_ARG(bar(arena, percent, 100)), recall.asked));
    }
}

struct view *study_load_new(const struct session *session)
{
    struct arena arena = {0};
    struct node *root = arena_alloc(&arena, sizeof *root);
    root->kind = NODE_DOCUMENT;
    compose_days(&arena, root, session);
    compose_recall(&arena, root, session);
    return sheet_new_page(&arena, STR("Studying"), root);
}
