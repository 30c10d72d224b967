/* The configuration against the file system: see config_prove.h. */
#include "gateway/config/config_prove.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/os/certificate.h"
#include "store/secret/keys.h"

#define LISTEN_MAX 64

struct proof {
	const struct config_main *config;
	struct config_file *file;
	struct config_errors *errors;
	struct arena *arena;
};

static int line_of(const struct proof *proof, const char *section, const char *key)
{
	const struct config_entry *entry = config_find(proof->file, section, key);

	return entry ? entry->line : 0;
}

static const char *directory_of(const struct proof *proof, const char *path)
{
	return dirname(arena_strdup(proof->arena, path));
}

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A file will be made in the directory of path. */
static void prove_place(const struct proof *proof, const char *section, const char *key,
	const char *path, bool may_be_made, const char *remedy)
{
	const char *directory = directory_of(proof, path);
	int line = line_of(proof, section, key);
	bool makable = may_be_made && access(directory, F_OK) != 0 && errno == ENOENT &&
		access(directory_of(proof, directory), W_OK | X_OK) == 0;

	if (is_directory(path))
		config_error(proof->errors, proof->file, line, path,
			"%s is a directory: \"%s\" names a file in it", path, key);
	else if (is_directory(directory) && access(directory, W_OK | X_OK) != 0)
		config_note(proof->errors, proof->file, line, path,
			"you may not write in %s; the user that kabard runs as must", directory);
	else if (!is_directory(directory) && access(directory, F_OK) == 0)
		config_error(
			proof->errors, proof->file, line, path, "%s is no directory", directory);
	else if (!is_directory(directory) && !makable)
		config_error(proof->errors, proof->file, line, path,
			"the directory %s is missing: %s", directory, remedy);
}

static void prove_control(const struct proof *proof)
{
	const char *control = proof->config->control;
	struct sockaddr_un address;

	if (!*control)
		return;
	if (strlen(control) >= sizeof(address.sun_path))
		config_error(proof->errors, proof->file, line_of(proof, "gateway", "control"),
			control, "the path of a socket has at most %zu characters",
			sizeof(address.sun_path) - 1);
	else
		prove_place(proof, "gateway", "control", control, true,
			"make it (install -d -o kabar -g kabar -m 0750), or give another "
			"\"control\"");
}

static void prove_store(const struct proof *proof)
{
	const char *path = proof->config->store_path;
	size_t before = config_errors_count(proof->errors);

	if (proof->config->store_driver != 0)
		return;
	prove_place(proof, "store", "path", path, false,
		"is its disk mounted? A new one is made by: kabarctl store init");
	if (config_errors_count(proof->errors) == before && access(path, F_OK) != 0 &&
		errno == ENOENT)
		config_note(proof->errors, proof->file, line_of(proof, "store", "path"), path,
			"there is no store yet; it is made by: kabarctl store init");
}

static void prove_key(const struct proof *proof)
{
	const struct config_main *config = proof->config;
	int line = line_of(proof, "store", "key");
	char detail[KEYS_DETAIL] = "";
	struct keys *keys;
	int error = keys_load(&keys, config->store_key, detail);

	keys_free(keys);
	if (error == ERR_CONFIG)
		config_error(proof->errors, proof->file, line, config->store_key, "%s", detail);
	else if (error == ERR_SYSTEM)
		config_note(proof->errors, proof->file, line, config->store_key,
			"%s; the user that kabard runs as must", detail);
	else if (error && (config->store_driver != 0 || access(config->store_path, F_OK) == 0))
		config_note(proof->errors, proof->file, line, config->store_key,
			"%s: put back the copy that you keep, or give a store of before its "
			"first one: kabarctl key init", detail);
}

static void prove_assets(const struct proof *proof)
{
	const char *assets = proof->config->web_assets;

	if (*proof->config->web_listen && !is_directory(assets))
		config_error(proof->errors, proof->file, line_of(proof, "web", "assets"), assets,
			"%s is no directory: the web front has no style sheet", assets);
}

static void prove_tls(
	const struct proof *proof, const char *section, const struct link_config *link)
{
	const char *wrong = link->tls_ca ? certificate_wrong(link->tls_ca, NULL) : NULL;

	if (wrong)
		config_error(proof->errors, proof->file, line_of(proof, section, "tls_ca"),
			link->tls_ca, "tls_ca %s: %s", link->tls_ca, wrong);
	else if (link->tls_ca && !link->tls)
		config_note(proof->errors, proof->file, line_of(proof, section, "tls_ca"), "tls_ca",
			"without tls = yes nothing is encrypted");
	if (link->tls && !link->tls_verify)
		config_note(proof->errors, proof->file, line_of(proof, section, "tls_verify"),
			"tls_verify", "anybody may pretend to be this operator");
}

/* Who may change or read a file that holds a password. */
static void prove_secret(const struct proof *proof, int line, const char *path, bool secret)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	if (st.st_mode & S_IWOTH)
		config_error(proof->errors, proof->file, line, path,
			"everybody may write to %s (mode %04o): chmod 0640 %s", path,
			(unsigned)st.st_mode & 07777, path);
	else if (secret && (st.st_mode & S_IROTH))
		config_note(proof->errors, proof->file, line, path,
			"everybody may read the password in %s: chmod 0640 %s", path, path);
}

static void prove_passwords(const struct proof *proof)
{
	bool secret = strstr(proof->config->store_conninfo, "password") != NULL;

	for (size_t i = 0; i < proof->config->nsmsc; i++) {
		const struct config_smsc *smsc = &proof->config->smsc[i];
		const char *section = arena_printf(proof->arena, "smsc %s", smsc->link.name);

		if (*smsc->password_file)
			prove_secret(proof, line_of(proof, section, "password_file"),
				smsc->password_file, true);
		else
			secret |= *smsc->link.password != '\0';
		prove_tls(proof, section, &smsc->link);
	}
	prove_secret(proof, 0, proof->file->path, secret);
}

/* Two of our own listeners at one place: the second would fail. */
static void prove_listeners(const struct proof *proof)
{
	struct {
		const char *section, *listen;
	} list[LISTEN_MAX] = {
		{"http", proof->config->http_listen}, {"web", proof->config->web_listen}};
	size_t count = 2;

	for (size_t i = 0; i < proof->config->nsmsc && count < LISTEN_MAX; i++) {
		list[count].section =
			arena_printf(proof->arena, "smsc %s", proof->config->smsc[i].link.name);
		list[count++].listen = proof->config->smsc[i].link.listen;
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; *list[i].listen && j < i; j++) {
			if (strcmp(list[i].listen, list[j].listen) != 0 ||
				strstr(list[i].listen, ":0"))
				continue;
			config_error(proof->errors, proof->file,
				line_of(proof, list[i].section, "listen"), list[i].listen,
				"[%s] listens at %s already", list[j].section, list[j].listen);
		}
	}
}

void config_prove(const struct config_main *config, const char *path, struct config_errors *errors)
{
	struct config_errors *known = config_errors_new(); /* told when it was loaded */
	struct proof proof = {.config = config, .errors = errors, .arena = arena_new()};

	if (config_file_read(&proof.file, path, known) == OK) {
		prove_control(&proof);
		prove_store(&proof);
		prove_key(&proof);
		prove_assets(&proof);
		prove_passwords(&proof);
		prove_listeners(&proof);
	}
	config_file_free(proof.file);
	config_errors_free(known);
	arena_free(proof.arena);
}
