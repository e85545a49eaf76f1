/* measure PART FOLDER PROGRAM BARE DATABASE: measures one part of the table on a library. See tests/bench/run. */
#include <string.h>

#include "../bench.h"
#include "../parts.h"

static const struct {
    const char *name, *heading;
    void (*rows)(const struct bench_setup *setup, const char *folder);
} parts[] = {
    {"build", "building", build_rows},          {"library", "steps of it", library_rows},
    {"first", "opening", first_rows},           {"screen", "keys", screen_rows},
    {"ranked", "searching", ranked_rows},       {"patterns", "patterns", pattern_rows},
    {"layout", "setting", layout_rows},         {"memory", "memory", memory_rows},
    {"change", "changes", change_rows},         {"links", "links", link_rows},
    {"own", "with a million visits", own_rows},
};

int main(int argc, char **argv)
{
    if (argc != 6)
        bench_fail("usage: measure PART FOLDER PROGRAM BARE DATABASE");
    struct bench_setup setup = {.program = argv[3], .bare = argv[4], .database = argv[5]};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].name, argv[1]) == 0) {
            bench_heading("%s: %s", argv[2], parts[i].heading);
            parts[i].rows(&setup, argv[2]);
            return 0;
        }
    bench_fail("no part is called %s", argv[1]);
}
