/* "address:port": see listen.h. */
#include "parsers/text/listen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool listen_split(const char *listen, char *address, size_t room, uint16_t *port)
{
	const char *colon = strrchr(listen, ':');
	size_t length = colon ? (size_t)(colon - listen) : 0;
	char *end;
	long number;

	if (!colon || !isdigit((unsigned char)colon[1]))
		return false;
	if (length >= 2 && listen[0] == '[' && colon[-1] == ']') {
		listen++;
		length -= 2;
	}
	if (length + 1 > room)
		return false;
	memcpy(address, listen, length);
	address[length] = '\0';
	number = strtol(colon + 1, &end, 10);
	*port = (uint16_t)number;
	return *end == '\0' && number <= UINT16_MAX;
}
