/*
 * tex_parser: what the files of the TeX parser know of each other.
 *
 * The parser reads characters from a stack of inputs: the source, and above it what definitions were replaced by.
 * Whatever nests is entered and left, which bounds the depth of the tree and tells what a closing token closes.
 */
#ifndef LECTERN_ARTICLE_TEX_PARSER_H
#define LECTERN_ARTICLE_TEX_PARSER_H

#include "lectern/bounds.h"
#include "lectern/tex.h"

#define TEX_INPUTS 32 /* definitions inside each other */

struct tex_input {
    struct str text;
    size_t at;
    struct tex_definition *definition; /* that is being replaced; NULL for the source */
};

/* What is open around the current place; as a mask, what can be closed from there. */
enum tex_open {
    TEX_OPEN_GROUP = 1,    /* by a closing brace */
    TEX_OPEN_FENCE = 2,    /* by \right */
    TEX_OPEN_TABLE = 4,    /* by \end */
    TEX_OPEN_OPTION = 8,   /* by a closing bracket */
    TEX_OPEN_DOLLAR = 16,  /* by a dollar */
    TEX_OPEN_ARGUMENT = 32 /* by itself: a single token */
};

enum tex_alphabet { TEX_PLAIN, TEX_DOUBLE, TEX_SCRIPT, TEX_FRAKTUR };

struct tex_parser {
    struct arena *arena;
    struct tex_definitions *definitions;
    struct tex_input input[TEX_INPUTS];
    size_t inputs;
    uint8_t open[BOUND_NESTING]; /* enum tex_open, from the outside to the inside */
    uint8_t mask[BOUND_NESTING];
    size_t depth;
    bool has_lines;     /* outside of environments: a lone `&` parts nothing */
    bool set_off;       /* the next row begins with an atom of nothing */
    size_t flat_groups; /* open, but too deep to be nodes */
    enum tex_alphabet alphabet;
    uint16_t look; /* TEX_BOLD, TEX_STRIKE */
};

/* --- Reading (tex_read.c) --- */

/* The character at the current place, or '\0' at the end: inputs that are used up have been left. */
char tex_peek(struct tex_parser *p);
/* What is left of the current input. */
struct str tex_rest(struct tex_parser *p);
void tex_skip(struct tex_parser *p, size_t bytes);
void tex_skip_spaces(struct tex_parser *p);
/* Takes the character if it is the next one behind spaces. */
bool tex_take(struct tex_parser *p, char c);
/* The name of the command whose backslash is the next character: letters, or one other character. Takes nothing. */
struct str tex_command_name(struct tex_parser *p);
/* Takes the command of that name if it is next behind spaces. */
bool tex_take_command(struct tex_parser *p, const char *name);
/* Takes a group as it is written, without its braces, or one token. */
struct str tex_raw_argument(struct tex_parser *p);
/* Takes `[..]` as it is written, if it is next; else returns false. */
bool tex_raw_option(struct tex_parser *p, struct str *option);
/* Reads `text` next, then goes on. False if definitions are too deep. */
bool tex_push(struct tex_parser *p, struct str text, struct tex_definition *definition);

/* --- Nodes (tex.c) --- */

struct tex_row {
    struct tex *node, *last;
};

struct tex *tex_node(struct tex_parser *p, enum tex_kind kind, enum tex_class class);
struct tex *tex_symbol(struct tex_parser *p, struct str text, struct str ascii, enum tex_class class);
struct tex *tex_unknown(struct tex_parser *p, struct str source);
struct tex *tex_space(struct tex_parser *p, uint8_t cells);
struct tex_row tex_row_begin(struct tex_parser *p);
void tex_row_add(struct tex_row *row, struct tex *node); /* NULL adds nothing */
/* Settles the classes of the row's atoms. */
struct tex *tex_row_end(const struct tex_row *row);

/* --- Parsing (tex.c) --- */

/* False if that would be too deep. What was entered must be left. */
bool tex_enter(struct tex_parser *p, enum tex_open open);
void tex_leave(struct tex_parser *p);
/* Everything up to what closes something that is open; that is not taken. */
struct tex *tex_parse_row(struct tex_parser *p);
/* An argument: a group or a token. NULL if there is none. */
struct tex *tex_argument(struct tex_parser *p);
/* `[..]`, or NULL. */
struct tex *tex_option(struct tex_parser *p);
/* One atom without its scripts. NULL if what was taken is not shown. Something must be left. */
struct tex *tex_atom(struct tex_parser *p);
struct tex *tex_with_scripts(struct tex_parser *p, struct tex *base);
/* The command with what arguments were found, where others are missing. */
struct tex *tex_incomplete(struct tex_parser *p, struct str command, struct tex *first, struct tex *second);
/* A bracket behind \left, \right, \big: its characters; `.` and none are empty. */
struct str tex_delimiter(struct tex_parser *p);

/* --- Commands (tex_commands.c) --- */

struct tex *tex_command(struct tex_parser *p);

/* --- Signs (tex_signs.c) --- */

struct tex_sign {
    const char *name, *text, *ascii; /* ascii NULL: the name */
    uint8_t class;
    uint8_t flags;
};
const struct tex_sign *tex_find_sign(struct str name);
extern const struct tex_sign tex_relations[]; /* ascending by name (tex_relations.c) */
extern const size_t tex_relation_count;
/* The class of a character that is written as itself (tex_classes.c). */
enum tex_class tex_class_of(uint32_t code_point);

/* --- Others --- */

/* A letter or digit in an alphabet of its own; returns false where Unicode has none (tex_alphabets.c). */
bool tex_in_alphabet(enum tex_alphabet alphabet, char c, uint32_t *code_point);
struct tex *tex_text(struct tex_parser *p, uint16_t look); /* the group behind \text (tex_text.c) */
struct tex *tex_environment(struct tex_parser *p, struct str command); /* behind \begin (tex_tables.c) */
struct tex *tex_lines(struct tex_parser *p, struct tex *first);        /* rows without an environment */
struct tex *tex_substack(struct tex_parser *p);
bool tex_define(struct tex_parser *p, struct str name); /* tex_definitions.c */
bool tex_expand(struct tex_parser *p, struct str name);
struct tex *tex_chemistry(struct tex_parser *p, struct str formula); /* tex_chemistry.c */

#endif
