/* Names of people as they are compared: by their first words, with one slip in long ones. */
#ifndef PARSERS_NAMES_H
#define PARSERS_NAMES_H

#include "parsers/text/util.h"

/* Without what stands in front of it: "BY NY RINA". */
const char *name_core(const char *name);
/* How its first word looks, and how its second begins: enough to say of most names that they are
 * surely not alike. */
struct name_sketch {
	uint32_t letters; /* a bit each; above them how many octets it has */
	char first[2];
	char second; /* '\0': it is one word */
	unsigned char kept; /* for whoever keeps many of them, and not compared */
};
struct name_sketch name_sketch(const char *core);
bool names_may_be_alike(const struct name_sketch *a, const struct name_sketch *b);
/* Of one person: equal but for a slip, or one says only the first words (SITI, SITI AMINAH). */
bool names_alike(const char *a, const char *b);

#endif
