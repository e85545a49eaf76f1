#include "flow.h"

#include <string.h>

#include "lectern/mem.h"

#define TAB_CELLS 4

/* Words of which the lines are chosen together: a longer paragraph is broken piece by piece. */
#define MOST_WAITING 1000

static const struct str spaces = {"                                                                ", 64};

void flow_begin(struct flow *flow, struct page *page)
{
    *flow = (struct flow){.page = page, .room = page->flow_room, .first_line = page->line_count};
    page->flow_room = (struct flow_room){0};
}

void flow_set_off(struct flow *flow, bool wanted)
{
    if ((wanted || flow->set_off) && flow->page->line_count > flow->first_line)
        page_blank_line(flow->page);
    flow->set_off = false;
}

static void open_line(struct flow *flow)
{
    if (!flow->open) {
        flow_set_off(flow, false);
        page_open_line(flow->page);
    }
    flow->open = true;
}

static void close_line(struct flow *flow)
{
    if (flow->open) {
        struct layout_line *line = page_close_line(flow->page);
        line->continues = flow->continues;
        line->glued = flow->continues && flow->glued;
    }
    flow->continues = true;
    flow->glued = flow->space.width == 0;
    flow->open = flow->filled = flow->fresh = false;
    flow->space.width = 0;
}

static struct layout_span span_of(const struct flow_piece *piece)
{
    return (struct layout_span){.text = piece->text,
                                .width = piece->width,
                                .style = piece->style,
                                .link = piece->link,
                                .formula = piece->formula};
}

static void put(struct flow *flow, const struct flow_piece *piece)
{
    page_put(flow->page, span_of(piece));
    flow->filled = true;
}

static size_t room_left(const struct flow *flow)
{
    size_t column = flow->page->column;
    return flow->page->width > column ? flow->page->width - column : 0;
}

static void put_space(struct flow *flow)
{
    if (flow->space.width && (flow->filled || flow->fresh))
        put(flow, &flow->space);
    flow->space.width = 0;
}

/* Puts as much of the word as ends in a soft hyphen and fits. False if nothing does. */
static bool put_hyphenated(struct flow *flow)
{
    size_t left = room_left(flow), used = (flow->filled ? flow->space.width : 0) + 1, end = 0;
    size_t width = 0;
    for (size_t i = flow->word_first; i < flow->word_end && used <= left; i++) {
        used += flow->room.pieces[i].width;
        if (flow->room.pieces[i].hyphen && used <= left) {
            end = i + 1;
            width = used - 1 - (flow->filled ? flow->space.width : 0);
        }
    }
    if (end == 0)
        return false;
    put_space(flow);
    for (; flow->word_first < end; flow->word_first++)
        put(flow, &flow->room.pieces[flow->word_first]);
    struct layout_span hyphen = span_of(&flow->room.pieces[end - 1]);
    hyphen.text = flow->page->glyphs->hyphen;
    hyphen.width = 1;
    hyphen.added = true;
    page_put(flow->page, hyphen);
    flow->word_width -= width;
    return true;
}

/* As much of the beginning of an address as a line holds ends behind one of its parts, if that fills half of it. */
static struct str end_at_part(struct str fitting)
{
    size_t end = fitting.len;
    while (end > fitting.len / 2 && !strchr("/-_.?&=#,;", fitting.at[end - 1]))
        end--;
    return end > fitting.len / 2 ? str_slice(fitting, 0, end) : fitting;
}

