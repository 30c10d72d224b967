/* SHA-256 of a file, written beside it: see ctl_checksum.h. */
#include "tools/export/ctl_checksum.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int checksum_of(const char *path, char text[CHECKSUM_TEXT])
{
	unsigned char part[65536], digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	FILE *file = fopen(path, "rb");
	size_t length;
	int error;

	if (!file)
		return ERR_SYSTEM;
	crypto_hash_sha256_init(&state);
	while ((length = fread(part, 1, sizeof(part), file)) > 0)
		crypto_hash_sha256_update(&state, part, length);
	error = ferror(file) ? ERR_SYSTEM : OK;
	fclose(file);
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(text, CHECKSUM_TEXT, digest, sizeof(digest));
	return error;
}

int checksum_write(const char *path)
{
	const char *slash = strrchr(path, '/');
	char text[CHECKSUM_TEXT], *beside = xasprintf("%s" CHECKSUM_SUFFIX, path);
	FILE *file = NULL;
	int error = checksum_of(path, text);

	if (!error)
		file = fopen(beside, "w");
	free(beside);
	if (!file)
		return ERR_SYSTEM;
	fprintf(file, "%s  %s\n", text, slash ? slash + 1 : path);
	if (fflush(file) != 0 || fsync(fileno(file)) != 0)
		error = ERR_SYSTEM;
	return fclose(file) != 0 ? ERR_SYSTEM : error;
}

int checksum_check(const char *path)
{
	char text[CHECKSUM_TEXT], wanted[CHECKSUM_TEXT] = "";
	char *beside = xasprintf("%s" CHECKSUM_SUFFIX, path);
	FILE *file = fopen(beside, "r");
	int error = ERR_NOT_FOUND;

	free(beside);
	if (file) {
		error = fread(wanted, 1, CHECKSUM_TEXT - 1, file) == CHECKSUM_TEXT - 1 ? OK
										       : ERR_STATE;
		fclose(file);
	}
	if (!error)
		error = checksum_of(path, text);
	return error ? error : strcmp(text, wanted) == 0 ? OK : ERR_STATE;
}
