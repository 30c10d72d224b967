/* Preloaded into a program under test: faults planted for words in a text.
 *
 *     PEMBUNUH   kill -9 when the store is given it as a text, that is while its flow runs
 *     PERUSAK    a write to nowhere when the reader folds it
 *     PEMUTUS    the same when the store is given it: even keeping it for people kills
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

static bool has(const void *octets, size_t length, const char *word)
{
	return octets != NULL && memmem(octets, length, word, strlen(word)) != NULL;
}

static void die(void)
{
	*(volatile int *)16 = 1;
}

/* The normal form of a field goes into the report's row as text. */
int sqlite3_bind_text64(void *statement, int place, const char *text, uint64_t length,
	void (*done)(void *), unsigned char encoding);

int sqlite3_bind_text64(void *statement, int place, const char *text, uint64_t length,
	void (*done)(void *), unsigned char encoding)
{
	int (*next)(void *, int, const char *, uint64_t, void (*)(void *), unsigned char);

	*(void **)&next = dlsym(RTLD_NEXT, "sqlite3_bind_text64");
	if (has(text, length, "PEMBUNUH"))
		raise(SIGKILL);
	if (has(text, length, "PEMUTUS"))
		die();
	return next(statement, place, text, length, done, encoding);
}

/* What the reader works on. */
ssize_t utf8proc_map(const unsigned char *text, ssize_t length, unsigned char **out, int options);

ssize_t utf8proc_map(const unsigned char *text, ssize_t length, unsigned char **out, int options)
{
	ssize_t (*next)(const unsigned char *, ssize_t, unsigned char **, int);

	*(void **)&next = dlsym(RTLD_NEXT, "utf8proc_map");
	if (has(text, (size_t)length, "PERUSAK"))
		die();
	return next(text, length, out, options);
}
