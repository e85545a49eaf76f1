/*
 * Sessions that are killed at random moments: what had been confirmed on the screen is there afterwards, the database is
 * sound, and the library opens where it was left. LECTERN_KILLS says how many sessions, LECTERN_SEED where chance begins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lectern/cards.h"
#include "pty.h"

#define ARTICLES      12
#define USUAL_KILLS   20
#define MOST_STEPS    5
#define MOST_DELAY_US 15000

/* What is kept about an article. */
struct kept {
    bool bookmarked, read;
    size_t notes, reviews; /* lines of the note; grades */
};

struct reader {
    char folder[64], library[80], real_library[PATH_MAX], data[80], editor[96];
    const char *program;
    struct pty *pty;
    uint64_t chance;
    struct kept kept[ARTICLES];
    int open;      /* the article that is shown; -1 before the first one */
    char line[32]; /* its first line in sight; empty: not known */
};

/* Something that a reader does, and what has to be so as soon as the screen says both of these. */
struct deed {
    int article;
    char keys[32], seen[32];
    const char *said; /* NULL: the screen does not say that it is done */
    struct kept after;
    bool opens, studies;
};

static uint32_t below(struct reader *reader, uint32_t limit)
{
    reader->chance = reader->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(reader->chance >> 33) % limit;
}

static long number_of(const char *variable, long usual)
{
    const char *text = getenv(variable);
    return text ? strtol(text, NULL, 10) : usual;
}

/* -- the library ---------------------------------------------------------------------------------------------------- */

static void write_file(const char *folder, const char *name, const char *text, mode_t mode)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void write_article(const char *folder, int number)
{
    char name[32], text[4096];
    int len =
        snprintf(text, sizeof text, "---\nid: a%d\ntitle: Question number %d\nanswer: |\n", number, number);
    for (int line = 0; line < 60; line++)
        len += snprintf(text + len, sizeof text - (size_t)len, "  Line %d of %d.\n\n", line, number);
    snprintf(text + len, sizeof text - (size_t)len, "---\n");
    snprintf(name, sizeof name, "a%02d.md", number);
    write_file(folder, name, text, 0600);
}

