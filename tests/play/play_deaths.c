/* Transcripts, and what becomes of a message that finds no memory, or a disk that breaks: each
 * transaction is begun first by children in which one allocation, or one write, fails. A child must
 * end at once (abort, as util.h promises), fail the transaction, or do to the store exactly what it
 * does otherwise: nothing is left out because there was no room for it. None may end in any other
 * way, or commit after a write that failed. Then the parent does it, on the store as the dead left
 * it, and the transcript must come true.
 *
 *     play_deaths [-a] TRANSCRIPT...     -a: every allocation and write, else one of each
 * transaction
 *
 * TAP. A control: `swallow` in KABAR_FAULT leaves a parameter out where an allocation fails, which
 * must be noticed. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "flows/record/report_json.h"
#include "gateway/os/log.h"
#include "store/statement/store_state.h"
#include "tools/play/play.h"

#define ALLOCATIONS_MOST 64   /* where the one that fails without -a is looked for */
#define WRITES_MOST      16
#define CHILDREN_MOST    200000 /* of a transaction: a loop that never comes to its commit */

/* How a child ends that does not die. */
enum end { BEYOND = 40, AS_EVER, REFUSED, COMMITTED };

static const struct driver *real;
static struct driver driver;
static bool all, swallow, child, child_writes;
static long allocations_left, writes_left; /* until the one that fails; 0: none does */
static bool struck, rolled_back, wrote;
static uint64_t digest; /* of what the transaction asks and does */

static struct shared {
	size_t n;
	uint64_t digests[CHILDREN_MOST]; /* of children that went on */
	long at[CHILDREN_MOST];
} *shared;

static struct {
	long children, died, went_on, refused, bad;
	uint64_t draw;
	const char *name;
} play_of;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static bool allocation_fails(void)
{
	if (allocations_left == 0 || --allocations_left > 0)
		return false;
	struck = true;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return allocation_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return allocation_fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return allocation_fails() ? NULL : __libc_realloc(old, size);
}

ssize_t pwrite64(int fd, const void *octets, size_t length, off64_t at)
{
	wrote = true;
	if (writes_left > 0 && --writes_left == 0) {
		struck = true;
		errno = EIO;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, octets, length, at);
}

/* In the child of a write no sync comes true, also where there are fewer writes: nothing that the
 * parent does again may stand in the store already. */
static int sync_file(int fd, long number)
{
	if (child_writes) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(number, fd);
}

int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

static void note(const void *octets, size_t length)
{
	const unsigned char *at = octets;

	for (size_t i = 0; i < length; i++)
		digest = (digest ^ at[i]) * 1099511628211U;
}

static long drawn(long most)
{
	play_of.draw = play_of.draw * 6364136223846793005U + 1442695040888963407U;
	return 1 + (long)((play_of.draw >> 33) % (uint64_t)most);
}

static void complain(const char *what, bool write, long at)
{
	play_of.bad++;
	printf("# %s: %s %ld: %s\n", play_of.name, write ? "write" : "allocation", at, what);
}

static _Noreturn void child_end(enum end end)
{
	if (end == AS_EVER && shared->n < CHILDREN_MOST) {
		shared->at[shared->n] = play_of.children;
		shared->digests[shared->n++] = digest;
	}
	_exit(end);
}

/* False: there are not so many. */
static bool judge(int status, bool write, long at)
{
	int end = WIFEXITED(status) ? WEXITSTATUS(status) : 0;

	play_of.children++;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && !write)
		play_of.died++;
	else if (WIFSIGNALED(status))
		complain(strsignal(WTERMSIG(status)), write, at);
	else if (end == AS_EVER)
		play_of.went_on++;
	else if (end == REFUSED)
		play_of.refused++;
	else if (end != BEYOND)
		complain(end == COMMITTED ? "committed all the same" : "ended", write, at);
	return end != BEYOND;
}

/* In a child: true; in the parent after its end: false, and whether there are so many. */
static bool try_with(bool write, long at, bool *so_many)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		abort();
	if (pid > 0) {
		if (waitpid(pid, &status, 0) != pid)
			abort();
		*so_many = judge(status, write, at);
		return false;
	}
	child = true;
	child_writes = write;
	if (dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO) < 0)
		abort();
	play_of.children = at;
	if (write)
		writes_left = at;
	else
		allocations_left = at;
	return true;
}

