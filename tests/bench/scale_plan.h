/*
 * scale_plan: which articles a made library has, and the files they stand in, before anything is written.
 *
 * Articles are made set by set: a set of the real library, drawn at random, lends its articles' subjects, sizes, dates and
 * links, and how often each is filed. Only a title must be the only one of its kind, so only titles are made one after
 * the other.
 */
#ifndef BENCH_SCALE_PLAN_H
#define BENCH_SCALE_PLAN_H

#include "scale_model.h"

struct scale_article {
    uint32_t source;
    uint32_t other;  /* the source that lends half of its title */
    uint32_t first;  /* article of its set */
    uint32_t twists; /* how often a word was added until its title was new */
};

struct scale_file {
    uint32_t article;
    uint16_t filing; /* which of the article's subjects */
    uint16_t folder; /* of its subject, from 0 */
};

struct scale_plan {
    const struct scale_model *model;
    uint64_t seed;
    struct scale_article *articles;
    struct scale_file *files;
    uint32_t article_count, file_count;
};

void scale_plan_make(struct scale_plan *plan, const struct scale_model *model, uint32_t files, uint64_t seed);
void scale_plan_free(struct scale_plan *plan);

/* Appends what an article is called, and how that looks in names of files and addresses. */
void scale_title(const struct scale_plan *plan, uint32_t article, struct buf *title);
void scale_slug(struct str title, struct buf *slug);

/* Appends the folder of a file, and its path. */
void scale_folder(const struct scale_plan *plan, const struct scale_file *file, struct buf *path);
void scale_path(const struct scale_plan *plan, const struct scale_file *file, struct buf *path);

#endif
