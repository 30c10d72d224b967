/* Memory that never fails, arenas, growing strings: see util.h. */
#include "parsers/text/util.h"

#include "parsers/text/print.h"

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

void *xgrow(void *list, size_t count, size_t size)
{
	bool full = (count & (count - 1)) == 0; /* 0, 1, 2, 4 ... */

	return full ? xrealloc(list, count ? 2 * count : 1, size) : list;
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

#define ARENA_BLOCK 65536
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_GUARDED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(ARENA_GUARDED)
/* A sanitizer sees what is read behind the end of each piece, and after its message. */
#include <sanitizer/asan_interface.h>
#define ARENA_GAP   16
#define ARENA_SPARE 0
#define ARENA_DIRT  0xaa
#else
#define ARENA_GAP   0
#define ARENA_SPARE 8
#define ASAN_POISON_MEMORY_REGION(at, size)   ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif
#define ARENA_ALIGN _Alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t room;
	_Alignas(max_align_t) char data[];
};

struct arena {
	struct arena_block *blocks; /* newest first */
	struct arena_block *spare;  /* of the usual size */
	size_t nspare;
};

static struct arena_block *block_new(size_t room, struct arena_block *next)
{
	struct arena_block *block = xrealloc(NULL, 1, sizeof(*block) + room);

#ifdef ARENA_DIRT
	memset(block->data, ARENA_DIRT, room);
#endif
	ASAN_POISON_MEMORY_REGION(block->data, room);
	block->used = 0;
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

/* What a message used, the next one uses again. */
static void block_spare(struct arena *arena, struct arena_block *block)
{
	if (arena->nspare == ARENA_SPARE || block->room != ARENA_BLOCK) {
		free(block);
		return;
	}
	block->used = 0;
	block->next = arena->spare;
	arena->spare = block;
	arena->nspare++;
}

void arena_reset(struct arena *arena)
{
	while (arena->blocks->next) {
		struct arena_block *next = arena->blocks->next;

		block_spare(arena, arena->blocks);
		arena->blocks = next;
	}
#ifdef ARENA_DIRT
	ASAN_UNPOISON_MEMORY_REGION(arena->blocks->data, arena->blocks->used);
	memset(arena->blocks->data, ARENA_DIRT, arena->blocks->used);
	ASAN_POISON_MEMORY_REGION(arena->blocks->data, arena->blocks->used);
#endif
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
	while (arena->spare) {
		struct arena_block *next = arena->spare->next;

		free(arena->spare);
		arena->spare = next;
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

static struct arena_block *block_take(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->spare;

	if (block && size <= ARENA_BLOCK) {
		arena->spare = block->next;
		arena->nspare--;
		block->next = arena->blocks;
	} else {
		block = block_new(size > ARENA_BLOCK ? size : ARENA_BLOCK, arena->blocks);
	}
	arena->blocks = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_raw(arena, size), 0, size);
}

void *arena_raw(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t taken;
	void *memory;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	taken = (size + ARENA_GAP + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	if (block->room - block->used < taken) {
		block = block_take(arena, taken);
	}
	memory = block->data + block->used;
	ASAN_UNPOISON_MEMORY_REGION(memory, size);
	block->used += taken;
	return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	size_t have = strnlen(text, length);
	char *copy = arena_raw(arena, have + 1);

	memcpy(copy, text, have);
	copy[have] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	size_t room = strlen(text) + 1;

	return memcpy(arena_raw(arena, room), text, room);
}

#define PRINT_ROOM 256 /* most of what is printed is shorter */

char *arena_printf(struct arena *arena, const char *format, ...)
{
	char room[PRINT_ROOM], *text;
	size_t length;
	va_list args;

	va_start(args, format);
	length = text_print(room, sizeof(room), format, args);
	va_end(args);
	text = arena_raw(arena, length + 1);
	if (length < sizeof(room)) {
		memcpy(text, room, length + 1);
		return text;
	}
	va_start(args, format);
	(void)text_print(text, length + 1, format, args);
	va_end(args);
	return text;
}

#define ARENA_TEXT 96 /* octets that a text in an arena begins with */

/* In its place when nothing came behind it. */
static void strbuf_move(struct strbuf *buf, size_t room)
{
	struct arena_block *block = buf->arena->blocks;
	size_t held = (buf->room + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	char *text;

	if (buf->text && buf->text + held == block->data + block->used &&
		room - buf->room <= block->room - block->used) {
		(void)arena_raw(buf->arena, room - held);
		return;
	}
	text = arena_raw(buf->arena, room);
	if (buf->length)
		memcpy(text, buf->text, buf->length);
	buf->text = text;
}

static void strbuf_reserve(struct strbuf *buf, size_t more)
{
	size_t need = buf->length + more + 1;

	if (__builtin_expect(need <= buf->room, 1))
		return;
	need = need > 2 * buf->room ? need + 32 : 2 * buf->room;
	if (buf->arena) {
		need = need < ARENA_TEXT ? ARENA_TEXT : (need + 15) / 16 * 16;
		strbuf_move(buf, need);
	} else {
		buf->text = xrealloc(buf->text, need, 1);
	}
	buf->room = need;
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
	strbuf_reserve(buf, 1);
	buf->text[buf->length++] = c;
	buf->text[buf->length] = '\0';
}

void strbuf_cut(struct strbuf *buf, size_t length)
{
	if (length < buf->length)
		buf->text[buf->length = length] = '\0';
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;
	size_t length, room;

	strbuf_reserve(buf, 0);
	room = buf->room - buf->length;
	va_start(args, format);
	length = text_print(buf->text + buf->length, room, format, args);
	va_end(args);
	if (length >= room) {
		strbuf_reserve(buf, length);
		va_start(args, format);
		(void)text_print(buf->text + buf->length, length + 1, format, args);
		va_end(args);
	}
	buf->length += length;
}

void strbuf_clear(struct strbuf *buf)
{
	buf->length = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

void strbuf_free(struct strbuf *buf)
{
	if (!buf->arena)
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

size_t text_piece(const char *text, size_t most)
{
	size_t length = strnlen(text, most + 1), end;

	if (length <= most)
		return length;
	for (end = most; end > most / 2 && !strchr(".\n?!", text[end - 1]);)
		end--;
	if (end > most / 2)
		return end;
	for (end = most; end > most / 2 && text[end - 1] != ' ';)
		end--;
	if (end > most / 2)
		return end;
	for (end = most; end > 1 && ((unsigned char)text[end] & 0xc0) == 0x80;)
		end--;
	return end;
}
