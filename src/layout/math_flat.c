/*
 * Formulas on one line. Brackets are added where a bar, a raised place or a column of a matrix told what belongs together:
 * `(a + b)/(2c)`, `e^(−λt)`, `[1 2; 3 4]`.
 */
#include <string.h>

#include "lectern/mem.h"
#include "math.h"

struct flat {
    const struct math *m;
    struct buf text;
    struct math_piece *pieces;
    size_t *begins; /* of each piece in the text */
    size_t count, capacity, begins_capacity;
    uint32_t gap; /* due before the next text */
    uint8_t level;
    uint8_t depth; /* of brackets */
    bool script;
    bool word; /* the last text is a word */
};

static void flat_node(struct flat *f, const struct tex *node);
static void flat_row(struct flat *f, const struct tex *row);

/* --- Text --- */

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_word(struct str text)
{
    return text.len > 1 && is_word_byte(text.at[0]) && text.at[0] > '9';
}

static void want_gap(struct flat *f, uint32_t cells, unsigned level)
{
    if (cells > f->gap)
        f->gap = cells;
    if (cells && level < f->level)
        f->level = (uint8_t)level;
}

static void begin_piece(struct flat *f, style look)
{
    f->pieces = mem_grow(f->pieces, f->count, &f->capacity, sizeof *f->pieces);
    f->begins = mem_grow(f->begins, f->count, &f->begins_capacity, sizeof *f->begins);
    f->begins[f->count] = f->text.len;
    uint32_t gap = f->count ? f->gap : 0;
    f->pieces[f->count++] = (struct math_piece){.gap = gap, .look = look, .level = f->level};
}

static void add_text(struct flat *f, struct str text, style look)
{
    if (text.len == 0)
        return;
    if (f->count == 0 || f->gap || f->pieces[f->count - 1].look != look)
        begin_piece(f, look);
    f->gap = 0;
    f->level = MATH_GLUED;
    f->word = is_word(text);
    buf_add(&f->text, text);
}

static void add(struct flat *f, const char *text)
{
    add_text(f, str_from(text), STYLE_MATH);
}

static void add_bracket(struct flat *f, struct str bracket)
{
    add_text(f, math_bracket(f->m, bracket), STYLE_MATH);
}

static style look_of(const struct tex *node)
{
    unsigned look = STYLE_MATH;
    if (node->flags & TEX_BOLD)
        look |= STYLE_STRONG;
    if (node->flags & TEX_STRIKE)
        look |= STYLE_STRIKE;
    return (style)look;
}

static void enclose(struct flat *f, const char *left, const struct tex *node, const char *right)
{
    add(f, left);
    f->depth++;
    flat_node(f, node);
    f->depth--;
    f->gap = 0;
    add(f, right);
}

static void enclose_unless(struct flat *f, bool clear, const struct tex *node)
{
    if (clear)
        flat_node(f, node);
    else
        enclose(f, "(", node, ")");
}

/* --- Symbols --- */

/* In ASCII a letter may be a word: it keeps away from letters beside it. */
static void flat_symbol(struct flat *f, const struct tex *node)
{
    struct str text = math_text(f->m, node);
    if (math_is_ascii(f->m) && f->text.len && f->gap == 0 && is_word_byte(math_first(text)) &&
        is_word_byte(math_last(buf_str(&f->text))) && (f->word || is_word(text)))
        want_gap(f, 1, MATH_GLUED);
    add_text(f, text, look_of(node));
}

static void flat_words(struct flat *f, const struct tex *node)
{
    struct str word, rest = node->text;
    for (bool more = true; more; rest.len ? want_gap(f, 1, 2u * f->depth) : (void)0) {
        more = str_cut(rest, ' ', &word, &rest);
        add_text(f, word, look_of(node));
    }
}

/* --- Scripts --- */

static bool is_script_unit(const struct tex *script)
{
    const struct tex *only = tex_only(script);
    if (only->kind == TEX_SYMBOL || only->kind == TEX_WORDS)
        return math_is_unit(only);
    return math_is_bracketed(only);
}

static void linear_script(struct flat *f, const char *mark, const struct tex *script)
{
    bool outer = f->script;
    if (script->kind == TEX_UNKNOWN) {
        flat_node(f, script); /* the mark itself, which nothing followed */
        return;
    }
    add(f, mark);
    f->script = true;
    enclose_unless(f, is_script_unit(script), script);
    f->script = outer;
    f->gap = 0;
}

