#include "lectern/fsrs.h"

#include <math.h>

#define LEAST_STABILITY  0.001
#define MOST_STABILITY   FSRS_LONGEST_INTERVAL
#define LEAST_DIFFICULTY 1.0
#define MOST_DIFFICULTY  10.0

/* Recall at which an interval is as long as the stability. */
#define STABILITY_RECALL 0.9

#define FSRS_5_WEIGHTS 19

/* The published default parameters, and the range that the published optimisers keep each of them in. */
static const struct weight {
    double usual, least, most;
} table[FSRS_WEIGHTS] = {
    {0.212, 0.001, 100}, {1.2931, 0.001, 100}, {2.3065, 0.001, 100},  {8.2956, 0.001, 100}, {6.4133, 1, 10},
    {0.8334, 0.001, 4},  {3.0194, 0.001, 4},   {0.001, 0.001, 0.75},  {1.8722, 0, 4.5},     {0.1666, 0, 0.8},
    {0.796, 0.001, 3.5}, {1.4835, 0.001, 5},   {0.0614, 0.001, 0.25}, {0.2629, 0.001, 0.9}, {1.6483, 0, 4},
    {0.6014, 0, 1},      {1.8729, 1, 6},       {0.5425, 0, 2},        {0.0912, 0, 2},       {0.0658, 0, 0.8},
    {0.1542, 0.1, 0.8},
};

/* Of FSRS-5, which had fixed numbers in the place of the last two. */
static const double fsrs_5_rest[FSRS_WEIGHTS - FSRS_5_WEIGHTS] = {0, 0.5};

struct fsrs fsrs_usual(void)
{
    struct fsrs fsrs = {.retention = FSRS_RETENTION};
    for (size_t i = 0; i < FSRS_WEIGHTS; i++)
        fsrs.weights[i] = table[i].usual;
    return fsrs;
}

/* Independent of the locale, in which a comma may stand for the point. */
static bool read_number(struct str text, double *number)
{
    struct str whole, fraction;
    uint64_t above = 0, below = 0;
    bool point = str_cut(text, '.', &whole, &fraction);
    if (!str_to_u64(whole, &above) || (point && !str_to_u64(fraction, &below)))
        return false;
    *number = (double)above + (double)below / pow(10, (double)fraction.len);
    return true;
}

static struct str next_word(struct str *rest)
{
    size_t begin = 0, end;
    while (begin < rest->len && (rest->at[begin] == ' ' || rest->at[begin] == ','))
        begin++;
    for (end = begin; end < rest->len && rest->at[end] != ' ' && rest->at[end] != ',';)
        end++;
    struct str word = str_slice(*rest, begin, end);
    *rest = str_slice(*rest, end, rest->len);
    return word;
}

int fsrs_read_weights(struct fsrs *fsrs, struct str text, struct err *err)
{
    double weights[FSRS_WEIGHTS];
    size_t count = 0;
    for (struct str word = next_word(&text); word.len; word = next_word(&text), count++) {
        if (count == FSRS_WEIGHTS)
            return err_set(err, ERR_USAGE, "there are more than %d study parameters", FSRS_WEIGHTS);
        double number;
        if (!read_number(word, &number) || number < table[count].least || number > table[count].most)
            return err_set(err, ERR_USAGE, "study parameter %zu is a number from %g to %g, not \"%.*s\"",
                           count, table[count].least, table[count].most, STR_ARG(str_slice(word, 0, 40)));
        weights[count] = number;
    }
    if (count != FSRS_WEIGHTS && count != FSRS_5_WEIGHTS)
        return err_set(err, ERR_USAGE, "the study parameters are %d numbers, not %zu", FSRS_WEIGHTS, count);
    for (size_t i = 0; i < FSRS_WEIGHTS; i++)
        fsrs->weights[i] = i < count ? weights[i] : fsrs_5_rest[i - FSRS_5_WEIGHTS];
    return 0;
}

int fsrs_read_retention(struct fsrs *fsrs, struct str text, struct err *err)
{
    double number;
    if (!read_number(text, &number) || number < FSRS_RETENTION_LEAST || number > FSRS_RETENTION_MOST)
        return err_set(err, ERR_USAGE, "the study retention is a number from %g to %g, not \"%.*s\"",
                       FSRS_RETENTION_LEAST, FSRS_RETENTION_MOST, STR_ARG(str_slice(text, 0, 40)));
    fsrs->retention = number;
    return 0;
}

/* Also of what is no number, which a damaged file may hold. */
static double clamp(double value, double least, double most)
{
    return value > least ? fmin(value, most) : least;
}

static double stability_of(const struct fsrs_memory *memory)
{
    return clamp(memory->stability, LEAST_STABILITY, MOST_STABILITY);
}

