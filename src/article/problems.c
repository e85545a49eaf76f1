#include "problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t clamp(size_t number)
{
    return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

static struct article_problem *append(struct problems *problems)
{
    if (problems->count == problems->capacity) {
        size_t capacity = problems->capacity ? problems->capacity * 2 : 8;
        struct article_problem *items = arena_array(problems->arena, capacity, sizeof *items);
        if (problems->count)
            memcpy(items, problems->items, problems->count * sizeof *items);
        problems->items = items;
        problems->capacity = capacity;
    }
    return &problems->items[problems->count++];
}

void problems_add(struct problems *problems, enum article_severity severity, size_t line, size_t column,
                  const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct article_problem *problem = append(problems);
    problem->severity = severity;
    problem->line = clamp(line);
    problem->column = clamp(column);
    problem->message = arena_str(problems->arena, str_from(message));
}

/* Where a problem lies, and when it was met, as qsort() is not stable. */
struct place {
    uint32_t line, column;
    size_t age;
};

static int compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->age > y->age) - (x->age < y->age);
}

void problems_sort(struct problems *problems)
{
    size_t count = problems->count;
    if (count < 2)
        return;
    struct place *order = arena_array(problems->arena, count, sizeof(struct place));
    for (size_t i = 0; i < count; i++)
        order[i] = (struct place){problems->items[i].line, problems->items[i].column, i};
    qsort(order, count, sizeof(struct place), compare);
    struct article_problem *sorted = arena_array(problems->arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = problems->items[order[i].age];
    problems->items = sorted;
    problems->capacity = count;
}

void problems_place(struct str text, size_t offset, size_t *line, size_t *column)
{
    *line = 1;
    *column = 1;
    struct str last, rest = str_slice(text, 0, offset);
    while (str_cut(rest, '\n', &last, &rest))
        ++*line;
    for (size_t i = 0; i < last.len; i++)
        *column += ((unsigned char)last.at[i] & 0xc0) != 0x80;
}
