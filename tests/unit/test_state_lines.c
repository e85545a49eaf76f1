/* What is in a state, taken out and brought back. */
#include "kept_state.h"
#include "lectern/cards.h"
#include "lectern/state_lines.h"

static bool add_line(void *context, struct str line)
{
    struct buf *out = context;
    buf_add(out, line);
    buf_add_byte(out, '\n');
    return true;
}

static void export_to(struct state *kept, struct buf *out)
{
    struct err err;
    buf_clear(out);
    assert_int_equal(state_export(kept, TEXT_UTF8, add_line, out, &err), 0);
}

/* How many lines were new; all must mean something. */
static size_t import_from(struct state *kept, struct str lines)
{
    struct err err;
    struct str line;
    size_t count = 0;
    struct state_import *import = state_import_begin(kept, &err);
    assert_non_null(import);
    while (str_next_line(&lines, &line)) {
        enum state_line taken = state_import_line(import, line, &err);
        if (taken != STATE_LINE_NEW && taken != STATE_LINE_KNOWN)
            fail_msg("%.*s: %s", STR_ARG(line), err.message);
        count += taken == STATE_LINE_NEW;
    }
    assert_int_equal(state_import_end(import, true, &err), 0);
    return count;
}

static void set_note(struct state *kept, int64_t article, const char *text, int64_t when)
{
    struct err err;
    assert_int_equal(state_set_note(kept, article, str_from(text), when, &err), 0);
}

static void set_bookmark(struct state *kept, int64_t article, const char *tags, int64_t when)
{
    struct err err;
    struct state_bookmark bookmark = {
        .article = article, .when = when, .place = {.line = 3, .width = 80}, .tags = str_from(tags)};
    assert_int_equal(state_set_bookmark(kept, &bookmark, &err), 0);
}

static void study(struct state *kept, int64_t article, int64_t when, enum fsrs_grade grade)
{
    struct err err;
    struct study_card card = {
        .memory = {1.0 / 3, 8.25}, .reviewed = when, .due = when + 600, .reviews = 2, .lapses = 1};
    struct cards_review review = {when, grade, 2};
    assert_true(cards_add_review(kept, article, &card, &review, &err) > 0);
}

/* Some of everything. */
static void fill(struct state *kept)
{
    struct err err;
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b");
    struct state_key plain = {.root = STR("/r\377"), .path = STR("p\n"), .content = UINT64_MAX, .bytes = 9};
    int64_t c = state_meet(kept, &plain, &err);
    struct state_place place = {1, 2, 3, 4, 5, 80, UINT64_MAX};
    assert_int_equal(state_save_place(kept, a, &place, 0.123456789, 50, &err), 0);
    assert_int_equal(state_set_read(kept, a, true, 60, &err), 0);
    assert_int_equal(state_set_read(kept, c, true, 61, &err), 0);
    assert_int_equal(state_save_session(kept, STR("/r\n/s"), b, 70, &err), 0);
    struct state_letter letter = {0x20ac, a, 71, place};
    assert_int_equal(state_save_letter(kept, STR("/r"), &letter, &err), 0);
    set_bookmark(kept, a, "liver exam", 80);
    set_bookmark(kept, c, "", 81);
    set_note(kept, b, "first", 90);
    set_note(kept, b, "second \xff\xfe \"quoted\"\n\n- \t\\item\n", 91);
    struct state_search search = {STR("mine"), STR("is:unread liver"), 95};
    assert_int_equal(state_save_search(kept, &search, &err), 0);
    int64_t hop = 0;
    for (int i = 0; i < 6; i++) {
        struct state_hop next = {.parent = i == 4 ? hop - 2 : hop, .article = i % 2 ? a : b, .when = 200 + i};
        hop = state_add_hop(kept, STR("/r\n/s"), &next, &err);
        assert_true(hop > 0);
    }
    for (int i = 0; i < 20; i++)
        assert_int_equal(state_add_visit(kept, i % 3 ? a : b, 100 + i, &err), 0);
    study(kept, a, 1000, FSRS_GOOD);
    study(kept, a, 2000, FSRS_AGAIN);
    study(kept, a, 2000, FSRS_AGAIN);
    struct study_card buried = {.hidden_until = 5000};
    assert_int_equal(cards_put(kept, b, &buried, &err), 0);
}