static int set_up(void **state)
{
    static struct reader reader;
    reader = (struct reader){.folder = "/tmp/lectern-kill-test-XXXXXX",
                             .program = getenv("LECTERN"),
                             .chance = (uint64_t)number_of("LECTERN_SEED", 1),
                             .open = -1};
    if (!reader.program || !mkdtemp(reader.folder))
        return -1;
    snprintf(reader.library, sizeof reader.library, "%s/library", reader.folder);
    snprintf(reader.data, sizeof reader.data, "%s/data", reader.folder);
    snprintf(reader.editor, sizeof reader.editor, "VISUAL=%s/editor", reader.folder);
    if (mkdir(reader.library, 0700) != 0 || mkdir(reader.data, 0700) != 0 ||
        !realpath(reader.library, reader.real_library))
        return -1;
    for (int i = 0; i < ARTICLES; i++)
        write_article(reader.library, i);
    write_file(reader.folder, "editor", "#!/bin/sh\necho more >>\"$1\"\n", 0700);
    setenv("TMPDIR", reader.folder, 1); /* for what a killed session was editing */
    *state = &reader;
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct reader *reader = *state;
    return nftw(reader->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* -- the screen ----------------------------------------------------------------------------------------------------- */

static bool is_shown(struct pty *pty, const char *text)
{
    for (int row = 0; row < 24; row++)
        if (strstr(pty_row(pty, row), text))
            return true;
    return false;
}

static void expect(struct reader *reader, const char *text)
{
    if (pty_shows(reader->pty, text))
        return;
    for (int row = 0; row < 24; row++)
        print_message("|%s\n", pty_row(reader->pty, row));
    fail_msg("%s is not to be seen", text);
}

static void copy_first_line(struct reader *reader)
{
    reader->line[0] = 0;
    for (int row = 0; row < 24 && !reader->line[0]; row++) {
        const char *line = strstr(pty_row(reader->pty, row), "Line ");
        snprintf(reader->line, sizeof reader->line, "%s", line ? line : "");
    }
}

/* What was said before is on the screen no more, and all keys have been taken. */
static void clear_screen(struct reader *reader)
{
    pty_send(reader->pty, "?");
    expect(reader, "next part");
    pty_send(reader->pty, "q");
    expect(reader, "search the library");
}

static void start(struct reader *reader)
{
    const char *argv[] = {reader->program, reader->library, NULL};
    reader->pty = pty_start(&(struct pty_program){
        .argv = argv, .data = reader->data, .variable = reader->editor, .columns = 110});
}

/* -- deeds ---------------------------------------------------------------------------------------------------------- */

static struct deed begin(const struct reader *reader, int article, const char *keys, const char *said)
{
    struct deed deed = {.article = article, .said = said, .after = reader->kept[article]};
    snprintf(deed.keys, sizeof deed.keys, "%s", keys);
    return deed;
}

static struct deed open_another(struct reader *reader)
{
    struct deed deed = begin(reader, (int)below(reader, ARTICLES), "", "search the library");
    deed.opens = true;
    snprintf(deed.keys, sizeof deed.keys, "sid:a%d\r", deed.article);
    snprintf(deed.seen, sizeof deed.seen, " of %d.", deed.article);
    return deed;
}

/* What was not known may be asked again as often as one likes. */
static struct deed study(struct reader *reader)
{
    struct deed deed = begin(reader, (int)below(reader, ARTICLES), "", "1 again");
    deed.studies = true;
    deed.after.reviews++;
    snprintf(deed.keys, sizeof deed.keys, "sid:a%d\023 1", deed.article);
    return deed;
}

static struct deed toggle_bookmark(const struct reader *reader)
{
    bool set = !reader->kept[reader->open].bookmarked;
    struct deed deed = begin(reader, reader->open, "*", set ? "Bookmarked;" : "The bookmark is taken away.");
    deed.after.bookmarked = set;
    return deed;
}

static struct deed toggle_read(const struct reader *reader)
{
    bool set = !reader->kept[reader->open].read;
    struct deed deed = begin(reader, reader->open, "x", set ? "Marked as read." : "Marked as unread.");
    deed.after.read = set;
    return deed;
}

static struct deed write_note(const struct reader *reader)
{
    struct deed deed = begin(reader, reader->open, "a", "The note is saved.");
    deed.after.notes++;
    return deed;
}

static struct deed choose(struct reader *reader)
{
    switch (reader->open < 0 ? 0 : below(reader, 6)) {
    case 0: return open_another(reader);
    case 1: return study(reader);
    case 2: return toggle_bookmark(reader);
    case 3: return toggle_read(reader);
    case 4: return write_note(reader);
    default: return begin(reader, reader->open, "jj", NULL);
    }
}

static void leave_study(struct reader *reader)
{
    pty_send(reader->pty, "qq");
    expect(reader, "1 found"); /* the search, where it began */
    pty_send(reader->pty, "\033");
    expect(reader, "search the library");
}

static void complete(struct reader *reader, const struct deed *deed)
{
    pty_send(reader->pty, deed->keys);
    expect(reader, deed->seen);
    if (deed->said)
        expect(reader, deed->said);
    if (deed->studies)
        leave_study(reader);
    clear_screen(reader);
    reader->kept[deed->article] = deed->after;
    reader->open = deed->opens ? deed->article : reader->open;
    copy_first_line(reader);
}

static void wait_for(uint32_t microseconds)
{
    struct timespec time = {.tv_nsec = (long)microseconds * 1000};
    nanosleep(&time, NULL);
}

static void kill_reader(struct reader *reader)
{
    int status;
    pty_signal(reader->pty, SIGKILL);
    assert_true(pty_ended(reader->pty, PTY_PATIENCE_MS, &status));
}

/* Begins it, and is killed. True if the screen said in time that it was done. */
static bool attempt(struct reader *reader, const struct deed *deed)
{
    pty_send(reader->pty, deed->keys);
    wait_for(below(reader, MOST_DELAY_US));
    kill_reader(reader);
    reader->line[0] = 0;
    return deed->said && is_shown(reader->pty, deed->seen) && is_shown(reader->pty, deed->said);
}

/* -- what is kept --------------------------------------------------------------------------------------------------- */

struct counting {
    const char *id;
    size_t reviews, all;
};

static bool count_reviews(void *context, const struct state_key *key, const struct study_card *card)
{
    struct counting *counting = context;
    counting->all += card->reviews;
    if (str_eq(key->id, str_from(counting->id)))
        counting->reviews = card->reviews;
    return true;
}

/* The reviews have to be as many as the cards say. */
static struct kept look(struct state *state, int number)
{
    char id[16];
    struct err err;
    struct arena arena = {0};
    struct state_reading reading;
    snprintf(id, sizeof id, "a%d", number);
    struct counting counting = {.id = id};
    struct state_key key = {.id = str_from(id)};
    int64_t article = state_find(state, &key);
    assert_int_equal(cards_each(state, count_reviews, &counting, &err), 0);
    assert_int_equal(state_amounts(state).reviews, counting.all);
    struct kept kept = {.reviews = counting.reviews};
    if (article) {
        struct str note = state_note(state, article, &arena), line;
        kept.bookmarked = state_is_bookmarked(state, article);
        kept.read = state_reading(state, article, &reading) && reading.read;
        while (str_next_line(&note, &line))
            kept.notes += str_eq(line, STR("more"));
    }
    arena_free(&arena);
    return kept;
}

static bool is_same(const struct kept *a, const struct kept *b)
{
    return a->bookmarked == b->bookmarked && a->read == b->read && a->notes == b->notes &&
           a->reviews == b->reviews;
}

/* Where the library was left. */
static int last_article(struct state *state, const struct reader *reader)
{
    struct arena arena = {0};
    struct state_key key = {0};
    uint64_t number = 0;
    int64_t article = state_session(state, str_from(reader->real_library));
    bool known = article && state_key_of(state, article, &arena, &key) &&
                 str_to_u64(str_slice(key.id, 1, key.id.len), &number);
    arena_free(&arena);
    return known ? (int)number : -1;
}

/* All is as it was said to be; of what was not said, as it was or as it was to be. */
static void check(struct reader *reader, const struct deed *deed, bool confirmed)
{
    struct err err;
    char folder[128];
    snprintf(folder, sizeof folder, "%s/lectern", reader->data);
    struct state *state = state_open(folder, &err);
    assert_true(state_is_kept(state));
    assert_int_equal(state_verify(state, &err), 0);
    for (int i = 0; i < ARTICLES; i++) {
        struct kept now = look(state, i);
        bool is_old = is_same(&now, &reader->kept[i]),
             is_new = deed->article == i && is_same(&now, &deed->after);
        if (confirmed && deed->article == i ? !is_new : !is_old && !is_new)
            fail_msg("article %d after %s, %s: %d %d %zu %zu", i, deed->keys, confirmed ? "said" : "not said",
                     now.bookmarked, now.read, now.notes, now.reviews);
        reader->kept[i] = now;
    }
    int open = last_article(state, reader);
    if (confirmed && deed->opens)
        assert_int_equal(open, deed->article);
    else if (open != reader->open)
        assert_true(deed->opens && open == deed->article);
    reader->open = open;
    state_close(state);
}

/* -- sessions ------------------------------------------------------------------------------------------------------- */

/* Killed while it begins. */
static void kill_early(struct reader *reader)
{
    static const struct deed nothing = {.article = -1};
    start(reader);
    wait_for(10 * below(reader, MOST_DELAY_US));
    kill_reader(reader);
    pty_free(reader->pty);
    check(reader, &nothing, false);
}

static void kill_late(struct reader *reader)
{
    start(reader);
    expect(reader, "TOPICS");
    if (reader->line[0])
        expect(reader, reader->line);
    clear_screen(reader);
    for (uint32_t steps = below(reader, MOST_STEPS); steps; steps--) {
        struct deed deed = choose(reader);
        complete(reader, &deed);
    }
    struct deed last = choose(reader);
    bool confirmed = attempt(reader, &last);
    pty_free(reader->pty);
    check(reader, &last, confirmed);
}

static void what_was_said_outlives_a_kill(void **state)
{
    struct reader *reader = *state;
    for (long left = number_of("LECTERN_KILLS", USUAL_KILLS); left > 0; left--)
        if (below(reader, 8) == 0)
            kill_early(reader);
        else
            kill_late(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_said_outlives_a_kill, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
