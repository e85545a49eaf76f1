#include "metadata.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"

struct str article_field_value(const struct article *article, const char *name)
{
    struct str wanted = str_from(name);
    for (size_t i = 0; i < article->field_count; i++)
        if (str_eq(article->fields[i].name, wanted))
            return article->fields[i].value;
    return (struct str){0};
}

static bool is_null(struct str value)
{
    return str_eq(value, STR("~")) || str_eq(value, STR("null")) || str_eq(value, STR("Null")) ||
           str_eq(value, STR("NULL"));
}

struct str metadata_value(const struct article *article, const char *name)
{
    struct str value = article_field_value(article, name);
    if (is_null(value))
        value.len = 0;
    return value;
}

struct keywords {
    struct str *items;
    size_t count, capacity, met;
    const struct article_field *field; /* that they come from */
};

/* Adds a keyword unless it is there already. Those met are counted too, as each is compared with all. */
static bool add_keyword(struct keywords *keywords, struct str word)
{
    word = str_trim(word);
    if (word.len > 1 && word.at[0] == '#')
        word = str_slice(word, 1, word.len);
    if (word.len == 0 || is_null(word))
        return true;
    if (keywords->met++ == BOUND_KEYWORDS)
        return false;
    for (size_t i = 0; i < keywords->count; i++)
        if (str_eq_ignore_case(keywords->items[i], word))
            return true;
    keywords->items =
        mem_grow(keywords->items, keywords->count, &keywords->capacity, sizeof *keywords->items);
    keywords->items[keywords->count++] = word;
    return true;
}

/* Splits at commas or, where there is none and `at_spaces`, at spaces. */
static bool split_keywords(struct keywords *keywords, struct str list, bool at_spaces)
{
    char separator = at_spaces && str_find_byte(list, ',') == STR_NOT_FOUND ? ' ' : ',';
    while (list.len) {
        struct str word;
        str_cut(list, separator, &word, &list);
        if (!add_keyword(keywords, word))
            return false;
    }
    return true;
}

/* The keywords of a field that is a text or a list; false when there are too many. */
static bool field_keywords(struct keywords *keywords, const struct article *article, struct str name,
                           bool at_spaces)
{
    for (size_t i = 0; i < article->field_count; i++) {
        const struct article_field *field = &article->fields[i];
        keywords->field = field;
        if (!str_starts(field->name, name))
            continue;
        bool item =
            field->name.len > name.len + 1 && field->name.at[name.len] == '.' &&
            str_find_byte(str_slice(field->name, name.len + 1, field->name.len), '.') == STR_NOT_FOUND;
        bool kept = true;
        if (field->name.len == name.len)
            kept = split_keywords(keywords, field->value, at_spaces);
        else if (item)
            kept = add_keyword(keywords, field->value);
        if (!kept)
            return false;
    }
    return true;
}

static void read_keywords(struct arena *arena, struct article *article, struct problems *problems)
{
    struct keywords keywords = {0};
    bool all = field_keywords(&keywords, article, STR("seo.page_keywords"), false);
    if (all && keywords.count == 0)
        all = field_keywords(&keywords, article, STR("keywords"), false) &&
              field_keywords(&keywords, article, STR("tags"), true) &&
              field_keywords(&keywords, article, STR("categories"), true);
    if (!all)
        problems_add(problems, ARTICLE_WARNING, keywords.field->line, keywords.field->column,
                     "more than 1,000 keywords; the others are fields only");
    article->keyword_count = keywords.count;
    article->keywords = arena_array(arena, keywords.count, sizeof *article->keywords);
    if (keywords.count)
        memcpy(article->keywords, keywords.items, keywords.count * sizeof *keywords.items);
    mem_free(keywords.items);
}

struct links {
    struct article_link *items;
    size_t count, capacity;
    bool full;
};

/* The last link if it has that number, else a new one; NULL when there are too many. */
static struct article_link *link_of(struct links *links, uint32_t number)
{
    if (links->count && links->items[links->count - 1].number == number)
        return &links->items[links->count - 1];
    if (links->count == BOUND_RELATED)
        return NULL;
    links->items = mem_grow(links->items, links->count, &links->capacity, sizeof *links->items);
    links->items[links->count] = (struct article_link){.number = number};
    return &links->items[links->count++];
}

static void set_part(struct article_link *link, struct str part, struct str value)
{
    struct str *slot = NULL;
    if (str_eq(part, STR("id")))
        slot = &link->id;
    else if (str_eq(part, STR("title")))
        slot = &link->title;
    else if (str_eq(part, STR("subject")))
        slot = &link->subject;
    else if (str_eq(part, STR("url")))
        slot = &link->url;
    if (slot && slot->len == 0 && !is_null(value))
        *slot = str_trim(value);
}

