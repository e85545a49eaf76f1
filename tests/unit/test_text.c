#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "lectern/arena.h"
#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/text.h"

static void assert_str(struct str got, const char *wanted)
{
    char *copy = mem_calloc(got.len + 1, 1);
    if (got.len)
        memcpy(copy, got.at, got.len);
    assert_string_equal(copy, wanted);
    mem_free(copy);
}

/* What the screen gets for `s`. */
static void assert_shown(struct str s, enum text_charset charset, const char *wanted)
{
    struct arena arena = {0};
    assert_str(text_safe(&arena, s, charset, false), wanted);
    arena_free(&arena);
}

static void assert_folded(const char *s, const char *wanted)
{
    struct buf out = {0};
    text_fold(&out, str_from(s));
    assert_str(buf_str(&out), wanted);
    buf_free(&out);
}

/* All words of `s`, joined by `|`. */
static void assert_words(const char *s, const char *wanted)
{
    struct buf out = {0};
    struct str rest = str_from(s), word;
    while (text_next_word(&rest, &word)) {
        if (out.len)
            buf_add_byte(&out, '|');
        buf_add(&out, word);
    }
    assert_str(buf_str(&out), wanted);
    assert_int_equal(rest.len, 0);
    buf_free(&out);
}

/* One code point between two letters: shown as one replaced glyph of one cell, and only in ASCII where asked. */
static void assert_replaced(uint32_t code_point)
{
    struct buf text = {0};
    buf_add_byte(&text, 'a');
    text_encode(&text, code_point);
    buf_add_byte(&text, 'b');
    for (enum text_charset charset = TEXT_UTF8; charset <= TEXT_ASCII; charset++) {
        struct str rest = buf_str(&text);
        struct text_glyph glyph;
        assert_true(text_next(&rest, charset, &glyph));
        assert_false(glyph.replaced);
        assert_true(text_next(&rest, charset, &glyph));
        if (!glyph.replaced)
            fail_msg("U+%04X is shown", code_point);
        assert_int_equal(glyph.width, 1);
        assert_int_equal(glyph.source.len, text.len - 2);
        if (charset == TEXT_ASCII)
            assert_str((struct str){glyph.bytes, glyph.len}, "?");
        assert_int_equal(rest.len, 1);
    }
    buf_free(&text);
}

static void controls_become_pictures(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x20; c++) {
        assert_replaced(c);
        char text[1] = {(char)c}, picture[4] = {'\xE2', '\x90', (char)(0x80 + c), '\0'};
        assert_shown((struct str){text, 1}, TEXT_UTF8, picture);
    }
    assert_replaced(0x7F);
    assert_shown(STR("\x7F"), TEXT_UTF8, "␡");
    assert_shown(STR("\x1b]0;x\a"), TEXT_ASCII, "?]0;x?");
}

static void c1_controls_are_replaced(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c < 0xA0; c++)
        assert_replaced(c);
    assert_shown(STR("\xC2\x9B"
                     "31m"),
                 TEXT_UTF8, "\uFFFD31m");
}

static void invisible_and_reordering_characters_are_replaced(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x061C, 0x061C},   {0x200E, 0x200F},     {0x202A, 0x202E},   {0x2066, 0x206F},
        {0x2028, 0x2029},   {0xFFF9, 0xFFFB},     {0xFDD0, 0xFDEF},   {0xFFFE, 0xFFFF},
        {0x1FFFE, 0x1FFFF}, {0x10FFFE, 0x10FFFF}, {0xE0000, 0xE0001}, {0xE0020, 0xE007F},
        {0xE000, 0xE0FF},   {0xF8FF, 0xF8FF},     {0xF0000, 0xF0010}, {0x0378, 0x0379},
        {0x1D173, 0x1D17A}, {0x10FFFD, 0x10FFFD}, {0x1BCA0, 0x1BCA3},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++)
            assert_replaced(c);
}

