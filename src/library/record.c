#include "record.h"

#include "lectern/mem.h"
#include "lectern/text.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_collapsed(struct str s)
{
    for (size_t i = 0; i + 1 < s.len; i++)
        if (is_space(s.at[i]) && (s.at[i] != ' ' || is_space(s.at[i + 1])))
            return false;
    return true;
}

/* Trimmed, with single spaces: texts that differ in white space only are the same. */
static struct str collapse(struct buf *scratch, struct str s)
{
    s = str_trim(s);
    if (is_collapsed(s))
        return s;
    buf_clear(scratch);
    for (size_t i = 0; i < s.len; i++)
        if (!is_space(s.at[i]))
            buf_add_byte(scratch, s.at[i]);
        else if (!is_space(s.at[i + 1]))
            buf_add_byte(scratch, ' ');
    return buf_str(scratch);
}

static struct symbol *add_collapsed(struct symbols *symbols, struct buf *scratch, struct str s)
{
    return symbols_add(symbols, collapse(scratch, s));
}

static struct symbol *add_grouped(struct symbols *symbols, struct buf *scratch, struct str s)
{
    struct symbol *symbol = add_collapsed(symbols, scratch, s);
    if (symbol)
        symbols_folded(symbols, symbol);
    return symbol;
}

/* "health-studies" becomes "Health studies". */
static struct symbol *add_folder(struct symbols *symbols, struct buf *scratch, struct str name)
{
    struct buf words = {0};
    for (size_t i = 0; i < name.len; i++)
        buf_add_byte(&words, (char)(name.at[i] == '-' || name.at[i] == '_' ? ' ' : name.at[i]));
    struct str trimmed = str_trim(buf_str(&words));
    if (trimmed.len && trimmed.at[0] >= 'a' && trimmed.at[0] <= 'z')
        words.at[trimmed.at - words.at] = (char)(trimmed.at[0] - 'a' + 'A');
    struct symbol *symbol = add_grouped(symbols, scratch, trimmed);
    buf_free(&words);
    return symbol;
}

/* The folder that the file lies in, else the root. */
static struct str folder_of(struct str root_name, struct str path)
{
    size_t end = path.len - str_last_part(path).len;
    return end == 0 || root_name.len == 0 ? root_name : str_last_part(str_slice(path, 0, end - 1));
}

static void fill_keywords(struct arena *arena, struct symbols *symbols, struct buf *scratch,
                          const struct article *article, struct record *record)
{
    record->keywords = arena_array(arena, article->keyword_count, sizeof(struct symbol *));
    for (size_t i = 0; i < article->keyword_count; i++) {
        struct symbol *keyword = add_grouped(symbols, scratch, article->keywords[i]);
        if (keyword)
            record->keywords[record->keyword_count++] = keyword;
    }
}

/* A link that names nothing cannot be shown or followed; the article's fields still have it. */
static void fill_links(struct arena *arena, struct symbols *symbols, struct buf *scratch,
                       const struct article *article, struct record *record)
{
    record->links = arena_array(arena, article->related_count, sizeof *record->links);
    for (size_t i = 0; i < article->related_count; i++) {
        const struct article_link *from = &article->related[i];
        struct record_link link = {
            .number = from->number,
            .id = symbols_add(symbols, str_trim(from->id)),
            .title = add_collapsed(symbols, scratch, from->title),
            .url = symbols_add(symbols, str_trim(from->url)),
            .subject = add_grouped(symbols, scratch, from->subject),
        };
        if (link.id || link.title || link.url)
            record->links[record->link_count++] = link;
    }
}

/* The N of a field named related_articleN.something. */
static bool link_number(struct str name, uint64_t *number)
{
    struct str prefix = STR("related_article"), rest;
    if (!str_starts(name, prefix))
        return false;
    str_cut(str_slice(name, prefix.len, name.len), '.', &name, &rest);
    return str_to_u64(name, number);
}

