/* Whatever happens to an index file: it is told, or nothing that is read of it reaches beyond it. */
#include "indexed_folder.h"

#include "lectern/search.h"
#include "parts_text.h"

struct whole {
    struct indexed indexed;
    struct buf identity;
    uint64_t *bytes; /* of the file; aligned as a mapping is */
    size_t size;
    struct buf text; /* of the parts */
};

static void read_file(struct whole *whole, const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &about), 0);
    whole->size = (size_t)about.st_size;
    whole->bytes = mem_calloc(whole->size / 8 + 1, 8);
    assert_int_equal(fread(whole->bytes, 1, whole->size, file), whole->size);
    fclose(file);
}

static struct whole write_whole(struct folder *folder)
{
    struct whole whole = {.indexed = indexed_open(folder)};
    indexed_write(&whole.indexed);
    read_file(&whole, indexed_path(folder, &whole.indexed));
    library_identity(whole.indexed.library, &whole.identity);
    whole.text = parts_text(&whole.indexed.parts);
    return whole;
}

static void whole_free(struct whole *whole)
{
    indexed_close(&whole->indexed);
    buf_free(&whole->identity);
    buf_free(&whole->text);
    mem_free(whole->bytes);
}

/* What a reader does with a library, so that the sanitizers see it. */
static void use(const struct index_parts *parts)
{
    static const char *const queries[] = {"liver",      "l",         "hepatitis virus ",        "the a",
                                          "hepatitsi ", "\"liver f", "title:the OR has:code -a"};
    struct arena arena = {0};
    struct search_results results;
    struct segments *segments = segments_single(parts->index);
    struct search_scratch *scratch = search_scratch_new();
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct query query;
        query_parse(&arena, str_from(queries[i]), true, &query, NULL);
        search_run(parts->catalogue, segments, &query, 10, NULL, scratch, &arena, &results);
        for (size_t hit = 0; hit < results.count; hit++)
            catalogue_title(parts->catalogue, results.hits[hit].article);
    }
    for (uint32_t a = 0; a < catalogue_count(parts->catalogue) && a < 4; a++)
        search_similar(parts->catalogue, segments, a, 10, NULL, scratch, &arena, &results);
    search_scratch_free(scratch);
    segments_release(segments);
    search_titles(parts->catalogue, STR("lif"), 10, NULL, &arena, &results);
    arena_free(&arena);
    struct buf text = parts_text(parts);
    buf_free(&text);
}

/* Opens damaged bytes: refused, or not intact, or (between sections) what was written. Returns whether they were opened. */
static bool try(const struct whole *whole, size_t size)
{
    struct index_parts parts;
    struct err err;
    if (index_file_open_bytes((struct str){(const char *)whole->bytes, size}, buf_str(&whole->identity),
                              &parts, &err) != 0) {
        assert_true(err.kind == ERR_FORMAT || err.kind == ERR_NOT_FOUND);
        return false;
    }
    if (index_file_intact(&parts, NULL, &err)) {
        struct buf text = parts_text(&parts);
        assert_true(str_eq(buf_str(&text), buf_str(&whole->text)));
        buf_free(&text);
    } else {
        assert_int_equal(err.kind, ERR_FORMAT);
        use(&parts);
    }
    index_parts_free(&parts);
    return true;
}

static void every_flipped_byte_is_told_or_harmless(void **state)
{
    struct whole whole = write_whole(*state);
    unsigned char *bytes = (unsigned char *)whole.bytes;
    size_t opened = 0;
    for (size_t i = 0; i < whole.size; i++) {
        unsigned char before = bytes[i];
        bytes[i] = (unsigned char)(before ^ (i % 3 ? 1u << i % 8 : 0xffu));
        opened += try(&whole, whole.size);
        bytes[i] = before;
    }
    assert_true(opened > whole.size / 2); /* most bytes are in sections, which are verified later */
    assert_true(try(&whole, whole.size));
    whole_free(&whole);
}

static void a_cut_file_is_not_opened(void **state)
{
    struct whole whole = write_whole(*state);
    for (size_t size = 0; size < whole.size; size++)
        assert_false(try(&whole, size));
    memmove((char *)whole.bytes, (char *)whole.bytes + 1, whole.size - 1);
    assert_false(try(&whole, whole.size - 1));
    whole_free(&whole);
}

static void another_version_is_not_opened(void **state)
{
    struct whole whole = write_whole(*state);
    struct index_parts parts;
    struct err err;
    static const size_t places[] = {8, 12, 36}; /* byte order, version, program */
    for (size_t i = 0; i < 3; i++) {
        ((unsigned char *)whole.bytes)[places[i]]++;
        assert_int_equal(index_file_open_bytes((struct str){(const char *)whole.bytes, whole.size},
                                               buf_str(&whole.identity), &parts, &err),
                         -1);
        assert_int_equal(err.kind, ERR_FORMAT);
        assert_non_null(strstr(err.message, "version"));
        ((unsigned char *)whole.bytes)[places[i]]--;
    }
    whole_free(&whole);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* The sections of an image copied, so that writing beyond one of them is seen, with a few numbers of one changed. */
static struct image *damaged_copy(const struct image *const *images, size_t count, uint64_t *seed)
{
    struct image *copy = image_new();
    size_t total = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        total += image_section_count(images[i]);
    size_t victim = total ? (size_t)next_random(seed) % total : 0;
    for (size_t i = 0; i < count; i++)
        for (size_t s = 0; s < image_section_count(images[i]); s++, at++) {
            const struct image_section *section = image_section(images[i], s);
            unsigned char *block = mem_alloc(section->size);
            memcpy(block, section->at, section->size);
            for (size_t n = 0; at == victim && section->size && n < 4; n++)
                block[next_random(seed) % section->size] ^= (unsigned char)(1u << next_random(seed) % 8);
            size_t size = at == victim && next_random(seed) % 4 == 0 ? section->size / 2 : section->size;
            image_take(copy, section->name, block, size);
        }
    return copy;
}

static void sections_that_lie_are_harmless(void **state)
{
    struct indexed indexed = indexed_open(*state);
    struct image *topics = topics_flatten(indexed.parts.tree);
    const struct image *images[] = {catalogue_image(indexed.parts.catalogue), topics,
                                    index_image(indexed.parts.index)};
    uint64_t seed = 0x1234567;
    size_t opened = 0;
    for (int round = 0; round < 3000; round++) {
        struct image *image = damaged_copy(images, 3, &seed);
        struct index_parts parts = {
            .catalogue = catalogue_open(image), .tree = topics_open(image), .index = index_open(image)};
        if (parts.catalogue && parts.tree && parts.index) {
            use(&parts);
            opened++;
        }
        index_parts_free(&parts);
        image_release(image);
    }
    assert_true(opened > 1000);
    image_release(topics);
    indexed_close(&indexed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_flipped_byte_is_told_or_harmless, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_cut_file_is_not_opened, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(another_version_is_not_opened, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(sections_that_lie_are_harmless, indexed_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
