/* The classes of characters that are written as themselves. */
#include <stdlib.h>

#include "tex_parser.h"

struct class_range {
    uint16_t first, last;
    uint8_t class;
};

/* Ascending. What is in none is an ordinary symbol. */
static const struct class_range classes[] = {
    {0x00B1, 0x00B1, TEX_BIN},   {0x00B7, 0x00B7, TEX_BIN},   {0x00D7, 0x00D7, TEX_BIN},
    {0x00F7, 0x00F7, TEX_BIN},   {0x2022, 0x2022, TEX_BIN},   {0x2026, 0x2026, TEX_INNER},
    {0x2190, 0x21FF, TEX_REL},   {0x2208, 0x220D, TEX_REL},   {0x220F, 0x2211, TEX_OP},
    {0x2212, 0x2213, TEX_BIN},   {0x2215, 0x2219, TEX_BIN},   {0x221D, 0x221D, TEX_REL},
    {0x2223, 0x2226, TEX_REL},   {0x2227, 0x222A, TEX_BIN},   {0x222B, 0x2233, TEX_OP},
    {0x2234, 0x2235, TEX_REL},   {0x2236, 0x2237, TEX_REL},   {0x223C, 0x228B, TEX_REL},
    {0x228C, 0x228E, TEX_BIN},   {0x228F, 0x2292, TEX_REL},   {0x2293, 0x22A1, TEX_BIN},
    {0x22A2, 0x22B8, TEX_REL},   {0x22BA, 0x22BD, TEX_BIN},   {0x22C0, 0x22C3, TEX_OP},
    {0x22C4, 0x22C7, TEX_BIN},   {0x22C8, 0x22C8, TEX_REL},   {0x22C9, 0x22CC, TEX_BIN},
    {0x22CD, 0x22CD, TEX_REL},   {0x22CE, 0x22CF, TEX_BIN},   {0x22D0, 0x22D1, TEX_REL},
    {0x22D2, 0x22D3, TEX_BIN},   {0x22D4, 0x22ED, TEX_REL},   {0x22EF, 0x22F1, TEX_INNER},
    {0x2308, 0x2308, TEX_OPEN},  {0x2309, 0x2309, TEX_CLOSE}, {0x230A, 0x230A, TEX_OPEN},
    {0x230B, 0x230B, TEX_CLOSE}, {0x27E8, 0x27E8, TEX_OPEN},  {0x27E9, 0x27E9, TEX_CLOSE},
    {0x27F5, 0x27FF, TEX_REL},   {0x2A00, 0x2A06, TEX_OP},    {0x2A7D, 0x2A7E, TEX_REL},
    {0x2AAF, 0x2AB0, TEX_REL},
};

static int compare_class(const void *key, const void *element)
{
    uint32_t code_point = *(const uint32_t *)key;
    const struct class_range *range = element;
    return (code_point > range->last) - (code_point < range->first);
}

enum tex_class tex_class_of(uint32_t code_point)
{
    const struct class_range *range =
        bsearch(&code_point, classes, sizeof classes / sizeof *classes, sizeof *classes, compare_class);
    return range ? (enum tex_class)range->class : TEX_ORD;
}
