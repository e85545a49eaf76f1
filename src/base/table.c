#include "lectern/table.h"

#include <string.h>

#include "lectern/mem.h"

#define TEXT_LEN_BITS 24 /* see image.h */
#define PADDING       8  /* so that a number can be read with what follows it */

struct table_head {
    uint64_t count;
};

struct stored_column {
    uint64_t least, width;
};

static const struct table_column u32_column[] = {{0, sizeof(uint32_t), TABLE_NUMBER}};
static const struct table_column u64_column[] = {{0, sizeof(uint64_t), TABLE_NUMBER}};
const struct table_layout table_u32 = {sizeof(uint32_t), u32_column, 1};
const struct table_layout table_u64 = {sizeof(uint64_t), u64_column, 1};

/* Columns as they are stored: of a text its offset and its length. */
static unsigned stored_count(const struct table_layout *layout)
{
    unsigned count = 0;
    for (unsigned i = 0; i < layout->count; i++)
        count += layout->columns[i].kind == TABLE_TEXT ? 2 : 1;
    return count;
}

static uint64_t load_number(const void *row, const struct table_column *column)
{
    const char *at = (const char *)row + column->offset;
    uint64_t number = 0;
    uint32_t four;
    uint16_t two;
    switch (column->size) {
    case 1: return *(const unsigned char *)at;
    case 2: memcpy(&two, at, sizeof two); return two;
    case 4: memcpy(&four, at, sizeof four); return four;
    default: memcpy(&number, at, sizeof number); return number;
    }
}

static void store_number(void *row, const struct table_column *column, uint64_t number)
{
    char *at = (char *)row + column->offset;
    uint32_t four = (uint32_t)number;
    uint16_t two = (uint16_t)number;
    switch (column->size) {
    case 1: *(unsigned char *)at = (unsigned char)number; break;
    case 2: memcpy(at, &two, sizeof two); break;
    case 4: memcpy(at, &four, sizeof four); break;
    default: memcpy(at, &number, sizeof number); break;
    }
}

/* The numbers of a row as they are stored. */
static void split_row(const struct table_layout *layout, const void *row,
                      uint64_t numbers[TABLE_MOST_COLUMNS])
{
    for (unsigned i = 0; i < layout->count; i++) {
        uint64_t number = load_number(row, &layout->columns[i]);
        if (layout->columns[i].kind == TABLE_TEXT) {
            *numbers++ = number >> TEXT_LEN_BITS;
            *numbers++ = number & (((uint64_t)1 << TEXT_LEN_BITS) - 1);
        } else {
            *numbers++ = layout->columns[i].kind == TABLE_OR_NONE ? (uint32_t)(number + 1) : number;
        }
    }
}

static unsigned width_of(uint64_t number)
{
    return number ? 64 - (unsigned)__builtin_clzll(number) : 0;
}

/* How many bits a row takes, at least one: so no table has more rows than bits. */
static uint64_t measure(const struct table_layout *layout, const char *rows, size_t count,
                        struct stored_column columns[TABLE_MOST_COLUMNS])
{
    unsigned stored = stored_count(layout);
    uint64_t numbers[TABLE_MOST_COLUMNS] = {0}, most[TABLE_MOST_COLUMNS] = {0};
    for (unsigned c = 0; c < stored; c++)
        columns[c].least = count ? UINT64_MAX : 0;
    for (size_t row = 0; row < count; row++) {
        split_row(layout, rows + row * layout->size, numbers);
        for (unsigned c = 0; c < stored; c++) {
            columns[c].least = numbers[c] < columns[c].least ? numbers[c] : columns[c].least;
            most[c] = numbers[c] > most[c] ? numbers[c] : most[c];
        }
    }
    uint64_t row_bits = 0;
    for (unsigned c = 0; c < stored; c++)
        row_bits += columns[c].width = width_of(most[c] - columns[c].least);
    return row_bits ? row_bits : (columns[0].width = 1);
}

static void put_bits(unsigned char *bytes, uint64_t *at, uint64_t number, unsigned width)
{
    for (unsigned done = 0; done < width;) {
        unsigned used = (unsigned)(*at % 8), some = 8 - used < width - done ? 8 - used : width - done;
        bytes[*at / 8] = (unsigned char)(bytes[*at / 8] | (number >> done & ((1u << some) - 1)) << used);
        done += some;
        *at += some;
    }
}

void table_add(struct image *image, const char *name, const struct table_layout *layout, const void *rows,
               size_t count)
{
    struct stored_column columns[TABLE_MOST_COLUMNS] = {{0}};
    unsigned stored = stored_count(layout);
    uint64_t at, numbers[TABLE_MOST_COLUMNS] = {0};
    uint64_t row_bits = measure(layout, rows, count, columns);
    if (count > (UINT64_MAX / 2 - 64) / row_bits)
        mem_exhausted();
    size_t head = sizeof(struct table_head) + stored * sizeof *columns;
    size_t size = head + (size_t)((count * row_bits + 7) / 8) + PADDING;
    unsigned char *bytes = mem_calloc(size, 1);
    struct table_head stored_head = {count};
    memcpy(bytes, &stored_head, sizeof stored_head);
    memcpy(bytes + sizeof stored_head, columns, stored * sizeof *columns);
    at = (uint64_t)head * 8;
    for (size_t row = 0; row < count; row++) {
        split_row(layout, (const char *)rows + row * layout->size, numbers);
        for (unsigned c = 0; c < stored; c++)
            put_bits(bytes, &at, numbers[c] - columns[c].least, (unsigned)columns[c].width);
    }
    image_take(image, name, bytes, size);
}

