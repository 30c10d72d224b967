/* Who reads for long gives way: while one reads, the journal (WAL) cannot begin anew, and grows
 * with every message. When it is larger than it should be, a reader that began some time ago is told to
 * go: ERR_STORE_BUSY.
 */
#ifndef STORE_SQLITE_SQLITE_READER_H
#define STORE_SQLITE_SQLITE_READER_H

#include <stdint.h>

#include "store/driver/driver.h"

struct sqlite_reader {
	char *journal; /* its path; NULL: not watched */
	int64_t most; /* octets */
	int64_t patience; /* milliseconds */
	int64_t since, looked; /* monotonic milliseconds: began to read; last look at the journal */
	char reason[160]; /* why it was told to go */
};

void sqlite_reader_init(struct sqlite_reader *reader, const struct store_options *options);
void sqlite_reader_free(struct sqlite_reader *reader);
void sqlite_reader_begin(struct sqlite_reader *reader); /* it begins to read */
/* Looks ten times a second at most. */
bool sqlite_reader_overstays(struct sqlite_reader *reader);

#endif
