#include "kept_state.h"

#define DAY 86400

static struct state_key plain_key(const char *root, const char *path, const char *text)
{
    struct str content = str_from(text);
    return (struct state_key){.root = str_from(root),
                              .path = str_from(path),
                              .content = str_hash(content),
                              .bytes = content.len,
                              .title = str_from(path)};
}

static void assert_text(struct str text, const char *expected)
{
    struct str wanted = str_from(expected);
    if (!str_eq(text, wanted))
        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(text), expected);
}

static void an_article_is_known_by_its_id(void **state)
{
    struct state *kept = state_opened(*state);
    struct arena arena = {0};
    struct err err;
    int64_t article = article_of(kept, "17");
    struct state_key moved = {
        .id = STR("17"), .root = STR("/else"), .path = STR("where"), .title = STR("Now")};
    assert_int_equal(state_find(kept, &moved), article);
    assert_int_equal(state_meet(kept, &moved, &err), article);
    struct state_key noted;
    assert_true(state_key_of(kept, article, &arena, &noted));
    assert_text(noted.id, "17");
    assert_text(noted.path, "where");
    assert_text(noted.title, "Now");
    assert_int_equal(state_find(kept, &(struct state_key){.id = STR("18")}), 0);
    assert_false(state_key_of(kept, article + 1, &arena, &noted));
    arena_free(&arena);
    state_close(kept);
}

static void without_an_id_by_its_content_else_by_its_place(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    struct state_key one = plain_key("/a", "one", "text of one"), two = plain_key("/a", "two", "text of two");
    int64_t first = state_meet(kept, &one, &err), second = state_meet(kept, &two, &err);
    assert_true(first > 0 && second > 0 && first != second);
    struct state_key edited = plain_key("/a", "one", "text of one, and more");
    assert_int_equal(state_meet(kept, &edited, &err), first);
    struct state_key moved = plain_key("/b", "deep/one", "text of one, and more");
    assert_int_equal(state_find(kept, &moved), first);
    assert_int_equal(state_meet(kept, &moved, &err), first);
    struct state_key other = plain_key("/a", "one", "another text in that place");
    assert_int_equal(state_find(kept, &other), 0);
    state_close(kept);
}

static void files_that_change_places_keep_what_is_theirs(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    struct state_key one = plain_key("/a", "one", "first"), two = plain_key("/a", "two", "second");
    int64_t first = state_meet(kept, &one, &err), second = state_meet(kept, &two, &err);
    struct state_key one_now = plain_key("/a", "two", "first"), two_now = plain_key("/a", "one", "second");
    assert_int_equal(state_meet(kept, &one_now, &err), first);
    assert_int_equal(state_meet(kept, &two_now, &err), second);
    assert_int_equal(state_meet(kept, &one_now, &err), first);
    state_close(kept);
}

static void what_was_written_is_there_again(void **state)
{
    struct state *kept = state_opened(*state);
    struct arena arena = {0};
    struct err err;
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b");
    struct state_place place = {2, 40, 1, 3, 17, 80, UINT64_MAX};
    struct state_reading reading;
    assert_false(state_reading(kept, a, &reading));
    assert_int_equal(state_save_place(kept, a, &place, 0.75, 1, &err), 0);
    assert_int_equal(state_save_place(kept, a, &place, 0.5, 2, &err), 0);
    assert_int_equal(state_set_read(kept, a, true, DAY, &err), 0);
    assert_int_equal(state_set_read(kept, b, true, DAY, &err), 0);
    assert_int_equal(state_set_read(kept, b, false, 2 * DAY, &err), 0);
    assert_int_equal(state_save_session(kept, STR("library"), a, 1, &err), 0);
    assert_int_equal(state_save_session(kept, STR("library"), b, 2, &err), 0);
    assert_int_equal(state_add_visit(kept, a, 1, &err), 0);
    assert_int_equal(state_add_visit(kept, b, 2, &err), 0);
    assert_int_equal(state_add_visit(kept, a, 3, &err), 0);
    state_close(kept);

    kept = state_opened(*state);
    assert_true(state_reading(kept, a, &reading));
    assert_memory_equal(&reading.place, &place, sizeof place);
    assert_true(reading.furthest > 0.74 && reading.furthest < 0.76);
    assert_true(reading.read);
    assert_int_equal(reading.read_at, DAY);
    assert_true(state_reading(kept, b, &reading));
    assert_false(reading.read);
    assert_int_equal(state_session(kept, STR("library")), b);
    assert_int_equal(state_session(kept, STR("other")), 0);
    struct state_visit *visits;
    assert_int_equal(state_visits(kept, 0, 2, &arena, &visits), 2);
    assert_int_equal(visits[0].article, a);
    assert_int_equal(visits[0].when, 3);
    assert_text(visits[1].key.title, "b");
    assert_int_equal(state_visits(kept, visits[1].visit, 2, &arena, &visits), 1);
    assert_int_equal(visits[0].when, 1);
    arena_free(&arena);
    state_close(kept);
}

