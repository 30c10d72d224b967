/* A table of growth: L, M and S of a measure by sex and age (days) or length (cm), equally spaced.
 *
 * Source of the method: WHO Child Growth Standards, Methods and development, 2006, section 7 (the
 * restricted application of LMS to weights).
 */
#ifndef PARSERS_GROWTH_H
#define PARSERS_GROWTH_H

#include "parsers/text/util.h"

struct growth_row {
	double l, m, s;
};

enum { GROWTH_BOYS, GROWTH_GIRLS, GROWTH_SEXES };
struct growth {
	double first, step; /* of age or length */
	size_t count;
	const struct growth_row *rows[GROWTH_SEXES];
};

/* L, M, S at a place; between two rows in proportion. False: outside of the table. */
bool growth_at(const struct growth *table, int sex, double place, struct growth_row *out);
/* The z-score; restricted: beyond 3 and -3 in the distance from the second deviation to the third. */
double growth_z(const struct growth_row *row, double value, bool restricted);

#endif
