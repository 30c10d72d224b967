/* The octets of a CSV file, as programs write them, to UTF-8 text: with or without a BOM, UTF-16 of
 * both byte orders. */
#ifndef FLOWS_CSV_DECODE_H
#define FLOWS_CSV_DECODE_H

#include "parsers/text/util.h"

/* The text and its length, in the arena; NULL with *wrong when it is no such text: what is wrong
 * and the line, in one sentence that ends with what to do. */
const char *csv_decode(struct arena *arena, const char *octets, size_t length, size_t *out_length,
	const char **wrong, bool indonesian);

#endif
