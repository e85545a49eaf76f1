#include "titles_only.h"

#include "days.h"
#include "lectern/text.h"
#include "reader.h"

#define ARTICLES_PER_LOOK 512

/* Which words of the query one article has, as bits. */
struct known {
    const struct catalogue *catalogue;
    const struct query *query;
    const struct search_reader *reader;
    struct buf folded;
    const uint64_t *of_keywords, *of_subjects; /* what each keyword and subject has */
    uint32_t article;
    uint64_t title, keywords, subjects, url;
};

static uint64_t words_in(struct known *known, struct str text)
{
    const struct query *query = known->query;
    uint64_t found = 0;
    struct str word;
    while (text_next_word(&text, &word)) {
        buf_clear(&known->folded);
        text_fold(&known->folded, word);
        for (size_t i = 0; i < query->word_count; i++) {
            struct str wanted = query->words[i].text, folded = buf_str(&known->folded);
            if (query->words[i].prefix ? str_starts(folded, wanted) : str_eq(folded, wanted))
                found |= (uint64_t)1 << i;
        }
    }
    return found;
}

static const uint64_t *words_in_all(struct known *known, uint32_t count,
                                    struct str (*name)(const struct catalogue *catalogue, uint32_t number),
                                    struct arena *arena)
{
    uint64_t *found = arena_array(arena, count, sizeof *found);
    for (uint32_t i = 0; i < count; i++)
        found[i] = words_in(known, name(known->catalogue, i));
    return found;
}

static void look_at(struct known *known, uint32_t article)
{
    const struct catalogue *catalogue = known->catalogue;
    known->article = article;
    known->title = words_in(known, catalogue_title(catalogue, article));
    known->url = words_in(known, catalogue_url(catalogue, article));
    known->keywords = known->subjects = 0;
    for (size_t k = 0; k < catalogue_count_keywords(catalogue, article); k++)
        known->keywords |= known->of_keywords[catalogue_keyword_of(catalogue, article, k)];
    for (size_t s = 0; s < catalogue_count_subjects(catalogue, article); s++)
        known->subjects |= known->of_subjects[catalogue_subject_of(catalogue, article, s)];
}

static uint64_t words_of_field(const struct known *known, enum query_field field)
{
    switch (field) {
    case QUERY_ANYWHERE: return known->title | known->keywords;
    case QUERY_TITLE:
    case QUERY_QUESTION: return known->title;
    case QUERY_KEYWORD: return known->keywords;
    case QUERY_SUBJECT: return known->subjects;
    case QUERY_URL: return known->url;
    default: return 0;
    }
}

static bool has_words(const struct known *known, const struct query_node *node)
{
    for (size_t i = 0; i < node->word_count; i++) {
        size_t number = (size_t)(node->words - known->query->words) + i;
        if (!(words_of_field(known, node->words[i].field) >> number & 1))
            return false;
    }
    return true;
}

static bool is_within(const struct query_node *node, struct str date)
{
    uint32_t day = day_of(date);
    return day && day >= node->first_day && day <= node->last_day;
}

static bool is_found(const struct known *known, const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE: return has_words(known, node);
    case QUERY_NOT: return !is_found(known, node->first);
    case QUERY_ID: return str_eq(catalogue_id(known->catalogue, known->article), node->text);
    case QUERY_DATE: return is_within(node, catalogue_date(known->catalogue, known->article));
    case QUERY_HAS:
        return node->feature == QUERY_RELATED && catalogue_count_links(known->catalogue, known->article);
    case QUERY_MARKED:
    case QUERY_NOTE: return reader_says(known->reader, node, known->article);
    case QUERY_PATTERN: return false;
    case QUERY_AND:
    case QUERY_OR: break;
    }
    for (const struct query_node *child = node->first; child; child = child->next)
        if (is_found(known, child) == (node->kind == QUERY_OR))
            return node->kind == QUERY_OR;
    return node->kind == QUERY_AND;
}

/* More words in the title are better, then shorter titles. */
static struct search_hit make_hit(const struct known *known)
{
    size_t length = catalogue_title(known->catalogue, known->article).len;
    float score = 1.0f / (float)(length + 2);
    for (uint64_t words = known->title; words; words &= words - 1)
        score += 1;
    enum index_field field = known->title ? INDEX_TITLE : known->keywords ? INDEX_KEYWORDS : INDEX_FIELDS;
    return (struct search_hit){known->article, field, score};
}

bool titles_only_search(const struct catalogue *catalogue, const struct query *query,
                        const struct search_reader *reader, const atomic_bool *cancel, struct arena *arena,
                        struct hits *hits)
{
    struct known known = {.catalogue = catalogue, .query = query, .reader = reader};
    known.of_keywords =
        words_in_all(&known, catalogue_keyword_count(catalogue), catalogue_keyword_name, arena);
    known.of_subjects =
        words_in_all(&known, catalogue_subject_count(catalogue), catalogue_subject_name, arena);
    bool cancelled = search_cancelled(cancel);
    for (uint32_t i = 0; i < catalogue_count(catalogue) && !cancelled; i++) {
        look_at(&known, i);
        if (!catalogue_is_missing(catalogue, i) && is_found(&known, query->root))
            hits_offer(hits, (struct ranked_hit){.hit = make_hit(&known)});
        if (i % ARTICLES_PER_LOOK == 0)
            cancelled = search_cancelled(cancel);
    }
    buf_free(&known.folded);
    return !cancelled;
}
