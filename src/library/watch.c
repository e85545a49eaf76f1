#define _DEFAULT_SOURCE /* d_type */

#include "lectern/watch.h"

#include <errno.h>

#ifdef __linux__

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/thread.h"
#include "roots_walk.h"

/* Editors save in several steps, and programs change many files: so long nothing must come before it is told, ... */
#define QUIET_MS 40
/* ... unless something has waited for so long already; and so long it is until more is told. */
#define LONGEST_MS 250
#define APART_MS   200

/* More than these are not told one by one. */
#define MOST_PLACES 4096

#define EVENTS                                                                                               \
    (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB |          \
     IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)

/* Numbered by inotify. */
struct watched {
    char *path; /* below the root; NULL: a free number */
    uint32_t root;
    bool is_parent; /* of roots that are files, in which only these count */
};

struct watch {
    const struct library *library;
    struct watch_listener listener;
    pthread_t thread;
    int inotify, stop[2];
    struct watched *watched;
    size_t watched_count;
    bool blind;

    /* What has not been told yet. */
    struct arena arena;
    struct str *places;
    size_t place_count, capacity;
    bool everywhere;
    int64_t first, newest, told; /* milliseconds; `first` is 0 if there is nothing */

    pthread_mutex_t lock; /* for `ready` */
    pthread_cond_t changed;
    bool ready;
};

static int64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_stopped(const struct watch *watch)
{
    struct pollfd stop = {.fd = watch->stop[0], .events = POLLIN};
    return poll(&stop, 1, 0) > 0;
}

/* -- what is watched ------------------------------------------------------------------------------------------------ */

static void forget(struct watched *watched)
{
    mem_free(watched->path);
    *watched = (struct watched){0};
}

static void note_watched(struct watch *watch, int number, uint32_t root, struct str path, bool is_parent)
{
    size_t i = (size_t)number;
    if (i >= watch->watched_count) {
        size_t count = i * 2 + 64;
        watch->watched = mem_resize(watch->watched, count, sizeof *watch->watched);
        memset(watch->watched + watch->watched_count, 0,
               (count - watch->watched_count) * sizeof *watch->watched);
        watch->watched_count = count;
    }
    struct watched *watched = &watch->watched[i];
    if (is_parent && watched->path && !watched->is_parent)
        return; /* it belongs to the folder of another root, of which everything counts */
    forget(watched);
    char *copy = mem_alloc(path.len + 1);
    if (path.len)
        memcpy(copy, path.at, path.len);
    copy[path.len] = '\0';
    *watched = (struct watched){copy, root, is_parent};
}

static void tell_blind(struct watch *watch, int error_number)
{
    struct err err;
    if (watch->blind)
        return;
    watch->blind = true;
    err_set_errno(&err, error_number, "not all folders can be watched");
    if (error_number == ENOSPC)
        err_set(&err, ERR_LIMIT, "the system lets no more folders be watched");
    watch->listener.blind(watch->listener.context, &err);
}

/* Whether the folder is watched by now. What is not there any more, or may not be read, need not be. */
static bool add_one(struct watch *watch, const char *whole, uint32_t root, struct str path, bool is_parent)
{
    bool is_root = path.len == 0;
    int number = inotify_add_watch(watch->inotify, whole, EVENTS | (is_root ? 0 : IN_DONT_FOLLOW));
    if (number >= 0)
        note_watched(watch, number, root, path, is_parent);
    else if (errno == ENOSPC || errno == ENOMEM)
        tell_blind(watch, errno);
    return number >= 0;
}

static void add_folder(struct watch *watch, uint32_t root, struct str path, unsigned depth);

static bool is_folder(int fd, const struct dirent *entry)
{
    struct stat about;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(fd, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(about.st_mode);
}

/* Those that come in later are told of, as the folder itself is watched already. */
static void add_below(struct watch *watch, const char *whole, uint32_t root, struct str path, unsigned depth)
{
    int fd = open(whole, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC | (path.len ? O_NOFOLLOW : 0));
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    struct buf below = {0};
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        if (entry->d_name[0] == '.' || !is_folder(dirfd(stream), entry))
            continue;
        buf_clear(&below);
        buf_printf(&below, "%.*s%s%s", STR_ARG(path), path.len ? "/" : "", entry->d_name);
        add_folder(watch, root, buf_str(&below), depth + 1);
    }
    buf_free(&below);
    if (stream)
        closedir(stream);
    else if (fd >= 0)
        close(fd);
}

