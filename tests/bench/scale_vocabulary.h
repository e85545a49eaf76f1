/*
 * scale_vocabulary: the words of a model: how many there are, which are rare, and which the articles of a group use.
 */
#ifndef BENCH_SCALE_VOCABULARY_H
#define BENCH_SCALE_VOCABULARY_H

#include "lectern/article.h"
#include "scale_model.h"

/* Counts the words of articles while they are read, on several threads. */
struct scale_count;
struct scale_count *scale_count_new(unsigned threads);
void scale_count_article(struct scale_count *count, unsigned thread, uint32_t file,
                         const struct article *article);

/* Ends the counting, and puts what it has come to into the model. */
void scale_count_settle(struct scale_count *count, uint32_t files, struct scale_model *model);

/* Collects the words that each group uses from the model's pieces. */
void scale_collect_words(struct scale_model *model);

#endif
