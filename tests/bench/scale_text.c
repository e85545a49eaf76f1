#include "scale_text.h"

#include "scale_words.h"

#define FIRST_ID   10000u
#define MISSING_ID 100000000u /* ids from here on are of articles that the library does not hold */
#define MISSING    100u       /* as many ids each set has for them */

/* One file while it is written. */
struct making {
    const struct scale_plan *plan;
    const struct scale_source *source;
    const struct scale_file *file;
    struct buf *out;
    struct dice dice;
    struct scale_words words; /* that have to be put in */
    struct buf title;
};

static const struct scale_source *any_source(struct making *making)
{
    return scale_pick_source(making->plan->model, making->source->group, &making->dice);
}

static void add(struct making *making, struct str text)
{
    buf_add(making->out, text);
}

/* A key whose value is a text of one line. */
static void add_text(struct making *making, const char *indent, const char *key, struct str value)
{
    buf_printf(making->out, "%s%s: >-\n%s    ", indent, key, indent);
    add(making, value);
    add(making, STR("\n"));
}

static bool is_plain(struct str value)
{
    if (value.len == 0 || str_find(value, STR(": ")) != STR_NOT_FOUND ||
        str_find(value, STR(" #")) != STR_NOT_FOUND)
        return false;
    char c = value.at[0];
    return ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) && !str_ends(value, STR(":"));
}

/* Older articles, which have no score, have their titles unquoted in the line of the key. */
static void add_title(struct making *making, const char *key)
{
    struct str title = buf_str(&making->title);
    if (making->source->scored || !is_plain(title))
        add_text(making, "", key, title);
    else
        buf_printf(making->out, "%s: %.*s\n", key, STR_ARG(title));
}

static void add_keywords(struct making *making)
{
    const struct scale_model *model = making->plan->model;
    add(making, STR("  page_keywords: >-\n    "));
    for (size_t i = 0; i < making->source->keyword_count; i++) {
        const struct scale_source *other = dice_below(&making->dice, 2) ? any_source(making) : making->source;
        if (i)
            add(making, STR(", "));
        if (other->keyword_count == 0)
            other = making->source;
        struct str keyword = other->keywords[dice_below(&making->dice, other->keyword_count)];
        if (dice_part(&making->dice) < model->new_keywords) {
            add(making, i == 0 && making->words.count
                            ? scale_words_first(&making->words)
                            : scale_pick_word(model, making->source->group, &making->dice));
            add(making, STR(" "));
        }
        add(making, keyword);
    }
    add(making, STR("\n"));
}

static void add_answer(struct making *making)
{
    const struct scale_model *model = making->plan->model;
    add(making, STR("answer: >-\n    "));
    for (size_t i = 0; i < making->source->piece_count; i++) {
        const struct scale_piece *piece = scale_pick_piece(model, making->source->pieces[i], &making->dice);
        if (i)
            add(making, STR("\\n\\n"));
        if (piece->prose)
            scale_words_add_prose(&making->words, i ? piece->text : str_trim(piece->text), making->out);
        else
            add(making, i ? piece->text : str_trim(piece->text));
    }
    scale_words_add_rest(&making->words, making->out);
    add(making, STR("\n"));
}

static void add_url(struct making *making, const char *indent, struct str subject, struct str title)
{
    buf_printf(making->out, "%surl: /learn/", indent);
    scale_slug(subject, making->out);
    add(making, STR("/questions/"));
    scale_slug(title, making->out);
    add(making, STR("\n"));
}

static void add_link(struct making *making, const struct scale_link *link)
{
    const struct scale_plan *plan = making->plan;
    const struct scale_model *model = plan->model;
    const struct scale_article *article = &plan->articles[making->file->article];
    uint32_t set = making->source->set;
    uint32_t target = link->target == SCALE_NONE ? 0 : article->first + model->sources[link->target].place;
    bool held = link->target != SCALE_NONE && target < plan->article_count;
    uint32_t missing = link->target == SCALE_NONE ? link->missing : link->target;
    struct str subject = held ? model->sources[link->target].subjects[0] : link->subject;
    struct buf title = {0};
    if (held)
        scale_title(plan, target, &title);
    else
        buf_add(&title, link->title);
    uint64_t id = held ? FIRST_ID + (uint64_t)target
                       : MISSING_ID + ((uint64_t)article->first + set) * MISSING + missing % MISSING;
    buf_printf(making->out, "related_article%u:\n    id: %llu\n", link->number, (unsigned long long)id);
    add_text(making, "    ", "title", buf_str(&title));
    buf_printf(making->out, "    subject: %.*s\n", STR_ARG(subject));
    add_url(making, "    ", subject, buf_str(&title));
    buf_free(&title);
}

static void add_head(struct making *making, struct str subject)
{
    const struct scale_source *source = making->source;
    buf_printf(making->out, "---\n_schema: default\nid: %llu\ndate: %.*s\n",
               (unsigned long long)FIRST_ID + making->file->article, STR_ARG(source->date));
    add_title(making, "title");
    add_title(making, "article_title");
    buf_printf(making->out, "date_format: %.*s\npost_on_text: Posted on\nseo:\n  title: %.*s | %.*s\n",
               STR_ARG(source->date_format), STR_ARG(source->author), STR_ARG(subject));
    add(making, STR("  page_description: >-\n    "));
    scale_words_add_prose(&making->words, any_source(making)->description, making->out);
    add(making, STR("\n"));
    if (source->keyword_count)
        add_keywords(making);
    buf_printf(making->out, "author: %.*s\n", STR_ARG(source->author));
    add_text(making, "", "question", buf_str(&making->title));
    if (source->not_indexed)
        add(making, STR("no_index: True\n"));
}

static void add_tail(struct making *making, struct str subject)
{
    const struct scale_source *source = making->source;
    struct str title = buf_str(&making->title);
    buf_printf(making->out, "subject: %.*s\nfile_name: ", STR_ARG(subject));
    scale_slug(title, making->out);
    add(making, STR(".md\n"));
    add_url(making, "", subject, title);
    if (source->scored)
        add(making, STR("score: -1.0\n"));
    for (size_t i = 0; i < source->link_count; i++)
        add_link(making, &source->links[i]);
    add(making, STR("---\n\n&nbsp;"));
}

void scale_text(const struct scale_plan *plan, const struct scale_file *file, struct buf *text)
{
    const struct scale_article *article = &plan->articles[file->article];
    struct making making = {
        .plan = plan,
        .source = &plan->model->sources[article->source],
        .file = file,
        .out = text,
        .dice = dice_for(plan->seed, (uint64_t)file->article + 1),
    };
    struct str subject = making.source->subjects[file->filing];
    scale_title(plan, file->article, &making.title);
    scale_words_start(&making.words, plan->model, making.source->group, file->article, &making.dice);
    add_head(&making, subject);
    add_answer(&making);
    add_tail(&making, subject);
    scale_words_end(&making.words);
    buf_free(&making.title);
}
