#include "edit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lectern/bounds.h"
#include "lectern/file.h"
#include "words.h"

/* What the reader has named, and the words behind it; never through a shell. */
struct command {
    struct buf text;
    char *words[WORDS_MOST + 4];
    size_t count;
};

static void name_editor(const char *editor, struct buf *out)
{
    const char *const names[] = {editor, getenv("VISUAL"), getenv("EDITOR"), "vi"};
    for (size_t i = 0; i < sizeof names / sizeof *names && !out->len; i++)
        buf_add(out, str_trim(str_from(names[i])));
}

/* What a text says about itself is not to be obeyed. */
static void add_options(struct command *command)
{
    struct str name = str_last_part(str_from(command->words[0]));
    if (!str_eq(name, STR("vim")) && !str_eq(name, STR("nvim")) && !str_starts(name, STR("vim.")))
        return;
    command->words[command->count++] = "--cmd";
    command->words[command->count++] = "set modelines=0";
}

static void make_command(struct command *command, const char *editor, char *file)
{
    name_editor(editor, &command->text);
    command->count = words_cut(&command->text, command->words);
    add_options(command);
    command->words[command->count++] = file;
    command->words[command->count] = NULL;
}

static int write_file(struct edit *edit, struct str text, struct err *err)
{
    const char *temporary = getenv("TMPDIR");
    buf_printf(&edit->folder, "%s/lectern-XXXXXX", temporary && temporary[0] == '/' ? temporary : "/tmp");
    if (!mkdtemp((char *)buf_cstr(&edit->folder))) {
        buf_clear(&edit->folder);
        return err_set_errno(err, errno, "no place for a text to edit");
    }
    buf_printf(&edit->file, "%s/note.md", buf_cstr(&edit->folder));
    int fd = open(buf_cstr(&edit->file), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set_errno(err, errno, "no place for a text to edit");
    while (text.len) {
        ssize_t written = write(fd, text.at, text.len);
        if (written <= 0)
            break;
        text = str_slice(text, (size_t)written, text.len);
    }
    int failed = text.len ? errno : 0;
    if (close(fd) != 0 && !failed)
        failed = errno;
    return failed ? err_set_errno(err, failed, "no place for a text to edit") : 0;
}

static int run_editor(struct edit *edit, struct term *term, const char *editor, struct err *err)
{
    struct command command = {0};
    make_command(&command, editor, edit->file.at);
    int status = term_run(term, command.words, err);
    if (status > 0) {
        err_set(err, ERR_SYSTEM, "%.80s has failed: the note is as it was, and what you have written here",
                command.words[0]);
        err_set_path(err, buf_str(&edit->file));
        edit->keep = true;
    } else if (status < 0) {
        err_set_path(err, STR("the option editor, or else VISUAL and EDITOR say which editor is used"));
    }
    buf_free(&command.text);
    return status == 0 ? 0 : -1;
}

int edit_text(struct edit *edit, struct term *term, const char *editor, struct str text, struct arena *arena,
              struct str *edited, struct err *err)
{
    *edit = (struct edit){0};
    if (write_file(edit, text, err) != 0 || run_editor(edit, term, editor, err) != 0)
        return -1;
    return file_read(AT_FDCWD, buf_cstr(&edit->file), BOUND_NOTE_BYTES, arena, edited, NULL, err) < 0 ? -1
                                                                                                      : 0;
}

void edit_end(struct edit *edit)
{
    if (!edit->keep && edit->file.len)
        unlink(buf_cstr(&edit->file));
    if (!edit->keep && edit->folder.len)
        rmdir(buf_cstr(&edit->folder)); /* what the editor has left there stays */
    buf_free(&edit->file);
    buf_free(&edit->folder);
}
