/* Scripts, accents and fractions that Unicode has as characters. Greek is left out of the scripts: it has β and γ, but no α. */
#include <string.h>

#include "math.h"

struct script_glyph {
    const char *plain, *raised, *lowered; /* NULL: there is none */
};

static const struct script_glyph script_glyphs[] = {
    {"0", "⁰", "₀"},  {"1", "¹", "₁"},  {"2", "²", "₂"},  {"3", "³", "₃"},  {"4", "⁴", "₄"},
    {"5", "⁵", "₅"},  {"6", "⁶", "₆"},  {"7", "⁷", "₇"},  {"8", "⁸", "₈"},  {"9", "⁹", "₉"},
    {"a", "ᵃ", "ₐ"},  {"b", "ᵇ", NULL}, {"c", "ᶜ", NULL}, {"d", "ᵈ", NULL}, {"e", "ᵉ", "ₑ"},
    {"f", "ᶠ", NULL}, {"g", "ᵍ", NULL}, {"h", "ʰ", "ₕ"},  {"i", "ⁱ", "ᵢ"},  {"j", "ʲ", "ⱼ"},
    {"k", "ᵏ", "ₖ"},  {"l", "ˡ", "ₗ"},  {"m", "ᵐ", "ₘ"},  {"n", "ⁿ", "ₙ"},  {"o", "ᵒ", "ₒ"},
    {"p", "ᵖ", "ₚ"},  {"r", "ʳ", "ᵣ"},  {"s", "ˢ", "ₛ"},  {"t", "ᵗ", "ₜ"},  {"u", "ᵘ", "ᵤ"},
    {"v", "ᵛ", "ᵥ"},  {"w", "ʷ", NULL}, {"x", "ˣ", "ₓ"},  {"y", "ʸ", NULL}, {"z", "ᶻ", NULL},
    {"A", "ᴬ", NULL}, {"B", "ᴮ", NULL}, {"D", "ᴰ", NULL}, {"E", "ᴱ", NULL}, {"G", "ᴳ", NULL},
    {"H", "ᴴ", NULL}, {"I", "ᴵ", NULL}, {"J", "ᴶ", NULL}, {"K", "ᴷ", NULL}, {"L", "ᴸ", NULL},
    {"M", "ᴹ", NULL}, {"N", "ᴺ", NULL}, {"O", "ᴼ", NULL}, {"P", "ᴾ", NULL}, {"R", "ᴿ", NULL},
    {"T", "ᵀ", NULL}, {"U", "ᵁ", NULL}, {"V", "ⱽ", NULL}, {"W", "ᵂ", NULL}, {"+", "⁺", "₊"},
    {"−", "⁻", "₋"},  {"=", "⁼", "₌"},  {"(", "⁽", "₍"},  {")", "⁾", "₎"},  {"′", "′", NULL},
    {"″", "″", NULL}, {"‴", "‴", NULL}, {"∘", "°", NULL}, {"∗", "*", NULL}, {"†", "†", NULL},
    {"⊤", "ᵀ", NULL}, {"°", "°", NULL},
};

/* The glyph of one character, or NULL. */
static const char *script_glyph(struct str plain, bool raised)
{
    for (size_t i = 0; i < sizeof script_glyphs / sizeof *script_glyphs; i++)
        if (str_eq(plain, str_from(script_glyphs[i].plain)))
            return raised ? script_glyphs[i].raised : script_glyphs[i].lowered;
    return NULL;
}

static bool add_characters(struct buf *out, struct str text, bool raised)
{
    uint32_t code_point;
    while (text.len) {
        size_t len = text_decode(text, &code_point);
        const char *glyph = script_glyph(str_slice(text, 0, len), raised);
        if (!glyph)
            return false;
        buf_add(out, str_from(glyph));
        text = str_slice(text, len, text.len);
    }
    return true;
}

static bool add_script(struct buf *out, const struct tex *node, bool raised)
{
    if (node->flags & TEX_STRIKE)
        return false;
    if (node->kind == TEX_SYMBOL || node->kind == TEX_WORDS)
        return add_characters(out, node->text, raised);
    if (node->kind != TEX_ROW)
        return false;
    for (const struct tex *child = node->first; child; child = child->next)
        if (!add_script(out, child, raised))
            return false;
    return true;
}

