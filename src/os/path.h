/* Private to os: terminated paths and the words for a failed call. */
#ifndef OKRBOOK_SRC_OS_PATH_H
#define OKRBOOK_SRC_OS_PATH_H

#include "okrbook/base.h"

enum { OKB_PATH_BYTES = 4096 };

/* A terminated copy; false where it does not fit or holds a NUL byte. */
bool okb_path_copy(okb_span path, char out[OKB_PATH_BYTES]);
/* What errno says, in lower case. Borrowed, valid until the next call. */
const char *okb_errno_text(int number);
/* Writes all of it, over interrupts and short writes; 0, or the errno. */
int okb_fd_write_all(int fd, okb_span bytes);

#endif
