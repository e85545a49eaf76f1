/* Texts that are no pages: programs, logs, values; and mail, printed manuals. */
#include "plain.h"

#define LINES_LOOKED_AT 200
#define BYTES_LOOKED_AT (64u << 10)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct str beginning(struct str text)
{
    return str_slice(text, 0, BYTES_LOOKED_AT);
}

static bool starts_with_any(struct str line, const char *const *words)
{
    for (; *words; words++)
        if (str_starts(line, str_from(*words)))
            return true;
    return false;
}

static bool ends_with_any(struct str line, const char *const *words)
{
    for (; *words; words++)
        if (str_ends(line, str_from(*words)))
            return true;
    return false;
}

/* --- Programs --- */

static bool is_code(struct str line)
{
    static const char *const starts[] = {
        "#include", "#define",  "#if",       "#endif",  "#!",     "//",     "/*",      "*/",
        "import ",  "from ",    "def ",      "class ",  "return", "if (",   "for (",   "while (",
        "switch (", "case ",    "function ", "var ",    "let ",   "const ", "static ", "public ",
        "private ", "package ", "using ",    "struct ", "} ",     "</",     "<!",      NULL};
    static const char *const ends[] = {";",  "{",  "}",  "},", ");", ")", "],",
                                       "\\", "/>", "->", "&&", "||", NULL};
    static const char *const blocks[] = {"if ",    "for ",  "while ", "else",   "elif ", "try",
                                         "except", "with ", "def ",   "class ", NULL};
    if (str_starts(line, STR("from ")) && str_find(line, STR(" import ")) == STR_NOT_FOUND)
        return false;
    if (starts_with_any(line, starts) || (str_ends(line, STR(":")) && starts_with_any(line, blocks)))
        return true;
    bool call = str_find_byte(line, '(') != STR_NOT_FOUND || !str_ends(line, STR(")"));
    return (call && ends_with_any(line, ends)) || str_find(line, STR(" = ")) != STR_NOT_FOUND ||
           str_find(line, STR(" == ")) != STR_NOT_FOUND ||
           (str_starts(line, STR("<")) && str_ends(line, STR(">"))) ||
           (str_starts(line, STR("\"")) && (str_ends(line, STR(",")) || str_ends(line, STR("\""))));
}

/* --- Logs --- */

static size_t digits_at(struct str s, size_t at)
{
    size_t count = 0;
    while (at + count < s.len && is_digit(s.at[at + count]))
        count++;
    return count;
}

/* `12:34:56` */
static bool has_clock(struct str line)
{
    for (size_t i = 1; i + 6 <= line.len; i++)
        if (line.at[i + 1] == ':' && line.at[i + 4] == ':' && is_digit(line.at[i - 1]) &&
            is_digit(line.at[i]) && digits_at(line, i + 2) == 2 && digits_at(line, i + 5) >= 2)
            return true;
    return false;
}

static bool is_log(struct str line)
{
    return has_clock(str_slice(line, 0, 40));
}

/* --- Values with separators --- */

/* Separators between values: those in quotes do not count. */
static size_t count_separators(struct str line, char separator)
{
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.len; i++) {
        quoted ^= line.at[i] == '"';
        count += !quoted && line.at[i] == separator;
    }
    return count;
}

static bool are_values(struct str text)
{
    static const char separators[] = {',', ';', '\t', '|'};
    size_t first[sizeof separators] = {0}, alike[sizeof separators] = {0}, lines = 0;
    struct str line;
    while (lines < LINES_LOOKED_AT && str_next_line(&text, &line)) {
        if (str_trim(line).len == 0)
            continue;
        for (size_t i = 0; i < sizeof separators; i++) {
            size_t count = count_separators(line, separators[i]);
            if (lines == 0)
                first[i] = count;
            alike[i] += count == first[i];
        }
        lines++;
    }
    for (size_t i = 0; i < sizeof separators; i++)
        if (lines > 2 && first[i] >= (separators[i] == '\t' ? 1u : 2u) && alike[i] * 10 >= lines * 9)
            return true;
    return false;
}

