/* Room on the disk of the database: refuse before it is full, and keep a ballast file to give up
 * when it is.
 *
 * The ballast is what the checkpoint needs when nothing else is left: it is removed when the store
 * reports a full disk, and written again once there is room for it and the reserve.
 */
#ifndef GATEWAY_DISK_H
#define GATEWAY_DISK_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct disk;

struct disk_setup {
	const char *path; /* of the database; the ballast is PATH.ballast */
	int64_t reserve, ballast; /* octets */
	int64_t (*room)(const char *path); /* octets free; NULL: statvfs(3) */
};

struct disk *disk_new(const struct disk_setup *setup); /* writes the ballast if there is room */
void disk_free(struct disk *disk); /* the ballast stays */

/* May we take messages? Asks the file system at most once a second. Restores the ballast when there
 * is room again. */
bool disk_ok(struct disk *disk);
/* The store said full: gives up the ballast; disk_ok() is false until there is room again (asked
 * once a second). */
void disk_on_full(struct disk *disk);
/* false: in the reserve there may still be room for what gets messages out. */
bool disk_is_full(const struct disk *disk);
struct disk_figures {
	int64_t room, store, wal; /* octets */
	bool refuses; /* disk_ok() is false */
};
void disk_figures(struct disk *disk, struct disk_figures *out);
void disk_set_reserve(struct disk *disk, int64_t reserve);

#endif