/* True in a child, which goes on. */
static bool children(void)
{
	bool so_many = true;

	shared->n = 0;
	if (!all)
		return try_with(false, drawn(drawn(ALLOCATIONS_MOST)), &so_many) ||
			try_with(true, drawn(WRITES_MOST), &so_many);
	for (int write = 0; write < 2; write++) {
		so_many = true;
		for (long at = 1; so_many && at < CHILDREN_MOST; at++) {
			if (try_with(write, at, &so_many))
				return true;
		}
	}
	return false;
}

static int death_begin(void *db)
{
	int error;

	if (!child && children())
		digest = 0;
	error = real->begin(db);
	digest = 14695981039346656037U;
	return error;
}

static int death_commit(void *db)
{
	if (!child) {
		for (size_t i = 0; i < shared->n; i++) {
			if (shared->digests[i] != digest)
				complain("did otherwise", false, shared->at[i]);
		}
		return real->commit(db);
	}
	allocations_left = 0;
	wrote = false;
	if (child_writes && real->commit(db) == OK)
		child_end(struck || wrote ? COMMITTED : BEYOND);
	child_end(!struck ? BEYOND : rolled_back || child_writes ? REFUSED : AS_EVER);
}

static void death_rollback(void *db)
{
	if (child && struck && writes_left == 0 && allocations_left == 0)
		rolled_back = true;
	real->rollback(db);
}

/* Without the numbers of people in it, sealed otherwise each time (store/secret/seal.h). */
static void note_text(const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *token = memmem(text, (size_t)(end - text), "<~", 2), *behind;

		note(text, (size_t)((token ? token : end) - text));
		behind = token ? memmem(token, (size_t)(end - token), "~>", 2) : NULL;
		text = behind ? behind + 2 : end;
	}
}

static int death_bind(void *statement, int index, const struct param *param)
{
	note(&index, sizeof(index));
	note(&param->type, sizeof(param->type));
	note(&param->integer, sizeof(param->integer));
	if (param->type == PARAM_TEXT && !param->secret && param->data != NULL &&
		!(swallow && struck))
		note_text(param->data, param->length);
	return real->bind(statement, index, param);
}

static int death_prepare(void *db, const char *sql, void **statement)
{
	note(sql, strlen(sql));
	return real->prepare(db, sql, statement);
}

static void stand_between(struct store *store)
{
	real = store->driver;
	driver = *store->driver;
	driver.begin = death_begin;
	driver.commit = death_commit;
	driver.rollback = death_rollback;
	driver.bind = death_bind;
	driver.prepare = death_prepare;
	store->driver = &driver;
}

static bool never(void)
{
	return false;
}

static bool test(const char *path)
{
	static const struct play_faults faults = {stand_between, never};
	const char *name = strstr(path, "tests/play/") ? strstr(path, "tests/play/") + 11 : path;
	char *said = NULL;
	size_t length;
	struct play_options options = {.faults = &faults, .out = open_memstream(&said, &length)};
	bool good;

	if (options.out == NULL)
		abort();
	memset(&play_of, 0, sizeof(play_of));
	play_of.name = name;
	for (const char *at = name; *at != '\0'; at++)
		play_of.draw = play_of.draw * 31 + (unsigned char)*at;
	good = play_file(path, &options);
	if (child)
		_exit(BEYOND); /* there was no commit any more */
	fclose(options.out);
	if (!good)
		printf("# %s\n", said);
	free(said);
	good &= play_of.bad == 0;
	printf("%s - %s: of %ld faults %ld ended it, %ld were refused, %ld changed nothing\n",
		good ? "ok" : "not ok", name, play_of.children, play_of.died, play_of.refused,
		play_of.went_on);
	fflush(stdout);
	return good;
}

int main(int argc, char **argv)
{
	const char *kind = getenv("KABAR_FAULT");
	bool good = true;

	all = argc > 1 && strcmp(argv[1], "-a") == 0;
	swallow = kind != NULL && strcmp(kind, "swallow") == 0;
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		0);
	if (shared == MAP_FAILED)
		abort();
	json_memory();
	log_set_quiet(true);
	for (int i = 1 + all; i < argc; i++)
		good &= test(argv[i]);
	printf("1..%d\n", argc - 1 - all);
	return good ? 0 : 1;
}
