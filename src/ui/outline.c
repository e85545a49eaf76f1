#include "outline.h"

#include "chooser.h"

struct view *outline_new(const struct reading *reading)
{
    const struct layout *layout = &reading->layout;
    if (!layout->heading_count)
        return NULL;
    struct chooser *chooser = chooser_new(reading->title, false);
    size_t current = 0, least = layout->headings[0].level;
    for (size_t i = 1; i < layout->heading_count; i++)
        if (layout->headings[i].level < least)
            least = layout->headings[i].level;
    for (size_t i = 0; i < layout->heading_count; i++) {
        struct position position = {
            .target = reading->target, .part = reading->part, .width = reading->width, .link = PAGER_NONE};
        position.line = layout->headings[i].line;
        position.offset = layout->lines[position.line].offset;
        struct chooser_row row = {.label = layout->headings[i].text,
                                  .indent = layout->headings[i].level - least,
                                  .position = position};
        chooser_add(chooser, &row);
        if (position.line <= reading->page.top)
            current = i;
    }
    chooser_select(chooser, current);
    return chooser_view(chooser);
}
