/* Texts that must not be written down as they came: "PIN 493817". */
#ifndef FLOWS_SECRET_H
#define FLOWS_SECRET_H

#include "parsers/text/util.h"

/* The text with stars for the digits behind the word PIN; NULL: there is nothing to hide. */
const char *flow_secret(struct arena *arena, const char *text);

#endif
