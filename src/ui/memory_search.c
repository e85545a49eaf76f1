#include "memory_search.h"

#include <string.h>

#include "lectern/mem.h"
#include "memory_inside.h"

struct memory_search {
    struct search_reader reader;
    struct memory_marks marks; /* without topics */
};

/* At the beginning of a word, or of what is none. */
static bool contains(struct str note, struct str wanted)
{
    for (size_t at; (at = str_find(note, wanted)) != STR_NOT_FOUND;
         note = str_slice(note, at + 1, note.len)) {
        struct str before = str_slice(note, 0, at), word, last = {0};
        while (text_next_word(&before, &word))
            last = word;
        if (!last.len || last.at + last.len != note.at + at)
            return true;
    }
    return false;
}

static bool says_note(const struct memory_notes *notes, struct str wanted, uint32_t article)
{
    size_t begin = 0, end = notes ? notes->count : 0;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (notes->at[middle].target < article)
            begin = middle + 1;
        else
            end = middle;
    }
    return notes && begin < notes->count && notes->at[begin].target == article &&
           contains(notes->at[begin].text, wanted);
}

static bool says(const void *context, const struct query_node *node, uint32_t article)
{
    const struct memory_search *search = context;
    if (node->kind == QUERY_NOTE)
        return says_note(search->marks.notes, node->text, article);
    switch (node->mark) {
    case QUERY_READ: return memory_marks_has(&search->marks, MEMORY_READ, article);
    case QUERY_UNREAD: return !memory_marks_has(&search->marks, MEMORY_READ, article);
    case QUERY_BOOKMARKED: return memory_marks_has(&search->marks, MEMORY_BOOKMARKED, article);
    case QUERY_NOTED: return memory_marks_has(&search->marks, MEMORY_NOTED, article);
    }
    return false;
}

struct memory_search *memory_search_new(const struct memory *memory)
{
    if (!memory)
        return NULL;
    struct memory_search *search = mem_calloc(1, sizeof *search);
    const struct memory_marks *marks = &memory->marks;
    search->reader = (struct search_reader){says, search};
    search->marks.count = marks->count;
    for (int i = 0; i < MEMORY_MARKS && marks->count; i++) {
        size_t words = (size_t)marks->count / 64 + 1;
        search->marks.bits[i] = mem_calloc(words, sizeof *search->marks.bits[i]);
        memcpy(search->marks.bits[i], marks->bits[i], words * sizeof *search->marks.bits[i]);
    }
    search->marks.notes = marks->notes;
    if (marks->notes)
        marks->notes->users++;
    return search;
}

void memory_search_free(struct memory_search *search)
{
    if (!search)
        return;
    memory_marks_free(&search->marks);
    mem_free(search);
}

const struct search_reader *memory_search_reader(const struct memory_search *search)
{
    return search ? &search->reader : NULL;
}
