#include "deck.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"

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

static int compare_articles(const void *a, const void *b)
{
    uint32_t left = ((const struct study_card *)a)->article, right = ((const struct study_card *)b)->article;
    return (left > right) - (left < right);
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
    if (kept)
        qsort(deck->cards, kept, sizeof *deck->cards, compare_articles);
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

void deck_put(struct deck *deck, const struct study_card *card)
{
    size_t place = place_of(deck, card->article);
    if (place == deck->count || deck->cards[place].article != card->article) {
        deck->cards = mem_grow(deck->cards, deck->count, &deck->capacity, sizeof *deck->cards);
        memmove(deck->cards + place + 1, deck->cards + place, (deck->count - place) * sizeof *deck->cards);
        deck->count++;
    }
    deck->cards[place] = *card;
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
