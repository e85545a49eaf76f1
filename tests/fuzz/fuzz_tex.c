/*
 * Feeds any bytes as formulas through the TeX parser and the setter, on the line and displayed, and checks what holds for
 * every page: no line is wider than asked, spans do not overlap, and what is ASCII is. The first byte is the width. For
 * libFuzzer.
 */
#include <stdlib.h>

#include "lectern/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_line(const struct layout_line *line, size_t width, enum text_charset charset)
{
    size_t column = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        require(span->column >= column);
        require(text_width(span->text, charset) == span->width);
        column = span->column + span->width;
    }
    require(column <= width);
}

static struct node formula(enum node_kind kind, struct str tex)
{
    return (struct node){.kind = kind, .text = tex, .source = tex};
}

/* A paragraph with the formula on the line, displayed, and again, with the definitions that it has made. */
static void check(struct str tex, const struct layout_options *options)
{
    struct arena arena = {0};
    struct layout layout;
    struct node line = formula(NODE_MATH, tex), display = formula(NODE_MATH_DISPLAY, tex), again = line;
    struct node paragraph = {.kind = NODE_PARAGRAPH, .first = &line, .last = &again};
    struct node document = {.kind = NODE_DOCUMENT, .first = &paragraph, .last = &paragraph, .text = tex};
    line.next = &display;
    display.next = &again;
    layout_build(&arena, &document, options, &layout);
    for (size_t i = 0; i < layout.line_count; i++)
        check_line(&layout.lines[i], layout.width, options->charset);
    require(layout.formula_count == 3);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct layout_options options = {.width = data[0] % 100 + 1u,
                                     .charset = data[0] & 128 ? TEXT_ASCII : TEXT_UTF8};
    check((struct str){(const char *)data + 1, size - 1}, &options);
    return 0;
}
