#include "frames.h"

#include <pthread.h>
#include <string.h>
#include <zdict.h>
#include <zstd.h>

#include "lectern/index.h"
#include "lectern/mem.h"

#define LEVEL 3

/* What a dictionary says before its content, at most. */
#define DICTIONARY_HEAD 1024u

/* Texts for each byte of the dictionary, of a library that is smaller than the sample. */
#define SAMPLE_SHARE 4

struct waiting {
    bool there;
    struct frame_batch batch;
};

struct frames {
    pthread_mutex_t lock; /* for all below, until the dictionary is there */
    unsigned users;
    struct waiting *waiting; /* by number */
    uint32_t waiting_count;
    size_t capacity;
    uint32_t in_sample; /* batches */
    struct buf sample;
    size_t *sample_sizes; /* of the texts in it */
    size_t sample_count, sample_capacity;
    char *dictionary;
    size_t dictionary_size;
    bool ready; /* the dictionary is made */
};

static struct frames *frames_new(void)
{
    struct frames *frames = mem_calloc(1, sizeof *frames);
    pthread_mutex_init(&frames->lock, NULL);
    return frames;
}

void frames_start(struct frame_writer *writer, const struct frame_writer *beside)
{
    *writer = (struct frame_writer){.shared = beside ? beside->shared : frames_new()};
    writer->shared->users++;
}

static void free_waiting(struct waiting *waiting, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_free(&waiting[i].batch.texts);
    mem_free(waiting);
}

void frames_clear(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    ZSTD_freeCCtx(writer->compressor);
    buf_free(&writer->batch.texts);
    mem_free(writer->room);
    buf_free(&writer->packed);
    mem_free(writer->frames);
    *writer = (struct frame_writer){0};
    if (!shared || --shared->users > 0)
        return;
    free_waiting(shared->waiting, shared->waiting_count);
    buf_free(&shared->sample);
    mem_free(shared->sample_sizes);
    mem_free(shared->dictionary);
    pthread_mutex_destroy(&shared->lock);
    mem_free(shared);
}

static ZSTD_CCtx *compressor_of(struct frame_writer *writer)
{
    if (writer->compressor)
        return writer->compressor;
    ZSTD_CCtx *compressor = ZSTD_createCCtx();
    if (!compressor)
        mem_exhausted();
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, LEVEL);
    return writer->compressor = compressor;
}

/* From here on the writer's frames are made with the dictionary. */
static void prime(struct frame_writer *writer)
{
    const struct frames *shared = writer->shared;
    if (writer->primed)
        return;
    if (ZSTD_isError(
            ZSTD_CCtx_loadDictionary(compressor_of(writer), shared->dictionary, shared->dictionary_size)))
        mem_exhausted();
    writer->primed = true;
}

static void compress(struct frame_writer *writer, uint32_t file, struct str text)
{
    size_t bound = ZSTD_compressBound(text.len);
    if (bound > writer->room_size) {
        writer->room_size = bound;
        writer->room = mem_resize(writer->room, bound, 1);
    }
    size_t size = ZSTD_compress2(compressor_of(writer), writer->room, bound, text.at, text.len);
    if (ZSTD_isError(size))
        mem_exhausted();
    writer->frames = mem_grow(writer->frames, writer->count, &writer->capacity, sizeof *writer->frames);
    writer->frames[writer->count++] = (struct frame){file, writer->packed.len, size};
    buf_add(&writer->packed, (struct str){writer->room, size});
}

static void compress_batch(struct frame_writer *writer, uint32_t number, const struct frame_batch *batch)
{
    size_t at = 0;
    prime(writer);
    for (uint32_t i = 0; i < LIBRARY_BATCH; at += batch->lengths[i++])
        if (batch->lengths[i])
            compress(writer, number * LIBRARY_BATCH + i,
                     (struct str){batch->texts.at + at, batch->lengths[i]});
}

static void compress_waiting(struct frame_writer *writer, struct waiting *waiting, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        compress_batch(writer, i, &waiting[i].batch);
    free_waiting(waiting, count);
}

/* What the sample begins with is what is referred to, and all of it tells how often what occurs. Too few texts make none. */
static void make_dictionary(struct frames *shared)
{
    size_t share = shared->sample.len / SAMPLE_SHARE;
    size_t content = share < FRAMES_DICTIONARY ? share : FRAMES_DICTIONARY;
    size_t room = content + DICTIONARY_HEAD;
    ZDICT_params_t how = {.compressionLevel = LEVEL};
    shared->dictionary = mem_alloc(room);
    size_t size =
        ZDICT_finalizeDictionary(shared->dictionary, room, shared->sample.at, content, shared->sample.at,
                                 shared->sample_sizes, (unsigned)shared->sample_count, how);
    shared->dictionary_size = ZDICT_isError(size) ? 0 : size;
    shared->ready = true;
}

