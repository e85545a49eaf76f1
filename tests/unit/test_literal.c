#include "words.h"

#include <string.h>

#include "../../src/search/literal.h"
#include "lectern/pattern.h"

/* A piece as its text, with < or > where a word must begin or end; {a b} for all, {a|b} for one of them. */
static void write_literal(struct buf *out, const struct literal *literal)
{
    if (!literal)
        return;
    if (literal->kind == LITERAL_PIECE) {
        buf_printf(out, "%s%.*s%s", literal->begins ? "<" : "", STR_ARG(literal->text),
                   literal->ends ? ">" : "");
        return;
    }
    buf_add(out, STR("{"));
    for (const struct literal *child = literal->first; child; child = child->next) {
        write_literal(out, child);
        buf_add(out, !child->next ? STR("}") : literal->kind == LITERAL_ANY ? STR("|") : STR(" "));
    }
}

static const struct {
    const char *source, *literal;
} literals[] = {
    {"liver", "liver"},
    {"Child.Pugh", "{child pugh}"},
    {"Child-Pugh score", "{child> <pugh> <score}"},
    {" liver\\.", "<liver>"},
    {"the\\nliver\\tis", "{the> <liver> <is}"},
    {" ab, ", "<ab>"},
    {" ab#, ab\\+\\+ ", "{<ab <ab}"},
    {"don't know", "{don <know}"},
    {"patient's pain", "{patient <pain}"},
    {"a", ""},
    {"x liver y", "<liver>"},
    {"livers?", "liver"},
    {"liver+s", "liver"},
    {"liver*s", "live"},
    {"li{0,2}ver", "ver"},
    {"li{2}ver", "{li ver}"},
    {"li{2,}?ver", "{li ver}"},
    {"caf\xc3\xa9 liver", "{caf <liver}"},
    {"\\bliver\\b", "liver"},
    {"^liver$", "liver"},
    {"liver|kidney", "{liver|kidney}"},
    {"liver|x", ""},
    {"liver|", ""},
    {"(heart|liver) failure", "{{heart|liver} <failure}"},
    {"(heart|liver)? failure", "<failure"},
    {"(?:ab|cd)+ef", "{{ab|cd} ef}"},
    {"(?:ab|cd){0,3}ef", "ef"},
    {"(?<name>ab)(?P<n2>cd)(?'n3'ef)", "{ab cd ef}"},
    {"(?>ab)(?|cd|ef)", "{ab {cd|ef}}"},
    {"(?=liver)kidney(?!spleen)(?<=heart)(?<!lung)", "kidney"},
    {"(?i)liver(?s-m:kidney)", "{liver kidney}"},
    {"(?x) li ver", ""},
    {"(?xx:li)ver", ""},
    {"[abc]liver[^]abc]kidney[]x]spleen[[:alpha:]]heart[\\]]lung", "{liver kidney spleen heart lung}"},
    {"[abc", ""},
    {"[[.a.]]liver", ""},
    {"\\d+ liver \\w\\S\\p{Lu}\\pLkidney", "{<liver> kidney}"},
    {"(ab)\\1cd\\10ef", "{ab cd ef}"},
    {"\\Qliver\\E", ""},
    {"\\x41liver", ""},
    {"\\N{U+41}liver", ""},
    {"\\N{2}liver", ""},
    {"\\g1liver", ""},
    {"\\c]liver", ""},
    {"(?#liver)kidney", ""},
    {"(?(1)liver|kidney)", ""},
    {"(?R)liver", ""},
    {"(?1)(liver)", ""},
    {"(*COMMIT)liver", ""},
    {"(?C1)liver", ""},
    {"liver{,3}", ""},
    {"liver)", ""},
    {"(liver", ""},
    {"liver\\", ""},
    {"*liver", ""},
    {"\\\\liver\\/kidney", "{<liver> <kidney}"},
    {"liv\\Ker", "{liv er}"},
    {"((((liver))))", "liver"},
    {"", ""},
};

static void literals_are_what_every_match_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
        struct arena arena = {0};
        struct buf out = {0};
        write_literal(&out, literal_find(&arena, str_from(literals[i].source)));
        if (strcmp(buf_cstr(&out), literals[i].literal) != 0)
            fail_msg("/%s/: \"%s\", not \"%s\"", literals[i].source, buf_cstr(&out), literals[i].literal);
        buf_free(&out);
        arena_free(&arena);
    }
}

/* What folding and the cutting into words have to do with. */
static void make_text(struct buf *out, uint64_t *random)
{
    static const char *const pieces[] = {
        "liver",
        "Liver",
        "patient",
        "s",
        "'s",
        "\xe2\x80\x99s",
        "'",
        "\xe2\x80\x99",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "-",
        "_",
        ".",
        "na\303\257ve",
        "nai\314\210ve",
        "\357\254\201ne",
        "\342\204\252elvin",
        "\305\277kin",
        "\xe8\x82\x9d",
        "co\302\255op",
        "7",
        "10th",
        "don't",
        "rock'n'roll",
        "C++",
        "ab#",
        "#",
        "+",
        "x",
        "xyz",
        "# ",
        "\xe2\x80\x8b",
        "\xe2\x80\x8d",
        "\xc3\x9f",
        "\xc5\x89",
        "ab",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk",
        "\xe0\xa4\x95\xe0\xa4\xbf",
    };
    for (size_t n = words_random(random) % 40; n--;)
        buf_printf(out, "%s", pieces[words_random(random) % (sizeof pieces / sizeof *pieces)]);
}

