/* Addresses of Markdown that lead to files of the library, and to headings of the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/ui/addresses.h"
#include "folder.h"

static void assert_leads(const struct catalogue *catalogue, const char *from, const char *address,
                         const char *title)
{
    uint32_t file = catalogue_find_file(catalogue, 0, str_from(from));
    uint32_t article =
        addresses_article(catalogue, catalogue_file(catalogue, file).article, str_from(address));
    if (!title && article != CATALOGUE_NONE)
        fail_msg("%s in %s leads somewhere", address, from);
    if (title && (article == CATALOGUE_NONE || !str_eq(catalogue_title(catalogue, article), str_from(title))))
        fail_msg("%s in %s does not lead to %s", address, from, title);
}

static void paths_lead_to_files_of_the_library(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "top.md", "Top", "");
    folder_article(folder, "a/one two.md", "One two", "");
    folder_article(folder, "a/b/deep.md", "Deep", "");
    folder_write(folder, "a/data.bin", "a\0b");
    struct catalogue *catalogue = folder_scan(folder);
    assert_leads(catalogue, "top.md", "a/b/deep.md", "Deep");
    assert_leads(catalogue, "top.md", "./a//b/./deep.md#part", "Deep");
    assert_leads(catalogue, "a/b/deep.md", "../one%20two.md", "One two");
    assert_leads(catalogue, "a/b/deep.md", "../one two.md", "One two");
    assert_leads(catalogue, "a/b/deep.md", "../../top.md", "Top");
    assert_leads(catalogue, "a/b/deep.md", "../../a/../top.md", "Top");
    assert_leads(catalogue, "a/b/deep.md", "../../../top.md", NULL);
    assert_leads(catalogue, "a/b/deep.md", "../%2e%2e/%2e%2e/top.md", NULL);
    assert_leads(catalogue, "top.md", "/top.md", NULL);
    assert_leads(catalogue, "top.md", "https://example.org/top.md", NULL);
    assert_leads(catalogue, "top.md", "mailto:top.md", NULL);
    assert_leads(catalogue, "top.md", "nothing.md", NULL);
    assert_leads(catalogue, "top.md", "#top", NULL);
    assert_leads(catalogue, "top.md", "", NULL);
    assert_leads(catalogue, "top.md", "%", NULL);
    assert_leads(catalogue, "top.md", "..", NULL);
    catalogue_release(catalogue);
}

static void names_lead_to_headings(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        size_t heading;
    } cases[] = {
        {"#first-part", 0},       {"#First-Part", 0},    {"#what-is-it-100--sure", 1}, {"#größe", 2},
        {"#gr%C3%B6%C3%9Fe", 2},  {"#code_and-more", 3}, {"#second", SIZE_MAX},        {"#", SIZE_MAX},
        {"first-part", SIZE_MAX}, {"", SIZE_MAX},
    };
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 60};
    layout_build(
        &arena,
        markdown_parse(&arena, STR("# First part\n\n## What is it, 100 % sure?\n\n## Größe\n\n### `code_and` "
                                   "*more*\n\n## First part\n")),
        &options, &layout);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (addresses_heading(&layout, str_from(cases[i].address)) != cases[i].heading)
            fail_msg("%s leads to heading %zu", cases[i].address,
                     addresses_heading(&layout, str_from(cases[i].address)));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(paths_lead_to_files_of_the_library, folder_make, folder_remove),
        cmocka_unit_test(names_lead_to_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