static void invalid_utf8_is_replaced_byte_by_byte(void **state)
{
    (void)state;
    assert_shown(STR("a\x80z"), TEXT_UTF8, "a\uFFFDz");
    assert_shown(STR("\xC0\xAF"), TEXT_UTF8, "\uFFFD\uFFFD");
    assert_shown(STR("\xE0\x80\xAF"), TEXT_UTF8, "\uFFFD\uFFFD\uFFFD");
    assert_shown(STR("\xF0\x8F\xBF\xBF"), TEXT_UTF8, "\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_shown(STR("\xED\xA0\x80"), TEXT_UTF8, "\uFFFD\uFFFD\uFFFD");
    assert_shown(STR("\xED\xBF\xBF"), TEXT_ASCII, "???");
    assert_shown(STR("\xF4\x90\x80\x80"), TEXT_UTF8, "\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_shown(STR("\xF5\xFE\xFF"), TEXT_UTF8, "\uFFFD\uFFFD\uFFFD");
    assert_shown(STR("e\xE2\x82"), TEXT_UTF8, "e\uFFFD\uFFFD");
    assert_shown(STR("\xE2\x82\x1b"), TEXT_UTF8, "\uFFFD\uFFFD␛");
    assert_shown(STR("\xC3"), TEXT_UTF8, "\uFFFD");
}

static bool printable(uint32_t c, enum text_charset charset)
{
    return charset == TEXT_ASCII
               ? c >= 0x20 && c <= 0x7E
               : c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && !(c >> 7 == 0x1C00) && c != 0x2028 &&
                     c != 0x2029 && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069) &&
                     (c & 0xFFFE) != 0xFFFE;
}

static void every_code_point_is_shown_harmlessly_in_one_to_three_cells(void **state)
{
    (void)state;
    struct buf text = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        buf_clear(&text);
        text_encode(&text, c);
        for (enum text_charset charset = TEXT_UTF8; charset <= TEXT_ASCII; charset++) {
            struct str rest = buf_str(&text);
            struct text_glyph glyph;
            assert_true(text_next(&rest, charset, &glyph));
            assert_int_equal(rest.len, 0);
            assert_int_equal(glyph.source.len, text.len);
            assert_in_range(glyph.width, 1, charset == TEXT_ASCII ? 3 : 2);
            struct str shown = {glyph.bytes, glyph.len};
            assert_true(text_invalid_at(shown) == STR_NOT_FOUND && shown.len > 0);
            if (charset == TEXT_ASCII)
                assert_int_equal(glyph.width, glyph.len);
            for (uint32_t part; shown.len;) {
                shown = str_slice(shown, text_decode(shown, &part), shown.len);
                if (!printable(part, charset))
                    fail_msg("U+%04X shows U+%04X", c, part);
            }
        }
    }
    buf_free(&text);
}

static void widths_agree_with_the_system(void **state)
{
    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        print_message("no locale C.UTF-8 here\n");
        skip();
    }
    struct buf text = {0};
    for (uint32_t c = 0x20; c <= 0x10FFFF; c++) {
        buf_clear(&text);
        text_encode(&text, c);
        struct str rest = buf_str(&text);
        struct text_glyph glyph;
        text_next(&rest, TEXT_UTF8, &glyph);
        int width = wcwidth((wchar_t)c);
        if (!glyph.replaced && width >= 0 && width != glyph.width)
            fail_msg("U+%04X: %d cells, the system says %d", c, glyph.width, width);
    }
    buf_free(&text);
    setlocale(LC_CTYPE, "C");
}

static void wide_characters_take_two_cells(void **state)
{
    (void)state;
    assert_int_equal(text_width(STR("肝臓"), TEXT_UTF8), 4);
    assert_int_equal(text_width(STR("a😀b"), TEXT_UTF8), 4);
    assert_int_equal(text_width(STR("Ａ"), TEXT_UTF8), 2);
    assert_int_equal(text_width(STR("é–“ß"), TEXT_UTF8), 4);
    assert_int_equal(text_width(STR("\u1112\u1161\u11AB"), TEXT_UTF8), 2);
    assert_int_equal(text_width(STR(""), TEXT_UTF8), 0);
}