static void add_folder(struct watch *watch, uint32_t root, struct str path, unsigned depth)
{
    struct arena arena = {0};
    const char *whole = library_path(watch->library, root, path, &arena).at;
    bool goes_on = depth <= BOUND_FOLDER_DEPTH && !watch->blind && !is_stopped(watch);
    if (goes_on && add_one(watch, whole, root, path, false))
        add_below(watch, whole, root, path, depth);
    arena_free(&arena);
}

static unsigned depth_of(struct str path)
{
    unsigned depth = path.len > 0;
    for (size_t i = 0; i < path.len; i++)
        depth += path.at[i] == '/';
    return depth;
}

static void add_root(struct watch *watch, uint32_t root)
{
    struct str given = str_from(watch->library->roots[root].given);
    size_t parent_end = given.len - str_last_part(given).len;
    if (watch->library->roots[root].folder) {
        add_folder(watch, root, (struct str){0}, 0);
        return;
    }
    struct arena arena = {0};
    struct str parent = parent_end ? str_slice(given, 0, parent_end) : STR(".");
    add_one(watch, arena_str(&arena, parent).at, root, (struct str){0}, true);
    arena_free(&arena);
}

/* A folder that goes away takes its watches with it, as it may be renamed to where nobody looks. */
static void drop_folder(struct watch *watch, uint32_t root, struct str path)
{
    for (size_t i = 0; i < watch->watched_count; i++) {
        struct watched *watched = &watch->watched[i];
        if (!watched->path || watched->root != root || !roots_lies_in(str_from(watched->path), path))
            continue;
        inotify_rm_watch(watch->inotify, (int)i);
        forget(watched);
    }
}

/* -- what has changed ----------------------------------------------------------------------------------------------- */

static void note_time(struct watch *watch)
{
    watch->newest = now_ms();
    if (!watch->first)
        watch->first = watch->newest;
}

static void note_everywhere(struct watch *watch)
{
    note_time(watch);
    watch->everywhere = true;
    watch->place_count = 0;
    arena_reset(&watch->arena);
}

static void note_place(struct watch *watch, struct str place)
{
    note_time(watch);
    if (watch->everywhere || (watch->place_count && str_eq(watch->places[watch->place_count - 1], place)))
        return;
    if (watch->place_count == MOST_PLACES || place.len == 0) {
        note_everywhere(watch);
        return;
    }
    watch->places = mem_grow(watch->places, watch->place_count, &watch->capacity, sizeof *watch->places);
    watch->places[watch->place_count++] = arena_str(&watch->arena, place);
}

static void tell(struct watch *watch)
{
    watch->told = now_ms();
    watch->listener.changed(watch->listener.context, watch->places,
                            watch->everywhere ? 0 : watch->place_count);
    watch->first = 0;
    watch->everywhere = false;
    watch->place_count = 0;
    arena_reset(&watch->arena);
}

static void take_folder_event(struct watch *watch, uint32_t mask, uint32_t root, struct str place)
{
    if (mask & (IN_DELETE | IN_MOVED_FROM))
        drop_folder(watch, root, place);
    else
        add_folder(watch, root, place, depth_of(place));
}

/* Whether a root that is a file has this name, in whatever folder. */
static bool is_root_file(const struct library *library, struct str name)
{
    for (size_t i = 0; i < library->count; i++)
        if (!library->roots[i].folder && str_eq(str_last_part(str_from(library->roots[i].given)), name))
            return true;
    return false;
}

static void take_event(struct watch *watch, const struct inotify_event *event)
{
    if (event->mask & IN_Q_OVERFLOW) {
        note_everywhere(watch);
        return;
    }
    struct watched *watched =
        event->wd >= 0 && (size_t)event->wd < watch->watched_count ? &watch->watched[event->wd] : NULL;
    if (!watched || !watched->path)
        return;
    if (event->mask & IN_IGNORED) {
        forget(watched);
        return;
    }
    struct str name = event->len ? str_from(event->name) : (struct str){0};
    bool hidden = name.len && name.at[0] == '.'; /* and so not read */
    if ((hidden || watched->is_parent) && !is_root_file(watch->library, name))
        return;
    struct buf place = {0};
    uint32_t root = watched->root; /* adding folders moves the list */
    bool is_parent = watched->is_parent;
    buf_printf(&place, "%s%s%.*s", watched->path, watched->path[0] && name.len ? "/" : "", STR_ARG(name));
    if (event->mask & IN_ISDIR && name.len && !is_parent)
        take_folder_event(watch, event->mask, root, buf_str(&place));
    if (is_parent)
        note_everywhere(watch);
    else
        note_place(watch, buf_str(&place));
    buf_free(&place);
}

