/*
 * What counts is what the process has for itself: its dirty pages and its own clean ones, but for the pages of the index, which are
 * the system's cache of a file that may be dropped at any time; they are told beside.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "lectern/str.h"
#include "parts.h"
#include "pty.h"

enum { SETTLED = 120 }; /* s until the program is taken as it is */

struct memory {
    double own, index; /* bytes */
};

static bool begins(const char *line, const char *key, double *kilobytes)
{
    size_t len = strlen(key);
    if (strncmp(line, key, len) != 0)
        return false;
    *kilobytes = strtod(line + len, NULL);
    return true;
}

/* The first line of a mapping is its addresses and, at its end, the file. */
static bool begins_mapping(const char *line)
{
    size_t len = strspn(line, "0123456789abcdef");
    return len > 0 && line[len] == '-';
}

static bool read_memory(pid_t pid, struct memory *memory)
{
    char path[64], line[4096];
    bool index = false;
    double kilobytes;
    *memory = (struct memory){0};
    snprintf(path, sizeof path, "/proc/%ld/smaps", (long)pid);
    FILE *maps = fopen(path, "r");
    if (!maps)
        return false;
    while (fgets(line, sizeof line, maps)) {
        struct str text = str_trim(str_from(line));
        if (begins_mapping(line))
            index = str_ends(text, STR(".index")) || str_ends(text, STR(".delta"));
        else if (begins(line, "Rss:", &kilobytes) && index)
            memory->index += kilobytes * 1024;
        else if (!index &&
                 (begins(line, "Private_Clean:", &kilobytes) || begins(line, "Private_Dirty:", &kilobytes)))
            memory->own += kilobytes * 1024;
    }
    fclose(maps);
    return true;
}

void memory_rows(const struct bench_setup *setup, const char *folder)
{
    static const char *const queries[] = {"s", "st", "str", "the role of", "what is", "analysis"};
    struct pty pty;
    struct memory memory;
    if (!pty_start(&pty, setup->program, folder)) {
        bench_row_missing("memory of its own while reading", "the program was not started");
        return;
    }
    pty_settle(&pty, SETTLED);
    for (int i = 0; i < 20; i++)
        pty_key(&pty, i % 2 ? "\r" : "j", FRAME_GAP);
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        pty_key(&pty, "s", RESULTS_GAP);
        pty_key(&pty, queries[q], RESULTS_GAP);
        pty_quiet(&pty, RESULTS_GAP, REST_GAP);
        pty_key(&pty, "\r", RESULTS_GAP);
    }
    if (read_memory(pty.pid, &memory)) {
        char beside[64];
        snprintf(beside, sizeof beside, "and %.3g MB of the index mapped in", memory.index / 1e6);
        bench_row("memory of its own while reading", memory.own / 1e6, "MB", beside, BELOW(64));
    } else {
        bench_row_missing("memory of its own while reading", "this system does not tell it");
    }
    pty_end(&pty);
}
