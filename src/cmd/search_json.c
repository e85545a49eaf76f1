#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "lectern/json.h"
#include "search_output.h"

#define SNIPPET_CELLS 200

/* printf() would write the decimal sign of the locale. */
static void add_score(struct buf *out, float score)
{
    double rounded = round(fabs((double)score) * 1e4);
    uint64_t parts = rounded < 1e15 ? (uint64_t)rounded : 0;
    buf_printf(out, "\"score\":%s%" PRIu64 ".%04" PRIu64, score < 0 && parts ? "-" : "", parts / 10000,
               parts % 10000);
}

static void add_hit(struct buf *out, const struct search_found *found, float score, enum text_charset charset)
{
    buf_add_byte(out, '{');
    json_add_string(out, "id", found->id, charset);
    buf_add_byte(out, ',');
    json_add_string(out, "title", found->title, charset);
    buf_add_byte(out, ',');
    json_add_string(out, "subject", found->subject, charset);
    buf_add_byte(out, ',');
    json_add_string(out, "path", found->path, charset);
    buf_add_byte(out, ',');
    add_score(out, score);
    if (found->field)
        buf_printf(out, ",\"field\":\"%s\",", found->field);
    else
        buf_printf(out, ",\"field\":null,");
    json_add_string(out, "snippet", found->snippet, charset);
    buf_printf(out, "}\n");
}

void search_print_json(const struct search_output *output)
{
    struct buf line = {0};
    struct arena arena = {0};
    for (size_t i = 0; i < output->results->count; i++) {
        const struct search_hit *hit = &output->results->hits[i];
        struct search_found found = search_describe(output, hit, SNIPPET_CELLS, &arena);
        buf_clear(&line);
        add_hit(&line, &found, hit->score, output->charset);
        fwrite(line.at, 1, line.len, stdout);
        arena_reset(&arena);
    }
    arena_free(&arena);
    buf_free(&line);
}
