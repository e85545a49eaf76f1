/* What the files of the bundled library promise. */
#include <string.h>

#include "shelf.h"

static void no_file_has_a_problem(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        if (page->article.problem_count)
            fail_msg("%.*s: %.*s", STR_ARG(page->path), STR_ARG(page->article.problems[0].message));
    }
}

static void the_tour_begins_with_its_welcome(void **state)
{
    const struct shelf *shelf = *state;
    assert_true(str_eq(shelf->pages[0].path, STR("a-guided-tour/01-welcome.md")));
}

static void every_shelf_is_filled(void **state)
{
    static const struct {
        const char *folder;
        size_t least;
    } shelves[] = {
        {"a-guided-tour/", 13},           {"computing/", 12}, {"liver-health/", 24},
        {"mathematics-and-physics/", 10}, {"plain-text/", 3},
    };
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < sizeof shelves / sizeof *shelves; i++) {
        size_t count = 0;
        for (size_t j = 0; j < shelf->count; j++)
            count += str_starts(shelf->pages[j].path, str_from(shelves[i].folder));
        if (count < shelves[i].least)
            fail_msg("%s holds %zu", shelves[i].folder, count);
    }
    assert_true(shelf->count >= 72);
}

static void each_name_tells_the_kind(void **state)
{
    const struct shelf *shelf = *state;
    size_t plain = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        bool text = str_ends(page->path, STR(".txt"));
        plain += text;
        if (page->article.kind != (text ? ARTICLE_PLAIN : ARTICLE_QUESTION))
            fail_msg("%.*s is read as kind %d", STR_ARG(page->path), (int)page->article.kind);
        assert_true(page->article.title.len > 0);
        assert_true(page->article.text.len > 1000);
    }
    assert_true(plain >= 3);
}

static void check_fields(const struct page *page)
{
    const struct article *article = &page->article;
    struct arena arena = {0};
    struct str folder, name;
    assert_true(str_cut(page->path, '/', &folder, &name));
    struct str url = arena_printf(&arena, "/learn/%.*s/questions/", STR_ARG(folder));
    struct str date = article_date(&arena, article->date, article->date_format);
    if (!str_eq(article->title, article->question) || !str_eq(article->file_name, name) ||
        !str_starts(article->url, url) || article->url.len == url.len ||
        !str_eq(article->author, STR("The Lectern developers")) || article->description.len == 0 ||
        article->subject.len == 0)
        fail_msg("%.*s: a field is not as it should be", STR_ARG(page->path));
    if (!str_starts(article->date, STR("2026-")) || !str_ends(date, STR(", 2026")))
        fail_msg("%.*s: the date shows as %.*s", STR_ARG(page->path), STR_ARG(date));
    if (article->keyword_count < 5 || article->keyword_count > 10)
        fail_msg("%.*s has %zu keywords", STR_ARG(page->path), article->keyword_count);
    if (article->related_count < 2 || article->related_count > 5)
        fail_msg("%.*s has %zu related questions", STR_ARG(page->path), article->related_count);
    arena_free(&arena);
}

static void every_question_has_all_its_fields(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++)
        if (is_question(&shelf->pages[i]))
            check_fields(&shelf->pages[i]);
}

static void an_id_stands_once_but_for_the_article_under_two_subjects(void **state)
{
    const struct shelf *shelf = *state;
    size_t twice = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct article *article = &shelf->pages[i].article;
        uint64_t number;
        if (!is_question(&shelf->pages[i]))
            continue;
        assert_true(str_to_u64(article->id, &number) && number > 1000);
        const struct article *first = &page_by_id(shelf, article->id)->article;
        if (first == article)
            continue;
        twice++;
        assert_true(str_eq(article->id, STR(SHARED_ID)));
        assert_true(str_eq(article->title, first->title) && str_eq(article->text, first->text));
        assert_false(str_eq(article->subject, first->subject) || str_eq(article->url, first->url));
    }
    assert_int_equal(twice, 1);
}

/* Whether the link's id, title, subject and url are those of one article. */
static bool link_resolves(const struct shelf *shelf, const struct article_link *link)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct article *article = &shelf->pages[i].article;
        if (str_eq(article->id, link->id) && str_eq(article->title, link->title) &&
            str_eq(article->subject, link->subject) && str_eq(article->url, link->url))
            return true;
    }
    return false;
}

static bool is_missing(struct str id)
{
    static const char *const missing[] = {MISSING_IDS};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        if (str_eq(id, str_from(missing[i])))
            return true;
    return false;
}

static void links_lead_somewhere_but_for_those_told_of(void **state)
{
    const struct shelf *shelf = *state;
    size_t missing = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        for (size_t j = 0; j < page->article.related_count; j++) {
            const struct article_link *link = &page->article.related[j];
            if (str_eq(link->id, page->article.id))
                fail_msg("%.*s links to itself", STR_ARG(page->path));
            if (link_resolves(shelf, link))
                continue;
            missing++;
            if (!is_missing(link->id))
                fail_msg("%.*s links to nothing: %.*s", STR_ARG(page->path), STR_ARG(link->title));
        }
    }
    assert_int_equal(missing, 4);
    assert_true(contains(text_of(shelf, "1005"), "four links to three articles that are not there"));
}

