#include "frames.h"

#include <pthread.h>
#include <string.h>
#include <zstd.h>

#include "lectern/mem.h"

/* Chosen by size and time on real articles: about as fast as without a dictionary, and an eighth smaller. */
#define WINDOW_LOG 17
#define TABLE_LOG  15
#define MIN_MATCH  5

struct waiting {
    bool there;
    struct buf bytes;
};

struct frames {
    pthread_mutex_t lock; /* for all below, until the dictionary is there */
    unsigned users;
    struct waiting *waiting; /* by number */
    uint32_t waiting_count;
    size_t capacity;
    uint32_t in_dictionary;
    struct buf dictionary;
    bool ready; /* the dictionary is whole */
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
        buf_free(&waiting[i].bytes);
    mem_free(waiting);
}

void frames_clear(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    ZSTD_freeCCtx(writer->compressor);
    buf_free(&writer->texts);
    mem_free(writer->room);
    buf_free(&writer->packed);
    mem_free(writer->frames);
    *writer = (struct frame_writer){0};
    if (!shared || --shared->users > 0)
        return;
    free_waiting(shared->waiting, shared->waiting_count);
    buf_free(&shared->dictionary);
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
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_strategy, ZSTD_dfast);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_windowLog, WINDOW_LOG);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_hashLog, TABLE_LOG);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_chainLog, TABLE_LOG);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_minMatch, MIN_MATCH);
    return writer->compressor = compressor;
}

static void compress(struct frame_writer *writer, uint32_t number, struct str bytes)
{
    if (bytes.len == 0)
        return;
    ZSTD_CCtx *compressor = compressor_of(writer);
    size_t bound = ZSTD_compressBound(bytes.len);
    if (bound > writer->room_size) {
        writer->room_size = bound;
        writer->room = mem_resize(writer->room, bound, 1);
    }
    size_t size = ZSTD_compress2(compressor, writer->room, bound, bytes.at, bytes.len);
    if (ZSTD_isError(size))
        mem_exhausted();
    writer->frames = mem_grow(writer->frames, writer->count, &writer->capacity, sizeof *writer->frames);
    writer->frames[writer->count++] = (struct frame){number, writer->packed.len, size};
    buf_add(&writer->packed, (struct str){writer->room, size});
}

/* From here on the writer's frames are made with the dictionary. */
static void prime(struct frame_writer *writer)
{
    struct str dictionary = str_slice(buf_str(&writer->shared->dictionary), 0, FRAMES_DICTIONARY);
    if (writer->primed)
        return;
    if (ZSTD_isError(ZSTD_CCtx_loadDictionary(compressor_of(writer), dictionary.at, dictionary.len)))
        mem_exhausted();
    writer->primed = true;
}

/* Takes over what the buffer holds. */
static void wait_with(struct frames *shared, uint32_t number, struct buf *bytes)
{
    while (shared->waiting_count <= number) {
        shared->waiting =
            mem_grow(shared->waiting, shared->waiting_count, &shared->capacity, sizeof *shared->waiting);
        shared->waiting[shared->waiting_count++] = (struct waiting){0};
    }
    struct waiting *place = &shared->waiting[number];
    buf_free(&place->bytes);
    *place = (struct waiting){true, *bytes};
    *bytes = (struct buf){0};
    while (!shared->ready && shared->in_dictionary < shared->waiting_count &&
           shared->waiting[shared->in_dictionary].there) {
        buf_add(&shared->dictionary, buf_str(&shared->waiting[shared->in_dictionary++].bytes));
        shared->ready = shared->dictionary.len >= FRAMES_DICTIONARY;
    }
}

/* Those of the dictionary, and then those that have waited for it. */
static void compress_waiting(struct frame_writer *writer, struct waiting *waiting, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (writer->shared->ready && i >= writer->shared->in_dictionary)
            prime(writer);
        compress(writer, i, buf_str(&waiting[i].bytes));
    }
    free_waiting(waiting, count);
}

static void end_batch(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    struct waiting *waiting = NULL;
    uint32_t waiting_count = 0;
    if (writer->texts.len)
        memcpy(writer->texts.at, &writer->head, sizeof writer->head);
    pthread_mutex_lock(&shared->lock);
    bool ready = shared->ready;
    if (!ready)
        wait_with(shared, writer->number, &writer->texts);
    if (!ready && shared->ready) {
        waiting = shared->waiting;
        waiting_count = shared->waiting_count;
        shared->waiting = NULL;
        shared->waiting_count = 0;
    }
    pthread_mutex_unlock(&shared->lock);
    if (ready) {
        prime(writer);
        compress(writer, writer->number, buf_str(&writer->texts));
    }
    compress_waiting(writer, waiting, waiting_count);
    writer->head = (struct frame_head){{0}};
    buf_clear(&writer->texts);
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
    if (writer->texts.len == 0)
        buf_add(&writer->texts, (struct str){(const char *)&writer->head, sizeof writer->head});
    writer->head.lengths[file % LIBRARY_BATCH] = (uint32_t)text.len;
    buf_add(&writer->texts, text);
}

void frames_end(struct frame_writer *writer, uint32_t file)
{
    begin_batch(writer, file);
    end_batch(writer);
}

/* What waits for a dictionary that is not to be: all of a small library. */
static void give_up_waiting(struct frame_writer *writer)
{
    struct frames *shared = writer->shared;
    compress_waiting(writer, shared->waiting, shared->waiting_count);
    shared->waiting = NULL;
    shared->waiting_count = 0;
}

/* Copies a writer's frames to their places behind each other, given where each begins. */
static void place_frames(const struct frame_writer *writer, const uint64_t *starts, size_t count, char *bytes)
{
    for (size_t i = 0; i < writer->count; i++)
        if (writer->frames[i].number < count)
            memcpy(bytes + starts[writer->frames[i].number], writer->packed.at + writer->frames[i].at,
                   writer->frames[i].size);
}

uint64_t frames_join(struct frame_writer *const *writers, size_t count, uint32_t file_count,
                     struct image *image)
{
    size_t frame_count = file_count / LIBRARY_BATCH + (file_count % LIBRARY_BATCH > 0);
    uint64_t *starts = mem_calloc(frame_count + 1, sizeof *starts);
    for (size_t i = 0; i < count; i++)
        if (writers[i]->open)
            end_batch(writers[i]);
    if (count)
        give_up_waiting(writers[0]);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < writers[i]->count; f++)
            if (writers[i]->frames[f].number < frame_count)
                starts[writers[i]->frames[f].number + 1] = writers[i]->frames[f].size;
    for (size_t i = 0; i < frame_count; i++)
        starts[i + 1] += starts[i];
    char *bytes = mem_alloc((size_t)starts[frame_count]);
    for (size_t i = 0; i < count; i++)
        place_frames(writers[i], starts, frame_count, bytes);
    image_take(image, "frames", starts, (frame_count + 1) * sizeof *starts);
    image_take(image, "frame", bytes, (size_t)starts[frame_count]);
    return count && writers[0]->shared->ready ? writers[0]->shared->in_dictionary : 0;
}