/* Breaks a piece between graphemes. One that is wider than a line is shown as a stand-in. */
static void put_broken(struct flow *flow, struct flow_piece piece)
{
    enum text_charset charset = flow->page->charset;
    while (piece.text.len) {
        size_t used;
        struct str part = text_fit(piece.text, charset, room_left(flow), &used);
        struct flow_piece fitting = piece;
        if (part.len > 1 && part.len < piece.text.len) {
            part = end_at_part(part);
            used = text_width(part, charset);
        }
        fitting.text = part;
        fitting.width = (uint32_t)used;
        if (part.len == 0 && !flow->filled) {
            struct text_glyph glyph;
            struct str rest = piece.text;
            text_next(&rest, charset, &glyph);
            part = glyph.source;
            fitting.text = flow->page->glyphs->too_wide;
            fitting.width = 1;
        }
        if (part.len)
            put(flow, &fitting);
        piece.text = str_slice(piece.text, part.len, piece.text.len);
        if (piece.text.len) {
            flow->space.width = 0;
            close_line(flow);
            open_line(flow);
        }
    }
}

static void put_pieces(struct flow *flow)
{
    bool broken = flow->word_width > room_left(flow);
    for (size_t i = flow->word_first; i < flow->word_end; i++) {
        if (broken && flow->room.pieces[i].width > room_left(flow))
            put_broken(flow, flow->room.pieces[i]);
        else
            put(flow, &flow->room.pieces[i]);
    }
}

/* Gives the word its place: on this line, or on new ones. */
static void place_word(struct flow *flow)
{
    open_line(flow);
    for (;;) {
        size_t space = flow->filled || flow->fresh ? flow->space.width : 0;
        if (space + flow->word_width <= room_left(flow)) {
            put_space(flow);
            break;
        }
        if (!put_hyphenated(flow) && !flow->filled)
            break;
        close_line(flow);
        open_line(flow);
    }
    put_pieces(flow);
}

/* False if the lines are to be filled one by one: words are broken, or there is nothing to choose. */
static bool choose_lines(struct flow *flow)
{
    size_t all = page_room(flow->page), used = flow->filled ? all - room_left(flow) : 0;
    if (flow->hyphenated || flow->greedy)
        return false;
    for (size_t i = 0; i < flow->word_count; i++)
        if (flow->room.fits[i].width > all)
            return false;
    lines_choose(flow->room.fits, flow->word_count, used, all);
    return true;
}

/* The words behind number `at` on its line, as far as they are in the source what they are on the page, are made a part of
 * its piece. Returns the number of the first that is not. */
static size_t join_words(struct flow *flow, size_t at)
{
    struct flow_piece *piece = &flow->room.pieces[flow->room.words[at].first];
    if (flow->room.words[at].end != flow->room.words[at].first + 1)
        return at + 1;
    for (size_t i = at + 1; i < flow->word_count; i++) {
        const struct flow_word *word = &flow->room.words[i];
        const struct flow_piece *next = &flow->room.pieces[word->first];
        const char *end = piece->text.at + piece->text.len;
        bool joins = word->space.text.at == end && next->text.at == end + 1 && next->style == piece->style &&
                     word->space.style == piece->style && next->link == piece->link &&
                     word->space.link == piece->link && next->formula == piece->formula &&
                     word->space.formula == piece->formula;
        if (!joins || flow->room.fits[i].begins || flow->room.fits[i].space != 1 ||
            word->end != word->first + 1)
            return i;
        piece->text.len += 1 + next->text.len;
        piece->width += 1 + next->width;
        flow->room.fits[at].width = piece->width;
    }
    return flow->word_count;
}

/* Places the words that wait. The last line stays open. */
static void place_words(struct flow *flow)
{
    bool chosen = choose_lines(flow);
    for (size_t i = 0, next; i < flow->word_count; i = next) {
        const struct flow_word *word = &flow->room.words[i];
        next = chosen ? join_words(flow, i) : i + 1;
        flow->word_first = word->first;
        flow->word_end = word->end;
        flow->word_width = flow->room.fits[i].width;
        flow->space = word->space;
        if (chosen && flow->room.fits[i].begins && flow->filled)
            close_line(flow);
        place_word(flow);
    }
    flow->word_count = flow->piece_count = flow->word_first = flow->word_width = 0;
    flow->hyphenated = false;
}

