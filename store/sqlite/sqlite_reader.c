/* Long readers: see sqlite_reader.h. */
#include "store/sqlite/sqlite_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define MB	    (1 << 20)
#define MOST	    (256LL * MB)
#define PATIENCE_MS 2000
#define LOOK_MS	    100

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sqlite_reader_init(struct sqlite_reader *reader, const struct store_options *options)
{
	*reader = (struct sqlite_reader){
		.most = options->journal_most > 0 ? options->journal_most : MOST,
		.patience = options->reader_ms > 0 ? options->reader_ms : PATIENCE_MS,
	};
	if (options->read_only)
		reader->journal = xasprintf("%s-wal", options->path);
}

void sqlite_reader_free(struct sqlite_reader *reader)
{
	free(reader->journal);
	reader->journal = NULL;
}

void sqlite_reader_begin(struct sqlite_reader *reader)
{
	reader->since = now_ms();
}

bool sqlite_reader_overstays(struct sqlite_reader *reader)
{
	int64_t now = reader->journal ? now_ms() : 0;
	struct stat found;

	if (!reader->journal || now - reader->since < reader->patience ||
		now - reader->looked < (reader->patience < LOOK_MS ? reader->patience : LOOK_MS))
		return false;
	reader->looked = now;
	if (stat(reader->journal, &found) != 0 || found.st_size <= reader->most)
		return false;
	snprintf(reader->reason, sizeof(reader->reason),
		"reading for %lld s while the store's journal has grown to %lld MB: told to give "
		"way; try again when less comes in",
		(long long)(now - reader->since) / 1000, (long long)(found.st_size / MB));
	return true;
}
