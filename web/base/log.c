/* The log of the front: journald's, by way of stderr. */
#include <stdio.h>

#include "web/base/web.h"

void web_log(enum web_level level, const char *format, ...)
{
	char line[1024];
	va_list args;

	va_start(args, format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	vsnprintf(line, sizeof(line), format, args);
#pragma GCC diagnostic pop
	va_end(args);
	fprintf(stderr, "<%d>web: %s\n", (int)level, line);
}