static bool is_bare_prime(const struct tex *script)
{
    for (const struct tex *node = script->first; node; node = node->next)
        if (node->kind != TEX_SYMBOL || node->ascii.len == 0 || node->ascii.at[0] != '\'')
            return false;
    return script->kind == TEX_ROW && script->first;
}

static bool unicode_script(struct flat *f, const struct tex *script, bool raised)
{
    struct buf out = {0};
    bool done = !math_is_ascii(f->m) && math_script(&out, script, raised);
    if (done)
        add_text(f, buf_str(&out), math_script_look(script));
    buf_free(&out);
    return done;
}

static bool has_unicode(const struct flat *f, const struct tex *script, bool raised)
{
    struct buf out = {0};
    bool has = !math_is_ascii(f->m) && math_script(&out, script, raised);
    buf_free(&out);
    return has;
}

static void flat_above(struct flat *f, const struct tex *above)
{
    if (is_bare_prime(above) && math_is_ascii(f->m))
        flat_node(f, above);
    else if (!unicode_script(f, above, true))
        linear_script(f, "^", above);
}

static bool is_empty(const struct tex *node)
{
    return !node || (node->kind == TEX_ROW && !node->first);
}

/* A raised 2 behind a lowered B that has no small form would raise the B: it comes before. So do the numbers of an
 * isotope, which belong to nothing before them. */
static void flat_scripts(struct flat *f, const struct tex *above, const struct tex *below, bool limits,
                         bool isotope)
{
    bool low = !is_empty(below) && has_unicode(f, below, false);
    bool above_first = !is_empty(above) && (!low || isotope) && !limits && has_unicode(f, above, true);
    f->gap = 0;
    if (above_first)
        flat_above(f, above);
    if (!is_empty(below) && !(low && unicode_script(f, below, false)))
        linear_script(f, "_", below);
    f->gap = 0;
    if (is_empty(above) || above_first)
        return;
    if (limits && !low && !is_empty(below))
        linear_script(f, "^", above);
    else
        flat_above(f, above);
    f->gap = 0;
}

static void flat_scripted(struct flat *f, const struct tex *node)
{
    const struct tex *base = node->part[0];
    if (!is_empty(base))
        enclose_unless(f, math_is_clear_base(base, node), base);
    flat_scripts(f, node->part[1], node->part[2], math_side(node, true) == TEX_OP, is_empty(base));
}

/* --- Fractions and roots --- */

static void flat_choice(struct flat *f, const struct tex *node)
{
    bool choose = str_eq(node->left, STR("("));
    if (choose)
        add(f, "C(");
    else
        add_bracket(f, node->left);
    flat_node(f, node->part[0]);
    f->gap = 0;
    add(f, choose ? "," : ";");
    want_gap(f, 1, MATH_GLUED);
    flat_node(f, node->part[1]);
    f->gap = 0;
    add_bracket(f, node->right);
}

/* Binomials are C(n, k), as calculators and many books write them: `(n k)` on one line would be a row of a matrix. */
static void flat_fraction(struct flat *f, const struct tex *node)
{
    const char *vulgar = math_is_ascii(f->m) || f->script ? NULL : math_vulgar(node);
    if (!(node->flags & TEX_RULED)) {
        flat_choice(f, node);
        return;
    }
    add_bracket(f, node->left);
    if (vulgar) {
        add(f, vulgar);
    } else {
        enclose_unless(f, math_is_product(node->part[0]), node->part[0]);
        f->gap = 0;
        add(f, "/");
        enclose_unless(f, math_is_unit(node->part[1]), node->part[1]);
        f->gap = 0;
    }
    add_bracket(f, node->right);
}

/* `sqrt(x)`, `root(n, x)`; cube roots are given without their degree. */
static void ascii_root(struct flat *f, const struct tex *node, const struct tex *degree)
{
    add(f, degree ? "root(" : node->part[1] ? "cbrt" : "sqrt");
    if (!degree) {
        enclose_unless(f, math_is_bracketed(node->part[0]), node->part[0]);
        return;
    }
    flat_node(f, degree);
    f->gap = 0;
    add(f, ", ");
    flat_node(f, node->part[0]);
    f->gap = 0;
    add(f, ")");
}

