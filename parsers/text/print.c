/* Text by a format: see print.h. */
#include "parsers/text/print.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct print {
	char *out;
	size_t room, length; /* length: of the whole text, also what finds no room */
};

static void put(struct print *print, const char *text, size_t length)
{
	if (print->length < print->room) {
		size_t left = print->room - print->length;

		memcpy(print->out + print->length, text, length < left ? length : left);
	}
	print->length += length;
}

static void put_number(struct print *print, long long number, size_t width)
{
	unsigned long long rest =
		number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
	char digits[24], *at = digits + sizeof(digits);

	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	while ((size_t)(digits + sizeof(digits) - at) + (number < 0) < width)
		*--at = '0';
	if (number < 0)
		*--at = '-';
	put(print, at, (size_t)(digits + sizeof(digits) - at));
}

/* One conversion behind its '%'; NULL: not one of ours. */
static const char *convert(struct print *print, const char *at, va_list args)
{
	size_t width = 0;
	int longs = 0;

	if (at[0] == '.' && at[1] == '*' && at[2] == 's') {
		int most = va_arg(args, int);
		const char *text = va_arg(args, const char *);

		if (most < 0)
			return NULL;
		put(print, text, strnlen(text, (size_t)most));
		return at + 3;
	}
	if (at[0] == '0' && at[1] >= '1' && at[1] <= '9') {
		width = (size_t)(at[1] - '0');
		at += 2;
	}
	for (; *at == 'l'; at++)
		longs++;
	switch (*at) {
	case 'd':
		put_number(print,
			longs == 0           ? va_arg(args, int)
				: longs == 1 ? va_arg(args, long)
					     : va_arg(args, long long),
			width);
		return at + 1;
	case 's': {
		const char *text = width == 0 && longs == 0 ? va_arg(args, const char *) : NULL;

		if (text == NULL)
			return NULL;
		put(print, text, strlen(text));
		return at + 1;
	}
	case 'c': put(print, &(char){(char)va_arg(args, int)}, 1); return at + 1;
	case '%': put(print, "%", 1); return at + 1;
	default: return NULL;
	}
}

static bool print_ours(struct print *print, const char *format, va_list args)
{
	const char *sign;

	while ((sign = strchr(format, '%')) != NULL) {
		put(print, format, (size_t)(sign - format));
		format = convert(print, sign + 1, args);
		if (format == NULL)
			return false;
	}
	put(print, format, strlen(format));
	return true;
}

size_t text_print(char *out, size_t room, const char *format, va_list args)
{
	struct print print = {.out = out, .room = room > 0 ? room - 1 : 0};
	va_list again;
	int length;

	va_copy(again, args);
	if (print_ours(&print, format, again)) {
		va_end(again);
		if (room > 0)
			out[print.length < room ? print.length : room - 1] = '\0';
		return print.length;
	}
	va_end(again);
	length = vsnprintf(out, room, format, args);
	if (length < 0)
		abort();
	return (size_t)length;
}
