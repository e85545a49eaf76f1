/*
 * json: members of an object of JSON, as the subcommands print one a line.
 */
#ifndef LECTERN_CMD_JSON_H
#define LECTERN_CMD_JSON_H

#include "lectern/str.h"
#include "lectern/text.h"

/* Appends "NAME":"VALUE". What text.h would show as something else is escaped, so that the line does a terminal no harm;
 * bytes that are no UTF-8 become U+FFFD. */
void json_add_string(struct buf *out, const char *name, struct str value, enum text_charset charset);

#endif
