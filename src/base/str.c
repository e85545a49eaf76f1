#include "lectern/str.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lectern/mem.h"

int str_int_len(struct str s)
{
    return s.len > INT_MAX ? INT_MAX : (int)s.len;
}

struct str str_from(const char *nul_terminated)
{
    return (struct str){nul_terminated, nul_terminated ? strlen(nul_terminated) : 0};
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from >= to)
        return (struct str){0};
    return (struct str){s.at + from, to - from};
}

static unsigned char ascii_lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_eq_ignore_case(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

#define BLOCK ((size_t)64)

/* Whether `first` stands at one of the BLOCK bytes at `at` with `last` at a distance behind it. All are compared, which a
 * compiler does many at a time. */
static bool may_begin(const char *at, char first, char last, size_t distance)
{
    unsigned char found = 0;
    for (size_t i = 0; i < BLOCK; i++)
        found |= (unsigned char)((at[i] == first) & (at[i + distance] == last));
    return found;
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.len == 0)
        return 0;
    size_t places = s.len >= needle.len ? s.len - needle.len + 1 : 0;
    char first = needle.at[0], last = needle.at[needle.len - 1];
    for (size_t at = 0; at < places; at++) {
        if (at % BLOCK == 0)
            while (places - at >= BLOCK && !may_begin(s.at + at, first, last, needle.len - 1))
                at += BLOCK;
        if (at < places && s.at[at] == first && memcmp(s.at + at, needle.at, needle.len) == 0)
            return at;
    }
    return STR_NOT_FOUND;
}

size_t str_find_byte(struct str s, char byte)
{
    const char *hit = s.len ? memchr(s.at, byte, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : STR_NOT_FOUND;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_space(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

uint64_t str_first_bytes(struct str s)
{
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | (i < s.len ? (unsigned char)s.at[i] : 0);
    return number;
}

struct str str_last_part(struct str path)
{
    size_t start = path.len;
    while (start && path.at[start - 1] != '/')
        start--;
    return str_slice(path, start, path.len);
}

bool str_next_line(struct str *rest, struct str *line)
{
    if (rest->len == 0)
        return false;
    str_cut(*rest, '\n', line, rest);
    if (line->len && line->at[line->len - 1] == '\r')
        line->len--;
    return true;
}

bool str_cut(struct str s, char separator, struct str *head, struct str *tail)
{
    size_t at = str_find_byte(s, separator);
    if (at == STR_NOT_FOUND) {
        *head = s;
        *tail = (struct str){0};
        return false;
    }
    *head = (struct str){s.at, at};
    *tail = (struct str){s.at + at + 1, s.len - at - 1};
    return true;
}

bool str_to_u64(struct str s, uint64_t *value)
{
    uint64_t sum = 0;
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(s.at[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

#define MOST_COMPARED 32

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t str_distance(struct str a, struct str b)
{
    size_t rows[MOST_COMPARED + 1][MOST_COMPARED + 1];
    if (a.len > MOST_COMPARED || b.len > MOST_COMPARED)
        return SIZE_MAX;
    for (size_t i = 0; i <= a.len; i++)
        for (size_t j = 0; j <= b.len; j++) {
            if (!i || !j) {
                rows[i][j] = i + j;
                continue;
            }
            size_t replaced = rows[i - 1][j - 1] + (a.at[i - 1] != b.at[j - 1]);
            rows[i][j] = least(replaced, least(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    return rows[a.len][b.len];
}

uint64_t str_hash(struct str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.at[i]) * 0x100000001b3u;
    return hash;
}

static void buf_reserve(struct buf *b, size_t more)
{
    if (more > SIZE_MAX / 2 - b->len)
        mem_exhausted();
    size_t needed = b->len + more;
    if (needed <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    b->at = mem_resize(b->at, capacity, 1);
    b->capacity = capacity;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    buf_reserve(b, s.len);
    memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
}

void buf_add_byte(struct buf *b, char byte)
{
    buf_reserve(b, 1);
    b->at[b->len++] = byte;
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        buf_reserve(b, (size_t)length + 1);
        vsnprintf(b->at + b->len, (size_t)length + 1, format, again);
        b->len += (size_t)length;
    }
    va_end(again);
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->at, b->len};
}

const char *buf_cstr(struct buf *b)
{
    buf_reserve(b, 1);
    b->at[b->len] = '\0';
    return b->at;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
}

void buf_free(struct buf *b)
{
    mem_free(b->at);
    *b = (struct buf){0};
}
