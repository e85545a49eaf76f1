/* Reading the texts of an index, which may be damaged: whatever a frame says, it is not more than was made room for. */
#include <string.h>
#include <zstd.h>

#include "frames.h"
#include "index_image.h"
#include "lectern/mem.h"

#define NO_FRAME SIZE_MAX

/* The bytes of a frame stand right behind the dictionary: what it takes from there is then copied as fast as the rest. */
struct index_texts {
    struct index *index;
    ZSTD_DCtx *decompressor;
    bool primed; /* it has the dictionary */
    size_t frame;
    char *room;        /* dictionary and bytes */
    size_t dictionary; /* bytes of it */
    size_t len, capacity;
};

static char *bytes_of(const struct index_texts *texts)
{
    return texts->room + texts->dictionary;
}

struct index_texts *index_texts_new(struct index *index)
{
    struct index_texts *texts = mem_calloc(1, sizeof *texts);
    texts->index = index_keep(index);
    texts->frame = NO_FRAME;
    texts->decompressor = ZSTD_createDCtx();
    if (!texts->decompressor)
        mem_exhausted();
    return texts;
}

void index_texts_free(struct index_texts *texts)
{
    if (!texts)
        return;
    index_release(texts->index);
    ZSTD_freeDCtx(texts->decompressor);
    mem_free(texts->room);
    mem_free(texts);
}

static struct str packed_frame(const struct index *index, size_t frame)
{
    const uint64_t *starts = index->frame_starts.at;
    if (frame + 1 >= index->frame_starts.count || starts[frame] > starts[frame + 1] ||
        starts[frame + 1] > index->frames.count)
        return STR("");
    return (struct str){(const char *)index->frames.at + starts[frame],
                        (size_t)(starts[frame + 1] - starts[frame])};
}

/* Decodes a frame with the dictionary that the decompressor has. */
static bool decode(struct index_texts *texts, size_t frame)
{
    struct str packed = packed_frame(texts->index, frame);
    unsigned long long size = ZSTD_getFrameContentSize(packed.at, packed.len);
    texts->frame = NO_FRAME;
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > FRAMES_MOST_BYTES ||
        size < sizeof(struct frame_head))
        return false;
    if (size > texts->capacity) {
        texts->capacity = (size_t)size;
        texts->room = mem_resize(texts->room, texts->dictionary + texts->capacity, 1);
    }
    texts->len = ZSTD_decompress_usingDict(texts->decompressor, bytes_of(texts), (size_t)size, packed.at,
                                           packed.len, texts->room, texts->dictionary);
    if (ZSTD_isError(texts->len) || texts->len != size)
        return false;
    texts->frame = frame;
    return true;
}

/* The first frames, which were made without it. */
static void load_dictionary(struct index_texts *texts)
{
    struct buf dictionary = {0};
    uint64_t frames = texts->index->totals->dictionary_frames;
    texts->primed = true;
    if (frames > texts->index->frame_starts.count)
        frames = texts->index->frame_starts.count;
    for (size_t i = 0; i < frames && dictionary.len < FRAMES_DICTIONARY; i++) {
        if (packed_frame(texts->index, i).len == 0)
            continue;
        if (!decode(texts, i))
            break;
        buf_add(&dictionary, (struct str){bytes_of(texts), texts->len});
    }
    texts->dictionary = dictionary.len < FRAMES_DICTIONARY ? dictionary.len : FRAMES_DICTIONARY;
    texts->room = mem_resize(texts->room, texts->dictionary + texts->capacity, 1);
    if (texts->dictionary)
        memcpy(texts->room, dictionary.at, texts->dictionary);
    buf_free(&dictionary);
}

static bool open_frame(struct index_texts *texts, size_t frame)
{
    if (texts->frame == frame)
        return true;
    if (frame >= texts->index->totals->dictionary_frames && !texts->primed)
        load_dictionary(texts);
    return decode(texts, frame);
}

uint32_t index_text_frame(const struct index *index, uint32_t document)
{
    return index_document(index, document)->file / LIBRARY_BATCH;
}

bool index_text(struct index_texts *texts, uint32_t document, struct str *text)
{
    uint32_t file = index_document(texts->index, document)->file;
    struct frame_head head;
    *text = STR("");
    if (document >= index_document_count(texts->index) || file == INDEX_NONE ||
        !open_frame(texts, file / LIBRARY_BATCH))
        return false;
    memcpy(&head, bytes_of(texts), sizeof head);
    size_t start = sizeof head;
    for (uint32_t i = 0; i < file % LIBRARY_BATCH; i++)
        start += head.lengths[i];
    size_t len = head.lengths[file % LIBRARY_BATCH];
    if (start > texts->len || len > texts->len - start)
        return false;
    *text = (struct str){bytes_of(texts) + start, len};
    return true;
}
