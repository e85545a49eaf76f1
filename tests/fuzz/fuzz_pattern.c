/*
 * Feeds any bytes to patterns: up to the first NUL the pattern, behind it the text. Matches must come in order, and the
 * words that the pattern's literals ask for must be in a text that it matches. For libFuzzer.
 */
#include <stdlib.h>

#include "../../src/search/literal.h"
#include "lectern/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_literal(struct str source, const struct article *article)
{
    static const uint32_t documents[] = {0};
    struct arena arena = {0};
    const struct literal *literal = literal_find(&arena, source);
    if (literal) {
        struct index_builder *builder = index_builder_new(NULL);
        index_builder_add(builder, 0, article);
        struct index *index = index_build(&builder, 1, documents, 1, 1);
        const uint64_t *found = literal_documents(&arena, literal, index);
        require(!found || found[0] == 1);
        index_release(index);
        index_builder_free(builder);
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str all = {(const char *)data, size}, source, text;
    struct err err;
    str_cut(all, '\0', &source, &text);
    struct pattern *pattern = pattern_compile(source, PATTERN_SMART_CASE, &err);
    if (!pattern)
        return 0;
    struct pattern_finder *finder = pattern_finder_new(pattern, NULL);
    struct pattern_match match;
    size_t count = 0, last = 0;
    pattern_begin(finder, text, 20);
    for (; pattern_next(finder, &match, &err) > 0; count++) {
        require(match.start >= last && match.start < match.end && match.end <= text.len);
        last = match.end;
    }
    pattern_finder_free(finder);
    pattern_free(pattern);
    if (count)
        check_literal(source, &(struct article){.text = text});
    return 0;
}