static void what_was_taken_out_is_brought_back(void **state)
{
    (void)state;
    struct err err;
    struct buf once = {0}, twice = {0};
    struct state *one = state_open(NULL, &err), *two = state_open(NULL, &err);
    fill(one);
    export_to(one, &once);
    assert_true(import_from(two, buf_str(&once)) > 25);
    export_to(two, &twice);
    assert_string_equal(buf_cstr(&twice), buf_cstr(&once));
    assert_int_equal(import_from(two, buf_str(&once)), 0);
    assert_int_equal(import_from(one, buf_str(&twice)), 0);
    export_to(two, &twice);
    assert_string_equal(buf_cstr(&twice), buf_cstr(&once));
    assert_int_equal(state_verify(two, &err), 0);
    state_close(one);
    state_close(two);
    buf_free(&once);
    buf_free(&twice);
}

static void lines_are_as_the_manual_says(void **state)
{
    (void)state;
    struct err err;
    struct buf out = {0};
    struct state *kept = state_open(NULL, &err);
    int64_t a = article_of(kept, "a");
    set_bookmark(kept, a, "b a", 7);
    assert_int_equal(state_add_visit(kept, a, 9, &err), 0);
    assert_int_equal(state_add_visit(kept, a, 9, &err), 0);
    export_to(kept, &out);
    assert_string_equal(buf_cstr(&out),
                        "{\"kind\":\"lectern\",\"format\":1}\n"
                        "{\"kind\":\"bookmark\",\"id\":\"a\",\"root\":\"/"
                        "library\",\"path\":\"a\",\"content\":\"af63dc4c8601ec8c\","
                        "\"bytes\":7,\"title\":\"a\",\"made\":7,\"tags\":\"a b\",\"line\":3,\"width\":80}\n"
                        "{\"kind\":\"visit\",\"id\":\"a\",\"root\":\"/"
                        "library\",\"path\":\"a\",\"content\":\"af63dc4c8601ec8c\","
                        "\"bytes\":7,\"title\":\"a\",\"at\":9}\n");
    state_close(kept);
    buf_free(&out);
}

/* Two that have gone separate ways hold the same, whichever is joined with the other. */
static void the_newer_one_stands_and_nothing_is_lost(void **state)
{
    (void)state;
    struct err err;
    struct arena arena = {0};
    struct buf of_one = {0}, of_two = {0}, joined = {0};
    struct state *one = state_open(NULL, &err), *two = state_open(NULL, &err);
    int64_t a = article_of(one, "a"), b = article_of(two, "a");
    struct state_place early = {.line = 1, .width = 80}, late = {.line = 2, .width = 80};
    study(one, a, 10, FSRS_GOOD);
    study(two, b, 20, FSRS_HARD);
    set_note(one, a, "old", 10);
    set_note(two, b, "new", 20);
    set_bookmark(one, a, "x y", 10);
    set_bookmark(two, b, "y z", 5);
    assert_int_equal(state_set_read(one, a, true, 10, &err), 0);
    assert_int_equal(state_set_read(two, b, false, 20, &err), 0);
    assert_int_equal(state_save_place(one, a, &late, 0.25, 10, &err), 0);
    assert_int_equal(state_save_place(two, b, &early, 0.75, 5, &err), 0);
    struct state_search mine = {STR("s"), STR("old"), 10}, other = {STR("s"), STR("new"), 20};
    assert_int_equal(state_save_search(one, &mine, &err), 0);
    assert_int_equal(state_save_search(two, &other, &err), 0);
    export_to(one, &of_one);
    export_to(two, &of_two);
    import_from(one, buf_str(&of_two));
    import_from(two, buf_str(&of_one));
    export_to(one, &of_one);
    export_to(two, &joined);
    assert_string_equal(buf_cstr(&of_one), buf_cstr(&joined));
    struct state_reading reading;
    assert_true(state_reading(one, a, &reading));
    assert_false(reading.read);
    assert_int_equal(reading.place.line, 2);
    assert_true(reading.furthest > 0.74);
    assert_true(str_eq(state_note(one, a, &arena), STR("new")));
    assert_non_null(strstr(buf_cstr(&joined), "\"kind\":\"earlier-note\""));
    assert_true(str_eq(state_tags_of(one, a, &arena), STR("x y z")));
    assert_non_null(strstr(buf_cstr(&joined), "\"query\":\"new\""));
    assert_non_null(strstr(buf_cstr(&joined), "\"reviewed\":20,\"due\":620"));
    assert_int_equal(state_amounts(two).cards, 1);
    assert_int_equal(state_amounts(two).reviews, 2);
    state_close(one);
    state_close(two);
    buf_free(&of_one);
    buf_free(&of_two);
    buf_free(&joined);
    arena_free(&arena);
}

