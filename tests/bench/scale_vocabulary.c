#include "scale_vocabulary.h"

#include "lectern/mem.h"
#include "words.h"

enum {
    RARE_DOCUMENTS = 3, /* as many may have a rare word */
    RARE_LETTERS = 8,   /* as long it is at least, so that its halves say something */
    EVERY = 7,          /* one word in so many is collected */
};

static void take_rare_words(struct scale_model *model, const struct index *index)
{
    uint32_t first, end;
    index_find_prefix(index, STR(""), &first, &end);
    model->distinct = end - first;
    model->rare = arena_array(&model->arena, end - first, sizeof *model->rare);
    for (uint32_t term = first; term < end; term++) {
        struct str word = index_term(index, term);
        if (index_term_documents(index, term) <= RARE_DOCUMENTS && word.len >= RARE_LETTERS &&
            word_is_plain(word))
            model->rare[model->rare_count++] = arena_str(&model->arena, word);
    }
}

/* One word in EVERY of a group's prose; `words` may be NULL to only count them. */
static uint32_t collect(const struct scale_model *model, struct scale_range pieces, struct str *words)
{
    uint32_t met = 0, taken = 0;
    for (uint32_t i = pieces.first; i < pieces.end; i++) {
        struct str rest = model->pieces[i].text, word;
        while (model->pieces[i].prose && rest.len) {
            str_cut(rest, ' ', &word, &rest);
            if (word.len < 2 || !word_is_plain(word) || met++ % EVERY)
                continue;
            if (words)
                words[taken] = word;
            taken++;
        }
    }
    return taken;
}

static void collect_words(struct scale_model *model)
{
    uint32_t groups = model->group_count, piece = 0, total = 0;
    struct scale_range *pieces = mem_calloc(groups, sizeof *pieces);
    model->vocabulary = arena_array(&model->arena, groups, sizeof *model->vocabulary);
    for (uint32_t g = 0; g < groups; g++) {
        pieces[g].first = piece;
        while (piece < model->piece_count && model->pieces[piece].group == g)
            piece++;
        pieces[g].end = piece;
        model->vocabulary[g].first = total;
        model->vocabulary[g].end = total += collect(model, pieces[g], NULL);
    }
    model->words = arena_array(&model->arena, total, sizeof *model->words);
    for (uint32_t g = 0; g < groups; g++)
        collect(model, pieces[g], model->words + model->vocabulary[g].first);
    mem_free(pieces);
}

void scale_vocabulary_take(struct scale_model *model, const struct index *index)
{
    take_rare_words(model, index);
    collect_words(model);
}

struct str scale_pick_word(const struct scale_model *model, uint32_t group, struct dice *dice)
{
    struct scale_range words = model->vocabulary[group];
    return words.first == words.end ? STR("text")
                                    : model->words[words.first + dice_below(dice, words.end - words.first)];
}

struct str scale_new_word(const struct scale_model *model, uint64_t number, struct buf *room)
{
    buf_clear(room);
    if (model->rare_count < 2) {
        buf_printf(room, "word%llu", (unsigned long long)number);
        return buf_str(room);
    }
    uint64_t first = number % model->rare_count, step = number / model->rare_count % (model->rare_count - 1);
    struct str start = model->rare[first], end = model->rare[(first + 1 + step) % model->rare_count];
    buf_add(room, str_slice(start, 0, start.len / 2));
    buf_add(room, str_slice(end, end.len / 2, end.len));
    return buf_str(room);
}
