/*
 * table: rows of numbers in an image, in as few bits as each column needs.
 *
 * A section holds how many rows there are, of each column its least number and how many bits the others take above it, and
 * then the rows, one behind the other. What a row looks like in memory is said by a layout of its columns. As with all of
 * an image, the numbers may be damaged: a row that is not there reads as nothing, and no number is wider than its column.
 */
#ifndef LECTERN_TABLE_H
#define LECTERN_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/image.h"

enum table_kind {
    TABLE_NUMBER,  /* of 1, 2, 4 or 8 bytes */
    TABLE_OR_NONE, /* of 4 bytes; UINT32_MAX stands for none */
    TABLE_TEXT,    /* of image_text_add(): two columns */
};

struct table_column {
    size_t offset, size; /* in the row */
    enum table_kind kind;
};
#define TABLE_COLUMN(row, member, kind)                                                                      \
    {                                                                                                        \
        offsetof(row, member), sizeof(((row *)0)->member), kind                                              \
    }

struct table_layout {
    size_t size; /* of a row in memory */
    const struct table_column *columns;
    unsigned count;
};

#define TABLE_MOST_COLUMNS 24

struct table {
    const struct table_layout *layout; /* must live as long */
    const unsigned char *rows;
    size_t count;
    unsigned row_bits;
    unsigned char stored[TABLE_MOST_COLUMNS]; /* by column of the layout, the first of those below */
    struct {
        uint64_t least;
        unsigned at, width;        /* in the row, in bits */
    } columns[TABLE_MOST_COLUMNS]; /* with texts counted twice */
};

/* Adds a section made of `count` rows of the layout. */
void table_add(struct image *image, const char *name, const struct table_layout *layout, const void *rows,
               size_t count);

/* False if there is no such section, or it is none of this layout. */
bool table_find(const struct image *image, const char *name, const struct table_layout *layout,
                struct table *table);

/* Fills a row in memory. False, with all of it 0, if there is no such row. */
bool table_read(const struct table *table, size_t row, void *into);

/* The same for one column alone, 0 if there is no such row. */
uint64_t table_number(const struct table *table, size_t row, unsigned column);

/* Lists of rows: list i is the items starts[i] up to starts[i + 1]. */
struct table_lists {
    struct table starts, items;
    size_t count;
};

void table_add_lists(struct image *image, const char *starts_name, const char *items_name,
                     const struct table_layout *layout, const size_t *starts, size_t count,
                     const void *items);
bool table_find_lists(const struct image *image, const char *starts, const char *items,
                      const struct table_layout *layout, struct table_lists *lists);

/* The first item of a list, and how many there are: none if the list is not there or damaged. */
size_t table_list(const struct table_lists *lists, size_t list, size_t *count);

/* Layouts of rows that are a single number. */
extern const struct table_layout table_u32, table_u64;

#endif
