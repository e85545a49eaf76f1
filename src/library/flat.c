#include "flat.h"

#include <string.h>

#include "roots_walk.h"

static bool find_arrays(struct flat *flat, const struct image *image)
{
    struct image_array library;
    if (!image_find(image, "library", sizeof(struct stored_library), &library) || library.count != 1)
        return false;
    flat->library = library.at;
    return image_find(image, "texts", 1, &flat->texts) &&
           table_find(image, "articles", &layout_articles, &flat->articles) &&
           table_find(image, "missing", &layout_missing, &flat->missing) &&
           table_find(image, "files", &layout_files, &flat->files) &&
           table_find(image, "problems", &layout_problems, &flat->problems) &&
           table_find(image, "subjects", &layout_texts, &flat->subject_names) &&
           table_find(image, "keywords", &layout_texts, &flat->keyword_names) &&
           table_find(image, "referenc", &layout_references, &flat->references) &&
           image_find(image, "aliases", sizeof(struct stored_alias), &flat->aliases) &&
           table_find(image, "ids", &layout_names, &flat->names[NAME_ID]) &&
           table_find(image, "urls", &layout_names, &flat->names[NAME_URL]) &&
           table_find(image, "titles", &layout_names, &flat->names[NAME_TITLE]) &&
           table_find(image, "unmet", &layout_names, &flat->unmet);
}

static bool find_lists(struct flat *flat, const struct image *image)
{
    return table_find_lists(image, "artfiles", "artfile", &table_u32, &flat->article_files) &&
           table_find_lists(image, "artsubjs", "artsubj", &table_u32, &flat->subjects) &&
           table_find_lists(image, "artkeys", "artkey", &table_u32, &flat->keywords) &&
           table_find_lists(image, "artlinks", "artlink", &layout_links, &flat->links) &&
           table_find_lists(image, "refsrcs", "refsrc", &table_u32, &flat->sources) &&
           table_find_lists(image, "tgtrefs", "tgtref", &table_u32, &flat->target_references);
}

static bool sizes_agree(const struct flat *flat)
{
    size_t count = flat->articles.count, targets = count + flat->missing.count;
    return targets < CATALOGUE_NONE && flat->aliases.count < CATALOGUE_NONE - targets &&
           flat->files.count < CATALOGUE_NONE && flat->subject_names.count < CATALOGUE_NONE &&
           flat->subject_names.count > 0 && flat->keyword_names.count < CATALOGUE_NONE &&
           flat->references.count < CATALOGUE_NONE && flat->article_files.count == count &&
           flat->subjects.count == count && flat->keywords.count == count && flat->links.count == count &&
           flat->sources.count == flat->references.count && flat->target_references.count == targets;
}

bool flat_open(struct flat *flat, struct image *image)
{
    *flat = (struct flat){0};
    if (!find_arrays(flat, image) || !find_lists(flat, image) || !sizes_agree(flat))
        return false;
    flat->image = image_keep(image);
    return true;
}

void flat_close(struct flat *flat)
{
    image_release(flat->image);
}

uint32_t flat_count(const struct flat *flat)
{
    return (uint32_t)flat->articles.count;
}

uint32_t flat_targets(const struct flat *flat)
{
    return (uint32_t)(flat->articles.count + flat->missing.count);
}

struct str flat_text(const struct flat *flat, uint64_t place)
{
    return image_text(&flat->texts, place);
}

struct stored_article flat_article(const struct flat *flat, uint32_t article)
{
    struct stored_article stored;
    table_read(&flat->articles, article, &stored);
    return stored;
}

/* SIZE_MAX for an article. */
static size_t missing_row(const struct flat *flat, uint32_t target)
{
    return target >= flat->articles.count ? (size_t)target - flat->articles.count : SIZE_MAX;
}

struct stored_missing flat_missing(const struct flat *flat, uint32_t target)
{
    struct stored_missing stored;
    table_read(&flat->missing, missing_row(flat, target), &stored);
    return stored;
}

