/* A draft written as flat sections. */
#include "catalogue_image.h"

#include <string.h>

#include "lectern/mem.h"
#include "name_tables.h"

struct writing {
    const struct draft *draft;
    struct image *image;
    struct buf texts;
    uint64_t *places; /* by symbol: its text's place + 1, or 0 */
};

static uint64_t add_text(struct writing *writing, struct str text)
{
    return image_text_add(&writing->texts, text);
}

/* Symbols come again and again: each is written once. */
static uint64_t add_symbol(struct writing *writing, const struct symbol *symbol)
{
    if (!symbol)
        return 0;
    uint64_t *place = &writing->places[symbol->number];
    if (*place == 0)
        *place = add_text(writing, symbol_str(symbol)) + 1;
    return *place - 1;
}

static void write_articles(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct stored_article *articles = mem_calloc(draft->count, sizeof *articles);
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct record *record = draft->articles[i];
        bool is_small = record->id_line <= UINT16_MAX && record->id_column <= UINT8_MAX;
        articles[i] = (struct stored_article){
            .title = add_symbol(writing, record->title),
            .id = add_symbol(writing, record->id),
            .url = add_symbol(writing, record->url),
            .date = add_symbol(writing, record->date),
            .digest = record->digest,
            .kind = (uint8_t)record->kind,
            .id_column = (uint8_t)(is_small ? record->id_column : 0),
            .id_line = (uint16_t)(is_small ? record->id_line : 0),
            .text_bytes = record->text_bytes,
        };
    }
    table_add(writing->image, "articles", &layout_articles, articles, draft->count);
    mem_free(articles);
}

static void write_missing(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct stored_missing *missing = mem_calloc(draft->missing_count, sizeof *missing);
    for (uint32_t i = 0; i < draft->missing_count; i++)
        missing[i] = (struct stored_missing){
            .title = draft->missing[i].title ? add_symbol(writing, draft->missing[i].title)
                                             : add_text(writing, draft->missing[i].shown_title),
            .id = add_symbol(writing, draft->missing[i].id),
            .url = add_symbol(writing, draft->missing[i].url),
            .subject = draft->missing[i].subject,
        };
    table_add(writing->image, "missing", &layout_missing, missing, draft->missing_count);
    mem_free(missing);
}

static void write_files(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct stored_file *files = mem_calloc(draft->file_count, sizeof *files);
    for (uint32_t i = 0; i < draft->file_count; i++) {
        const struct catalogue_file *file = &draft->files[i];
        files[i] = (struct stored_file){
            .path = add_text(writing, file->path),
            .size = file->stamp.size,
            .mtime_ns = file->stamp.mtime_ns,
            .device = file->stamp.device,
            .inode = file->stamp.inode,
            .root = file->root,
            .article = file->article,
            .subject = file->subject,
            .access = file->settled ? file->stamp.access : 0,
        };
    }
    table_add(writing->image, "files", &layout_files, files, draft->file_count);
    mem_free(files);
}

static void write_problems(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct stored_problem *problems = mem_calloc(draft->problem_count, sizeof *problems);
    for (size_t i = 0; i < draft->problem_count; i++) {
        const struct catalogue_problem *problem = &draft->problems[i];
        problems[i] = (struct stored_problem){
            .path = add_text(writing, problem->path),
            .message = add_text(writing, problem->message),
            .root = problem->root,
            .line = problem->line,
            .column = problem->column,
            .article = problem->article,
            .flags = (problem->skipped ? STORED_SKIPPED : 0) | (problem->expected ? STORED_EXPECTED : 0) |
                     (problem->severity == ARTICLE_ERROR ? STORED_ERROR : 0) |
                     (problem->id_taken ? STORED_ID_TAKEN : 0) | (problem->no_file ? STORED_NO_FILE : 0),
        };
    }
    table_add(writing->image, "problems", &layout_problems, problems, draft->problem_count);
    mem_free(problems);
}

static void write_names(struct writing *writing, const char *name, const struct str *names, uint32_t count)
{
    uint64_t *places = mem_calloc(count, sizeof *places);
    for (uint32_t i = 0; i < count; i++)
        places[i] = add_text(writing, names[i]);
    table_add(writing->image, name, &layout_texts, places, count);
    mem_free(places);
}

static void write_lists(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct image *image = writing->image;
    size_t count = draft->count;
    table_add_lists(image, "artfiles", "artfile", &table_u32, draft->article_files.starts, count,
                    draft->article_files.items);
    table_add_lists(image, "artsubjs", "artsubj", &table_u32, draft->subjects.starts, count,
                    draft->subjects.items);
    table_add_lists(image, "artkeys", "artkey", &table_u32, draft->keywords.starts, count,
                    draft->keywords.items);
    table_add_lists(image, "artlinks", "artlink", &layout_links, draft->link_starts, count, draft->links);
    table_add_lists(image, "refsrcs", "refsrc", &table_u32, draft->sources.starts, draft->reference_count,
                    draft->sources.items);
    table_add_lists(image, "tgtrefs", "tgtref", &table_u32, draft->target_references.starts,
                    count + draft->missing_count, draft->target_references.items);
}

static void write_references(struct writing *writing)
{
    const struct draft *draft = writing->draft;
    struct stored_reference *references = mem_calloc(draft->reference_count, sizeof *references);
    struct stored_alias *aliases = mem_calloc(draft->alias_count, sizeof *aliases);
    for (uint32_t i = 0; i < draft->reference_count; i++)
        references[i] = (struct stored_reference){
            .id = add_symbol(writing, draft->references[i].id),
            .url = add_symbol(writing, draft->references[i].url),
            .title = add_symbol(writing, draft->references[i].title),
            .subject = add_symbol(writing, draft->references[i].subject),
            .target = draft->references[i].target,
        };
    for (size_t i = 0; i < draft->alias_count; i++)
        aliases[i] =
            (struct stored_alias){add_symbol(writing, draft->aliases[i].url), draft->aliases[i].article, 0};
    table_add(writing->image, "referenc", &layout_references, references, draft->reference_count);
    mem_free(references);
    image_take(writing->image, "aliases", aliases, draft->alias_count * sizeof *aliases);
}

struct image *catalogue_flatten(const struct draft *draft, struct hash_key key)
{
    struct writing writing = {
        .draft = draft,
        .image = image_new(),
        .places = mem_calloc(draft->symbol_count, sizeof *writing.places),
    };
    struct stored_library *library = mem_calloc(1, sizeof *library);
    library->key = key;
    image_take(writing.image, "library", library, sizeof *library);
    write_articles(&writing);
    write_missing(&writing);
    write_files(&writing);
    write_problems(&writing);
    write_names(&writing, "subjects", draft->subject_names, draft->subject_count);
    write_names(&writing, "keywords", draft->keyword_names, draft->keyword_count);
    write_lists(&writing);
    write_references(&writing);
    name_tables_write(writing.image, draft);
    image_take_buf(writing.image, "texts", &writing.texts);
    mem_free(writing.places);
    return writing.image;
}
