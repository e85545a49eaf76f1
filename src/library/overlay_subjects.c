/* Subjects are the same when folded; those of the base keep numbers and names. */
#include "lectern/mem.h"
#include "lectern/text.h"
#include "overlay_build.h"

static uint32_t fold(struct overlaying *overlaying, struct str name)
{
    struct buf folded = {0};
    text_fold(&folded, name);
    uint32_t number = numbering_add(&overlaying->subject_names, folded.len ? buf_str(&folded) : name);
    buf_free(&folded);
    return number;
}

void overlaying_start_subjects(struct overlaying *overlaying)
{
    numbering_start(&overlaying->subject_names, &overlaying->arena);
    for (uint32_t i = 0; i < overlaying->base->subject_names.count; i++)
        if (fold(overlaying, flat_subject_name(overlaying->base, i)) == overlaying->subjects.count)
            number_list_add(&overlaying->subjects, i);
}

uint32_t overlaying_subject(struct overlaying *overlaying, struct str name)
{
    if (name.len == 0)
        return 0;
    uint32_t number = fold(overlaying, name);
    if (number == overlaying->subjects.count) {
        size_t count = overlaying->new_subject_count++;
        overlaying->new_subjects =
            mem_grow(overlaying->new_subjects, count, &overlaying->new_subject_capacity,
                     sizeof *overlaying->new_subjects);
        overlaying->new_subjects[count] = name;
        number_list_add(&overlaying->subjects, (uint32_t)(overlaying->base->subject_names.count + count));
    }
    return overlaying->subjects.at[number];
}
