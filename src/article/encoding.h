/*
 * encoding: from the bytes of a file to UTF-8 with LF line ends.
 */
#ifndef ARTICLE_ENCODING_H
#define ARTICLE_ENCODING_H

#include "problems.h"

/*
 * The text of a file: without its byte order mark, from UTF-16 where that says so, from Windows-1252 where UTF-8 makes no
 * sense, with U+FFFD for single bad bytes. Points into `bytes` when nothing had to change. False, with a problem, if the
 * bytes are no text.
 */
bool encoding_decode(struct arena *arena, struct str bytes, struct problems *problems, struct str *text);

#endif
