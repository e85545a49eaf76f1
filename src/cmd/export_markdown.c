#include "export_markdown.h"

#include <time.h>
#include <unistd.h>

#include "lectern/branches.h"
#include "lectern/markdown_write.h"

/* Rows that are asked for at once. */
#define PAGE 256

/* Of the trail through one library. */
#define MOST_HOPS 100000

struct page {
    FILE *stream;
    enum text_charset charset;
    struct buf text;
};

static void flush(struct page *page)
{
    struct arena arena = {0};
    struct str text = buf_str(&page->text);
    if (isatty(fileno(page->stream)))
        text = text_safe(&arena, text, page->charset, true);
    fwrite(text.at, 1, text.len, page->stream);
    buf_clear(&page->text);
    arena_free(&arena);
}

static void add_day(struct buf *out, int64_t when)
{
    char text[32] = "";
    struct tm local;
    time_t seconds = (time_t)when;
    if (localtime_r(&seconds, &local))
        strftime(text, sizeof text, "%Y-%m-%d", &local);
    buf_add(out, str_from(text));
}

/* The title leads to the file where it was last. */
static void add_article(struct buf *out, const struct state_key *key)
{
    struct str title = key->title.len ? key->title : key->id.len ? key->id : key->path;
    if (!key->path.len) {
        markdown_add_text(out, title);
        return;
    }
    buf_add_byte(out, '[');
    markdown_add_text(out, title);
    buf_add(out, STR("]("));
    markdown_add_address(out, key->root);
    buf_add(out, key->root.len ? STR("/") : STR(""));
    markdown_add_address(out, key->path);
    buf_add_byte(out, ')');
}

static void add_bookmark(struct buf *out, const struct state_bookmark *bookmark)
{
    buf_add(out, STR("- "));
    add_article(out, &bookmark->key);
    buf_add(out, STR(", "));
    add_day(out, bookmark->when);
    if (bookmark->tags.len) {
        buf_add(out, STR(": "));
        markdown_add_text(out, bookmark->tags);
    }
    buf_add_byte(out, '\n');
}

static void write_bookmarks(struct page *page, struct state *state)
{
    struct arena arena = {0};
    struct state_bookmark *bookmarks;
    size_t count, after = 0;
    do {
        count = state_bookmarks(state, STR(""), after, PAGE, &arena, &bookmarks);
        if (count && !after)
            buf_add(&page->text, STR("\n## Bookmarks\n\n"));
        for (size_t i = 0; i < count; i++)
            add_bookmark(&page->text, &bookmarks[i]);
        flush(page);
        arena_reset(&arena);
        after += count;
    } while (count == PAGE);
    arena_free(&arena);
}

/* The note is Markdown itself. */
static void add_note(struct buf *out, const struct state_note *note)
{
    buf_add(out, STR("\n### "));
    add_article(out, &note->key);
    buf_add(out, STR("\n\n"));
    add_day(out, note->when);
    buf_add(out, STR("\n\n"));
    buf_add(out, str_trim(note->text));
    buf_add_byte(out, '\n');
}

static void write_notes(struct page *page, struct state *state)
{
    struct arena arena = {0};
    struct state_note *notes;
    size_t count, after = 0;
    do {
        count = state_notes(state, true, after, PAGE, &arena, &notes);
        if (count && !after)
            buf_add(&page->text, STR("\n## Notes\n"));
        for (size_t i = 0; i < count; i++)
            add_note(&page->text, &notes[i]);
        flush(page);
        arena_reset(&arena);
        after += count;
    } while (count == PAGE);
    arena_free(&arena);
}

/* By their numbers, which ascend. */
static size_t find_hop(const struct state_hop *hops, size_t count, int64_t hop)
{
    size_t begin = 0, end = count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (hops[middle].hop < hop)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < count && hops[begin].hop == hop ? begin : BRANCHES_NONE;
}

/* As a reading list: who came back and then went elsewhere began a branch. */
static void write_trail(struct page *page, struct state *state, struct str library, struct arena *arena)
{
    struct state_hop *hops;
    size_t count = state_hops(state, library, MOST_HOPS, arena, &hops);
    size_t *parents = arena_array(arena, count, sizeof *parents);
    for (size_t i = 0; i < count; i++)
        parents[i] = find_hop(hops, i, hops[i].parent);
    const struct branch *order = branches_order(parents, NULL, count, arena);
    buf_add(&page->text, STR("\n## Trail through "));
    markdown_add_text(&page->text, str_last_part(library));
    buf_add(&page->text, STR("\n\n"));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&page->text, "%*s- ", (int)(2 * order[i].indent), "");
        add_article(&page->text, &hops[order[i].entry].key);
        buf_add(&page->text, STR(", "));
        add_day(&page->text, hops[order[i].entry].when);
        buf_add_byte(&page->text, '\n');
    }
    flush(page);
}

static void write_trails(struct page *page, struct state *state)
{
    struct arena names = {0}, arena = {0};
    struct str library = {0};
    while (state_next_trail(state, library, &names, &library)) {
        write_trail(page, state, library, &arena);
        arena_reset(&arena);
    }
    arena_free(&arena);
    arena_free(&names);
}

void export_markdown(struct state *state, FILE *stream, enum text_charset charset)
{
    struct page page = {.stream = stream, .charset = charset};
    buf_add(&page.text, STR("# Kept in Lectern\n"));
    write_bookmarks(&page, state);
    write_notes(&page, state);
    write_trails(&page, state);
    flush(&page);
    buf_free(&page.text);
}
