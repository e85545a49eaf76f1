/* What has changed since an index was written is kept beside it. */
#include "lectern/search.h"
#include "parts_text.h"
#include "updating.h"

#include "lectern/index_file.h"

struct kept {
    struct changing changing;
    struct library *library;
    const char *folder; /* of the index */
    struct index_parts parts;
};

static struct kept read_and_write(struct folder *folder, uint64_t seed, unsigned articles)
{
    struct kept kept = {.changing = changing_start(folder, seed, articles)};
    struct err err;
    kept.library = open_library(folder);
    kept.folder = folder_path(folder, "cache/lectern");
    mkdir(folder_path(folder, "cache"), 0700);
    assert_int_equal(
        index_parts_read(kept.library, &(struct library_scan){.threads = 2}, NULL, &kept.parts, &err), 0);
    assert_int_equal(index_file_write(kept.folder, kept.library, &kept.parts, NULL, &err), 0);
    return kept;
}

static void kept_close(struct kept *kept)
{
    index_parts_free(&kept->parts);
    library_close(kept->library);
}

static void update_kept(struct kept *kept)
{
    struct err err;
    struct library_changes changes;
    struct index_parts next;
    assert_int_equal(
        library_changes(kept->library, kept->parts.catalogue, &(struct library_look){0}, &changes, &err), 0);
    assert_int_equal(index_parts_update(kept->library, &kept->parts, &changes,
                                        &(struct library_scan){.threads = 2}, &next, &err),
                     0);
    library_changes_free(&changes);
    index_parts_free(&kept->parts);
    kept->parts = next;
}

static int write_delta(const struct kept *kept)
{
    struct err err;
    return index_file_write_delta(kept->folder, kept->library, &kept->parts, NULL, &err);
}

static struct index_parts open_parts(const struct kept *kept)
{
    struct err err;
    struct index_parts parts;
    assert_int_equal(index_file_open(kept->folder, kept->library, &parts, &err), 0);
    return parts;
}

/* The path of the delta. */
static const char *delta_path(const struct kept *kept)
{
    struct buf name = {0};
    struct err err;
    assert_int_equal(index_file_name(kept->library, &name, &err), 0);
    struct str stem = str_slice(buf_str(&name), 0, name.len - strlen("index"));
    const char *path =
        arena_printf(&kept->changing.folder->arena, "%s/%.*sdelta", kept->folder, STR_ARG(stem)).at;
    buf_free(&name);
    return path;
}

/* What queries find, and where the hits stand, each query in a line. */
static struct buf found_text(const struct index_parts *parts)
{
    static const char *const queries[] = {
        "liver ", "liv",          "\"liver failure\"", "score OR proof", "text -virus", "subject:medicine",
        "id:2",   "date:2024-12", "has:related",       "title:latin ",   "after:2022",  "cirrhsis "};
    struct buf out = {0};
    struct segments *segments = index_parts_segments(parts);
    struct search_scratch *scratch = search_scratch_new();
    for (size_t i = 0; i < CHANGING_COUNT(queries); i++) {
        struct arena arena = {0};
        struct query query;
        struct search_results results;
        struct text_lines lines = {0};
        assert_int_equal(query_parse(&arena, str_from(queries[i]), true, &query, NULL), 0);
        assert_true(search_run(parts->catalogue, segments, &query, 1000, NULL, scratch, &arena, &results));
        for (size_t hit = 0; hit < results.count; hit++) {
            struct buf line = {0};
            name_target(&line, parts->catalogue, results.hits[hit].article);
            buf_printf(&line, " %d %.3f", (int)results.hits[hit].field, (double)results.hits[hit].score);
            add_line(&lines, &line);
        }
        buf_printf(&out, "%s: ", queries[i]);
        add_joined(&out, &lines);
        buf_add_byte(&out, '\n');
        arena_free(&arena);
    }
    search_scratch_free(scratch);
    segments_release(segments);
    return out;
}

static void assert_equal_texts(struct buf got, struct buf wanted)
{
    assert_string_equal(buf_cstr(&got), buf_cstr(&wanted));
    buf_free(&got);
    buf_free(&wanted);
}

static void assert_parts_as_anew(const struct kept *kept, const struct index_parts *parts)
{
    struct index_parts anew;
    struct err err;
    assert_int_equal(index_parts_read(kept->library, &(struct library_scan){.threads = 2}, NULL, &anew, &err),
                     0);
    assert_equal_texts(catalogue_text(parts->catalogue, NULL, 0), catalogue_text(anew.catalogue, NULL, 0));
    assert_equal_texts(topics_text(parts->catalogue, parts->tree), topics_text(anew.catalogue, anew.tree));
    assert_equal_texts(found_text(parts), found_text(&anew));
    index_parts_free(&anew);
}

