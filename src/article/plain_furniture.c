/*
 * What a web page has around its text. Phrases tell it: some are sure by themselves, others only among their like, so that a
 * poem may say "share" and an essay may list the names of networks.
 */
#include "plain.h"

enum place { WHOLE, BEGIN, WITHIN };
enum weight { NONE, WEAK, STRONG, SURE };

struct phrase {
    struct str words;
    enum place place;
    enum weight weight;
};

#define PHRASE(words, place, weight)                                                                         \
    {                                                                                                        \
        {words, sizeof(words) - 1}, place, weight                                                            \
    }

/* In lower case. */
static const struct phrase phrases[] = {
    /* Sharing. */
    PHRASE("share", WHOLE, STRONG),
    PHRASE("share on ", BEGIN, STRONG),
    PHRASE("share this", BEGIN, STRONG),
    PHRASE("share via ", BEGIN, STRONG),
    PHRASE("share article", WHOLE, STRONG),
    PHRASE("tweet", WHOLE, STRONG),
    PHRASE("pin it", WHOLE, STRONG),
    PHRASE("copy link", WHOLE, STRONG),
    PHRASE("click to share", BEGIN, SURE),
    PHRASE("follow us", BEGIN, STRONG),
    PHRASE("facebook", WHOLE, WEAK),
    PHRASE("twitter", WHOLE, WEAK),
    PHRASE("x", WHOLE, WEAK),
    PHRASE("linkedin", WHOLE, WEAK),
    PHRASE("pinterest", WHOLE, WEAK),
    PHRASE("instagram", WHOLE, WEAK),
    PHRASE("whatsapp", WHOLE, WEAK),
    PHRASE("telegram", WHOLE, WEAK),
    PHRASE("reddit", WHOLE, WEAK),
    PHRASE("youtube", WHOLE, WEAK),
    PHRASE("email", WHOLE, WEAK),
    PHRASE("print", WHOLE, WEAK),
    PHRASE("save", WHOLE, WEAK),
    PHRASE("like", WHOLE, WEAK),
    /* Comments. */
    PHRASE("leave a reply", BEGIN, STRONG),
    PHRASE("leave a comment", BEGIN, STRONG),
    PHRASE("your email address will not be published", WITHIN, SURE),
    PHRASE("required fields are marked", WITHIN, STRONG),
    PHRASE("save my name, email", WITHIN, SURE),
    PHRASE("notify me of ", BEGIN, STRONG),
    PHRASE("post comment", WHOLE, STRONG),
    PHRASE("submit comment", WHOLE, STRONG),
    PHRASE("cancel reply", WHOLE, STRONG),
    PHRASE("add a comment", WHOLE, STRONG),
    PHRASE("no comments yet", WHOLE, STRONG),
    PHRASE("comments are closed", WITHIN, STRONG),
    PHRASE("log in to leave a comment", WITHIN, SURE),
    PHRASE("comments", WHOLE, WEAK),
    PHRASE("comment", WHOLE, WEAK),
    PHRASE("reply", WHOLE, WEAK),
    PHRASE("name", WHOLE, WEAK),
    PHRASE("website", WHOLE, WEAK),
    PHRASE("submit", WHOLE, WEAK),
    PHRASE("cancel", WHOLE, WEAK),
    PHRASE("was this helpful", BEGIN, STRONG),
    PHRASE("was this article helpful", BEGIN, STRONG),
    PHRASE("was this page helpful", BEGIN, STRONG),
    PHRASE("yes", WHOLE, WEAK),
    PHRASE("no", WHOLE, WEAK),
    /* Newsletters, cookies, advertising, rights. */
    PHRASE("subscribe to our", BEGIN, STRONG),
    PHRASE("subscribe", WHOLE, STRONG),
    PHRASE("sign up for our", BEGIN, STRONG),
    PHRASE("sign up for the newsletter", BEGIN, STRONG),
    PHRASE("get our newsletter", BEGIN, STRONG),
    PHRASE("enter your email", BEGIN, STRONG),
    PHRASE("your email address", WHOLE, STRONG),
    PHRASE("unsubscribe at any time", WITHIN, STRONG),
    PHRASE("newsletter", WHOLE, STRONG),
    PHRASE("we use cookies", WITHIN, SURE),
    PHRASE("this site uses cookies", WITHIN, SURE),
    PHRASE("this website uses cookies", WITHIN, SURE),
    PHRASE("accept all", BEGIN, STRONG),
    PHRASE("accept cookies", WHOLE, STRONG),
    PHRASE("reject all", BEGIN, STRONG),
    PHRASE("cookie settings", BEGIN, STRONG),
    PHRASE("cookie policy", WHOLE, STRONG),
    PHRASE("manage cookies", BEGIN, STRONG),
    PHRASE("cookie preferences", BEGIN, STRONG),
    PHRASE("advertisement", WHOLE, STRONG),
    PHRASE("sponsored", WHOLE, STRONG),
    PHRASE("sponsored content", WHOLE, STRONG),
    PHRASE("privacy policy", WHOLE, STRONG),
    PHRASE("terms of service", WHOLE, STRONG),
    PHRASE("terms of use", WHOLE, STRONG),
    PHRASE("terms and conditions", WHOLE, STRONG),
    PHRASE("all rights reserved", WITHIN, STRONG),
    PHRASE("accept", WHOLE, WEAK),
    PHRASE("ok", WHOLE, WEAK),
    /* Ways to other pages. */
    PHRASE("skip to content", WHOLE, SURE),
    PHRASE("skip to main content", WHOLE, SURE),
    PHRASE("back to top", WHOLE, STRONG),
    PHRASE("previous post", BEGIN, STRONG),
    PHRASE("next post", BEGIN, STRONG),
    PHRASE("previous article", BEGIN, STRONG),
    PHRASE("next article", BEGIN, STRONG),
    PHRASE("read next", WHOLE, STRONG),
    PHRASE("read more", WHOLE, STRONG),
    PHRASE("related posts", WHOLE, STRONG),
    PHRASE("related articles", WHOLE, STRONG),
    PHRASE("recent posts", WHOLE, STRONG),
    PHRASE("you may also like", BEGIN, STRONG),
    PHRASE("you might also like", BEGIN, STRONG),
    PHRASE("load more", WHOLE, STRONG),
    PHRASE("show more", WHOLE, STRONG),
    PHRASE("toggle navigation", WHOLE, SURE),
    PHRASE("toggle menu", WHOLE, SURE),
    PHRASE("log in", WHOLE, STRONG),
    PHRASE("sign in", WHOLE, STRONG),
    PHRASE("sign up", WHOLE, STRONG),
    PHRASE("menu", WHOLE, WEAK),
    PHRASE("home", WHOLE, WEAK),
    PHRASE("blog", WHOLE, WEAK),
    PHRASE("about", WHOLE, WEAK),
    PHRASE("about us", WHOLE, WEAK),
    PHRASE("contact", WHOLE, WEAK),
    PHRASE("contact us", WHOLE, WEAK),
    PHRASE("search", WHOLE, WEAK),
    PHRASE("login", WHOLE, WEAK),
    PHRASE("register", WHOLE, WEAK),
    PHRASE("previous", WHOLE, WEAK),
    PHRASE("next", WHOLE, WEAK),
    PHRASE("close", WHOLE, WEAK),
    /* Review and tailoring. */
    PHRASE("article review status", WHOLE, STRONG),
    PHRASE("review status", WHOLE, STRONG),
    PHRASE("articles are reviewed for accuracy", WITHIN, STRONG),
    PHRASE("educational purpose only", BEGIN, STRONG),
    PHRASE("content is pending human review", WITHIN, STRONG),
    PHRASE("view editorial policy", WITHIN, STRONG),
    PHRASE("editorial policy", WHOLE, STRONG),
    PHRASE("help us tailor your experience", BEGIN, STRONG),
    PHRASE("which best describes you", BEGIN, STRONG),
    PHRASE("have a follow-up question", BEGIN, STRONG),
    PHRASE("ask any follow up question", WITHIN, STRONG),
    PHRASE("ask any follow-up question", WITHIN, STRONG),
    PHRASE("personalize", WHOLE, STRONG),
    PHRASE("personalise", WHOLE, STRONG),
    PHRASE("submitted", WHOLE, WEAK),
    PHRASE("under review", WHOLE, WEAK),
    PHRASE("approved", WHOLE, WEAK),
    PHRASE("last updated", BEGIN, WEAK),
};