static void marks_join_their_base(void **state)
{
    (void)state;
    struct str rest = STR("e\u0301\u0323x");
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_int_equal(glyph.width, 1);
    assert_str((struct str){glyph.bytes, glyph.len}, "e\u0301\u0323");
    assert_str(glyph.source, "e\u0301\u0323");
    assert_shown(STR("e\u0301"), TEXT_ASCII, "e");
}

static void marks_without_a_base_stand_on_a_circle(void **state)
{
    (void)state;
    assert_shown(STR("\u0301x"), TEXT_UTF8, "◌\u0301x");
    assert_shown(STR("\x1b\u0301"), TEXT_UTF8, "␛◌\u0301");
    assert_shown(STR("\u0301"), TEXT_ASCII, "?");
}

static void at_most_32_marks_join_a_base(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_add_byte(&text, 'e');
    for (int i = 0; i < 1000; i++)
        buf_add(&text, STR("\u0301"));
    struct str rest = buf_str(&text);
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_int_equal(glyph.len, 1 + 2 * BOUND_MARKS);
    assert_int_equal(glyph.source.len, glyph.len);
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_true(glyph.replaced);
    assert_str((struct str){glyph.bytes, glyph.len}, "\uFFFD");
    assert_int_equal(glyph.source.len, 2 * (1000 - BOUND_MARKS));
    assert_int_equal(rest.len, 0);
    buf_free(&text);
}

static void the_largest_glyph_fits(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_add(&text, STR("\U0001F600"));
    for (int i = 0; i < BOUND_MARKS; i++)
        buf_add(&text, STR("\U0001D167"));
    struct str rest = buf_str(&text);
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_int_equal(glyph.len, TEXT_GLYPH_BYTES);
    assert_int_equal(rest.len, 0);
    buf_free(&text);
}

static void joiners_and_selectors_are_left_out(void **state)
{
    (void)state;
    assert_shown(STR("❤\uFE0F"), TEXT_UTF8, "❤");
    assert_shown(STR("👩\u200D💻"), TEXT_UTF8, "👩💻");
    assert_shown(STR("👍🏽"), TEXT_UTF8, "👍");
    assert_int_equal(text_width(STR("👩\u200D💻"), TEXT_UTF8), 4);
    assert_shown(STR("a\u200Bb\u2060c\uFEFF"), TEXT_UTF8, "abc");
    assert_shown(STR("می\u200Cخواهم"), TEXT_UTF8, "می\u200Cخواهم");
    assert_shown(STR("🇩🇪"), TEXT_UTF8, "DE");
}

static void nothing_hides_in_invisible_characters(void **state)
{
    (void)state;
    struct str rest = STR("\uFEFFa\u200B");
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_int_equal(rest.len, 0);
    assert_str((struct str){glyph.bytes, glyph.len}, "a");
    assert_shown(STR("\u200B\uFEFF"), TEXT_UTF8, "\uFFFD");
    assert_shown(STR("a\u200B\u200B\u200B\u200B"
                     "\u200B\u200B\u200B\u200B\u200B\u200B\u200B"),
                 TEXT_UTF8, "a\uFFFD");
    assert_shown(STR("\u200B\u0301"), TEXT_UTF8, "\uFFFD");
}

static void soft_hyphens_are_glyphs_of_their_own(void **state)
{
    (void)state;
    struct str rest = STR("\u00ADx");
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_str(glyph.source, "\u00AD");
    assert_false(glyph.replaced);
    assert_str((struct str){glyph.bytes, glyph.len}, "-");
}

