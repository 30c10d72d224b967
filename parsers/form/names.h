/* Names of people as they are compared: by their first words, with one slip in long ones. */
#ifndef PARSERS_NAMES_H
#define PARSERS_NAMES_H

#include "parsers/text/util.h"

/* Without what stands in front of it: "BY NY RINA". */
const char *name_core(const char *name);
/* The letters of its first word, a bit each. Two that are alike differ in no more than two. */
uint32_t name_letters(const char *core);
/* Of one person: equal but for a slip, or one says only the first words (SITI, SITI AMINAH). */
bool names_alike(const char *a, const char *b);

#endif
