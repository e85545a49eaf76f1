/* The small parts of the session: keymap, list, line, history, queries, worker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/ui/count.h"
#include "../../src/ui/history.h"
#include "../../src/ui/keymap.h"
#include "../../src/ui/line.h"
#include "../../src/ui/list.h"
#include "../../src/ui/queries.h"
#include "../../src/ui/worker.h"
#include "lectern/mem.h"

static void no_key_has_two_meanings(void **state)
{
    (void)state;
    for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
        struct str keys = action_info(action)->keys, name;
        while (keys.len) {
            key k;
            bool waits;
            str_cut(keys, ' ', &name, &keys);
            if (name.len > 2 && str_ends(name, STR("..")))
                name.len -= 2;
            assert_true(key_parse(name, &k));
            assert_int_equal(keymap_find(keymap_usual(), k, &waits), action);
        }
    }
}

static void marks_wait_for_their_name(void **state)
{
    (void)state;
    bool waits;
    assert_int_equal(keymap_find(keymap_usual(), 'm', &waits), ACTION_MARK);
    assert_true(waits);
    assert_int_equal(keymap_find(keymap_usual(), 'j', &waits), ACTION_DOWN);
    assert_false(waits);
    assert_int_equal(keymap_find(keymap_usual(), 0x4e00, &waits), ACTION_NONE);
}

static enum action find(const struct keymap *keymap, key k)
{
    bool waits;
    return keymap_find(keymap, k, &waits);
}

static int bind(struct keymap *keymap, const char *key_name, const char *action, struct err *err)
{
    return keymap_bind(keymap, str_from(key_name), str_from(action), 7, 3, err);
}

static void keys_can_be_given_to_other_actions(void **state)
{
    (void)state;
    struct err err;
    bool waits;
    struct keymap *keymap = keymap_new();
    assert_int_equal(bind(keymap, "j", "up", &err), 0);
    assert_int_equal(bind(keymap, "C-n", "down", &err), 0);
    assert_int_equal(bind(keymap, "M", "mark", &err), 0);
    assert_int_equal(bind(keymap, "q", "none", &err), 0);
    assert_int_equal(bind(keymap, "Esc", "cancel", &err), 0); /* as it is */
    assert_int_equal(find(keymap, 'j'), ACTION_UP);
    assert_int_equal(find(keymap, KEYS_CONTROL | 'n'), ACTION_DOWN);
    assert_int_equal(find(keymap, KEYS_DOWN), ACTION_DOWN);
    assert_int_equal(find(keymap, 'q'), ACTION_NONE);
    assert_int_equal(keymap_find(keymap, 'M', &waits), ACTION_MARK);
    assert_true(waits);
    assert_true(str_eq(keymap_keys(keymap, ACTION_UP), STR("k Up j")));
    assert_true(str_eq(keymap_first(keymap, ACTION_MARK), STR("m")));
    assert_int_equal(find(keymap_usual(), 'j'), ACTION_DOWN);
    keymap_free(keymap);
}

static void keys_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *key, *action, *message;
    } cases[] = {
        {"Foo", "up", "there is no key \"Foo\"; keys are j, C-o, A-x, PgDn, F1"},
        {"", "up", "there is no key \"\"; keys are j, C-o, A-x, PgDn, F1"},
        {"z", "dwon", "there is no action dwon, but down"},
        {"z", "", "there is no action ; ? lists them"},
        {"z", "related", "related takes no keys but the digits"},
        {"Esc", "close", "Esc always cancels"},
        {"x", "up", "the key x stands here a second time"},
    };
    struct keymap *keymap = keymap_new();
    struct err err;
    assert_int_equal(bind(keymap, "x", "copy", &err), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(bind(keymap, cases[i].key, cases[i].action, &err), -1);
        assert_string_equal(err.message, cases[i].message);
    }
    assert_int_equal(find(keymap, 'x'), ACTION_COPY);
    assert_int_equal(find(keymap, 'z'), ACTION_WRAP);
    keymap_free(keymap);
}

