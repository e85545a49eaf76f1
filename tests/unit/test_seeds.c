/* The documents the project began from, and the large library beside them. Skipped where they are not at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "lectern/app.h"
#include "lectern/article.h"
#include "lectern/layout.h"
#include "lectern/plain.h"
#include "lost_words.h"

#define SEEDS "../shared/seeds"

struct reader {
    struct library *library;
    struct app *app;
    struct grid grid;
};

static const char *corpus(void)
{
    const char *folder = getenv("LECTERN_CORPUS");
    return folder ? folder : "build/corpus";
}

static void skip_without(const char *folder)
{
    if (access(folder, R_OK) == 0)
        return;
    print_message("skipped: there is no %s\n", folder);
    skip();
}

static struct reader open_reader(const char *const *roots, size_t count)
{
    struct reader reader = {0};
    struct app_options options = {.charset = TEXT_UTF8, .threads = 2};
    reader.library = library_open(roots, count, NULL);
    assert_non_null(reader.library);
    reader.app = app_new(reader.library, &options, NULL);
    app_resize(reader.app, 200, 120);
    app_settle(reader.app);
    return reader;
}

static void close_reader(struct reader *reader)
{
    app_free(reader->app);
    library_close(reader->library);
    grid_free(&reader->grid);
}

static void press(struct reader *reader, const char *keys)
{
    for (; *keys; keys++)
        app_key(reader->app, *keys == '\n'   ? KEYS_ENTER
                             : *keys == '\b' ? KEYS_BACKSPACE
                             : *keys == '\t' ? KEYS_TAB
                                             : (key)*keys);
    app_settle(reader->app);
}

static void go_to(struct reader *reader, const char *id)
{
    press(reader, "i");
    press(reader, id);
    press(reader, "\n");
}

/* The screen as one text, rows joined by line feeds; the caller frees it. */
static struct buf screen(struct reader *reader)
{
    struct buf text = {0};
    app_draw(reader->app, &reader->grid);
    for (size_t row = 0; row < reader->grid.rows; row++) {
        grid_row_text(&reader->grid, row, &text);
        buf_add_byte(&text, '\n');
    }
    return text;
}

/* The same of the article's pane alone, which stands right of the line. */
static struct buf article_pane(struct reader *reader)
{
    struct buf text = screen(reader), pane = {0};
    struct str line;
    for (struct str rest = buf_str(&text); str_next_line(&rest, &line);) {
        size_t at = str_find(line, STR("│"));
        if (at != STR_NOT_FOUND)
            buf_printf(&pane, "%.*s\n", STR_ARG(str_slice(line, at, line.len)));
    }
    buf_free(&text);
    return pane;
}

static void assert_shows(struct reader *reader, const char *wanted)
{
    struct buf text = screen(reader);
    if (str_find(buf_str(&text), str_from(wanted)) == STR_NOT_FOUND)
        fail_msg("\"%s\" is not on the screen:\n%s", wanted, buf_cstr(&text));
    buf_free(&text);
}

static void open_seed(struct reader *reader, const char *name)
{
    struct buf path = {0};
    buf_printf(&path, SEEDS "/%s", name);
    const char *root = buf_cstr(&path);
    *reader = open_reader(&root, 1);
    buf_free(&path);
}

static void the_first_question_reads_whole(void **state)
{
    (void)state;
    skip_without(SEEDS);
    struct reader reader;
    open_seed(&reader, "000_d855582e81587850.txt");
    assert_shows(&reader, "What are the emerging therapies or technologies in liver disease treatment?");
    assert_shows(&reader, "Medicine · Dec 18, 2024");
    assert_shows(&reader, "1. Personalized Medicine: Understanding genetic markers");
    assert_shows(&reader, "Related questions");
    assert_shows(&reader, "5. What are the common clinical features");
    assert_shows(&reader, "fecal microbiota transplantation");
    press(&reader, "I");
    assert_shows(&reader, "Explore the latest advancements in liver disease treatment");
    assert_shows(&reader, "Posted on");
    close_reader(&reader);
}

static void the_second_question_reads_whole(void **state)
{
    (void)state;
    skip_without(SEEDS);
    struct reader reader;
    open_seed(&reader, "001_c351afffd9f29069.txt");
    assert_shows(&reader, "What are the future directions in the treatment of liver disease?");
    assert_shows(&reader, "Gene Editing and Immunomodulation: Emerging therapies");
    assert_shows(&reader, "gene editing, immunomodulation");
    close_reader(&reader);
}

