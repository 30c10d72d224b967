/* kabarctl user: the accounts of the web front. The password is read from standard input, never
 * from the command line. */
#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "flows/turn/turn.h"
#include "store/people/account.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"

#define PASSWORD_MIN 10
#define PASSWORD_MAX 200
#define LIST_MOST    1000

/* A line without echo when it is a terminal. The caller frees it; NULL: none. */
static char *line_read(const char *prompt)
{
	struct termios old, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &old) == 0;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (terminal) {
		fputs(prompt, stderr);
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	length = getline(&line, &room, stdin);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
		fputc('\n', stderr);
	}
	if (length < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

/* OK: *hash is in the arena; what is wrong with the password was printed. */
static int password_hash(struct ctl_world *world, const char **hash)
{
	char *out = arena_alloc(world->arena, crypto_pwhash_STRBYTES);
	char *password = line_read("Password: ");
	size_t length = password ? strlen(password) : 0;
	int error = ERR_SYNTAX;

	if (length < PASSWORD_MIN || length > PASSWORD_MAX)
		fprintf(stderr, "kabarctl user: a password has %d to %d characters\n", PASSWORD_MIN,
			PASSWORD_MAX);
	else if (sodium_init() < 0 ||
		crypto_pwhash_str(out, password, length, crypto_pwhash_OPSLIMIT_INTERACTIVE,
			crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		fprintf(stderr, "kabarctl user: no memory for the hash\n");
	else
		error = OK;
	if (password)
		sodium_memzero(password, length);
	free(password);
	*hash = out;
	return error;
}

static bool name_good(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < length; i++) {
		if (!islower((unsigned char)name[i]) && !isdigit((unsigned char)name[i]) &&
			strchr(".-_", name[i]) == NULL)
			return false;
	}
	return length >= 2 && length <= 32;
}

/* Has the role somewhere to look at? */
static bool scope_good(struct ctl_world *world, const char *role, const char *areas)
{
	const struct person person = {.role = role, .areas = areas};
	struct sender sender;

	person_to_sender(&world->flow, &person, &sender);
	if (sender.role < ROLE_BIDAN)
		fprintf(stderr,
			"kabarctl user: the role is bidan, desa, puskesmas, dinkes or "
			"provinsi\n");
	else if (sender.narea == 0)
		fprintf(stderr, "kabarctl user: \"%s\" is no area on file\n", areas);
	else
		return true;
	return false;
}

static int finish(struct ctl_world *world, const char *action, const char *name, int error)
{
	if (!error)
		error = ctl_audit(world, action, name, NULL, NULL);
	if (!error)
		error = store_batch_commit(world->store);
	else
		store_batch_rollback(world->store);
	return error;
}

static int user_add(struct ctl_world *world, const char *name, const char *role, const char *areas,
	const char *full)
{
	struct account account = {.name = name,
		.full_name = full ? full : name,
		.role = role,
		.areas = areas,
		.state = "active"};
	int error;

	if (!name_good(name)) {
		fprintf(stderr, "kabarctl user: a name has 2 to 32 small letters, digits, . - _\n");
		return 1;
	}
	if (!role || !areas) {
		fprintf(stderr, "kabarctl user: give --role and --area\n");
		return 2;
	}
	if (!scope_good(world, role, areas) || password_hash(world, &account.hash))
		return 1;
	error = store_batch_begin(world->store);
	if (!error)
		error = finish(world, "user add", name, store_account_put(world->store, &account));
	if (!error)
		printf("%s may log in as %s of %s\n", name, role, areas);
	return ctl_world_status(world, error);
}

static int user_change(struct ctl_world *world, const char *name, const char *action)
{
	bool password = strcmp(action, "password") == 0;
	const char *hash = NULL;
	const char *state = password ? NULL : strcmp(action, "enable") == 0 ? "active" : "disabled";
	int error;

	if (password && password_hash(world, &hash))
		return 1;
	error = store_batch_begin(world->store);
	if (error)
		return ctl_world_status(world, error);
	error = store_account_change(world->store, name, hash, state);
	if (error == ERR_NOT_FOUND)
		fprintf(stderr, "kabarctl user: there is no account \"%s\"\n", name);
	error = finish(world, arena_printf(world->arena, "user %s", action), name, error);
	if (!error)
		printf("%s: %s; all its sessions are over\n", name,
			password ? "new password" : state);
	return error == ERR_NOT_FOUND ? 1 : ctl_world_status(world, error);
}

static int user_list(struct ctl_world *world, bool as_json)
{
	json_t *list = as_json ? json_array() : NULL;
	struct account *rows = xcalloc(LIST_MOST, sizeof(*rows));
	size_t count;
	int error = store_account_list(world->store, world->arena, rows, LIST_MOST, &count);

	for (size_t i = 0; !error && !list && i < count; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", rows[i].name, rows[i].role, rows[i].areas,
			rows[i].state, rows[i].full_name);
	for (size_t i = 0; !error && list && i < count; i++)
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", rows[i].name, "role",
				rows[i].role, "areas", rows[i].areas, "state", rows[i].state,
				"full_name", ctl_json_text(rows[i].full_name)));
	free(rows);
	if (list && !error)
		return ctl_json_print(list);
	json_decref(list);
	return ctl_world_status(world, error);
}

int ctl_user(struct ctl *ctl, int argc, char **argv)
{
	const char *role = NULL, *area = NULL, *full = NULL;
	bool as_json = false;
	const struct ctl_option options[] = {{"role", &role, NULL}, {"area", &area, NULL},
		{"name", &full, NULL}, {"json", NULL, &as_json}, {0}};
	struct ctl_world world;
	int status, first = ctl_options(argc, argv, options);
	const char *action = first > 0 && first < argc ? argv[first] : "";
	bool list = strcmp(action, "list") == 0 && argc - first == 1;
	bool change = argc - first == 2 &&
		(strcmp(action, "password") == 0 || strcmp(action, "disable") == 0 ||
			strcmp(action, "enable") == 0);
	bool add = argc - first == 2 && strcmp(action, "add") == 0;

	if (first < 0)
		return 2;
	if ((!list && !change && !add) || (as_json && !list))
		return ctl_usage_error(argv[0],
			"give add NAME --role R --area A, password NAME, disable NAME, enable NAME "
			"or list [--json]");
	if (ctl_world_open(&world, ctl, argv[0], list))
		status = 1;
	else if (list)
		status = user_list(&world, as_json);
	else if (add)
		status = user_add(&world, argv[first + 1], role, area, full);
	else
		status = user_change(&world, argv[first + 1], action);
	ctl_world_close(&world);
	return status;
}