/* Two trails through one library are both there, each with its own ways. */
static void trails_are_joined(void **state)
{
    (void)state;
    struct err err;
    struct arena arena = {0};
    struct buf lines = {0};
    struct state *one = state_open(NULL, &err), *two = state_open(NULL, &err);
    for (int i = 0; i < 2; i++) {
        struct state *kept = i ? two : one;
        int64_t first = state_add_hop(
            kept, STR("l"), &(struct state_hop){.article = article_of(kept, "a"), .when = 10 + i}, &err);
        struct state_hop next = {.parent = first, .article = article_of(kept, "b"), .when = 20 + i};
        assert_true(state_add_hop(kept, STR("l"), &next, &err) > 0);
    }
    export_to(two, &lines);
    assert_int_equal(import_from(one, buf_str(&lines)), 2);
    assert_int_equal(import_from(one, buf_str(&lines)), 0);
    struct state_hop *hops;
    assert_int_equal(state_hops(one, STR("l"), 9, &arena, &hops), 4);
    assert_int_equal(hops[2].when, 11);
    assert_int_equal(hops[2].parent, 0);
    assert_int_equal(hops[3].when, 21);
    assert_int_equal(hops[3].parent, hops[2].hop);
    assert_int_equal(state_hops(one, STR("l"), 1, &arena, &hops), 1);
    assert_int_equal(hops[0].when, 21);
    state_close(one);
    state_close(two);
    buf_free(&lines);
    arena_free(&arena);
}

/* A note that was changed or taken away since is not brought back by what was exported before. */
static void an_earlier_note_stays_one(void **state)
{
    (void)state;
    struct err err;
    struct arena arena = {0};
    struct buf before = {0};
    struct state *kept = state_open(NULL, &err);
    int64_t a = article_of(kept, "a"), b = article_of(kept, "b");
    set_note(kept, a, "said", 10);
    set_note(kept, b, "said", 10);
    export_to(kept, &before);
    set_note(kept, a, "", 20);
    set_note(kept, b, "changed", 20);
    assert_int_equal(import_from(kept, buf_str(&before)), 0);
    assert_int_equal(state_note(kept, a, &arena).len, 0);
    assert_true(str_eq(state_note(kept, b, &arena), STR("changed")));
    state_close(kept);
    buf_free(&before);
    arena_free(&arena);
}

static void what_is_known_of_an_article_here_stays(void **state)
{
    (void)state;
    struct err err;
    struct arena arena = {0};
    struct state_key key;
    struct state *kept = state_open(NULL, &err);
    int64_t a = article_of(kept, "a");
    import_from(kept, STR("{\"kind\":\"bookmark\",\"id\":\"a\",\"root\":\"/other\",\"title\":\"Other\"}\n"));
    assert_true(state_key_of(kept, a, &arena, &key));
    assert_true(str_eq(key.root, STR("/library")) && str_eq(key.title, STR("a")));
    assert_true(state_is_bookmarked(kept, a));
    state_close(kept);
    arena_free(&arena);
}

static void bad(struct state_import *import, const char *line, size_t column, const char *message)
{
    struct err err = {0};
    assert_int_equal(state_import_line(import, str_from(line), &err), STATE_LINE_BAD);
    assert_string_equal(err.message, message);
    assert_int_equal(err.column, column);
}