static void read_related_field(struct links *links, const struct article_field *field,
                               struct problems *problems)
{
    static const struct str prefix = {"related_article", 15};
    if (!str_starts(field->name, prefix))
        return;
    struct str digits, part;
    uint64_t number = 0;
    bool dotted = str_cut(str_slice(field->name, prefix.len, field->name.len), '.', &digits, &part);
    bool empty = !dotted && (field->value.len == 0 || is_null(field->value));
    const char *wrong = NULL;
    if (!str_to_u64(digits, &number))
        wrong = "is no related_article and a number";
    else if (number > UINT32_MAX)
        wrong = "has a number above 4294967295";
    else if (!dotted && !empty)
        wrong = "has no id, title, subject or url";
    else if (str_find_byte(part, '.') != STR_NOT_FOUND)
        wrong = "is a collection where a text is due";
    struct article_link *link = wrong || empty ? NULL : link_of(links, (uint32_t)number);
    if (link)
        set_part(link, part, field->value);
    if (wrong)
        problems_add(problems, ARTICLE_WARNING, field->line, field->column,
                     "\"%.*s\" %s; kept as a field, not a link", STR_ARG(field->name), wrong);
    else if (!empty && !link && !links->full)
        problems_add(problems, ARTICLE_WARNING, field->line, field->column,
                     "more than 1,000 related articles; the others are fields only");
    links->full |= !wrong && !empty && !link;
}

struct turn {
    uint32_t number;
    size_t index;
};

static int by_number(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool says_something(const struct article_link *link)
{
    return link->id.len || link->title.len || link->url.len;
}

/* A related article of which nothing is known that could be a link: `number` is that of its fields. */
static void report_nothing(const struct article *article, uint32_t number, struct problems *problems)
{
    char name[40];
    snprintf(name, sizeof name, "related_article%" PRIu32 ".", number);
    for (size_t i = 0; i < article->field_count; i++) {
        const struct article_field *field = &article->fields[i];
        if (!str_starts(field->name, str_from(name)))
            continue;
        problems_add(problems, ARTICLE_WARNING, field->line, field->column,
                     "\"related_article%" PRIu32 "\" has no id, title or url; kept as a field, not a link",
                     number);
        return;
    }
}

static void read_related(struct arena *arena, struct article *article, struct problems *problems)
{
    struct links links = {0};
    for (size_t i = 0; i < article->field_count; i++)
        read_related_field(&links, &article->fields[i], problems);
    struct turn *turns = mem_calloc(links.count, sizeof *turns);
    for (size_t i = 0; i < links.count; i++)
        turns[i] = (struct turn){links.items[i].number, i};
    qsort(turns, links.count, sizeof *turns, by_number);
    article->related = arena_array(arena, links.count, sizeof *article->related);
    for (size_t i = 0; i < links.count; i++) {
        const struct article_link *link = &links.items[turns[i].index];
        bool again = i && turns[i].number == turns[i - 1].number;
        if (!again && says_something(link))
            article->related[article->related_count++] = *link;
        else if (!again)
            report_nothing(article, link->number, problems);
    }
    mem_free(turns);
    mem_free(links.items);
}

static struct str first_of(const struct article *article, const char *name, const char *other,
                           const char *third)
{
    struct str value = str_trim(metadata_value(article, name));
    if (value.len == 0)
        value = str_trim(metadata_value(article, other));
    return value.len ? value : str_trim(metadata_value(article, third));
}

/* Whether the field is a part of a collection that has the name of a text, and the first of it. */
static bool begins_collection(const struct article *article, size_t field)
{
    static const char *const texts[] = {"id",     "title",       "article_title", "question",
                                        "answer", "author",      "subject",       "url",
                                        "date",   "date_format", "file_name"};
    struct str name, rest, before;
    if (!str_cut(article->fields[field].name, '.', &name, &rest))
        return false;
    if (field && str_cut(article->fields[field - 1].name, '.', &before, &rest) && str_eq(before, name))
        return false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_eq(name, str_from(texts[i])))
            return true;
    return false;
}

/* What is not what its name promises is shown among the details, and nowhere else. */
static void check_values(const struct article *article, struct problems *problems)
{
    for (size_t i = 0; i < article->field_count; i++) {
        const struct article_field *field = &article->fields[i];
        bool date = str_eq(field->name, STR("date")) && article->date.len;
        if (begins_collection(article, i))
            problems_add(problems, ARTICLE_WARNING, field->line, field->column,
                         "\"%.*s\" is a collection where a text is due; kept as a field only",
                         (int)str_find_byte(field->name, '.'), field->name.at);
        else if (date && !article_is_date(field->value))
            problems_add(problems, ARTICLE_WARNING, field->line, field->column,
                         "this is no day like 2024-12-18; shown as it is");
    }
}

void metadata_read(struct arena *arena, struct article *article, struct problems *problems)
{
    article->id = str_trim(metadata_value(article, "id"));
    article->question = str_trim(metadata_value(article, "question"));
    article->author = str_trim(metadata_value(article, "author"));
    article->subject = str_trim(metadata_value(article, "subject"));
    article->url = str_trim(metadata_value(article, "url"));
    article->file_name = str_trim(metadata_value(article, "file_name"));
    article->date = str_trim(metadata_value(article, "date"));
    article->date_format = str_trim(metadata_value(article, "date_format"));
    article->description = first_of(article, "seo.page_description", "description", "summary");
    read_keywords(arena, article, problems);
    read_related(arena, article, problems);
    check_values(article, problems);
}
