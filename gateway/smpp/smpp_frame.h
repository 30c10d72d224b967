/* Where one PDU ends and the next begins. Works on memory, knows nothing of sockets. */
#ifndef GATEWAY_SMPP_FRAME_H
#define GATEWAY_SMPP_FRAME_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define FRAME_HEADER	16u
#define FRAME_MAX	66560u /* a message_payload of 64 KiB and its mandatory part */
#define PDU_SHORT_MAX	254 /* octets in short_message; longer ones go into message_payload */

/* Reads no more than the first four octets; `available` counts all that are there.
 * 0: the first *length octets are one PDU. ERR_TRUNCATED: more must come; *length octets are
 * wanted in all. ERR_RANGE: the length field is impossible: answer generic_nack ESME_RINVCMDLEN
 * and close. */
int frame_next(const uint8_t *octets, size_t available, size_t *length) MUST_CHECK;

#endif