static void bad_lines_are_told_and_the_others_taken(void **state)
{
    (void)state;
    struct err err;
    struct buf out = {0};
    struct state *kept = state_open(NULL, &err);
    struct state_import *import = state_import_begin(kept, &err);
    bad(import, "", 1, "this is no object of JSON, which begins with a {");
    bad(import, "{}", 1, "\"kind\" has to come first, and say what this line is");
    bad(import, "{\"id\":\"a\"}", 2, "\"kind\" has to come first, and say what this line is");
    bad(import, "{\"kind\":\"poem\"}", 9, "nothing is known of lines of the kind \"poem\"");
    bad(import, "{\"kind\":\"visit\",\"at\":1}", 1, "the article's \"id\", or else its \"path\", is wanted");
    bad(import, "{\"kind\":\"visit\",\"id\":\"a\"}", 1, "\"at\" is wanted");
    bad(import, "{\"kind\":\"review\",\"id\":\"a\",\"at\":1,\"grade\":0}", 1, "\"grade\" is wanted");
    bad(import, "{\"kind\":\"review\",\"id\":\"a\",\"at\":1,\"grade\":5}", 42,
        "\"grade\" wants a whole number, and not such a large one");
    bad(import, "{\"kind\":\"note\",\"id\":\"a\",\"text\":\"\"}", 1, "\"text\" is wanted");
    bad(import, "{\"kind\":\"visit\",\"id\":\"a\",\"at\":-1}", 31,
        "\"at\" wants a time, in whole seconds since 1970");
    bad(import, "{\"kind\":\"visit\",\"id\":\"a\",\"at\":999999999999}", 31,
        "\"at\" wants a time, in whole seconds since 1970");
    bad(import, "{\"kind\":\"visit\",\"id\":\"a\",\"at\":1,\"at\":2}", 33, "\"at\" wants to be said once");
    bad(import, "{\"kind\":\"visit\",\"id\":7,\"at\":1}", 22, "\"id\" wants a text");
    bad(import, "{\"kind\":\"reading\",\"id\":\"a\",\"furthest\":1.5}", 39,
        "\"furthest\" wants a number from 0, and not such a large one");
    bad(import, "{\"kind\":\"reading\",\"id\":\"a\",\"read\":1}", 35, "\"read\" wants true or false");
    bad(import, "{\"kind\":\"reading\",\"id\":\"a\",\"folds\":\"xyz\"}", 36,
        "\"folds\" wants a text of 16 digits from 0 to f");
    bad(import, "{\"kind\":\"mark\",\"id\":\"a\",\"library\":\"l\",\"letter\":\"ab\"}", 48,
        "\"letter\" wants one character");
    assert_int_equal(
        state_import_line(import, STR("{\"kind\":\"visit\",\"more\":true,\"id\":\"a\",\"at\":1}"), &err),
        STATE_LINE_NEW);
    assert_int_equal(state_import_line(import, STR("{\"kind\":\"lectern\",\"format\":99}"), &err),
                     STATE_LINE_FAILED);
    assert_int_equal(state_import_end(import, true, &err), 0);
    export_to(kept, &out);
    assert_string_equal(buf_cstr(&out), "{\"kind\":\"lectern\",\"format\":1}\n"
                                        "{\"kind\":\"visit\",\"id\":\"a\",\"at\":1}\n");
    state_close(kept);
    buf_free(&out);
}

static void what_is_not_kept_leaves_nothing(void **state)
{
    (void)state;
    struct err err;
    struct state *kept = state_open(NULL, &err);
    struct state_import *import = state_import_begin(kept, &err);
    assert_int_equal(state_import_line(import, STR("{\"kind\":\"bookmark\",\"id\":\"a\"}"), &err),
                     STATE_LINE_NEW);
    assert_int_equal(state_import_end(import, false, &err), 0);
    assert_int_equal(state_find(kept, &(struct state_key){.id = STR("a")}), 0);
    state_close(kept);
}

/* Every cut of what was exported is either taken or told. */
static void damaged_lines_do_no_harm(void **state)
{
    (void)state;
    struct err err;
    struct buf out = {0};
    struct state *one = state_open(NULL, &err), *two = state_open(NULL, &err);
    fill(one);
    export_to(one, &out);
    struct state_import *import = state_import_begin(two, &err);
    uint32_t chance = 1;
    struct str rest = buf_str(&out), line;
    while (str_next_line(&rest, &line)) {
        for (size_t len = 0; len < line.len; len++)
            assert_int_equal(state_import_line(import, str_slice(line, 0, len), &err), STATE_LINE_BAD);
        for (int i = 0; i < 200; i++) {
            struct buf damaged = {0};
            buf_add(&damaged, line);
            chance = chance * 1664525u + 1013904223u;
            damaged.at[(chance >> 8) % line.len] = (char)(chance >> 24);
            state_import_line(import, buf_str(&damaged), &err);
            buf_free(&damaged);
        }
    }
    assert_int_equal(state_import_end(import, true, &err), 0);
    assert_int_equal(state_verify(two, &err), 0);
    export_to(two, &out);
    assert_int_equal(import_from(one, buf_str(&out)) + 1 > 0, true);
    state_close(one);
    state_close(two);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_out_is_brought_back),
        cmocka_unit_test(lines_are_as_the_manual_says),
        cmocka_unit_test(the_newer_one_stands_and_nothing_is_lost),
        cmocka_unit_test(trails_are_joined),
        cmocka_unit_test(an_earlier_note_stays_one),
        cmocka_unit_test(what_is_known_of_an_article_here_stays),
        cmocka_unit_test(bad_lines_are_told_and_the_others_taken),
        cmocka_unit_test(what_is_not_kept_leaves_nothing),
        cmocka_unit_test(damaged_lines_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
