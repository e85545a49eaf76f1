#include "overlay.h"

#include <string.h>

static bool find_sections(struct overlay *overlay, const struct image *image)
{
    struct image_array head;
    if (!image_find(image, OVERLAY_HEAD, sizeof(struct stored_overlay), &head) || head.count != 1)
        return false;
    memcpy(&overlay->head, head.at, sizeof overlay->head);
    return image_find(image, OVERLAY_TEXTS, 1, &overlay->texts) &&
           image_find(image, OVERLAY_NUMBERS, sizeof(uint32_t), &overlay->numbers) &&
           image_find(image, OVERLAY_ADDED, sizeof(uint32_t), &overlay->added) &&
           image_find(image, OVERLAY_SUCCESSORS, sizeof(struct stored_successor), &overlay->successors) &&
           image_find(image, OVERLAY_GONE, sizeof(uint64_t), &overlay->gone) &&
           image_find(image, OVERLAY_FILES, sizeof(uint32_t), &overlay->files) &&
           image_find(image, OVERLAY_PROBLEMS, sizeof(uint32_t), &overlay->problems) &&
           image_find(image, OVERLAY_TAKEN, sizeof(struct stored_problem), &overlay->taken) &&
           image_find(image, OVERLAY_SUBJECTS, sizeof(uint32_t), &overlay->subjects) &&
           image_find(image, OVERLAY_NEW_NAMES, sizeof(uint64_t), &overlay->new_names) &&
           image_find(image, OVERLAY_LED, sizeof(struct stored_led), &overlay->led) &&
           image_find(image, OVERLAY_DELTA_LED, sizeof(uint32_t), &overlay->delta_led) &&
           image_find(image, OVERLAY_TARGETS, sizeof(uint32_t), &overlay->targets) &&
           image_find_rows(image, OVERLAY_REFERENCES, OVERLAY_REFERENCE, sizeof(uint32_t),
                           &overlay->references) &&
           image_find(image, OVERLAY_ABSENT, sizeof(struct stored_absent), &overlay->absent) &&
           image_find(image, OVERLAY_IDS, sizeof(struct stored_meaning), &overlay->meanings[NAME_ID]) &&
           image_find(image, OVERLAY_URLS, sizeof(struct stored_meaning), &overlay->meanings[NAME_URL]) &&
           image_find(image, OVERLAY_TITLES, sizeof(struct stored_meaning), &overlay->meanings[NAME_TITLE]);
}

/* The key is random, so only a delta that was made for this base has the same one. */
static bool is_of_base(const struct overlay *overlay)
{
    return memcmp(&overlay->delta.library->key, &overlay->base->library->key, sizeof(struct hash_key)) == 0;
}

static bool sizes_agree(const struct overlay *overlay)
{
    const struct flat *base = overlay->base, *delta = &overlay->delta;
    const struct stored_overlay *head = &overlay->head;
    return head->count >= flat_count(base) && head->count - flat_count(base) == overlay->added.count &&
           head->missing >= flat_targets(base) - flat_count(base) &&
           head->missing - (flat_targets(base) - flat_count(base)) <= overlay->absent.count &&
           head->missing < CATALOGUE_NONE - head->count && head->articles <= head->count &&
           overlay->numbers.count == delta->articles.count &&
           overlay->gone.count == ((size_t)flat_count(base) + 63) / 64 &&
           overlay->subjects.count == delta->subject_names.count &&
           overlay->delta_led.count == delta->references.count &&
           overlay->references.count == overlay->targets.count &&
           base->references.count + delta->references.count < CATALOGUE_NONE &&
           base->files.count + delta->files.count < CATALOGUE_NONE &&
           base->keyword_names.count + delta->keyword_names.count < CATALOGUE_NONE &&
           base->subject_names.count + overlay->new_names.count < CATALOGUE_NONE;
}

/* Whoever searches keeps tables by number. */
static bool numbers_are_sound(const struct overlay *overlay)
{
    const uint32_t *numbers = overlay->numbers.at;
    for (size_t i = 0; i < overlay->numbers.count; i++)
        if (numbers[i] >= overlay->head.count)
            return false;
    return true;
}

bool overlay_open(struct overlay *overlay, const struct flat *base, struct image *delta)
{
    *overlay = (struct overlay){.base = base};
    if (!flat_open(&overlay->delta, delta))
        return false;
    if (is_of_base(overlay) && find_sections(overlay, delta) && sizes_agree(overlay) &&
        numbers_are_sound(overlay))
        return true;
    flat_close(&overlay->delta);
    return false;
}

void overlay_close(struct overlay *overlay)
{
    flat_close(&overlay->delta);
}

/* Element `i` of numbers, or CATALOGUE_NONE. */
static uint32_t number_at(const struct image_array *numbers, size_t i)
{
    const uint32_t *at = numbers->at;
    return i < numbers->count ? at[i] : CATALOGUE_NONE;
}

