/* Reading the texts of an index, which may be damaged: whatever a frame says, it is not more than was made room for. */
#include <string.h>
#include <zstd.h>

#include "frames.h"
#include "index_image.h"
#include "lectern/mem.h"

#define NO_FRAME SIZE_MAX

struct index_texts {
    struct index *index;
    ZSTD_DCtx *decompressor;
    bool primed; /* it has the dictionary */
    size_t frame;
    char *bytes; /* of the frame */
    size_t len, capacity;
};

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
    mem_free(texts->bytes);
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
        texts->bytes = mem_resize(texts->bytes, texts->capacity, 1);
    }
    texts->len = ZSTD_decompressDCtx(texts->decompressor, texts->bytes, (size_t)size, packed.at, packed.len);
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
        buf_add(&dictionary, (struct str){texts->bytes, texts->len});
    }
    struct str cut = str_slice(buf_str(&dictionary), 0, FRAMES_DICTIONARY);
    if (ZSTD_isError(ZSTD_DCtx_loadDictionary(texts->decompressor, cut.at, cut.len)))
        mem_exhausted();
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

bool index_text(struct index_texts *texts, uint32_t document, struct str *text)
{
    uint32_t file = index_document(texts->index, document)->file;
    struct frame_head head;
    *text = STR("");
    if (document >= index_document_count(texts->index) || file == INDEX_NONE ||
        !open_frame(texts, file / LIBRARY_BATCH))
        return false;
    memcpy(&head, texts->bytes, sizeof head);
    size_t start = sizeof head;
    for (uint32_t i = 0; i < file % LIBRARY_BATCH; i++)
        start += head.lengths[i];
    size_t len = head.lengths[file % LIBRARY_BATCH];
    if (start > texts->len || len > texts->len - start)
        return false;
    *text = (struct str){texts->bytes + start, len};
    return true;
}
