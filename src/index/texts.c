/* Reading the texts of an index, which may be damaged: whatever a frame says, it is not more than was made room for. */
#include <string.h>
#include <zstd.h>

#include "frames.h"
#include "index_image.h"
#include "lectern/mem.h"

struct index_texts {
    struct index *index;
    ZSTD_DCtx *decompressor;
    bool primed;       /* it has the dictionary */
    uint32_t document; /* whose text is at hand, or INDEX_NONE */
    char *text;
    size_t len, capacity;
};

struct index_texts *index_texts_new(struct index *index)
{
    struct index_texts *texts = mem_calloc(1, sizeof *texts);
    texts->index = index_keep(index);
    texts->document = INDEX_NONE;
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
    mem_free(texts->text);
    mem_free(texts);
}

/* Empty for an empty text; false if it is damaged. */
static bool find_packed(const struct index *index, uint32_t document, struct str *packed)
{
    const uint64_t *starts = index->frame_starts.at;
    if ((size_t)document + 1 >= index->frame_starts.count || starts[document] > starts[document + 1] ||
        starts[document + 1] > index->frames.count)
        return false;
    *packed = (struct str){(const char *)index->frames.at + starts[document],
                           (size_t)(starts[document + 1] - starts[document])};
    return true;
}

/* Without the right dictionary texts are damaged: which their frames tell. */
static void prime(struct index_texts *texts)
{
    const struct index *index = texts->index;
    if (!texts->primed)
        ZSTD_DCtx_loadDictionary(texts->decompressor, index->dictionary.at, index->dictionary.count);
    texts->primed = true;
}

static bool decode(struct index_texts *texts, struct str packed)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed.at, packed.len);
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > FRAMES_MOST_BYTES)
        return false;
    if (size > texts->capacity) {
        texts->capacity = (size_t)size;
        texts->text = mem_resize(texts->text, texts->capacity, 1);
    }
    texts->len = ZSTD_decompressDCtx(texts->decompressor, texts->text, (size_t)size, packed.at, packed.len);
    return !ZSTD_isError(texts->len) && texts->len == size;
}

bool index_text(struct index_texts *texts, uint32_t document, struct str *text)
{
    *text = STR("");
    if (document >= index_document_count(texts->index) ||
        index_document(texts->index, document)->file == INDEX_NONE)
        return false;
    if (document != texts->document) {
        struct str packed;
        texts->document = INDEX_NONE;
        texts->len = 0;
        prime(texts);
        if (!find_packed(texts->index, document, &packed) || (packed.len && !decode(texts, packed)))
            return false;
        texts->document = document;
    }
    *text = (struct str){texts->text, texts->len};
    return true;
}
