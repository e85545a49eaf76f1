/*
 * stamp: what is kept of a file's status.
 */
#ifndef LECTERN_BASE_STAMP_H
#define LECTERN_BASE_STAMP_H

#include <sys/stat.h>

#include "lectern/file.h"

static inline struct file_stamp stamp_of(const struct stat *status)
{
    uint32_t access = (uint32_t)status->st_mode;
    access = access * 0x9e3779b1u ^ (uint32_t)status->st_uid;
    access = access * 0x9e3779b1u ^ (uint32_t)status->st_gid;
    return (struct file_stamp){
        .size = (uint64_t)status->st_size,
        .mtime_ns = (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec,
        .device = (uint64_t)status->st_dev,
        .inode = (uint64_t)status->st_ino,
        .access = access * 0x9e3779b1u | 1u,
    };
}

#endif
