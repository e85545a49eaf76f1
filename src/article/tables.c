#include "tables.h"

#include <string.h>

#include "lectern/mem.h"

static const struct str mark = {"# x\n", 4};
static const struct str dashes = {"--", 2};

struct line {
    struct str text;
    size_t indent; /* bytes of blanks and marks of quotes */
    size_t cells;  /* of a row with bars, else 0 */
    bool blank, delimiters, item;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Bytes of the marker that an item begins with, and of the blank behind it. */
static size_t marker_length(struct str text)
{
    size_t digits = 0;
    while (digits < text.len && digits < 10 && text.at[digits] >= '0' && text.at[digits] <= '9')
        digits++;
    if (digits + 1 >= text.len || text.at[digits + 1] != ' ')
        return 0;
    char c = text.at[digits];
    bool marker = digits ? c == '.' || c == ')' : c == '-' || c == '*' || c == '+';
    return marker ? digits + 2 : 0;
}

/* Bars between cells make one more cell than there are bars; those at the edges do not count. */
static size_t count_cells(struct str row)
{
    size_t bars = 0;
    row = str_trim(row);
    for (size_t i = 0; i < row.len; i++) {
        if (row.at[i] == '\\')
            i++;
        else
            bars += row.at[i] == '|';
    }
    if (bars == 0)
        return 0;
    bars -= row.at[0] == '|';
    bars -= row.len > 1 && row.at[row.len - 1] == '|';
    return bars + 1;
}

static bool is_delimiters(struct str row)
{
    bool dash = false;
    for (size_t i = 0; i < row.len; i++) {
        char c = row.at[i];
        if (c != '|' && c != ':' && c != '-' && !is_blank(c))
            return false;
        dash = dash || c == '-';
    }
    return dash;
}

static struct line look_at(struct str text)
{
    struct line line = {.text = text};
    while (line.indent < text.len && (is_blank(text.at[line.indent]) || text.at[line.indent] == '>'))
        line.indent++;
    struct str rest = str_slice(text, line.indent, text.len);
    line.blank = rest.len == 0;
    line.item = marker_length(rest) > 0;
    line.cells = count_cells(rest);
    line.delimiters = line.cells && is_delimiters(rest);
    return line;
}

/* The same as far as code is concerned: the fence that the line opens or closes. */
static char fence_of(const struct line *line)
{
    struct str rest = str_slice(line->text, line->indent, line->text.len);
    if (str_starts(rest, STR("```")))
        return '`';
    return str_starts(rest, STR("~~~")) ? '~' : '\0';
}

static void add(struct table_additions *found, struct table_addition addition)
{
    addition.begin = addition.at + found->bytes;
    found->at = mem_grow(found->at, found->count, &found->capacity, sizeof *found->at);
    found->at[found->count++] = addition;
    found->bytes += addition.length;
}

/* Makes every column of the row wide enough. `at` is its offset. */
static void widen_columns(struct table_additions *found, struct str row, size_t at)
{
    size_t marks = 0;
    for (size_t i = 0; i <= row.len; i++) {
        if (i < row.len && (row.at[i] == '-' || row.at[i] == ':')) {
            marks++;
            continue;
        }
        size_t dash = i - marks + (marks && row.at[i - marks] == ':');
        if (marks && marks < 3 && dash < i && row.at[dash] == '-')
            add(found, (struct table_addition){.at = at + dash, .length = dashes.len, .dashes = true});
        marks = 0;
    }
}

/* What has been read of the text so far. */
struct reader {
    struct line before,
        head;      /* the latest lines, the last one being the head if a row of delimiters follows */
    size_t column; /* of the text of the latest item */
    char fence;    /* the open one's mark */
};

static bool begins_table(const struct reader *reader, const struct line *line)
{
    const struct line *head = &reader->head;
    return !reader->fence && line->delimiters && !line->item && head->cells == line->cells &&
           !head->delimiters && head->indent < reader->column + 4;
}

static void pass(struct reader *reader, const struct line *line)
{
    if (line->item)
        reader->column = line->indent + marker_length(str_slice(line->text, line->indent, line->text.len));
    else if (!line->blank && line->indent == 0)
        reader->column = 0;
    reader->before = reader->head;
    reader->head = *line;
}

void tables_find(struct str text, struct table_additions *found)
{
    struct reader reader = {.before = {.blank = true}, .head = {.blank = true}};
    struct str rest = text, each;
    if (str_find_byte(text, '|') == STR_NOT_FOUND)
        return;
    while (str_next_line(&rest, &each)) {
        struct line line = look_at(each);
        const struct line *head = &reader.head;
        char edge = fence_of(&line);
        if (edge && (!reader.fence || reader.fence == edge))
            reader.fence = reader.fence ? '\0' : edge;
        bool begins = begins_table(&reader, &line);
        if (begins && !head->item && !reader.before.blank && !reader.before.cells)
            add(found, (struct table_addition){.at = (size_t)(head->text.at - text.at),
                                               .length = head->indent + mark.len,
                                               .indent = head->indent});
        if (begins)
            widen_columns(found, each, (size_t)(each.at - text.at));
        pass(&reader, &line);
    }
}

static char *put(char *out, struct str text)
{
    if (text.len)
        memcpy(out, text.at, text.len);
    return out + text.len;
}

char *tables_add(struct str text, const struct table_additions *found)
{
    char *whole = mem_alloc(text.len + found->bytes + 1), *out = whole;
    size_t from = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct table_addition *addition = &found->at[i];
        out = put(out, str_slice(text, from, addition->at));
        out = put(out, str_slice(text, addition->at, addition->at + addition->indent));
        out = put(out, addition->dashes ? dashes : mark);
        from = addition->at;
    }
    put(out, str_slice(text, from, text.len));
    return whole;
}

size_t tables_offset(const struct table_additions *found, size_t offset)
{
    size_t low = 0, high = found->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found->at[middle].begin <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return offset;
    const struct table_addition *last = &found->at[low - 1];
    size_t behind = last->begin + last->length;
    return offset < behind ? STR_NOT_FOUND : offset - behind + last->at;
}
