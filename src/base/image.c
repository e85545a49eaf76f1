#include "lectern/image.h"

#include <stdatomic.h>
#include <string.h>

#include "lectern/mem.h"

#define TEXT_LEN_BITS 24
#define TEXT_LEN_MAX  (((uint64_t)1 << TEXT_LEN_BITS) - 1)

struct image {
    atomic_uint references;
    struct image_section *sections;
    size_t count, capacity;
    void **blocks;
    size_t block_count, block_capacity;
    void (*end)(void *memory, size_t size);
    void *memory;
    size_t memory_size;
};

struct image *image_new(void)
{
    struct image *image = mem_calloc(1, sizeof *image);
    atomic_init(&image->references, 1);
    return image;
}

struct image *image_keep(struct image *image)
{
    atomic_fetch_add(&image->references, 1);
    return image;
}

void image_release(struct image *image)
{
    if (!image || atomic_fetch_sub(&image->references, 1) > 1)
        return;
    for (size_t i = 0; i < image->block_count; i++)
        mem_free(image->blocks[i]);
    if (image->end)
        image->end(image->memory, image->memory_size);
    mem_free(image->blocks);
    mem_free(image->sections);
    mem_free(image);
}

void image_add(struct image *image, const struct image_section *section)
{
    image->sections = mem_grow(image->sections, image->count, &image->capacity, sizeof *image->sections);
    image->sections[image->count++] = *section;
}

void image_take(struct image *image, const char *name, void *block, size_t size)
{
    struct image_section section = {.at = block, .size = size};
    size_t len = strlen(name);
    memcpy(section.name, name, len < IMAGE_NAME ? len : IMAGE_NAME);
    image_add(image, &section);
    image->blocks =
        mem_grow(image->blocks, image->block_count, &image->block_capacity, sizeof *image->blocks);
    image->blocks[image->block_count++] = block;
}

void image_take_buf(struct image *image, const char *name, struct buf *buf)
{
    image_take(image, name, mem_resize(buf->at, buf->len, 1), buf->len);
    *buf = (struct buf){0};
}

void image_set_end(struct image *image, void (*end)(void *memory, size_t size), void *memory, size_t size)
{
    image->end = end;
    image->memory = memory;
    image->memory_size = size;
}

size_t image_section_count(const struct image *image)
{
    return image->count;
}

const struct image_section *image_section(const struct image *image, size_t section)
{
    return &image->sections[section];
}

bool image_find(const struct image *image, const char *name, size_t size, struct image_array *array)
{
    for (size_t i = 0; i < image->count; i++) {
        const struct image_section *section = &image->sections[i];
        if (strcmp(section->name, name) != 0)
            continue;
        *array = (struct image_array){section->at, section->size / size};
        return section->size % size == 0;
    }
    return false;
}

bool image_find_rows(const struct image *image, const char *starts, const char *items, size_t size,
                     struct image_rows *rows)
{
    struct image_array array;
    if (!image_find(image, starts, sizeof *rows->starts, &array) || array.count == 0)
        return false;
    *rows = (struct image_rows){.starts = array.at, .count = array.count - 1, .size = size};
    return image_find(image, items, size, &rows->items);
}

const void *image_row(const struct image_rows *rows, size_t row, size_t *count)
{
    *count = 0;
    if (row >= rows->count)
        return rows->items.at;
    size_t start = rows->starts[row], end = rows->starts[row + 1];
    if (start > end || end > rows->items.count)
        return rows->items.at;
    *count = end - start;
    return (const char *)rows->items.at + start * rows->size;
}

uint64_t image_text_add(struct buf *texts, struct str text)
{
    uint64_t offset = texts->len;
    if (offset > UINT64_MAX >> TEXT_LEN_BITS)
        mem_exhausted();
    text = str_slice(text, 0, TEXT_LEN_MAX);
    buf_add(texts, text);
    return offset << TEXT_LEN_BITS | text.len;
}

struct str image_text(const struct image_array *texts, uint64_t place)
{
    uint64_t offset = place >> TEXT_LEN_BITS, len = place & TEXT_LEN_MAX;
    if (offset > texts->count || len > texts->count - offset)
        return STR("");
    return (struct str){(const char *)texts->at + offset, (size_t)len};
}