/* The first of the links, which are in order of their numbers, whose number is not below `number`. */
static uint32_t find_link(const struct record *record, uint64_t number)
{
    uint32_t low = 0, high = record->link_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (record->links[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A link stands where the first of its fields does. */
static void place_links(const struct article *article, struct record *record)
{
    for (size_t i = 0; i < article->field_count; i++) {
        const struct article_field *field = &article->fields[i];
        uint64_t number;
        if (!link_number(field->name, &number))
            continue;
        uint32_t at = find_link(record, number);
        if (at == record->link_count || record->links[at].number != number || record->links[at].line)
            continue;
        record->links[at].line = field->line;
        record->links[at].column = field->column;
    }
}

static void fill_problems(struct arena *arena, const struct article *article, struct record *record)
{
    record->problems = arena_array(arena, article->problem_count, sizeof *record->problems);
    for (size_t i = 0; i < article->problem_count; i++) {
        record->problems[i] = article->problems[i];
        record->problems[i].message = arena_str(arena, article->problems[i].message);
    }
    record->problem_count = (uint32_t)article->problem_count;
}

static void find_id(const struct article *article, struct record *record)
{
    for (size_t i = 0; i < article->field_count; i++) {
        if (!str_eq(article->fields[i].name, STR("id")))
            continue;
        record->id_line = article->fields[i].line;
        record->id_column = article->fields[i].column;
        return;
    }
}

static void fill_texts(struct symbols *symbols, struct buf *scratch, const struct article *article,
                       struct str root_name, struct str path, struct record *record)
{
    record->id = symbols_add(symbols, str_trim(article->id));
    record->url = symbols_add(symbols, str_trim(article->url));
    record->date = symbols_add(symbols, str_trim(article->date));
    record->title = add_collapsed(symbols, scratch, article->title);
    if (!record->title)
        record->title = symbols_add(symbols, path.len ? path : STR("Untitled"));
    record->subject = add_grouped(symbols, scratch, article->subject);
    if (!record->subject)
        record->subject = add_folder(symbols, scratch, folder_of(root_name, path));
    record->digest = symbols_digest(symbols, record->id, record->title, article->text);
}

struct record *record_make(struct arena *arena, struct symbols *symbols, const struct article *article,
                           struct str root_name, struct str path)
{
    if (article->kind == ARTICLE_BINARY) {
        struct record *unread = record_unread(arena, article->problem_count ? article->problems[0].message
                                                                            : STR("not text: skipped"));
        unread->kind = ARTICLE_BINARY;
        unread->expected = true;
        return unread;
    }
    if (article->text.len > UINT32_MAX)
        mem_exhausted();
    struct record *record = arena_alloc(arena, sizeof *record);
    struct buf scratch = {0};
    record->kind = article->kind;
    record->text_bytes = (uint32_t)article->text.len;
    fill_texts(symbols, &scratch, article, root_name, path, record);
    find_id(article, record);
    fill_keywords(arena, symbols, &scratch, article, record);
    fill_links(arena, symbols, &scratch, article, record);
    place_links(article, record);
    fill_problems(arena, article, record);
    buf_free(&scratch);
    return record;
}

struct record *record_unread(struct arena *arena, struct str reason)
{
    struct record *record = arena_alloc(arena, sizeof *record);
    record->unread = true;
    record->problems = arena_alloc(arena, sizeof *record->problems);
    record->problems[0] =
        (struct article_problem){.severity = ARTICLE_ERROR, .message = arena_str(arena, reason)};
    record->problem_count = 1;
    return record;
}

void record_add_problem(struct arena *arena, struct record *record, const struct article_problem *problem)
{
    struct article_problem *all = arena_array(arena, (size_t)record->problem_count + 1, sizeof *all);
    all[0] = *problem;
    all[0].message = arena_str(arena, problem->message);
    for (uint32_t i = 0; i < record->problem_count; i++)
        all[i + 1] = record->problems[i];
    record->problems = all;
    record->problem_count++;
}
