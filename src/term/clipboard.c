#include "clipboard.h"

#include <stdint.h>

/* Three bytes are four letters; of one or two bytes that are left the missing ones are zero, and letters without a bit of the
 * text are '='. */
static void add_letters(struct buf *out, struct str bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; i++)
        bits = bits << 8 | (i < bytes.len ? (unsigned char)bytes.at[i] : 0);
    for (size_t i = 0; i < 4; i++)
        buf_add_byte(out, i <= bytes.len ? letters[bits >> (18 - 6 * i) & 0x3f] : '=');
}

void clipboard_sequence(struct buf *out, struct str text)
{
    buf_add(out, STR("\033]52;c;"));
    for (size_t i = 0; i < text.len; i += 3)
        add_letters(out, str_slice(text, i, i + 3 < text.len ? i + 3 : text.len));
    buf_add(out, STR("\033\\"));
}
