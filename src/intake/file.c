/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void closep(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

int ds_file_open(const char *path, int64_t *size, ds_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        ds_fail(err, DS_IO, ds_intake_reason(errno), 0);
        return -1;
    }
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        ds_fail(err, DS_BAD, "not a file or folder; kept out", 0);
        return -1;
    }
    *size = st.st_size;
    return fd;
}

int ds_input_open(const char *path, int64_t *size, ds_err *err)
{
    if (strcmp(path, "-") != 0)
        return ds_file_open(path, size, err);
    int fd = dup(STDIN_FILENO);
    *size = -1;
    if (fd < 0)
        ds_fail(err, DS_IO, ds_intake_reason(errno), 0);
    return fd;
}

ssize_t ds_input_read(int fd, char *at, size_t room, ds_err *err)
{
    ssize_t n;
    do
        n = read(fd, at, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        ds_fail(err, DS_IO, ds_intake_reason(errno), 0);
    return n;
}

/* Reads until `room` bytes or the end of the file. Negative: errno. */
static ssize_t read_all(int fd, char *at, size_t room)
{
    size_t len = 0;
    while (len < room) {
        ssize_t n = read(fd, at + len, room - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

ds_status ds_file_read(ds_arena *a, const char *path, ds_str *out, ds_err *err)
{
    int64_t size = 0;
    DS_AUTO(closep) int fd = ds_file_open(path, &size, err);
    if (fd < 0)
        return err ? err->code : DS_IO;
    if (size > (int64_t)DS_INTAKE_MAX_BYTES)
        return ds_fail(err, DS_LIMIT, "larger than 64 MB; kept out", 0);
    /* One byte more than the size: a file that grows meanwhile is read as it was. */
    char *at = ds_arena_alloc(a, (size_t)size + 1);
    if (!at)
        return ds_fail(err, DS_NOMEM, "no memory left", 0);
    ssize_t len = read_all(fd, at, (size_t)size);
    if (len < 0)
        return ds_fail(err, DS_IO, ds_intake_reason(errno), 0);
    *out = (ds_str){at, (size_t)len};
    return DS_OK;
}
