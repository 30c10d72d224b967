/* PDUs written as hex in tests, with spaces where they help the eye. */
#ifndef TESTS_GATEWAY_LINK_SMPP_HEX_H
#define TESTS_GATEWAY_LINK_SMPP_HEX_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Appends the octets to out and returns how many there are then. */
static inline size_t hex_add(uint8_t *out, size_t length, const char *hex)
{
	unsigned octet;

	for (; *hex; hex += 2) {
		while (*hex == ' ')
			hex++;
		if (!*hex || sscanf(hex, "%2x", &octet) != 1)
			break;
		out[length++] = (uint8_t)octet;
	}
	return length;
}

/* The same, with the command_length set to what there is. */
static inline size_t hex_pdu(uint8_t *out, const char *command, const char *status,
	const char *sequence, const char *body)
{
	size_t length = hex_add(out, 4, command);

	length = hex_add(out, length, status);
	length = hex_add(out, length, sequence);
	length = hex_add(out, length, body);
	out[0] = (uint8_t)(length >> 24);
	out[1] = (uint8_t)(length >> 16);
	out[2] = (uint8_t)(length >> 8);
	out[3] = (uint8_t)length;
	return length;
}

#endif
