/* Frames of the journal, gathered: see sqlite_frames.h. The format of the journal is SQLite's: a
 * header of 32 octets, then frames of 24 octets and a page; the second word of a frame is not 0
 * when it commits. Such a head is handed on at once, with all in front of it, and its page behind
 * it: what is gathered never outlives the transaction, for pages that are not committed yet are
 * kept back (PRAGMA cache_spill, sqlite_journal.c). */
#include "store/sqlite/sqlite_frames.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/util.h"

#define NAME	    "kabar-frames"
#define ROOM	    (120 * 1024) /* SQLite writes 128 KiB at once at most */
#define FRAME_HEAD  24
#define FIRST_FRAME 32

/* A file of SQLite's own lies behind it in the same memory. */
struct file {
	sqlite3_file base;
	char *room; /* NULL: nothing was written yet */
	size_t length;
	sqlite3_int64 at; /* where it belongs */
	bool committed; /* what comes next belongs to the frame that commits */
};

static sqlite3_vfs vfs;
static sqlite3_vfs *usual;
static bool usable;

static sqlite3_file *real_of(sqlite3_file *base)
{
	return (sqlite3_file *)((struct file *)base + 1);
}

static int hand_on(struct file *file)
{
	sqlite3_file *real = real_of(&file->base);
	size_t length = file->length;

	file->length = 0;
	return length == 0 ? SQLITE_OK
			   : real->pMethods->xWrite(real, file->room, (int)length, file->at);
}

static int on_close(sqlite3_file *base)
{
	struct file *file = (struct file *)base;
	sqlite3_file *real = real_of(base);
	int code = hand_on(file), closed = real->pMethods->xClose(real);

	free(file->room);
	return code != SQLITE_OK ? code : closed;
}

static int on_read(sqlite3_file *base, void *data, int length, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(base);
	int code = hand_on((struct file *)base);

	return code != SQLITE_OK ? code : real->pMethods->xRead(real, data, length, at);
}

static bool is_head(int length, sqlite3_int64 at)
{
	return length == FRAME_HEAD && at >= FIRST_FRAME;
}

static bool commits(const void *head)
{
	static const unsigned char none[4];

	return memcmp((const char *)head + sizeof(none), none, sizeof(none)) != 0;
}

static int on_write(sqlite3_file *base, const void *data, int length, sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	sqlite3_file *real = real_of(base);
	int code = SQLITE_OK;

	if (is_head(length, at))
		file->committed = commits(data);
	else if (file->committed)
		return real->pMethods->xWrite(real, data, length, at);
	if (file->length > 0 && (at != file->at + (sqlite3_int64)file->length ||
					(size_t)length > ROOM - file->length))
		code = hand_on(file);
	if (code != SQLITE_OK)
		return code;
	if (at < FIRST_FRAME || (size_t)length > ROOM)
		return real->pMethods->xWrite(real, data, length, at);
	if (!file->room)
		file->room = xcalloc(1, ROOM);
	if (file->length == 0)
		file->at = at;
	memcpy(file->room + file->length, data, (size_t)length);
	file->length += (size_t)length;
	return file->committed ? hand_on(file) : SQLITE_OK;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(base);
	int code = hand_on((struct file *)base);

	return code != SQLITE_OK ? code : real->pMethods->xTruncate(real, size);
}

static int on_sync(sqlite3_file *base, int flags)
{
	sqlite3_file *real = real_of(base);
	int code = hand_on((struct file *)base);

	return code != SQLITE_OK ? code : real->pMethods->xSync(real, flags);
}

static int on_size(sqlite3_file *base, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(base);
	int code = hand_on((struct file *)base);

	return code != SQLITE_OK ? code : real->pMethods->xFileSize(real, size);
}

static int on_lock(sqlite3_file *base, int level)
{
	return real_of(base)->pMethods->xLock(real_of(base), level);
}

static int on_unlock(sqlite3_file *base, int level)
{
	return real_of(base)->pMethods->xUnlock(real_of(base), level);
}

static int on_reserved(sqlite3_file *base, int *out)
{
	return real_of(base)->pMethods->xCheckReservedLock(real_of(base), out);
}

static int on_control(sqlite3_file *base, int what, void *argument)
{
	return real_of(base)->pMethods->xFileControl(real_of(base), what, argument);
}

static int on_sector(sqlite3_file *base)
{
	return real_of(base)->pMethods->xSectorSize(real_of(base));
}

static int on_device(sqlite3_file *base)
{
	return real_of(base)->pMethods->xDeviceCharacteristics(real_of(base));
}

/* What maps memory is asked of the database's file only: version 1 is all that a journal needs. */
static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_reserved,
	.xFileControl = on_control,
	.xSectorSize = on_sector,
	.xDeviceCharacteristics = on_device,
};

static int on_open(
	sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
	struct file *file = (struct file *)base;
	int code;

	(void)self;
	if (!(flags & SQLITE_OPEN_WAL))
		return usual->xOpen(usual, name, base, flags, out_flags);
	memset(file, 0, sizeof(*file));
	code = usual->xOpen(usual, name, real_of(base), flags, out_flags);
	if (real_of(base)->pMethods)
		file->base.pMethods = &methods;
	return code;
}

static void begin(void)
{
	usual = sqlite3_vfs_find(NULL);
	if (!usual)
		return;
	vfs = *usual;
	vfs.zName = NAME;
	vfs.pNext = NULL;
	vfs.szOsFile = (int)sizeof(struct file) + usual->szOsFile;
	vfs.xOpen = on_open;
	usable = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
}

const char *sqlite_frames_vfs(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, begin);
	return usable ? NAME : NULL;
}
