/* A set of shapes, and parts written by their layout: see smpp_shape.h. */
#include "gateway/smpp/smpp_shape.h"

#include <string.h>

uint64_t shape_of(const struct layout *layout, const struct span spans[LAYOUT_FIELDS])
{
	uint64_t shape = layout->command;

	for (size_t i = 0; i < layout->count; i++) {
		if (layout->fields[i].kind != FIELD_TEXT)
			continue;
		shape = (shape ^ spans[i].length) * UINT64_C(0x9e3779b97f4a7c15);
		shape ^= shape >> 32;
	}
	return shape | 1; /* 0 is an empty place */
}

static size_t place_of(const struct shapes *shapes, uint64_t shape)
{
	size_t at = (size_t)(shape >> 1) % SHAPES;

	while (shapes->list[at] != 0 && shapes->list[at] != shape)
		at = (at + 1) % SHAPES;
	return at;
}

bool shapes_have(const struct shapes *shapes, uint64_t shape)
{
	return shapes->list[place_of(shapes, shape)] == shape;
}

void shapes_add(struct shapes *shapes, uint64_t shape)
{
	if (shapes->count >= SHAPES / 2) /* somebody plays: it begins anew */
		memset(shapes, 0, sizeof(*shapes));
	shapes->list[place_of(shapes, shape)] = shape;
	shapes->count++;
}

int shape_find(const struct layout *layout, const void *pdu, struct span spans[LAYOUT_FIELDS])
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		const uint8_t *at = (const uint8_t *)pdu + field->offset;

		spans[i] = (struct span){at, 1};
		if (field->kind != FIELD_TEXT)
			continue;
		spans[i].length = strnlen((const char *)at, (size_t)field->size + 1);
		if (spans[i].length >= field->size || spans[i].length >= field->lib_size)
			return ERR_RANGE;
	}
	return OK;
}

size_t shape_write(
	const struct layout *layout, const struct span spans[LAYOUT_FIELDS], uint8_t *out)
{
	size_t at = 0;

	for (size_t i = 0; i < layout->count; i++) {
		enum field_kind kind = layout->fields[i].kind;
		uint8_t octet = 0; /* the end of a text, or sm_length */

		if (kind == FIELD_TEXT) {
			memcpy(out + at, spans[i].at, spans[i].length);
			at += spans[i].length;
		} else if (kind != FIELD_MESSAGE) {
			octet = *spans[i].at;
		}
		out[at++] = octet;
	}
	return at;
}
