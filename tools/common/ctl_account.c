/* Who asks, proven by his password. See ctl_account.h. */
#include "tools/common/ctl_account.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "flows/desk/desk.h"

#define PASSWORD_MAX 200

static bool password_read(const char *path, char password[PASSWORD_MAX + 2])
{
	FILE *in = path ? fopen(path, "re") : stdin;
	bool read = in && fgets(password, PASSWORD_MAX + 2, in);

	if (in && in != stdin)
		fclose(in);
	if (read)
		password[strcspn(password, "\r\n")] = '\0';
	return read;
}

struct turn *ctl_account(struct ctl_world *world, const char *name, const char *password_file)
{
	struct turn *turn = arena_alloc(world->arena, sizeof(*turn));
	char password[PASSWORD_MAX + 2] = "";
	struct account account;
	int error = store_account_get(world->store, world->arena, name, &account);
	bool good;

	if (!password_read(password_file, password)) {
		fprintf(stderr, "kabarctl %s: no password%s%s\n", world->command,
			password_file ? ": " : " on standard input",
			password_file ? strerror(errno) : "");
		return NULL;
	}
	good = error == OK && sodium_init() >= 0 &&
		crypto_pwhash_str_verify(account.hash, password, strlen(password)) == 0 &&
		desk_turn(turn, &world->flow, &account) == OK;
	sodium_memzero(password, sizeof(password));
	if (!good)
		fprintf(stderr, "kabarctl %s: the account or its password is wrong\n",
			world->command);
	return good ? turn : NULL;
}
