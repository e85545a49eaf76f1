#include <string.h>

#include "hot.h"
#include "postings.h"

bool hot_open(struct index *index, const struct image *image)
{
    size_t words = (index->documents.count + 63) / 64;
    return image_find(image, "hots", sizeof(struct stored_hot), &index->hots) &&
           image_find(image, "hotbits", sizeof(uint64_t), &index->hot_bitmaps) &&
           image_find(image, "hotlists", 1, &index->hot_lists) &&
           (index->hots.count == 0 || index->hot_bitmaps.count / index->hots.count >= words);
}

static struct str prefix_of(const struct stored_hot *hot)
{
    const char *end = memchr(hot->prefix, 0, sizeof hot->prefix);
    return (struct str){hot->prefix, end ? (size_t)(end - hot->prefix) : sizeof hot->prefix};
}

/* The bytes of a posting list, which ends where the next one begins. */
static struct str hot_list(const struct index *index, size_t number)
{
    const struct stored_hot *hots = index->hots.at;
    uint64_t start = hots[number].list;
    uint64_t end = number + 1 < index->hots.count ? hots[number + 1].list : index->hot_lists.count;
    if (start > end || end > index->hot_lists.count)
        return STR("");
    return (struct str){(const char *)index->hot_lists.at + start, (size_t)(end - start)};
}

/* Damage may name documents that there are not. */
static bool names_documents_only(const struct index *index, const uint64_t *bitmap)
{
    size_t last = index->documents.count % 64;
    return last == 0 || bitmap[index->documents.count / 64] >> last == 0;
}

bool index_find_hot(const struct index *index, struct str prefix, struct index_hot *hot)
{
    const struct stored_hot *hots = index->hots.at;
    size_t words = (index->documents.count + 63) / 64, low = 0, high = index->hots.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(prefix_of(&hots[middle]), prefix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->hots.count || !str_eq(prefix_of(&hots[low]), prefix))
        return false;
    const uint64_t *bitmap = (const uint64_t *)index->hot_bitmaps.at + low * words;
    if (!names_documents_only(index, bitmap))
        return false;
    *hot = (struct index_hot){
        .bitmap = bitmap,
        .documents = hots[low].documents,
        .strong = list_read(index, hot_list(index, low), false),
    };
    return true;
}
