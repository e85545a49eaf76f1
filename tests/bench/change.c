/*
 * A new file, a change of it, and its removal, while the program runs and its search bar is open with a word that only this
 * file has. Nothing is written into a library that somebody else may need: scale leaves a mark beside those it has made.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "lectern/str.h"
#include "parts.h"
#include "pty.h"

enum {
    AGAIN = 200,   /* ms after which the query is typed again, if nothing has come by itself */
    GIVE_UP = 20,  /* s */
    SETTLED = 120, /* s until the program is taken as it is */
    TARGET_SECONDS = 1,
};

/* A folder of the library that files stand in. */
static bool find_folder(const char *library, struct buf *path)
{
    DIR *folder = opendir(library);
    bool found = false;
    for (struct dirent *entry; folder && !found && (entry = readdir(folder));) {
        struct stat about;
        if (entry->d_name[0] == '.')
            continue;
        buf_clear(path);
        buf_printf(path, "%s/%s", library, entry->d_name);
        found = stat(buf_cstr(path), &about) == 0 && S_ISDIR(about.st_mode);
    }
    if (folder)
        closedir(folder);
    return found;
}

static bool write_article(const char *path, const char *title, const char *word)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file,
            "---\nid: bench-change\ntitle: %s\nsubject: Bench\nquestion: %s\nanswer: >-\n"
            "    An article that is there while a change is measured: %s.\n---\n\n&nbsp;\n",
            title, title, word);
    return fclose(file) == 0;
}

static void type(const struct pty *pty, const char *word)
{
    pty_key(pty, "\033", RESULTS_GAP);
    pty_key(pty, "s", RESULTS_GAP);
    pty_key(pty, word, RESULTS_GAP);
}

/* Seconds from `start` until `text` is on the screen, where `word` has been typed; less than 0 if it never is. */
static double shown_after(const struct pty *pty, const char *text, const char *word, double start)
{
    const char again[] = {'\177', word[strlen(word) - 1]};
    while (bench_now() - start < GIVE_UP) {
        if (pty_shows(pty, text, AGAIN))
            return bench_now() - start;
        if (write(pty->fd, again, sizeof again) < 0)
            break;
    }
    return -1;
}

static void change_row(const char *what, double seconds)
{
    if (seconds < 0)
        bench_row_missing(what, "it never came");
    else
        bench_row(what, seconds, "s", "", BELOW(TARGET_SECONDS));
}

static void measure(const struct pty *pty, const char *path)
{
    static const char first[] = "qvorzimel", second[] = "zelmorqvi";
    type(pty, first);
    double start = bench_now();
    if (!write_article(path, "Vuntrelop appears", first)) {
        bench_row_missing("a new file to its hit", strerror(errno));
        return;
    }
    change_row("a new file to its hit", shown_after(pty, "Vuntrelop", first, start));
    type(pty, second);
    start = bench_now();
    if (write_article(path, "Wixendrap appears", second))
        change_row("a changed file to its hit", shown_after(pty, "Wixendrap", second, start));
    start = bench_now();
    if (unlink(path) == 0)
        change_row("a removed file until it is no hit", shown_after(pty, "Nothing found", second, start));
}

void change_rows(const struct bench_setup *setup, const char *folder)
{
    struct buf path = {0}, mark = {0};
    struct pty pty;
    buf_printf(&mark, "%s.made", folder);
    if (access(buf_cstr(&mark), F_OK) != 0 || !find_folder(folder, &path)) {
        bench_row_missing("a change seen in search", "the library is not the bench's own: see make library");
    } else if (pty_start(&pty, setup->program, folder)) {
        buf_add(&path, STR("/zz-a-change-is-measured.md"));
        pty_settle(&pty, SETTLED);
        measure(&pty, buf_cstr(&path));
        unlink(buf_cstr(&path));
        pty_end(&pty);
    }
    buf_free(&mark);
    buf_free(&path);
}
