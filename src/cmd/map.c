/* lectern map: a picture of the questions around an article. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "lectern/question_map.h"
#include "lectern/state.h"
#include "lectern/term.h"

/* Where there is no terminal. With so many rows all but large pictures have frames. */
#define USUAL_COLUMNS 100
#define USUAL_ROWS    40

enum format { FORMAT_TEXT, FORMAT_DOT, FORMAT_SVG, FORMATS };

struct wishes {
    enum format format;
    bool whole;
    const char *name;
};

static bool take_format(enum format *format, const char *name)
{
    static const char *const names[FORMATS] = {"text", "dot", "svg"};
    for (*format = FORMAT_TEXT; *format < FORMATS; (*format)++)
        if (strcmp(name, names[*format]) == 0)
            return true;
    return false;
}

static void print(const struct map *map, enum format format, const struct cmd_context *context)
{
    struct buf out = {0};
    struct map_room room = {.rows = USUAL_ROWS, .columns = context->width, .charset = context->charset};
    if (!room.columns)
        room.columns = term_pen_columns();
    if (!room.columns)
        room.columns = USUAL_COLUMNS;
    if (format == FORMAT_TEXT)
        map_write_text(map, &room, &out);
    else if (format == FORMAT_DOT)
        map_write_dot(map, &out);
    else
        map_write_svg(map, &out);
    fwrite(out.at, 1, out.len, stdout);
    buf_free(&out);
}

struct reader {
    struct state *state; /* NULL: nothing was ever kept */
    const struct cmd_opened *opened;
};

/* What the reader has kept, without making anything. */
static struct state *open_kept(void)
{
    struct buf folder = {0};
    struct err err;
    struct state *state = NULL;
    if (state_folder(&folder, getenv("XDG_DATA_HOME"), getenv("HOME"), &err) == 0 &&
        access(buf_cstr(&folder), F_OK) == 0)
        state = state_open(buf_cstr(&folder), &err);
    buf_free(&folder);
    return state;
}

static bool is_read(void *context, uint32_t article)
{
    const struct reader *reader = context;
    const struct catalogue *catalogue = reader->opened->parts.catalogue;
    struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, article, 0));
    struct state_key wanted = {.id = catalogue_id(catalogue, article),
                               .root = library_real_root(reader->opened->library, file.root),
                               .path = file.path};
    struct state_reading reading;
    int64_t known = reader->state ? state_find(reader->state, &wanted) : 0;
    return known && state_reading(reader->state, known, &reading) && reading.read;
}

static int draw(const struct wishes *wishes, const struct cmd_context *context)
{
    struct err err;
    struct arena arena = {0};
    struct cmd_opened opened;
    struct question_map made;
    struct reader reader = {.opened = &opened};
    struct question_map_wishes map_wishes = {.whole = wishes->whole, .is_read = is_read, .context = &reader};
    if (cmd_open_article(context, wishes->name, &opened, &map_wishes.centre, &err) != 0)
        return cmd_fail(&err, context->charset);
    reader.state = open_kept();
    if (question_map_make(opened.parts.catalogue, &map_wishes, &arena, &made))
        print(&made.map, wishes->format, context);
    if (made.cut) {
        err_set(&err, ERR_LIMIT, "map: the %d nearest questions are shown; there are more",
                QUESTION_MAP_NODES);
        cmd_tell(&err, context->charset);
    }
    arena_free(&arena);
    state_close(reader.state);
    cmd_close(&opened);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    err_set(&err, ERR_SYSTEM, "map: the picture could not be written whole");
    return cmd_fail(&err, context->charset);
}

int cmd_map(const struct cmd_call *call, const struct cmd_context *context)
{
    struct wishes wishes = {
        .format = FORMAT_TEXT, .whole = cmd_given(call, CMD_MAP_SET), .name = call->words[0]};
    const char *format = call->values[CMD_MAP_FORMAT];
    if (format && !take_format(&wishes.format, format))
        return cmd_misused(call, context, "--format takes text, dot or svg");
    return draw(&wishes, context);
}
