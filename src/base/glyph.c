#include "lectern/text.h"

#include <string.h>

#include <utf8proc.h>

#include "ascii.h"
#include "lectern/bounds.h"

/* Invisible characters that one glyph may carry unseen: a variation selector, a joiner and a little more. A longer
 * run is no writing but something hidden, and is shown. */
#define JOINERS_MAX 4u

#define DOTTED_CIRCLE "\xE2\x97\x8C" /* what a mark without a base stands on */

enum shape {
    SHAPE_PLAIN,    /* shown as it is */
    SHAPE_MARK,     /* joins the glyph before it */
    SHAPE_JOINER,   /* invisible, joins a neighbour: joiners, variation selectors, zero width spaces */
    SHAPE_HYPHEN,   /* soft hyphen */
    SHAPE_REGIONAL, /* half a flag: terminals disagree about the width of the pair, so its letter is shown */
    SHAPE_UNSAFE,   /* must not be shown */
};

struct character {
    uint32_t code_point;
    uint8_t len; /* bytes in the text; 0 at its end */
    uint8_t width;
    uint8_t shape;
};

static bool between(uint32_t value, uint32_t low, uint32_t high)
{
    return value >= low && value <= high;
}

static bool is_joiner(uint32_t c)
{
    return between(c, 0x200B, 0x200D) || between(c, 0x2060, 0x2064) || between(c, 0xFE00, 0xFE0F) ||
           between(c, 0xE0100, 0xE01EF) || between(c, 0x180B, 0x180F) || c == 0xFEFF || c == 0x034F;
}

/* Vowels and finals of Hangul that is spelt out: terminals put them onto the leading consonant. */
static bool is_jamo_tail(uint32_t c)
{
    return between(c, 0x1160, 0x11FF) || between(c, 0xD7B0, 0xD7FB);
}

/* Number signs that stand before digits: format characters by name, but with a form and a cell of their own. */
static bool is_number_sign(uint32_t c)
{
    return between(c, 0x0600, 0x0605) || c == 0x06DD || between(c, 0x0890, 0x0891) || c == 0x08E2 ||
           c == 0x110BD || c == 0x110CD;
}

static bool is_skin_tone(uint32_t c)
{
    return between(c, 0x1F3FB, 0x1F3FF);
}

/* Ambiguous in older versions of Unicode; C libraries give them two cells. */
static bool is_wide_symbol(uint32_t c)
{
    return between(c, 0x4DC0, 0x4DFF) || between(c, 0x3248, 0x324F);
}

static enum shape shape_of(uint32_t c)
{
    if (is_joiner(c))
        return SHAPE_JOINER;
    if (is_jamo_tail(c))
        return SHAPE_MARK;
    if (c == 0xAD)
        return SHAPE_HYPHEN;
    if (between(c, 0x1F1E6, 0x1F1FF))
        return SHAPE_REGIONAL;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME: return SHAPE_MARK;
    case UTF8PROC_CATEGORY_CF: return is_number_sign(c) ? SHAPE_PLAIN : SHAPE_UNSAFE;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return SHAPE_UNSAFE;
    default: return SHAPE_PLAIN;
    }
}

static struct character look(struct str s, size_t at)
{
    struct character character = {0};
    struct str left = {s.at + at, s.len - at};
    character.len = (uint8_t)text_decode(left, &character.code_point);
    uint32_t c = character.code_point;
    character.width = 1;
    if (character.len == 1) {
        character.shape = between(c, 0x20, 0x7E) ? SHAPE_PLAIN : SHAPE_UNSAFE;
    } else if (character.len > 1 && !between(c, 0xAE, 0x02FF)) {
        character.shape = (uint8_t)shape_of(c);
        if (utf8proc_charwidth((utf8proc_int32_t)c) == 2 || is_wide_symbol(c))
            character.width = 2;
    }
    return character;
}

static void put(struct text_glyph *glyph, struct str bytes)
{
    memcpy(glyph->bytes + glyph->len, bytes.at, bytes.len);
    glyph->len = (uint8_t)(glyph->len + bytes.len);
}

static void put_ascii(struct text_glyph *glyph, struct str ascii)
{
    put(glyph, ascii);
    glyph->width = glyph->len;
}

/* What is shown instead: of a C0 control and DEL its Unicode picture, of anything else the replacement character. */
static void put_replacement(struct text_glyph *glyph, enum text_charset charset, uint32_t c)
{
    glyph->replaced = true;
    glyph->width = 1;
    if (charset == TEXT_ASCII) {
        put(glyph, STR("?"));
    } else if (c < 0x20 || c == 0x7F) {
        char picture[3] = {'\xE2', '\x90', (char)(c == 0x7F ? 0xA1 : 0x80 + c)};
        put(glyph, (struct str){picture, sizeof picture});
    } else {
        put(glyph, STR("\xEF\xBF\xBD"));
    }
}

/* An ASCII spelling of up to three characters from Unicode's own decomposition; 0 if there is none. */
static size_t spell(uint32_t c, char spelling[3])
{
    utf8proc_int32_t parts[18]; /* the longest decomposition that Unicode has */
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, 18, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, NULL);
    if (count < 1 || count > 18)
        return 0;
    size_t len = 0;
    utf8proc_propval_t type = utf8proc_get_property((utf8proc_int32_t)c)->decomp_type;
    if (type == UTF8PROC_DECOMP_TYPE_SUPER || type == UTF8PROC_DECOMP_TYPE_SUB)
        spelling[len++] = type == UTF8PROC_DECOMP_TYPE_SUB ? '_' : '^';
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint32_t part = (uint32_t)parts[i];
        const char *likeness = part < 0x80 ? NULL : ascii_likeness(part);
        if (likeness && !likeness[1])
            part = (unsigned char)likeness[0];
        if (len == 3 || !between(part, 0x20, 0x7E))
            return 0;
        spelling[len++] = (char)part;
    }
    return len;
}

