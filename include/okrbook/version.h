/* The one copy of the version number. */
#ifndef OKRBOOK_VERSION_H
#define OKRBOOK_VERSION_H

#define OKB_VERSION "0.1.0"

#endif
