/*
 * parts_text: everything that can be asked of a library's parts, as text, for tests: equal parts give equal text, and damaged
 * ones give some.
 */
#ifndef LECTERN_TESTS_PARTS_TEXT_H
#define LECTERN_TESTS_PARTS_TEXT_H

#include "lectern/index_file.h"

static inline void add_text(struct buf *out, struct str text)
{
    buf_add(out, text);
    buf_add_byte(out, '|');
}

static inline void add_numbers(struct buf *out, const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%u ", numbers[i]);
    buf_add_byte(out, '|');
}

static inline void add_target(struct buf *out, const struct catalogue *catalogue, uint32_t target)
{
    size_t count;
    struct arena arena = {0};
    add_text(out, catalogue_title(catalogue, target));
    add_text(out, catalogue_id(catalogue, target));
    add_text(out, catalogue_url(catalogue, target));
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, target); i++)
        buf_printf(out, "%u ", catalogue_subject_of(catalogue, target, i));
    const uint32_t *backlinks = catalogue_backlinks(catalogue, target, &arena, &count);
    add_numbers(out, backlinks, count);
    arena_free(&arena);
    buf_printf(out, "%u %u\n", catalogue_find_id(catalogue, catalogue_id(catalogue, target)),
               catalogue_find_url(catalogue, catalogue_url(catalogue, target)));
}

static inline void add_article(struct buf *out, const struct catalogue *catalogue, uint32_t article)
{
    add_text(out, catalogue_date(catalogue, article));
    buf_printf(out, "%d %u|", (int)catalogue_kind(catalogue, article),
               catalogue_text_bytes(catalogue, article));
    for (size_t i = 0; i < catalogue_count_keywords(catalogue, article); i++)
        buf_printf(out, "%u ", catalogue_keyword_of(catalogue, article, i));
    buf_add_byte(out, '|');
    for (size_t i = 0; i < catalogue_count_files(catalogue, article); i++)
        buf_printf(out, "%u ", catalogue_file_of(catalogue, article, i));
    buf_add_byte(out, '|');
    for (size_t i = 0; i < catalogue_count_links(catalogue, article); i++) {
        struct catalogue_link link = catalogue_link_of(catalogue, article, i);
        buf_printf(out, "%u %u %u %u,", link.target, link.number, link.line, link.column);
    }
    buf_add_byte(out, '\n');
}

static inline void add_catalogue(struct buf *out, const struct catalogue *catalogue)
{
    uint32_t targets = catalogue_count(catalogue) + catalogue_missing(catalogue);
    for (uint32_t i = 0; i <= targets; i++)
        add_target(out, catalogue, i);
    for (uint32_t i = 0; i <= catalogue_count(catalogue); i++)
        add_article(out, catalogue, i);
    for (uint32_t i = 0; i <= catalogue_subject_count(catalogue); i++)
        add_text(out, catalogue_subject_name(catalogue, i));
    for (uint32_t i = 0; i <= catalogue_keyword_count(catalogue); i++)
        add_text(out, catalogue_keyword_name(catalogue, i));
    for (uint32_t i = 0; i <= catalogue_file_count(catalogue); i++) {
        struct catalogue_file file = catalogue_file(catalogue, i);
        add_text(out, file.path);
        buf_printf(out, "%u %u %u %llu %lld %llu %llu\n", file.root, file.article, file.subject,
                   (unsigned long long)file.stamp.size, (long long)file.stamp.mtime_ns,
                   (unsigned long long)file.stamp.device, (unsigned long long)file.stamp.inode);
    }
    for (size_t i = 0; i <= catalogue_problem_count(catalogue); i++) {
        struct catalogue_problem problem = catalogue_problem(catalogue, i);
        add_text(out, problem.path);
        add_text(out, problem.message);
        buf_printf(out, "%u %u %u %u %d %d %d %d\n", problem.root, problem.line, problem.column,
                   problem.article, problem.skipped, problem.no_file, problem.expected,
                   (int)problem.severity);
    }
}

static inline void add_topics(struct buf *out, const struct topic_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct topic *topic = &tree->topics[i];
        add_text(out, topic->label);
        buf_printf(out, "%d %u %u %u %u %u|", (int)topic->kind, topic->parent, topic->first_child,
                   topic->next, topic->subject, topic->total);
        add_numbers(out, topic->articles, topic->article_count);
        for (uint32_t child = topic->first_child; child != TOPIC_NONE; child = tree->topics[child].next)
            buf_printf(out, "%u ", child);
        buf_add_byte(out, '\n');
    }
}

static inline void add_posting(struct buf *out, struct posting_reader *reader, const struct posting *posting)
{
    uint32_t positions[64];
    size_t count = index_positions(reader, positions, 64);
    buf_printf(out, "%u:", posting->document);
    for (int field = 0; field < INDEX_FIELDS; field++)
        buf_printf(out, "%d.", posting->counts[field]);
    for (size_t i = 0; i < count && i < 64; i++)
        buf_printf(out, "%u/%d,", positions[i],
                   (int)index_position_field(reader->index, posting->document, positions[i]));
}

static inline void add_term(struct buf *out, const struct index *index, uint32_t term)
{
    size_t count;
    struct posting_reader reader = index_postings(index, term);
    struct posting posting;
    add_text(out, index_term(index, term));
    buf_printf(out, "%u ", index_term_documents(index, term));
    while (index_next_posting(&reader, &posting))
        add_posting(out, &reader, &posting);
    const uint32_t *stems = index_find_stem(index, index_term(index, term), &count);
    add_numbers(out, stems, count);
}

static inline void add_hot(struct buf *out, const struct index *index, struct str prefix)
{
    struct index_hot hot;
    struct posting posting;
    if (!index_find_hot(index, prefix, &hot))
        return;
    add_text(out, prefix);
    buf_printf(out, "%u ", hot.documents);
    for (uint32_t i = 0; i < (index_document_count(index) + 63) / 64; i++)
        buf_printf(out, "%llx ", (unsigned long long)hot.bitmap[i]);
    while (index_next_posting(&hot.strong, &posting))
        add_posting(out, &hot.strong, &posting);
}

static inline void add_index(struct buf *out, struct index *index)
{
    struct index_texts *texts = index_texts_new(index);
    struct str text;
    for (uint32_t document = 0; document <= index_document_count(index); document++) {
        index_text(texts, document, &text);
        add_text(out, text);
    }
    index_texts_free(texts);
    for (uint32_t term = 0; term <= index_term_count(index); term++)
        add_term(out, index, term);
    for (uint32_t term = 0; term < index_term_count(index); term++)
        for (size_t len = 1; len <= 4; len++) {
            struct str prefix = str_slice(index_term(index, term), 0, len);
            if (term == 0 || !str_starts(index_term(index, term - 1), prefix))
                add_hot(out, index, prefix);
        }
    for (uint32_t document = 0; document <= index_document_count(index); document++) {
        for (int field = 0; field < INDEX_FIELDS; field++)
            buf_printf(out, "%u ", index_field_length(index, document, (enum index_field)field));
        buf_printf(out, "%d ", index_question_is_title(index, document));
    }
    for (int field = 0; field < INDEX_FIELDS; field++)
        buf_printf(out, "%.9g ", index_mean_length(index, (enum index_field)field));
}

static inline struct buf parts_text(const struct index_parts *parts)
{
    struct buf out = {0};
    add_catalogue(&out, parts->catalogue);
    add_topics(&out, parts->tree);
    add_index(&out, parts->index);
    if (parts->delta)
        add_index(&out, parts->delta);
    return out;
}

#endif