/* Marks that only Markdown has: fences, and headings, which unlike comments stand alone. */
static size_t count_marks(struct str text)
{
    size_t marks = 0, lines = 0;
    struct str line;
    for (bool alone = true, heading = false; lines < LINES_LOOKED_AT && str_next_line(&text, &line);
         lines++) {
        bool blank = str_trim(line).len == 0;
        marks += blank && heading;
        marks += 2u * (str_starts(line, STR("```")) || str_starts(line, STR("~~~")));
        heading = alone && (str_starts(line, STR("# ")) || str_starts(line, STR("## ")));
        marks += heading && lines == 0;
        alone = blank;
    }
    return marks;
}

bool plain_is_preformatted(struct str text)
{
    size_t lines = 0, code = 0, log = 0;
    struct str rest = beginning(text), line;
    while (lines < LINES_LOOKED_AT && str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.len == 0)
            continue;
        lines++;
        code += is_code(line);
        log += is_log(line);
    }
    if (lines < 3 || count_marks(beginning(text)) > 1)
        return false;
    return code * 10 >= lines * 6 || log * 10 >= lines * 6 || are_values(beginning(text));
}

/* --- Mail --- */

/* The name of a mail's header, or nothing. */
static struct str header_name(struct str line)
{
    size_t colon = str_find_byte(line, ':');
    for (size_t i = 0; colon != STR_NOT_FOUND && i < colon; i++)
        if (!(line.at[i] == '-' || (line.at[i] >= 'A' && line.at[i] <= 'Z') ||
              (line.at[i] >= 'a' && line.at[i] <= 'z')))
            return (struct str){0};
    return colon == STR_NOT_FOUND ? (struct str){0} : str_slice(line, 0, colon);
}

static bool is_one_of(struct str word, const char *const *words)
{
    for (; *words; words++)
        if (str_eq_ignore_case(word, str_from(*words)))
            return true;
    return false;
}

bool plain_is_mail(struct str text)
{
    static const char *const names[] = {"From", "To", "Subject", "Date", "Sent", "Cc", NULL};
    size_t known = 0;
    struct str rest = beginning(text), line;
    for (bool begun = false; str_next_line(&rest, &line);) {
        bool folded = line.len && (line.at[0] == ' ' || line.at[0] == '\t');
        if (str_trim(line).len == 0 && begun)
            break;
        if (str_trim(line).len == 0 || folded || (!begun && str_starts(line, STR("From "))))
            continue;
        struct str name = header_name(line);
        if (name.len == 0)
            return false;
        begun = true;
        known += is_one_of(name, names);
    }
    return known >= 2;
}

/* --- Pages of a printer --- */

/* `LS(1)` */
static bool is_manual_name(struct str word)
{
    return word.len > 3 && word.at[word.len - 1] == ')' && str_find_byte(word, '(') == word.len - 3 &&
           is_digit(word.at[word.len - 2]);
}

static bool is_manual_header(struct str line)
{
    size_t gap = str_find(line, STR("  "));
    struct str first = str_slice(line, 0, gap == STR_NOT_FOUND ? line.len : gap);
    return gap != STR_NOT_FOUND && is_manual_name(first) && str_ends(line, first);
}

bool plain_is_paged(struct str text)
{
    struct str rest = beginning(text), line;
    for (bool first = true; str_next_line(&rest, &line);) {
        struct str trimmed = str_trim(line);
        if (trimmed.len == 0)
            continue;
        if (first && is_manual_header(trimmed))
            return true;
        first = false;
        if (str_ends(trimmed, STR("]")) && str_find(trimmed, STR("  [Page ")) != STR_NOT_FOUND)
            return true;
    }
    return false;
}