static void any_changes_are_found_and_kept(void **state)
{
    struct kept kept = read_and_write(*state, 3, 30);
    for (int step = 0; step < 60; step++) {
        for (unsigned i = 1 + roll(&kept.changing, 4); i > 0; i--)
            change_once(&kept.changing);
        update_kept(&kept);
        assert_parts_as_anew(&kept, &kept.parts);
        assert_int_equal(write_delta(&kept), 0);
        struct index_parts opened = open_parts(&kept);
        struct err err;
        assert_true(index_file_intact(&opened, NULL, &err) && index_file_delta_intact(&opened, NULL, &err));
        assert_equal_texts(parts_text(&opened), parts_text(&kept.parts));
        assert_parts_as_anew(&kept, &opened);
        index_parts_free(&opened);
    }
    kept_close(&kept);
}

/* As a session after another does. */
static void what_was_opened_is_brought_up_to_date(void **state)
{
    struct kept kept = read_and_write(*state, 4, 30);
    for (int step = 0; step < 30; step++) {
        index_parts_free(&kept.parts);
        kept.parts = open_parts(&kept);
        change_once(&kept.changing);
        update_kept(&kept);
        assert_parts_as_anew(&kept, &kept.parts);
        assert_int_equal(write_delta(&kept), 0);
    }
    kept_close(&kept);
}

static struct kept with_delta(struct folder *folder)
{
    struct kept kept = read_and_write(folder, 5, 12);
    for (int i = 0; i < 3; i++)
        write_random(&kept.changing, random_path(&kept.changing));
    update_kept(&kept);
    assert_non_null(kept.parts.delta);
    assert_int_equal(write_delta(&kept), 0);
    assert_true(index_file_delta_bytes(kept.folder, kept.library) > 0);
    return kept;
}

/* -- damage --------------------------------------------------------------------------------------------------------- */

struct bytes {
    uint64_t *at; /* aligned as a mapping is */
    size_t size;
};

static struct bytes read_bytes(const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &about), 0);
    struct bytes bytes = {mem_calloc((size_t)about.st_size / 8 + 1, 8), (size_t)about.st_size};
    assert_int_equal(fread(bytes.at, 1, bytes.size, file), bytes.size);
    fclose(file);
    return bytes;
}

static struct buf all_text(const struct index_parts *parts)
{
    struct buf all = catalogue_text(parts->catalogue, NULL, 0),
               more[] = {parts_text(parts), found_text(parts)};
    for (int i = 0; i < 2; i++) {
        buf_add(&all, buf_str(&more[i]));
        buf_free(&more[i]);
    }
    return all;
}

/* Opens damaged bytes over the base: refused, or not intact, or (between sections) what was written. */
static bool try_delta(const struct kept *kept, const struct bytes *bytes, size_t size,
                      const struct buf *wanted)
{
    struct index_parts parts = index_parts_base(&kept->parts);
    struct buf identity = {0};
    struct err err;
    library_identity(kept->library, &identity);
    struct str cut = {(const char *)bytes->at, size};
    bool opened = index_file_open_delta_bytes(cut, buf_str(&identity), &parts, &err) == 0;
    if (opened) {
        bool intact = index_file_delta_intact(&parts, NULL, &err);
        struct buf text = all_text(&parts);
        assert_true(!intact || str_eq(buf_str(&text), buf_str(wanted)));
        buf_free(&text);
    } else {
        assert_true(err.kind == ERR_FORMAT || err.kind == ERR_NOT_FOUND);
    }
    buf_free(&identity);
    index_parts_free(&parts);
    return opened;
}

static void a_damaged_delta_is_told_or_harmless(void **state)
{
    struct kept kept = with_delta(*state);
    struct bytes bytes = read_bytes(delta_path(&kept));
    struct buf wanted = all_text(&kept.parts);
    unsigned char *at = (unsigned char *)bytes.at;
    assert_true(try_delta(&kept, &bytes, bytes.size, &wanted));
    for (size_t i = 0; i < bytes.size; i += 7 + i % 5) {
        unsigned char before = at[i];
        at[i] = (unsigned char)(before ^ (i % 2 ? 1u << i % 8 : 0xffu));
        try_delta(&kept, &bytes, bytes.size, &wanted);
        at[i] = before;
    }
    for (size_t size = 0; size < bytes.size; size += 61)
        assert_false(try_delta(&kept, &bytes, size, &wanted));
    buf_free(&wanted);
    mem_free(bytes.at);
    kept_close(&kept);
}

