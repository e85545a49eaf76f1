#include "words.h"

size_t words_cut(struct buf *text, char *words[WORDS_MOST])
{
    size_t count = 0;
    buf_cstr(text);
    char *at = text->at, *end = at + text->len;
    while (at < end && count < WORDS_MOST) {
        while (at < end && *at == ' ')
            *at++ = '\0';
        if (at < end)
            words[count++] = at;
        while (at < end && *at != ' ')
            at++;
    }
    if (at < end)
        *at = '\0';
    return count;
}
