/* Reading and writing the key file, deriving what is used. See keys.h. */
#include "store/secret/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0600
#define LINE_ROOM 200
#define HEX	  (2 * KEY_OCTETS)
#define FORBIDDEN 027 /* group may not write, others may nothing */

enum { DERIVED_CIPHER = 1, DERIVED_LOOKUP = 2, DERIVED_BLIND = 3 };

static const char context[crypto_kdf_CONTEXTBYTES + 1] = "kabarkey";

static void derive(struct key *key)
{
	unsigned char check[KEY_CHECK / 2];

	crypto_kdf_derive_from_key(
		key->cipher, KEY_OCTETS, DERIVED_CIPHER, context, key->secret);
	crypto_kdf_derive_from_key(
		key->lookup, KEY_OCTETS, DERIVED_LOOKUP, context, key->secret);
	crypto_generichash(check, sizeof(check), (const unsigned char *)"check", 5, key->lookup,
		KEY_OCTETS);
	sodium_bin2hex(key->check, sizeof(key->check), check, sizeof(check));
}

static struct keys *keys_new(void)
{
	struct keys *keys;

	if (sodium_init() < 0 || !(keys = sodium_malloc(sizeof(*keys))))
		abort(); /* no memory, or no randomness: nothing can be kept safe */
	sodium_memzero(keys, sizeof(*keys));
	return keys;
}

void keys_free(struct keys *keys)
{
	sodium_free(keys);
}

int keys_add(struct keys *keys)
{
	struct key *key = &keys->of[keys->count];

	if (keys->count == KEY_GENERATIONS)
		return ERR_LIMIT;
	key->generation = keys->count ? keys->of[keys->count - 1].generation + 1 : 1;
	randombytes_buf(key->secret, KEY_OCTETS);
	derive(key);
	keys->count++;
	return OK;
}

void keys_drop_old(struct keys *keys)
{
	keys->of[0] = keys->of[keys->count - 1];
	sodium_memzero(&keys->of[1], sizeof(keys->of) - sizeof(keys->of[0]));
	keys->count = 1;
}

const struct key *keys_newest(const struct keys *keys)
{
	return &keys->of[keys->count - 1];
}

const struct key *keys_of(const struct keys *keys, int generation)
{
	for (size_t i = 0; i < keys->count; i++) {
		if (keys->of[i].generation == generation)
			return &keys->of[i];
	}
	return NULL;
}

bool keys_stale(const struct keys *keys, const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false; /* what was read stays good */
	return !keys || info.st_ino != keys->inode ||
		info.st_mtim.tv_sec != keys->written.tv_sec ||
		info.st_mtim.tv_nsec != keys->written.tv_nsec;
}

static bool secret_read(const char *hex, unsigned char secret[KEY_OCTETS])
{
	size_t length = 0;

	return sodium_hex2bin(secret, KEY_OCTETS, hex, strlen(hex), NULL, &length, NULL) == 0 &&
		length == KEY_OCTETS;
}

/* false: the line is none of a key file. */
static bool line_read(struct keys *keys, const char *line, bool *audit)
{
	struct key *key = &keys->of[keys->count];
	char hex[HEX + 1] = "";
	bool good = true;

	if (*line == '#' || *line == '\0')
		return true;
	if (sscanf(line, "audit %64[0-9a-f]", hex) == 1) {
		good = !*audit && secret_read(hex, keys->audit);
		*audit = true;
	} else if (keys->count < KEY_GENERATIONS &&
		sscanf(line, "key %9d %64[0-9a-f]", &key->generation, hex) == 2) {
		good = secret_read(hex, key->secret) && key->generation > 0 &&
			(!keys->count || key->generation > key[-1].generation);
		derive(key);
		keys->count++;
	} else {
		good = false;
	}
	sodium_memzero(hex, sizeof(hex));
	return good;
}