static void letters_name_places_of_a_library(void **state)
{
    struct state *kept = state_opened(*state);
    struct arena arena = {0};
    struct err err;
    struct state_letter letter = {'x', article_of(kept, "a"), 1, {.line = 4}}, *letters;
    assert_int_equal(state_letters(kept, STR("one"), &arena, &letters), 0);
    assert_int_equal(state_save_letter(kept, STR("one"), &letter, &err), 0);
    letter.place.line = 9;
    assert_int_equal(state_save_letter(kept, STR("one"), &letter, &err), 0);
    assert_int_equal(state_letters(kept, STR("one"), &arena, &letters), 1);
    assert_int_equal(letters[0].letter, 'x');
    assert_int_equal(letters[0].place.line, 9);
    assert_int_equal(state_letters(kept, STR("two"), &arena, &letters), 0);
    arena_free(&arena);
    state_close(kept);
}

static void bookmarks_have_tags(void **state)
{
    struct state *kept = state_opened(*state);
    struct arena arena = {0};
    struct err err;
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b");
    struct state_bookmark *found, bookmark = {.article = a, .when = 1, .tags = STR("  liver exam\texam ")};
    assert_int_equal(state_set_bookmark(kept, &bookmark, &err), 0);
    assert_text(state_tags_of(kept, a, &arena), "exam liver");
    bookmark = (struct state_bookmark){.article = b, .when = 2, .tags = STR("liver"), .place = {.line = 3}};
    assert_int_equal(state_set_bookmark(kept, &bookmark, &err), 0);
    assert_int_equal(state_bookmarks(kept, STR("liver"), 0, 9, &arena, &found), 2);
    assert_int_equal(found[0].article, b);
    assert_int_equal(found[0].place.line, 3);
    assert_int_equal(state_bookmarks(kept, STR(""), 1, 9, &arena, &found), 1);
    assert_text(found[0].tags, "exam liver");
    bookmark = (struct state_bookmark){.article = a, .when = 5, .tags = STR("later")};
    assert_int_equal(state_set_bookmark(kept, &bookmark, &err), 0);
    assert_int_equal(state_bookmarks(kept, STR("exam"), 0, 9, &arena, &found), 0);
    assert_int_equal(state_bookmarks(kept, STR("later"), 0, 9, &arena, &found), 1);
    assert_int_equal(found[0].when, 1);
    assert_true(state_is_bookmarked(kept, a));
    assert_int_equal(state_drop_bookmark(kept, a, &err), 0);
    assert_false(state_is_bookmarked(kept, a));
    assert_int_equal(state_bookmarks(kept, STR("later"), 0, 9, &arena, &found), 0);
    bookmark.article = 99; /* there is no such article */
    assert_int_equal(state_set_bookmark(kept, &bookmark, &err), -1);
    arena_free(&arena);
    state_close(kept);
}

