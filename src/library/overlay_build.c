#include "overlay_build.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_inside.h"
#include "lectern/mem.h"

void number_list_add(struct number_list *list, uint32_t number)
{
    list->at = mem_grow(list->at, list->count, &list->capacity, sizeof *list->at);
    list->at[list->count++] = number;
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

void number_list_sort(struct number_list *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, compare_numbers);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || list->at[kept - 1] != list->at[i])
            list->at[kept++] = list->at[i];
    list->count = kept;
}

void overlaying_write(struct overlaying *overlaying, const char *section, const void *elements, size_t count,
                      size_t size)
{
    void *copy = mem_calloc(count, size);
    if (count)
        memcpy(copy, elements, count * size);
    image_take(overlaying->delta->image, section, copy, count * size);
}

static void write_numbers(struct overlaying *overlaying)
{
    uint32_t base_count = flat_count(overlaying->base);
    size_t gone = overlaying->articles.count;
    struct stored_successor *successors = mem_calloc(gone, sizeof *successors);
    for (size_t i = 0; i < gone; i++)
        successors[i] = (struct stored_successor){overlaying->articles.at[i], overlaying->successors[i]};
    overlaying_write(overlaying, OVERLAY_SUCCESSORS, successors, gone, sizeof *successors);
    overlaying_write(overlaying, OVERLAY_NUMBERS, overlaying->numbers, flat_count(overlaying->delta),
                     sizeof(uint32_t));
    overlaying_write(overlaying, OVERLAY_ADDED, overlaying->added, overlaying->count - base_count,
                     sizeof(uint32_t));
    overlaying_write(overlaying, OVERLAY_GONE, overlaying->gone, ((size_t)base_count + 63) / 64,
                     sizeof(uint64_t));
    mem_free(successors);
}

static void write_subjects(struct overlaying *overlaying)
{
    size_t count = overlaying->delta->subject_names.count;
    uint32_t *numbers = mem_calloc(count, sizeof *numbers);
    for (uint32_t i = 1; i < count; i++)
        numbers[i] = overlaying_subject(overlaying, flat_subject_name(overlaying->delta, i));
    overlaying_write(overlaying, OVERLAY_SUBJECTS, numbers, count, sizeof *numbers);
    uint64_t *names = mem_calloc(overlaying->new_subject_count, sizeof *names);
    for (size_t i = 0; i < overlaying->new_subject_count; i++)
        names[i] = image_text_add(&overlaying->texts, overlaying->new_subjects[i]);
    overlaying_write(overlaying, OVERLAY_NEW_NAMES, names, overlaying->new_subject_count, sizeof *names);
    mem_free(numbers);
    mem_free(names);
}

static int compare_meanings(const void *left, const void *right)
{
    const struct stored_meaning *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->text > b->text) - (a->text < b->text);
}

static void write_meanings(struct overlaying *overlaying, enum name_kind kind, const char *section)
{
    struct stored_meaning *stored = mem_calloc(overlaying->names.count, sizeof *stored);
    size_t count = 0;
    for (uint32_t i = 0; i < overlaying->names.count; i++) {
        const struct meaning *meaning = &overlaying->meanings[i];
        if (meaning->kind != kind)
            continue;
        stored[count++] = (struct stored_meaning){
            .text = image_text_add(&overlaying->texts, meaning->text),
            .hash = flat_hash(overlaying->base, meaning->text),
            .target = meaning->article != CATALOGUE_NONE ? meaning->article : meaning->target,
        };
    }
    if (count)
        qsort(stored, count, sizeof *stored, compare_meanings);
    overlaying_write(overlaying, section, stored, count, sizeof *stored);
    mem_free(stored);
}

static void write_head(struct overlaying *overlaying)
{
    const struct flat *base = overlaying->base;
    struct stored_overlay head = {
        .count = overlaying->count,
        .missing = flat_targets(base) - flat_count(base) + overlaying->new_missing,
        .articles = flat_count(base) - (uint32_t)overlaying->articles.count + flat_count(overlaying->delta),
    };
    overlaying_write(overlaying, OVERLAY_HEAD, &head, 1, sizeof head);
}

static void finish(struct overlaying *overlaying)
{
    numbering_free(&overlaying->subject_names);
    numbering_free(&overlaying->names);
    mem_free(overlaying->files.at);
    mem_free(overlaying->problems.at);
    mem_free(overlaying->articles.at);
    mem_free(overlaying->subjects.at);
    mem_free(overlaying->new_subjects);
    mem_free(overlaying->meanings);
    mem_free(overlaying->open.at);
    mem_free(overlaying->leads);
    mem_free(overlaying->landed);
    mem_free(overlaying->absent);
    buf_free(&overlaying->name);
    arena_free(&overlaying->arena);
}

void overlay_build(const struct catalogue *before, const struct flat *delta,
                   const struct library_changes *changes)
{
    struct overlaying overlaying = {
        .base = &before->base, .delta = delta, .before = before, .changes = changes};
    overlaying_find_gone(&overlaying);
    overlaying_number(&overlaying);
    overlaying_start_subjects(&overlaying);
    overlaying_find_meanings(&overlaying);
    overlaying_lead(&overlaying);
    overlaying_find_taken(&overlaying);
    number_list_sort(&overlaying.problems);
    write_numbers(&overlaying);
    write_subjects(&overlaying);
    write_meanings(&overlaying, NAME_ID, OVERLAY_IDS);
    write_meanings(&overlaying, NAME_URL, OVERLAY_URLS);
    write_meanings(&overlaying, NAME_TITLE, OVERLAY_TITLES);
    overlaying_write(&overlaying, OVERLAY_FILES, overlaying.files.at, overlaying.files.count,
                     sizeof(uint32_t));
    overlaying_write(&overlaying, OVERLAY_PROBLEMS, overlaying.problems.at, overlaying.problems.count,
                     sizeof(uint32_t));
    write_head(&overlaying);
    image_take_buf(delta->image, OVERLAY_TEXTS, &overlaying.texts);
    finish(&overlaying);
}
