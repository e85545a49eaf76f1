#include "memory.h"

#include "deck.h"
#include "lectern/mem.h"
#include "memory_inside.h"

/* -- marks ---------------------------------------------------------------------------------------------------------- */

struct marks_job {
    struct job job;
    struct memory *memory;
    struct state *state;
    struct catalogue *catalogue;
    struct topic_tree *tree;
    uint64_t changes;
    bool found;
    struct memory_marks marks;
    struct deck *deck;
};

static void run_marks(struct job *job)
{
    struct marks_job *marks = (struct marks_job *)job;
    struct state *state = state_open_again(marks->memory->state, NULL);
    const struct library *library = marks->memory->library;
    marks->found =
        state && deck_find(marks->deck, state, library, marks->catalogue, &job->cancel) == 0 &&
        memory_marks_find(&marks->marks, state, library, marks->catalogue, marks->tree, &job->cancel) == 0;
    state_close(state);
}

static void submit(struct memory *memory, struct catalogue *catalogue, struct topic_tree *tree);

/* What this program has changed meanwhile may be missing: then it is done once more. */
static void deliver_marks(struct letter *letter, void *context)
{
    (void)context;
    struct marks_job *marks = (struct marks_job *)letter;
    struct memory *memory = marks->memory;
    if (marks->found && marks->changes != memory->changes) {
        submit(memory, marks->catalogue, marks->tree);
        memory_marks_free(&marks->marks);
    } else if (marks->found) {
        memory_marks_free(&memory->marks);
        memory->marks = marks->marks;
        deck_swap(memory->deck, marks->deck);
    }
    deck_free(marks->deck);
    catalogue_release(marks->catalogue);
    topics_release(marks->tree);
    mem_free(marks);
}

static void submit(struct memory *memory, struct catalogue *catalogue, struct topic_tree *tree)
{
    if (!memory->worker)
        return;
    struct marks_job *marks = mem_calloc(1, sizeof *marks);
    marks->job.letter.deliver = deliver_marks;
    marks->job.run = run_marks;
    marks->memory = memory;
    marks->catalogue = catalogue_keep(catalogue);
    marks->tree = topics_keep(tree);
    marks->changes = memory->changes;
    marks->deck = deck_new();
    worker_submit(memory->worker, &marks->job);
}

void memory_look(struct memory *memory, const struct session *session)
{
    submit(memory, session->catalogue, session->tree);
}

void memory_look_elsewhere(struct memory *memory, const struct session *session)
{
    if (memory && session->catalogue && state_changed_elsewhere(memory->state))
        submit(memory, session->catalogue, session->tree);
}

void memory_renew(struct memory *memory, const struct session *session, const struct renumbering *renumbering)
{
    if (!memory)
        return;
    if (memory->target != CATALOGUE_NONE)
        memory->target = renumber(renumbering, memory->target);
    if (!renumbering->from || !catalogue_same_numbers(renumbering->from, renumbering->to))
        memory_marks_free(&memory->marks);
    submit(memory, session->catalogue, session->tree);
}

void memory_note_change(struct memory *memory)
{
    memory->changes++;
}

bool memory_has(const struct memory *memory, enum memory_mark mark, uint32_t target)
{
    return memory && memory_marks_has(&memory->marks, mark, target);
}

bool memory_read_below(const struct memory *memory, const struct topic_tree *tree, uint32_t topic,
                       uint32_t *count)
{
    if (!memory || memory->marks.tree != tree || topic >= tree->count)
        return false;
    *count = memory->marks.read_below[topic];
    return true;
}

/* -- numbers -------------------------------------------------------------------------------------------------------- */

/* A library that was moved has the same paths below another root; there the lengths have to be the same, too. */
uint32_t memory_target(const struct library *library, const struct catalogue *catalogue,
                       const struct state_key *wanted)
{
    if (wanted->id.len)
        return catalogue_find_id(catalogue, wanted->id);
    uint32_t moved = CATALOGUE_NONE;
    for (size_t root = 0; root < library_root_count(library); root++) {
        uint32_t file = catalogue_find_file(catalogue, (uint32_t)root, wanted->path);
        uint32_t article = catalogue_file(catalogue, file).article;
        if (article == CATALOGUE_NONE || catalogue_id(catalogue, article).len)
            continue;
        if (str_eq(library_real_root(library, root), wanted->root))
            return article;
        if (catalogue_text_bytes(catalogue, article) == wanted->bytes)
            moved = article;
    }
    return moved;
}

