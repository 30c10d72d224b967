/* Files of X.509 certificates (PEM). No include of error.h: OpenSSL has an ERR_STATE of its own. */
#ifndef GATEWAY_CERTIFICATE_H
#define GATEWAY_CERTIFICATE_H

#include <stdint.h>

/* NULL when there is at least one certificate in the file; else why not. *end (may be NULL): UTC
 * seconds at which the first of them to end ends. */
const char *certificate_wrong(const char *path, int64_t *end);

#endif
