/* A disk that the test holds in its hand: the calls below libsqlite are replaced in this program.
 *
 * What a file held at its last sync is kept beside it; faults_power_cut() copies that into another
 * directory, which is what a machine would find after losing its power at this moment.
 */
#ifndef TESTS_STORE_DISK_FAULTS_H
#define TESTS_STORE_DISK_FAULTS_H

#include <stdbool.h>

struct disk_faults {
	bool track;      /* remember what is synced */
	bool lying_sync; /* sync says yes and does nothing */
	int write_errno; /* each write fails so; 0: none */
	int sync_errno;
};
extern struct disk_faults disk_faults;

/* name: of the database in `from`; its durable state, and its journal's, appear in `to`. */
void faults_power_cut(const char *from, const char *to, const char *name);

#endif