struct stored_reference flat_reference(const struct flat *flat, uint32_t reference)
{
    struct stored_reference stored;
    if (!table_read(&flat->references, reference, &stored))
        stored.target = CATALOGUE_NONE;
    return stored;
}

struct stored_link flat_link(const struct flat *flat, uint32_t article, size_t i)
{
    size_t count, first = table_list(&flat->links, article, &count);
    struct stored_link stored;
    if (!table_read(&flat->links.items, i < count ? first + i : SIZE_MAX, &stored))
        stored.reference = CATALOGUE_NONE;
    return stored;
}

struct catalogue_file flat_file(const struct flat *flat, uint32_t file)
{
    struct stored_file stored;
    if (!table_read(&flat->files, file, &stored))
        return (struct catalogue_file){.article = CATALOGUE_NONE};
    return (struct catalogue_file){
        .path = flat_text(flat, stored.path),
        .root = stored.root,
        .article = stored.article < flat->articles.count ? stored.article : CATALOGUE_NONE,
        .subject = stored.subject,
        .stamp = {stored.size, stored.mtime_ns, stored.device, stored.inode, stored.access},
        .settled = stored.access != 0,
    };
}

struct catalogue_problem flat_problem(const struct flat *flat, size_t problem)
{
    struct stored_problem stored;
    if (!table_read(&flat->problems, problem, &stored))
        return (struct catalogue_problem){.article = CATALOGUE_NONE};
    return (struct catalogue_problem){
        .root = stored.root,
        .path = flat_text(flat, stored.path),
        .line = stored.line,
        .column = stored.column,
        .article = stored.article < flat->articles.count ? stored.article : CATALOGUE_NONE,
        .skipped = stored.flags & STORED_SKIPPED,
        .expected = stored.flags & STORED_EXPECTED,
        .no_file = stored.flags & STORED_NO_FILE,
        .id_taken = stored.flags & STORED_ID_TAKEN,
        .severity = stored.flags & STORED_ERROR ? ARTICLE_ERROR : ARTICLE_WARNING,
        .message = flat_text(flat, stored.message),
    };
}

/* Titles, ids and urls are the first columns of articles and of missing targets, in this order. */
static unsigned name_column(enum name_kind kind)
{
    return kind == NAME_ID ? 1 : kind == NAME_URL ? 2 : 0;
}

struct str flat_name(const struct flat *flat, enum name_kind kind, uint32_t target)
{
    bool there = target < flat->articles.count;
    uint64_t place = there ? table_number(&flat->articles, target, name_column(kind))
                           : table_number(&flat->missing, missing_row(flat, target), name_column(kind));
    return flat_text(flat, place);
}

struct str flat_reference_name(const struct flat *flat, enum name_kind kind, uint32_t reference)
{
    struct stored_reference stored = flat_reference(flat, reference);
    return flat_text(flat, kind == NAME_ID ? stored.id : kind == NAME_URL ? stored.url : stored.title);
}

struct str flat_subject_name(const struct flat *flat, uint32_t subject)
{
    return flat_text(flat, table_number(&flat->subject_names, subject, 0));
}

struct str flat_keyword_name(const struct flat *flat, uint32_t keyword)
{
    return flat_text(flat, table_number(&flat->keyword_names, keyword, 0));
}

uint32_t flat_number(const struct table_lists *lists, uint32_t list, size_t i)
{
    size_t count, first = table_list(lists, list, &count);
    return i < count ? (uint32_t)table_number(&lists->items, first + i, 0) : CATALOGUE_NONE;
}

size_t flat_row_count(const struct table_lists *lists, uint32_t list)
{
    size_t count;
    table_list(lists, list, &count);
    return count;
}

