/*
 * tex_forms: how a command goes on, and what it becomes.
 */
#ifndef LECTERN_ARTICLE_TEX_FORMS_H
#define LECTERN_ARTICLE_TEX_FORMS_H

#include "tex_parser.h"

struct tex_form {
    const char *name;
    /* Takes what belongs to the command, whose name has been taken. NULL if nothing of it is shown. */
    struct tex *(*parse)(struct tex_parser *p, const struct tex_form *form, struct str command);
    const char *text, *ascii; /* a sign; of brackets, the left and the right one */
    uint16_t flags;           /* of the node */
    uint8_t detail;           /* as the function says */
};

struct tex *tex_form_accent(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_alphabet(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_arrow(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_big(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_blank(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_bracketed(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_change(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_chemistry(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_classify(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_content(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_cover(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_definition(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_dimension(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_dropped(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_dropped_first(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_environment(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_fence(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_fraction(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_frame(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_general_fraction(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_modulus(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_negation(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_nothing(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_operator(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_phantom(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_prescript(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_raised(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_reference(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_root(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_stack(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_substack(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_tag(struct tex_parser *p, const struct tex_form *form, struct str command);
struct tex *tex_form_words(struct tex_parser *p, const struct tex_form *form, struct str command);

#endif
