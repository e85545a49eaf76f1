#include "scale_words.h"

#include <math.h>
#include <string.h>

#include "words.h"

enum {
    REPLACED = 40, /* one word in so many is replaced */
    NEW_FIRST = 3, /* in one such place in so many a new word stands, while there are some */
};

/* New words in all articles before this one; as many articles as the real library has bring none. In English text the number
 * of distinct words grows about with the square root of the text (Heaps' law; Manning, Raghavan, Schuetze 2008, 5.1.1). */
static double new_words_before(const struct scale_model *model, uint32_t article)
{
    double times = (double)article / (double)model->source_count;
    return times <= 1 ? 0 : model->distinct * (sqrt(times) - 1);
}

static void take(struct scale_words *words, uint64_t number)
{
    if (words->count < SCALE_WORDS)
        scale_new_word(words->model, number, &words->texts[words->count++]);
}

void scale_words_start(struct scale_words *words, const struct scale_model *model, uint32_t group,
                       uint32_t article, struct dice *dice)
{
    *words = (struct scale_words){.model = model, .group = group, .dice = dice};
    words->gap = dice_below(dice, 2 * REPLACED);
    uint64_t first = (uint64_t)new_words_before(model, article);
    uint64_t end = (uint64_t)new_words_before(model, article + 1);
    for (uint64_t number = first; number < end; number++) {
        take(words, number);
        if (first)
            take(words, dice_throw(dice) % first);
    }
}

void scale_words_end(struct scale_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        buf_free(&words->texts[i]);
}

struct str scale_words_first(const struct scale_words *words)
{
    return words->count ? buf_str(&words->texts[0]) : STR("");
}

static struct str other_word(struct scale_words *words)
{
    if (words->used < words->count && dice_below(words->dice, NEW_FIRST) == 0)
        return buf_str(&words->texts[words->used++]);
    return scale_pick_word(words->model, words->group, words->dice);
}

void scale_words_add_prose(struct scale_words *words, struct str text, struct buf *out)
{
    while (text.len) {
        size_t len = str_find_byte(text, ' ');
        len = len == STR_NOT_FOUND ? text.len : len + 1;
        struct str token = str_slice(text, 0, len), word = token;
        word.len -= str_ends(token, STR(" "));
        text = str_slice(text, len, text.len);
        if (words->gap > 0) {
            words->gap--;
        } else if (word_is_plain(word)) {
            words->gap = dice_below(words->dice, 2 * REPLACED);
            buf_add(out, other_word(words));
            buf_add(out, str_slice(token, word.len, len));
            continue;
        }
        buf_add(out, token);
    }
}

void scale_words_add_rest(struct scale_words *words, struct buf *out)
{
    for (bool first = true; words->used < words->count; first = false) {
        buf_add(out, first ? STR("\\n\\nSee also ") : STR(", "));
        buf_add(out, buf_str(&words->texts[words->used++]));
        if (words->used == words->count)
            buf_add_byte(out, '.');
    }
}
