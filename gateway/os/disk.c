/* The reserve and the ballast: see disk.h. */
#include "gateway/os/disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"

#define ASK_EVERY_MS 1000

struct disk {
	char *path, *ballast_path;
	_Atomic int64_t reserve; /* a reload changes it from the loop thread */
	int64_t ballast;
	int64_t (*room)(const char *path);
	int64_t asked; /* clock_now() */
	bool ok, full, has_ballast; /* full: the store said so, and nothing got better since */
};

static int64_t room_of(const char *path)
{
	struct statvfs fs;

	if (statvfs(path, &fs) != 0)
		return INT64_MAX; /* no file yet, or no answer: the store will tell */
	return (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}

/* Real blocks; a file that could not be filled is removed again. */
static bool write_ballast(const struct disk *disk)
{
	int fd = open(disk->ballast_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	bool done;

	if (fd < 0)
		return false;
	done = posix_fallocate(fd, 0, disk->ballast) == 0;
	close(fd);
	if (!done)
		unlink(disk->ballast_path);
	return done;
}

static void keep_ballast(struct disk *disk, int64_t room)
{
	if (!disk->ok || disk->ballast == 0 || disk->has_ballast ||
		room < disk->reserve + disk->ballast)
		return;
	disk->has_ballast = write_ballast(disk);
}

static void ask(struct disk *disk)
{
	int64_t room = disk->room(disk->path);
	bool was = disk->ok;
	/* After a full disk the ballast alone, just given up, is no room: it would only be filled
	 * again. */
	int64_t needed = disk->reserve + (was || disk->has_ballast ? 0 : 2 * disk->ballast);

	disk->asked = clock_now();
	disk->ok = room >= needed;
	if (room > disk->ballast)
		disk->full = false;
	keep_ballast(disk, room);
	if (was && !disk->ok)
		log_error("disk", "too little room, messages are refused free=%lld reserve=%lld",
			(long long)room, (long long)disk->reserve);
	else if (!was && disk->ok)
		log_info("disk", "room again free=%lld", (long long)room);
}

struct disk *disk_new(const struct disk_setup *setup)
{
	struct disk *disk = xcalloc(1, sizeof(*disk));
	struct stat st;

	disk->path = xstrdup(setup->path);
	disk->ballast_path = xasprintf("%s.ballast", setup->path);
	disk->reserve = setup->reserve;
	disk->ballast = setup->ballast;
	disk->room = setup->room ? setup->room : room_of;
	disk->has_ballast = stat(disk->ballast_path, &st) == 0 && st.st_size >= disk->ballast;
	disk->ok = true;
	ask(disk);
	return disk;
}

void disk_free(struct disk *disk)
{
	if (!disk)
		return;
	free(disk->path);
	free(disk->ballast_path);
	free(disk);
}

bool disk_ok(struct disk *disk)
{
	if (clock_now() - disk->asked >= ASK_EVERY_MS)
		ask(disk);
	return disk->ok;
}

void disk_on_full(struct disk *disk)
{
	if (disk->ok)
		log_error("disk", "the store is full, messages are refused");
	disk->ok = false;
	disk->full = true;
	disk->asked = clock_now();
	if (disk->has_ballast && unlink(disk->ballast_path) == 0)
		disk->has_ballast = false;
}

void disk_set_reserve(struct disk *disk, int64_t reserve)
{
	disk->reserve = reserve;
}

bool disk_is_full(const struct disk *disk)
{
	return disk->full;
}

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : 0;
}

void disk_figures(struct disk *disk, struct disk_figures *out)
{
	char *wal = xasprintf("%s-wal", disk->path);

	out->refuses = !disk_ok(disk);
	out->room = disk->room(disk->path);
	out->store = size_of(disk->path);
	out->wal = size_of(wal);
	free(wal);
}
