#include "lines.h"

/* A line more costs more than any raggedness of as many lines as are broken at once. */
#define LINE_COST ((uint64_t)1 << 40)

/* Cells from the beginning of one word to the end of another. */
static size_t cells(const struct lines_word *first, const struct lines_word *last)
{
    return (size_t)last->at + last->width - first->at;
}

/* The last word on a line that begins with word `first` behind `used` cells; not behind `last`. */
static size_t last_fitting(const struct lines_word *words, size_t first, size_t last, size_t used,
                           size_t room)
{
    while (last > first && used + cells(&words[first], &words[last]) > room)
        last--;
    return last;
}

/*
 * Finds the cheapest line that begins with word `first`, behind `used` cells, and ends with `last` at most. Shorter lines
 * leave no fewer lines to come: so one need not look on when the blanks alone cost as much as the best.
 */
static void choose_line(struct lines_word *words, size_t count, size_t first, size_t last, size_t used,
                        size_t room)
{
    struct lines_word *word = &words[first];
    word->cost = 0;
    word->next = (uint32_t)last + 1;
    if (last + 1 == count)
        return;
    uint64_t least = LINE_COST + (words[last + 1].cost & ~(LINE_COST - 1));
    word->cost = UINT64_MAX;
    for (size_t i = last + 1; i-- > first;) {
        uint64_t blank = room - used - cells(word, &words[i]);
        if (least + blank * blank >= word->cost)
            return;
        uint64_t cost = LINE_COST + blank * blank + words[i + 1].cost;
        if (cost < word->cost) {
            word->cost = cost;
            word->next = (uint32_t)i + 1;
        }
    }
}

/* Fills line by line, which is best for two lines and needs as few as can be. Returns the lines. */
static size_t fill_lines(struct lines_word *words, size_t count, size_t used, size_t room)
{
    size_t lines = 1;
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        words[i].at = at += i ? words[i - 1].width + words[i].space : 0;
        size_t end = used + words[i].width + (used ? words[i].space : 0);
        words[i].begins = end > room;
        lines += words[i].begins;
        used = words[i].begins ? words[i].width : end;
    }
    return lines;
}

void lines_choose(struct lines_word *words, size_t count, size_t used, size_t room)
{
    if (count == 0 || fill_lines(words, count, used, room) <= 2)
        return;
    used = words[0].begins ? 0 : used + (used ? words[0].space : 0);
    size_t last = count - 1;
    for (size_t i = count; i-- > 0;) {
        words[i].begins &= i == 0;
        last = last_fitting(words, i, last, i ? 0 : used, room);
        choose_line(words, count, i, last, i ? 0 : used, room);
    }
    for (size_t i = words[0].next; i < count; i = words[i].next)
        words[i].begins = true;
}
