/* Backups of the store: FILE, FILE.sha256 (as sha256sum writes it) and FILE.manifest (JSON: which
 * store, until which message, how many rows of each table). The key of a store is never part of
 * them: it is kept elsewhere. */
#ifndef TOOLS_BACKUP_H
#define TOOLS_BACKUP_H

#include "store/base/store.h"
#include "tools/common/ctl.h"

/* Writes FILE and what belongs to it; prints what is wrong. progress: a line on stderr that moves. */
int backup_make(const struct ctl *ctl, const char *command, const char *path, bool progress)
	MUST_CHECK;

/* What a backup turned out to hold. */
struct backup_found {
	char id[STORE_ID];
	int64_t last, made, reports, octets;
};
/* Octet for octet what was written, sound, and with the rows that its manifest names; prints what
 * is not so. Needs the store's key that kabar.conf names. */
int backup_check(const struct ctl *ctl, const char *command, const char *path,
	struct backup_found *found) MUST_CHECK;
void backup_remove_beside(const char *path); /* what belongs to FILE, when that is gone */

#endif