static int file_read(struct keys *keys, FILE *in, const char *path, char *detail)
{
	char line[LINE_ROOM];
	bool audit = false, good = true;

	while (good && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\r\n")] = '\0';
		good = line_read(keys, line, &audit);
	}
	sodium_memzero(line, sizeof(line));
	crypto_kdf_derive_from_key(
		keys->blind, KEY_OCTETS, DERIVED_BLIND, context, keys->audit);
	if (good && !ferror(in) && audit && keys->count)
		return OK;
	snprintf(detail, KEYS_DETAIL,
		"%s is no key file of Kabar, or a part of one: put back the copy that you keep",
		path);
	return ERR_CONFIG;
}

static int fail(const char *what, const char *path, char *detail)
{
	snprintf(detail, KEYS_DETAIL, "cannot %s the key file %s: %s", what, path, strerror(errno));
	return ERR_SYSTEM;
}

int keys_load(struct keys **out, const char *path, char detail[KEYS_DETAIL])
{
	FILE *in = fopen(path, "re");
	struct stat info;
	int error;

	*out = NULL;
	if (!in && errno == ENOENT) {
		snprintf(detail, KEYS_DETAIL, "there is no key file %s", path);
		return ERR_NOT_FOUND;
	}
	if (!in)
		return fail("read", path, detail);
	if (fstat(fileno(in), &info) != 0 || (info.st_mode & FORBIDDEN)) {
		snprintf(detail, KEYS_DETAIL, "others may read the key file %s: chmod 600 %s", path,
			path);
		fclose(in);
		return ERR_CONFIG;
	}
	*out = keys_new();
	(*out)->written = info.st_mtim;
	(*out)->inode = info.st_ino;
	error = file_read(*out, in, path, detail);
	fclose(in);
	if (error) {
		keys_free(*out);
		*out = NULL;
	}
	return error;
}

static void file_write(const struct keys *keys, int fd)
{
	char hex[HEX + 1];

	dprintf(fd, "# The key of a store of Kabar. Without it NIK and phone numbers of people in "
		    "it cannot be read.\n"
		    "# Keep a copy in a safe place, and never beside a backup of the database.\n");
	dprintf(fd, "audit %s\n", sodium_bin2hex(hex, sizeof(hex), keys->audit, KEY_OCTETS));
	for (size_t i = 0; i < keys->count; i++)
		dprintf(fd, "key %d %s\n", keys->of[i].generation,
			sodium_bin2hex(hex, sizeof(hex), keys->of[i].secret, KEY_OCTETS));
	sodium_memzero(hex, sizeof(hex));
}

static int sync_directory(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = fd >= 0 && fsync(fd) == 0 ? OK : ERR_SYSTEM;

	if (fd >= 0)
		close(fd);
	free(copy);
	return error;
}

/* Written under another name first; `place` gives it its own. */
static int file_put(const struct keys *keys, const char *path,
	int (*place)(const char *from, const char *to), char *detail)
{
	char *fresh = xasprintf("%s.new", path);
	int error = OK, fd;

	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd >= 0)
		file_write(keys, fd);
	if (fd < 0 || fsync(fd) != 0)
		error = fail("write", path, detail);
	else if (place(fresh, path) != 0)
		error = errno == EEXIST ? ERR_EXISTS : fail("make", path, detail);
	else if (sync_directory(path) != OK)
		error = fail("make", path, detail);
	if (fd >= 0)
		close(fd);
	(void)unlink(fresh);
	free(fresh);
	return error;
}

int keys_save(const struct keys *keys, const char *path, char detail[KEYS_DETAIL])
{
	return file_put(keys, path, rename, detail);
}

int keys_make(const char *path, char detail[KEYS_DETAIL])
{
	struct keys *keys = keys_new();
	int error = keys_add(keys);

	randombytes_buf(keys->audit, KEY_OCTETS);
	if (!error)
		error = file_put(keys, path, link, detail); /* never over one that is there */
	keys_free(keys);
	return error;
}
