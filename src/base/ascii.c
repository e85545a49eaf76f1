#include "ascii.h"

#include <stddef.h>
#include <stdlib.h>

struct likeness {
    uint16_t code_point;
    char text[4];
};

/* Ascending. Greek letters get their usual Latin ones: "b-blocker" says more than "?-blocker". */
static const struct likeness likenesses[] = {
    {0x00A1, "!"},   {0x00A2, "c"},   {0x00A3, "GBP"}, {0x00A5, "JPY"}, {0x00A6, "|"},   {0x00A7, "S"},
    {0x00A8, "\""},  {0x00A9, "(c)"}, {0x00AA, "a"},   {0x00AB, "<<"},  {0x00AC, "!"},   {0x00AE, "(R)"},
    {0x00AF, "-"},   {0x00B0, "deg"}, {0x00B1, "+-"},  {0x00B4, "'"},   {0x00B5, "u"},   {0x00B6, "P"},
    {0x00B7, "."},   {0x00B8, ","},   {0x00BA, "o"},   {0x00BB, ">>"},  {0x00BF, "?"},   {0x00C6, "AE"},
    {0x00D0, "D"},   {0x00D7, "x"},   {0x00D8, "O"},   {0x00DE, "Th"},  {0x00DF, "ss"},  {0x00E6, "ae"},
    {0x00F0, "d"},   {0x00F7, "/"},   {0x00F8, "o"},   {0x00FE, "th"},  {0x0110, "D"},   {0x0111, "d"},
    {0x0126, "H"},   {0x0127, "h"},   {0x0131, "i"},   {0x0141, "L"},   {0x0142, "l"},   {0x0152, "OE"},
    {0x0153, "oe"},  {0x0192, "f"},   {0x02B9, "'"},   {0x02BA, "\""},  {0x02BB, "'"},   {0x02BC, "'"},
    {0x02C6, "^"},   {0x02DC, "~"},   {0x0391, "A"},   {0x0392, "B"},   {0x0393, "G"},   {0x0394, "D"},
    {0x0395, "E"},   {0x0396, "Z"},   {0x0397, "H"},   {0x0398, "Th"},  {0x0399, "I"},   {0x039A, "K"},
    {0x039B, "L"},   {0x039C, "M"},   {0x039D, "N"},   {0x039E, "X"},   {0x039F, "O"},   {0x03A0, "Pi"},
    {0x03A1, "R"},   {0x03A3, "S"},   {0x03A4, "T"},   {0x03A5, "Y"},   {0x03A6, "Ph"},  {0x03A7, "Ch"},
    {0x03A8, "Ps"},  {0x03A9, "O"},   {0x03B1, "a"},   {0x03B2, "b"},   {0x03B3, "g"},   {0x03B4, "d"},
    {0x03B5, "e"},   {0x03B6, "z"},   {0x03B7, "h"},   {0x03B8, "th"},  {0x03B9, "i"},   {0x03BA, "k"},
    {0x03BB, "l"},   {0x03BC, "u"},   {0x03BD, "n"},   {0x03BE, "x"},   {0x03BF, "o"},   {0x03C0, "pi"},
    {0x03C1, "r"},   {0x03C2, "s"},   {0x03C3, "s"},   {0x03C4, "t"},   {0x03C5, "y"},   {0x03C6, "ph"},
    {0x03C7, "ch"},  {0x03C8, "ps"},  {0x03C9, "w"},   {0x03D1, "th"},  {0x03D5, "ph"},  {0x03D6, "pi"},
    {0x03F5, "e"},   {0x2010, "-"},   {0x2011, "-"},   {0x2012, "-"},   {0x2013, "-"},   {0x2014, "-"},
    {0x2015, "-"},   {0x2016, "||"},  {0x2018, "'"},   {0x2019, "'"},   {0x201A, ","},   {0x201B, "'"},
    {0x201C, "\""},  {0x201D, "\""},  {0x201E, "\""},  {0x201F, "\""},  {0x2020, "+"},   {0x2021, "++"},
    {0x2022, "*"},   {0x2023, ">"},   {0x2024, "."},   {0x2025, ".."},  {0x2026, "..."}, {0x2027, "."},
    {0x2030, "o/o"}, {0x2032, "'"},   {0x2033, "\""},  {0x2034, "'''"}, {0x2039, "<"},   {0x203A, ">"},
    {0x203C, "!!"},  {0x203E, "-"},   {0x2043, "-"},   {0x2044, "/"},   {0x204E, "*"},   {0x2052, "%"},
    {0x2053, "~"},   {0x205F, " "},   {0x20AC, "EUR"}, {0x20B9, "INR"}, {0x2116, "No"},  {0x2117, "(p)"},
    {0x2122, "TM"},  {0x2190, "<-"},  {0x2191, "^"},   {0x2192, "->"},  {0x2193, "v"},   {0x2194, "<->"},
    {0x2195, "|"},   {0x2197, "/^"},  {0x2198, "\\v"}, {0x21A6, "->"},  {0x21A9, "<-"},  {0x21AA, "->"},
    {0x21B5, "<"},   {0x21C4, "<->"}, {0x21CC, "<=>"}, {0x21D0, "<="},  {0x21D2, "=>"},  {0x21D4, "<=>"},
    {0x21E7, "^"},   {0x2200, "all"}, {0x2202, "d"},   {0x2203, "ex"},  {0x2205, "{}"},  {0x2207, "del"},
    {0x2208, "in"},  {0x2209, "!in"}, {0x220B, "ni"},  {0x220F, "Pi"},  {0x2211, "Sum"}, {0x2212, "-"},
    {0x2213, "-+"},  {0x2215, "/"},   {0x2216, "\\"},  {0x2217, "*"},   {0x2218, "o"},   {0x2219, "."},
    {0x221A, "rt"},  {0x221D, "~"},   {0x221E, "inf"}, {0x2223, "|"},   {0x2225, "||"},  {0x2227, "and"},
    {0x2228, "or"},  {0x2229, "n"},   {0x222A, "U"},   {0x222B, "Int"}, {0x2234, ".:."}, {0x2236, ":"},
    {0x223C, "~"},   {0x2243, "~="},  {0x2245, "~="},  {0x2248, "~="},  {0x2260, "!="},  {0x2261, "=="},
    {0x2264, "<="},  {0x2265, ">="},  {0x226A, "<<"},  {0x226B, ">>"},  {0x2282, "sub"}, {0x2286, "sub"},
    {0x2295, "(+)"}, {0x2297, "(x)"}, {0x2298, "!"},   {0x2299, "(.)"}, {0x22A5, "_|_"}, {0x22C5, "."},
    {0x22C6, "*"},   {0x22EE, ":"},   {0x22EF, "..."}, {0x2308, "["},   {0x2309, "]"},   {0x230A, "["},
    {0x230B, "]"},   {0x2315, "/"},   {0x2318, "#"},   {0x2326, ">"},   {0x2329, "<"},   {0x232A, ">"},
    {0x232B, "<"},   {0x23CE, "<"},   {0x23F5, ">"},   {0x2420, " "},   {0x2423, "_"},   {0x25A0, "#"},
    {0x25A1, "[]"},  {0x25AA, "*"},   {0x25AB, "*"},   {0x25AE, "|"},   {0x25B2, "^"},   {0x25B4, "^"},
    {0x25B6, ">"},   {0x25B8, ">"},   {0x25BA, ">"},   {0x25BC, "v"},   {0x25BE, "v"},   {0x25C0, "<"},
    {0x25C2, "<"},   {0x25C6, "*"},   {0x25C7, "o"},   {0x25CA, "<>"},  {0x25CB, "o"},   {0x25CF, "*"},
    {0x25E6, "o"},   {0x2605, "*"},   {0x2606, "*"},   {0x2610, "[ ]"}, {0x2611, "[x]"}, {0x2612, "[X]"},
    {0x266D, "b"},   {0x266F, "#"},   {0x2713, "x"},   {0x2714, "x"},   {0x2717, "X"},   {0x2718, "X"},
    {0x2756, "*"},   {0x276F, ">"},   {0x279C, "->"},  {0x27A4, ">"},   {0x27E8, "<"},   {0x27E9, ">"},
    {0x27F5, "<-"},  {0x27F6, "->"},  {0x27F9, "=>"},  {0x2A7D, "<="},  {0x2A7E, ">="},  {0x3000, " "},
    {0x3001, ","},   {0x3002, "."},   {0x3008, "<"},   {0x3009, ">"},   {0x300C, "\""},  {0x300D, "\""},
};