static void add_to_sample(struct frames *shared, const struct frame_batch *batch)
{
    for (size_t i = 0; i < LIBRARY_BATCH; i++) {
        if (batch->lengths[i] == 0)
            continue;
        shared->sample_sizes = mem_grow(shared->sample_sizes, shared->sample_count, &shared->sample_capacity,
                                        sizeof *shared->sample_sizes);
        shared->sample_sizes[shared->sample_count++] = batch->lengths[i];
    }
    buf_add(&shared->sample, buf_str(&batch->texts));
}

/* Takes over a batch. */
static void wait_with(struct frames *shared, uint32_t number, struct frame_batch *batch)
{
    while (shared->waiting_count <= number) {
        shared->waiting =
            mem_grow(shared->waiting, shared->waiting_count, &shared->capacity, sizeof *shared->waiting);
        shared->waiting[shared->waiting_count++] = (struct waiting){0};
    }
    struct waiting *place = &shared->waiting[number];
    buf_free(&place->batch.texts);
    *place = (struct waiting){true, *batch};
    memset(batch, 0, sizeof *batch);
    while (!shared->ready && shared->in_sample < shared->waiting_count &&
           shared->waiting[shared->in_sample].there) {
        add_to_sample(shared, &shared->waiting[shared->in_sample++].batch);
        if (shared->sample.len >= FRAMES_SAMPLE)
            make_dictionary(shared);
    }
}

static void end_batch(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    struct waiting *waiting = NULL;
    uint32_t waiting_count = 0;
    pthread_mutex_lock(&shared->lock);
    bool ready = shared->ready;
    if (!ready)
        wait_with(shared, writer->number, &writer->batch);
    if (!ready && shared->ready) {
        waiting = shared->waiting;
        waiting_count = shared->waiting_count;
        shared->waiting = NULL;
        shared->waiting_count = 0;
    }
    pthread_mutex_unlock(&shared->lock);
    if (ready)
        compress_batch(writer, writer->number, &writer->batch);
    compress_waiting(writer, waiting, waiting_count);
    memset(writer->batch.lengths, 0, sizeof writer->batch.lengths);
    buf_clear(&writer->batch.texts);
    writer->open = false;
}

/* Ends the batch at hand if the file is of another one. */
static void begin_batch(struct frame_writer *writer, uint32_t file)
{
    uint32_t number = file / LIBRARY_BATCH;
    if (writer->open && writer->number != number)
        end_batch(writer);
    writer->number = number;
    writer->open = true;
}

void frames_add(struct frame_writer *writer, uint32_t file, struct str text)
{
    begin_batch(writer, file);
    writer->batch.lengths[file % LIBRARY_BATCH] = (uint32_t)text.len;
    buf_add(&writer->batch.texts, text);
}

void frames_end(struct frame_writer *writer, uint32_t file)
{
    begin_batch(writer, file);
    end_batch(writer);
}

/* A library that is smaller than the sample. */
static void end_waiting(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    if (!shared->ready)
        make_dictionary(shared);
    compress_waiting(writer, shared->waiting, shared->waiting_count);
    shared->waiting = NULL;
    shared->waiting_count = 0;
}

static void take_dictionary(const struct frames *shared, struct image *image)
{
    size_t size = shared ? shared->dictionary_size : 0;
    char *bytes = mem_alloc(size);
    if (size)
        memcpy(bytes, shared->dictionary, size);
    image_take(image, "framdict", bytes, size);
}

/* The document of a frame, or INDEX_NONE. */
static uint32_t document_of(const struct frame *frame, const uint32_t *documents, uint32_t file_count,
                            uint32_t document_count)
{
    uint32_t document = frame->file < file_count ? documents[frame->file] : INDEX_NONE;
    return document < document_count ? document : INDEX_NONE;
}

void frames_join(struct frame_writer *const *writers, size_t count, const uint32_t *documents,
                 uint32_t file_count, uint32_t document_count, struct image *image)
{
    uint64_t *starts = mem_calloc((size_t)document_count + 1, sizeof *starts);
    const struct frame **frames = mem_calloc(document_count, sizeof *frames);
    const struct frame_writer **of = mem_calloc(document_count, sizeof *of);
    for (size_t i = 0; i < count; i++)
        if (writers[i]->open)
            end_batch(writers[i]);
    if (count)
        end_waiting(writers[0]);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < writers[i]->count; f++) {
            const struct frame *frame = &writers[i]->frames[f];
            uint32_t document = document_of(frame, documents, file_count, document_count);
            if (document == INDEX_NONE)
                continue;
            frames[document] = frame;
            of[document] = writers[i];
        }
    for (uint32_t d = 0; d < document_count; d++)
        starts[d + 1] = starts[d] + (frames[d] ? frames[d]->size : 0);
    char *bytes = mem_alloc((size_t)starts[document_count]);
    for (uint32_t d = 0; d < document_count; d++)
        if (frames[d])
            memcpy(bytes + starts[d], of[d]->packed.at + frames[d]->at, frames[d]->size);
    mem_free(frames);
    mem_free(of);
    image_take(image, "frames", starts, ((size_t)document_count + 1) * sizeof *starts);
    image_take(image, "frame", bytes, (size_t)starts[document_count]);
    take_dictionary(count ? writers[0]->shared : NULL, image);
}
