/* What --explain adds: how a query was understood, and the score of a hit. */
#include "search_output.h"

void search_explain_query(const struct search_output *output)
{
    struct buf line = {0};
    query_write(output->query, &line);
    cmd_write(stdout, buf_str(&line), output->charset);
    printf("\n\n");
    buf_free(&line);
}

void search_explain_hit(const struct search_hit *hit)
{
    printf("    score %.3f\n", (double)hit->score);
}