/* The first of ascending elements, whose key is their first number, that is not below `key`. */
static size_t first_not_below(const struct image_array *array, size_t size, uint32_t key)
{
    size_t low = 0, high = array->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t found;
        memcpy(&found, (const char *)array->at + middle * size, sizeof found);
        if (found < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool holds(const struct image_array *numbers, uint32_t number)
{
    return number_at(numbers, first_not_below(numbers, sizeof(uint32_t), number)) == number;
}

bool overlay_is_gone(const struct overlay *overlay, uint32_t article)
{
    const uint64_t *words = overlay->gone.at;
    return article / 64 < overlay->gone.count && (words[article / 64] >> article % 64 & 1);
}

static uint32_t successor(const struct overlay *overlay, uint32_t article)
{
    const struct stored_successor *all = overlay->successors.at;
    size_t at = first_not_below(&overlay->successors, sizeof *all, article);
    return at < overlay->successors.count && all[at].base == article ? all[at].delta : CATALOGUE_NONE;
}

bool overlay_find(const struct overlay *overlay, uint32_t article, struct overlay_place *place)
{
    uint32_t base_count = flat_count(overlay->base);
    *place = (struct overlay_place){overlay->base, article};
    if (article < base_count && !overlay_is_gone(overlay, article))
        return true;
    place->flat = &overlay->delta;
    place->article = article < base_count ? successor(overlay, article)
                                          : number_at(&overlay->added, (size_t)article - base_count);
    return place->article < overlay->delta.articles.count;
}

uint32_t overlay_number(const struct overlay *overlay, uint32_t delta_article)
{
    return number_at(&overlay->numbers, delta_article);
}

uint32_t overlay_subject(const struct overlay *overlay, uint32_t delta_subject)
{
    return number_at(&overlay->subjects, delta_subject);
}

bool overlay_file_is_gone(const struct overlay *overlay, uint32_t base_file)
{
    return holds(&overlay->files, base_file);
}

bool overlay_problem_is_gone(const struct overlay *overlay, size_t base_problem)
{
    return base_problem < CATALOGUE_NONE && holds(&overlay->problems, (uint32_t)base_problem);
}

uint32_t overlay_files_changed(const struct overlay *overlay)
{
    uint32_t changed = (uint32_t)overlay->delta.files.count;
    for (size_t i = 0; i < overlay->files.count; i++) {
        struct catalogue_file file = flat_file(overlay->base, number_at(&overlay->files, i));
        changed += flat_find_file(&overlay->delta, file.root, file.path) == CATALOGUE_NONE;
    }
    return changed;
}

static struct str text_at(const struct overlay *overlay, uint64_t place)
{
    return image_text(&overlay->texts, place);
}

struct str overlay_new_subject(const struct overlay *overlay, uint32_t subject)
{
    const uint64_t *names = overlay->new_names.at;
    size_t i = (size_t)subject - overlay->base->subject_names.count;
    bool there = subject >= overlay->base->subject_names.count && i < overlay->new_names.count;
    return there ? text_at(overlay, names[i]) : (struct str){0};
}

struct catalogue_problem overlay_taken(const struct overlay *overlay, size_t i)
{
    const struct stored_problem *all = overlay->taken.at;
    if (i >= overlay->taken.count)
        return (struct catalogue_problem){.article = CATALOGUE_NONE, .gone = true};
    return (struct catalogue_problem){
        .root = all[i].root,
        .path = text_at(overlay, all[i].path),
        .line = all[i].line,
        .column = all[i].column,
        .article = all[i].article < overlay->head.count ? all[i].article : CATALOGUE_NONE,
        .id_taken = true,
        .severity = ARTICLE_WARNING,
        .message = text_at(overlay, all[i].message),
    };
}

/* The target of the base that a missing target was, or CATALOGUE_NONE. */
static uint32_t in_base(const struct overlay *overlay, uint32_t target)
{
    uint32_t base_count = flat_count(overlay->base), count = overlay->head.count;
    if (target < count)
        return target < base_count ? target : CATALOGUE_NONE;
    return target - count < flat_targets(overlay->base) - base_count ? base_count + (target - count)
                                                                     : CATALOGUE_NONE;
}

uint32_t overlay_from_base(const struct overlay *overlay, uint32_t target)
{
    uint32_t base_count = flat_count(overlay->base);
    if (target >= flat_targets(overlay->base))
        return CATALOGUE_NONE;
    return target < base_count ? target : overlay->head.count + (target - base_count);
}

static const struct stored_absent *absent(const struct overlay *overlay, uint32_t target)
{
    const struct stored_absent *all = overlay->absent.at;
    size_t low = 0, high = overlay->absent.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low < overlay->absent.count && all[low].target == target ? &all[low] : NULL;
}

struct str overlay_absent_name(const struct overlay *overlay, enum name_kind kind, uint32_t target)
{
    const struct stored_absent *known = absent(overlay, target);
    if (!known)
        return flat_name(overlay->base, kind, in_base(overlay, target));
    return text_at(overlay, kind == NAME_ID ? known->id : kind == NAME_URL ? known->url : known->title);
}

uint32_t overlay_absent_subject(const struct overlay *overlay, uint32_t target)
{
    const struct stored_absent *known = absent(overlay, target);
    uint32_t before = in_base(overlay, target);
    if (known)
        return known->subject;
    return before < flat_count(overlay->base) ? flat_number(&overlay->base->subjects, before, 0)
                                              : flat_missing(overlay->base, before).subject;
}

static uint32_t checked_target(const struct overlay *overlay, uint32_t target)
{
    return target < overlay->head.count + overlay->head.missing ? target : CATALOGUE_NONE;
}

uint32_t overlay_base_target(const struct overlay *overlay, uint32_t reference)
{
    const struct stored_led *all = overlay->led.at;
    size_t at = first_not_below(&overlay->led, sizeof *all, reference);
    if (at < overlay->led.count && all[at].reference == reference)
        return checked_target(overlay, all[at].target);
    return overlay_from_base(overlay, flat_reference(overlay->base, reference).target);
}

uint32_t overlay_delta_target(const struct overlay *overlay, uint32_t reference)
{
    return checked_target(overlay, number_at(&overlay->delta_led, reference));
}

/* Sources in damaged files may overlap: no more are taken than there are of all references together. */
struct gathering {
    const struct overlay *overlay;
    uint32_t *sources;
    size_t count, most;
};

static void gather(struct gathering *gathering, uint32_t reference)
{
    const struct overlay *overlay = gathering->overlay;
    size_t base_references = overlay->base->references.count, count;
    bool base = reference < base_references;
    const struct table_lists *lists = base ? &overlay->base->sources : &overlay->delta.sources;
    size_t first = table_list(lists, base ? reference : reference - base_references, &count);
    for (size_t i = 0; i < count && gathering->count < gathering->most; i++) {
        uint32_t source = (uint32_t)table_number(&lists->items, first + i, 0);
        if (base && overlay_is_gone(overlay, source))
            continue;
        gathering->sources[gathering->count++] = base ? source : overlay_number(overlay, source);
    }
}

/* The references that lead to a target, in the arena. */
static const uint32_t *references_of(const struct overlay *overlay, uint32_t target, struct arena *arena,
                                     size_t *count)
{
    size_t at = first_not_below(&overlay->targets, sizeof(uint32_t), target);
    if (number_at(&overlay->targets, at) == target)
        return image_row(&overlay->references, at, count);
    const struct table_lists *lists = &overlay->base->target_references;
    size_t first = table_list(lists, in_base(overlay, target), count);
    uint32_t *references = arena_array(arena, *count, sizeof *references);
    for (size_t i = 0; i < *count; i++)
        references[i] = (uint32_t)table_number(&lists->items, first + i, 0);
    return references;
}

uint32_t *overlay_sources(const struct overlay *overlay, uint32_t target, struct arena *arena, size_t *count)
{
    const struct flat *base = overlay->base, *delta = &overlay->delta;
    struct gathering gathering = {.overlay = overlay,
                                  .most = base->sources.items.count + delta->sources.items.count};
    size_t references, total = 0;
    const uint32_t *all = references_of(overlay, target, arena, &references);
    for (size_t i = 0; i < references; i++)
        total += all[i] < base->references.count
                     ? flat_row_count(&base->sources, all[i])
                     : flat_row_count(&delta->sources, all[i] - (uint32_t)base->references.count);
    if (gathering.most > total)
        gathering.most = total;
    gathering.sources = arena_array(arena, gathering.most, sizeof *gathering.sources);
    for (size_t i = 0; i < references; i++)
        gather(&gathering, all[i]);
    *count = gathering.count;
    return gathering.sources;
}

uint32_t overlay_meaning(const struct overlay *overlay, enum name_kind kind, struct str text)
{
    const struct image_array *meanings = &overlay->meanings[kind];
    const struct stored_meaning *all = meanings->at;
    uint32_t hash = flat_hash(overlay->base, text), target;
    size_t low = 0, high = text.len ? meanings->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; text.len && low < meanings->count && all[low].hash == hash; low++)
        if (str_eq(text_at(overlay, all[low].text), text))
            return checked_target(overlay, all[low].target);
    struct name_search search = flat_search(overlay->base, kind, text);
    return flat_next_target(&search, &target) ? overlay_from_base(overlay, target) : CATALOGUE_NONE;
}
