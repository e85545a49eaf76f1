/* How the rows of a catalogue's tables are packed. */
#include "catalogue_image.h"

#define LAYOUT(name, row, columns)                                                                           \
    const struct table_layout name = {sizeof(row), columns, sizeof(columns) / sizeof *(columns)}

static const struct table_column articles[] = {
    TABLE_COLUMN(struct stored_article, title, TABLE_TEXT),
    TABLE_COLUMN(struct stored_article, id, TABLE_TEXT),
    TABLE_COLUMN(struct stored_article, url, TABLE_TEXT),
    TABLE_COLUMN(struct stored_article, date, TABLE_TEXT),
    TABLE_COLUMN(struct stored_article, digest, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_article, kind, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_article, id_column, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_article, id_line, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_article, text_bytes, TABLE_NUMBER),
};
LAYOUT(layout_articles, struct stored_article, articles);

static const struct table_column missing[] = {
    TABLE_COLUMN(struct stored_missing, title, TABLE_TEXT),
    TABLE_COLUMN(struct stored_missing, id, TABLE_TEXT),
    TABLE_COLUMN(struct stored_missing, url, TABLE_TEXT),
    TABLE_COLUMN(struct stored_missing, subject, TABLE_OR_NONE),
};
LAYOUT(layout_missing, struct stored_missing, missing);

static const struct table_column files[] = {
    TABLE_COLUMN(struct stored_file, path, TABLE_TEXT),
    TABLE_COLUMN(struct stored_file, size, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_file, mtime_ns, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_file, device, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_file, inode, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_file, root, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_file, article, TABLE_OR_NONE),
    TABLE_COLUMN(struct stored_file, subject, TABLE_OR_NONE),
    TABLE_COLUMN(struct stored_file, access, TABLE_NUMBER),
};
LAYOUT(layout_files, struct stored_file, files);

static const struct table_column problems[] = {
    TABLE_COLUMN(struct stored_problem, path, TABLE_TEXT),
    TABLE_COLUMN(struct stored_problem, message, TABLE_TEXT),
    TABLE_COLUMN(struct stored_problem, root, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_problem, line, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_problem, column, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_problem, article, TABLE_OR_NONE),
    TABLE_COLUMN(struct stored_problem, flags, TABLE_NUMBER),
};
LAYOUT(layout_problems, struct stored_problem, problems);

static const struct table_column references[] = {
    TABLE_COLUMN(struct stored_reference, id, TABLE_TEXT),
    TABLE_COLUMN(struct stored_reference, url, TABLE_TEXT),
    TABLE_COLUMN(struct stored_reference, title, TABLE_TEXT),
    TABLE_COLUMN(struct stored_reference, subject, TABLE_TEXT),
    TABLE_COLUMN(struct stored_reference, target, TABLE_OR_NONE),
};
LAYOUT(layout_references, struct stored_reference, references);

static const struct table_column links[] = {
    TABLE_COLUMN(struct stored_link, reference, TABLE_OR_NONE),
    TABLE_COLUMN(struct stored_link, number, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_link, line, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_link, column, TABLE_NUMBER),
};
LAYOUT(layout_links, struct stored_link, links);

static const struct table_column names[] = {
    TABLE_COLUMN(struct stored_name, hash, TABLE_NUMBER),
    TABLE_COLUMN(struct stored_name, owner, TABLE_NUMBER),
};
LAYOUT(layout_names, struct stored_name, names);

static const struct table_column texts[] = {{0, sizeof(uint64_t), TABLE_TEXT}};
LAYOUT(layout_texts, uint64_t, texts);