static bool is_new(const struct fsrs_memory *memory)
{
    return !(memory->stability > 0);
}

/* The forgetting curve falls to STABILITY_RECALL at t = S: R(t, S) = (1 + factor t / S) ^ -w20. */
static double curve_factor(const struct fsrs *fsrs)
{
    return pow(STABILITY_RECALL, -1 / fsrs->weights[20]) - 1;
}

double fsrs_retrievability(const struct fsrs *fsrs, const struct fsrs_memory *memory, unsigned days)
{
    if (is_new(memory))
        return 0;
    return pow(1 + curve_factor(fsrs) * days / stability_of(memory), -fsrs->weights[20]);
}

/* The curve solved for the days. */
unsigned fsrs_interval(const struct fsrs *fsrs, const struct fsrs_memory *memory)
{
    double days =
        stability_of(memory) / curve_factor(fsrs) * (pow(fsrs->retention, -1 / fsrs->weights[20]) - 1);
    return (unsigned)lround(clamp(days, 1, FSRS_LONGEST_INTERVAL));
}

static double first_difficulty(const double *w, enum fsrs_grade grade)
{
    return w[4] - exp(w[5] * (grade - 1)) + 1;
}

/* The higher it is, the less it grows; and it returns a little to that of what was easy at once. */
static double next_difficulty(const double *w, double difficulty, enum fsrs_grade grade)
{
    double change = -w[6] * ((double)grade - FSRS_GOOD);
    double damped = difficulty + change * (MOST_DIFFICULTY - difficulty) / 9;
    return w[7] * first_difficulty(w, FSRS_EASY) + (1 - w[7]) * damped;
}

static double recalled(const double *w, double stability, double difficulty, double recall,
                       enum fsrs_grade grade)
{
    double growth = exp(w[8]) * (11 - difficulty) * pow(stability, -w[9]) * (exp(w[10] * (1 - recall)) - 1);
    if (grade == FSRS_HARD)
        growth *= w[15];
    if (grade == FSRS_EASY)
        growth *= w[16];
    return stability * (1 + growth);
}

static double forgotten(const double *w, double stability, double difficulty, double recall)
{
    double left =
        w[11] * pow(difficulty, -w[12]) * (pow(stability + 1, w[13]) - 1) * exp(w[14] * (1 - recall));
    return fmin(left, stability / exp(w[17] * w[18]));
}

static double same_day(const double *w, double stability, enum fsrs_grade grade)
{
    double growth = exp(w[17] * ((double)grade - FSRS_GOOD + w[18])) * pow(stability, -w[19]);
    return stability * (grade == FSRS_AGAIN ? growth : fmax(growth, 1));
}

struct fsrs_memory fsrs_review(const struct fsrs *fsrs, const struct fsrs_memory *before, unsigned days,
                               enum fsrs_grade grade)
{
    const double *w = fsrs->weights;
    double stability = stability_of(before), difficulty;
    double known = clamp(before->difficulty, LEAST_DIFFICULTY, MOST_DIFFICULTY);
    double recall = fsrs_retrievability(fsrs, before, days);
    if (is_new(before))
        stability = w[grade - 1];
    else if (days == 0)
        stability = same_day(w, stability, grade);
    else if (grade == FSRS_AGAIN)
        stability = forgotten(w, stability, known, recall);
    else
        stability = recalled(w, stability, known, recall, grade);
    difficulty = is_new(before) ? first_difficulty(w, grade) : next_difficulty(w, known, grade);
    return (struct fsrs_memory){
        .stability = clamp(stability, LEAST_STABILITY, MOST_STABILITY),
        .difficulty = clamp(difficulty, LEAST_DIFFICULTY, MOST_DIFFICULTY),
    };
}

/* How far an interval may move: a day, and a share of each stretch of it. */
static double fuzz_width(double interval)
{
    static const struct {
        double begin, end, share;
    } stretches[] = {{2.5, 7, 0.15}, {7, 20, 0.1}, {20, FSRS_LONGEST_INTERVAL, 0.05}};
    double width = 1;
    for (size_t i = 0; i < sizeof stretches / sizeof *stretches; i++)
        width += stretches[i].share * fmax(fmin(interval, stretches[i].end) - stretches[i].begin, 0);
    return width;
}

unsigned fsrs_fuzz(unsigned interval, double chance)
{
    if (interval <= 2)
        return interval;
    double width = fuzz_width(interval);
    double least = fmax(round(interval - width), 2);
    double most = fmin(round(interval + width), FSRS_LONGEST_INTERVAL);
    return (unsigned)clamp(floor(least + chance * (most - least + 1)), least, most);
}
