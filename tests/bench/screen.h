/*
 * screen: the real program under a pseudo-terminal: how long until it has drawn, and from a key to its frame.
 */
#ifndef BENCH_SCREEN_H
#define BENCH_SCREEN_H

/* The program `path` beside the bare ncurses program. */
void screen_rows(const char *path, const char *bare, const char *folder, double text_bytes);

#endif
