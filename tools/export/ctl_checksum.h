/* The checksum beside a backup: FILE.sha256, as sha256sum(1) writes and checks it. */
#ifndef TOOLS_CTL_CHECKSUM_H
#define TOOLS_CTL_CHECKSUM_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define CHECKSUM_SUFFIX ".sha256"
#define CHECKSUM_TEXT	65 /* hexadecimal, with its NUL */

int checksum_of(const char *path, char text[CHECKSUM_TEXT]) MUST_CHECK; /* ERR_SYSTEM: errno */
int checksum_write(const char *path) MUST_CHECK;
/* OK; ERR_NOT_FOUND: there is none beside it; ERR_STATE: the file is not what was written. */
int checksum_check(const char *path) MUST_CHECK;

#endif
