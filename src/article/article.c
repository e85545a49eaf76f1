#include "lectern/article.h"

#include <string.h>

#include "detect.h"
#include "encoding.h"
#include "frontmatter.h"
#include "metadata.h"
#include "plain.h"

/* White space, `&nbsp;` and U+00A0 only: an editor's way to write nothing. */
static bool says_nothing(struct str text)
{
    for (;;) {
        text = str_trim(text);
        if (text.len == 0)
            return true;
        size_t length = str_starts(text, STR("&nbsp;")) ? 6 : str_starts(text, STR("\xc2\xa0")) ? 2 : 0;
        if (length == 0)
            return false;
        text = str_slice(text, length, text.len);
    }
}

/* The text without empty lines at its beginning, or nothing; the first line keeps its indentation. */
static struct str what_is_said(struct str text)
{
    if (says_nothing(text))
        return str_slice(text, 0, 0);
    struct str rest = text, line;
    while (str_next_line(&rest, &line)) {
        if (str_trim(line).len)
            return text;
        text = rest;
    }
    return text;
}

static struct str without_empty_lines_at_end(struct str text)
{
    while (text.len && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == ' '))
        text.len--;
    return text;
}

/* Both texts, set off by a rule; the one that is not empty if the other is. */
static struct str with_rule(struct arena *arena, struct str above, struct str below)
{
    static const struct str rule = {"\n\n---\n\n", 7};
    if (above.len == 0 || below.len == 0)
        return above.len ? above : below;
    above = without_empty_lines_at_end(above);
    char *text = arena_bytes(arena, above.len + rule.len + below.len + 1);
    memcpy(text, above.at, above.len);
    memcpy(text + above.len, rule.at, rule.len);
    memcpy(text + above.len + rule.len, below.at, below.len);
    text[above.len + rule.len + below.len] = '\0';
    return (struct str){text, above.len + rule.len + below.len};
}

/* A title is one line. */
static struct str one_line(struct arena *arena, struct str text)
{
    text = str_trim(text);
    if (str_find_byte(text, '\n') == STR_NOT_FOUND)
        return text;
    char *out = arena_bytes(arena, text.len + 1);
    size_t length = 0;
    for (struct str line; str_next_line(&text, &line);) {
        line = str_trim(line);
        if (line.len && length)
            out[length++] = ' ';
        if (line.len)
            memcpy(out + length, line.at, line.len);
        length += line.len;
    }
    out[length] = '\0';
    return (struct str){out, length};
}

static struct str name_of_file(struct str path)
{
    struct str name = str_last_part(path);
    for (size_t end = name.len; end > 1; end--)
        if (name.at[end - 1] == '.')
            return str_slice(name, 0, end - 1);
    return name;
}

static struct str choose_title(struct arena *arena, const struct article *article, struct str path)
{
    static const char *const names[] = {"title", "article_title", "question"};
    struct str title = {0};
    if (article->kind == ARTICLE_PLAIN)
        title = article->title;
    for (size_t i = 0; i < sizeof names / sizeof *names && title.len == 0; i++)
        title = one_line(arena, metadata_value(article, names[i]));
    if (title.len == 0)
        title = detect_heading(arena, article->text);
    if (title.len == 0)
        title = detect_first_words(arena, article->text);
    return title.len ? title : arena_str(arena, name_of_file(path));
}

static void read_with_front_matter(struct arena *arena, struct str file, const struct frontmatter *front,
                                   struct problems *problems, struct article *article)
{
    struct str body = str_slice(file, front->body, file.len);
    article->fields = front->fields;
    article->field_count = front->count;
    metadata_read(arena, article, problems);
    body = with_rule(arena, what_is_said(front->unread), what_is_said(body));
    struct str answer = metadata_value(article, "answer");
    article->kind = says_nothing(answer) ? ARTICLE_NOTE : ARTICLE_QUESTION;
    if (article->kind == ARTICLE_QUESTION)
        body = with_rule(arena, article_decode_answer(arena, answer), body);
    article->text = body;
}

static void read_plain(struct arena *arena, struct article *article)
{
    struct plain_facts facts;
    plain_read_facts(arena, article->text, &facts);
    article->title = facts.title;
    article->author = facts.author;
    article->date = facts.date;
    article->date_format = facts.date_format;
}

void article_parse(struct arena *arena, struct str bytes, struct str path, struct article *article)
{
    struct problems problems = {.arena = arena};
    struct frontmatter front;
    struct str file;
    *article = (struct article){.kind = ARTICLE_BINARY};
    bool is_text = encoding_decode(arena, bytes, &problems, &file);
    if (is_text && frontmatter_read(arena, file, &problems, &front)) {
        read_with_front_matter(arena, file, &front, &problems, article);
        article->title = choose_title(arena, article, path);
    } else if (is_text) {
        article->kind = detect_markdown(file) ? ARTICLE_MARKDOWN : ARTICLE_PLAIN;
        article->text = file;
        if (article->kind == ARTICLE_PLAIN)
            read_plain(arena, article);
        article->title = choose_title(arena, article, path);
        if (says_nothing(file))
            problems_add(&problems, ARTICLE_WARNING, 0, 0, "the file is empty: there is nothing to read");
    }
    problems_sort(&problems);
    article->problems = problems.items;
    article->problem_count = problems.count;
}

unsigned article_minutes(size_t bytes)
{
    size_t minutes = bytes / 1200 + (bytes % 1200 != 0);
    if (minutes == 0)
        return 1;
    return minutes > 1000000 ? 1000000 : (unsigned)minutes;
}
