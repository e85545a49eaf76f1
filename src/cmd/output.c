#include <unistd.h>

#include "cmd.h"
#include "lectern/arena.h"

static bool is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

static void write_escaped(FILE *stream, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] == '\n')
            fputs("\\n", stream);
        else if (bytes.at[i] == '\t')
            fputs("\\t", stream);
        else
            fprintf(stream, "\\x%02X", (unsigned)(unsigned char)bytes.at[i]);
    }
}

static void write_plain(FILE *stream, struct str text, bool field)
{
    while (text.len) {
        uint32_t code_point;
        size_t len = text_decode(text, &code_point);
        struct str bytes = str_slice(text, 0, len);
        bool invalid = code_point == 0xfffd && len == 1;
        if (invalid || is_control(code_point))
            write_escaped(stream, bytes);
        else if (field && code_point == '\\')
            fputs("\\\\", stream);
        else
            fwrite(bytes.at, 1, bytes.len, stream);
        text = str_slice(text, len, text.len);
    }
}

void cmd_write(FILE *stream, struct str text, enum text_charset charset)
{
    if (!isatty(fileno(stream))) {
        write_plain(stream, text, false);
        return;
    }
    struct arena arena = {0};
    struct str safe = text_safe(&arena, text, charset, false);
    fwrite(safe.at, 1, safe.len, stream);
    arena_free(&arena);
}

void cmd_write_field(FILE *stream, struct str text)
{
    write_plain(stream, text, true);
}
