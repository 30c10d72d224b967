/* Which store it is, and how far it was: see identity.h. */
#include "gateway/os/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gateway/os/log.h"

struct known {
	char id[STORE_ID];
	int64_t accepted;
};

/* false: there is no such file, or it says nothing. */
static bool known_read(const char *path, struct known *known)
{
	char *name = xasprintf("%s.id", path);
	FILE *in = fopen(name, "re");
	bool read = false;

	*known = (struct known){0};
	if (in) {
		read = fscanf(in, "id=%32[0-9a-f]\naccepted=%" SCNd64, known->id,
			       &known->accepted) == 2;
		fclose(in);
	}
	free(name);
	return read;
}

static int sync_directory(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd >= 0 && fsync(fd) == 0 ? OK : ERR_SYSTEM;

	if (fd >= 0)
		close(fd);
	free(copy);
	return rc;
}

/* A whole new file under another name first: it is there wholly or not at all. */
static int known_write(const char *path, const struct known *known)
{
	char *name = xasprintf("%s.id", path), *fresh = xasprintf("%s.id.new", path);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640), rc = ERR_SYSTEM;

	if (fd >= 0 &&
		dprintf(fd, "id=%s\naccepted=%" PRId64 "\n", known->id, known->accepted) > 0 &&
		fsync(fd) == 0 && rename(fresh, name) == 0)
		rc = sync_directory(path);
	if (fd >= 0)
		close(fd);
	free(name);
	free(fresh);
	return rc;
}

int identity_check(struct store *store, const char *path, const struct crash *crash,
	char detail[IDENTITY_DETAIL])
{
	struct known known, now = {0};
	int64_t acknowledged = crash ? crash_acknowledged(crash) : 0, last;
	bool is_known = known_read(path, &known);
	int rc = store_id(store, now.id, &last);

	detail[0] = '\0';
	if (rc != OK)
		return rc;
	now.accepted = last;
	if (is_known && strcmp(known.id, now.id) != 0) {
		snprintf(detail, IDENTITY_DETAIL,
			"%s is another store (%.8s) than the one before (%.8s). If that is meant: "
			"kabarctl store accept",
			path, now.id, known.id);
		return ERR_STATE;
	}
	if (last < acknowledged || (is_known && last < known.accepted)) {
		int64_t before = acknowledged > known.accepted ? acknowledged : known.accepted;

		snprintf(detail, IDENTITY_DETAIL,
			"%s is older than it was: it ends with message %" PRId64 ", but %" PRId64
			" was stored before. The acknowledgements of %" PRId64 " to %" PRId64
			" (%" PRId64 ") are in doubt. Bring the right file or its -wal back, or: "
			"kabarctl store accept",
			path, last, before, last + 1, before, before - last);
		return ERR_STATE;
	}
	if (!is_known && known_write(path, &now) != OK)
		log_warn("store", "%s.id cannot be written: %s", path, strerror(errno));
	return OK;
}

int identity_accept(struct store *store, const char *path)
{
	struct known now = {0};
	char *crash = xasprintf("%s.crash", path);
	int rc = store_id(store, now.id, &now.accepted);

	if (rc == OK)
		rc = crash_accept(crash, now.accepted);
	if (rc == OK)
		rc = known_write(path, &now);
	free(crash);
	return rc;
}
