#include "terminfo.h"

#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

/* Far longer than any real name, and short enough for every buffer of ncurses. */
#define MOST_NAME 100

static const char *capability(const char *name)
{
    const char *value = tigetstr(name);
    return value && value != (const char *)-1 && *value ? value : NULL;
}

/* Appends a capability without its padding, "$<5/>". */
static void add_capability(struct buf *sequence, const char *name)
{
    struct str value = str_from(capability(name)), padding;
    while (value.len) {
        size_t at = str_find(value, STR("$<"));
        buf_add(sequence, str_slice(value, 0, at));
        if (at == STR_NOT_FOUND)
            return;
        str_cut(str_slice(value, at, value.len), '>', &padding, &value);
    }
}

int terminfo_read(struct terminfo *info, const char *type, struct err *err)
{
    static const char *const ends[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
    *info = (struct terminfo){0};
    if (!type || !*type)
        return err_set(err, ERR_KIND, "the environment variable TERM does not say what the terminal is");
    int found;
    if (strchr(type, '/') || strlen(type) > MOST_NAME || setupterm(type, STDOUT_FILENO, &found) != OK)
        return err_set(err, ERR_KIND, "the terminal type \"%.60s\" (TERM) is not known", type);
    const char *address = capability("cup");
    bool usable = address && capability("clear");
    if (usable) {
        info->ansi = strncmp(address, "\033[", 2) == 0;
        info->italics = capability("sitm") != NULL;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            add_capability(&info->restore, ends[i]);
    }
    del_curterm(cur_term);
    if (!usable)
        return err_set(err, ERR_KIND, "the terminal type \"%.60s\" (TERM) cannot show a full screen", type);
    return 0;
}

void terminfo_free(struct terminfo *info)
{
    buf_free(&info->restore);
}