static void ascii_keeps_the_sense(void **state)
{
    (void)state;
    assert_shown(STR("Ångström naïve façade Đorđe Łódź"), TEXT_ASCII, "Angstrom naive facade Dorde Lodz");
    assert_shown(STR("“a” ‘b’ – — … • · × ± ÷"), TEXT_ASCII, "\"a\" 'b' - - ... * . x +- /");
    assert_shown(STR("← → ≤ ≥ ≠ ½ x² H₂O ﬁ ™ №"), TEXT_ASCII, "<- -> <= >= != 1/2 x^2 H_2O fi TM No");
    assert_shown(STR("β μg π 肝 😀 ∎"), TEXT_ASCII, "b ug pi ? ? ?");
    assert_shown(STR("37 °C ∈ ∉ ∅ ∪ √ ↔ ✗ ☐ 。"), TEXT_ASCII, "37 degC in !in {} U rt <-> X [ ] .");
    assert_shown(STR("\u00A0\u3000\u2009"), TEXT_ASCII, "   ");
}

static void lines_and_signs_of_the_screen_take_one_cell_in_both(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ascii;
    } rows[] = {
        {"│─┌┐└┘├┤┬┴┼", "|-+++++++++"},
        {"┃━┏┓┗┛┣┫┳┻╋", "|-+++++++++"},
        {"║═╔╗╚╝╠╣╦╩╬", "|-+++++++++"},
        {"╭╮╯╰╴╵╶╷", "++++-|-|"},
        {"┄┆┈┊╌╎╱╲╳", "-|-|-|/\\X"},
        {"▸▾✓⊘▌█⌕⌫", ">vx!|#/<"},
        {"•·›‹", "*.><"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str s = str_from(rows[i].text);
        assert_shown(s, TEXT_ASCII, rows[i].ascii);
        assert_int_equal(text_width(s, TEXT_UTF8), strlen(rows[i].ascii));
    }
}

static void fitting_keeps_whole_glyphs(void **state)
{
    (void)state;
    size_t used;
    assert_str(text_fit(STR("a肝b"), TEXT_UTF8, 2, &used), "a");
    assert_int_equal(used, 1);
    assert_str(text_fit(STR("a肝b"), TEXT_UTF8, 3, &used), "a肝");
    assert_str(text_fit(STR("e\u0301x"), TEXT_UTF8, 1, NULL), "e\u0301");
    assert_str(text_fit(STR("a→b"), TEXT_ASCII, 2, &used), "a");
    assert_str(text_fit(STR("abc"), TEXT_UTF8, 0, &used), "");
    assert_str(text_fit(STR("abc"), TEXT_UTF8, SIZE_MAX, &used), "abc");
    assert_int_equal(used, 3);
}

static void eliding_ends_with_an_ellipsis(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str(text_elide(&arena, STR("liver failure"), TEXT_UTF8, 13), "liver failure");
    assert_str(text_elide(&arena, STR("liver failure"), TEXT_UTF8, 12), "liver failu…");
    assert_str(text_elide(&arena, STR("liver failure"), TEXT_UTF8, 7), "liver…");
    assert_str(text_elide(&arena, STR("liver failure"), TEXT_ASCII, 9), "liver...");
    assert_str(text_elide(&arena, STR("liver\r\n \t\u2028failure"), TEXT_UTF8, 13), "liver failure");
    assert_str(text_elide(&arena, STR("肝臓病"), TEXT_UTF8, 5), "肝臓…");
    assert_str(text_elide(&arena, STR("肝臓病"), TEXT_UTF8, 4), "肝…");
    assert_str(text_elide(&arena, STR("abcdef"), TEXT_ASCII, 2), "..");
    assert_str(text_elide(&arena, STR("abc"), TEXT_UTF8, 1), "…");
    assert_str(text_elide(&arena, STR("abc"), TEXT_UTF8, 0), "");
    arena_free(&arena);
}

static void safe_text_keeps_lines_when_asked(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str(text_safe(&arena, STR("a\tb\r\n\x1b[0m"), TEXT_UTF8, true), "a\tb␍\n␛[0m");
    assert_str(text_safe(&arena, STR("a\n"), TEXT_UTF8, false), "a␊");
    arena_free(&arena);
}

