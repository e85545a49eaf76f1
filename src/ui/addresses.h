/*
 * addresses: links of an article to files of the library, and to its own headings, as Markdown on the web has them.
 *
 * A path is taken from the folder that the article's file is in, and leads nowhere outside of its root; whatever stands behind a #
 * in it is left out. A heading is named by its words in small letters, with dashes for spaces and without other signs.
 */
#ifndef UI_ADDRESSES_H
#define UI_ADDRESSES_H

#include "lectern/catalogue.h"
#include "lectern/layout.h"

/* The article in the file that an address names; CATALOGUE_NONE if it names none of the library. */
uint32_t addresses_article(const struct catalogue *catalogue, uint32_t from, struct str address);

/* The line of the heading that "#name" names, as a number of `layout->headings`; SIZE_MAX if there is none. */
size_t addresses_heading(const struct layout *layout, struct str address);

#endif
