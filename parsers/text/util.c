/* Memory that never fails, arenas, growing strings: see util.h. */
#include "parsers/text/util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(void)
{
	fputs("out of memory\n", stderr);
	abort();
}

void *xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *xrealloc(void *old, size_t count, size_t size)
{
	void *memory = reallocarray(old, count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *xstrndup(const char *text, size_t length)
{
	char *copy = strndup(text, length);

	if (!copy)
		out_of_memory();
	return copy;
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xasprintf(const char *format, ...)
{
	char *text;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		out_of_memory();
	va_end(args);
	return text;
}

#define ARENA_BLOCK 16384
#define ARENA_ALIGN _Alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t room;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct arena_block *blocks; /* newest first */
};

static struct arena_block *block_new(size_t room, struct arena_block *next)
{
	struct arena_block *block = xcalloc(1, sizeof(*block) + room);

	block->room = room;
	block->next = next;
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = xcalloc(1, sizeof(*arena));

	arena->blocks = block_new(ARENA_BLOCK, NULL);
	return arena;
}

void arena_reset(struct arena *arena)
{
	while (arena->blocks->next) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	memset(arena->blocks->data, 0, arena->blocks->used);
	arena->blocks->used = 0;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	free(arena);
}

size_t arena_room(const struct arena *arena)
{
	size_t room = 0;

	for (const struct arena_block *block = arena->blocks; block; block = block->next)
		room += block->room;
	return room;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	void *memory;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	if (block->room - block->used < size) {
		block = block_new(size > ARENA_BLOCK ? size : ARENA_BLOCK, block);
		arena->blocks = block;
	}
	memory = block->data + block->used;
	block->used += size;
	return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	size_t have = strnlen(text, length);
	char *copy = arena_alloc(arena, have + 1);

	memcpy(copy, text, have);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	int length;
	char *text;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		out_of_memory();
	text = arena_alloc(arena, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

static void strbuf_reserve(struct strbuf *buf, size_t more)
{
	size_t need = buf->length + more + 1;

	if (need <= buf->room)
		return;
	buf->room = need > 2 * buf->room ? need + 32 : 2 * buf->room;
	buf->text = xrealloc(buf->text, buf->room, 1);
}

void strbuf_add(struct strbuf *buf, const void *data, size_t length)
{
	strbuf_reserve(buf, length);
	if (length)
		memcpy(buf->text + buf->length, data, length);
	buf->length += length;
	buf->text[buf->length] = '\0';
}

void strbuf_puts(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_putc(struct strbuf *buf, char c)
{
	strbuf_add(buf, &c, 1);
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		out_of_memory();
	strbuf_reserve(buf, (size_t)length);
	va_start(args, format);
	vsnprintf(buf->text + buf->length, (size_t)length + 1, format, args);
	va_end(args);
	buf->length += (size_t)length;
}

void strbuf_clear(struct strbuf *buf)
{
	buf->length = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

void strbuf_free(struct strbuf *buf)
{
	free(buf->text);
	*buf = (struct strbuf){0};
}

bool copy_string(char *to, size_t room, const char *from)
{
	size_t length = strlen(from);
	bool fits = length < room;

	if (!room)
		return false;
	if (!fits)
		length = room - 1;
	memcpy(to, from, length);
	to[length] = '\0';
	return fits;
}
