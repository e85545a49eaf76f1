/*
 * ascii: what stands for a character where the terminal shows nothing above 0x7e.
 */
#ifndef LECTERN_BASE_ASCII_H
#define LECTERN_BASE_ASCII_H

#include <stdint.h>

/* One to three printable ASCII characters, or NULL where no likeness is listed. Letters with marks, ligatures and
 * other characters that Unicode itself decomposes are not listed. */
const char *ascii_likeness(uint32_t code_point);

#endif