static bool open_columns(struct table *table, const unsigned char *bytes, unsigned stored)
{
    for (unsigned i = 0, at = 0; i < table->layout->count; i++) {
        table->stored[i] = (unsigned char)at;
        at += table->layout->columns[i].kind == TABLE_TEXT ? 2 : 1;
    }
    for (unsigned c = 0; c < stored; c++) {
        struct stored_column column;
        memcpy(&column, bytes + sizeof(struct table_head) + c * sizeof column, sizeof column);
        if (column.width > 64)
            return false;
        table->columns[c].least = column.least;
        table->columns[c].at = table->row_bits;
        table->columns[c].width = (unsigned)column.width;
        table->row_bits += (unsigned)column.width;
    }
    return true;
}

bool table_find(const struct image *image, const char *name, const struct table_layout *layout,
                struct table *table)
{
    struct image_array section;
    struct table_head head;
    unsigned stored = stored_count(layout);
    size_t head_size = sizeof head + stored * sizeof(struct stored_column);
    *table = (struct table){.layout = layout};
    if (!image_find(image, name, 1, &section) || section.count < head_size + PADDING)
        return false;
    const unsigned char *bytes = section.at;
    memcpy(&head, bytes, sizeof head);
    if (!open_columns(table, bytes, stored) || head.count > SIZE_MAX / 2)
        return false;
    uint64_t bits = (uint64_t)(section.count - head_size - PADDING) * 8;
    if (table->row_bits == 0 || head.count > bits / table->row_bits)
        return false;
    table->rows = bytes + head_size;
    table->count = (size_t)head.count;
    return true;
}

/* A number of at most 64 bits at any place. */
static uint64_t bits_at(const struct table *table, uint64_t at, unsigned width)
{
    const unsigned char *from = table->rows + at / 8;
    unsigned shift = (unsigned)(at % 8);
    uint64_t number;
    memcpy(&number, from, sizeof number);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    number = __builtin_bswap64(number);
#endif
    number >>= shift;
    if (shift + width > 64)
        number |= (uint64_t)from[8] << (64 - shift);
    return width < 64 ? number & (((uint64_t)1 << width) - 1) : number;
}

static uint64_t stored_number(const struct table *table, size_t row, unsigned stored)
{
    uint64_t at = (uint64_t)row * table->row_bits + table->columns[stored].at;
    return table->columns[stored].least + bits_at(table, at, table->columns[stored].width);
}

uint64_t table_number(const struct table *table, size_t row, unsigned column)
{
    if (row >= table->count)
        return 0;
    enum table_kind kind = table->layout->columns[column].kind;
    unsigned stored = table->stored[column];
    uint64_t number = stored_number(table, row, stored);
    if (kind == TABLE_OR_NONE)
        return (uint32_t)(number - 1);
    if (kind == TABLE_TEXT)
        return number << TEXT_LEN_BITS |
               (stored_number(table, row, stored + 1) & (((uint64_t)1 << TEXT_LEN_BITS) - 1));
    return number;
}

bool table_read(const struct table *table, size_t row, void *into)
{
    const struct table_layout *layout = table->layout;
    memset(into, 0, layout->size);
    if (row >= table->count)
        return false;
    for (unsigned i = 0; i < layout->count; i++)
        store_number(into, &layout->columns[i], table_number(table, row, i));
    return true;
}

void table_add_lists(struct image *image, const char *starts_name, const char *items_name,
                     const struct table_layout *layout, const size_t *starts, size_t count, const void *items)
{
    uint64_t *numbers = mem_calloc(count + 1, sizeof *numbers);
    for (size_t i = 0; i <= count; i++)
        numbers[i] = starts[i];
    table_add(image, starts_name, &table_u64, numbers, count + 1);
    table_add(image, items_name, layout, items, starts[count]);
    mem_free(numbers);
}

bool table_find_lists(const struct image *image, const char *starts, const char *items,
                      const struct table_layout *layout, struct table_lists *lists)
{
    if (!table_find(image, starts, &table_u64, &lists->starts) || lists->starts.count == 0)
        return false;
    lists->count = lists->starts.count - 1;
    return table_find(image, items, layout, &lists->items);
}

size_t table_list(const struct table_lists *lists, size_t list, size_t *count)
{
    *count = 0;
    if (list >= lists->count)
        return 0;
    uint64_t start = table_number(&lists->starts, list, 0), end = table_number(&lists->starts, list + 1, 0);
    if (start > end || end > lists->items.count)
        return 0;
    *count = (size_t)(end - start);
    return (size_t)start;
}
