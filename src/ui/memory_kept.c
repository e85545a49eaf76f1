/* What the reader says about articles: bookmarks, notes, places with a letter. */
#include "memory_inside.h"

bool memory_is_kept(const struct memory *memory)
{
    return memory && state_is_kept(memory->state);
}

struct state *memory_state(struct memory *memory)
{
    return memory->state;
}

/* The number in the state of what a page shows, if it is known there: else 0. */
static int64_t known_article(struct memory *memory, const struct session *session,
                             const struct reading *reading)
{
    struct state_key wanted;
    if (memory->target == reading->target && memory->article)
        return memory->article;
    return memory_key(memory, session, reading, &wanted) ? state_find(memory->state, &wanted) : 0;
}

bool memory_is_read(struct memory *memory, const struct session *session, const struct reading *reading)
{
    struct state_reading known = {0};
    int64_t article = known_article(memory, session, reading);
    return article && state_reading(memory->state, article, &known) && known.read;
}

bool memory_is_bookmarked(struct memory *memory, const struct session *session, const struct reading *reading)
{
    int64_t article = known_article(memory, session, reading);
    return article && state_is_bookmarked(memory->state, article);
}

static void note_mark(struct memory *memory, enum memory_mark mark, uint32_t target, bool set)
{
    memory_marks_set(&memory->marks, mark, target, set);
    memory_note_change(memory);
}

int memory_set_bookmark(struct memory *memory, const struct session *session, const struct reading *reading,
                        bool set, struct err *err)
{
    int64_t article = memory_article(memory, session, reading, err);
    if (!article)
        return -1;
    struct position position = reading_position(reading);
    struct state_bookmark bookmark = {
        .article = article, .when = session->now(), .place = memory_state_place(&position)};
    int status = set ? state_set_bookmark(memory->state, &bookmark, err)
                     : state_drop_bookmark(memory->state, article, err);
    if (status == 0)
        note_mark(memory, MEMORY_BOOKMARKED, reading->target, set);
    return status;
}

struct str memory_tags(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct arena *arena)
{
    int64_t article = memory ? known_article(memory, session, reading) : 0;
    return article ? state_tags_of(memory->state, article, arena) : (struct str){0};
}

struct str memory_note(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct arena *arena)
{
    int64_t article = memory ? known_article(memory, session, reading) : 0;
    return article ? state_note(memory->state, article, arena) : (struct str){0};
}

int memory_set_note(struct memory *memory, const struct session *session, int64_t article, struct str text,
                    struct err *err)
{
    struct arena arena = {0};
    struct state_key wanted;
    if (!str_trim(text).len)
        text = (struct str){0};
    if (state_set_note(memory->state, article, text, session->now(), err) != 0)
        return -1;
    if (session->catalogue && state_key_of(memory->state, article, &arena, &wanted)) {
        note_mark(memory, MEMORY_NOTED, memory_target(memory->library, session->catalogue, &wanted),
                  text.len > 0);
        memory_look(memory, session); /* for what it says now */
    }
    arena_free(&arena);
    return 0;
}

int memory_set_letter(struct memory *memory, const struct session *session, const struct reading *reading,
                      key letter, struct err *err)
{
    int64_t article = memory_article(memory, session, reading, err);
    if (!article)
        return -1;
    struct position position = reading_position(reading);
    struct state_letter named = {(uint32_t)letter, article, session->now(), memory_state_place(&position)};
    return state_save_letter(memory->state, buf_str(&memory->name), &named, err);
}

bool memory_letter(struct memory *memory, const struct session *session, key letter,
                   struct position *position)
{
    struct arena arena = {0};
    struct state_letter *letters;
    struct state_key wanted;
    size_t count = memory ? state_letters(memory->state, buf_str(&memory->name), &arena, &letters) : 0;
    *position = (struct position){.target = CATALOGUE_NONE};
    for (size_t i = 0; i < count; i++) {
        if (letters[i].letter != letter || !state_key_of(memory->state, letters[i].article, &arena, &wanted))
            continue;
        uint32_t target = memory_target(memory->library, session->catalogue, &wanted);
        *position = memory_position(target, &letters[i].place);
    }
    arena_free(&arena);
    return position->target != CATALOGUE_NONE;
}
