/* Private to os: terminated paths and whole writes. */
#ifndef OKRBOOK_SRC_OS_PATH_H
#define OKRBOOK_SRC_OS_PATH_H

#include "okrbook/os.h"

enum { OKB_PATH_BYTES = 4096 };

/* A terminated copy; false where it does not fit or holds a NUL byte. */
bool okb_path_copy(okb_span path, char out[OKB_PATH_BYTES]);
/* Writes all of it, over interrupts and short writes; 0, or the errno. */
int okb_fd_write_all(int fd, okb_span bytes);

#endif
