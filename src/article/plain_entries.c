/* The list of references with its links back, and where a number leads. */
#include "plain.h"

#define KIND_WORDS 3  /* of the line above a title that says what kind of work it is */
#define PLACES     26 /* that an entry names; of further ones it says how many there are */

const struct plain_entry *plain_entry(const struct plain_references *references, uint32_t number)
{
    size_t low = 0, high = references->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (references->entries[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < references->count && references->entries[low].number == number ? &references->entries[low]
                                                                                : NULL;
}

/* The year at the end of a line stands out. */
static void add_source(struct plain_page *page, struct node *parent, struct str text)
{
    size_t year = plain_year_at(text);
    if (year == STR_NOT_FOUND) {
        plain_add_text(page, parent, text);
        return;
    }
    if (year)
        plain_add_text(page, parent, str_slice(text, 0, year));
    plain_add_text(page, node_append(page->arena, parent, NODE_STRONG, parent->offset),
                   str_slice(text, year, year + 4));
    if (year + 4 < text.len)
        plain_add_text(page, parent, str_slice(text, year + 4, text.len));
}

/* Whether the entry's line `i` goes on in the next one. */
static bool goes_on(const struct plain_page *page, const struct plain_entry *entry, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    bool full = page->wrap && plain_is_full(page, i);
    return !line->last && (full || line[1].indent > page->lines[entry->first].indent);
}

static bool has_kind(const struct plain_page *page, const struct plain_entry *entry)
{
    const struct plain_line *first = &page->lines[entry->first];
    return !entry->marker && entry->end - entry->first > 2 && first->last &&
           plain_count_words(first->text) <= KIND_WORDS;
}

static void add_entry(struct plain_page *page, struct node *list, struct plain_entry *entry)
{
    uint32_t offset = entry->offset;
    struct node *item = node_append(page->arena, list, NODE_ITEM, offset);
    struct node *paragraph = node_append(page->arena, item, NODE_PARAGRAPH, offset);
    size_t i = entry->first;
    entry->text = paragraph;
    if (has_kind(page, entry)) {
        plain_add_text(page, node_append(page->arena, paragraph, NODE_EMPHASIS, offset),
                       page->lines[i++].text);
        plain_add_text(page, paragraph, STR(" \xc2\xb7 "));
    }
    for (; i < entry->end; i++) {
        struct str text = page->lines[i].text;
        if (i == entry->first)
            text = str_slice(text, entry->marker, text.len);
        if (i + 1 == entry->end)
            add_source(page, paragraph, text);
        else
            plain_add_text(page, paragraph, text);
        if (i + 1 < entry->end)
            node_append(page->arena, paragraph, goes_on(page, entry, i) ? NODE_SOFT_BREAK : NODE_HARD_BREAK,
                        offset);
    }
}

size_t plain_add_entries(struct plain_page *page, struct node *parent)
{
    struct plain_references *references = page->references;
    struct node *list = NULL;
    for (size_t i = 0; i < references->count; i++) {
        struct plain_entry *entry = &references->entries[i];
        if (!list || entry->number != references->entries[i - 1].number + 1) {
            list = node_append(page->arena, parent, NODE_LIST, entry->offset);
            list->ordered = true;
            list->number = entry->number;
        }
        add_entry(page, list, entry);
    }
    return references->entries[references->count - 1].end;
}

/* --- Links back --- */

static void add_link_back(struct plain_page *page, struct plain_entry *entry,
                          const struct plain_citation *citation, struct str words)
{
    struct node *link = node_append(page->arena, entry->text, NODE_LINK, entry->offset);
    link->within = true;
    link->number = entry->number;
    link->place = citation->offset;
    plain_add_text(page, link, words);
}

/* `cited in Diet b c, Rest`: a section is a link to its first place, letters are those to the others. */
static void add_place(struct plain_page *page, struct plain_entry *entry,
                      const struct plain_citation *citation)
{
    bool again = entry->places && entry->section.at == citation->section.at;
    entry->in_section = again ? entry->in_section + 1 : 0;
    entry->section = citation->section;
    if (entry->places++ >= PLACES)
        return;
    if (entry->places == 1) {
        node_append(page->arena, entry->text, NODE_HARD_BREAK, entry->text->offset);
        plain_add_text(page, entry->text, STR("cited in "));
    } else {
        plain_add_text(page, entry->text, again ? STR(" ") : STR(", "));
    }
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    struct str section = citation->section.len ? citation->section : STR("the text");
    add_link_back(page, entry, citation, again ? (struct str){letters + entry->in_section % 26, 1} : section);
}

void plain_add_links_back(struct plain_page *page)
{
    struct plain_references *references = page->references;
    for (size_t i = 0; i < references->citation_count; i++) {
        const struct plain_entry *entry = plain_entry(references, references->citations[i].number);
        if (entry && entry->text)
            add_place(page, &references->entries[entry - references->entries], &references->citations[i]);
    }
    for (size_t i = 0; i < references->count; i++) {
        const struct plain_entry *entry = &references->entries[i];
        if (entry->places > PLACES)
            plain_add_text(page, entry->text,
                           arena_printf(page->arena, " and %zu more", entry->places - PLACES));
    }
}
