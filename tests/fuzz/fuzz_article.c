/*
 * Feeds any bytes to the article parser and checks what holds for every article. For libFuzzer.
 */
#include <stdlib.h>

#include "lectern/article.h"
#include "lectern/bounds.h"
#include "lectern/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_article(const struct article *article)
{
    require(text_invalid_at(article->text) == STR_NOT_FOUND);
    require(text_invalid_at(article->title) == STR_NOT_FOUND);
    require(article->kind == ARTICLE_BINARY || article->title.len > 0);
    require(article->field_count <= BOUND_FIELDS && article->related_count <= BOUND_RELATED &&
            article->keyword_count <= BOUND_KEYWORDS);
    for (size_t i = 0; i < article->field_count; i++)
        require(text_invalid_at(article->fields[i].value) == STR_NOT_FOUND && article->fields[i].line > 0);
    for (size_t i = 1; i < article->related_count; i++)
        require(article->related[i - 1].number < article->related[i].number);
    for (size_t i = 1; i < article->problem_count; i++)
        require(article->problems[i - 1].line <= article->problems[i].line);
}

/* With its breaks as pairs again a decoded answer is what it was. */
static void check_answer(struct str answer, struct str text)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool pair = text.at[i] == '\n' && at < answer.len && answer.at[at] == '\\';
        require(at < answer.len && (pair || text.at[i] == answer.at[at]));
        at += pair ? 2 : 1;
    }
    require(at == answer.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct article article;
    struct str bytes = {(const char *)data, size};
    article_parse(&arena, bytes, STR("file.md"), &article);
    check_article(&article);
    article_date(&arena, article.date, article.date_format);
    check_answer(bytes, article_decode_answer(&arena, bytes));
    arena_free(&arena);
    return 0;
}
