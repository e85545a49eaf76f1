#include "terms.h"

#include <string.h>

#include "lectern/mem.h"

static struct str phrase(const uint32_t *words, uint32_t count)
{
    return (struct str){(const char *)words, count * sizeof *words};
}

static uint32_t keyword_term(struct terms *terms, struct term_words *cache, struct str keyword)
{
    uint32_t words[TERM_MAX_WORDS + 1];
    if (keyword.len > TERM_MAX_BYTES)
        return TERM_NONE;
    uint32_t count = term_words_add(cache, &terms->words, keyword, words, TERM_MAX_WORDS + 1);
    if (count == 0 || count > TERM_MAX_WORDS)
        return TERM_NONE;
    return numbering_add(&terms->phrases, phrase(words, count));
}

/* Of every term the keyword with most uses; of equal ones the first. */
static void find_names(struct terms *terms, const struct catalogue *catalogue)
{
    uint32_t keyword_count = catalogue_keyword_count(catalogue);
    uint32_t *uses = mem_calloc(keyword_count, sizeof *uses);
    for (uint32_t article = 0; article < catalogue_count(catalogue); article++) {
        size_t count = catalogue_count_keywords(catalogue, article);
        for (size_t i = 0; i < count; i++)
            uses[catalogue_keyword_of(catalogue, article, i)]++;
    }
    terms->named_by = arena_array(&terms->arena, terms->phrases.count, sizeof *terms->named_by);
    memset(terms->named_by, 0xff, terms->phrases.count * sizeof *terms->named_by);
    for (uint32_t keyword = 0; keyword < keyword_count; keyword++) {
        uint32_t term = terms->of_keyword[keyword];
        if (term == TERM_NONE)
            continue;
        uint32_t *name = &terms->named_by[term];
        if (*name == CATALOGUE_NONE || uses[keyword] > uses[*name])
            *name = keyword;
    }
    mem_free(uses);
}

static bool *find_empty_words(const struct terms *terms)
{
    bool *empty = mem_calloc(terms->words.count, sizeof *empty);
    struct str rest = str_from(term_words_empty), text;
    while (rest.len) {
        str_cut(rest, ' ', &text, &rest);
        uint32_t word = numbering_find(&terms->words, text);
        if (word != NUMBERING_NONE)
            empty[word] = true;
    }
    return empty;
}

static void describe_terms(struct terms *terms, const struct catalogue *catalogue)
{
    uint32_t term_count = terms->phrases.count;
    terms->says_nothing = arena_array(&terms->arena, term_count, sizeof *terms->says_nothing);
    terms->acronym = arena_array(&terms->arena, term_count, sizeof *terms->acronym);
    terms->longest = arena_array(&terms->arena, terms->words.count, sizeof *terms->longest);
    bool *empty = find_empty_words(terms);
    for (uint32_t term = 0; term < term_count; term++) {
        uint32_t words[TERM_MAX_WORDS];
        uint32_t count = terms_words(terms, term, words);
        bool nothing = true;
        for (uint32_t i = 0; i < count; i++)
            nothing = nothing && empty[words[i]];
        terms->says_nothing[term] = nothing;
        if (terms->longest[words[0]] < count)
            terms->longest[words[0]] = (uint8_t)count;
        struct str name = terms_name(terms, catalogue, term), spelling;
        terms->acronym[term] = term_words_next(&name, &spelling) && term_words_is_acronym(spelling);
    }
    mem_free(empty);
}

void terms_build(struct terms *terms, const struct catalogue *catalogue)
{
    *terms = (struct terms){0};
    numbering_start(&terms->words, &terms->arena);
    numbering_start(&terms->phrases, &terms->arena);
    struct term_words cache;
    term_words_start(&cache);
    uint32_t keyword_count = catalogue_keyword_count(catalogue);
    terms->of_keyword = arena_array(&terms->arena, keyword_count, sizeof *terms->of_keyword);
    for (uint32_t keyword = 0; keyword < keyword_count; keyword++)
        terms->of_keyword[keyword] = keyword_term(terms, &cache, catalogue_keyword_name(catalogue, keyword));
    term_words_free(&cache);
    find_names(terms, catalogue);
    describe_terms(terms, catalogue);
}

void terms_free(struct terms *terms)
{
    numbering_free(&terms->words);
    numbering_free(&terms->phrases);
    arena_free(&terms->arena);
}

struct str terms_name(const struct terms *terms, const struct catalogue *catalogue, uint32_t term)
{
    return catalogue_keyword_name(catalogue, terms->named_by[term]);
}

uint32_t terms_words(const struct terms *terms, uint32_t term, uint32_t words[TERM_MAX_WORDS])
{
    struct str bytes = terms->phrases.texts[term];
    memcpy(words, bytes.at, bytes.len);
    return (uint32_t)(bytes.len / sizeof *words);
}

bool terms_contains(const struct terms *terms, uint32_t longer, uint32_t shorter)
{
    struct str all = terms->phrases.texts[longer], part = terms->phrases.texts[shorter];
    return part.len < all.len && (str_starts(all, part) || str_ends(all, part));
}

void terms_in_title(const struct terms *terms, struct term_words *cache, struct str title,
                    void (*found)(void *context, uint32_t term), void *context)
{
    uint32_t words[TERM_TITLE_WORDS];
    uint32_t count = term_words_find(cache, &terms->words, title, words, TERM_TITLE_WORDS);
    for (uint32_t from = 0; from < count; from++) {
        if (words[from] == NUMBERING_NONE)
            continue;
        uint32_t longest = terms->longest[words[from]];
        for (uint32_t len = 1; len <= longest && from + len <= count; len++) {
            if (words[from + len - 1] == NUMBERING_NONE)
                break;
            uint32_t term = numbering_find(&terms->phrases, phrase(words + from, len));
            if (term != NUMBERING_NONE)
                found(context, term);
        }
    }
}
