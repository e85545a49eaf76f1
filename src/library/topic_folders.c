/*
 * The folders of the roots as they are on disk. Folders of several roots stand in one tree, except that equal names in
 * two roots are two folders. An article whose files lie in several folders stands in each.
 */
#include <stdlib.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "numbering.h"
#include "topic_builder.h"

#define FOLDER_NONE UINT32_MAX

struct folder {
    struct str name;
    uint32_t parent; /* FOLDER_NONE: a root */
    uint32_t root;   /* of the library */
    uint32_t depth;
    uint32_t topic;
    uint32_t counted; /* the article that was counted in it last, + 1 */
    uint32_t placed;  /* the article that was placed in it last, + 1 */
};

struct folders {
    struct arena arena;
    struct numbering names; /* parent, root and name: numbers the folders */
    struct buf key;
    struct folder *at;
    size_t capacity;
};

static uint32_t find_folder(struct folders *folders, uint32_t parent, uint32_t root, struct str name)
{
    const uint32_t place[2] = {parent, root};
    buf_clear(&folders->key);
    buf_add(&folders->key, (struct str){(const char *)place, sizeof place});
    buf_add(&folders->key, name);
    uint32_t before = folders->names.count;
    uint32_t number = numbering_add(&folders->names, buf_str(&folders->key));
    if (number == before) {
        folders->at = mem_grow(folders->at, number, &folders->capacity, sizeof *folders->at);
        folders->at[number] = (struct folder){
            .name = name,
            .parent = parent,
            .root = root,
            .depth = parent == FOLDER_NONE ? 0 : folders->at[parent].depth + 1,
        };
    }
    return number;
}

struct topic_folder_path topic_folder_path(struct str path)
{
    bool leads_out = str_starts(path, STR("/")) || str_starts(path, STR("../"));
    return (struct topic_folder_path){leads_out ? (struct str){0} : path, 0};
}

bool topic_folder_next(struct topic_folder_path *path, struct str *name)
{
    while (path->depth++ < BOUND_FOLDER_DEPTH && str_cut(path->rest, '/', name, &path->rest))
        if (name->len && !str_eq(*name, STR(".")))
            return true;
    return false;
}

/* The folder of a file, or FOLDER_NONE for one directly below its root, and for a root that is a file. */
static uint32_t folder_of(struct folders *folders, struct catalogue_file file)
{
    struct topic_folder_path path = topic_folder_path(file.path);
    struct str name;
    uint32_t folder = FOLDER_NONE;
    while (topic_folder_next(&path, &name))
        folder = find_folder(folders, folder, file.root, name);
    return folder;
}

struct sorted {
    uint32_t folder, depth;
    struct str name;
};

/* Parents before children, then by name. */
static int compare_sorted(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    if (a->depth != b->depth)
        return a->depth < b->depth ? -1 : 1;
    int order = str_compare(a->name, b->name);
    return order ? order : (a->folder > b->folder) - (a->folder < b->folder);
}

static void add_topics(struct topic_builder *builder, struct folders *folders, uint32_t root)
{
    uint32_t count = folders->names.count;
    struct sorted *sorted = mem_calloc(count, sizeof *sorted);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (struct sorted){i, folders->at[i].depth, folders->at[i].name};
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_sorted);
    for (uint32_t i = 0; i < count; i++) {
        struct folder *folder = &folders->at[sorted[i].folder];
        uint32_t parent = folder->parent == FOLDER_NONE ? root : folders->at[folder->parent].topic;
        folder->topic =
            topic_builder_add(builder, TOPIC_FOLDER, parent, arena_str(builder->arena, folder->name));
        builder->topics[folder->topic].root = folder->root;
    }
    mem_free(sorted);
}

/* Places an article in the folders of its files, each once, and counts it once in all above. */
static void place_article(struct topic_builder *builder, struct folders *folders, uint32_t root,
                          const uint32_t *folder_by_file, uint32_t article)
{
    size_t count = catalogue_count_files(builder->catalogue, article);
    bool in_root = count == 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t folder = folder_by_file[catalogue_file_of(builder->catalogue, article, i)];
        if (folder == FOLDER_NONE) {
            in_root = true;
            continue;
        }
        if (folders->at[folder].placed != article + 1)
            topic_builder_place(builder, folders->at[folder].topic, article);
        folders->at[folder].placed = article + 1;
        for (; folder != FOLDER_NONE && folders->at[folder].counted != article + 1;
             folder = folders->at[folder].parent) {
            folders->at[folder].counted = article + 1;
            builder->topics[folders->at[folder].topic].total++;
        }
    }
    if (in_root)
        topic_builder_place(builder, root, article);
}

void topic_folders_add(struct topic_builder *builder)
{
    struct folders folders = {0};
    numbering_start(&folders.names, &folders.arena);
    uint32_t file_count = catalogue_file_count(builder->catalogue);
    uint32_t *folder_by_file = mem_calloc(file_count, sizeof *folder_by_file);
    for (uint32_t i = 0; i < file_count; i++) {
        struct catalogue_file file = catalogue_file(builder->catalogue, i);
        folder_by_file[i] = file.article == CATALOGUE_NONE ? FOLDER_NONE : folder_of(&folders, file);
    }
    uint32_t root = topic_builder_add(builder, TOPIC_BY_FOLDER, 0, STR("By folder"));
    uint32_t count = catalogue_count(builder->catalogue);
    builder->topics[root].total = count;
    add_topics(builder, &folders, root);
    for (uint32_t i = 0; i < count; i++)
        place_article(builder, &folders, root, folder_by_file, builder->order[i]);
    mem_free(folder_by_file);
    mem_free(folders.at);
    buf_free(&folders.key);
    numbering_free(&folders.names);
    arena_free(&folders.arena);
}