static void notes_and_searches_are_text(void **state)
{
    struct state *kept = state_opened(*state);
    struct arena arena = {0};
    struct err err;
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b");
    struct state_note *notes;
    assert_text(state_note(kept, a, &arena), "");
    assert_int_equal(state_set_note(kept, a, STR("# One\n\xff\n"), 1, &err), 0);
    assert_int_equal(state_set_note(kept, b, STR("Two"), 2, &err), 0);
    assert_int_equal(state_set_note(kept, a, STR("Three"), 3, &err), 0);
    assert_int_equal(state_notes(kept, true, 0, 9, &arena, &notes), 2);
    assert_text(notes[0].text, "Three");
    assert_text(notes[1].key.id, "b");
    assert_int_equal(state_set_note(kept, a, STR(""), 4, &err), 0);
    assert_text(state_note(kept, a, &arena), "");
    assert_int_equal(state_notes(kept, true, 0, 9, &arena, &notes), 1);

    struct state_search *searches;
    assert_int_equal(state_searches(kept, &arena, &searches), 0);
    assert_int_equal(state_save_search(kept, &(struct state_search){STR("z"), STR("is:read"), 1}, &err), 0);
    assert_int_equal(state_save_search(kept, &(struct state_search){STR("y"), STR("liver"), 2}, &err), 0);
    assert_int_equal(state_save_search(kept, &(struct state_search){STR("z"), STR("heart"), 3}, &err), 0);
    assert_int_equal(state_searches(kept, &arena, &searches), 2);
    assert_text(searches[0].name, "y");
    assert_text(searches[1].query, "heart");
    assert_int_equal(state_drop_search(kept, STR("z"), &err), 0);
    assert_int_equal(state_searches(kept, &arena, &searches), 1);
    arena_free(&arena);
    state_close(kept);
}

struct marks {
    char text[256];
    bool one;
};

static bool note_mark(void *context, const struct state_mark *mark)
{
    struct marks *marks = context;
    size_t len = strlen(marks->text);
    snprintf(marks->text + len, sizeof marks->text - len, "%.*s%s%s%s ", STR_ARG(mark->key.id),
             mark->read ? "+r" : "", mark->bookmarked ? "+b" : "", mark->noted ? "+n" : "");
    return !marks->one;
}

static void marks_are_listed(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b"), c = article_of(kept, "c");
    assert_int_equal(state_save_place(kept, article_of(kept, "d"), &(struct state_place){0}, 1, 1, &err), 0);
    assert_int_equal(state_set_read(kept, a, true, 1, &err), 0);
    assert_int_equal(state_set_bookmark(kept, &(struct state_bookmark){.article = b}, &err), 0);
    assert_int_equal(state_set_read(kept, c, true, 1, &err), 0);
    assert_int_equal(state_set_note(kept, c, STR("text"), 1, &err), 0);
    struct marks marks = {"", false};
    assert_int_equal(state_each_mark(kept, note_mark, &marks, &err), 0);
    assert_string_equal(marks.text, "a+r b+b c+r+n ");
    marks = (struct marks){"", true};
    assert_int_equal(state_each_mark(kept, note_mark, &marks, &err), 0);
    assert_string_equal(marks.text, "a+r ");
    state_close(kept);
}

static void without_a_folder_it_lives_in_memory(void **state)
{
    (void)state;
    struct err err;
    struct state *memory = state_open(NULL, &err), *other = state_open(NULL, &err);
    assert_int_equal(err.kind, ERR_NONE);
    assert_false(state_is_kept(memory));
    int64_t a = article_of(memory, "a");
    struct state *again = state_open_again(memory, &err);
    assert_int_equal(state_find(again, &(struct state_key){.id = STR("a")}), a);
    assert_int_equal(state_set_bookmark(again, &(struct state_bookmark){.article = a}, &err), 0);
    state_close(again);
    assert_true(state_is_bookmarked(memory, a));
    assert_int_equal(state_find(other, &(struct state_key){.id = STR("a")}), 0);
    assert_int_equal(state_verify(memory, &err), 0);
    state_close(memory);
    state_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_article_is_known_by_its_id, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(without_an_id_by_its_content_else_by_its_place, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(files_that_change_places_keep_what_is_theirs, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(what_was_written_is_there_again, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(letters_name_places_of_a_library, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(bookmarks_have_tags, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(notes_and_searches_are_text, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(marks_are_listed, folder_make, folder_remove),
        cmocka_unit_test(without_a_folder_it_lives_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
