/*
 * text: UTF-8 from strangers, made safe and measured. Wraps utf8proc.
 *
 * This is the one gate between the bytes of an article (or a file name, or an error message) and the screen.
 * text_next() turns bytes into glyphs: what may be shown, with its width in cells. C0 and C1 controls, DEL,
 * invalid UTF-8, bidirectional controls, line and paragraph separators, non-characters, surrogates and tag
 * characters each become a visible, harmless glyph; none vanishes. Combining marks join their base, at most
 * BOUND_MARKS of them. Variation selectors, and joiners between emoji, are left out of what is shown, because
 * terminals disagree about the width of what they make; each emoji of a joined sequence is a glyph by itself, without
 * its skin tone, and a flag is its two letters. Other zero width characters count to the glyph beside them, a few at
 * most: a longer run is shown.
 * In TEXT_ASCII nothing above 0x7e is shown: letters lose their marks, dashes, quotes, arrows and box lines
 * get their ASCII likeness, the rest a `?`. All functions accept any bytes.
 */
#ifndef LECTERN_TEXT_H
#define LECTERN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"

enum text_charset { TEXT_UTF8, TEXT_ASCII };

/* A base of 4 bytes and BOUND_MARKS marks of 4. */
#define TEXT_GLYPH_BYTES 132

struct text_glyph {
    struct str source;            /* the bytes of the text that it stands for */
    uint8_t width;                /* cells: 1 or 2; in TEXT_ASCII the number of bytes, which may be 1 to 3 */
    bool replaced;                /* stands for something that must not be shown as it is */
    uint8_t len;                  /* bytes used in `bytes` */
    char bytes[TEXT_GLYPH_BYTES]; /* what to show: printable UTF-8, not NUL-terminated */
};

/* Takes the next glyph off `*rest`. False at the end. A soft hyphen is a glyph of its own (shown as `-`): layout
 * decides whether it is wanted. Tab and line feed are controls here: layout deals with them before. */
bool text_next(struct str *rest, enum text_charset charset, struct text_glyph *glyph);

/* Cells that all of `s` takes. */
size_t text_width(struct str s, enum text_charset charset);

/* The longest beginning of `s` that fits into `cells`; `*used` (may be NULL) gets its width. */
struct str text_fit(struct str s, enum text_charset charset, size_t cells, size_t *used);

/* `s` if it fits into `cells`, else a beginning of it with an ellipsis, in the arena. Line breaks and runs of
 * white space become one space. */
struct str text_elide(struct arena *arena, struct str s, enum text_charset charset, size_t cells);

/* `s` as safe text: every glyph as text_next() shows it. `keep_lines` lets tab and LF through. For standard output
 * and standard error. */
struct str text_safe(struct arena *arena, struct str s, enum text_charset charset, bool keep_lines);

/* Appends text as it may be given to other programs: as it is, but for what must not reach a terminal, which becomes U+FFFD.
 * Tab and LF stay. */
void text_clean(struct buf *out, struct str s);

/* Decodes one code point; an invalid byte gives 0xFFFD and consumes 1. At the end returns 0 bytes. */
size_t text_decode(struct str s, uint32_t *code_point);

/* Appends the UTF-8 of a code point; what is no scalar value becomes U+FFFD. */
void text_encode(struct buf *out, uint32_t code_point);

/* Bytes of ASCII that `s` begins with. */
size_t text_ascii(struct str s);

/* Offset of the first byte that is not valid UTF-8, or STR_NOT_FOUND. */
size_t text_invalid_at(struct str s);

/* The text as valid UTF-8: every invalid byte becomes U+FFFD. Returns `s` itself when nothing has to change. */
struct str text_repair(struct arena *arena, struct str s);

/*
 * Takes the next word off `*rest`: a run of letters, marks and digits, where an apostrophe between letters
 * belongs to the word; each Han, kana or Hangul-free ideograph is a word of its own. One or two letters keep a `++` or `#`
 * that ends their name: C++, F#. `*word` is a part of the text.
 * The words of an index, of a query and of a snippet are these.
 */
bool text_next_word(struct str *rest, struct str *word);

/* Appends the form of a word that is compared: case folded, compatibility decomposed, without marks, without
 * the apostrophes between letters and a possessive `'s`. Marks are accents and points; signs that spell another
 * syllable (Indic vowels, kana voicing) stay. Also for any other text (white space and punctuation stay): its words
 * are the folded words. */
void text_fold(struct buf *out, struct str s);

/* Both at once: takes the next word off `*rest` and appends its folded form. Several times as fast. */
bool text_next_folded(struct str *rest, struct str *word, struct buf *folded);

#endif