static void plain_pages_have_titles_and_paragraphs(void **state)
{
    (void)state;
    skip_without(SEEDS);
    struct reader reader;
    open_seed(&reader, "002_0e3e4b6428876499.txt");
    assert_shows(&reader, "Why is there no liver dialysis?");
    assert_shows(&reader, "\u00b7 April 1, 2025 \u00b7");
    assert_shows(&reader, "\u2026 10 lines of page furniture");
    assert_shows(&reader, "There is no liver dialysis because current technology");
    assert_shows(&reader, "\u2022 The complexity of liver physiology");
    assert_shows(&reader, "\u2502 Professional Medical Disclaimer");
    close_reader(&reader);
    open_seed(&reader, "003_b295bed53f49d6c2.txt");
    assert_shows(&reader, "The Role of Personalized Medicine in Liver Cancer Treatment");
    assert_shows(&reader, "One of the significant advancements in personalized medicine");
    close_reader(&reader);
    open_seed(&reader, "004_81c6fcea8d6daced.txt");
    assert_shows(&reader, "Advancing Hope : Immunotherapy’s Promise in Liver Cancer Treatment");
    assert_shows(&reader, "Key Players: Checkpoint Inhibitors");
    assert_shows(&reader, "\u2026 11 lines of page furniture");
    press(&reader, "t");
    assert_shows(&reader, "Overcoming Challenges and Looking Ahead");
    close_reader(&reader);
}

static void citations_lead_to_references_and_back(void **state)
{
    (void)state;
    skip_without(SEEDS);
    struct reader reader;
    open_seed(&reader, "002_0e3e4b6428876499.txt");
    app_resize(reader.app, 40, 100);
    press(&reader, "l\tKq");
    assert_shows(&reader, "\u2026 10 lines of page furniture");
    press(&reader, "\t\t\t\t");
    struct buf before = article_pane(&reader);
    press(&reader, "K");
    assert_shows(&reader, "Reference 2");
    assert_shows(&reader, "Best practice & research. Clinical anaesthesiology, 2020");
    press(&reader, "\n");
    assert_shows(&reader, "2. Research \u00b7 Critical care management");
    assert_shows(&reader, "cited in Liver Dialysis b, Acute-on-Chronic Liver Failure");
    press(&reader, "\b");
    struct buf after = article_pane(&reader);
    assert_string_equal(buf_cstr(&after), buf_cstr(&before));
    press(&reader, "\t\t\t\t\n");
    assert_shows(&reader, "This page lists no reference 6.");
    press(&reader, "/editorial");
    assert_shows(&reader, "Last updated: April 1, 2025View editorial policy");
    buf_free(&before);
    buf_free(&after);
    close_reader(&reader);
}

static struct str lay_open(struct arena *arena, struct str text)
{
    struct layout layout;
    struct buf out = {0};
    struct layout_options options = {.width = 200, .open_folds = UINT64_MAX};
    layout_build(arena, plain_parse(arena, text, true), &options, &layout);
    for (size_t i = 0; i < layout.line_count; i++) {
        buf_add(&out, layout_line_text(arena, &layout.lines[i]));
        buf_add_byte(&out, '\n');
    }
    struct str lines = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return lines;
}

static void no_word_of_a_plain_page_is_lost(void **state)
{
    (void)state;
    static const char *const names[] = {"002_0e3e4b6428876499.txt", "003_b295bed53f49d6c2.txt",
                                        "004_81c6fcea8d6daced.txt"};
    skip_without(SEEDS);
    for (size_t i = 0; i < 3; i++) {
        struct arena arena = {0};
        struct article article;
        FILE *file = fopen(arena_printf(&arena, SEEDS "/%s", names[i]).at, "rb");
        assert_non_null(file);
        char *bytes = arena_bytes(&arena, 1 << 16);
        struct str text = {bytes, fread(bytes, 1, 1 << 16, file)};
        fclose(file);
        article_parse(&arena, text, STR("page"), &article);
        assert_int_equal(article.kind, ARTICLE_PLAIN);
        assert_keeps_words(article.text, lay_open(&arena, article.text));
        arena_free(&arena);
    }
}

static void related_questions_lead_through_the_library_and_back(void **state)
{
    (void)state;
    skip_without(SEEDS);
    skip_without(corpus());
    const char *roots[] = {SEEDS, corpus()};
    struct reader reader = open_reader(roots, 2);
    app_resize(reader.app, 36, 120);
    go_to(&reader, "135117");
    press(&reader, "jjjjj");
    struct buf before = article_pane(&reader);
    press(&reader, "1");
    assert_shows(&reader, "What are the common causes of chronic liver failure?");
    press(&reader, "]");
    assert_shows(&reader, "How is chronic liver failure managed?");
    press(&reader, "]");
    assert_shows(&reader, "Pugh score and how is it used in liver disease");
    press(&reader, "]");
    assert_shows(&reader, "What role do lifestyle factors play in the development of liver disease?");
    press(&reader, "]");
    assert_shows(&reader, "What are the common clinical features observed in liver failure?");
    press(&reader, "\b\b\b\b\b");
    struct buf after = article_pane(&reader);
    assert_string_equal(buf_cstr(&after), buf_cstr(&before));
    press(&reader, "1]");
    assert_shows(&reader, "How is chronic liver failure managed?");
    buf_free(&before);
    buf_free(&after);
    close_reader(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_question_reads_whole),
        cmocka_unit_test(the_second_question_reads_whole),
        cmocka_unit_test(plain_pages_have_titles_and_paragraphs),
        cmocka_unit_test(citations_lead_to_references_and_back),
        cmocka_unit_test(no_word_of_a_plain_page_is_lost),
        cmocka_unit_test(related_questions_lead_through_the_library_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
