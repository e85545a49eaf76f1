/*
 * image: named sections of flat data, in the heap or in a mapped file.
 *
 * What a library consists of (catalogue, topics, index) is kept in images, so that it is the same in memory and in the
 * index file. A section is an array of fixed-width numbers in the machine's order, or text. Data of a file may be
 * damaged, so whoever reads an image checks every number before using it as a place. Counted references; immutable once
 * filled, any number of threads may read it.
 */
#ifndef LECTERN_IMAGE_H
#define LECTERN_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/str.h"

#define IMAGE_NAME 8

struct image;

struct image_section {
    char name[IMAGE_NAME + 1];
    const void *at; /* aligned for 64-bit numbers */
    size_t size;
};

struct image *image_new(void);
struct image *image_keep(struct image *image);
void image_release(struct image *image); /* NULL is allowed */

/* Adds a section that is a block of mem.h, which the image owns from then on. */
void image_take(struct image *image, const char *name, void *block, size_t size);

/* Adds a section that lies in the memory given by image_set_end(). */
void image_add(struct image *image, const struct image_section *section);

/* `end` releases the memory that sections added by image_add() lie in, with the last reference. */
void image_set_end(struct image *image, void (*end)(void *memory, size_t size), void *memory, size_t size);

size_t image_section_count(const struct image *image);
const struct image_section *image_section(const struct image *image, size_t section);

/* A section as an array of `size`-byte elements. False if there is none of that name, or it is no whole number of them. */
struct image_array {
    const void *at;
    size_t count;
};
bool image_find(const struct image *image, const char *name, size_t size, struct image_array *array);

/* The same for rows of elements: row i is the elements starts[i] up to starts[i + 1]. Two sections. */
struct image_rows {
    const uint32_t *starts;
    struct image_array items;
    size_t count;
    size_t size;
};
bool image_find_rows(const struct image *image, const char *starts, const char *items, size_t size,
                     struct image_rows *rows);

/* The elements of a row; none, with a count of 0, if it is not there or is damaged. */
const void *image_row(const struct image_rows *rows, size_t row, size_t *count);

/* A text in a section of texts is one number: its offset times 2^24, plus its length. Adding one that is longer than fits
 * cuts it: a file is never that long. */
uint64_t image_text_add(struct buf *texts, struct str text);
struct str image_text(const struct image_array *texts, uint64_t place); /* empty if it is damaged */

/* Hands over what a buffer holds as a section; the buffer is empty afterwards. */
void image_take_buf(struct image *image, const char *name, struct buf *buf);

#endif
