#include "lectern/key.h"

#include <stddef.h>

#include "lectern/text.h"

static const struct {
    uint32_t code;
    struct str name;
} names[] = {
    {KEYS_UP, {"Up", 2}},        {KEYS_DOWN, {"Down", 4}},           {KEYS_LEFT, {"Left", 4}},
    {KEYS_RIGHT, {"Right", 5}},  {KEYS_HOME, {"Home", 4}},           {KEYS_END, {"End", 3}},
    {KEYS_PAGE_UP, {"PgUp", 4}}, {KEYS_PAGE_DOWN, {"PgDn", 4}},      {KEYS_INSERT, {"Ins", 3}},
    {KEYS_DELETE, {"Del", 3}},   {KEYS_BACKSPACE, {"Backspace", 9}}, {KEYS_TAB, {"Tab", 3}},
    {KEYS_ENTER, {"Enter", 5}},  {KEYS_ESCAPE, {"Esc", 3}},          {KEYS_SPACE, {"Space", 5}},
};

static const struct {
    key flag;
    struct str prefix;
} modifiers[] = {
    {KEYS_CONTROL, {"C-", 2}},
    {KEYS_ALT, {"A-", 2}},
    {KEYS_SHIFT, {"S-", 2}},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

void key_format(key k, struct buf *out)
{
    uint32_t code = k & KEYS_CODE_MASK;
    for (size_t i = 0; i < COUNT(modifiers); i++)
        if (k & modifiers[i].flag)
            buf_add(out, modifiers[i].prefix);
    for (size_t i = 0; i < COUNT(names); i++)
        if (code == names[i].code)
            buf_add(out, names[i].name);
    if (code >= KEYS_F1 && code <= KEYS_F12)
        buf_printf(out, "F%u", (unsigned)(code - KEYS_F1 + 1));
    else if (code && code < KEYS_NAMED)
        text_encode(out, code);
}

static uint32_t named_code(struct str name)
{
    uint64_t number = 0;
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, names[i].name))
            return names[i].code;
    if (name.len > 1 && name.len < 4 && name.at[0] == 'F' && name.at[1] != '0' &&
        str_to_u64(str_slice(name, 1, name.len), &number) && number >= 1 && number <= 12)
        return KEYS_F1 + (uint32_t)number - 1;
    return KEYS_NONE;
}

static uint32_t character_code(struct str name)
{
    uint32_t code = 0;
    if (name.len == 0 || text_decode(name, &code) != name.len)
        return KEYS_NONE;
    bool control = code <= 0x20 || (code >= 0x7f && code < 0xa0);
    bool invalid = code == 0xfffd && name.len == 1;
    return control || invalid ? KEYS_NONE : code;
}

/* C-h, C-i and C-m are Backspace, Tab and Enter, and C-[ is Esc: they never come as control letters. */
static bool takes_control(uint32_t code)
{
    if (code >= KEYS_NAMED)
        return true;
    if (code >= 'a' && code <= 'z')
        return code != 'h' && code != 'i' && code != 'm';
    return code == '\\' || code == ']' || code == '^' || code == '_';
}

bool key_parse(struct str name, key *k)
{
    key flags = 0;
    for (size_t i = 0; i < COUNT(modifiers); i++) {
        if (name.len > 2 && str_starts(name, modifiers[i].prefix)) {
            flags |= modifiers[i].flag;
            name = str_slice(name, 2, name.len);
        }
    }
    uint32_t code = named_code(name);
    if (!code)
        code = character_code(name);
    if (!code)
        return false;
    if ((flags & KEYS_CONTROL) && !takes_control(code))
        return false;
    if ((flags & KEYS_SHIFT) && code < KEYS_NAMED)
        return false;
    *k = code | flags;
    return true;
}