static size_t links_to(const struct shelf *shelf, struct str id)
{
    size_t count = 0;
    for (size_t i = 0; i < shelf->count; i++)
        for (size_t j = 0; j < shelf->pages[i].article.related_count; j++)
            count += str_eq(shelf->pages[i].article.related[j].id, id);
    return count;
}

static void every_question_is_linked_from_another(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++)
        if (is_question(&shelf->pages[i]) && links_to(shelf, shelf->pages[i].article.id) == 0)
            fail_msg("%.*s: nothing leads here", STR_ARG(shelf->pages[i].path));
}

/* Whether the article of the one page links to that of the other. */
static bool links(const struct page *from, const struct page *to)
{
    for (size_t i = 0; i < from->article.related_count; i++)
        if (str_eq(from->article.related[i].id, to->article.id))
            return true;
    return false;
}

/* Gives each question the number of the first page of its study set; pages of one article are in one set. */
static void find_sets(const struct shelf *shelf, size_t set[])
{
    for (size_t i = 0; i < shelf->count; i++)
        set[i] = i;
    for (size_t i = 0; i < shelf->count; i++) {
        for (size_t j = 0; j < shelf->count; j++) {
            const struct page *a = &shelf->pages[i], *b = &shelf->pages[j];
            if (!is_question(a) || !is_question(b) ||
                !(links(a, b) || str_eq(a->article.id, b->article.id)) || set[i] == set[j])
                continue;
            size_t low = set[i] < set[j] ? set[i] : set[j], high = set[i] + set[j] - low;
            for (size_t k = 0; k < shelf->count; k++)
                set[k] = set[k] == high ? low : set[k];
        }
    }
}

/* As the tour says: four sets, none of which keeps to one subject. */
static void questions_form_study_sets_across_subjects(void **state)
{
    const struct shelf *shelf = *state;
    size_t set[MAX_PAGES], sets = 0;
    find_sets(shelf, set);
    for (size_t i = 0; i < shelf->count; i++) {
        size_t size = 0, elsewhere = 0;
        for (size_t j = i; is_question(&shelf->pages[i]) && set[i] == i && j < shelf->count; j++) {
            size += set[j] == i;
            elsewhere +=
                set[j] == i && !str_eq(shelf->pages[j].article.subject, shelf->pages[i].article.subject);
        }
        sets += size > 0;
        if (size > 0 && (size < 10 || size > 30 || elsewhere == 0))
            fail_msg("the set of %.*s has %zu questions, %zu of them elsewhere",
                     STR_ARG(shelf->pages[i].path), size, elsewhere);
    }
    assert_int_equal(sets, 4);
}

static void some_links_go_one_way(void **state)
{
    const struct shelf *shelf = *state;
    size_t one_way = 0;
    for (size_t i = 0; i < shelf->count; i++)
        for (size_t j = 0; j < shelf->count; j++)
            one_way +=
                links(&shelf->pages[i], &shelf->pages[j]) && !links(&shelf->pages[j], &shelf->pages[i]);
    assert_true(one_way >= 20);
    /* The one that the tour follows. */
    const struct page *station = page_by_id(shelf, STR("1003")), *words = page_by_id(shelf, STR("1056"));
    assert_true(str_eq(station->article.related[3].id, STR("1056")) && !links(words, station));
}

/* What formulas are made of, so that a reader of formulas has something to show of each. */
static void the_formulas_use_each_construct(void **state)
{
    static const char *const constructs[] = {
        "\\frac{",         "\\tfrac{",        "\\dfrac{",        "\\cfrac{",      "\\sqrt{",
        "\\sqrt[3]{",      "\\sum_{",         "\\prod_{",        "\\int_{",       "\\oint_{",
        "\\iiint_",        "\\lim_{",         "\\left(",         "\\right|",      "\\binom{",
        "\\begin{pmatrix", "\\begin{bmatrix", "\\begin{vmatrix", "\\begin{cases", "\\begin{align}",
        "\\begin{aligned", "\\begin{array}",  "\\hline",         "\\hat{",        "\\widehat{",
        "\\vec{",          "\\dot{",          "\\ddot{",         "\\bar",         "\\tilde{",
        "\\overline{",     "\\underline{",    "\\overbrace{",    "\\underbrace{", "\\xrightarrow{",
        "\\text{",         "\\mathbb{",       "\\mathcal{",      "\\mathfrak{",   "\\mathbf{",
        "\\mathrm{",       "\\operatorname{", "\\boxed{",        "\\ce{",         "\\newcommand{",
        "\\alpha",         "\\Omega",
    };
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++) {
        bool used = false;
        for (size_t j = 0; j < shelf->count; j++)
            used = used || contains(shelf->pages[j].article.text, constructs[i]);
        if (!used)
            fail_msg("no formula uses %s", constructs[i]);
    }
}