/* The word that was gathered waits with the others. */
static void end_word(struct flow *flow)
{
    flow->may_break = false;
    if (flow->piece_count == flow->word_first)
        return;
    if (flow->word_width > flow->page->widest_word)
        flow->page->widest_word = flow->word_width;
    size_t at = flow->word_count++;
    flow->room.words = mem_grow(flow->room.words, at, &flow->room.word_capacity, sizeof *flow->room.words);
    flow->room.fits = mem_grow(flow->room.fits, at, &flow->room.fit_capacity, sizeof *flow->room.fits);
    flow->room.words[at] = (struct flow_word){flow->word_first, flow->piece_count, flow->space};
    flow->room.fits[at].width = (uint32_t)flow->word_width;
    flow->room.fits[at].space = flow->space.width;
    flow->space.width = 0;
    flow->word_first = flow->piece_count;
    flow->word_width = 0;
    if (flow->greedy || flow->word_count == MOST_WAITING)
        place_words(flow);
}

static bool gathering(const struct flow *flow)
{
    return flow->piece_count > flow->word_first;
}

static void add(struct flow *flow, struct flow_piece piece)
{
    struct flow_piece *last = gathering(flow) ? &flow->room.pieces[flow->piece_count - 1] : NULL;
    flow->word_width += piece.width;
    if (last && last->text.at + last->text.len == piece.text.at && last->style == piece.style &&
        last->link == piece.link && last->formula == piece.formula && !last->hyphen) {
        last->text.len += piece.text.len;
        last->width += piece.width;
        return;
    }
    flow->room.pieces =
        mem_grow(flow->room.pieces, flow->piece_count, &flow->room.piece_capacity, sizeof *flow->room.pieces);
    flow->room.pieces[flow->piece_count++] = piece;
}

/* The spaces of FLOW_KEEP: those that come together are one piece of blanks. */
static void add_kept_space(struct flow *flow, struct flow_piece piece, bool tab)
{
    size_t column = (flow->open ? flow->page->column : flow->page->indent) - flow->page->indent;
    size_t width = flow->space.width + (tab ? TAB_CELLS - (column + flow->space.width) % TAB_CELLS : 1);
    size_t most = page_room(flow->page) / 2 < spaces.len ? page_room(flow->page) / 2 : spaces.len;
    piece.width = (uint32_t)(width < most || flow->filled ? width : most);
    if (piece.width > spaces.len)
        piece.width = (uint32_t)spaces.len;
    piece.text = str_slice(spaces, 0, piece.width);
    flow->space = piece;
}