static void an_action_that_loses_its_last_key_is_told(void **state)
{
    (void)state;
    struct keymap *keymap = keymap_new();
    struct err err;
    size_t at = 0;
    assert_int_equal(bind(keymap, "x", "note", &err), 0); /* which gives its own away, below */
    assert_int_equal(bind(keymap, "a", "read", &err), 0);
    assert_int_equal(bind(keymap, "O", "none", &err), 0);
    assert_false(keymap_next_lost(keymap, &at, &err));
    assert_int_equal(bind(keymap, "t", "tree", &err), 0);
    at = 0;
    assert_true(keymap_next_lost(keymap, &at, &err));
    assert_string_equal(err.message, "t was the last key of outline, which has none now");
    assert_int_equal(err.line, 7);
    assert_int_equal(err.column, 3);
    assert_false(keymap_next_lost(keymap, &at, &err));
    keymap_free(keymap);
}

static void long_times_are_told_in_hours(void **state)
{
    (void)state;
    static const struct {
        unsigned minutes;
        const char *told;
    } cases[] = {{1, "1 min"},       {59, "59 min"}, {60, "1 h"},
                 {80, "1 h 20 min"}, {600, "10 h"},  {8380, "140 h"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        count_add_minutes(&out, cases[i].minutes);
        assert_string_equal(buf_cstr(&out), cases[i].told);
        buf_free(&out);
    }
}

static void a_list_keeps_its_selection_visible(void **state)
{
    (void)state;
    struct list list = {0};
    list_set_visible(&list, 5);
    list_set_count(&list, 12);
    assert_true(list_act(&list, ACTION_BOTTOM));
    assert_int_equal(list.selected, 11);
    assert_int_equal(list.top, 7);
    list_set_count(&list, 3);
    assert_int_equal(list.selected, 2);
    assert_int_equal(list.top, 0);
    list_set_count(&list, 0);
    assert_true(list_act(&list, ACTION_DOWN));
    assert_int_equal(list.selected, 0);
    assert_false(list_act(&list, ACTION_HELP));
}

static void a_revealed_row_comes_to_the_middle(void **state)
{
    (void)state;
    struct list list = {0};
    list_set_visible(&list, 5);
    list_set_count(&list, 100);
    list_reveal(&list, 3);
    assert_int_equal(list.top, 0);
    list_reveal(&list, 50);
    assert_int_equal(list.selected, 50);
    assert_int_equal(list.top, 48);
    list_reveal(&list, 99);
    assert_int_equal(list.top, 95);
}

static void a_line_is_edited_by_glyphs(void **state)
{
    (void)state;
    struct line line = {0};
    bool changed;
    line_set(&line, STR("na\u0308\u4e2d x"));
    assert_true(line_key(&line, KEYS_LEFT, &changed));
    assert_false(changed);
    assert_true(line_key(&line, KEYS_LEFT, &changed));
    assert_true(line_key(&line, KEYS_BACKSPACE, &changed));
    assert_true(changed);
    assert_true(str_eq(buf_str(&line.text), STR("na\u0308 x")));
    line_key(&line, KEYS_BACKSPACE, &changed);
    assert_true(str_eq(buf_str(&line.text), STR("n x")));
    line_key(&line, KEYS_END, &changed);
    line_key(&line, KEYS_CONTROL | 'w', &changed);
    assert_true(str_eq(buf_str(&line.text), STR("n ")));
    line_insert(&line, STR("a\nb\xff"));
    assert_true(str_eq(buf_str(&line.text), STR("n a b\uFFFD")));
    line_free(&line);
}

static void a_line_has_an_end(void **state)
{
    (void)state;
    struct line line = {0};
    for (int i = 0; i < 5000; i++)
        line_insert(&line, STR("xyz"));
    assert_in_range(line.text.len, 900, 1100);
    line_free(&line);
}

static void history_goes_back_and_forward(void **state)
{
    (void)state;
    struct history history = {0};
    assert_null(history_back(&history));
    for (uint32_t i = 0; i < 3; i++)
        history_push(&history, (struct position){.target = i});
    assert_int_equal(history_back(&history)->target, 1);
    assert_int_equal(history_back(&history)->target, 0);
    assert_null(history_back(&history));
    assert_int_equal(history_forward(&history)->target, 1);
    history_push(&history, (struct position){.target = 9});
    assert_null(history_forward(&history));
    assert_int_equal(history_current(&history)->target, 9);
    assert_int_equal(history_back(&history)->target, 1);
    history_free(&history);
}

/* 0 - 1 - 2 and, from 1, - 3 - 4: what was left for another way is still there. */
static void history_branches(void **state)
{
    (void)state;
    struct history history = {0};
    for (uint32_t i = 0; i < 3; i++)
        history_push(&history, (struct position){.target = i});
    history_back(&history);
    for (uint32_t i = 3; i < 5; i++)
        history_push(&history, (struct position){.target = i});
    assert_int_equal(history.count, 5);
    assert_int_equal(history.entries[3].parent, 1);
    assert_int_equal(history_go(&history, 2)->target, 2);
    assert_null(history_forward(&history));
    assert_int_equal(history_back(&history)->target, 1);
    assert_int_equal(history_forward(&history)->target, 2); /* where one was last */
    assert_int_equal(history_go(&history, 4)->target, 4);
    assert_int_equal(history_go(&history, 0)->target, 0);
    assert_int_equal(history_forward(&history)->target, 1);
    assert_int_equal(history_forward(&history)->target, 3);
    assert_null(history_go(&history, 5));
    assert_int_equal(history_current(&history)->target, 3);
    history_free(&history);
}

static void history_forgets_the_oldest_first(void **state)
{
    (void)state;
    struct history history = {0};
    for (uint32_t i = 0; i < 10005; i++)
        history_push(&history, (struct position){.target = i});
    assert_int_equal(history.count, 10000);
    assert_int_equal(history.entries[0].position.target, 5);
    assert_int_equal(history_current(&history)->target, 10004);
    history_free(&history);
}

static void a_repeated_query_becomes_the_newest(void **state)
{
    (void)state;
    struct queries queries = {0};
    queries_add(&queries, STR("liver"), 0);
    queries_add(&queries, STR("kidney"), 3);
    queries_add(&queries, STR("liver"), 2);
    assert_int_equal(queries.count, 2);
    assert_true(str_eq(queries_get(&queries, 1), STR("liver")));
    assert_true(str_eq(queries_get(&queries, 2), STR("kidney")));
    assert_int_equal(queries_get(&queries, 3).len, 0);
    assert_int_equal(queries.selected, 2);
    queries_free(&queries);
}

struct counting_job {
    struct job job;
    int *delivered, *ran;
};

static void count_run(struct job *job)
{
    (*((struct counting_job *)job)->ran)++;
}

static void count_delivery(struct letter *letter, void *context)
{
    (void)context;
    struct counting_job *job = (struct counting_job *)letter;
    (*job->delivered)++;
    mem_free(job);
}

static void every_job_comes_back_once(void **state)
{
    (void)state;
    int delivered = 0, ran = 0;
    struct mailbox *mailbox = mailbox_new(NULL);
    struct worker *worker = worker_new(mailbox, NULL);
    for (int i = 0; i < 100; i++) {
        struct counting_job *job = mem_calloc(1, sizeof *job);
        *job = (struct counting_job){{.letter.deliver = count_delivery, .run = count_run}, &delivered, &ran};
        worker_submit(worker, &job->job);
        mailbox_take(mailbox, NULL); /* may free the job that the worker has just finished */
    }
    worker_wait(worker);
    worker_free(worker);
    mailbox_take(mailbox, NULL);
    assert_int_equal(delivered, 100);
    assert_in_range(ran, 1, 100);
    assert_false(mailbox_take(mailbox, NULL));
    mailbox_free(mailbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_has_two_meanings),
        cmocka_unit_test(marks_wait_for_their_name),
        cmocka_unit_test(keys_can_be_given_to_other_actions),
        cmocka_unit_test(keys_that_make_no_sense_are_refused),
        cmocka_unit_test(an_action_that_loses_its_last_key_is_told),
        cmocka_unit_test(long_times_are_told_in_hours),
        cmocka_unit_test(a_list_keeps_its_selection_visible),
        cmocka_unit_test(a_revealed_row_comes_to_the_middle),
        cmocka_unit_test(a_line_is_edited_by_glyphs),
        cmocka_unit_test(a_line_has_an_end),
        cmocka_unit_test(history_goes_back_and_forward),
        cmocka_unit_test(history_branches),
        cmocka_unit_test(history_forgets_the_oldest_first),
        cmocka_unit_test(a_repeated_query_becomes_the_newest),
        cmocka_unit_test(every_job_comes_back_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
