/* The walk over the mandatory fields of a PDU: see smpp_layout.h. */
#include "gateway/smpp/smpp_layout.h"

#include <string.h>

static uint32_t walk_text(
	const struct field *field, const uint8_t *at, size_t left, struct span *out, size_t *used)
{
	size_t room = left < field->size ? left : field->size;
	size_t length = strnlen((const char *)at, room);

	if (length == room)
		return room < field->size ? ESME_RINVCMDLEN : field->defect;
	*out = (struct span){at, length};
	*used = length + 1;
	return ESME_ROK;
}

static uint32_t walk_message(const uint8_t *at, size_t left, struct span *out, size_t *used)
{
	if (left < 1)
		return ESME_RINVCMDLEN;
	if (at[0] > PDU_SHORT_MAX || at[0] > left - 1)
		return ESME_RINVMSGLEN;
	*out = (struct span){at + 1, at[0]};
	*used = (size_t)at[0] + 1;
	return ESME_ROK;
}

uint32_t layout_walk(const struct layout *layout, const uint8_t *body, size_t length,
	struct span spans[LAYOUT_FIELDS], size_t *used)
{
	size_t at = 0;

	*used = 0;
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		uint32_t defect = ESME_ROK;
		size_t width = 1;

		if (at == length)
			return ESME_RINVCMDLEN;
		if (field->kind == FIELD_TEXT)
			defect = walk_text(field, body + at, length - at, &spans[i], &width);
		else if (field->kind == FIELD_MESSAGE)
			defect = walk_message(body + at, length - at, &spans[i], &width);
		else
			spans[i] = (struct span){body + at, 1};
		if (defect)
			return defect;
		at += width;
	}
	*used = at;
	return ESME_ROK;
}