static void take_space(struct flow *flow, struct flow_piece piece, enum flow_mode mode)
{
    bool tab = piece.text.at[0] == '\t';
    if (piece.text.at[0] != ' ')
        piece.text = str_slice(spaces, 0, 1);
    piece.width = 1;
    if (mode == FLOW_GLUE) {
        add(flow, piece);
        return;
    }
    end_word(flow);
    if (flow->space.width == 0 && !tab)
        flow->space = piece;
    else if (mode == FLOW_KEEP)
        add_kept_space(flow, piece, tab);
    else if (flow->space.width == 0)
        flow->space = piece;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool letter_before(const struct flow *flow)
{
    if (!gathering(flow))
        return false;
    struct str text = flow->room.pieces[flow->piece_count - 1].text;
    return is_letter(text.at[text.len - 1]);
}

static bool among(uint32_t code_point, const uint32_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (set[i] == code_point)
            return true;
    return false;
}

/* What must not begin a line, and what must not end one, next to ideographs. White space that does not break is both. */
static bool is_unbroken(uint32_t c)
{
    return c == 0xa0 || c == 0x2007 || c == 0x202f || c == 0x2060;
}

static bool is_closing(uint32_t c)
{
    static const uint32_t set[] = {
        0xb0,   0xbb,   0x2019, 0x201d, 0x2024, 0x2026, 0x2030, 0x2032, 0x2033, 0x203c, 0x2047, 0x2048,
        0x2049, 0x2103, 0x232a, 0x3001, 0x3002, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015,
        0x3017, 0x3019, 0x301b, 0x301e, 0x301f, 0x303b, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063,
        0x3083, 0x3085, 0x3087, 0x308e, 0x309b, 0x309c, 0x309d, 0x309e, 0x30a0, 0x30a1, 0x30a3, 0x30a5,
        0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30ee, 0x30f5, 0x30f6, 0x30fb, 0x30fc, 0x30fd,
        0x30fe, 0xff01, 0xff05, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d, 0xff60,
    };
    if (c < 0x80)
        return c && strchr(")]},.!?:;%'\"-/|", (int)c);
    return is_unbroken(c) || among(c, set, sizeof set / sizeof *set);
}

static bool is_opening(uint32_t c)
{
    static const uint32_t set[] = {0xab,   0x2018, 0x201c, 0x2329, 0x3008, 0x300a, 0x300c, 0x300e, 0x3010,
                                   0x3014, 0x3016, 0x3018, 0x301a, 0x301d, 0xff08, 0xff3b, 0xff5b, 0xff5f};
    if (c < 0x80)
        return c && strchr("([{\"'$", (int)c);
    return is_unbroken(c) || among(c, set, sizeof set / sizeof *set);
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff01 && c <= 0xff60) ||
           (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_wide_space(uint32_t c)
{
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x205f || c == 0x3000;
}

static void break_before(struct flow *flow, uint32_t next)
{
    if (!is_closing(next))
        end_word(flow);
}

/* In Hebrew a hyphen joins. */
static bool is_hebrew(struct str text)
{
    uint32_t c;
    return text_decode(text, &c) && c >= 0x590 && c <= 0x5ff;
}

/* A glyph that is more than a byte, or that may break the line. Returns its bytes. */
static size_t take_glyph(struct flow *flow, struct flow_piece piece, struct str rest, enum flow_mode mode)
{
    struct text_glyph glyph;
    uint32_t c;
    struct str behind = rest;
    text_next(&behind, flow->page->charset, &glyph);
    text_decode(glyph.source, &c);
    piece.text = glyph.source;
    piece.width = glyph.width;
    if (c == 0xad && mode == FLOW_PROSE) {
        if (gathering(flow))
            flow->room.pieces[flow->piece_count - 1].hyphen = flow->hyphenated = true;
        return glyph.source.len;
    }
    if (is_wide_space(c) && mode == FLOW_PROSE) {
        end_word(flow);
        flow->space = piece;
        return glyph.source.len;
    }
    bool ideograph = is_ideograph(c) && mode != FLOW_GLUE, letter = letter_before(flow);
    if ((ideograph && !flow->behind_opening) || flow->may_break)
        break_before(flow, c);
    add(flow, piece);
    flow->may_break = ideograph && !is_opening(c);
    flow->behind_opening = is_opening(c) || str_ends(glyph.source, STR("\u2060"));
    if (mode == FLOW_PROSE && str_ends(glyph.source, STR("\u200b"))) /* a space of no width */
        end_word(flow);
    bool dash = c == '-' || c == 0x2010 || c == 0x2013 || c == 0x2014;
    if (dash && mode == FLOW_PROSE && letter && behind.len && is_letter(behind.at[0]) && !is_hebrew(behind))
        end_word(flow);
    return glyph.source.len;
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '-';
}

/* Of eight bytes those before the first that is not plain. A byte of x that is less than n, below 128, has the highest bit of
 * (x - n) & ~x; so may bytes behind the first that is, which do not matter. (H. S. Warren, Hacker's Delight, 6-1) */
static size_t plain_of_eight(const char bytes[8])
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    uint64_t x;
    memcpy(&x, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    uint64_t dash = x ^ (ones * '-'), del = x ^ (ones * 0x7f);
    uint64_t ends =
        ((x - ones * (' ' + 1)) & ~x) | ((dash - ones) & ~dash) | ((del - ones) & ~del) | (x & highs);
    ends &= highs;
    return ends ? (size_t)__builtin_ctzll(ends) / 8 : 8;
}

/* Bytes of the beginning of `s` that are a cell each and do not break. The last ASCII letter before other bytes may
 * have a mark behind it, and is left to take_glyph(). */
static size_t plain_run(struct str s)
{
    size_t i = 0, plain = 8;
    while (plain == 8 && i + 8 <= s.len)
        i += plain = plain_of_eight(s.at + i);
    while (i < s.len && is_plain(s.at[i]))
        i++;
    if (i && i < s.len && (unsigned char)s.at[i] >= 0x80)
        i--;
    return i;
}

/* A mark that stands alone, as in French, stays with the word before it. */
static bool is_lone_mark(struct str text)
{
    char c = text.len ? text.at[0] : ' ';
    return (c == '!' || c == '?' || c == ':' || c == ';') && (text.len == 1 || text.at[1] == ' ');
}

/* The usual case: a word of plain text between single blanks, which waits at once. Returns the bytes taken. */
static size_t take_plain_word(struct flow *flow, const struct flow_piece *piece, struct str text, size_t run)
{
    bool ends = run + 1 < text.len && text.at[run] == ' ' && text.at[run + 1] > ' ' &&
                !is_lone_mark(str_slice(text, run + 1, text.len));
    if (!ends || gathering(flow) || flow->may_break)
        return 0;
    flow->room.pieces =
        mem_grow(flow->room.pieces, flow->piece_count, &flow->room.piece_capacity, sizeof *flow->room.pieces);
    struct flow_piece *word = &flow->room.pieces[flow->piece_count++];
    *word = *piece;
    word->text = (struct str){text.at, run};
    word->width = (uint32_t)run;
    flow->word_width = run;
    end_word(flow);
    flow->behind_opening = false;
    flow->space = *piece;
    flow->space.text = (struct str){text.at + run, 1};
    flow->space.width = 1;
    return run + 1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

void flow_text(struct flow *flow, struct str text, style look, uint32_t link, enum flow_mode mode)
{
    struct flow_piece piece = {.style = look, .link = link, .formula = flow->formula};
    while (text.len) {
        size_t taken = plain_run(text);
        size_t word = taken && mode == FLOW_PROSE ? take_plain_word(flow, &piece, text, taken) : 0;
        if (word) {
            taken = word;
        } else if (taken) {
            if (flow->may_break)
                break_before(flow, (unsigned char)text.at[0]);
            flow->may_break = false;
            flow->behind_opening = is_opening((unsigned char)text.at[taken - 1]);
            piece.text = (struct str){text.at, taken};
            piece.width = (uint32_t)taken;
            add(flow, piece);
        } else if (is_space(text.at[0])) {
            taken = 1;
            piece.text = (struct str){text.at, 1};
            bool alone = mode == FLOW_PROSE && is_lone_mark(str_slice(text, 1, text.len));
            take_space(flow, piece, alone ? FLOW_GLUE : mode);
        } else {
            taken = take_glyph(flow, piece, text, mode);
        }
        text = (struct str){text.at + taken, text.len - taken};
    }
}

void flow_space(struct flow *flow, style look, uint32_t link)
{
    flow_text(flow, str_slice(spaces, 0, 1), look, link, FLOW_PROSE);
}

void flow_newline(struct flow *flow)
{
    end_word(flow);
    place_words(flow);
    close_line(flow);
    flow->continues = false;
}

void flow_end(struct flow *flow)
{
    flow_newline(flow);
    flow_room_free(&flow->page->flow_room);
    flow->page->flow_room = flow->room;
    *flow = (struct flow){0};
}
