#include "classes.h"

#include <stdlib.h>

#include "dice.h"
#include "lectern/mem.h"
#include "words.h"

enum {
    SEED = 2,
    RARE_ARTICLES = 10,
    RARE_LETTERS = 4,
    MISSPELT_ARTICLES = 10, /* as many have a word that is then misspelt */
    MISSPELT_LETTERS = 5,
    KEYWORD_WORDS = 4, /* at most, of a phrase */
    TITLE_WORDS = 3,
    TRIES = 50, /* for each query that is wanted */
};

const char *const class_names[CLASSES] = {
    [CLASS_RARE] = "a rare word",
    [CLASS_COMMON] = "a common word",
    [CLASS_TWO] = "two words",
    [CLASS_THREE] = "three words",
    [CLASS_PHRASE] = "a phrase",
    [CLASS_TITLE] = "a phrase with stop words",
    [CLASS_PREFIX_1] = "one letter",
    [CLASS_PREFIX_2] = "two letters",
    [CLASS_PREFIX_3] = "three letters",
    [CLASS_PREFIX_4] = "four letters",
    [CLASS_MISSPELT] = "a misspelt word",
    [CLASS_TYPED] = "every letter of a title",
};

/* One query after the other is made from an article drawn at random. */
struct making {
    const struct opened *opened;
    struct arena *arena;
    struct dice dice;
    enum query_class kind;
    size_t wanted;
    struct queries queries;
};

static void add(struct making *making, struct str query)
{
    for (size_t i = 0; i < making->queries.count; i++)
        if (str_eq(making->queries.at[i], query))
            return;
    if (query.len && making->queries.count < making->wanted)
        making->queries.at[making->queries.count++] = query;
}

static struct str finished(const struct making *making, struct str words)
{
    return words.len ? arena_printf(making->arena, "%.*s ", STR_ARG(words)) : words;
}

static struct str a_keyword(struct making *making, uint32_t article)
{
    const struct catalogue *catalogue = making->opened->parts.catalogue;
    size_t count = catalogue_count_keywords(catalogue, article);
    if (count == 0)
        return STR("");
    size_t i = dice_below(&making->dice, count);
    return catalogue_keyword_name(catalogue, catalogue_keyword_of(catalogue, article, i));
}

static struct str a_word(struct making *making, struct str text)
{
    struct words words = words_of_content(making->arena, text);
    return words.count ? words.at[dice_below(&making->dice, words.count)] : STR("");
}

static void add_rare(struct making *making, struct str text)
{
    struct words words = words_of_content(making->arena, text);
    for (size_t i = 0; i < words.count; i++) {
        uint32_t articles = opened_word_count(making->opened, words.at[i]);
        if (articles >= 1 && articles <= RARE_ARTICLES && words.at[i].len >= RARE_LETTERS &&
            word_is_plain(words.at[i]))
            add(making, finished(making, words.at[i]));
    }
}

static void add_words(struct making *making, struct str title, size_t count)
{
    struct words words = words_of_content(making->arena, title);
    if (words.count < count)
        return;
    size_t first = dice_below(&making->dice, words.count - count + 1);
    add(making, finished(making, words_join(making->arena, &words, first, count)));
}

static void add_phrase(struct making *making, struct str text, size_t least, size_t most)
{
    struct words words = words_of(making->arena, text);
    if (words.count < least)
        return;
    size_t count = words.count < most ? words.count : most;
    struct str phrase =
        words_join(making->arena, &words, dice_below(&making->dice, words.count - count + 1), count);
    add(making, arena_printf(making->arena, "\"%.*s\" ", STR_ARG(phrase)));
}

static void add_prefix(struct making *making, struct str title, size_t letters)
{
    struct words words = words_of(making->arena, title);
    struct str word = words.count ? words.at[dice_below(&making->dice, words.count)] : STR("");
    if (word.len > letters && word_is_plain(word))
        add(making, str_slice(word, 0, letters));
}

/* A word is misspelt when no other begins like it. */
static void add_misspelt(struct making *making, struct str title)
{
    uint32_t first, end;
    struct str word = a_word(making, title);
    if (word.len < MISSPELT_LETTERS || !word_is_plain(word) ||
        opened_word_count(making->opened, word) < MISSPELT_ARTICLES)
        return;
    word = word_misspelt(making->arena, &making->dice, word);
    index_find_prefix(making->opened->parts.index, word, &first, &end);
    if (first == end)
        add(making, finished(making, word));
}

static void add_typed(struct making *making, struct str title)
{
    struct words words = words_of(making->arena, title);
    struct str all = words_join(making->arena, &words, 0, words.count);
    for (size_t len = 1; len <= all.len; len++)
        if (len == all.len || ((unsigned char)all.at[len] & 0xc0) != 0x80)
            add(making, str_slice(all, 0, len));
}

static void add_from(struct making *making, uint32_t article)
{
    struct str title = catalogue_title(making->opened->parts.catalogue, article);
    switch (making->kind) {
    case CLASS_RARE:
        add_rare(making, title);
        add_rare(making, a_keyword(making, article));
        break;
    case CLASS_TWO: add_words(making, title, 2); break;
    case CLASS_THREE: add_words(making, title, 3); break;
    case CLASS_PHRASE: add_phrase(making, a_keyword(making, article), 2, KEYWORD_WORDS); break;
    case CLASS_TITLE: add_phrase(making, title, TITLE_WORDS, TITLE_WORDS); break;
    case CLASS_PREFIX_1: add_prefix(making, title, 1); break;
    case CLASS_PREFIX_2: add_prefix(making, title, 2); break;
    case CLASS_PREFIX_3: add_prefix(making, title, 3); break;
    case CLASS_PREFIX_4: add_prefix(making, title, 4); break;
    case CLASS_MISSPELT: add_misspelt(making, title); break;
    case CLASS_TYPED: add_typed(making, title); break;
    case CLASS_COMMON:
    case CLASSES: break;
    }
}

struct frequency {
    uint32_t term, articles;
};

static int by_articles(const void *a, const void *b)
{
    const struct frequency *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

static void add_common(struct making *making)
{
    const struct index *index = making->opened->parts.index;
    uint32_t first, end;
    size_t count = 0;
    index_find_prefix(index, STR(""), &first, &end);
    struct frequency *terms = mem_calloc(end - first, sizeof *terms);
    for (uint32_t term = first; term < end; term++)
        if (word_is_plain(index_term(index, term)))
            terms[count++] = (struct frequency){term, index_term_documents(index, term)};
    qsort(terms, count, sizeof *terms, by_articles);
    for (size_t i = 0; i < count && making->queries.count < making->wanted; i++)
        add(making, finished(making, index_term(index, terms[i].term)));
    mem_free(terms);
    struct words all = {making->queries.at, making->queries.count};
    words_shuffle(&making->dice, &all);
}

struct queries class_queries(const struct opened *opened, enum query_class kind, size_t wanted,
                             struct arena *arena)
{
    struct making making = {.opened = opened,
                            .arena = arena,
                            .dice = dice_for(SEED, kind),
                            .kind = kind,
                            .wanted = wanted,
                            .queries.at = arena_array(arena, wanted, sizeof(struct str))};
    if (kind == CLASS_COMMON)
        add_common(&making);
    else
        for (size_t i = 0; i < wanted * TRIES && making.queries.count < wanted; i++)
            add_from(&making, (uint32_t)dice_below(&making.dice, catalogue_count(opened->parts.catalogue)));
    return making.queries;
}
