/* The widths of placeholders: only the catalogue and its tests need them. */
#ifndef FLOWS_CATALOGUE_WIDTHS_H
#define FLOWS_CATALOGUE_WIDTHS_H

#include "parsers/text/util.h"

#define ASK_SEPTETS 90 /* the longest question about a field */

struct width {
	const char *name;
	size_t septets; /* the longest value; for an elastic one, what it is promised */
	bool elastic;
};

/* name need not be terminated; NULL when there is no such placeholder. */
const struct width *width_find(const char *name, size_t length);

#endif