bool math_script(struct buf *out, const struct tex *script, bool raised)
{
    size_t len = out->len;
    if (add_script(out, script, raised))
        return true;
    out->len = len;
    return false;
}

style math_script_look(const struct tex *script)
{
    const struct tex *first = tex_only(script);
    if (first->kind == TEX_ROW && first->first)
        first = first->first;
    return first->flags & TEX_BOLD ? STYLE_MATH | STYLE_STRONG : STYLE_MATH;
}

/* Letters that Unicode has with their mark: in pairs, plain and marked. */
static const struct {
    const char *mark;
    const char *pairs;
} marked_letters[] = {
    {"\xCC\x82", "aâeêiîoôuûyŷwŵcĉgĝhĥjĵsŝzẑAÂEÊIÎOÔUÛYŶWŴCĈGĜHĤJĴSŜZẐ"},
    {"\xCC\x83", "aãeẽiĩnñoõuũvṽyỹAÃEẼIĨNÑOÕUŨVṼYỸ"},
    {"\xCC\x84", "aāeēiīoōuūyȳgḡAĀEĒIĪOŌUŪYȲGḠ"},
    {"\xCC\x87", "aȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżAȦBḂCĊDḊEĖFḞGĠHḢMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻ"},
    {"\xCC\x88", "aäeëhḧiïoötẗuüwẅxẍyÿAÄEËHḦIÏOÖUÜWẄXẌYŸ"},
    {"\xCC\x8C", "aǎcčdďeěgǧiǐnňoǒrřsšuǔzžAǍCČDĎEĚGǦIǏNŇOǑRŘSŠUǓZŽ"},
};

void math_accent(struct buf *out, struct str letter, struct str mark)
{
    for (size_t i = 0; i < sizeof marked_letters / sizeof *marked_letters; i++) {
        if (!str_eq(mark, str_from(marked_letters[i].mark)))
            continue;
        for (struct str pairs = str_from(marked_letters[i].pairs); pairs.len;) {
            uint32_t code_point;
            size_t len = text_decode(str_slice(pairs, 1, pairs.len), &code_point);
            if (letter.len == 1 && pairs.at[0] == letter.at[0]) {
                buf_add(out, str_slice(pairs, 1, 1 + len));
                return;
            }
            pairs = str_slice(pairs, 1 + len, pairs.len);
        }
    }
    buf_add(out, letter);
    buf_add(out, mark);
}

static const struct {
    char above, below;
    const char *glyph;
} vulgar_fractions[] = {
    {'1', '2', "½"}, {'1', '3', "⅓"}, {'2', '3', "⅔"}, {'1', '4', "¼"}, {'3', '4', "¾"},
    {'1', '5', "⅕"}, {'2', '5', "⅖"}, {'3', '5', "⅗"}, {'4', '5', "⅘"}, {'1', '6', "⅙"},
    {'5', '6', "⅚"}, {'1', '8', "⅛"}, {'3', '8', "⅜"}, {'5', '8', "⅝"}, {'7', '8', "⅞"},
};

const char *math_vulgar(const struct tex *fraction)
{
    const struct tex *above = tex_only(fraction->part[0]), *below = tex_only(fraction->part[1]);
    if (!(fraction->flags & TEX_RULED) || above->kind != TEX_SYMBOL || below->kind != TEX_SYMBOL ||
        above->text.len != 1 || below->text.len != 1)
        return NULL;
    for (size_t i = 0; i < sizeof vulgar_fractions / sizeof *vulgar_fractions; i++)
        if (vulgar_fractions[i].above == above->text.at[0] && vulgar_fractions[i].below == below->text.at[0])
            return vulgar_fractions[i].glyph;
    return NULL;
}

struct str math_text(const struct math *m, const struct tex *symbol)
{
    return math_is_ascii(m) && symbol->ascii.len ? symbol->ascii : symbol->text;
}

struct str math_bracket(const struct math *m, struct str bracket)
{
    static const char *const likenesses[][2] = {
        {"⟨", "<"}, {"⟩", ">"},  {"⌊", "floor("}, {"⌋", ")"},  {"⌈", "ceil("},
        {"⌉", ")"}, {"‖", "||"}, {"⟦", "[["},     {"⟧", "]]"},
    };
    if (!math_is_ascii(m))
        return bracket;
    for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++)
        if (str_eq(bracket, str_from(likenesses[i][0])))
            return str_from(likenesses[i][1]);
    return bracket;
}
