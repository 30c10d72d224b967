/* Where somebody listens: "address:port". */
#ifndef PARSERS_TEXT_LISTEN_H
#define PARSERS_TEXT_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Brackets around an IPv6 address are taken off; whether it is one of this machine's is not asked. */
bool listen_split(const char *listen, char *address, size_t room, uint16_t *port);

#endif
