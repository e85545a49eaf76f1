/*
 * plain: what the files that read plain text know of each other's work.
 *
 * A text is split into lines, every line gets a role, and the lines become nodes by their roles. Roles are given by one
 * look after the other, from the surest to the vaguest; none takes away what a surer one has given. Each is linear.
 */
#ifndef ARTICLE_PLAIN_H
#define ARTICLE_PLAIN_H

#include "lectern/plain.h"

/* Levels of lists and quotes; what is deeper is shown flat. */
#define PLAIN_DEPTH 8

enum plain_role {
    PLAIN_TEXT, /* of a paragraph, a stanza, a list of short lines */
    PLAIN_TITLE,
    PLAIN_HEADER, /* of a mail */
    PLAIN_BYLINE, /* date and author below the title */
    PLAIN_HEADING,
    PLAIN_UNDERLINE, /* of the heading above it */
    PLAIN_ITEM,      /* the line with the item's marker */
    PLAIN_QUOTE,     /* with its mark */
    PLAIN_RULE,
    PLAIN_CODE, /* kept as it stands */
    PLAIN_FURNITURE,
    PLAIN_REFERENCE,
};

struct plain_line {
    struct str text;        /* without white space at its ends, never empty */
    uint32_t offset, end;   /* of the whole line in the source, its line end included */
    uint32_t indent, width; /* cells before the text, and of it; a character counts as one */
    enum plain_role role;
    uint8_t level;    /* of a heading */
    bool first, last; /* of a group, which is what blank lines set apart */
    bool aside;       /* of a disclaimer */
    bool breaks;      /* one of several short lines, whose ends are meant */
};

/* An entry of the list of references, and what its node says so far of the places that cite it. */
struct plain_entry {
    uint32_t number, offset;
    size_t first, end;  /* its lines, of the whole page */
    size_t marker;      /* bytes of its number in front of the text; 0: it has none of its own */
    struct node *text;  /* its paragraph */
    struct str section; /* of the latest place */
    size_t places, in_section;
};

/* A place that cites an entry, and the heading above it, which may be empty. */
struct plain_citation {
    uint32_t number, offset;
    struct str section;
};

/* Numbers of a text that cite, in its order; `next`: the first that has not been taken yet. */
struct plain_cited {
    struct str text;
    uint32_t number;
};

struct plain_cited_list {
    struct plain_cited *at;
    size_t count, capacity, next;
};

struct plain_references {
    struct plain_entry *entries; /* by number, ascending */
    size_t count;
    uint32_t
        highest; /* number that counts as a citation: the last entry's, or a higher one that is cited beside others */
    struct plain_citation *citations;
    size_t citation_count, citation_capacity;
    struct plain_cited_list found; /* in the text that is being added */
};

struct plain_page {
    struct arena *arena;
    struct str source;
    struct plain_line *lines;
    size_t count;
    size_t depth;    /* quotes around it */
    uint32_t indent; /* cells that nearly all lines have before them */
    uint32_t wrap;   /* the column that its paragraphs were broken at by hand; 0: they were not */
    uint32_t slack;  /* cells that a full line may be shorter */
    struct plain_references *references;
    struct str section; /* the latest heading */
};

/* What a text says of itself. */
struct plain_facts {
    struct str title, author, date, date_format;
};

/* A date as YYYY-MM-DD, how it was written, in the tokens of article_date(), and where. */
struct plain_date {
    struct str iso, format, part;
};

struct plain_marker {
    size_t length; /* bytes with the white space behind it */
    char kind;     /* '.' or ')' of a number, else the bullet; 'o' for signs that are nothing but bullets */
    uint32_t number;
};

/* --- Lines --- */

/* The first lines of `source`, at most `most`, without blank ones. Release with mem_free(). */
struct plain_line *plain_lines(struct str source, size_t most, size_t *count);
void plain_measure_line(struct plain_line *line, struct str whole);

/* Behind the last line of the group of `line`. */
size_t plain_group_end(const struct plain_page *page, size_t line);

bool plain_marker(struct str text, struct plain_marker *marker);
bool plain_starts_lower(struct str text);
bool plain_starts_upper(struct str text);
bool plain_ends_sentence(struct str text); /* quotes and brackets behind the mark do not count */
bool plain_has_columns(struct str text);   /* a tab or a wide gap between its words */
bool plain_is_art(struct str text);        /* hardly any letters */
size_t plain_count_words(struct str text);

/* --- Kinds of texts --- */

/* A program, a log, values with separators: nothing in it may be moved. These look at the beginning only. */
bool plain_is_preformatted(struct str text);

/* A text with the headers of a mail; one with the page breaks of a printed manual or standard. */
bool plain_is_mail(struct str text);
bool plain_is_paged(struct str text);

/* --- Facts --- */

/* Those of the beginning of a whole text; the second one also gives their roles to its lines. */
void plain_read_facts(struct arena *arena, struct str text, struct plain_facts *facts);
void plain_mark_facts(struct plain_page *page, struct plain_facts *facts);

/* The first date in a text. */
bool plain_find_date(struct arena *arena, struct str text, struct plain_date *date);

/* --- Roles, in the order in which they are given --- */

void plain_mark_furniture(struct plain_page *page);
void plain_mark_items(struct plain_page *page); /* and quotes, rules, underlined headings */
void plain_mark_columns(struct plain_page *page);
void plain_measure(struct plain_page *page);   /* indent and wrap */
void plain_mark_code(struct plain_page *page); /* indented lines */
void plain_mark_references(struct plain_page *page);
void plain_mark_headings(struct plain_page *page); /* and the disclaimer */
void plain_mark_breaks(struct plain_page *page);

/* Whether the line is a disclaimer's heading. */
bool plain_is_disclaimer(const struct plain_line *line);

/* --- How lines hang together --- */

enum plain_bond {
    PLAIN_APART,  /* another paragraph begins */
    PLAIN_BROKEN, /* the same one, and the line's end is meant */
    PLAIN_JOINED, /* the same one, broken only to fit */
};

/* Between a line and the next one, which is of the same group. */
enum plain_bond plain_bond(const struct plain_page *page, size_t line);

/* Whether the line had no room for the first word of the next. */
bool plain_is_full(const struct plain_page *page, size_t line);

/* --- References --- */

/* Where the year at the end of a text begins, or STR_NOT_FOUND. */
size_t plain_year_at(struct str text);

/* The entry with that number, or NULL. */
const struct plain_entry *plain_entry(const struct plain_references *references, uint32_t number);

/* The highest number of a text that is cited beside one of an entry; 0 if there is none. */
uint32_t plain_highest_citation(const struct plain_references *references, struct str text);

/* The citations of a text, in place of what the list held. */
void plain_find_citations(const struct plain_references *references, struct str text,
                          struct plain_cited_list *list);

/* --- Nodes --- */

struct node *plain_add_text(struct plain_page *page, struct node *parent, struct str text);

/* Lines of text into a block; `skip`: bytes of the first one that are no text. */
void plain_add_lines(struct plain_page *page, struct node *block, size_t first, size_t end, size_t skip);

/* The list of references. Returns the line behind it. */
size_t plain_add_entries(struct plain_page *page, struct node *parent);
void plain_add_links_back(struct plain_page *page);

/* The lines from `first` to `end`, all the other blocks included. */
void plain_build(struct plain_page *page, struct node *parent, size_t first, size_t end);

#endif
