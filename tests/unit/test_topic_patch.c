/* A topic tree that is brought up to date is, but for the topics of subjects, one that is made anew. */
#include "topic_library.h"
#include "updating.h"

static void assert_topics_as_anew(struct library *library, const struct catalogue *catalogue,
                                  const struct topic_tree *tree)
{
    struct catalogue *anew = read_all(library);
    struct topic_tree *wanted_tree = topics_build(anew, true, 1, NULL);
    struct buf got = topics_text(catalogue, tree), wanted = topics_text(anew, wanted_tree);
    assert_string_equal(buf_cstr(&got), buf_cstr(&wanted));
    buf_free(&got);
    buf_free(&wanted);
    topics_release(wanted_tree);
    catalogue_release(anew);
}

/* Below every topic stand as many questions as it says. */
static void assert_totals(const struct catalogue *catalogue, const struct topic_tree *tree)
{
    uint32_t *met = mem_calloc(catalogue_count(catalogue), sizeof *met);
    for (uint32_t top = 1; top < tree->count; top++) {
        uint32_t distinct = 0;
        for (uint32_t i = top; i < tree->count && tree->topics[top].kind != TOPIC_PROBLEMS; i++) {
            uint32_t above = i;
            while (above > top)
                above = tree->topics[above].parent;
            for (uint32_t a = 0; above == top && a < tree->topics[i].article_count; a++) {
                uint32_t *mark = &met[tree->topics[i].articles[a]];
                distinct += *mark != top;
                *mark = top;
            }
        }
        if (tree->topics[top].kind != TOPIC_PROBLEMS)
            assert_int_equal(distinct, tree->topics[top].total);
    }
    mem_free(met);
}

static void update_both(const struct library *library, struct catalogue **catalogue, struct topic_tree **tree)
{
    update(library, catalogue);
    struct topic_tree *next = topics_patch(*tree, *catalogue);
    topics_release(*tree);
    *tree = next;
}

static void change_at_random(struct folder *folder, uint64_t seed)
{
    struct changing changing = changing_start(folder, seed, 40);
    struct library *library = open_library(folder);
    struct catalogue *catalogue = read_all(library);
    struct topic_tree *tree = topics_build(catalogue, true, 1, NULL);
    for (int step = 0; step < 60; step++) {
        for (unsigned i = 1 + roll(&changing, 4); i > 0; i--)
            change_once(&changing);
        update_both(library, &catalogue, &tree);
        assert_totals(catalogue, tree);
        assert_topics_as_anew(library, catalogue, tree);
    }
    topics_release(tree);
    catalogue_release(catalogue);
    library_close(library);
}

static void any_changes_end_in_the_same_tree(void **state)
{
    for (uint64_t seed = 1; seed <= 4; seed++)
        change_at_random(*state, seed);
}

/* -- topics of a subject -------------------------------------------------------------------------------------------- */

/* Nothing was written just now. */
static int make_old(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    struct timespec times[2] = {{1000000000, 0}, {1000000000 + status->st_mtim.tv_sec % 1000000, 0}};
    (void)walk;
    return type == FTW_F && status->st_mtim.tv_sec > 1500000000 ? utimensat(AT_FDCWD, path, times, 0) : 0;
}

static void build_old(struct topic_library *f)
{
    assert_int_equal(nftw(f->folder->path, make_old, 16, FTW_PHYS), 0);
    build(f, true, 1);
}

static void patch(struct topic_library *f)
{
    assert_int_equal(nftw(f->folder->path, make_old, 16, FTW_PHYS), 0);
    update_both(f->library, &f->catalogue, &f->tree);
    assert_totals(f->catalogue, f->tree);
}

static void remove_question(struct topic_library *f, unsigned number)
{
    char name[64];
    snprintf(name, sizeof name, "q%05u.md", number);
    assert_int_equal(unlink(folder_path(f->folder, name)), 0);
}

/* Six questions about liver failure (1 to 6), six about the liver (7 to 12), and twenty about something else. */
static void build_liver(struct topic_library *f)
{
    add_times(f, 6, (struct question){.title = "What is liver failure?", .keywords = "liver failure, liver"});
    add_times(f, 6, (struct question){.title = "What is the liver?", .keywords = "liver"});
    add_others(f, 20);
    build_old(f);
    assert_ids(f, TOPIC(f, "Medicine", "Liver"), "7 8 9 10 11 12 ");
    assert_ids(f, TOPIC(f, "Medicine", "Liver", "Liver failure"), "1 2 3 4 5 6 ");
}

