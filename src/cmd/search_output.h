/*
 * search_output: what lectern search prints of its hits.
 */
#ifndef LECTERN_CMD_SEARCH_OUTPUT_H
#define LECTERN_CMD_SEARCH_OUTPUT_H

#include "cmd.h"
#include "lectern/search.h"
#include "lectern/term.h"

struct search_output {
    const struct cmd_opened *opened;
    struct segments *segments;
    struct search_scratch *scratch;
    const struct query *query;
    const struct search_results *results;
    enum text_charset charset;
    struct term_pen *pen; /* NULL: lines for a file or a pipe */
};

/* What one hit is, and why it was found. The slices live in the arena, in the catalogue, or until the next hit. */
struct search_found {
    struct str id, title, subject, path, snippet;
    const char *field; /* the best one in which a word was found; NULL if only conditions were looked for */
    size_t marks;      /* places in the text where words of the query stand */
};
struct search_found search_describe(const struct search_output *output, const struct search_hit *hit,
                                    size_t cells, struct arena *arena);

/* For people. `explain` adds how the query was understood, and the scores. */
void search_print(const struct search_output *output, bool explain);

/* The lines that it adds before all hits and behind each. */
void search_explain_query(const struct search_output *output);
void search_explain_hit(const struct search_hit *hit);

/* For programs: one object of JSON a line. */
void search_print_json(const struct search_output *output);

#endif
