/* Free words of strangers, before they go to others. */
#ifndef FLOWS_PLAIN_H
#define FLOWS_PLAIN_H

#include "parsers/text/util.h"

/* Without links, and without long numbers other than `own`. */
const char *plain_words(struct arena *arena, const char *text, const char *own);
/* For a name: without any digit, so that it holds no reference either. */
const char *plain_name(struct arena *arena, const char *text);

#endif
