#include "term_words.h"

#include "lectern/mem.h"
#include "lectern/text.h"

/* How questions are asked, not what about. A topic whose words all stand here would gather questions that have nothing
 * in common. What else says nothing is found by its figures (see topic_quality.c). */
const char term_words_empty[] =
    "advantage age amount analysis answer application approach area aspect assessment background basic "
    "benefit best category cause challenge change characteristic classification common communication "
    "comparison complexity complication component concept concern consequence consideration context "
    "contrast control current decrease definition description design development diagnosis diagnostic "
    "difference disadvantage education effect effectiveness efficiency element evaluation everyday "
    "example experience explanation fact factor feature flexibility form framework function functionality "
    "fundamental future general good group guideline historical history impact implementation implication "
    "importance improvement increase influence information interaction interpretation intervention "
    "introduction issue key knowledge level life limitation main management meaning method model modern "
    "monitoring new number option outcome overview part people performance person phase practical "
    "practice prevention principle problem procedure process property purpose quality question rate real "
    "recommendation relationship relevance reliability representation research result risk role safety "
    "scalability scenario service sign significance similarity simplicity size skill solution specific "
    "stability stage step strategy structure study support symptom system technique technology term "
    "terminology theory time topic training treatment trend type understanding usage use value various "
    "world";

/* Words in -s whose singular no rule below gives. */
static const char *const irregular[][2] = {
    {"analyses", "analysis"}, {"axes", "axis"},     {"diagnoses", "diagnosis"}, {"hypotheses", "hypothesis"},
    {"indices", "index"},     {"lenses", "lens"},   {"matrices", "matrix"},     {"series", "series"},
    {"species", "species"},   {"theses", "thesis"}, {"vertices", "vertex"},     {"diabetes", "diabetes"},
};

void term_words_start(struct term_words *cache)
{
    *cache = (struct term_words){0};
    numbering_start(&cache->spellings, &cache->arena);
}

void term_words_free(struct term_words *cache)
{
    numbering_free(&cache->spellings);
    mem_free(cache->word_of);
    buf_free(&cache->buf);
    arena_free(&cache->arena);
}

static bool ascii_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool term_words_next(struct str *rest, struct str *spelling)
{
    if (!text_next_word(rest, spelling))
        return false;
    size_t marks = 0;
    while (marks < rest->len && (rest->at[marks] == '+' || rest->at[marks] == '#'))
        marks++;
    /* "C++", but not the sum "x+y". */
    if (marks && spelling->len <= 3 && spelling->at + spelling->len == rest->at &&
        (marks == rest->len || !ascii_alphanumeric(rest->at[marks]))) {
        spelling->len += marks;
        *rest = str_slice(*rest, marks, rest->len);
    }
    return true;
}

static size_t count_capitals(struct str s)
{
    size_t capitals = 0;
    for (size_t i = 0; i < s.len; i++)
        capitals += s.at[i] >= 'A' && s.at[i] <= 'Z';
    return capitals;
}

bool term_words_is_acronym(struct str spelling)
{
    return spelling.len <= 7 && count_capitals(spelling) >= 2;
}

/* Turns the folded word in `buf` into the singular. */
static void make_singular(struct buf *buf, struct str spelling)
{
    struct str word = buf_str(buf);
    if (word.len < 4 || !str_ends(word, STR("s")) || str_ends(word, STR("ss")) || str_ends(word, STR("us")))
        return;
    if (count_capitals(spelling) >= 2) {
        /* SSRIs is a plural; AIDS is none. */
        if (spelling.at[spelling.len - 1] == 's')
            buf->len--;
        return;
    }
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (str_eq(word, str_from(irregular[i][0]))) {
            buf_clear(buf);
            buf_add(buf, str_from(irregular[i][1]));
            return;
        }
    if (str_ends(word, STR("is")))
        return;
    if (word.len > 4 && str_ends(word, STR("ies"))) {
        buf->len -= 3;
        buf_add_byte(buf, 'y');
    } else if (str_ends(word, STR("sses")) || str_ends(word, STR("xes")) || str_ends(word, STR("ches")) ||
               str_ends(word, STR("shes")) || str_ends(word, STR("zzes"))) {
        buf->len -= 2;
    } else {
        buf->len--;
    }
}

/* The number of the spelling; `*fresh` tells that word_of has to be filled in from the word in the buffer. */
static uint32_t spelling_number(struct term_words *cache, struct str spelling, bool *fresh)
{
    uint32_t before = cache->spellings.count;
    uint32_t number = numbering_add(&cache->spellings, spelling);
    *fresh = number == before;
    if (*fresh) {
        cache->word_of = mem_grow(cache->word_of, number, &cache->capacity, sizeof *cache->word_of);
        buf_clear(&cache->buf);
        text_fold(&cache->buf, spelling);
        make_singular(&cache->buf, spelling);
    }
    return number;
}

uint32_t term_words_add(struct term_words *cache, struct numbering *words, struct str text, uint32_t *numbers,
                        uint32_t max)
{
    struct str spelling;
    uint32_t count = 0;
    while (count < max && term_words_next(&text, &spelling)) {
        bool fresh;
        uint32_t number = spelling_number(cache, spelling, &fresh);
        if (fresh)
            cache->word_of[number] = numbering_add(words, buf_str(&cache->buf));
        numbers[count++] = cache->word_of[number];
    }
    return count;
}

uint32_t term_words_find(struct term_words *cache, const struct numbering *words, struct str text,
                         uint32_t *numbers, uint32_t max)
{
    struct str spelling;
    uint32_t count = 0;
    while (count < max && term_words_next(&text, &spelling)) {
        bool fresh;
        uint32_t number = spelling_number(cache, spelling, &fresh);
        if (fresh)
            cache->word_of[number] = numbering_find(words, buf_str(&cache->buf));
        numbers[count++] = cache->word_of[number];
    }
    return count;
}
