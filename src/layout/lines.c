#include "lines.h"

/* A line more costs more than any raggedness of as many lines as are broken at once. */
#define LINE_COST ((uint64_t)1 << 40)

/* Finds the cheapest line that begins with word `first`, behind `used` cells. */
static void choose_line(struct lines_word *words, size_t count, size_t first, size_t used, size_t room)
{
    struct lines_word *word = &words[first];
    word->cost = UINT64_MAX;
    used += used ? word->space : 0;
    for (size_t i = first; i < count; i++) {
        used += words[i].width + (i > first ? words[i].space : 0);
        if (used > room)
            return;
        uint64_t blank = room - used;
        uint64_t cost = i + 1 == count ? 0 : LINE_COST + blank * blank + words[i + 1].cost;
        if (cost <= word->cost) {
            word->cost = cost;
            word->next = (uint32_t)i + 1;
        }
    }
}

/* Fills line by line, which is best for two lines and needs as few as can be. Returns the lines. */
static size_t fill_lines(struct lines_word *words, size_t count, size_t used, size_t room)
{
    size_t lines = 1;
    for (size_t i = 0; i < count; i++) {
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
    bool begins = words[0].begins;
    for (size_t i = count; i-- > 1;) {
        words[i].begins = false;
        choose_line(words, count, i, 0, room);
    }
    choose_line(words, count, 0, begins ? 0 : used, room);
    for (size_t i = words[0].next; i < count; i = words[i].next)
        words[i].begins = true;
}
