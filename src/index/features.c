#include "features.h"

#include <string.h>

#include "lectern/markdown.h"

/* Four spaces in a row, which code can be marked with; one of them has a place that four divides. */
static bool has_indentation(struct str text)
{
    for (size_t i = 0; i < text.len; i += 4) {
        if (text.at[i] != ' ')
            continue;
        size_t start = i, end = i + 1;
        while (start > 0 && i - start < 3 && text.at[start - 1] == ' ')
            start--;
        while (end < text.len && end - start < 4 && text.at[end] == ' ')
            end++;
        if (end - start == 4)
            return true;
    }
    return false;
}

/* Without any of these it has none of the features; most articles have none, and need not be parsed. */
static bool may_have_features(struct str text)
{
    static const char marks[] = {'`', '~', '\t', '$', '\\', '|'};
    for (size_t i = 0; i < sizeof marks; i++)
        if (memchr(text.at, marks[i], text.len))
            return true;
    return has_indentation(text);
}

static unsigned feature_of(const struct node *node)
{
    switch (node->kind) {
    case NODE_MATH:
    case NODE_MATH_DISPLAY:
    case NODE_MATH_BLOCK: return FEATURE_MATH;
    case NODE_CODE:
    case NODE_CODE_BLOCK: return FEATURE_CODE;
    case NODE_TABLE: return FEATURE_TABLE;
    default: return 0;
    }
}

/* As deep as the nesting that markdown.h allows. */
static unsigned features_below(const struct node *node)
{
    unsigned features = 0;
    for (; node; node = node->next)
        features |= feature_of(node) | features_below(node->first);
    return features;
}

unsigned features_of(struct arena *scratch, const struct article *article)
{
    if (article->kind == ARTICLE_PLAIN || article->text.len == 0 || !may_have_features(article->text))
        return 0;
    return features_below(markdown_parse(scratch, article->text));
}
