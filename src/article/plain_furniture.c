/*
 * What a web page has around its text. Phrases tell it: some are sure by themselves, others only among their like, so that a
 * poem may say "share" and an essay may list the names of networks.
 */
#include <strings.h>

#include "plain.h"

enum place { WHOLE, BEGIN, WITHIN };
enum weight { NONE, WEAK, STRONG, SURE };

struct phrase {
    const char *words;
    enum place place;
    enum weight weight;
};

/* In lower case. */
static const struct phrase phrases[] = {
    /* Sharing. */
    {"share", WHOLE, STRONG},
    {"share on ", BEGIN, STRONG},
    {"share this", BEGIN, STRONG},
    {"share via ", BEGIN, STRONG},
    {"share article", WHOLE, STRONG},
    {"tweet", WHOLE, STRONG},
    {"pin it", WHOLE, STRONG},
    {"copy link", WHOLE, STRONG},
    {"click to share", BEGIN, SURE},
    {"follow us", BEGIN, STRONG},
    {"facebook", WHOLE, WEAK},
    {"twitter", WHOLE, WEAK},
    {"x", WHOLE, WEAK},
    {"linkedin", WHOLE, WEAK},
    {"pinterest", WHOLE, WEAK},
    {"instagram", WHOLE, WEAK},
    {"whatsapp", WHOLE, WEAK},
    {"telegram", WHOLE, WEAK},
    {"reddit", WHOLE, WEAK},
    {"youtube", WHOLE, WEAK},
    {"email", WHOLE, WEAK},
    {"print", WHOLE, WEAK},
    {"save", WHOLE, WEAK},
    {"like", WHOLE, WEAK},
    /* Comments. */
    {"leave a reply", BEGIN, STRONG},
    {"leave a comment", BEGIN, STRONG},
    {"your email address will not be published", WITHIN, SURE},
    {"required fields are marked", WITHIN, STRONG},
    {"save my name, email", WITHIN, SURE},
    {"notify me of ", BEGIN, STRONG},
    {"post comment", WHOLE, STRONG},
    {"submit comment", WHOLE, STRONG},
    {"cancel reply", WHOLE, STRONG},
    {"add a comment", WHOLE, STRONG},
    {"no comments yet", WHOLE, STRONG},
    {"comments are closed", WITHIN, STRONG},
    {"log in to leave a comment", WITHIN, SURE},
    {"comments", WHOLE, WEAK},
    {"comment", WHOLE, WEAK},
    {"reply", WHOLE, WEAK},
    {"name", WHOLE, WEAK},
    {"website", WHOLE, WEAK},
    {"submit", WHOLE, WEAK},
    {"cancel", WHOLE, WEAK},
    {"was this helpful", BEGIN, STRONG},
    {"was this article helpful", BEGIN, STRONG},
    {"was this page helpful", BEGIN, STRONG},
    {"yes", WHOLE, WEAK},
    {"no", WHOLE, WEAK},
    /* Newsletters, cookies, advertising, rights. */
    {"subscribe to our", BEGIN, STRONG},
    {"subscribe", WHOLE, STRONG},
    {"sign up for our", BEGIN, STRONG},
    {"sign up for the newsletter", BEGIN, STRONG},
    {"get our newsletter", BEGIN, STRONG},
    {"enter your email", BEGIN, STRONG},
    {"your email address", WHOLE, STRONG},
    {"unsubscribe at any time", WITHIN, STRONG},
    {"newsletter", WHOLE, STRONG},
    {"we use cookies", WITHIN, SURE},
    {"this site uses cookies", WITHIN, SURE},
    {"this website uses cookies", WITHIN, SURE},
    {"accept all", BEGIN, STRONG},
    {"accept cookies", WHOLE, STRONG},
    {"reject all", BEGIN, STRONG},
    {"cookie settings", BEGIN, STRONG},
    {"cookie policy", WHOLE, STRONG},
    {"manage cookies", BEGIN, STRONG},
    {"cookie preferences", BEGIN, STRONG},
    {"advertisement", WHOLE, STRONG},
    {"sponsored", WHOLE, STRONG},
    {"sponsored content", WHOLE, STRONG},
    {"privacy policy", WHOLE, STRONG},
    {"terms of service", WHOLE, STRONG},
    {"terms of use", WHOLE, STRONG},
    {"terms and conditions", WHOLE, STRONG},
    {"all rights reserved", WITHIN, STRONG},
    {"accept", WHOLE, WEAK},
    {"ok", WHOLE, WEAK},
    /* Ways to other pages. */
    {"skip to content", WHOLE, SURE},
    {"skip to main content", WHOLE, SURE},
    {"back to top", WHOLE, STRONG},
    {"previous post", BEGIN, STRONG},
    {"next post", BEGIN, STRONG},
    {"previous article", BEGIN, STRONG},
    {"next article", BEGIN, STRONG},
    {"read next", WHOLE, STRONG},
    {"read more", WHOLE, STRONG},
    {"related posts", WHOLE, STRONG},
    {"related articles", WHOLE, STRONG},
    {"recent posts", WHOLE, STRONG},
    {"you may also like", BEGIN, STRONG},
    {"you might also like", BEGIN, STRONG},
    {"load more", WHOLE, STRONG},
    {"show more", WHOLE, STRONG},
    {"toggle navigation", WHOLE, SURE},
    {"toggle menu", WHOLE, SURE},
    {"log in", WHOLE, STRONG},
    {"sign in", WHOLE, STRONG},
    {"sign up", WHOLE, STRONG},
    {"menu", WHOLE, WEAK},
    {"home", WHOLE, WEAK},
    {"blog", WHOLE, WEAK},
    {"about", WHOLE, WEAK},
    {"about us", WHOLE, WEAK},
    {"contact", WHOLE, WEAK},
    {"contact us", WHOLE, WEAK},
    {"search", WHOLE, WEAK},
    {"login", WHOLE, WEAK},
    {"register", WHOLE, WEAK},
    {"previous", WHOLE, WEAK},
    {"next", WHOLE, WEAK},
    {"close", WHOLE, WEAK},
    /* Review and tailoring. */
    {"article review status", WHOLE, STRONG},
    {"review status", WHOLE, STRONG},
    {"articles are reviewed for accuracy", WITHIN, STRONG},
    {"educational purpose only", BEGIN, STRONG},
    {"content is pending human review", WITHIN, STRONG},
    {"view editorial policy", WITHIN, STRONG},
    {"editorial policy", WHOLE, STRONG},
    {"help us tailor your experience", BEGIN, STRONG},
    {"which best describes you", BEGIN, STRONG},
    {"have a follow-up question", BEGIN, STRONG},
    {"ask any follow up question", WITHIN, STRONG},
    {"ask any follow-up question", WITHIN, STRONG},
    {"personalize", WHOLE, STRONG},
    {"personalise", WHOLE, STRONG},
    {"submitted", WHOLE, WEAK},
    {"under review", WHOLE, WEAK},
    {"approved", WHOLE, WEAK},
    {"last updated", BEGIN, WEAK},
};

