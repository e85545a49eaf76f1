#include "input.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "screen.h"

/* How long the rest of a sequence may take. */
#define REST_MS SCREEN_ESCAPE_MS

/* Pasted text: what is kept of it, and how long the terminal may be silent within it. */
#define PASTE_MOST       ((size_t)64 << 10)
#define PASTE_SILENCE_MS 500

#define ESCAPE_BYTE 0x1b

/* A sequence that begins with ESC [ has parameters; more than these are ignored. */
struct sequence {
    unsigned parameters[4];
    unsigned count;
    char private, final;
};

void input_open(struct input *input)
{
    *input = (struct input){.pushed_back = SCREEN_NOTHING};
}

void input_close(struct input *input)
{
    buf_free(&input->paste);
}

/* A byte, SCREEN_NAMED, or SCREEN_NOTHING when nothing comes in that time. */
static int read_code(struct input *input, int wait_ms)
{
    int code = input->pushed_back;
    input->pushed_back = SCREEN_NOTHING;
    if (code == SCREEN_NOTHING)
        code = screen_read(&input->named);
    if (code == SCREEN_NOTHING && wait_ms) {
        struct pollfd readable = {.fd = STDIN_FILENO, .events = POLLIN};
        poll(&readable, 1, wait_ms);
        code = screen_read(&input->named);
    }
    if (code != SCREEN_NOTHING)
        input->taken++;
    return code;
}

static key from_letter(char final)
{
    switch (final) {
    case 'A': return KEYS_UP;
    case 'B': return KEYS_DOWN;
    case 'C': return KEYS_RIGHT;
    case 'D': return KEYS_LEFT;
    case 'H': return KEYS_HOME;
    case 'F': return KEYS_END;
    case 'M': return KEYS_ENTER;
    case 'Z': return KEYS_TAB | KEYS_SHIFT;
    case 'P':
    case 'Q':
    case 'R':
    case 'S': return KEYS_F1 + (key)(final - 'P');
    default: return KEYS_NONE;
    }
}

static key from_number(unsigned number)
{
    static const key editing[] = {KEYS_HOME,    KEYS_INSERT,    KEYS_DELETE, KEYS_END,
                                  KEYS_PAGE_UP, KEYS_PAGE_DOWN, KEYS_HOME,   KEYS_END};
    if (number >= 1 && number <= 8)
        return editing[number - 1];
    if (number >= 11 && number <= 15)
        return KEYS_F1 + number - 11;
    if (number >= 17 && number <= 21)
        return KEYS_F1 + number - 12;
    if (number == 23 || number == 24)
        return KEYS_F1 + number - 13;
    return KEYS_NONE;
}

/* Reads on after ESC [. False if the sequence does not end as one does; it is lost then. */
static bool read_sequence(struct input *input, int first, struct sequence *sequence)
{
    *sequence = (struct sequence){.count = 1};
    for (int code = first; code >= 0 && code < 0x80; code = read_code(input, REST_MS)) {
        if (code >= '0' && code <= '9') {
            unsigned *value = &sequence->parameters[sequence->count - 1];
            if (*value < 10000)
                *value = *value * 10 + (unsigned)(code - '0');
        } else if (code == ';' && sequence->count < 4) {
            sequence->count++;
        } else if (code >= '<' && code <= '?') {
            sequence->private = (char)code;
        } else if (code >= 0x40 && code < 0x7f) {
            sequence->final = (char)code;
            return true;
        } else if (code < ' ') {
            input->pushed_back = code;
            return false;
        }
    }
    return false;
}

static bool ends_paste(struct str text)
{
    return str_ends(text, STR("\033[201~"));
}

/* Everything up to the closing sequence. A terminal that never sends it is not waited for. */
static void read_paste(struct input *input, struct term_event *event)
{
    struct buf *paste = &input->paste;
    char tail[6] = {0};
    buf_clear(paste);
    for (int code; (code = read_code(input, PASTE_SILENCE_MS)) != SCREEN_NOTHING;) {
        if (code == SCREEN_NAMED)
            continue;
        memmove(tail, tail + 1, sizeof tail - 1);
        tail[sizeof tail - 1] = (char)code;
        if (paste->len < PASTE_MOST + sizeof tail)
            buf_add_byte(paste, (char)(code == '\r' ? '\n' : code));
        if (ends_paste((struct str){tail, sizeof tail}))
            break;
    }
    if (ends_paste(buf_str(paste)))
        paste->len -= sizeof tail;
    event->kind = TERM_PASTE;
    event->paste = str_slice(buf_str(paste), 0, PASTE_MOST);
}

