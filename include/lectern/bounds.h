/*
 * bounds: every limit that protects the reader from a hostile or broken article, in one place.
 * Past a bound a message is shown and the rest still works.
 */
#ifndef LECTERN_BOUNDS_H
#define LECTERN_BOUNDS_H

#include <stdint.h>

/* A median article has 4 KB, the largest real one 28 KB; 16 MiB is a very long book. */
#define BOUND_FILE_BYTES (16u << 20)

/* Front matter is parsed by libyaml, whose cost can grow faster than its input. */
#define BOUND_FRONT_MATTER_BYTES (1u << 20)

/* Levels of YAML collections, Markdown containers and TeX groups; deeper text is shown flat. libyaml 0.2.5 needs
 * 10 s for 60 kB of `[`, so flow brackets are counted before it sees them. */
#define BOUND_NESTING 64

/* TeX: definitions of one article, and bytes that they are replaced by. Real articles have a few dozen, used a few hundred
 * times; each may hold the others, and multiply. */
#define BOUND_TEX_DEFINITIONS 200u
#define BOUND_TEX_EXPANSION   (256u << 10)

/* So much of a text without front matter tells whether it is Markdown. */
#define BOUND_DETECTION (512u << 10)

/* Related articles, and front matter fields, of one article. Further ones are named in a warning. */
#define BOUND_RELATED 1000
#define BOUND_FIELDS  10000

/* Keywords of one article that are compared with each other. Further ones remain fields, with a warning. */
#define BOUND_KEYWORDS 1000

/* A text is read in parts of this size: laid out, a line takes some hundred bytes, and sixteen million of them would take
 * gigabytes and seconds. The largest real article, of 28 KB, is one part twenty times over. */
#define BOUND_PART_BYTES (512u << 10)
#define BOUND_PART_LINES 10000u

/* Combining marks on one base character (UAX 15 calls 30 the most that any language needs). */
#define BOUND_MARKS 32

/* Levels of folders below a root. */
#define BOUND_FOLDER_DEPTH 64

/* A note of the reader's own: a long book chapter. */
#define BOUND_NOTE_BYTES (1u << 20)

/* A line of what is imported: a note, each byte of it escaped, and what it is about. All lines together: a million visits
 * take 200 MB. */
#define BOUND_LINE_BYTES   (8u << 20)
#define BOUND_IMPORT_BYTES (UINT64_C(4) << 30)

/* The configuration file: a setting takes fifty bytes. What is wrong with it fits on a screen. */
#define BOUND_CONFIG_BYTES    (64u << 10)
#define BOUND_CONFIG_PROBLEMS 20u

/* A pasted paragraph still is a query; a pasted book is a mistake. */
#define BOUND_QUERY_BYTES 4096u

/* PCRE2. The length of a pattern, and how many characters the ranges of its classes may span: 4 ms of compiling for each
 * million. Attempts to match from one place in a text, levels of groups, and memory, where the clock is looked at during
 * matching; the finds and milliseconds of a page; the milliseconds for a library. */
#define BOUND_PATTERN_BYTES      1000u
#define BOUND_PATTERN_RANGES     0x400000u
#define BOUND_PATTERN_MATCHES    200000u
#define BOUND_PATTERN_DEPTH      20000u
#define BOUND_PATTERN_HEAP_KIB   4096u
#define BOUND_PATTERN_TIME_MS    200u
#define BOUND_PATTERN_SEARCH_MS  10000u
#define BOUND_PATTERN_PAGE_FINDS 100000u

/* Following links from one article to the next: real sets of linked questions have 30. So many articles, each with some
 * links, take some ten milliseconds; many more are no set but a web. */
#define BOUND_GRAPH_ARTICLES 10000u
#define BOUND_GRAPH_LINKS    200000u

#endif
