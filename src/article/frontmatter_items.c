#include "frontmatter_items.h"

#include <yaml.h>

#include "frontmatter_clean.h"
#include "frontmatter_simple.h"
#include "lectern/mem.h"

static uint32_t from_1(size_t mark)
{
    return mark < UINT32_MAX ? (uint32_t)mark + 1 : UINT32_MAX;
}

/* An event as an item; false if it is of no interest. */
static bool item_of(struct arena *arena, const yaml_event_t *event, struct frontmatter_item *item)
{
    static const struct {
        yaml_event_type_t type;
        enum frontmatter_item_kind kind;
    } kinds[] = {
        {YAML_MAPPING_START_EVENT, ITEM_MAPPING},
        {YAML_SEQUENCE_START_EVENT, ITEM_SEQUENCE},
        {YAML_MAPPING_END_EVENT, ITEM_COLLECTION_END},
        {YAML_SEQUENCE_END_EVENT, ITEM_COLLECTION_END},
        {YAML_SCALAR_EVENT, ITEM_SCALAR},
        {YAML_ALIAS_EVENT, ITEM_ALIAS},
    };
    size_t i = 0, count = sizeof kinds / sizeof *kinds;
    while (i < count && kinds[i].type != event->type)
        i++;
    if (i == count)
        return false;
    *item = (struct frontmatter_item){.kind = kinds[i].kind,
                                      .line = from_1(event->start_mark.line),
                                      .column = from_1(event->start_mark.column),
                                      .begin = event->start_mark.index,
                                      .end = event->end_mark.index};
    if (item->kind == ITEM_SCALAR)
        item->text =
            arena_str(arena, (struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
    else if (item->kind == ITEM_ALIAS)
        item->text = arena_str(arena, str_from((const char *)event->data.alias.anchor));
    return true;
}

static void report_error(struct problems *problems, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        mem_exhausted();
    bool has_context = parser->context && *parser->context;
    problems_add(problems, ARTICLE_ERROR, from_1(parser->problem_mark.line),
                 from_1(parser->problem_mark.column),
                 "front matter is no YAML: %s%s%s; shown as text from there on",
                 parser->problem ? parser->problem : "unreadable", has_context ? " " : "",
                 has_context ? parser->context : "");
}

static bool read_events(struct arena *arena, struct str text, struct problems *problems,
                        frontmatter_take *take, void *context)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        mem_exhausted();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.len);
    bool whole = false;
    for (bool more = true; more && !whole;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            report_error(problems, &parser);
            break;
        }
        struct frontmatter_item item;
        more = !item_of(arena, &event, &item) || take(context, &item);
        whole = event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return whole;
}

bool frontmatter_read_items(struct arena *arena, struct str text, struct problems *problems,
                            frontmatter_take *take, void *context)
{
    static const struct frontmatter_item beginning = {.kind = ITEM_BEGINNING};
    struct str clean = frontmatter_clean(arena, text, problems);
    struct problems before = *problems;
    if (take(context, &beginning) && frontmatter_read_simple(arena, clean, take, context))
        return true;
    *problems = before;
    return take(context, &beginning) && read_events(arena, clean, problems, take, context);
}
