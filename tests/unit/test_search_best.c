/* The best hits are the same whether search may pass over what cannot be among them, or has to give all. */
#include "lectern/text.h"
#include "searched.h"
#include "words.h"

#define BEST    20
#define QUERIES 600

static struct place open_corpus(void)
{
    const char *path = getenv("LECTERN_CORPUS");
    struct folder folder;
    snprintf(folder.path, sizeof folder.path, "%s", path ? path : "build/corpus");
    if (access(folder.path, R_OK) != 0) {
        print_message("skipped: there is no library at LECTERN_CORPUS\n");
        skip();
    }
    return place_open(&folder);
}

static void assert_same_best(const struct place *place, const char *text)
{
    struct arena arena = {0};
    struct search_results best, all;
    place_search(place, text, BEST, &arena, &best);
    place_search(place, text, catalogue_count(place->catalogue), &arena, &all);
    assert_int_equal(all.count, all.total);
    if (best.total != all.total || best.count != (all.count < BEST ? all.count : BEST))
        fail_msg("\"%s\" finds %zu, not %zu", text, best.total, all.total);
    for (size_t i = 0; i < best.count; i++) {
        const struct search_hit *one = &best.hits[i], *other = &all.hits[i];
        if (one->article != other->article || one->field != other->field || one->score < other->score ||
            other->score < one->score)
            fail_msg("\"%s\": hit %zu is article %u, not %u", text, i, one->article, other->article);
    }
    arena_free(&arena);
}

/* From some word of a title on: some words, the last of them whole or cut short. */
static void take_words(uint64_t *seed, struct str title, struct buf *out)
{
    uint32_t first = words_random(seed) % 6, count = 1 + words_random(seed) % 3,
             letters = words_random(seed) % 2 ? 1 + words_random(seed) % 4 : 0;
    struct str word;
    for (; first && text_next_word(&title, &word); first--) {
    }
    for (; count && text_next_word(&title, &word); count--)
        if (count == 1 && letters)
            buf_add(out, str_slice(word, 0, letters < word.len ? letters : word.len));
        else
            buf_printf(out, "%.*s ", STR_ARG(word));
}

static void the_best_of_a_library_are_the_same(void **state)
{
    (void)state;
    struct place place = open_corpus();
    uint64_t seed = 0x9e3779b97f4a7c15u;
    struct buf text = {0};
    for (int i = 0; i < QUERIES; i++) {
        buf_clear(&text);
        take_words(&seed,
                   catalogue_title(place.catalogue, words_random(&seed) % catalogue_count(place.catalogue)),
                   &text);
        assert_same_best(&place, buf_cstr(&text));
    }
    buf_free(&text);
    place_close(&place);
}

static void so_they_are_for_every_letter(void **state)
{
    (void)state;
    struct place place = open_corpus();
    char text[3] = {0};
    for (text[0] = 'a'; text[0] <= 'z'; text[0]++) {
        text[1] = '\0';
        assert_same_best(&place, text);
        for (const char *vowel = "aeiou"; *vowel; vowel++) {
            text[1] = *vowel;
            assert_same_best(&place, text);
        }
    }
    place_close(&place);
}

/* Fewer have the beginning in the title than hits are kept, so that texts have to be looked at. */
static void what_only_texts_have_is_worth_its_place(void **state)
{
    struct folder *folder = *state;
    char id[16];
    for (unsigned i = 0; i < 260; i++) {
        snprintf(id, sizeof id, "%03u", i);
        write_article(folder, id,
                      i % 3   ? "Kidney"
                      : i % 2 ? "Liver"
                              : "Lives of livers",
                      "organ",
                      i % 5 ? "Liver live lively living liven livid."
                            : "It lives, the liver is lively; live.");
    }
    struct place place = place_open(folder);
    static const char *const texts[] = {"l", "li", "liv", "live", "liver ", "k", "lively liver "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_same_best(&place, texts[i]);
    place_close(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_of_a_library_are_the_same),
        cmocka_unit_test(so_they_are_for_every_letter),
        SEARCH_TEST(what_only_texts_have_is_worth_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