static void flat_root(struct flat *f, const struct tex *node)
{
    const struct tex *degree = node->part[1] ? tex_only(node->part[1]) : NULL;
    bool three = degree && str_eq(degree->text, STR("3")), four = degree && str_eq(degree->text, STR("4"));
    bool bare = math_is_bare_radicand(node->part[0]);
    if (math_is_ascii(f->m)) {
        ascii_root(f, node, three ? NULL : degree);
        return;
    }
    if (degree && !three && !four && !unicode_script(f, degree, true)) {
        enclose(f, "√[", degree, "]");
        bare = bare && math_is_bracketed(node->part[0]);
    } else {
        add(f, three ? "∛" : four ? "∜" : "√");
    }
    enclose_unless(f, bare, node->part[0]);
}

/* --- Brackets and tables --- */

static bool ends_with_mark(const struct flat *f)
{
    return f->text.len && strchr(",;", f->text.at[f->text.len - 1]);
}

static bool has_wide_cell(const struct tex *table)
{
    for (const struct tex *row = table->first; row; row = row->next)
        for (const struct tex *cell = row->first; cell; cell = cell->next)
            if (!math_is_product(cell))
                return true;
    return false;
}

static void flat_table(struct flat *f, const struct tex *table, bool enclosed)
{
    bool lines = table->columns->pairs || (table->flags & TEX_DISPLAY) || enclosed || f->script;
    bool cases = str_eq(table->left, STR("{")) && !table->right.len;
    bool commas = !lines && !cases && has_wide_cell(table);
    if (!lines || table->left.len)
        add_bracket(f, table->left.len ? table->left : STR("["));
    f->depth++;
    for (const struct tex *row = table->first; row; row = row->next) {
        for (const struct tex *cell = row->first; cell; cell = cell->next) {
            flat_node(f, cell);
            if (!cell->next)
                continue;
            if (commas && !ends_with_mark(f))
                add(f, ",");
            want_gap(f, 1, 2u * f->depth - (lines || cases));
        }
        if (row->next && row->next->first && !ends_with_mark(f))
            add(f, ";");
        want_gap(f, 1, lines ? 0 : 2u * f->depth - 2);
    }
    f->depth--;
    f->gap = 0;
    if (!lines || table->right.len)
        add_bracket(f, table->right.len ? table->right : cases ? STR("}") : STR("]"));
}

static void flat_fenced(struct flat *f, const struct tex *node)
{
    add_bracket(f, node->left);
    f->depth++;
    const struct tex *only = tex_only(node->part[0]);
    if (only->kind == TEX_TABLE)
        flat_table(f, only, true);
    else
        flat_node(f, node->part[0]);
    f->depth--;
    f->gap = 0;
    add_bracket(f, node->right);
}

/* --- Marks over and under --- */

/* A function's name before brackets, for what has no characters. */
static void named(struct flat *f, const char *name, const struct tex *content)
{
    if (f->count && f->gap == 0 && is_word_byte(math_last(buf_str(&f->text))))
        want_gap(f, 1, MATH_GLUED);
    add(f, name);
    enclose_unless(f, math_is_bracketed(content), content);
}

static void marked_letters(struct flat *f, const struct tex *letters, struct str mark)
{
    const struct tex *only = tex_only(letters);
    const struct tex *first = only->kind == TEX_ROW ? only->first : only;
    for (const struct tex *node = first; node; node = only->kind == TEX_ROW ? node->next : NULL) {
        struct str rest = node->text;
        struct text_glyph glyph;
        struct buf out = {0};
        while (text_next(&rest, f->m->charset, &glyph))
            math_accent(&out, glyph.source, mark);
        add_text(f, buf_str(&out), look_of(node));
        buf_free(&out);
    }
}

/* Of a letter with a script the letter has the mark. */
static void flat_accent(struct flat *f, const struct tex *node)
{
    const struct tex *content = tex_only(node->part[0]);
    bool line = str_eq(node->ascii, STR("bar")) || str_eq(node->ascii, STR("vec"));
    bool scripted = content->kind == TEX_SCRIPTS && math_is_letters(content->part[0]);
    const struct tex *letters = scripted ? content->part[0] : content;
    bool single = tex_only(letters)->kind == TEX_SYMBOL;
    if (math_is_ascii(f->m) || !math_is_letters(letters) || !(single || line)) {
        named(f, node->ascii.at, node->part[0]);
        return;
    }
    marked_letters(f, letters, single || math_first(node->ascii) == 'v' ? node->text : STR("\xCC\x85"));
    if (scripted)
        flat_scripts(f, content->part[1], content->part[2], false, false);
}

