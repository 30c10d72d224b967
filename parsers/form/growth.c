/* z-scores by LMS: see growth.h. */
#include "parsers/form/growth.h"

#include <math.h>

#define NEAR 1e-6 /* of a row: it is that row */

bool growth_at(const struct growth *table, int sex, double place, struct growth_row *out)
{
	double steps = (place - table->first) / table->step, low = floor(steps + NEAR);
	const struct growth_row *row, *next;
	double part = steps - low;

	if (!table->count || low < 0 || steps > (double)(table->count - 1) + NEAR)
		return false;
	row = &table->rows[sex][(size_t)low];
	*out = *row;
	if (part < NEAR)
		return true;
	next = row + 1;
	out->l += (next->l - row->l) * part;
	out->m += (next->m - row->m) * part;
	out->s += (next->s - row->s) * part;
	return true;
}

static double plain_z(const struct growth_row *row, double value)
{
	if (fabs(row->l) < 1e-9)
		return log(value / row->m) / row->s;
	return (pow(value / row->m, row->l) - 1) / (row->l * row->s);
}

/* The value at so many deviations. */
static double value_at(const struct growth_row *row, double z)
{
	if (fabs(row->l) < 1e-9)
		return row->m * exp(row->s * z);
	return row->m * pow(1 + row->l * row->s * z, 1 / row->l);
}

double growth_z(const struct growth_row *row, double value, bool restricted)
{
	double z = plain_z(row, value), third;

	if (!restricted || (z >= -3 && z <= 3))
		return z;
	third = value_at(row, z > 0 ? 3 : -3);
	if (z > 0)
		return 3 + (value - third) / (third - value_at(row, 2));
	return -3 + (value - third) / (value_at(row, -2) - third);
}
