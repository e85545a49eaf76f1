/* What an index is made of, by size: for lectern index --status. */
#include <inttypes.h>
#include <stdlib.h>

#include "cmd.h"
#include "lectern/image.h"
#include "lectern/mem.h"

static int by_size(const void *a, const void *b)
{
    const struct image_section *x = *(const struct image_section *const *)a;
    const struct image_section *y = *(const struct image_section *const *)b;
    return x->size < y->size ? 1 : x->size > y->size ? -1 : 0;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

/* The first section of what index_file_open() has opened is the whole file. */
static uint64_t image_bytes(const struct image *image)
{
    return image ? image_section(image, 0)->size : 0;
}

static uint64_t file_bytes(const struct catalogue *catalogue)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < catalogue_file_count(catalogue); i++) {
        struct catalogue_file file = catalogue_file(catalogue, i);
        if (!file.gone)
            bytes += file.stamp.size;
    }
    return bytes;
}

/* Those that take a hundredth or more, the largest first, and the others together. */
static void print_sections(const struct image *image, uint64_t whole)
{
    size_t count = image_section_count(image) - 1;
    const struct image_section **sections = mem_calloc(count, sizeof(const struct image_section *));
    for (size_t i = 0; i < count; i++)
        sections[i] = image_section(image, i + 1);
    qsort(sections, count, sizeof *sections, by_size);
    uint64_t rest = whole;
    for (size_t i = 0; i < count && percent(sections[i]->size, whole) >= 1; i++) {
        printf("  %-10s %12zu bytes %3.0f %%\n", sections[i]->name, sections[i]->size,
               percent(sections[i]->size, whole));
        rest -= sections[i]->size;
    }
    printf("  %-10s %12" PRIu64 " bytes %3.0f %%\n", "others", rest, percent(rest, whole));
    mem_free(sections);
}

void cmd_index_print_sizes(const struct catalogue *catalogue)
{
    const struct image *base = catalogue_image(catalogue);
    uint64_t files = file_bytes(catalogue), whole = image_bytes(base),
             delta = image_bytes(catalogue_delta_image(catalogue));
    printf("%-12s %12" PRIu64 " bytes\n", "articles", files);
    printf("%-12s %12" PRIu64 " bytes %3.0f %% of them\n", "index", whole, percent(whole, files));
    print_sections(base, whole);
    if (delta)
        printf("%-12s %12" PRIu64 " bytes, %" PRIu32 " of the files\n", "changes", delta,
               catalogue_files_changed(catalogue));
}
