/* Shapes of mandatory parts: a command and how long each of its texts is. What libsmpp34 makes of a
 * part depends on nothing else, for it gets no value that it would refuse (smpp_pdu.c). So it is
 * asked about each shape once, and its answer compared with what the layout says.
 */
#ifndef GATEWAY_SMPP_SHAPE_H
#define GATEWAY_SMPP_SHAPE_H

#include "gateway/smpp/smpp_layout.h"

#define SHAPES 1024 /* places; operators and phones make some dozens */

/* Zeroed: none. Of one thread. */
struct shapes {
	uint64_t list[SHAPES];
	size_t count;
};

uint64_t shape_of(const struct layout *layout, const struct span spans[LAYOUT_FIELDS]);
bool shapes_have(const struct shapes *shapes, uint64_t shape);
void shapes_add(struct shapes *shapes, uint64_t shape);

/* Where the values stand in a struct pdu, every length checked: libsmpp34 would cut long strings
 * without a word. OK or ERR_RANGE. */
int shape_find(const struct layout *layout, const void *pdu,
	struct span spans[LAYOUT_FIELDS]) MUST_CHECK;
/* The mandatory part as the layout has it, its text left out (sm_length 0); returns its length. */
size_t shape_write(
	const struct layout *layout, const struct span spans[LAYOUT_FIELDS], uint8_t *out);

#endif
