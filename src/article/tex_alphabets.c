/* The alphabets of Unicode's block Mathematical Alphanumeric Symbols. Letters that were there before the block have a
 * gap in it. */
#include "tex_parser.h"

struct alphabet {
    uint32_t capital, small, digit; /* of A, a and 0; 0: none */
    const char *gaps;               /* letters, and where they are: */
    uint16_t elsewhere[12];
};

static const struct alphabet alphabets[] = {
    [TEX_DOUBLE] =
        {0x1D538, 0x1D552, 0x1D7D8, "CHNPQRZ", {0x2102, 0x210D, 0x2115, 0x2119, 0x211A, 0x211D, 0x2124}},
    [TEX_SCRIPT] = {0x1D49C,
                    0x1D4B6,
                    0,
                    "BEFHILMRego",
                    {0x212C, 0x2130, 0x2131, 0x210B, 0x2110, 0x2112, 0x2133, 0x211B, 0x212F, 0x210A, 0x2134}},
    [TEX_FRAKTUR] = {0x1D504, 0x1D51E, 0, "CHIRZ", {0x212D, 0x210C, 0x2111, 0x211C, 0x2128}},
};

bool tex_in_alphabet(enum tex_alphabet alphabet, char c, uint32_t *code_point)
{
    const struct alphabet *a = &alphabets[alphabet];
    for (size_t i = 0; a->gaps && a->gaps[i]; i++) {
        if (a->gaps[i] == c) {
            *code_point = a->elsewhere[i];
            return true;
        }
    }
    if (c >= 'A' && c <= 'Z' && a->capital)
        *code_point = a->capital + (uint32_t)(c - 'A');
    else if (c >= 'a' && c <= 'z' && a->small)
        *code_point = a->small + (uint32_t)(c - 'a');
    else if (c >= '0' && c <= '9' && a->digit)
        *code_point = a->digit + (uint32_t)(c - '0');
    else
        return false;
    return true;
}
