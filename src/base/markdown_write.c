#include "lectern/markdown_write.h"

#include "lectern/text.h"

void markdown_add_text(struct buf *out, struct str text)
{
    struct arena arena = {0};
    struct str safe = text_safe(&arena, text, TEXT_UTF8, false);
    for (size_t i = 0; i < safe.len; i++) {
        if (str_find_byte(STR("\\`*_[]<>#|&"), safe.at[i]) != STR_NOT_FOUND)
            buf_add_byte(out, '\\');
        buf_add_byte(out, safe.at[i]);
    }
    arena_free(&arena);
}

static bool stands_in_address(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           str_find_byte(STR("/.-_~"), byte) != STR_NOT_FOUND;
}

void markdown_add_address(struct buf *out, struct str path)
{
    for (size_t i = 0; i < path.len; i++)
        if (stands_in_address(path.at[i]))
            buf_add_byte(out, path.at[i]);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)path.at[i]);
}
