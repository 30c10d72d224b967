/* Forms with a file: see multipart.h. */
#include "web/http/multipart.h"

#include <event2/http.h>
#include <string.h>
#include <strings.h>

#define BOUNDARY_MAX 70 /* RFC 2046 */
#define PARTS_MAX    16

/* The value of name="…" in a header line; NULL: it has none. */
static const char *quoted(struct arena *arena, const char *line, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = line; (at = strchr(at, ';'));) {
		at++;
		at += strspn(at, " \t");
		if (strncasecmp(at, name, length) == 0 && at[length] == '=' &&
			at[length + 1] == '"')
			return arena_strndup(
				arena, at + length + 2, strcspn(at + length + 2, "\"\r\n"));
	}
	return NULL;
}

/* "\r\n--boundary", so that the first one is found too when the body is read from two octets before
 * it. */
static const char *delimiter_of(struct arena *arena, const char *type)
{
	const char *at = strstr(type, "boundary=");
	size_t length;

	if (strncasecmp(type, "multipart/form-data", 19) != 0 || !at)
		return NULL;
	at += strlen("boundary=");
	at += *at == '"';
	length = strcspn(at, "\"; \t");
	if (length == 0 || length > BOUNDARY_MAX)
		return NULL;
	return arena_printf(arena, "\r\n--%.*s", (int)length, at);
}

static void take(struct arena *arena, const char *head, const char *data, size_t length,
	struct evkeyvalq *form, struct upload *upload)
{
	const char *name = quoted(arena, head, "name"), *file = quoted(arena, head, "filename");
	char *copy;

	if (!name || (file && !*file))
		return; /* a file field in which nothing was chosen */
	copy = arena_alloc(arena, length + 1); /* NUL octets and all */
	memcpy(copy, data, length);
	copy[length] = '\0';
	if (file || memchr(data, '\n', length))
		*upload = (struct upload){copy, length, file ? file : name};
	else if (strlen(copy) == length)
		evhttp_add_header(form, name, copy);
}

bool multipart_read(struct arena *arena, const char *type, const char *body, size_t length,
	struct evkeyvalq *form, struct upload *upload)
{
	const char *delimiter = delimiter_of(arena, type), *at = body, *end = body + length;
	size_t size = delimiter ? strlen(delimiter) : 0;

	if (!delimiter || length < size || memcmp(body, delimiter + 2, size - 2) != 0)
		return false;
	at += size - 2;
	for (int parts = 0; parts < PARTS_MAX; parts++) {
		const char *head, *blank, *next;

		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return true;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
			return false;
		blank = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
		next = blank ? memmem(blank + 2, (size_t)(end - blank) - 2, delimiter, size) : NULL;
		if (!next)
			return false;
		head = arena_strndup(arena, at + 2, (size_t)(blank - at) - 2);
		/* an empty part: its end follows the blank line at once */
		if (next > blank + 2)
			take(arena, head, blank + 4, (size_t)(next - blank) - 4, form, upload);
		at = next + size;
	}
	return false;
}