/* What cannot be used counts as nothing. */
static void assert_base_alone(const struct kept *kept)
{
    struct index_parts parts = open_parts(kept);
    assert_null(parts.delta);
    assert_null(catalogue_delta_image(parts.catalogue));
    index_parts_free(&parts);
}

static void a_delta_that_cannot_be_used_is_ignored(void **state)
{
    struct folder *folder = *state;
    struct kept kept = with_delta(folder);
    const char *path = delta_path(&kept), *aside = folder_path(folder, "aside");
    assert_int_equal(truncate(path, 1000), 0);
    assert_base_alone(&kept);
    assert_int_equal(write_delta(&kept), 0);
    assert_int_equal(rename(path, aside), 0);
    assert_int_equal(symlink(aside, path), 0);
    assert_base_alone(&kept);
    assert_int_equal(unlink(path), 0);
    assert_base_alone(&kept);
    assert_int_equal(rename(aside, path), 0);
    assert_int_equal(chmod(path, 0666), 0);
    assert_base_alone(&kept);
    kept_close(&kept);
}

/* -- bases ---------------------------------------------------------------------------------------------------------- */

static void a_new_base_removes_the_delta_of_the_old_one(void **state)
{
    struct kept kept = with_delta(*state);
    struct bytes old = read_bytes(delta_path(&kept));
    struct index_parts anew;
    struct err err;
    assert_int_equal(index_parts_read(kept.library, &(struct library_scan){.threads = 2}, NULL, &anew, &err),
                     0);
    assert_int_equal(index_file_write(kept.folder, kept.library, &anew, NULL, &err), 0);
    assert_int_equal(index_file_delta_bytes(kept.folder, kept.library), 0);
    /* Another process still has the old base: it does not write, and what it might have written does not count. */
    assert_int_equal(index_file_write_delta(kept.folder, kept.library, &kept.parts, NULL, &err), -1);
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(index_file_delta_bytes(kept.folder, kept.library), 0);
    FILE *file = fopen(delta_path(&kept), "wb");
    assert_int_equal(fwrite(old.at, 1, old.size, file), old.size);
    fclose(file);
    assert_base_alone(&kept);
    mem_free(old.at);
    index_parts_free(&anew);
    kept_close(&kept);
}

static void an_open_delta_outlives_its_replacement(void **state)
{
    struct kept kept = with_delta(*state);
    struct index_parts opened = open_parts(&kept);
    struct buf before = parts_text(&opened);
    struct err err;
    change_once(&kept.changing);
    write_random(&kept.changing, "library/a/new.md");
    update_kept(&kept);
    assert_int_equal(write_delta(&kept), 0);
    assert_true(index_file_delta_intact(&opened, NULL, &err));
    assert_equal_texts(before, parts_text(&opened));
    index_parts_free(&opened);
    opened = open_parts(&kept);
    assert_parts_as_anew(&kept, &opened);
    index_parts_free(&opened);
    kept_close(&kept);
}

static void what_comes_back_removes_the_delta(void **state)
{
    struct folder *folder = *state;
    struct kept kept = read_and_write(folder, 6, 12);
    assert_int_equal(rename(folder_path(folder, "library/a"), folder_path(folder, "aside")), 0);
    update_kept(&kept);
    assert_int_equal(write_delta(&kept), 0);
    assert_true(index_file_delta_bytes(kept.folder, kept.library) > 0);
    assert_int_equal(rename(folder_path(folder, "aside"), folder_path(folder, "library/a")), 0);
    update_kept(&kept);
    assert_null(kept.parts.delta);
    assert_int_equal(write_delta(&kept), 0);
    assert_int_equal(index_file_delta_bytes(kept.folder, kept.library), 0);
    assert_base_alone(&kept);
    kept_close(&kept);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_changes_are_found_and_kept),
        TEST(what_was_opened_is_brought_up_to_date),
        TEST(a_damaged_delta_is_told_or_harmless),
        TEST(a_delta_that_cannot_be_used_is_ignored),
        TEST(a_new_base_removes_the_delta_of_the_old_one),
        TEST(an_open_delta_outlives_its_replacement),
        TEST(what_comes_back_removes_the_delta),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
