/* Splits a stream of octets into PDUs: see smpp_frame.h. */
#include "gateway/smpp/smpp_frame.h"

int frame_next(const uint8_t *octets, size_t available, size_t *length)
{
	uint32_t wanted;

	*length = FRAME_HEADER;
	if (available < 4)
		return ERR_TRUNCATED;
	wanted = (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 |
		octets[3];
	if (wanted < FRAME_HEADER || wanted > FRAME_MAX)
		return ERR_RANGE;
	*length = wanted;
	return available < wanted ? ERR_TRUNCATED : OK;
}
