/* measure FOLDER PROGRAM BARE: measures lectern on a large library and prints a table. See tests/bench/run. */
#include "../bench.h"
#include "../floors.h"
#include "../library.h"
#include "../screen.h"
#include "lectern/library.h"

int main(int argc, char **argv)
{
    if (argc != 4)
        bench_fail("usage: measure FOLDER PROGRAM BARE");
    const char *folder = argv[1];
    unsigned threads = library_threads(0);
    struct bench_files files = {0};
    files_list(folder, &files);
    bench_heading("%s: %zu files, %.1f MB, %u threads", folder, files.count, files.bytes / 1e6, threads);

    /* First, while this process is small and forks quickly. */
    screen_rows(argv[2], argv[3], folder, files.bytes);

    bench_row("floor: read all files", floor_read(&files, threads), "s", "", NO_TARGET);
    library_rows(folder, &files, threads);
    files_free(&files);
    return 0;
}