bool memory_was_here(const struct library *library, const struct state_key *wanted)
{
    for (size_t root = 0; root < library_root_count(library); root++)
        if (str_eq(library_real_root(library, root), wanted->root))
            return true;
    return false;
}

bool memory_key(const struct memory *memory, const struct session *session, const struct reading *reading,
                struct state_key *made)
{
    const struct catalogue *catalogue = session->catalogue;
    uint32_t target = reading->target;
    *made = (struct state_key){.id = catalogue_id(catalogue, target),
                               .title = catalogue_title(catalogue, target)};
    if (catalogue_is_missing(catalogue, target))
        return made->id.len > 0;
    struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, target, 0));
    made->root = library_real_root(memory->library, file.root);
    made->path = file.path;
    made->bytes = reading->article.text.len;
    made->content = made->id.len ? 0 : reading->content;
    return true;
}

int64_t memory_article(struct memory *memory, const struct session *session, const struct reading *reading,
                       struct err *err)
{
    struct state_key wanted;
    if (memory->target == reading->target && memory->article)
        return memory->article;
    if (memory_key(memory, session, reading, &wanted))
        return state_meet(memory->state, &wanted, err);
    err_set(err, ERR_NOT_FOUND, "nothing can be kept about a question of which only the title is known");
    return 0;
}

/* -- places --------------------------------------------------------------------------------------------------------- */

struct state_place memory_state_place(const struct position *position)
{
    return (struct state_place){
        .part = position->part,
        .offset = position->offset,
        .within = position->within,
        .span = position->span,
        .line = position->line,
        .width = position->width,
        .open_folds = position->open_folds,
    };
}

struct position memory_position(uint32_t target, const struct state_place *place)
{
    return (struct position){
        .target = target,
        .part = (size_t)place->part,
        .offset = (uint32_t)place->offset,
        .within = (size_t)place->within,
        .span = (size_t)place->span,
        .line = (size_t)place->line,
        .width = (size_t)place->width,
        .link = SIZE_MAX,
        .open_folds = place->open_folds,
    };
}

bool memory_last(struct memory *memory, const struct session *session, struct position *position)
{
    struct state_key wanted;
    struct state_reading reading;
    struct arena arena = {0};
    if (!memory || memory->known)
        return false;
    int64_t article = state_session(memory->state, buf_str(&memory->name));
    uint32_t target = CATALOGUE_NONE;
    if (article && state_key_of(memory->state, article, &arena, &wanted))
        target = memory_target(memory->library, session->catalogue, &wanted);
    arena_free(&arena);
    memory->known = !article || target != CATALOGUE_NONE || !session->loading;
    if (target == CATALOGUE_NONE)
        return false;
    state_reading(memory->state, article, &reading);
    *position = memory_position(target, &reading.place);
    return true;
}

void memory_forget_last(struct memory *memory)
{
    memory->known = true;
}

bool memory_place(struct memory *memory, const struct session *session, const struct reading *reading,
                  struct position *position)
{
    struct state_key wanted;
    struct state_reading known;
    if (!memory || catalogue_is_missing(session->catalogue, reading->target) ||
        !memory_key(memory, session, reading, &wanted))
        return false;
    int64_t article = state_find(memory->state, &wanted);
    if (!article || !state_reading(memory->state, article, &known))
        return false;
    *position = memory_position(reading->target, &known.place);
    return true;
}

/* -- following ------------------------------------------------------------------------------------------------------ */

static bool is_same_place(const struct position *a, const struct position *b)
{
    return a->part == b->part && a->offset == b->offset && a->within == b->within && a->span == b->span &&
           a->line == b->line && a->width == b->width && a->open_folds == b->open_folds;
}