static int compare(const void *key, const void *element)
{
    uint32_t wanted = *(const uint32_t *)key;
    uint32_t listed = ((const struct likeness *)element)->code_point;
    return (wanted > listed) - (wanted < listed);
}

/* Box drawing, U+2500 to U+257F: one character of this string each. */
static const char *box_line(uint32_t code_point)
{
    static const char lines[] = "--||--||--||++++++++++++++++++++"
                                "++++++++++++++++++++++++++++++++"
                                "++++++++++++--||-|++++++++++++++"
                                "+++++++++++++++++/\\X-|-|-|-|-|-|";
    static const char *const each[] = {
        ['-'] = "-", ['|'] = "|", ['+'] = "+", ['/'] = "/", ['\\'] = "\\", ['X'] = "X",
    };
    return each[(unsigned char)lines[code_point - 0x2500]];
}

/* Block elements, U+2580 to U+259F. */
static const char *block(uint32_t code_point)
{
    if (code_point >= 0x2581 && code_point <= 0x2583)
        return "_";
    if ((code_point >= 0x258C && code_point <= 0x2590) || code_point == 0x2595)
        return "|";
    if (code_point == 0x2591)
        return ".";
    if (code_point == 0x2592)
        return ":";
    return code_point == 0x2594 ? "-" : "#";
}

const char *ascii_likeness(uint32_t code_point)
{
    if (code_point >= 0x2500 && code_point <= 0x257F)
        return box_line(code_point);
    if (code_point >= 0x2580 && code_point <= 0x259F)
        return block(code_point);
    const struct likeness *found = bsearch(&code_point, likenesses, sizeof likenesses / sizeof likenesses[0],
                                           sizeof likenesses[0], compare);
    return found ? found->text : NULL;
}