static void code_points_round_trip(void **state)
{
    (void)state;
    struct buf text = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        buf_clear(&text);
        text_encode(&text, c);
        uint32_t back = 0;
        assert_int_equal(text_decode(buf_str(&text), &back), text.len);
        assert_int_equal(back, c);
    }
    buf_clear(&text);
    text_encode(&text, 0xD800);
    text_encode(&text, 0x110000);
    assert_str(buf_str(&text), "\uFFFD\uFFFD");
    buf_free(&text);
}

static void repair_replaces_invalid_bytes_only(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str good = STR("plain ASCII, é, 肝 and 😀");
    assert_ptr_equal(text_repair(&arena, good).at, good.at);
    assert_true(text_invalid_at(good) == STR_NOT_FOUND);
    assert_int_equal(text_invalid_at(STR("twelve bytes\xFF and more")), 12);
    assert_str(text_repair(&arena, STR("\xFFgood\xE2\x82 text\xC3")), "\uFFFDgood\uFFFD\uFFFD text\uFFFD");
    arena_free(&arena);
}

static void words_are_runs_of_letters_marks_and_digits(void **state)
{
    (void)state;
    assert_words("C++ g++, (C#) F#: i++; x+++y a#b #define abc++ c+ 7#",
                 "C++|g++|C#|F#|i++|x|y|a|b|define|abc|c|7");
    assert_words("The Child-Pugh score (1973).", "The|Child|Pugh|score|1973");
    assert_words("don't ‘quote’ John’s 'tis dogs' 5'3", "don't|quote|John’s|tis|dogs|5|3");
    assert_words("H₂O naïve e\u0301te\u0301 \u0301", "H₂O|naïve|e\u0301te\u0301");
    assert_words("肝臓 が、한국어 русский", "肝|臓|が|한국어|русский");
    assert_words("hy\u00ADphen می\u200Cخواهم", "hy\u00ADphen|می\u200Cخواهم");
    assert_words("a\xFF"
                 "b _c_ x''y",
                 "a|b|c|x|y");
    assert_words(" \t\n—…", "");
    assert_words("", "");
}

static void folding_makes_spellings_equal(void **state)
{
    (void)state;
    assert_folded("Hépatite STRASSE Straße", "hepatite strasse strasse");
    assert_folded("Don't John’s JOHN'S x's", "dont john john x");
    assert_folded("L'Hôpital's rule's, 'quoted'", "lhopital rule, 'quoted'");
    assert_folded("o'sullivan", "osullivan");
    assert_folded("ﬁnd H₂O ＡＢＣ ①", "find h2o abc 1");
    assert_folded("e\u0301te\u0301 hy\u00ADphen", "ete hyphen");
    assert_folded("ΣΊΣΥΦΟΣ Ёлка", "σισυφοσ елка");
    assert_folded("हिन्दी", "हिन्दी");
    assert_folded("a\xFF"
                  "b",
                  "a\uFFFD"
                  "b");
}

static void words_of_folded_text_are_the_folded_words(void **state)
{
    (void)state;
    struct str s = STR(
        "L'Hôpital’s rule's, don't; x's's 'y' Zero\u200Bwidth a\u202Eb a'\u00ADs 肝's e\u0301's c'\u0301d");
    struct buf words = {0}, text = {0}, folded = {0};
    struct str rest = s, word;
    while (text_next_word(&rest, &word)) {
        text_fold(&words, word);
        buf_add_byte(&words, '|');
    }
    text_fold(&text, s);
    rest = buf_str(&text);
    while (text_next_word(&rest, &word)) {
        buf_add(&folded, word);
        buf_add_byte(&folded, '|');
    }
    assert_string_equal(buf_cstr(&folded), buf_cstr(&words));
    buf_free(&words);
    buf_free(&text);
    buf_free(&folded);
}

