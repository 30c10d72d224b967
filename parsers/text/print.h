/* Text by a format, without the C library's price: what our formats nearly always are (strings and
 * whole numbers) is written here, everything else by vsnprintf(). */
#ifndef PARSERS_TEXT_PRINT_H
#define PARSERS_TEXT_PRINT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf(), but never negative: aborts when the format is wrong. */
size_t text_print(char *out, size_t room, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

#endif
