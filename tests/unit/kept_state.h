/*
 * kept_state: a state in a temporary folder, for tests.
 */
#ifndef LECTERN_TESTS_KEPT_STATE_H
#define LECTERN_TESTS_KEPT_STATE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/state.h"

static inline const char *state_place_of(struct folder *folder)
{
    return folder_path(folder, "data/lectern");
}

static inline char *state_file_of(struct folder *folder)
{
    return folder_path(folder, "data/lectern/state.db");
}

static inline struct state *state_opened(struct folder *folder)
{
    struct err err;
    struct state *opened = state_open(state_place_of(folder), &err);
    assert_string_equal(err.message, "");
    assert_true(state_is_kept(opened));
    return opened;
}

/* An article that is made known by an id. */
static inline int64_t article_of(struct state *kept, const char *id)
{
    struct err err;
    struct state_key key = {.id = str_from(id),
                            .root = STR("/library"),
                            .path = str_from(id),
                            .content = str_hash(str_from(id)),
                            .bytes = 7,
                            .title = str_from(id)};
    int64_t article = state_meet(kept, &key, &err);
    assert_true(article > 0);
    return article;
}

#endif
