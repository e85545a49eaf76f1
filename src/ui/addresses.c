#include "addresses.h"

#include "lectern/text.h"

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Without the escapes of RFC 3986, 2.1. */
static void add_decoded(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        int high = text.at[i] == '%' && i + 2 < text.len ? digit_of(text.at[i + 1]) : -1;
        int low = high >= 0 ? digit_of(text.at[i + 2]) : -1;
        char byte = text.at[i];
        if (low >= 0) {
            byte = (char)(high * 16 + low);
            i += 2;
        }
        buf_add_byte(out, byte);
    }
}

/* "https:", "mailto:"; but no "a:b" behind a slash. */
static bool has_scheme(struct str address)
{
    for (size_t i = 0; i < address.len && address.at[i] != '/'; i++)
        if (address.at[i] == ':')
            return true;
    return false;
}

/* Goes from the folder that `path` is, which ends in a slash unless it is the root, along the parts of another. False if that
 * leads out of it. */
static bool walk(struct buf *path, struct str parts)
{
    while (parts.len) {
        struct str part;
        bool more = str_cut(parts, '/', &part, &parts);
        if (str_eq(part, STR(".."))) {
            if (!path->len)
                return false;
            path->len--;
            while (path->len && path->at[path->len - 1] != '/')
                path->len--;
        } else if (part.len && !str_eq(part, STR("."))) {
            buf_printf(path, "%.*s%s", STR_ARG(part), more ? "/" : "");
        }
    }
    return path->len > 0;
}

uint32_t addresses_article(const struct catalogue *catalogue, uint32_t from, struct str address)
{
    struct str place, anchor;
    struct buf decoded = {0}, path = {0};
    uint32_t article = CATALOGUE_NONE;
    str_cut(address, '#', &place, &anchor);
    if (!place.len || place.at[0] == '/' || has_scheme(place) || catalogue_is_missing(catalogue, from))
        return CATALOGUE_NONE;
    struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, from, 0));
    buf_add(&path, str_slice(file.path, 0, file.path.len - str_last_part(file.path).len));
    add_decoded(&decoded, place);
    uint32_t found = walk(&path, buf_str(&decoded))
                         ? catalogue_find_file(catalogue, file.root, buf_str(&path))
                         : CATALOGUE_NONE;
    if (found != CATALOGUE_NONE)
        article = catalogue_file(catalogue, found).article;
    buf_free(&decoded);
    buf_free(&path);
    return article;
}

/* A heading's name. Of several dashes together, of which some sites keep one and others all, one stands. */
static void add_name(struct buf *out, struct str words)
{
    struct buf folded = {0};
    text_fold(&folded, str_trim(words));
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
        bool dash = c == ' ' || c == '-';
        if (dash ? out->len && out->at[out->len - 1] != '-' : kept)
            buf_add_byte(out, dash ? '-' : c);
    }
    buf_free(&folded);
}

size_t addresses_heading(const struct layout *layout, struct str address)
{
    struct buf decoded = {0}, wanted = {0}, name = {0};
    size_t found = SIZE_MAX;
    if (!str_starts(address, STR("#")) || address.len == 1)
        return SIZE_MAX;
    add_decoded(&decoded, str_slice(address, 1, address.len));
    add_name(&wanted, buf_str(&decoded));
    for (size_t i = 0; i < layout->heading_count && found == SIZE_MAX; i++) {
        buf_clear(&name);
        add_name(&name, layout->headings[i].text);
        if (str_eq(buf_str(&name), buf_str(&wanted)))
            found = i;
    }
    buf_free(&decoded);
    buf_free(&wanted);
    buf_free(&name);
    return found;
}
