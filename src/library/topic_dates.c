#include "lectern/mem.h"
#include "topic_builder.h"
#include "topic_month.h"

/* A month is numbered year * 13 + month; month 0 is the year alone, 0 no date at all. */
#define MONTHS_OF_YEAR 13u
#define MONTH_NUMBERS  (10000u * MONTHS_OF_YEAR)

static uint32_t *months_of_articles(const struct topic_builder *builder, uint32_t *uses)
{
    uint32_t count = catalogue_count(builder->catalogue);
    uint32_t *months = mem_calloc(count, sizeof *months);
    for (uint32_t article = 0; article < count; article++) {
        struct topic_month month = topic_month_parse(catalogue_date(builder->catalogue, article));
        months[article] = month.year * MONTHS_OF_YEAR + month.month;
        uses[months[article]]++;
    }
    return months;
}

/* Adds the years and months that are used, newest first; in `uses` the topic of each takes the place of its count. */
static void add_months(struct topic_builder *builder, uint32_t parent, uint32_t *uses)
{
    for (uint32_t year = 9999; year >= 1000; year--) {
        uint32_t *months = &uses[year * MONTHS_OF_YEAR], total = 0;
        for (uint32_t month = 0; month < MONTHS_OF_YEAR; month++)
            total += months[month];
        if (total == 0)
            continue;
        uint32_t topic =
            topic_builder_add(builder, TOPIC_YEAR, parent, arena_printf(builder->arena, "%u", year));
        builder->topics[topic].total = total;
        for (uint32_t month = 12; month >= 1; month--) {
            if (months[month] == 0)
                continue;
            uint32_t child =
                topic_builder_add(builder, TOPIC_MONTH, topic,
                                  arena_printf(builder->arena, "%s %u", topic_month_name(month), year));
            builder->topics[child].total = months[month];
            months[month] = child;
        }
        months[0] = topic;
    }
    if (uses[0]) {
        uint32_t topic = topic_builder_add(builder, TOPIC_YEAR, parent, STR("Undated"));
        builder->topics[topic].total = uses[0];
        uses[0] = topic;
    }
}

void topic_dates_add(struct topic_builder *builder)
{
    uint32_t count = catalogue_count(builder->catalogue);
    uint32_t *uses = mem_calloc(MONTH_NUMBERS, sizeof *uses);
    uint32_t *months = months_of_articles(builder, uses);
    uint32_t root = topic_builder_add(builder, TOPIC_BY_DATE, 0, STR("By date"));
    builder->topics[root].total = count;
    add_months(builder, root, uses);
    for (uint32_t i = 0; i < count; i++)
        topic_builder_place(builder, uses[months[builder->order[i]]], builder->order[i]);
    mem_free(months);
    mem_free(uses);
}