static void flat_cover(struct flat *f, const struct tex *node)
{
    static const struct {
        const char *mark, *name;
    } covers[] = {
        [TEX_OVERLINE] = {"\xCC\x85", "bar"},
        [TEX_UNDERLINE] = {"\xCC\xB2", "underline"},
        [TEX_OVERBRACE] = {NULL, "("},
        [TEX_UNDERBRACE] = {NULL, "("},
        [TEX_OVERARROW] = {"\xE2\x83\x97", "vec"},
        [TEX_UNDERARROW] = {NULL, "underarrow"},
    };
    bool brace = node->size == TEX_OVERBRACE || node->size == TEX_UNDERBRACE;
    const char *mark = covers[node->size].mark;
    if (node->size == TEX_OVERARROW && !str_eq(node->text, STR("→")))
        mark = str_eq(node->text, STR("←")) ? "\xE2\x83\x96" : "\xE2\x83\xA1";
    if (brace) {
        enclose_unless(f, math_is_unit(node->part[0]), node->part[0]);
        f->gap = 0;
        if (!is_empty(node->part[1]))
            enclose(f, "[", node->part[1], "]"); /* no script: it would be a power or an index */
    } else if (!math_is_ascii(f->m) && mark && math_is_letters(node->part[0])) {
        marked_letters(f, node->part[0], str_from(mark));
    } else {
        named(f, covers[node->size].name, node->part[0]);
    }
}

static void flat_labels(struct flat *f, const struct tex *node)
{
    if (!is_empty(node->part[1]))
        flat_node(f, node->part[1]);
    f->gap = 0;
    if (is_empty(node->part[2]))
        return;
    add(f, ";");
    want_gap(f, !is_empty(node->part[1]), MATH_GLUED);
    flat_node(f, node->part[2]);
    f->gap = 0;
}

/* `─heat→`, `⇌[k]` */
static void flat_arrow(struct flat *f, const struct tex *node)
{
    struct str arrow = math_text(f->m, node);
    bool two = str_eq(node->text, STR("⇒")) || str_eq(node->text, STR("⇐"));
    bool left = str_eq(node->text, STR("←")) || str_eq(node->text, STR("⇐"));
    bool right = str_eq(node->text, STR("→")) || str_eq(node->text, STR("⇒"));
    const char *shaft = math_is_ascii(f->m) ? (two ? "=" : "-") : two ? "═" : "─";
    if (is_empty(node->part[1]) && is_empty(node->part[2])) {
        add_text(f, arrow, STYLE_MATH);
        return;
    }
    if (!right)
        add_text(f, arrow, STYLE_MATH);
    add(f, left || right ? shaft : "[");
    flat_labels(f, node);
    add(f, left || right ? shaft : "]");
    if (right)
        add_text(f, arrow, STYLE_MATH);
}

/* --- Rows --- */

static void flat_stack(struct flat *f, const struct tex *node)
{
    flat_node(f, node->part[0]);
    flat_scripts(f, node->part[1], node->part[2], true, false);
}

static void flat_node(struct flat *f, const struct tex *node)
{
    switch (node->kind) {
    case TEX_ROW: flat_row(f, node); break;
    case TEX_SYMBOL: flat_symbol(f, node); break;
    case TEX_WORDS: flat_words(f, node); break;
    case TEX_SPACE: want_gap(f, node->size, node->size > 1 ? 2u * f->depth : MATH_GLUED); break;
    case TEX_SCRIPTS: flat_scripted(f, node); break;
    case TEX_FRACTION: flat_fraction(f, node); break;
    case TEX_ROOT: flat_root(f, node); break;
    case TEX_FENCED: flat_fenced(f, node); break;
    case TEX_TABLE: flat_table(f, node, false); break;
    case TEX_ACCENT: flat_accent(f, node); break;
    case TEX_COVER: flat_cover(f, node); break;
    case TEX_STACK: flat_stack(f, node); break;
    case TEX_ARROW: flat_arrow(f, node); break;
    case TEX_FRAME: enclose(f, "[", node->part[0], "]"); break;
    case TEX_PHANTOM: want_gap(f, 1, MATH_GLUED); break;
    case TEX_TAG:
        want_gap(f, 2, 0);
        flat_node(f, node->part[0]);
        break;
    default: add_text(f, node->text, STYLE_MATH_SOURCE);
    }
}