static void a_new_question_goes_where_its_keywords_are_topics(void **state)
{
    struct topic_library *f = *state;
    build_liver(f);
    add(f, (struct question){.id = "3.5", .keywords = "Livers, spleen"});
    add(f, (struct question){.id = "100", .keywords = "liver failures, LIVER"});
    add(f, (struct question){.id = "101", .keywords = "spleen"});
    add(f, (struct question){.id = "0", .subject = "Law", .keywords = "liver"});
    patch(f);
    assert_ids(f, TOPIC(f, "Medicine", "Liver"), "7 8 9 10 11 12 3.5 ");
    assert_ids(f, TOPIC(f, "Medicine", "Liver", "Liver failure"), "1 2 3 4 5 6 100 ");
    assert_int_equal(TOPIC(f, "Medicine", "Liver")->total, 14);
    assert_int_equal(TOPIC(f, "Medicine", "Other questions")->article_count, 21);
    assert_int_equal(TOPIC(f, "Medicine")->total, 35);
    assert_ids(f, TOPIC(f, "Law"), "0 ");
    assert_children(f, &f->tree->topics[0], "Law\nMedicine\nAll questions\nBy date\nBy folder\n");
}

static void a_question_that_is_filed_otherwise_leaves(void **state)
{
    struct topic_library *f = *state;
    build_liver(f);
    uint32_t next = f->next_id;
    f->next_id = 2;
    add(f, (struct question){.title = "What is liver failure?", .keywords = "liver"});
    add(f, (struct question){
               .title = "What is liver failure?", .keywords = "liver failure, liver", .subject = "Law"});
    f->next_id = next;
    remove_question(f, 12);
    patch(f);
    assert_ids(f, TOPIC(f, "Medicine", "Liver"), "2 7 8 9 10 11 ");
    assert_ids(f, TOPIC(f, "Medicine", "Liver", "Liver failure"), "1 4 5 6 ");
    assert_int_equal(TOPIC(f, "Medicine", "Liver")->total, 10);
    assert_int_equal(TOPIC(f, "Medicine")->total, 30);
    assert_ids(f, TOPIC(f, "Law"), "3 ");
}

static void a_question_whose_text_alone_has_changed_stays(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6,
              (struct question){.title = "What is liver failure?", .keywords = "liver failure, organs"});
    add(f, (struct question){.title = "Is it liver failure?", .keywords = "itching"});
    add_others(f, 20);
    build_old(f);
    const char *text =
        "---\nid: 7\ntitle: >-\n    Is it liver failure?\nseo:\n  page_keywords: >-\n    itching\n"
        "answer: >-\n    Another text.\nsubject: Medicine\n---\n";
    assert_non_null(TOPIC(f, "Medicine", "Liver failure"));
    assert_ids(f, TOPIC(f, "Medicine", "Liver failure"), "1 2 3 4 5 6 7 ");
    folder_write(f->folder, "q00007.md", text);
    patch(f);
    assert_non_null(catalogue_delta_image(f->catalogue));
    assert_ids(f, TOPIC(f, "Medicine", "Liver failure"), "1 2 3 4 5 6 7 ");
}

static void empty_topics_go_and_come_back(void **state)
{
    struct topic_library *f = *state;
    build_liver(f);
    add(f, (struct question){.id = "200", .subject = "Law", .date = "2020-05-01", .folder = "law/old"});
    patch(f);
    assert_non_null(TOPIC(f, "Law"));
    assert_non_null(TOPIC(f, "By date", "2020", "May 2020"));
    assert_non_null(TOPIC(f, "By folder", "law", "old"));
    assert_int_equal(unlink(folder_path(f->folder, "law/old/q00033.md")), 0);
    for (unsigned i = 1; i <= 6; i++)
        remove_question(f, i);
    patch(f);
    assert_null(TOPIC(f, "Law"));
    assert_null(TOPIC(f, "By date", "2020"));
    assert_null(TOPIC(f, "By folder", "law"));
    assert_null(TOPIC(f, "Medicine", "Liver", "Liver failure"));
    assert_int_equal(TOPIC(f, "Medicine", "Liver")->total, 6);
    add(f, (struct question){.id = "201", .keywords = "liver failure"});
    patch(f);
    assert_ids(f, TOPIC(f, "Medicine", "Liver", "Liver failure"), "201 ");
    assert_int_equal(TOPIC(f, "Medicine", "Liver")->total, 7);
}

static void a_first_problem_is_listed(void **state)
{
    struct topic_library *f = *state;
    build_liver(f);
    assert_null(TOPIC(f, "Files with problems"));
    uint32_t next = f->next_id;
    f->next_id = 1;
    add(f, (struct question){.title = "What is liver \xFF failure?", .keywords = "liver failure, liver"});
    f->next_id = next;
    patch(f);
    assert_non_null(TOPIC(f, "Files with problems"));
    assert_int_equal(TOPIC(f, "Files with problems")->article_count, 1);
    assert_int_equal(TOPIC(f, "Files with problems")->total, 1);
}

#define TEST(name)        cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
#define TOPICS_TEST(name) cmocka_unit_test_setup_teardown(name, topic_library_make, topic_library_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_changes_end_in_the_same_tree),
        TOPICS_TEST(a_new_question_goes_where_its_keywords_are_topics),
        TOPICS_TEST(a_question_that_is_filed_otherwise_leaves),
        TOPICS_TEST(a_question_whose_text_alone_has_changed_stays),
        TOPICS_TEST(empty_topics_go_and_come_back),
        TOPICS_TEST(a_first_problem_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
