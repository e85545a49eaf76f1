#include "container.h"

#include <string.h>

#include "checksum.h"
#include "lectern/mem.h"

#define HEAD_SECTION "header"

/* The Makefile gives a checksum of the sources, so that an index is not taken for what another program would read. */
#ifndef INDEX_MAKERS
#define INDEX_MAKERS 0u
#endif

size_t container_head_size(uint32_t section_count)
{
    return sizeof(struct container_header) + section_count * sizeof(struct container_entry);
}

static uint64_t align(uint64_t offset)
{
    return (offset + CONTAINER_ALIGNMENT - 1) / CONTAINER_ALIGNMENT * CONTAINER_ALIGNMENT;
}

int container_plan(struct container *container, const struct image *image, struct err *err)
{
    size_t count = image_section_count(image);
    *container = (struct container){0};
    if (count > CONTAINER_SECTIONS)
        return err_set(err, ERR_LIMIT, "an index file has too many sections");
    struct container_header *header = &container->header;
    memcpy(header->magic, CONTAINER_MAGIC, sizeof header->magic);
    header->byte_order = CONTAINER_BYTE_ORDER;
    header->version = CONTAINER_VERSION;
    header->section_count = (uint32_t)count;
    header->makers = INDEX_MAKERS;
    uint64_t end = container_head_size(header->section_count);
    for (size_t i = 0; i < count; i++) {
        const struct image_section *section = image_section(image, i);
        struct container_entry *entry = &container->entries[i];
        memcpy(entry->name, section->name, sizeof entry->name);
        entry->offset = section->size ? align(end) : end;
        entry->size = section->size;
        entry->checksum = checksum(section->at, section->size);
        end = entry->offset + entry->size;
    }
    header->size = end;
    header->checksum = checksum(container, container_head_size(header->section_count));
    return 0;
}

/* The checksum that header and table should have. */
static uint64_t head_checksum(struct str bytes, uint32_t section_count)
{
    struct container head = {0};
    memcpy(&head, bytes.at, container_head_size(section_count));
    head.header.checksum = 0;
    return checksum(&head, container_head_size(section_count));
}

static int check_head(struct str bytes, struct container_header *header, struct err *err)
{
    if (bytes.len < sizeof *header)
        return err_set(err, ERR_FORMAT, "is too short for an index");
    memcpy(header, bytes.at, sizeof *header);
    if (memcmp(header->magic, CONTAINER_MAGIC, sizeof header->magic) != 0)
        return err_set(err, ERR_FORMAT, "is no index");
    if (header->byte_order != CONTAINER_BYTE_ORDER || header->version != CONTAINER_VERSION ||
        header->makers != INDEX_MAKERS)
        return err_set(err, ERR_FORMAT, "is the index of another version or machine");
    if (header->size != bytes.len)
        return err_set(err, ERR_FORMAT, "is cut, or has something behind its end");
    if (header->section_count > CONTAINER_SECTIONS ||
        container_head_size(header->section_count) > bytes.len ||
        head_checksum(bytes, header->section_count) != header->checksum)
        return err_set(err, ERR_FORMAT, "is damaged in its header");
    return 0;
}

static bool is_sound(const struct container_entry *entry, const struct container_header *header)
{
    return (entry->offset % CONTAINER_ALIGNMENT == 0 || entry->size == 0) &&
           entry->offset >= container_head_size(header->section_count) && entry->offset <= header->size &&
           entry->size <= header->size - entry->offset;
}

struct image *container_open(struct str bytes, struct err *err)
{
    struct container_header header = {0};
    if (check_head(bytes, &header, err) != 0)
        return NULL;
    struct image *image = image_new();
    image_add(image, &(struct image_section){HEAD_SECTION, bytes.at, bytes.len});
    for (uint32_t i = 0; i < header.section_count; i++) {
        struct container_entry entry;
        memcpy(&entry, bytes.at + container_head_size(i), sizeof entry);
        if (!is_sound(&entry, &header)) {
            image_release(image);
            err_set(err, ERR_FORMAT, "is damaged in its table of sections");
            return NULL;
        }
        struct image_section section = {.at = bytes.at + entry.offset, .size = (size_t)entry.size};
        memcpy(section.name, entry.name, sizeof entry.name);
        image_add(image, &section);
    }
    return image;
}

bool container_intact(const struct image *image, const atomic_bool *cancel, struct err *err)
{
    const char *whole = image_section(image, 0)->at;
    for (size_t i = 1; i < image_section_count(image); i++) {
        const struct image_section *section = image_section(image, i);
        struct container_entry entry;
        if (cancel && atomic_load(cancel)) {
            err_set(err, ERR_NONE, "cancelled");
            return false;
        }
        memcpy(&entry, whole + container_head_size((uint32_t)i - 1), sizeof entry);
        if (checksum(section->at, section->size) != entry.checksum) {
            err_set(err, ERR_FORMAT, "is damaged in section %s", section->name);
            return false;
        }
    }
    return true;
}
