#include "known.h"

#include "words.h"

#define SEED             1
#define KEYWORDS         3
#define DESCRIPTION      3
#define MISSPELT_LETTERS 5
#define SHORTEST_PREFIX  4

const char *const known_names[KNOWN_KINDS] = {
    [KNOWN_TITLE] = "title words in random order",          [KNOWN_KEYWORDS] = "three keywords",
    [KNOWN_PREFIX] = "the title as far as typed",           [KNOWN_MISSPELT] = "title words, one misspelt",
    [KNOWN_DESCRIPTION] = "three words of the description",
};

struct source {
    const struct opened *opened;
    struct arena *arena;
    struct dice dice;
    uint32_t article;
};

static struct str title_of(const struct source *source)
{
    return catalogue_title(source->opened->parts.catalogue, source->article);
}

static struct str from_title(struct source *source)
{
    struct words words = words_of_content(source->arena, title_of(source));
    words_shuffle(&source->dice, &words);
    return words.count < 2 ? STR("") : words_join(source->arena, &words, 0, words.count);
}

static struct str from_keywords(struct source *source)
{
    const struct catalogue *catalogue = source->opened->parts.catalogue;
    struct buf query = {0};
    size_t count = catalogue_count_keywords(catalogue, source->article);
    if (count < KEYWORDS)
        return STR("");
    uint32_t *order = arena_array(source->arena, count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = catalogue_keyword_of(catalogue, source->article, i);
    dice_shuffle(&source->dice, order, count, KEYWORDS);
    for (size_t i = 0; i < KEYWORDS; i++)
        buf_printf(&query, " %.*s", STR_ARG(catalogue_keyword_name(catalogue, order[i])));
    struct words words = words_of(source->arena, buf_str(&query));
    buf_free(&query);
    return words_join(source->arena, &words, 0, words.count);
}

static struct str from_beginning(struct source *source)
{
    struct words words = words_of(source->arena, title_of(source));
    struct str title = words_join(source->arena, &words, 0, words.count);
    if (title.len <= SHORTEST_PREFIX)
        return STR("");
    size_t len = SHORTEST_PREFIX + 1 + dice_below(&source->dice, title.len - SHORTEST_PREFIX);
    while (len < title.len && ((unsigned char)title.at[len] & 0xc0) == 0x80)
        len++;
    return str_slice(title, 0, len);
}

/* Only a word that is not in the library when misspelt can be known to be misspelt. */
static struct str from_misspelt(struct source *source)
{
    struct words words = words_of_content(source->arena, title_of(source));
    if (words.count < 2)
        return STR("");
    size_t which = dice_below(&source->dice, words.count);
    struct str word = words.at[which];
    if (word.len < MISSPELT_LETTERS || !word_is_plain(word))
        return STR("");
    words.at[which] = word_misspelt(source->arena, &source->dice, word);
    if (opened_word_count(source->opened, words.at[which]) > 0)
        return STR("");
    return words_join(source->arena, &words, 0, words.count);
}

static struct str from_description(struct source *source)
{
    struct article article;
    if (!opened_article(source->opened, source->article, source->arena, &article))
        return STR("");
    struct words words = words_of_content(source->arena, article.description);
    words_shuffle(&source->dice, &words);
    return words.count < DESCRIPTION ? STR("") : words_join(source->arena, &words, 0, DESCRIPTION);
}

uint32_t *known_articles(const struct opened *opened, uint64_t seed, size_t wanted, struct arena *arena)
{
    struct dice dice = dice_for(seed, wanted);
    uint32_t count = catalogue_count(opened->parts.catalogue);
    uint32_t *order = arena_array(arena, count, sizeof *order);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    dice_shuffle(&dice, order, count, wanted);
    return order;
}

struct known_items known_items(const struct opened *opened, enum known_kind kind, size_t wanted,
                               struct arena *arena)
{
    static struct str (*const makers[])(struct source *) = {
        [KNOWN_TITLE] = from_title,
        [KNOWN_KEYWORDS] = from_keywords,
        [KNOWN_PREFIX] = from_beginning,
        [KNOWN_MISSPELT] = from_misspelt,
        [KNOWN_DESCRIPTION] = from_description,
    };
    uint32_t count = catalogue_count(opened->parts.catalogue);
    struct known_items items = {.at = arena_array(arena, wanted, sizeof *items.at)};
    const uint32_t *order = known_articles(opened, SEED + kind, wanted * 4, arena);
    for (uint32_t i = 0; i < count && items.count < wanted; i++) {
        struct source source = {opened, arena, dice_for(SEED + kind, order[i]), order[i]};
        struct str query = makers[kind](&source);
        if (query.len)
            items.at[items.count++] = (struct known_item){order[i], query};
    }
    return items;
}