static void liver_articles_say_that_they_are_no_advice(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        if (!str_starts(page->path, STR("liver-health/")))
            continue;
        if (!str_ends(str_trim(page->article.text), STR("no medical advice.*")))
            fail_msg("%.*s does not end with the line", STR_ARG(page->path));
    }
}

/* The names of all keys with a space around each, from the list of actions: `.. j Down k Up ..`. */
static void read_keys(struct arena *arena, struct buf *keys)
{
    struct err err;
    struct str rest, line, list, after;
    if (file_read(AT_FDCWD, "src/ui/actions.def", BOUND_FILE_BYTES, arena, &rest, NULL, &err) != 0)
        fail_msg("%s", err.message);
    buf_add(keys, STR(" u ")); /* known while one studies only */
    while (str_next_line(&rest, &line)) {
        size_t quote = str_find_byte(line, '"');
        if (!str_starts(line, STR("ACTION(")) || quote == STR_NOT_FOUND)
            continue;
        assert_true(str_cut(str_slice(line, quote + 1, line.len), '"', &list, &after));
        for (size_t i = 0; i < list.len; i++) {
            bool waits = str_starts(str_slice(list, i, list.len), STR(".."));
            if (waits || str_starts(str_slice(list, i, list.len), STR("\\\\")))
                i++;
            if (!waits)
                buf_add_byte(keys, list.at[i]);
        }
        buf_add_byte(keys, ' ');
    }
}

/* `Ctrl-O` is called C-o in the list, and `Shift-Tab` S-Tab. */
static struct str name_of_key(struct arena *arena, struct str shown)
{
    if (str_starts(shown, STR("Ctrl-")) && shown.len == 6)
        return arena_printf(arena, "C-%c", shown.at[5] | 0x20);
    return str_eq(shown, STR("Shift-Tab")) ? STR("S-Tab") : shown;
}

static bool looks_like_key(struct str span)
{
    static const char *const names[] = {"Space", "Enter", "Backspace", "Tab",  "Esc",
                                        "Up",    "Down",  "Left",      "Right"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(span, str_from(names[i])))
            return true;
    return span.len == 1 || str_starts(span, STR("Ctrl-")) || str_starts(span, STR("Shift-"));
}

static void check_keys(struct arena *arena, const struct page *page, struct str keys)
{
    struct str rest = page->article.text, line, before, span;
    while (str_next_line(&rest, &line)) {
        if (str_starts(line, STR("```")))
            while (str_next_line(&rest, &line) && !str_starts(line, STR("```")))
                ;
        while (str_cut(line, '`', &before, &line) && str_cut(line, '`', &span, &line)) {
            struct str name = name_of_key(arena, span);
            struct str word = arena_printf(arena, " %.*s ", STR_ARG(name));
            if (looks_like_key(span) && str_find(keys, word) == STR_NOT_FOUND)
                fail_msg("%.*s: %.*s is no key", STR_ARG(page->path), STR_ARG(span));
        }
    }
}

static void the_tour_names_only_keys_that_there_are(void **state)
{
    const struct shelf *shelf = *state;
    struct arena arena = {0};
    struct buf keys = {0};
    read_keys(&arena, &keys);
    for (size_t i = 0; i < shelf->count; i++)
        if (str_starts(shelf->pages[i].path, STR("a-guided-tour/")))
            check_keys(&arena, &shelf->pages[i], buf_str(&keys));
    buf_free(&keys);
    arena_free(&arena);
}

/* A pair that was left would show as two characters in the page. */
static void no_escaped_break_is_left(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++)
        if (contains(shelf->pages[i].article.text, "\\n\\n"))
            fail_msg("%.*s has an escaped line break", STR_ARG(shelf->pages[i].path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_file_has_a_problem),
        cmocka_unit_test(the_tour_begins_with_its_welcome),
        cmocka_unit_test(every_shelf_is_filled),
        cmocka_unit_test(each_name_tells_the_kind),
        cmocka_unit_test(every_question_has_all_its_fields),
        cmocka_unit_test(an_id_stands_once_but_for_the_article_under_two_subjects),
        cmocka_unit_test(links_lead_somewhere_but_for_those_told_of),
        cmocka_unit_test(every_question_is_linked_from_another),
        cmocka_unit_test(questions_form_study_sets_across_subjects),
        cmocka_unit_test(some_links_go_one_way),
        cmocka_unit_test(the_formulas_use_each_construct),
        cmocka_unit_test(liver_articles_say_that_they_are_no_advice),
        cmocka_unit_test(the_tour_names_only_keys_that_there_are),
        cmocka_unit_test(no_escaped_break_is_left),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
