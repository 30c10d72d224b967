/* Memory that never fails, an arena for one message, and a growing string.
 *
 * Running out of memory aborts: what was not acknowledged comes back from the operator.
 */
#ifndef PARSERS_UTIL_H
#define PARSERS_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#define MUST_CHECK	__attribute__((warn_unused_result))
#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* As malloc(3) and friends, but never NULL. The caller frees with free(). */
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t count, size_t size);
/* Room for one more behind the `count` of a list that only this grows: doubles when full. */
void *xgrow(void *list, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) PRINTF(1, 2);

/* Everything that belongs to one message lives in one arena and goes with it. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);
void arena_reset(struct arena *arena); /* keeps the first block for the next message */
size_t arena_room(const struct arena *arena); /* octets that it holds */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
/* The same not zeroed: for texts, and for large structs whose counts say what of them is filled. */
void *arena_raw(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);

/* A string that grows. Start with {0}; text is NUL-terminated once anything was added, NULL before.
 * With an arena its text lives in there and needs no strbuf_free(). */
struct strbuf {
	char *text;
	size_t length;
	size_t room;
	struct arena *arena;
};
void strbuf_add(struct strbuf *buf, const void *data, size_t length);
void strbuf_puts(struct strbuf *buf, const char *text);
void strbuf_putc(struct strbuf *buf, char c);
void strbuf_printf(struct strbuf *buf, const char *format, ...) PRINTF(2, 3);
void strbuf_cut(struct strbuf *buf, size_t length); /* to its first so many octets */
void strbuf_clear(struct strbuf *buf); /* empties it, keeps the memory */
void strbuf_free(struct strbuf *buf);

/* strcmp() == 0 of words that mostly are the very same string, or differ at once. */
static inline bool same_name(const char *a, const char *b)
{
	return a == b || (*a == *b && strcmp(a, b) == 0);
}

/* One of so many heaps of names: two of different ones differ. */
#define NAME_HEAPS 64
static inline unsigned name_heap(const char *name)
{
	const unsigned char *letters = (const unsigned char *)name; /* the first three tell most */
	unsigned sum = letters[0];

	if (letters[0] && letters[1])
		sum = (sum * 5 + letters[1]) * 5 + letters[2];
	return sum % NAME_HEAPS;
}

/* Copies what fits, always terminates; false when it was cut. */
bool copy_string(char *to, size_t room, const char *from);

/* Of a long text, how many octets make its first piece, about `most` of them: up to the end of a
 * line or a sentence, else between words, never inside a character. */
size_t text_piece(const char *text, size_t most);

#endif