/* Both ways to come by the folded words of a text agree. */
static void assert_folded_at_once(struct str s)
{
    struct str rest = s, again = s, word, same;
    struct buf folded = {0}, at_once = {0};
    bool more;
    do {
        more = text_next_word(&rest, &word);
        if (more)
            text_fold(&folded, word);
        assert_int_equal(text_next_folded(&again, &same, &at_once), more);
        assert_ptr_equal(same.at, word.at);
        assert_int_equal(same.len, word.len);
        assert_int_equal(again.len, rest.len);
        assert_str(buf_str(&at_once), buf_cstr(&folded));
    } while (more);
    buf_free(&folded);
    buf_free(&at_once);
}

static void words_are_folded_at_once(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         "Zz",
                                         "9",
                                         "'",
                                         "\u2019",
                                         " ",
                                         "-",
                                         "\u00e9",
                                         "e\u0301",
                                         "\u8089",
                                         "\u200b",
                                         "\u00ad",
                                         "\xff",
                                         "s",
                                         "'s",
                                         "\n",
                                         "abcdefghijklmnopqrstuvwxyzABCDE"};
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        struct buf text = {0};
        for (int i = 0; i < round % 12; i++) {
            seed = seed * 1664525 + 1013904223;
            buf_add(&text, str_from(pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]));
        }
        assert_folded_at_once(buf_str(&text));
        buf_free(&text);
    }
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    struct buf text = {0}, once = {0}, twice = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        buf_clear(&text);
        buf_clear(&once);
        buf_clear(&twice);
        text_encode(&text, c);
        text_fold(&once, buf_str(&text));
        text_fold(&twice, buf_str(&once));
        if (!str_eq(buf_str(&once), buf_str(&twice)))
            fail_msg("U+%04X folds anew", c);
    }
    buf_free(&text);
    buf_free(&once);
    buf_free(&twice);
}

static void a_space_takes_no_marks(void **state)
{
    (void)state;
    struct str rest = STR(" \u0301x");
    struct text_glyph glyph;
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_true(str_eq(glyph.source, STR(" ")));
    assert_true(text_next(&rest, TEXT_UTF8, &glyph));
    assert_true(str_eq((struct str){glyph.bytes, glyph.len}, STR("\u25cc\u0301")));
    assert_int_equal(text_width(STR("a \u0301"), TEXT_UTF8), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_space_takes_no_marks),
        cmocka_unit_test(controls_become_pictures),
        cmocka_unit_test(c1_controls_are_replaced),
        cmocka_unit_test(invisible_and_reordering_characters_are_replaced),
        cmocka_unit_test(invalid_utf8_is_replaced_byte_by_byte),
        cmocka_unit_test(every_code_point_is_shown_harmlessly_in_one_to_three_cells),
        cmocka_unit_test(widths_agree_with_the_system),
        cmocka_unit_test(wide_characters_take_two_cells),
        cmocka_unit_test(marks_join_their_base),
        cmocka_unit_test(marks_without_a_base_stand_on_a_circle),
        cmocka_unit_test(at_most_32_marks_join_a_base),
        cmocka_unit_test(the_largest_glyph_fits),
        cmocka_unit_test(joiners_and_selectors_are_left_out),
        cmocka_unit_test(nothing_hides_in_invisible_characters),
        cmocka_unit_test(soft_hyphens_are_glyphs_of_their_own),
        cmocka_unit_test(ascii_keeps_the_sense),
        cmocka_unit_test(lines_and_signs_of_the_screen_take_one_cell_in_both),
        cmocka_unit_test(fitting_keeps_whole_glyphs),
        cmocka_unit_test(eliding_ends_with_an_ellipsis),
        cmocka_unit_test(safe_text_keeps_lines_when_asked),
        cmocka_unit_test(code_points_round_trip),
        cmocka_unit_test(repair_replaces_invalid_bytes_only),
        cmocka_unit_test(words_are_runs_of_letters_marks_and_digits),
        cmocka_unit_test(folding_makes_spellings_equal),
        cmocka_unit_test(words_of_folded_text_are_the_folded_words),
        cmocka_unit_test(words_are_folded_at_once),
        cmocka_unit_test(folding_twice_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