/* After ESC [ and `first`. */
static bool take_sequence(struct input *input, int first, struct term_event *event)
{
    struct sequence sequence;
    if (first == '[') { /* the Linux console's F1 to F5: ESC [ [ A */
        int letter = read_code(input, REST_MS);
        event->key = letter >= 'A' && letter <= 'E' ? KEYS_F1 + (key)(letter - 'A') : KEYS_NONE;
        return event->key != KEYS_NONE;
    }
    if (!read_sequence(input, first, &sequence) || sequence.private)
        return false;
    if (sequence.final == '~' && sequence.parameters[0] == 200) {
        read_paste(input, event);
        return true;
    }
    if (sequence.final == 'I' && sequence.count == 1 && sequence.parameters[0] == 0) {
        event->kind = TERM_FOCUS;
        return true;
    }
    key named = sequence.final == '~' ? from_number(sequence.parameters[0]) : from_letter(sequence.final);
    if (named && sequence.count > 1)
        named |= screen_modifiers(sequence.parameters[1]);
    event->key = named;
    return named != KEYS_NONE;
}

static key from_control(int code)
{
    switch (code) {
    case '\b':
    case 0x7f: return KEYS_BACKSPACE;
    case '\t': return KEYS_TAB;
    case '\r': return KEYS_ENTER;
    case ESCAPE_BYTE: return KEYS_ESCAPE;
    case ' ': return KEYS_SPACE;
    case 0: return KEYS_NONE; /* C-Space */
    default: break;
    }
    return KEYS_CONTROL | (key)(code < 27 ? code + 'a' - 1 : code + '@');
}

/* One byte of a character, in the locale's encoding. */
static bool take_byte(struct input *input, int byte, struct term_event *event)
{
    char c = (char)byte;
    wchar_t wide;
    bool within = !mbsinit(&input->character);
    size_t result = mbrtowc(&wide, &c, 1, &input->character);
    if (result == (size_t)-2)
        return false;
    if (result == (size_t)-1) {
        input->character = (mbstate_t){0};
        if (within) /* the character before was cut short: this byte begins a new one */
            return take_byte(input, byte, event);
        input->modifiers = 0;
        return false;
    }
    bool control = wide <= ' ' || wide == 0x7f;
    event->key = control ? from_control((int)wide) : (key)wide;
    if (event->key)
        event->key |= input->modifiers;
    input->modifiers = 0;
    return event->key != KEYS_NONE;
}

static bool take_code(struct input *input, int code, key modifiers, struct term_event *event)
{
    if (code == SCREEN_NAMED) {
        event->key = input->named | modifiers;
        return input->named != KEYS_NONE;
    }
    if (modifiers)
        input->modifiers = modifiers;
    return take_byte(input, code, event);
}

/* What comes at once after ESC belongs to it: a sequence, or a key with Alt. Else it is the key Esc. */
static bool take_escape(struct input *input, struct term_event *event)
{
    int code = read_code(input, 0);
    if (code == SCREEN_NOTHING || code == ESCAPE_BYTE) {
        input->pushed_back = code;
        event->key = KEYS_ESCAPE;
        return true;
    }
    if (code == '[' || code == 'O') {
        int next = read_code(input, REST_MS);
        if (next == SCREEN_NOTHING)
            return take_code(input, code, KEYS_ALT, event);
        if (code == '[')
            return take_sequence(input, next, event);
        event->key = next >= 0 && next < 0x80 ? from_letter((char)next) : KEYS_NONE;
        return event->key != KEYS_NONE;
    }
    return take_code(input, code, KEYS_ALT, event);
}

bool input_next(struct input *input, struct term_event *event)
{
    for (int code; (code = read_code(input, 0)) != SCREEN_NOTHING;) {
        *event = (struct term_event){.kind = TERM_KEY};
        if (code == ESCAPE_BYTE ? take_escape(input, event) : take_code(input, code, 0, event))
            return true;
    }
    *event = (struct term_event){0};
    return false;
}
