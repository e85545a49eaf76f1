/* lectern check: what is wrong with the articles of a library. */
#include <string.h>

#include "cmd.h"
#include "lectern/check.h"
#include "lectern/library.h"

struct output {
    enum text_charset charset;
    bool porcelain;
    size_t read, skipped, kinds[CHECK_KINDS];
    bool pending; /* the entry below waits for further problems of the same file */
    enum check_verdict verdict;
    struct buf path, message;
    size_t more;
};

static void add_place(struct buf *out, const struct check_entry *entry)
{
    if (entry->line && entry->column)
        buf_printf(out, "%u:%u: ", (unsigned)entry->line, (unsigned)entry->column);
    else if (entry->line)
        buf_printf(out, "%u: ", (unsigned)entry->line);
}

static void write_pending(struct output *output)
{
    static const char *const verdicts[] = {"ok", "warning", "skipped"};
    if (!output->pending)
        return;
    if (output->porcelain) {
        if (output->more)
            buf_printf(&output->message, " (+%zu more)", output->more);
        printf("%s\t", verdicts[output->verdict]);
        cmd_write_field(stdout, buf_str(&output->path));
        putchar('\t');
        cmd_write_field(stdout, buf_str(&output->message));
        putchar('\n');
    }
    output->read += output->verdict != CHECK_SKIPPED;
    output->skipped += output->verdict == CHECK_SKIPPED;
    output->pending = false;
}

static void write_problem(const struct output *output, const struct check_entry *entry)
{
    struct buf line = {0};
    buf_add(&line, entry->path);
    buf_add_byte(&line, ':');
    if (!entry->line)
        buf_add_byte(&line, ' ');
    add_place(&line, entry);
    buf_add(&line, entry->message);
    cmd_write(stdout, buf_str(&line), output->charset);
    putchar('\n');
    buf_free(&line);
}

/* Only warnings come several to a file. */
static bool same_entry(const struct output *output, const struct check_entry *entry)
{
    return output->pending && output->verdict == CHECK_WARNING && entry->verdict == CHECK_WARNING &&
           str_eq(buf_str(&output->path), entry->path);
}

static void take_entry(void *context, const struct check_entry *entry)
{
    struct output *output = context;
    bool named_in_vain = entry->verdict == CHECK_SKIPPED && entry->named;
    output->kinds[entry->kind]++;
    if ((entry->kind != CHECK_NO_PROBLEM || named_in_vain) && !output->porcelain)
        write_problem(output, entry);
    if (same_entry(output, entry)) {
        output->more++;
        return;
    }
    write_pending(output);
    output->pending = true;
    output->verdict = entry->verdict;
    output->more = 0;
    buf_clear(&output->path);
    buf_add(&output->path, entry->path);
    buf_clear(&output->message);
    add_place(&output->message, entry);
    buf_add(&output->message, entry->message);
}

/* How many files there were, and the problems by kind. */
static void write_sum(const struct output *output, size_t problems)
{
    static const struct {
        const char *one, *more;
    } names[CHECK_KINDS] = {
        [CHECK_MISSING_LINK] = {"link to a question not in the library",
                                "links to questions not in the library"},
        [CHECK_FILED_TWICE] = {"question filed twice", "questions filed twice"},
        [CHECK_ID_TAKEN] = {"id used twice", "ids used twice"},
        [CHECK_FAULT] = {"fault in a file", "faults in files"},
        [CHECK_UNREAD] = {"entry not read", "entries not read"},
    };
    printf("%zu %s read, %zu skipped; ", output->read, output->read == 1 ? "file" : "files", output->skipped);
    if (problems == 0) {
        puts("no problems");
        return;
    }
    printf("%zu %s", problems, problems == 1 ? "problem" : "problems");
    const char *separator = ": ";
    for (size_t kind = CHECK_NO_PROBLEM + 1; kind < CHECK_KINDS; kind++) {
        size_t count = output->kinds[kind];
        if (count == 0)
            continue;
        printf("%s%zu %s", separator, count, count == 1 ? names[kind].one : names[kind].more);
        separator = ", ";
    }
    putchar('\n');
}

static int check_roots(const char *const *roots, size_t count, bool porcelain,
                       const struct cmd_context *context)
{
    struct err err;
    struct output output = {.charset = context->charset, .porcelain = porcelain};
    struct library *library = library_open(roots, count, &err);
    if (!library)
        return cmd_fail(&err, context->charset);
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){0}, &err);
    if (!catalogue) {
        library_close(library);
        return cmd_fail(&err, context->charset);
    }
    size_t problems = check_run(library, catalogue, take_entry, &output);
    write_pending(&output);
    if (!porcelain)
        write_sum(&output, problems);
    buf_free(&output.path);
    buf_free(&output.message);
    catalogue_release(catalogue);
    library_close(library);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        err_set(&err, ERR_SYSTEM, "the report could not be written whole");
        return cmd_fail(&err, context->charset);
    }
    return problems ? 1 : 0;
}

int cmd_check(const struct cmd_call *call, const struct cmd_context *context)
{
    const char *const *roots = call->count ? (const char *const *)call->words : context->libraries;
    size_t count = call->count ? call->count : context->library_count;
    if (count == 0)
        return cmd_misused(call, context, "no PATH given");
    return check_roots(roots, count, cmd_given(call, CMD_CHECK_PORCELAIN), context);
}
