/* The texts in an index; and that an index does not depend on who was faster. */
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "lectern/index_file.h"

/* A library that is larger than the dictionary of its texts, with files that have no text among the others. */
static void write_library(struct folder *folder, uint32_t files, uint32_t words)
{
    uint64_t seed = 11;
    for (uint32_t i = 0; i < files; i++) {
        struct buf text = {0};
        const char *name = arena_printf(&folder->arena, "library/%u/%u.md", i / 100, i).at;
        buf_printf(&text,
                   "---\nid: %u\ntitle: Article %u\nrelated_article1:\n  id: %u\nanswer: >-\n    Answer", i,
                   i, i / 2);
        for (uint32_t w = 0; w < words + words_random(&seed) % 40; w++)
            buf_printf(&text, " w%u", words_random(&seed) % (w % 3 ? 30 : 3000));
        buf_printf(&text, "\n---\n");
        folder_write(folder, name, i % 90 < 10 ? "\x89PNG\r\n\x1a\n" : buf_cstr(&text));
        buf_free(&text);
    }
}

static struct index_parts read_library(struct library *library, unsigned threads)
{
    struct err err;
    struct index_parts parts;
    struct library_scan wishes = {.threads = threads};
    assert_int_equal(index_parts_read(library, &wishes, NULL, &parts, &err), 0);
    return parts;
}

static struct library *open_library(const char *root)
{
    struct err err;
    struct library *library = library_open(&root, 1, &err);
    assert_non_null(library);
    return library;
}

static void check_text(struct library *library, const struct index_parts *parts, struct index_texts *texts,
                       uint32_t article)
{
    struct arena arena = {0};
    struct article read;
    struct err err;
    struct str text;
    uint32_t file = catalogue_file_of(parts->catalogue, article, 0);
    assert_true(library_read(library, parts->catalogue, file, &arena, &read, &err) >= 0);
    assert_true(index_text(texts, article, &text));
    assert_int_equal(text.len, read.text.len);
    assert_memory_equal(text.at, read.text.at, text.len);
    arena_free(&arena);
}

/* In order, backwards, and in no order. */
static void check_texts(struct library *library, unsigned threads)
{
    struct index_parts parts = read_library(library, threads);
    struct index_texts *texts = index_texts_new(parts.index);
    uint32_t count = catalogue_count(parts.catalogue);
    struct str text;
    uint64_t seed = 3;
    for (uint32_t i = 0; i < count; i++)
        check_text(library, &parts, texts, i);
    for (uint32_t i = count; i-- > 0 && i + 100 > count;)
        check_text(library, &parts, texts, i);
    for (uint32_t i = 0; i < 50 && count; i++)
        check_text(library, &parts, texts, words_random(&seed) % count);
    assert_false(index_text(texts, count, &text));
    assert_false(index_text(texts, INDEX_NONE, &text));
    assert_int_equal(text.len, 0);
    index_parts_free(&parts);
    index_texts_free(texts);
    library_close(library);
}

static void texts_are_those_of_the_articles(void **state)
{
    struct folder *folder = *state;
    write_library(folder, 700, 120);
    check_texts(open_library(folder_path(folder, "library")), 2);
}

static void a_small_library_has_texts_too(void **state)
{
    struct folder *folder = *state;
    write_library(folder, 30, 10);
    check_texts(open_library(folder_path(folder, "library")), 3);
}

static void texts_of_a_real_library_come_back(void **state)
{
    (void)state;
    const char *root = getenv("LECTERN_CORPUS");
    root = root ? root : "build/corpus";
    if (access(root, R_OK) != 0) {
        print_message("skipped: there is no %s\n", root);
        skip();
    }
    check_texts(open_library(root), 0);
}

static void the_sections_do_not_depend_on_threads(void **state)
{
    struct folder *folder = *state;
    write_library(folder, 700, 120);
    struct library *library = open_library(folder_path(folder, "library"));
    struct index_parts one = read_library(library, 1);
    for (unsigned threads = 2; threads < 6; threads++) {
        struct index_parts more = read_library(library, threads);
        const struct image *a = index_image(one.index), *b = index_image(more.index);
        assert_int_equal(image_section_count(a), image_section_count(b));
        for (size_t i = 0; i < image_section_count(a); i++) {
            assert_string_equal(image_section(a, i)->name, image_section(b, i)->name);
            assert_int_equal(image_section(a, i)->size, image_section(b, i)->size);
            assert_memory_equal(image_section(a, i)->at, image_section(b, i)->at, image_section(a, i)->size);
        }
        index_parts_free(&more);
    }
    index_parts_free(&one);
    library_close(library);
}

static struct str numbers_of(struct buf *room, uint32_t file)
{
    buf_clear(room);
    for (uint32_t i = 0; i < 100; i++)
        buf_printf(room, "word %u ", file * i);
    return buf_str(room);
}

/* Without being told that a batch is over, one builder after the other, and without the first few batches. */
static void texts_wait_for_the_build(void **state)
{
    (void)state;
    enum { BATCHES = 110, FIRST = 3 };
    struct index_builder *builders[2] = {index_builder_new(NULL)};
    builders[1] = index_builder_new(builders[0]);
    struct buf text = {0};
    for (uint32_t turn = 0; turn < 2 * BATCHES * LIBRARY_BATCH; turn++) {
        uint32_t file = turn % (BATCHES * LIBRARY_BATCH), builder = turn / (BATCHES * LIBRARY_BATCH);
        if (file / LIBRARY_BATCH % 2 != builder || file < FIRST * LIBRARY_BATCH)
            continue;
        struct article article = {.text = numbers_of(&text, file)};
        index_builder_add(builders[builder], file, &article);
    }
    struct index *index = words_build(builders, 2, BATCHES * LIBRARY_BATCH);
    struct index_texts *texts = index_texts_new(index);
    for (uint32_t file = 0; file < BATCHES * LIBRARY_BATCH; file++) {
        struct str found;
        assert_int_equal(index_text(texts, file, &found), file >= FIRST * LIBRARY_BATCH);
        assert_true(str_eq(found, found.len ? numbers_of(&text, file) : STR("")));
    }
    index_texts_free(texts);
    index_release(index);
    index_builder_free(builders[0]);
    index_builder_free(builders[1]);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(texts_are_those_of_the_articles, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_small_library_has_texts_too, folder_make, folder_remove),
        cmocka_unit_test(texts_of_a_real_library_come_back),
        cmocka_unit_test_setup_teardown(the_sections_do_not_depend_on_threads, folder_make, folder_remove),
        cmocka_unit_test(texts_wait_for_the_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
