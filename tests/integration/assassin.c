/* Preloaded into a program under test: kills it when the store is given a text with the word
 * PEMBUNUH and the reader a pattern match over it, that is while its flow runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

static void look(const void *octets, size_t length)
{
	if (octets != NULL && memmem(octets, length, "PEMBUNUH", 8) != NULL)
		raise(SIGKILL);
}

/* The normal form of a field goes into the report's row as text. */
int sqlite3_bind_text64(void *statement, int place, const char *text, uint64_t length,
	void (*done)(void *), unsigned char encoding);

int sqlite3_bind_text64(void *statement, int place, const char *text, uint64_t length,
	void (*done)(void *), unsigned char encoding)
{
	int (*next)(void *, int, const char *, uint64_t, void (*)(void *), unsigned char);

	*(void **)&next = dlsym(RTLD_NEXT, "sqlite3_bind_text64");
	if (text != NULL)
		look(text, length);
	return next(statement, place, text, length, done, encoding);
}