#define LONGEST_BEGIN 100 /* bytes of a line that only begins with a phrase */
#define NEUTRAL_MOST  2   /* lines between two that are furniture, ... */
#define NEUTRAL_WIDTH 24  /* ... each no wider than this, which are so too */
#define LEAST_SUM     4   /* two strong lines, or as much */
#define LONGEST_LINE  400 /* bytes; longer ones are paragraphs */

/* Without what forms and menus put behind their words. */
static struct str bare(struct str line)
{
    while (line.len && str_find_byte(STR(" :*>?!."), line.at[line.len - 1]) != STR_NOT_FOUND)
        line.len--;
    return line;
}

/* `line` is in lower case. */
static bool applies(const struct phrase *phrase, struct str line)
{
    if (phrase->place == WITHIN)
        return str_find(line, phrase->words) != STR_NOT_FOUND;
    if (phrase->words.at[0] != line.at[0] || !str_starts(line, phrase->words))
        return false;
    return phrase->place == BEGIN ? line.len <= LONGEST_BEGIN : bare(line).len == phrase->words.len;
}

static enum weight weigh(struct str line)
{
    char lower[LONGEST_LINE];
    enum weight heaviest = NONE;
    if (line.len == 0 || line.len > LONGEST_LINE)
        return NONE;
    for (size_t i = 0; i < line.len; i++)
        lower[i] = line.at[i] >= 'A' && line.at[i] <= 'Z' ? (char)(line.at[i] - 'A' + 'a') : line.at[i];
    line.at = lower;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
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
