#include "scale_pieces.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"

#define BREAK STR("\\n\\n")

enum piece_kind { PIECE_PROSE, PIECE_HEADING, PIECE_ITEM, PIECE_CODE, PIECE_TABLE, PIECE_FORMULA };

static size_t occurrences(struct str text, struct str what)
{
    size_t count = 0, at;
    while ((at = str_find(text, what)) != STR_NOT_FOUND) {
        text = str_slice(text, at + what.len, text.len);
        count++;
    }
    return count;
}

static bool has(struct str text, struct str what)
{
    return str_find(text, what) != STR_NOT_FOUND;
}

/* Ends inside of code or of a formula. */
static bool torn(struct str piece)
{
    return occurrences(piece, STR("```")) % 2 == 1 || occurrences(piece, STR("$$")) % 2 == 1 ||
           occurrences(piece, STR("\\[")) > occurrences(piece, STR("\\]"));
}

static enum piece_kind kind_of(struct str piece)
{
    struct str start = str_trim(piece);
    if (has(piece, STR("```")))
        return PIECE_CODE;
    if (has(piece, STR("|--")) || has(piece, STR("| --")) || has(piece, STR("|:-")))
        return PIECE_TABLE;
    if (str_starts(start, STR("$$")) || str_starts(start, STR("\\[")))
        return PIECE_FORMULA;
    if (str_starts(start, STR("#")))
        return PIECE_HEADING;
    bool item = start.len > 1 && (start.at[0] == '-' || (start.at[0] >= '0' && start.at[0] <= '9'));
    return item ? PIECE_ITEM : PIECE_PROSE;
}

static void add_piece(struct scale_pieces *pieces, struct str text, uint32_t group)
{
    enum piece_kind kind = kind_of(text);
    bool plain = str_find_byte(text, '$') == STR_NOT_FOUND && str_find_byte(text, '`') == STR_NOT_FOUND &&
                 !has(text, STR("\\(")) && !has(text, STR("\\["));
    pieces->at = mem_grow(pieces->at, pieces->count, &pieces->capacity, sizeof *pieces->at);
    /* What holds formulas or code is of a kind of its own, or it would spread over all articles. */
    pieces->at[pieces->count++] = (struct scale_piece){.text = text,
                                                       .group = group,
                                                       .kind = (uint8_t)(kind * 2 + plain),
                                                       .prose = plain && kind != PIECE_TABLE};
}

void scale_cut(struct scale_pieces *pieces, struct str answer, uint32_t group)
{
    size_t start = 0, at = 0, found;
    while ((found = str_find(str_slice(answer, at, answer.len), BREAK)) != STR_NOT_FOUND) {
        struct str piece = str_slice(answer, start, at + found);
        at += found + BREAK.len;
        if (torn(piece))
            continue;
        if (str_trim(piece).len)
            add_piece(pieces, piece, group);
        start = at;
    }
    if (str_trim(str_slice(answer, start, answer.len)).len)
        add_piece(pieces, str_slice(answer, start, answer.len), group);
}

struct turn {
    const struct scale_piece *piece;
    uint32_t number; /* before sorting */
};

static int by_likeness(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->piece->group != y->piece->group)
        return x->piece->group < y->piece->group ? -1 : 1;
    if (x->piece->kind != y->piece->kind)
        return x->piece->kind < y->piece->kind ? -1 : 1;
    if (x->piece->text.len != y->piece->text.len)
        return x->piece->text.len < y->piece->text.len ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

void scale_pieces_settle(struct scale_pieces *pieces, struct scale_model *model)
{
    uint32_t count = (uint32_t)pieces->count;
    struct turn *turns = mem_calloc(count, sizeof *turns);
    uint32_t *places = mem_calloc(count, sizeof *places);
    for (uint32_t i = 0; i < count; i++)
        turns[i] = (struct turn){&pieces->at[i], i};
    qsort(turns, count, sizeof *turns, by_likeness);
    model->pieces = arena_array(&model->arena, count, sizeof *model->pieces);
    model->piece_count = count;
    for (uint32_t i = 0; i < count; i++) {
        model->pieces[i] = *turns[i].piece;
        places[turns[i].number] = i;
    }
    for (uint32_t s = 0; s < model->source_count; s++)
        for (size_t i = 0; i < model->sources[s].piece_count; i++)
            model->sources[s].pieces[i] = places[model->sources[s].pieces[i]];
    mem_free(turns);
    mem_free(places);
    mem_free(pieces->at);
    *pieces = (struct scale_pieces){0};
}

const struct scale_piece *scale_pick_piece(const struct scale_model *model, uint32_t piece, struct dice *dice)
{
    enum { AROUND = 64 };
    const struct scale_piece *wanted = &model->pieces[piece];
    uint32_t first = piece > AROUND ? piece - AROUND : 0;
    uint32_t end = piece + AROUND < model->piece_count ? piece + AROUND + 1 : model->piece_count;
    const struct scale_piece *other = &model->pieces[first + dice_below(dice, end - first)];
    return other->group == wanted->group && other->kind == wanted->kind ? other : wanted;
}
