/* Feeds any lines to a state, and what that holds then to another one, which must hold the same. For libFuzzer. */
#include <stdlib.h>

#include "lectern/state_lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool add_line(void *context, struct str line)
{
    struct buf *out = context;
    require(text_invalid_at(line) == STR_NOT_FOUND);
    buf_add(out, line);
    buf_add_byte(out, '\n');
    return true;
}

/* Lines of the state itself change nothing, or are all taken. */
static void import_lines(struct state *state, struct str lines, bool own)
{
    struct err err;
    struct str line;
    struct state_import *import = state_import_begin(state, &err);
    require(import != NULL);
    while (str_next_line(&lines, &line)) {
        enum state_line taken = state_import_line(import, line, &err);
        require(!own || taken == STATE_LINE_NEW || taken == STATE_LINE_KNOWN);
        require(taken != STATE_LINE_BAD || (err.message[0] && err.column <= line.len + 1));
    }
    require(state_import_end(import, true, &err) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;
    struct buf once = {0}, twice = {0};
    struct state *one = state_open(NULL, &err), *two = state_open(NULL, &err);
    import_lines(one, (struct str){(const char *)data, size}, false);
    require(state_export(one, TEXT_UTF8, add_line, &once, &err) == 0);
    import_lines(two, buf_str(&once), true);
    require(state_export(two, TEXT_UTF8, add_line, &twice, &err) == 0);
    require(str_eq(buf_str(&once), buf_str(&twice)));
    require(state_verify(two, &err) == 0);
    state_close(one);
    state_close(two);
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
