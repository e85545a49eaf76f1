/*
 * What md4c 0.4.8 is slow at, measured: addresses without brackets (10 s for 250 kB of `www._`), the title of one
 * definition copied to every link that uses it (6 s for 50 kB used 50,000 times), tables, whose every row is filled
 * up to the number of columns (20 GB for 3,000 columns and 50,000 rows of one bar), and brackets in a paragraph of many
 * lines (3 s for 100,000 of both).
 */
#include "guard.h"

#include <stdint.h>
#include <stdlib.h>

#include "lectern/mem.h"

/* Steps and bytes that are quick, whatever the text: some 50 ms. */
#define STEPS ((size_t)100 << 20)
#define BYTES ((size_t)4 << 20)
#define CELLS ((size_t)1000)

/* Lines up to a blank one: no table, definition or address goes beyond. */
struct chunk {
    size_t begin, end, lines;
};

static bool next_line(struct str text, size_t *at, struct str *line)
{
    if (*at >= text.len)
        return false;
    struct str rest = str_slice(text, *at, text.len);
    str_next_line(&rest, line);
    *at = text.len - rest.len;
    return true;
}

static bool is_blank_line(struct str line)
{
    size_t i = 0;
    while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t' || line.at[i] == '>'))
        i++;
    return i == line.len;
}

static bool next_chunk(struct str text, size_t *at, struct chunk *chunk)
{
    struct str line;
    *chunk = (struct chunk){*at, *at, 0};
    while (next_line(text, at, &line)) {
        chunk->end = *at;
        chunk->lines++;
        if (is_blank_line(line))
            return true;
    }
    return chunk->lines > 0;
}

/* Whether a line can be the second of a table, maybe behind the marks of quotes and lists. */
static bool is_delimiter_row(struct str line, size_t *bars)
{
    bool dash = false;
    *bars = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (str_find_byte(STR("|:- \t>*+.)0123456789"), line.at[i]) == STR_NOT_FOUND)
            return false;
        dash = dash || line.at[i] == '-';
        *bars += line.at[i] == '|';
    }
    return dash && *bars;
}

/* A table that would have many more cells than its text has bytes is left as text. */
static void guard_tables(struct str text, const struct chunk *chunk, char *shadow)
{
    struct str inside = str_slice(text, 0, chunk->end), line;
    size_t at = chunk->begin, bars;
    while (next_line(inside, &at, &line))
        if (is_delimiter_row(line, &bars) && bars > (CELLS + 2 * (chunk->end - chunk->begin)) / chunk->lines)
            shadow[line.at - text.at + (ptrdiff_t)str_find_byte(line, '|')] = GUARD_LETTER;
}

/* The bytes of the definition whose `]:` is at `at`: a line, or if it may have a title all of the chunk. */
static size_t definition_size(struct str text, const struct chunk *chunk, size_t at)
{
    struct str line, rest = str_slice(text, at, chunk->end);
    size_t first = rest.len;
    str_next_line(&rest, &line);
    struct str next = str_trim(rest);
    bool titled = next.len && str_find_byte(STR("\"'("), next.at[0]) != STR_NOT_FOUND;
    for (size_t i = 0; i < line.len && !titled; i++)
        titled = str_find_byte(STR("\"'("), line.at[i]) != STR_NOT_FOUND;
    return titled || str_trim(line).len <= 2 ? first : first - rest.len;
}

/* --- Definitions that nothing uses would vanish with their text --- */

struct labels {
    uint64_t *uses; /* hashes */
    size_t use_count, use_capacity;
    struct definition {
        uint64_t hash;
        size_t close; /* offset of its `]` */
    } * definitions;
    size_t definition_count, definition_capacity;
};

/* Letters match in either case, and white space of any length. */
static uint64_t label_hash(struct str label)
{
    uint64_t hash = str_hash((struct str){0});
    label = str_trim(label);
    for (size_t i = 0; i < label.len; i++) {
        char c = label.at[i];
        bool space = c == ' ' || c == '\t' || c == '\n';
        if (space && (label.at[i - 1] == ' ' || label.at[i - 1] == '\t' || label.at[i - 1] == '\n'))
            continue;
        char folded = space ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        hash = hash * 31 + str_hash((struct str){&folded, 1});
    }
    return hash;
}

static bool begins_line(struct str text, size_t at)
{
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t' || text.at[at - 1] == '>'))
        at--;
    return at == 0 || text.at[at - 1] == '\n';
}