static void add_quoted(struct buf *out, struct str s, uint64_t *random)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
        bool whole = c < 0x80 && (i + 1 == s.len || (unsigned char)s.at[i + 1] < 0x80);
        if (!word)
            buf_add_byte(out, '\\');
        buf_add_byte(out, c == '\n' ? 'n' : (char)c);
        static const char *const changes[] = {"?",    "*",   "+",  "{0,2}", "{2}", "??", "|",
                                              "(?i)", "\\b", ".*", "(?=x)", "x?",  "()"};
        if (whole && words_random(random) % 12 == 0)
            buf_printf(out, "%s", changes[words_random(random) % (sizeof changes / sizeof *changes)]);
    }
}

static struct str random_part(struct str text, uint64_t *random)
{
    size_t from = text.len ? words_random(random) % text.len : 0, to = from + words_random(random) % 20;
    while (from < text.len && ((unsigned char)text.at[from] & 0xc0) == 0x80)
        from++;
    while (to < text.len && ((unsigned char)text.at[to] & 0xc0) == 0x80)
        to++;
    return str_slice(text, from, to);
}

/* Parts of a text, changed, in groups and side by side. */
static void make_pattern(struct buf *out, struct str text, uint64_t *random)
{
    static const char *const begins[] = {"", "", "(", "(?:", "(?i:", "(?=", "(?>", "["};
    for (size_t n = 1 + words_random(random) % 3; n--;) {
        size_t group = words_random(random) % 8;
        buf_printf(out, "%s", begins[group]);
        add_quoted(out, random_part(text, random), random);
        buf_printf(out, "%s", group < 2 ? "" : group == 7 ? "]" : ")");
        static const char *const ends[] = {"", "", "", "?", "+", "*", "|", ".*", ".{0,9}", "\\W+"};
        buf_printf(out, "%s", ends[words_random(random) % (sizeof ends / sizeof *ends)]);
    }
}

#define ARTICLES 24

static void check_pattern(const struct index *index, const struct article *articles, struct str source,
                          size_t *looked_up)
{
    struct arena arena = {0};
    struct pattern *pattern = pattern_compile(source, PATTERN_IGNORE_CASE, NULL);
    uint64_t *documents = pattern ? literal_documents(&arena, literal_find(&arena, source), index) : NULL;
    *looked_up += documents != NULL;
    for (uint32_t i = 0; i < ARTICLES && documents; i++) {
        struct pattern_match *matches;
        size_t in_title, in_text;
        pattern_find_all(pattern, articles[i].title, &arena, &matches, &in_title, NULL);
        pattern_find_all(pattern, articles[i].text, &arena, &matches, &in_text, NULL);
        if (in_title + in_text && !(documents[i / 64] >> i % 64 & 1))
            fail_msg("/%.*s/ is left out in \"%.*s\" \"%.*s\"", STR_ARG(source), STR_ARG(articles[i].title),
                     STR_ARG(articles[i].text));
    }
    pattern_free(pattern);
    arena_free(&arena);
}

static void no_document_that_matches_is_left_out(void **state)
{
    (void)state;
    uint64_t random = 1;
    size_t looked_up = 0;
    for (int round = 0; round < 10; round++) {
        struct arena arena = {0};
        struct article articles[ARTICLES] = {0};
        struct buf room = {0};
        for (size_t i = 0; i < ARTICLES; i++) {
            make_text(&room, &random);
            articles[i].text = arena_str(&arena, buf_str(&room));
            buf_clear(&room);
            make_text(&room, &random);
            articles[i].title = arena_str(&arena, buf_str(&room));
            buf_clear(&room);
        }
        struct index *index = words_of(articles, ARTICLES);
        for (int i = 0; i < 150; i++) {
            const struct article *article = &articles[words_random(&random) % ARTICLES];
            buf_clear(&room);
            make_pattern(&room, words_random(&random) % 4 ? article->text : article->title, &random);
            check_pattern(index, articles, buf_str(&room), &looked_up);
        }
        index_release(index);
        buf_free(&room);
        arena_free(&arena);
    }
    assert_true(looked_up > 300);
}

static void documents_are_those_with_the_words(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        unsigned documents; /* a bit for each */
    } cases[] = {
        {"liver", 3},          {"iver ", 3},   {" live", 3},        {"iver", 3},
        {" liver ", 1},        {"ive ", 0},    {"liver|kidney", 7}, {"(liver).*(kidney)", 0},
        {"liver.*failure", 1}, {"nothing", 0},
    };
    struct article articles[] = {{.text = STR("the liver and its failure")},
                                 {.text = STR("A deliverer of livers. Riverliver.")},
                                 {.title = STR("A kidney")}};
    struct index *index = words_of(articles, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        uint64_t *documents =
            literal_documents(&arena, literal_find(&arena, str_from(cases[i].source)), index);
        assert_non_null(documents);
        if (documents[0] != cases[i].documents)
            fail_msg("/%s/: %x", cases[i].source, (unsigned)documents[0]);
        arena_free(&arena);
    }
    assert_null(literal_documents(NULL, NULL, index));
    index_release(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_are_what_every_match_holds),
        cmocka_unit_test(documents_are_those_with_the_words),
        cmocka_unit_test(no_document_that_matches_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
