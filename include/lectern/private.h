/*
 * private: folders and files that are the reader's own, and that nobody else can have written to.
 *
 * `consequence` says what follows from a folder that cannot be used ("no index can be kept here"); every message begins
 * with it.
 */
#ifndef LECTERN_PRIVATE_H
#define LECTERN_PRIVATE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "lectern/err.h"

/* A descriptor of the folder, which is made with those that it lies in if `make` says so. -1, with ERR_NOT_FOUND if it is not
 * there, ERR_ACCESS if it is a symbolic link, of another owner or writable by others. */
int private_folder_open(const char *folder, bool make, const char *consequence, struct err *err);

/* The same judgement on what fstat() has told. */
int private_check(const struct stat *about, const char *consequence, struct err *err);

/* ERR_ACCESS: "CONSEQUENCE: it WHY". Returns -1. */
int private_refuse(const char *consequence, const char *why, struct err *err);

#endif