static void add_label(struct labels *labels, struct str text, size_t open, size_t close)
{
    uint64_t hash = label_hash(str_slice(text, open + 1, close));
    if (close + 1 < text.len && text.at[close + 1] == ':' && begins_line(text, open)) {
        labels->definitions = mem_grow(labels->definitions, labels->definition_count,
                                       &labels->definition_capacity, sizeof *labels->definitions);
        labels->definitions[labels->definition_count++] = (struct definition){hash, close};
    } else {
        labels->uses = mem_grow(labels->uses, labels->use_count, &labels->use_capacity, sizeof *labels->uses);
        labels->uses[labels->use_count++] = hash;
    }
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* An unused definition becomes text. */
static void hide_unused_definitions(struct str text, char *shadow)
{
    struct labels labels = {0};
    size_t open = STR_NOT_FOUND;
    if (str_find(text, STR("]:")) == STR_NOT_FOUND)
        return;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '[')
            open = i;
        if (text.at[i] != ']' || open == STR_NOT_FOUND)
            continue;
        add_label(&labels, text, open, i);
        open = STR_NOT_FOUND;
    }
    if (labels.use_count)
        qsort(labels.uses, labels.use_count, sizeof *labels.uses, compare_hashes);
    for (size_t i = 0; i < labels.definition_count; i++) {
        const struct definition *definition = &labels.definitions[i];
        if (!labels.use_count ||
            !bsearch(&definition->hash, labels.uses, labels.use_count, sizeof *labels.uses, compare_hashes))
            shadow[definition->close + 1] = GUARD_LETTER;
    }
    mem_free(labels.uses);
    mem_free(labels.definitions);
}

struct definitions {
    size_t count, largest;
};

static void measure_definitions(struct str text, const struct chunk *chunk, struct definitions *sum)
{
    for (size_t at = chunk->begin; at < chunk->end; at += 2) {
        size_t found = str_find(str_slice(text, at, chunk->end), STR("]:"));
        if (found == STR_NOT_FOUND)
            return;
        at += found;
        size_t size = sum->largest < chunk->end - at ? definition_size(text, chunk, at) : 0;
        sum->largest = size > sum->largest ? size : sum->largest;
        sum->count++;
    }
}

static void hide_definitions(struct str text, char *shadow)
{
    for (size_t at = 0; at < text.len; at += 2) {
        size_t found = str_find(str_slice(text, at, text.len), STR("]:"));
        if (found == STR_NOT_FOUND)
            return;
        at += found;
        shadow[at + 1] = GUARD_LETTER;
    }
}

static void hide_byte(struct str text, const struct chunk *chunk, char byte, char *shadow)
{
    for (size_t i = chunk->begin; i < chunk->end; i++)
        if (text.at[i] == byte)
            shadow[i] = GUARD_LETTER;
}

static size_t count_byte(struct str text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == byte;
    return count;
}

void guard_shadow(struct str text, char *shadow)
{
    struct definitions definitions = {0};
    struct chunk chunk;
    size_t left = STEPS;
    if (str_find_byte(text, ']') == STR_NOT_FOUND && str_find_byte(text, '|') == STR_NOT_FOUND)
        return; /* neither brackets nor tables */
    hide_unused_definitions(text, shadow);
    for (size_t at = 0; next_chunk(text, &at, &chunk);) {
        guard_tables(text, &chunk, shadow);
        measure_definitions(text, &chunk, &definitions);
        size_t brackets = count_byte(str_slice(text, chunk.begin, chunk.end), ']');
        if (brackets > left / chunk.lines)
            hide_byte(text, &chunk, ']', shadow);
        else
            left -= brackets * chunk.lines;
    }
    if (definitions.count && definitions.largest > (BYTES + 4 * text.len) / (count_byte(text, ']') + 1))
        hide_definitions(text, shadow);
}

static size_t count_needle(struct str text, struct str needle)
{
    size_t count = 0;
    for (size_t at; (at = str_find(text, needle)) != STR_NOT_FOUND; count++)
        text = str_slice(text, at + needle.len, text.len);
    return count;
}

static size_t longest_word(struct str text)
{
    size_t word = 0, longest = 0;
    for (size_t i = 0; i < text.len; i++) {
        word = text.at[i] == ' ' || text.at[i] == '\n' ? 0 : word + 1;
        longest = word > longest ? word : longest;
    }
    return longest;
}

bool guard_allows_autolinks(struct str text)
{
    size_t triggers =
        count_needle(text, STR("@")) + count_needle(text, STR("://")) + count_needle(text, STR("www."));
    return triggers == 0 || triggers + longest_word(text) <= STEPS / triggers;
}
