#include "join.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"

/* Equal texts in the order of their builders, in whose array they are. */
static int compare(const void *left, const void *right)
{
    const struct join_term *a = left, *b = right;
    if (a->first_bytes != b->first_bytes)
        return a->first_bytes < b->first_bytes ? -1 : 1;
    return str_compare(a->text, b->text);
}

/* How many files have no document: a term with more postings than these stands in one that has. */
static uint32_t count_unwanted(const struct joined *joined)
{
    uint32_t count = 0;
    for (uint32_t file = 0; file < joined->file_count; file++)
        count += joined->documents[file] == INDEX_NONE;
    return count;
}

static bool is_wanted(const struct joined *joined, const struct chain *chain, uint32_t unwanted)
{
    struct chain_reader reader = chain_read(chain);
    struct list_posting posting;
    uint32_t file;
    if (chain->postings > unwanted)
        return true;
    while (chain_next(&reader, &file, &posting))
        if (joined_document(joined, file) != INDEX_NONE)
            return true;
    return false;
}

static void gather(struct joined *joined, struct index_builder *const *builders, size_t count)
{
    uint32_t unwanted = count_unwanted(joined);
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += builders[i]->term_count;
    if (most >= UINT32_MAX)
        mem_exhausted();
    joined->terms = mem_calloc(most, sizeof *joined->terms);
    for (size_t i = 0; i < count; i++)
        for (uint32_t t = 0; t < builders[i]->term_count; t++) {
            const struct chain *chain = &builders[i]->chains[t];
            struct str text = builder_term_text(builders[i], t);
            joined->postings += chain->postings;
            if (is_wanted(joined, chain, unwanted))
                joined->terms[joined->count++] = (struct join_term){str_first_bytes(text), text, chain};
        }
}

void join(struct joined *joined, struct index_builder *const *builders, size_t count,
          const uint32_t *documents, uint32_t file_count)
{
    *joined = (struct joined){.documents = documents, .file_count = file_count};
    gather(joined, builders, count);
    qsort(joined->terms, joined->count, sizeof *joined->terms, compare);
    joined->starts = mem_calloc(joined->count + 1, sizeof *joined->starts);
    for (size_t i = 0; i < joined->count; i++)
        if (i == 0 || !str_eq(joined->terms[i].text, joined->terms[i - 1].text))
            joined->starts[joined->term_count++] = (uint32_t)i;
    joined->starts[joined->term_count] = (uint32_t)joined->count;
}

void join_free(struct joined *joined)
{
    mem_free(joined->terms);
    mem_free(joined->starts);
}
