/* quality [-o] [-v] [-n COUNT] FOLDER: how well search finds what is known to be there, beside FTS5 (-o: without), for COUNT
 * queries of each kind (300); -v tells each one. Quick enough to be run after every change of the ranking. */
#include <unistd.h>

#include "../bench.h"
#include "../quality.h"

static void judge(const char *folder, struct quality quality, bool beside)
{
    struct opened opened;
    double seconds;
    opened_read(&opened, folder);
    quality.opened = &opened;
    if (beside)
        quality.fts = fts_build(NULL, &opened, library_threads(0), &seconds);
    bench_heading("%s: quality", folder);
    quality_known_rows(&quality);
    quality_similar_rows(&quality);
    if (beside)
        fts_close(quality.fts);
    opened_free(&opened);
}

int main(int argc, char **argv)
{
    struct quality quality = {.wanted = 300};
    uint64_t number;
    bool beside = true, wrong = false;
    for (int option; (option = getopt(argc, argv, "on:v")) != -1;) {
        if (option == 'o')
            beside = false;
        else if (option == 'v')
            quality.each = true;
        else if (option == 'n' && str_to_u64(str_from(optarg), &number) && number > 0)
            quality.wanted = number;
        else
            wrong = true;
    }
    if (wrong || optind + 1 != argc)
        bench_fail("usage: quality [-o] [-v] [-n COUNT] FOLDER");
    judge(argv[optind], quality, beside);
    return 0;
}
