/* A file system for SQLite that writes a transaction's frames to the journal in one go. SQLite writes
 * a header and a page for each of them: of what a message costs the system that was most.
 *
 * What SQLite was told to be written is in the file before a commit is seen: the frame that commits
 * is handed on together with all in front of it, and its error is that of SQLite's own write. Whoever
 * reads, syncs, cuts or asks for the size of the journal through this handle finds all of it.
 */
#ifndef STORE_SQLITE_FRAMES_H
#define STORE_SQLITE_FRAMES_H

/* Its name for sqlite3_open_v2(); NULL, the usual one, when it cannot be had. */
const char *sqlite_frames_vfs(void);

#endif
