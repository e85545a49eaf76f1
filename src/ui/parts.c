#include "parts.h"

#include "lectern/bounds.h"
#include "lectern/mem.h"

/* Lines looked back over for a blank one to cut at. */
#define LOOK_BACK 200

/* The end of the first line of `text`, its LF included; of a line that is too long, a character's end. */
static size_t line_end(struct str text, size_t from)
{
    size_t lf = str_find_byte(str_slice(text, from, text.len), '\n');
    size_t end = lf == STR_NOT_FOUND ? text.len : from + lf + 1;
    if (end - from <= BOUND_PART_BYTES)
        return end;
    for (end = from + BOUND_PART_BYTES; end > from + 1 && ((unsigned char)text.at[end] & 0xc0) == 0x80;)
        end--;
    return end;
}

/* Where the part that begins at `from` ends. */
static size_t part_end(struct str text, size_t from)
{
    size_t at = from, lines = 0, blank = from, blank_line = 0;
    while (at < text.len) {
        size_t end = line_end(text, at);
        if (end - from > BOUND_PART_BYTES || lines == BOUND_PART_LINES)
            return blank > from && lines - blank_line < LOOK_BACK ? blank : at;
        lines++;
        if (str_trim(str_slice(text, at, end)).len == 0) {
            blank = end;
            blank_line = lines;
        }
        at = end;
    }
    return text.len;
}

void parts_split(struct arena *arena, struct str text, struct parts *parts)
{
    struct str *texts = NULL;
    size_t count = 0, capacity = 0;
    for (size_t from = 0; from < text.len || count == 0; count++) {
        size_t end = part_end(text, from);
        texts = mem_grow(texts, count, &capacity, sizeof *texts);
        texts[count] = str_slice(text, from, end);
        from = end;
    }
    parts->texts = arena_array(arena, count, sizeof *texts);
    parts->count = count;
    for (size_t i = 0; i < count; i++)
        parts->texts[i] = texts[i];
    mem_free(texts);
}
