#include "kept.h"

#include <stdio.h>

#include "bench.h"
#include "lectern/str.h"

bool kept_or_keep(const struct bench_setup *setup, const char *name, void *bytes, size_t size)
{
    struct buf path = {0};
    buf_printf(&path, "%s.%s", setup->database, name);
    FILE *file = fopen(buf_cstr(&path), "r");
    bool kept = file && fread(bytes, size, 1, file) == 1;
    if (file)
        fclose(file);
    if (!kept) {
        file = fopen(buf_cstr(&path), "w");
        if (!file || fwrite(bytes, size, 1, file) != 1 || fclose(file) != 0)
            bench_fail("%s cannot be written", buf_cstr(&path));
    }
    buf_free(&path);
    return kept;
}