static int note_read(struct memory *memory, const struct session *session, uint32_t target, int64_t article,
                     bool read, struct err *err)
{
    if (state_set_read(memory->state, article, read, session->now(), err) != 0)
        return -1;
    memory_marks_set(&memory->marks, MEMORY_READ, target, read);
    memory_note_change(memory);
    return 0;
}

/* A page that was not the one before: a visit. */
static int begin(struct memory *memory, const struct session *session, const struct reading *reading,
                 struct err *err)
{
    struct state_reading known;
    memory->target = CATALOGUE_NONE;
    int64_t article = memory_article(memory, session, reading, err);
    if (!article || state_add_visit(memory->state, article, session->now(), err) != 0 ||
        state_save_session(memory->state, buf_str(&memory->name), article, session->now(), err) != 0)
        return -1;
    state_reading(memory->state, article, &known);
    memory->target = reading->target;
    memory->article = article;
    memory->saved = (struct position){.target = CATALOGUE_NONE};
    memory->furthest = known.furthest;
    memory->read = memory->decided = known.read;
    return 0;
}

/* Who has passed over more of an article than this has leapt: what was in sight then is not what was read. */
#define SKIPPED 0.02

static int save(struct memory *memory, const struct session *session, const struct reading *reading,
                struct err *err)
{
    if (reading->target != memory->target && begin(memory, session, reading, err) != 0)
        return -1;
    struct position position = reading_position(reading);
    struct state_place place = memory_state_place(&position);
    double seen = reading_seen(reading);
    if (seen > memory->furthest && reading_passed(reading) <= memory->furthest + SKIPPED)
        memory->furthest = seen;
    bool saved = memory->saved.target == position.target && is_same_place(&memory->saved, &position);
    if (!saved &&
        state_save_place(memory->state, memory->article, &place, memory->furthest, session->now(), err) != 0)
        return -1;
    memory->saved = position;
    if (memory->decided || seen < MEMORY_READ_FROM || memory->furthest < MEMORY_READ_FROM)
        return 0;
    if (note_read(memory, session, memory->target, memory->article, true, err) != 0)
        return -1;
    memory->read = memory->decided = true;
    return 0;
}

int memory_follow(struct memory *memory, const struct session *session, const struct reading *reading,
                  struct err *err)
{
    err->kind = ERR_NONE;
    if (!memory || !session->catalogue || reading->target == CATALOGUE_NONE ||
        catalogue_is_missing(session->catalogue, reading->target))
        return 0;
    int status = save(memory, session, reading, err);
    bool said = status != 0 && memory->failing;
    memory->failing = status != 0;
    state_set_patience(memory->state, status == 0);
    if (said)
        err->kind = ERR_NONE;
    return status;
}

int memory_set_read(struct memory *memory, const struct session *session, const struct reading *reading,
                    bool read, struct err *err)
{
    int64_t article = memory_article(memory, session, reading, err);
    if (!article || note_read(memory, session, reading->target, article, read, err) != 0)
        return -1;
    if (memory->target == reading->target) {
        memory->read = read;
        memory->decided = true;
    }
    return 0;
}

/* -- all together --------------------------------------------------------------------------------------------------- */

struct memory *memory_new(struct state *state, const struct library *library, struct deck *deck,
                          struct mailbox *mailbox, struct err *err)
{
    struct worker *worker = worker_new(mailbox, err);
    if (!worker)
        return NULL;
    struct memory *memory = mem_calloc(1, sizeof *memory);
    *memory = (struct memory){.state = state,
                              .library = library,
                              .deck = deck,
                              .mailbox = mailbox,
                              .worker = worker,
                              .target = CATALOGUE_NONE};
    for (size_t i = 0; i < library_root_count(library); i++) {
        buf_add(&memory->name, i ? STR("\n") : STR(""));
        buf_add(&memory->name, library_real_root(library, i));
    }
    return memory;
}

void memory_wait(struct memory *memory)
{
    if (memory)
        worker_wait(memory->worker);
}

void memory_stop(struct memory *memory)
{
    if (!memory)
        return;
    worker_free(memory->worker);
    memory->worker = NULL;
}

void memory_free(struct memory *memory)
{
    if (!memory)
        return;
    memory_marks_free(&memory->marks);
    buf_free(&memory->name);
    mem_free(memory);
}
