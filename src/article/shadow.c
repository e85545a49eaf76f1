#include "shadow.h"

#include <string.h>

#include "guard.h"
#include "lectern/mem.h"

/* Formulas become words. Where `*` or `_` touches one, its edge is made like what is beyond the mark, because
 * emphasis opens and closes by what it stands between. */
static char edge_like(struct str text, size_t at, bool before)
{
    size_t i = at;
    while (before ? i > 0 : i < text.len) {
        char c = text.at[before ? i - 1 : i];
        if (c != '*' && c != '_' && c != '~')
            return i != at && strchr("!\"#$%&'()+,-./:;<=>?@[\\]^`{|}", c) && c ? ',' : GUARD_LETTER;
        i = before ? i - 1 : i + 1;
    }
    return GUARD_LETTER;
}

static void hide_formulas(struct str text, const struct math_spans *spans, char *shadow)
{
    for (size_t i = 0; i < spans->count; i++) {
        const struct math_span *span = &spans->at[i];
        memset(shadow + span->begin, GUARD_LETTER, span->end - span->begin);
        shadow[span->begin] = edge_like(text, span->begin, true);
        shadow[span->end - 1] = edge_like(text, span->end, false);
    }
}

void shadow_make(struct str source, const struct math_spans *spans, struct shadow *shadow)
{
    *shadow = (struct shadow){.bytes = mem_alloc(source.len + 1)};
    if (source.len)
        memcpy(shadow->bytes, source.at, source.len);
    hide_formulas(source, spans, shadow->bytes);
    guard_shadow(source, shadow->bytes);
    shadow->text = (struct str){shadow->bytes, source.len};
    tables_find(shadow->text, &shadow->additions);
    if (!shadow->additions.count)
        return;
    char *longer = tables_add(shadow->text, &shadow->additions);
    mem_free(shadow->bytes);
    shadow->bytes = longer;
    shadow->text = (struct str){longer, source.len + shadow->additions.bytes};
}

void shadow_free(struct shadow *shadow)
{
    mem_free(shadow->bytes);
    mem_free(shadow->additions.at);
    *shadow = (struct shadow){0};
}

bool shadow_holds(const struct shadow *shadow, struct str text)
{
    uintptr_t begin = (uintptr_t)shadow->text.at, address = (uintptr_t)text.at;
    return address >= begin && address - begin <= shadow->text.len &&
           text.len <= shadow->text.len - (address - begin);
}

size_t shadow_offset(const struct shadow *shadow, struct str text)
{
    if (!shadow_holds(shadow, text))
        return STR_NOT_FOUND;
    return tables_offset(&shadow->additions, (size_t)(text.at - shadow->text.at));
}
