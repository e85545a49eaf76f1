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
           image_find(image, "articles", sizeof(struct stored_article), &flat->articles) &&
           image_find(image, "missing", sizeof(struct stored_missing), &flat->missing) &&
           image_find(image, "files", sizeof(struct stored_file), &flat->files) &&
           image_find(image, "problems", sizeof(struct stored_problem), &flat->problems) &&
           image_find(image, "subjects", sizeof(uint64_t), &flat->subject_names) &&
           image_find(image, "keywords", sizeof(uint64_t), &flat->keyword_names) &&
           image_find(image, "referenc", sizeof(struct stored_reference), &flat->references) &&
           image_find(image, "aliases", sizeof(struct stored_alias), &flat->aliases) &&
           image_find(image, "ids", sizeof(struct stored_name), &flat->names[NAME_ID]) &&
           image_find(image, "urls", sizeof(struct stored_name), &flat->names[NAME_URL]) &&
           image_find(image, "titles", sizeof(struct stored_name), &flat->names[NAME_TITLE]) &&
           image_find(image, "unmet", sizeof(struct stored_name), &flat->unmet);
}

static bool find_rows(struct flat *flat, const struct image *image)
{
    return image_find_rows(image, "artfiles", "artfile", sizeof(uint32_t), &flat->article_files) &&
           image_find_rows(image, "artsubjs", "artsubj", sizeof(uint32_t), &flat->subjects) &&
           image_find_rows(image, "artkeys", "artkey", sizeof(uint32_t), &flat->keywords) &&
           image_find_rows(image, "artlinks", "artlink", sizeof(struct stored_link), &flat->links) &&
           image_find_rows(image, "refsrcs", "refsrc", sizeof(uint32_t), &flat->sources) &&
           image_find_rows(image, "tgtrefs", "tgtref", sizeof(uint32_t), &flat->target_references);
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
    if (!find_arrays(flat, image) || !find_rows(flat, image) || !sizes_agree(flat))
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
    const struct stored_article *articles = flat->articles.at;
    return article < flat->articles.count ? articles[article] : (struct stored_article){0};
}

struct stored_missing flat_missing(const struct flat *flat, uint32_t target)
{
    const struct stored_missing *missing = flat->missing.at;
    size_t number = (size_t)target - flat->articles.count;
    return target >= flat->articles.count && number < flat->missing.count ? missing[number]
                                                                          : (struct stored_missing){0};
}

struct stored_reference flat_reference(const struct flat *flat, uint32_t reference)
{
    const struct stored_reference *references = flat->references.at;
    return reference < flat->references.count ? references[reference]
                                              : (struct stored_reference){.target = CATALOGUE_NONE};
}

struct stored_link flat_link(const struct flat *flat, uint32_t article, size_t i)
{
    size_t count;
    const struct stored_link *links = image_row(&flat->links, article, &count);
    return i < count ? links[i] : (struct stored_link){.reference = CATALOGUE_NONE};
}

struct catalogue_file flat_file(const struct flat *flat, uint32_t file)
{
    const struct stored_file *files = flat->files.at;
    if (file >= flat->files.count)
        return (struct catalogue_file){.article = CATALOGUE_NONE};
    const struct stored_file *stored = &files[file];
    return (struct catalogue_file){
        .path = flat_text(flat, stored->path),
        .root = stored->root,
        .article = stored->article < flat->articles.count ? stored->article : CATALOGUE_NONE,
        .subject = stored->subject,
        .stamp = {stored->size, stored->mtime_ns, stored->device, stored->inode, stored->access},
        .settled = stored->access != 0,
    };
}

struct catalogue_problem flat_problem(const struct flat *flat, size_t problem)
{
    const struct stored_problem *problems = flat->problems.at;
    if (problem >= flat->problems.count)
        return (struct catalogue_problem){.article = CATALOGUE_NONE};
    const struct stored_problem *stored = &problems[problem];
    return (struct catalogue_problem){
        .root = stored->root,
        .path = flat_text(flat, stored->path),
        .line = stored->line,
        .column = stored->column,
        .article = stored->article < flat->articles.count ? stored->article : CATALOGUE_NONE,
        .skipped = stored->flags & STORED_SKIPPED,
        .expected = stored->flags & STORED_EXPECTED,
        .no_file = stored->flags & STORED_NO_FILE,
        .id_taken = stored->flags & STORED_ID_TAKEN,
        .severity = stored->flags & STORED_ERROR ? ARTICLE_ERROR : ARTICLE_WARNING,
        .message = flat_text(flat, stored->message),
    };
}

struct str flat_name(const struct flat *flat, enum name_kind kind, uint32_t target)
{
    struct stored_article article = flat_article(flat, target);
    struct stored_missing missing = flat_missing(flat, target);
    bool there = target < flat->articles.count;
    switch (kind) {
    case NAME_ID: return flat_text(flat, there ? article.id : missing.id);
    case NAME_URL: return flat_text(flat, there ? article.url : missing.url);
    default: return flat_text(flat, there ? article.title : missing.title);
    }
}

struct str flat_reference_name(const struct flat *flat, enum name_kind kind, uint32_t reference)
{
    struct stored_reference stored = flat_reference(flat, reference);
    return flat_text(flat, kind == NAME_ID ? stored.id : kind == NAME_URL ? stored.url : stored.title);
}

static struct str name_at(const struct flat *flat, const struct image_array *names, uint32_t number)
{
    const uint64_t *places = names->at;
    return number < names->count ? flat_text(flat, places[number]) : (struct str){0};
}

struct str flat_subject_name(const struct flat *flat, uint32_t subject)
{
    return name_at(flat, &flat->subject_names, subject);
}

struct str flat_keyword_name(const struct flat *flat, uint32_t keyword)
{
    return name_at(flat, &flat->keyword_names, keyword);
}

uint32_t flat_number(const struct image_rows *rows, uint32_t row, size_t i)
{
    size_t count;
    const uint32_t *numbers = image_row(rows, row, &count);
    return i < count ? numbers[i] : CATALOGUE_NONE;
}

size_t flat_row_count(const struct image_rows *rows, uint32_t row)
{
    size_t count;
    image_row(rows, row, &count);
    return count;
}

uint32_t *flat_sources(const struct flat *flat, uint32_t target, struct arena *arena, size_t *count)
{
    size_t references = flat_row_count(&flat->target_references, target), total = 0;
    for (size_t i = 0; i < references; i++)
        total += flat_row_count(&flat->sources, flat_number(&flat->target_references, target, i));
    if (total > flat->sources.items.count) /* damaged: rows that overlap */
        total = flat->sources.items.count;
    uint32_t *sources = arena_array(arena, total, sizeof *sources);
    *count = 0;
    for (size_t i = 0; i < references; i++) {
        size_t n;
        const uint32_t *more =
            image_row(&flat->sources, flat_number(&flat->target_references, target, i), &n);
        n = n < total - *count ? n : total - *count;
        if (n)
            memcpy(sources + *count, more, n * sizeof *more);
        *count += n;
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

static struct name_search search_in(const struct flat *flat, const struct image_array *table,
                                    enum name_kind kind, struct str text)
{
    const struct stored_name *names = table->at;
    uint32_t hash = flat_hash(flat, text);
    size_t low = 0, high = text.len ? table->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names[middle].hash < hash)
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
static bool next_owner(struct name_search *search, const struct image_array *table, uint32_t *owner)
{
    const struct stored_name *names = table->at;
    if (search->at >= table->count || names[search->at].hash != search->hash)
        return false;
    *owner = names[search->at++].owner;
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