/* Lines break behind relations, better than behind operators and commas, better than inside brackets. */
static unsigned break_level(const struct flat *f, const struct tex *before)
{
    enum tex_class class = math_side(before, true);
    if (class == TEX_REL)
        return 2u * f->depth;
    if (class == TEX_BIN || class == TEX_PUNCT)
        return 2u * f->depth + 1;
    return MATH_GLUED;
}

static bool is_fraction(const struct tex *node)
{
    return node->kind == TEX_FRACTION && (node->flags & TEX_RULED);
}

/* `sin`, `sin²`, but not `lim` and `∑`. */
static bool names_function(const struct tex *node)
{
    const struct tex *base = node && node->kind == TEX_SCRIPTS ? node->part[0] : node;
    return base && base->kind == TEX_SYMBOL && base->class == TEX_OP &&
           !(base->flags & (TEX_BIG | TEX_LIMITS));
}

/* Whether the bar told what a slash would leave open: `(a/b)c`, `sin(x/2)`. */
static bool needs_brackets(const struct flat *f, const struct tex *before, const struct tex *node,
                           const struct tex *next)
{
    if (!is_fraction(node) || (!math_is_ascii(f->m) && !f->script && math_vulgar(node)))
        return false;
    if (before && before->kind == TEX_SYMBOL &&
        (str_eq(before->text, STR("/")) || str_eq(before->text, STR("÷"))))
        return true;
    if (before && (names_function(before) || is_fraction(before)))
        return true;
    if (!next || next->kind == TEX_SPACE)
        return false;
    enum tex_class class = math_side(next, false);
    return class == TEX_ORD || class == TEX_OPEN || class == TEX_INNER || class == TEX_OP;
}

static bool closes_bracket(const struct tex *node)
{
    return node->kind == TEX_SYMBOL && node->class == TEX_CLOSE && !str_eq(node->text, STR("!"));
}

static void flat_row(struct flat *f, const struct tex *row)
{
    const struct tex *before = NULL;
    bool enclosed = false; /* the last one has got brackets */
    uint8_t depth = f->depth;
    for (const struct tex *node = row->first; node; node = node->next) {
        if (node->kind == TEX_SPACE) {
            flat_node(f, node);
            continue;
        }
        uint32_t gap = math_gap(before, node, f->script);
        bool brackets = needs_brackets(f, before, node, node->next);
        bool mixed = before && math_begins_number(before) && is_fraction(node) && math_vulgar(node) &&
                     !math_is_ascii(f->m);
        if (closes_bracket(node) && f->depth > depth)
            f->depth--;
        bool tight = mixed || (before && math_is_sign(before) && is_fraction(node)) ||
                     (brackets && names_function(before)) || (enclosed && math_side(node, false) == TEX_ORD);
        want_gap(f, tight ? 0 : gap, before ? break_level(f, before) : MATH_GLUED);
        enclose_unless(f, !brackets, node);
        if (node->kind == TEX_SYMBOL && node->class == TEX_OPEN && f->depth < 100)
            f->depth++;
        before = node;
        enclosed = brackets;
    }
    f->depth = depth;
}

/* --- The whole --- */

static struct math_line finish(struct flat *f)
{
    struct str text = arena_str(f->m->arena, buf_str(&f->text));
    struct math_line line = {.pieces = arena_array(f->m->arena, f->count, sizeof *line.pieces),
                             .count = f->count};
    for (size_t i = 0; i < f->count; i++) {
        line.pieces[i] = f->pieces[i];
        line.pieces[i].text = str_slice(text, f->begins[i], i + 1 < f->count ? f->begins[i + 1] : text.len);
        line.pieces[i].width = (uint32_t)text_width(line.pieces[i].text, f->m->charset);
        line.width += line.pieces[i].gap + line.pieces[i].width;
    }
    buf_free(&f->text);
    mem_free(f->pieces);
    mem_free(f->begins);
    return line;
}

struct math_line math_flat(const struct math *m, const struct tex *node, bool script)
{
    struct flat f = {.m = m, .script = script, .level = MATH_GLUED};
    flat_node(&f, node);
    return finish(&f);
}
