#include "shelf.h"

#include "lectern/arena.h"
#include "lectern/mem.h"

struct shelf {
    unsigned threads;
    struct symbols *symbols;
    struct arena walk;     /* paths and reasons */
    struct arena *records; /* one for each thread */
    uint64_t places;
    struct shelf_file *files;
    size_t file_count, file_capacity;
    struct shelf_skip *skips;
    size_t skip_count, skip_capacity;
};

struct shelf *shelf_new(unsigned threads, struct hash_key key)
{
    struct shelf *shelf = mem_calloc(1, sizeof *shelf);
    shelf->threads = threads;
    shelf->symbols = symbols_new(key);
    shelf->records = mem_calloc(threads, sizeof *shelf->records);
    return shelf;
}

void shelf_free(struct shelf *shelf)
{
    for (unsigned i = 0; i < shelf->threads; i++)
        arena_free(&shelf->records[i]);
    arena_free(&shelf->walk);
    symbols_free(shelf->symbols);
    mem_free(shelf->records);
    mem_free(shelf->files);
    mem_free(shelf->skips);
    mem_free(shelf);
}

struct symbols *shelf_symbols(struct shelf *shelf)
{
    return shelf->symbols;
}

uint32_t shelf_add_file(struct shelf *shelf, const struct roots_entry *entry)
{
    if (shelf->file_count >= UINT32_MAX - 1)
        mem_exhausted();
    shelf->files = mem_grow(shelf->files, shelf->file_count, &shelf->file_capacity, sizeof *shelf->files);
    shelf->files[shelf->file_count] = (struct shelf_file){
        .place = shelf->places++,
        .root = entry->root,
        .path = arena_str(&shelf->walk, entry->path),
        .stamp = entry->stamp,
    };
    return (uint32_t)shelf->file_count++;
}

void shelf_add_skip(struct shelf *shelf, const struct roots_entry *entry)
{
    shelf->skips = mem_grow(shelf->skips, shelf->skip_count, &shelf->skip_capacity, sizeof *shelf->skips);
    shelf->skips[shelf->skip_count++] = (struct shelf_skip){
        .place = shelf->places++,
        .root = entry->root,
        .expected = entry->expected,
        .path = arena_str(&shelf->walk, entry->path),
        .reason = arena_str(&shelf->walk, entry->reason),
    };
}

struct shelf_file *shelf_files(struct shelf *shelf, uint32_t *count)
{
    *count = (uint32_t)shelf->file_count;
    return shelf->files;
}

struct shelf_view shelf_view(const struct shelf *shelf, struct arena *arena)
{
    struct shelf_file *files = arena_array(arena, shelf->file_count, sizeof *files);
    struct shelf_skip *skips = arena_array(arena, shelf->skip_count, sizeof *skips);
    uint32_t count = 0;
    for (size_t i = 0; i < shelf->file_count; i++)
        if (shelf->files[i].record)
            files[count++] = shelf->files[i];
    for (size_t i = 0; i < shelf->skip_count; i++)
        skips[i] = shelf->skips[i];
    return (struct shelf_view){files, skips, count, shelf->skip_count};
}

struct arena *shelf_arena(struct shelf *shelf, unsigned thread)
{
    return &shelf->records[thread];
}
