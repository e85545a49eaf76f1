#include "deck.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "memory.h"

struct deck {
    struct study_card *cards; /* by article */
    size_t count, capacity;
};

struct deck *deck_new(void)
{
    return mem_calloc(1, sizeof(struct deck));
}

void deck_free(struct deck *deck)
{
    if (deck)
        mem_free(deck->cards);
    mem_free(deck);
}

/* Of several cards of an article the one that was reviewed last comes first. */
static int compare_cards(const void *a, const void *b)
{
    const struct study_card *left = a, *right = b;
    if (left->article != right->article)
        return left->article < right->article ? -1 : 1;
    return (left->reviewed < right->reviewed) - (left->reviewed > right->reviewed);
}

/* In order, each article once. */
static void sort(struct deck *deck)
{
    size_t kept = 0;
    if (deck->count)
        qsort(deck->cards, deck->count, sizeof *deck->cards, compare_cards);
    for (size_t i = 0; i < deck->count; i++)
        if (!kept || deck->cards[i].article != deck->cards[kept - 1].article)
            deck->cards[kept++] = deck->cards[i];
    deck->count = kept;
}

void deck_renew(struct deck *deck, const struct renumbering *renumbering)
{
    size_t kept = 0;
    for (size_t i = 0; i < deck->count; i++) {
        struct study_card card = deck->cards[i];
        card.article = renumber(renumbering, card.article);
        if (card.article != CATALOGUE_NONE)
            deck->cards[kept++] = card;
    }
    deck->count = kept;
    sort(deck);
}

struct finding {
    struct deck *deck;
    const struct library *library;
    const struct catalogue *catalogue;
    const atomic_bool *cancel;
};

/* Of articles that this library does not hold nothing is asked here. */
static bool on_card(void *context, const struct state_key *wanted, const struct study_card *card)
{
    struct finding *finding = context;
    struct deck *deck = finding->deck;
    uint32_t article = memory_target(finding->library, finding->catalogue, wanted);
    if (!catalogue_is_missing(finding->catalogue, article)) {
        deck->cards = mem_grow(deck->cards, deck->count, &deck->capacity, sizeof *deck->cards);
        deck->cards[deck->count] = *card;
        deck->cards[deck->count++].article = article;
    }
    return !atomic_load(finding->cancel);
}

int deck_find(struct deck *deck, struct state *state, const struct library *library,
              const struct catalogue *catalogue, const atomic_bool *cancel)
{
    struct finding finding = {deck, library, catalogue, cancel};
    deck->count = 0;
    int status = cards_each(state, on_card, &finding, NULL);
    sort(deck);
    return atomic_load(cancel) ? -1 : status;
}

void deck_swap(struct deck *deck, struct deck *other)
{
    struct deck cards = *deck;
    *deck = *other;
    *other = cards;
}

/* The place of the first card with that article or a later one. */
static size_t place_of(const struct deck *deck, uint32_t article)
{
    size_t begin = 0, end = deck->count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (deck->cards[middle].article < article)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

struct study_card deck_card(const struct deck *deck, uint32_t article)
{
    size_t place = place_of(deck, article);
    if (place < deck->count && deck->cards[place].article == article)
        return deck->cards[place];
    return (struct study_card){.article = article};
}

static void put(struct deck *deck, const struct study_card *card)
{
    size_t place = place_of(deck, card->article);
    if (place == deck->count || deck->cards[place].article != card->article) {
        deck->cards = mem_grow(deck->cards, deck->count, &deck->capacity, sizeof *deck->cards);
        memmove(deck->cards + place + 1, deck->cards + place, (deck->count - place) * sizeof *deck->cards);
        deck->count++;
    }
    deck->cards[place] = *card;
}

int deck_keep(struct deck *deck, const struct session *session, const struct reading *reading,
              const struct study_card *after, const struct cards_review *review, int64_t *number,
              struct err *err)
{
    put(deck, after);
    *number = 0;
    if (!session->memory)
        return 0;
    memory_note_change(session->memory);
    int64_t article = memory_article(session->memory, session, reading, err);
    struct state *state = memory_state(session->memory);
    if (article && !review)
        return cards_put(state, article, after, err);
    if (article)
        *number = cards_add_review(state, article, after, review, err);
    return *number ? 0 : -1;
}

int deck_undo(struct deck *deck, const struct session *session, const struct reading *reading,
              const struct study_card *before, int64_t number, struct err *err)
{
    put(deck, before);
    if (!session->memory)
        return 0;
    memory_note_change(session->memory);
    int64_t article = memory_article(session->memory, session, reading, err);
    return article ? cards_undo(memory_state(session->memory), article, number, before, err) : -1;
}

const struct study_card *deck_cards(const struct deck *deck, size_t *count)
{
    *count = deck->count;
    return deck->cards;
}

size_t deck_count_due(const struct deck *deck, const struct study_time *time)
{
    size_t due = 0;
    for (size_t i = 0; i < deck->count; i++)
        due += study_is_due(&deck->cards[i], time);
    return due;
}

size_t deck_count_studied(const struct deck *deck)
{
    size_t studied = 0;
    for (size_t i = 0; i < deck->count; i++)
        studied += deck->cards[i].reviews > 0;
    return studied;
}

void deck_forecast(const struct deck *deck, const struct study_time *time, size_t *counts, size_t days)
{
    memset(counts, 0, days * sizeof *counts);
    for (size_t i = 0; i < deck->count; i++) {
        const struct study_card *card = &deck->cards[i];
        int64_t from = card->due > card->hidden_until ? card->due : card->hidden_until;
        int64_t day = from < time->day_begins ? 0 : (from - time->day_begins) / STUDY_DAY;
        if (card->reviews && day < (int64_t)days)
            counts[day]++;
    }
}
