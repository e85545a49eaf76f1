#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/mem.h"
#include "lectern/table.h"

struct row {
    uint64_t text;
    uint64_t large;
    int64_t time;
    uint32_t number, none;
    uint16_t two;
    uint8_t one;
};

static const struct table_column columns[] = {
    TABLE_COLUMN(struct row, text, TABLE_TEXT),    TABLE_COLUMN(struct row, large, TABLE_NUMBER),
    TABLE_COLUMN(struct row, time, TABLE_NUMBER),  TABLE_COLUMN(struct row, number, TABLE_NUMBER),
    TABLE_COLUMN(struct row, none, TABLE_OR_NONE), TABLE_COLUMN(struct row, two, TABLE_NUMBER),
    TABLE_COLUMN(struct row, one, TABLE_NUMBER),
};
static const struct table_layout layout = {sizeof(struct row), columns, sizeof columns / sizeof *columns};

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* A number of at most so many bits; 64 for any. */
static uint64_t some_bits(uint64_t *seed, unsigned bits)
{
    uint64_t number = next_random(seed);
    return bits == 64 ? number : number & (((uint64_t)1 << bits) - 1);
}

static struct row *make_rows(uint64_t *seed, size_t count)
{
    struct row *rows = mem_calloc(count, sizeof *rows);
    unsigned widths[7];
    for (int i = 0; i < 7; i++)
        widths[i] = (unsigned)(next_random(seed) % 65);
    for (size_t i = 0; i < count; i++) {
        rows[i].text = some_bits(seed, widths[0]);
        rows[i].large = some_bits(seed, widths[1]) + widths[6];
        rows[i].time = (int64_t)some_bits(seed, widths[2]) - (int64_t)widths[3];
        rows[i].number = (uint32_t)some_bits(seed, widths[3]);
        rows[i].none = i % 3 ? (uint32_t)some_bits(seed, widths[4] / 2) : UINT32_MAX;
        rows[i].two = (uint16_t)some_bits(seed, widths[5]);
        rows[i].one = (uint8_t)some_bits(seed, widths[6]);
    }
    return rows;
}

static void rows_come_back(void **state)
{
    (void)state;
    uint64_t seed = 77;
    for (int round = 0; round < 300; round++) {
        size_t count = (size_t)(next_random(&seed) % 40);
        struct row *rows = make_rows(&seed, count), read;
        struct image *image = image_new();
        struct table table;
        table_add(image, "rows", &layout, rows, count);
        assert_true(table_find(image, "rows", &layout, &table));
        assert_int_equal(table.count, count);
        for (size_t i = 0; i < count; i++) {
            assert_true(table_read(&table, i, &read));
            assert_memory_equal(&read, &rows[i], sizeof read);
            assert_true(table_number(&table, i, 1) == rows[i].large);
            assert_int_equal(table_number(&table, i, 4), rows[i].none);
        }
        static const struct row nothing;
        assert_false(table_read(&table, count, &read));
        assert_memory_equal(&read, &nothing, sizeof read);
        assert_int_equal(table_number(&table, count, 1), 0);
        mem_free(rows);
        image_release(image);
    }
}

static void equal_numbers_take_no_room(void **state)
{
    (void)state;
    uint32_t numbers[8000];
    struct image *image = image_new();
    struct table table;
    for (size_t i = 0; i < 8000; i++)
        numbers[i] = 123456789;
    table_add(image, "same", &table_u32, numbers, 8000);
    numbers[1]++;
    numbers[2] += 3;
    table_add(image, "few", &table_u32, numbers, 8000);
    assert_true(image_section(image, 0)->size <= 1100);
    assert_true(image_section(image, 1)->size <= 2100);
    assert_true(table_find(image, "few", &table_u32, &table));
    assert_int_equal(table_number(&table, 2, 0), 123456792);
    assert_int_equal(table_number(&table, 7999, 0), 123456789);
    image_release(image);
}

static void lists_come_back(void **state)
{
    (void)state;
    static const size_t starts[] = {0, 2, 2, 5};
    static const uint32_t items[] = {7, 9, 1, UINT32_MAX, 0};
    struct image *image = image_new();
    struct table_lists lists;
    size_t count;
    table_add_lists(image, "starts", "items", &table_u32, starts, 3, items);
    assert_true(table_find_lists(image, "starts", "items", &table_u32, &lists));
    assert_int_equal(lists.count, 3);
    assert_int_equal(table_list(&lists, 0, &count), 0);
    assert_int_equal(count, 2);
    table_list(&lists, 1, &count);
    assert_int_equal(count, 0);
    assert_int_equal(table_list(&lists, 2, &count), 2);
    assert_int_equal(count, 3);
    assert_int_equal(table_number(&lists.items, 3, 0), UINT32_MAX);
    table_list(&lists, 3, &count);
    assert_int_equal(count, 0);
    table_list(&lists, SIZE_MAX, &count);
    assert_int_equal(count, 0);
    assert_false(table_find_lists(image, "none", "items", &table_u32, &lists));
    image_release(image);
}

/* Under the sanitizers nothing beyond the section is read, whatever it says. */
static void damage_stays_inside(void **state)
{
    (void)state;
    uint64_t seed = 5;
    size_t opened = 0;
    struct row *rows = make_rows(&seed, 30), read;
    struct image *image = image_new();
    table_add(image, "rows", &layout, rows, 30);
    const struct image_section *whole = image_section(image, 0);
    for (int round = 0; round < 20000; round++) {
        struct image *copy = image_new();
        struct table table;
        size_t size = round % 4 ? whole->size : (size_t)(next_random(&seed) % (whole->size + 1));
        unsigned char *bytes = mem_alloc(size);
        memcpy(bytes, whole->at, size);
        for (size_t n = 0; n < 3 && size; n++)
            bytes[next_random(&seed) % (n            ? size
                                        : size < 140 ? size
                                                     : 140)] ^= (unsigned char)(1u << next_random(&seed) % 8);
        image_take(copy, "rows", bytes, size);
        if (table_find(copy, "rows", &layout, &table)) {
            opened++;
            assert_true(table.count <= size * 8);
            for (size_t i = 0; i < table.count; i++)
                table_read(&table, i, &read);
        }
        image_release(copy);
    }
    assert_true(opened > 1000);
    mem_free(rows);
    image_release(image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(equal_numbers_take_no_room),
        cmocka_unit_test(lists_come_back),
        cmocka_unit_test(damage_stays_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
