/*
 * Feeds any bytes through article, Markdown and layout, and checks what holds for every page: no line is wider than asked,
 * spans do not overlap, offsets never decrease. The first byte is the width. For libFuzzer.
 */
#include <stdlib.h>

#include "lectern/article.h"
#include "lectern/layout.h"
#include "lectern/plain.h"

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

static void check_layout(const struct layout *layout, enum text_charset charset, size_t size)
{
    uint32_t offset = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        check_line(&layout->lines[i], layout->width, charset);
        require(layout->lines[i].offset >= offset);
        offset = layout->lines[i].offset;
    }
    for (size_t i = 0; i < layout->link_count; i++)
        require(layout->links[i].line < layout->line_count &&
                (layout->links[i].place < size || layout->links[i].place == NODE_NOWHERE));
    for (size_t i = 0; i < layout->heading_count; i++)
        require(layout->headings[i].line < layout->line_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena arena = {0};
    struct article article;
    struct layout layout;
    struct layout_options options = {.width = data[0] % 100 + 1u,
                                     .charset = data[0] & 128 ? TEXT_ASCII : TEXT_UTF8,
                                     .open_folds = data[0] & 64 ? UINT64_MAX : 0};
    article_parse(&arena, (struct str){(const char *)data + 1, size - 1}, STR("page.md"), &article);
    const struct node *root = article.kind == ARTICLE_PLAIN ? plain_parse(&arena, article.text, true)
                                                            : markdown_parse(&arena, article.text);
    layout_build(&arena, root, &options, &layout);
    check_layout(&layout, options.charset, article.text.len + 1);
    layout_build_text(&arena, article.text, STYLE_TEXT, &options, &layout);
    check_layout(&layout, options.charset, article.text.len + 1);
    arena_free(&arena);
    return 0;
}
