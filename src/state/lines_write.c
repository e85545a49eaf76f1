/* The state as lines of JSON. */
#include <inttypes.h>
#include <math.h>

#include "lectern/json.h"
#include "lines.h"
#include "state_inside.h"

struct writer {
    enum text_charset charset;
    bool (*take)(void *context, struct str line);
    void *context;
    bool more;
    struct buf line;
};

/* printf() would write the decimal sign of the locale. Zeros at the end are left out. */
static void add_real(struct buf *out, double real)
{
    double rounded = round(real * 1e9);
    uint64_t parts = rounded > 0 && rounded < 0x1p63 ? (uint64_t)rounded : 0, rest = parts % 1000000000;
    int digits = 9;
    buf_printf(out, "%" PRIu64, parts / 1000000000);
    while (digits > 0 && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    if (digits)
        buf_printf(out, ".%0*" PRIu64, digits, rest);
}

static void add_letter(struct buf *out, const char *name, int64_t letter, enum text_charset charset)
{
    struct buf text = {0};
    text_encode(&text, (uint32_t)letter);
    json_add_exact(out, name, buf_str(&text), charset);
    buf_free(&text);
}

static void add_value(struct writer *writer, const struct lines_member *member,
                      const struct sql_statement *row, int column)
{
    struct buf *out = &writer->line;
    struct str text = sql_text(row, column);
    int64_t number = sql_number(row, column);
    if (member->type == LINES_TEXT ? !text.len : number == 0 && sql_real(row, column) <= 0)
        return;
    buf_add_byte(out, ',');
    switch (member->type) {
    case LINES_TEXT: json_add_exact(out, member->name, text, writer->charset); break;
    case LINES_LETTER: add_letter(out, member->name, number, writer->charset); break;
    case LINES_FLAG: buf_printf(out, "\"%s\":true", member->name); break;
    case LINES_BITS: buf_printf(out, "\"%s\":\"%016" PRIx64 "\"", member->name, (uint64_t)number); break;
    case LINES_NUMBER:
    case LINES_TIME: buf_printf(out, "\"%s\":%" PRId64, member->name, number); break;
    case LINES_REAL:
        buf_printf(out, "\"%s\":", member->name);
        add_real(out, sql_real(row, column));
        break;
    }
}

static void hand_out(struct writer *writer)
{
    buf_add_byte(&writer->line, '}');
    writer->more = writer->take(writer->context, buf_str(&writer->line));
    buf_clear(&writer->line);
}

static int write_kind(struct writer *writer, struct state *state, const struct lines_kind *kind,
                      struct err *err)
{
    struct sql_statement *row = sql_statement(state->sql, kind->select);
    size_t count = lines_member_count(kind);
    while (writer->more && sql_row(row)) {
        int column = 0;
        buf_printf(&writer->line, "{\"kind\":\"%s\"", kind->name);
        for (size_t i = 0; kind->article && i < LINES_KEY_MEMBERS; i++)
            add_value(writer, &lines_key_members[i], row, column++);
        for (size_t i = 0; i < count; i++)
            add_value(writer, &kind->members[i], row, column++);
        hand_out(writer);
    }
    return sql_finish(row, err);
}

int state_export(struct state *state, enum text_charset charset, bool (*take)(void *context, struct str line),
                 void *context, struct err *err)
{
    struct writer writer = {.charset = charset, .take = take, .context = context, .more = true};
    if (sql_begin_reading(state->sql, err) != 0)
        return -1;
    int status = 0;
    buf_printf(&writer.line, "{\"kind\":\"lectern\",\"format\":%d", STATE_LINES_FORMAT);
    hand_out(&writer);
    for (size_t i = 0; status == 0 && i < lines_kind_count; i++)
        status = write_kind(&writer, state, &lines_kinds[i], err);
    buf_free(&writer.line);
    return sql_end(state->sql, status, err);
}
