/* Transcripts over a store that fails once: each is played again and again, and each time another
 * call of the driver inside a transaction fails, or another write to the disk: no room, or a
 * statement that fails. The message is refused and comes again, or runs again alone: everything
 * that the transcript expects must come true all the same, so nothing was done by half.
 *
 *     play_faults [-a] TRANSCRIPT...     -a: every call and write, else some of each transcript,
 * chosen by its name
 *
 * TAP. A control: `swallow` in KABAR_FAULT makes the fault vanish into a success, which must be
 * noticed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gateway/os/log.h"
#include "store/statement/store_state.h"
#include "tools/play/play.h"

#define EACH 4 /* transcripts: a write of one of them */
#define SOME 1 /* fault of a transcript, which its name draws */

static struct {
	const struct driver *real;
	struct driver driver;
	bool batch, swallow, struck;
	long calls, at; /* at 0: none fails */
	long writes, write_at; /* the same of writes to the disk */
	int error;
} fault;

static bool fails(void)
{
	bool now = fault.batch && ++fault.calls == fault.at;

	fault.struck |= now;
	return now;
}

/* What SQLite writes with: a disk that is full for once. */
ssize_t pwrite64(int fd, const void *octets, size_t length, off64_t at)
{
	if (fault.batch && ++fault.writes == fault.write_at) {
		fault.struck = true;
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, octets, length, at);
}

static int fault_begin(void *db)
{
	int error = fault.real->begin(db);

	fault.batch = error == OK;
	return error;
}

static int fault_commit(void *db)
{
	int error = fails() ? fault.error : fault.real->commit(db);

	fault.batch = fault.batch && error != OK;
	return error;
}

static void fault_rollback(void *db)
{
	fault.batch = false;
	fault.real->rollback(db);
}

static int fault_step(void *statement, bool *row)
{
	if (!fails())
		return fault.real->step(statement, row);
	*row = false;
	return fault.swallow ? OK : fault.error;
}

static int fault_prepare(void *db, const char *sql, void **statement)
{
	return fails() && !fault.swallow ? fault.error : fault.real->prepare(db, sql, statement);
}

static bool struck(void)
{
	bool was = fault.struck;

	fault.struck = false;
	return was;
}

static void stand_between(struct store *store)
{
	fault.real = store->driver;
	fault.driver = *store->driver;
	fault.driver.begin = fault_begin;
	fault.driver.commit = fault_commit;
	fault.driver.rollback = fault_rollback;
	fault.driver.step = fault_step;
	fault.driver.prepare = fault_prepare;
	fault.batch = false;
	store->driver = &fault.driver;
}

/* at: the call that fails, or below nought the write. What the play says goes to *said, which the
 * caller frees. */
static bool play(const char *path, long at, int error, char **said)
{
	size_t length;
	static const struct play_faults faults = {stand_between, struck};
	struct play_options options = {.faults = &faults, .out = open_memstream(said, &length)};
	bool good;

	if (options.out == NULL)
		abort();
	fault.calls = 0;
	fault.writes = 0;
	fault.at = at > 0 ? at : 0;
	fault.write_at = at < 0 ? -at : 0;
	fault.error = error;
	good = play_file(path, &options);
	fclose(options.out);
	return good;
}

static uint64_t hash_of(const char *text)
{
	uint64_t hash = 14695981039346656037U;

	while (*text != '\0')
		hash = (hash ^ (unsigned char)*text++) * 1099511628211U;
	return hash;
}

/* Plays with a fault at the given call; true: all went as the transcript says. */
static bool survives(const char *path, long at)
{
	static const struct {
		int error;
		const char *name;
	} kinds[] = {{ERR_STORE_FULL, "no room"}, {ERR_STORE, "a statement that fails"}};
	char *said = NULL;
	bool good = play(path, at, kinds[at > 0 ? at % 2 : 0].error, &said);

	if (!good)
		printf("# %s %ld, %s:\n# %s\n", at > 0 ? "call" : "write", labs(at),
			kinds[at > 0 ? at % 2 : 0].name, said);
	free(said);
	return good;
}

static bool test(const char *path, bool all)
{
	const char *name = strstr(path, "tests/play/") ? strstr(path, "tests/play/") + 11 : path;
	uint64_t seed = hash_of(name);
	char *said = NULL;
	bool good = play(path, 0, OK, &said);
	long calls = fault.calls, faults = all || calls < SOME ? calls : SOME, bad = 0;
	long writes = fault.writes > 0 && (all || seed % EACH == 0) ? fault.writes : 0;

	if (!good)
		printf("# without a fault: %s\n", said);
	free(said);
	for (long i = 0; good && i < faults; i++) {
		seed = seed * 6364136223846793005U + 1442695040888963407U;
		bad += !survives(path,
			all || calls < SOME ? i + 1 : 1 + (long)((seed >> 33) % (uint64_t)calls));
	}
	for (long i = 1; good && i <= writes; i += all ? 1 : writes)
		bad += !survives(path, all ? -i : -1 - (long)((seed >> 33) % (uint64_t)writes));
	printf("%s - %s: %ld of %ld calls failed once\n", good && bad == 0 ? "ok" : "not ok", name,
		faults, calls);
	fflush(stdout);
	return good && bad == 0;
}

int main(int argc, char **argv)
{
	bool all = argc > 1 && strcmp(argv[1], "-a") == 0, good = true;
	const char *kind = getenv("KABAR_FAULT");

	log_set_quiet(true);
	fault.swallow = kind != NULL && strcmp(kind, "swallow") == 0;
	for (int i = 1 + all; i < argc; i++)
		good &= test(argv[i], all);
	printf("1..%d\n", argc - 1 - all);
	return good ? 0 : 1;
}