static void put_likeness(struct text_glyph *glyph, uint32_t c)
{
    const char *likeness = ascii_likeness(c);
    char spelling[3];
    size_t len = 0;
    if (likeness)
        put_ascii(glyph, str_from(likeness));
    else if ((len = spell(c, spelling)) > 0)
        put_ascii(glyph, (struct str){spelling, len});
    else
        put_replacement(glyph, TEXT_ASCII, c);
}

/* Shows the character at `at`; returns whether marks may follow on it. */
static bool put_base(struct text_glyph *glyph, enum text_charset charset, struct str text, size_t at,
                     struct character base)
{
    if (base.shape == SHAPE_UNSAFE) {
        put_replacement(glyph, charset, base.code_point);
        return false;
    }
    if (base.shape == SHAPE_REGIONAL) {
        char letter = (char)('A' + (base.code_point - 0x1F1E6));
        put_ascii(glyph, (struct str){&letter, 1});
        glyph->replaced = true;
        return false;
    }
    if (base.shape == SHAPE_HYPHEN) {
        put_ascii(glyph, STR("-"));
        return false;
    }
    glyph->width = base.width;
    if (charset == TEXT_ASCII && base.len > 1)
        put_likeness(glyph, base.code_point);
    else
        put(glyph, (struct str){text.at + at, base.len});
    return true;
}

/* Joiners matter to the form of letters of some scripts; between emoji and elsewhere they are left out. */
static bool joiner_is_shown(struct character base, uint32_t joiner)
{
    return between(joiner, 0x200C, 0x200D) && between(base.code_point, 0x0600, 0x1FFF);
}

static bool joins_unseen(struct character base, struct character next)
{
    if (next.shape == SHAPE_JOINER)
        return true;
    return is_skin_tone(next.code_point) &&
           utf8proc_get_property((utf8proc_int32_t)base.code_point)->boundclass ==
               UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* Joins the marks and joiners from `at` on to the base; returns the offset behind them. */
static size_t put_marks(struct text_glyph *glyph, enum text_charset charset, struct str text, size_t at,
                        struct character base)
{
    unsigned marks = 0, joiners = 0;
    while (at < text.len && (unsigned char)text.at[at] >= 0x80) {
        struct character next = look(text, at);
        bool unseen = joins_unseen(base, next);
        bool shown = next.shape == SHAPE_MARK || (unseen && joiner_is_shown(base, next.code_point));
        if ((!shown && !unseen) || (shown && marks == BOUND_MARKS) || (unseen && joiners == JOINERS_MAX))
            break;
        if (shown && charset == TEXT_UTF8)
            put(glyph, (struct str){text.at + at, next.len});
        marks += shown;
        joiners += unseen;
        at += next.len;
    }
    return at;
}

/*
 * A run of marks and joiners at the beginning of the text, or left over from a base that had its fill. Joiners alone
 * wait for the next glyph (returns their end); anything else is one glyph.
 */
static size_t put_lone_run(struct text_glyph *glyph, enum text_charset charset, struct str text)
{
    size_t at = 0, marks = 0, joiners = 0;
    while (at < text.len && (unsigned char)text.at[at] >= 0x80) {
        struct character next = look(text, at);
        if (next.shape != SHAPE_MARK && next.shape != SHAPE_JOINER)
            break;
        at += next.len;
        if (next.shape == SHAPE_MARK)
            marks++;
        else
            joiners++;
    }
    if (marks == 0 && joiners <= JOINERS_MAX && at < text.len)
        return at;
    if (charset == TEXT_ASCII || marks == 0 || marks > BOUND_MARKS || joiners > 0) {
        put_replacement(glyph, charset, 0xFFFD);
        return at;
    }
    put(glyph, STR(DOTTED_CIRCLE));
    put(glyph, (struct str){text.at, at});
    glyph->replaced = true;
    glyph->width = 1;
    return at;
}

static void next_beyond_ascii(struct str *rest, enum text_charset charset, struct text_glyph *glyph)
{
    size_t at = put_lone_run(glyph, charset, *rest);
    if (glyph->len == 0) {
        struct character base = look(*rest, at);
        bool takes_marks = put_base(glyph, charset, *rest, at, base);
        at += base.len;
        if (takes_marks && base.code_point != ' ') /* lines break at spaces: what follows one stands alone */
            at = put_marks(glyph, charset, *rest, at, base);
    }
    glyph->source = (struct str){rest->at, at};
    *rest = (struct str){rest->at + at, rest->len - at};
}

bool text_next(struct str *rest, enum text_charset charset, struct text_glyph *glyph)
{
    if (rest->len == 0)
        return false;
    unsigned char first = (unsigned char)rest->at[0];
    glyph->replaced = false;
    if (first >= 0x20 && first <= 0x7E && (rest->len == 1 || (unsigned char)rest->at[1] < 0x80)) {
        glyph->source = (struct str){rest->at, 1};
        glyph->width = 1;
        glyph->len = 1;
        glyph->bytes[0] = (char)first;
        rest->at++;
        rest->len--;
        return true;
    }
    glyph->len = 0;
    next_beyond_ascii(rest, charset, glyph);
    return true;
}

void text_clean(struct buf *out, struct str s)
{
    for (size_t at = 0; at < s.len;) {
        struct character character = look(s, at);
        bool harmless = character.shape != SHAPE_UNSAFE || s.at[at] == '\n' || s.at[at] == '\t';
        if (harmless)
            buf_add(out, (struct str){s.at + at, character.len});
        else
            text_encode(out, 0xFFFD);
        at += character.len;
    }
}
