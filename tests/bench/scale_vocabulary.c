#include "scale_vocabulary.h"

#include "lectern/index.h"
#include "lectern/mem.h"
#include "words.h"

enum {
    RARE_FILES = 3,   /* as many may have a rare word */
    RARE_LETTERS = 8, /* as long it is at least, so that its halves say something */
    EVERY = 7,        /* one word in so many is collected */
};

struct scale_count {
    unsigned threads;
    struct index_builder **builders; /* one a thread */
};

struct scale_count *scale_count_new(unsigned threads)
{
    struct scale_count *count = mem_calloc(1, sizeof *count);
    *count = (struct scale_count){threads, mem_calloc(threads, sizeof *count->builders)};
    for (unsigned i = 0; i < threads; i++)
        count->builders[i] = index_builder_new();
    return count;
}

void scale_count_article(struct scale_count *count, unsigned thread, uint32_t file,
                         const struct article *article)
{
    index_builder_add(count->builders[thread], file, article);
}

static void take_rare_words(const struct index *index, struct scale_model *model)
{
    uint32_t terms = index_term_count(index);
    model->rare = arena_array(&model->arena, terms, sizeof *model->rare);
    for (uint32_t term = 0; term < terms; term++) {
        struct str word = index_term(index, term);
        struct posting posting;
        struct posting_reader reader = index_postings(index, term);
        uint32_t files = 0;
        while (files <= RARE_FILES && index_next_posting(&reader, &posting))
            files++;
        if (files <= RARE_FILES && word.len >= RARE_LETTERS && word_is_plain(word))
            model->rare[model->rare_count++] = arena_str(&model->arena, word);
    }
}

void scale_count_settle(struct scale_count *count, uint32_t files, struct scale_model *model)
{
    struct index *index = index_build(count->builders, count->threads, files);
    take_rare_words(index, model);
    model->distinct = (double)index_term_count(index);
    index_release(index);
    for (unsigned i = 0; i < count->threads; i++)
        index_builder_free(count->builders[i]);
    mem_free(count->builders);
    mem_free(count);
}

/* Calls with one word in EVERY of a group's prose; `words` may be NULL to only count them. */
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

void scale_collect_words(struct scale_model *model)
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