static void take_events(struct watch *watch)
{
    _Alignas(struct inotify_event) char bytes[16384];
    for (ssize_t size; (size = read(watch->inotify, bytes, sizeof bytes)) > 0;)
        for (const char *at = bytes; at < bytes + size;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
            take_event(watch, event);
            at += sizeof *event + event->len;
        }
}

/* -- the thread ----------------------------------------------------------------------------------------------------- */

static void begin(struct watch *watch)
{
    for (uint32_t root = 0; root < watch->library->count && !is_stopped(watch); root++)
        add_root(watch, root);
    watch->listener.changed(watch->listener.context, NULL, 0); /* what was before is told by nothing else */
    pthread_mutex_lock(&watch->lock);
    watch->ready = true;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
}

/* Milliseconds until what has come is told; -1 if there is nothing. */
static int time_left(const struct watch *watch)
{
    if (!watch->first)
        return -1;
    int64_t due = watch->newest + QUIET_MS, latest = watch->first + LONGEST_MS;
    int64_t earliest = watch->told + APART_MS, now = now_ms();
    if (due > latest)
        due = latest;
    if (due < earliest)
        due = earliest;
    return due > now ? (int)(due - now) : 0;
}

static void *run(void *argument)
{
    struct watch *watch = argument;
    begin(watch);
    for (;;) {
        struct pollfd fds[] = {{.fd = watch->inotify, .events = POLLIN},
                               {.fd = watch->stop[0], .events = POLLIN}};
        int ready = poll(fds, 2, time_left(watch));
        if (fds[1].revents)
            return NULL;
        if (ready > 0 && fds[0].revents)
            take_events(watch);
        if (time_left(watch) == 0)
            tell(watch);
    }
}

static void discard(struct watch *watch)
{
    for (size_t i = 0; i < watch->watched_count; i++)
        mem_free(watch->watched[i].path);
    mem_free(watch->watched);
    mem_free(watch->places);
    arena_free(&watch->arena);
    const int fds[] = {watch->inotify, watch->stop[0], watch->stop[1]};
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    pthread_mutex_destroy(&watch->lock);
    pthread_cond_destroy(&watch->changed);
    mem_free(watch);
}

struct watch *watch_start(const struct library *library, const struct watch_listener *listener,
                          struct err *err)
{
    struct watch *watch = mem_calloc(1, sizeof *watch);
    *watch = (struct watch){.library = library, .listener = *listener, .stop = {-1, -1}};
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->changed, NULL);
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    int error_number = watch->inotify < 0 || pipe(watch->stop) != 0 ? errno : 0;
    for (int i = 0; !error_number && i < 2; i++)
        fcntl(watch->stop[i], F_SETFD, FD_CLOEXEC);
    if (!error_number)
        error_number = thread_start(&watch->thread, run, watch);
    if (!error_number)
        return watch;
    err_set_errno(err, error_number, "the folders cannot be watched");
    discard(watch);
    return NULL;
}

void watch_wait(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    while (!watch->ready)
        pthread_cond_wait(&watch->changed, &watch->lock);
    pthread_mutex_unlock(&watch->lock);
}

void watch_stop(struct watch *watch)
{
    if (!watch)
        return;
    while (write(watch->stop[1], "", 1) < 0 && errno == EINTR)
        continue;
    pthread_join(watch->thread, NULL);
    discard(watch);
}

#else

struct watch *watch_start(const struct library *library, const struct watch_listener *listener,
                          struct err *err)
{
    (void)library;
    (void)listener;
    err_set(err, ERR_SYSTEM, "this system does not tell of changes");
    return NULL;
}

void watch_wait(struct watch *watch)
{
    (void)watch;
}

void watch_stop(struct watch *watch)
{
    (void)watch;
}

#endif
