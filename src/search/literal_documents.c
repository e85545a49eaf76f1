/* Which documents may hold a literal: looked up among the words of an index. */
#include "lectern/mem.h"
#include "literal.h"

/* Postings that are read for one piece: of a library of any size they take less than 10 ms, and of most words it has no
 * more. A piece that has more than a few times as many as there are documents is in most of them anyway. */
#define MOST_POSTINGS      ((uint64_t)1 << 20)
#define MOST_PER_DOCUMENTS 4u

/* A term of that length may have been a longer word. */
#define CUT_TERM_BYTES (INDEX_TERM_BYTES - 3u)

struct lookup {
    struct arena *arena;
    const struct index *index;
    size_t words; /* of 64 bits, in a set of all documents */
    uint64_t most;
};

struct term_list {
    uint32_t *terms;
    size_t count, capacity;
    uint64_t postings;
};

static void add_term(struct term_list *list, const struct index *index, uint32_t term)
{
    list->terms = mem_grow(list->terms, list->count, &list->capacity, sizeof *list->terms);
    list->terms[list->count++] = term;
    list->postings += index_term_documents(index, term);
}

static bool is_word_of(const struct literal *piece, struct str term)
{
    return (!piece->ends || str_ends(term, piece->text)) &&
           (!piece->begins || !piece->ends || term.len == piece->text.len);
}

/* The terms that hold a piece where it has to stand, until they have too many postings. */
static void find_terms(const struct lookup *lookup, const struct literal *piece, struct term_list *list)
{
    const struct index *index = lookup->index;
    uint32_t term, end = index_term_count(index);
    if (piece->begins)
        index_find_prefix(index, piece->text, &term, &end);
    else
        term = index_find_part(index, piece->text, 0);
    while (term < end && list->postings <= lookup->most) {
        if (is_word_of(piece, index_term(index, term)))
            add_term(list, index, term);
        term = piece->begins ? term + 1 : index_find_part(index, piece->text, term + 1);
    }
    end = index_term_count(index);
    for (term = 0; (term = index_find_long(index, CUT_TERM_BYTES, term)) < end; term++)
        add_term(list, index, term);
}

static uint64_t *documents_of_piece(const struct lookup *lookup, const struct literal *piece)
{
    struct term_list list = {0};
    uint64_t *documents = NULL;
    find_terms(lookup, piece, &list);
    if (list.postings <= lookup->most)
        documents = arena_array(lookup->arena, lookup->words, sizeof *documents);
    for (size_t i = 0; i < list.count && documents; i++) {
        struct posting_reader reader = index_postings(lookup->index, list.terms[i]);
        struct posting posting;
        while (index_next_posting(&reader, &posting))
            documents[posting.document / 64] |= (uint64_t)1 << posting.document % 64;
    }
    mem_free(list.terms);
    return documents;
}

/* NULL: all of them. */
static uint64_t *documents_of(const struct lookup *lookup, const struct literal *literal)
{
    uint64_t *documents = NULL;
    if (literal->kind == LITERAL_PIECE)
        return documents_of_piece(lookup, literal);
    for (const struct literal *child = literal->first; child; child = child->next) {
        uint64_t *of_child = documents_of(lookup, child);
        if (!of_child && literal->kind == LITERAL_ANY)
            return NULL;
        if (!documents)
            documents = of_child;
        else
            for (size_t i = 0; of_child && i < lookup->words; i++)
                documents[i] =
                    literal->kind == LITERAL_ANY ? documents[i] | of_child[i] : documents[i] & of_child[i];
    }
    return documents;
}

uint64_t *literal_documents(struct arena *arena, const struct literal *literal, const struct index *index)
{
    uint64_t documents = index_document_count(index), most = documents * MOST_PER_DOCUMENTS;
    struct lookup lookup = {arena, index, (size_t)((documents + 63) / 64),
                            most < MOST_POSTINGS ? most : MOST_POSTINGS};
    return literal ? documents_of(&lookup, literal) : NULL;
}