uint32_t *flat_sources(const struct flat *flat, uint32_t target, struct arena *arena, size_t *count)
{
    size_t references = flat_row_count(&flat->target_references, target), total = 0;
    for (size_t i = 0; i < references; i++)
        total += flat_row_count(&flat->sources, flat_number(&flat->target_references, target, i));
    if (total > flat->sources.items.count) /* damaged: lists that overlap */
        total = flat->sources.items.count;
    uint32_t *sources = arena_array(arena, total, sizeof *sources);
    *count = 0;
    for (size_t i = 0; i < references; i++) {
        size_t n, first = table_list(&flat->sources, flat_number(&flat->target_references, target, i), &n);
        for (size_t k = 0; k < n && *count < total; k++)
            sources[(*count)++] = (uint32_t)table_number(&flat->sources.items, first + k, 0);
    }
    return sources;
}

struct place {
    uint32_t root;
    struct str path;
};

static struct place file_place(const struct flat *flat, size_t file)
{
    struct catalogue_file found = flat_file(flat, (uint32_t)file);
    return (struct place){found.root, found.path};
}

static struct place problem_place(const struct flat *flat, size_t problem)
{
    struct catalogue_problem found = flat_problem(flat, problem);
    return (struct place){found.root, found.path};
}

static size_t first_at(const struct flat *flat, struct place (*place_of)(const struct flat *flat, size_t i),
                       size_t count, uint32_t root, struct str path)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct place place = place_of(flat, middle);
        if (roots_compare(place.root, place.path, root, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t flat_first_file(const struct flat *flat, uint32_t root, struct str path)
{
    return first_at(flat, file_place, flat->files.count, root, path);
}

size_t flat_first_problem(const struct flat *flat, uint32_t root, struct str path)
{
    return first_at(flat, problem_place, flat->problems.count, root, path);
}

uint32_t flat_find_file(const struct flat *flat, uint32_t root, struct str path)
{
    size_t at = flat_first_file(flat, root, path);
    struct place place = file_place(flat, at);
    bool found = at < flat->files.count && place.root == root && str_eq(place.path, path);
    return found ? (uint32_t)at : CATALOGUE_NONE;
}

uint32_t flat_hash(const struct flat *flat, struct str name)
{
    return (uint32_t)(hash_text(flat->library->key, name) >> 32);
}

static struct name_search search_in(const struct flat *flat, const struct table *table, enum name_kind kind,
                                    struct str text)
{
    uint32_t hash = flat_hash(flat, text);
    size_t low = 0, high = text.len ? table->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table_number(table, middle, 0) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return (struct name_search){flat, kind, text, hash, text.len ? low : table->count};
}

struct name_search flat_search(const struct flat *flat, enum name_kind kind, struct str text)
{
    return search_in(flat, &flat->names[kind], kind, text);
}

struct name_search flat_search_unmet(const struct flat *flat, enum name_kind kind, struct str text)
{
    return search_in(flat, &flat->unmet, kind, text);
}

/* The next owner of a name with the same hash. */
static bool next_owner(struct name_search *search, const struct table *table, uint32_t *owner)
{
    struct stored_name name;
    if (!table_read(table, search->at, &name) || name.hash != search->hash)
        return false;
    *owner = name.owner;
    search->at++;
    return true;
}

bool flat_next_target(struct name_search *search, uint32_t *target)
{
    const struct flat *flat = search->flat;
    const struct stored_alias *aliases = flat->aliases.at;
    uint32_t targets = flat_targets(flat), owner;
    while (next_owner(search, &flat->names[search->kind], &owner)) {
        bool alias = owner >= targets && owner - targets < flat->aliases.count;
        struct str name =
            alias ? flat_text(flat, aliases[owner - targets].url) : flat_name(flat, search->kind, owner);
        *target = alias ? aliases[owner - targets].article : owner;
        if (str_eq(name, search->text) && *target < targets)
            return true;
    }
    return false;
}

bool flat_next_reference(struct name_search *search, uint32_t *reference)
{
    while (next_owner(search, &search->flat->unmet, reference))
        if (str_eq(flat_reference_name(search->flat, search->kind, *reference), search->text))
            return true;
    return false;
}
