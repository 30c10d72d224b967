/* Serials of references in blocks of a gateway. */
#ifndef STORE_SERIAL_H
#define STORE_SERIAL_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct store;

bool serial_in_blocks(const struct store *store);
int serial_of_block(struct store *store, const char *kabupaten, const char *letter_month,
	int *serial) MUST_CHECK;
void serial_free(struct store *store);

#endif