#define LONGEST_BEGIN 100 /* bytes of a line that only begins with a phrase */
#define NEUTRAL_MOST  2   /* lines between two that are furniture, ... */
#define NEUTRAL_WIDTH 24  /* ... each no wider than this, which are so too */
#define LEAST_SUM     4   /* two strong lines, or as much */

static bool begins(struct str line, struct str words)
{
    return line.len >= words.len && strncasecmp(line.at, words.at, words.len) == 0;
}

static bool contains(struct str line, struct str words)
{
    for (size_t i = 0; i + words.len <= line.len; i++)
        if ((line.at[i] | 0x20) == words.at[0] && strncasecmp(line.at + i, words.at, words.len) == 0)
            return true;
    return false;
}

/* Without what forms and menus put behind their words. */
static struct str bare(struct str line)
{
    while (line.len && str_find_byte(STR(" :*>?!."), line.at[line.len - 1]) != STR_NOT_FOUND)
        line.len--;
    return line;
}

static bool applies(const struct phrase *phrase, struct str line)
{
    struct str words = str_from(phrase->words);
    switch (phrase->place) {
    case WHOLE: return bare(line).len == words.len && begins(line, words);
    case BEGIN: return line.len <= LONGEST_BEGIN && begins(line, words);
    default: return contains(line, words);
    }
}

/* Longer lines are paragraphs. */
#define LONGEST_LINE 400

static enum weight weigh(struct str line)
{
    enum weight heaviest = NONE;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases && line.len <= LONGEST_LINE; i++)
        if (phrases[i].weight > heaviest && applies(&phrases[i], line))
            heaviest = phrases[i].weight;
    return heaviest;
}

static bool is_neutral(const struct plain_line *line)
{
    return line->width <= NEUTRAL_WIDTH && !plain_ends_sentence(line->text);
}

/* From a line of furniture on: the end of those that follow, and whether they are enough to be sure. */
static size_t run_end(const struct plain_page *page, size_t first, bool *enough)
{
    size_t end = first, sum = 0;
    bool sure = false, strong = false;
    for (size_t i = first; i < page->count && i - end <= NEUTRAL_MOST; i++) {
        enum weight weight = weigh(page->lines[i].text);
        if (weight == NONE && !is_neutral(&page->lines[i]))
            break;
        if (weight == NONE)
            continue;
        sum += weight;
        strong |= weight >= STRONG;
        sure |= weight == SURE;
        end = i + 1;
    }
    *enough = sure || (strong && sum >= LEAST_SUM);
    return end;
}

void plain_mark_furniture(struct plain_page *page)
{
    for (size_t i = 0; i < page->count;) {
        bool enough = false;
        size_t end = weigh(page->lines[i].text) ? run_end(page, i, &enough) : i;
        for (size_t j = i; enough && j < end; j++)
            if (page->lines[j].role == PLAIN_TEXT)
                page->lines[j].role = PLAIN_FURNITURE;
        i = end > i ? end : i + 1;
    }
}
