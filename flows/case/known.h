/* What a case keeps of its reports for the next one, in its row: the fields that the form carries
 * on, of its newest report and of the newest of a month before. The next report reads no earlier
 * one. */
#ifndef FLOWS_KNOWN_H
#define FLOWS_KNOWN_H

#include "flows/record/record.h"
#include "store/report/case.h"

/* before: NULL, there is none. */
const char *known_of(
	const struct turn *turn, const struct record *newest, const struct record *before);
/* The newest report joins a case that knew the others. */
const char *known_next(
	const struct turn *turn, const struct case_row *row, const struct record *newest);
/* The newest alone, with its class, where only it is looked at; false: nothing is kept. */
bool known_newest(struct arena *arena, const struct form *form, const struct case_row *row,
	struct record *out);
/* The newest report and the one of a month before, as far as they are kept: 0 to 2. */
size_t known_read(const struct turn *turn, const struct form *form, const struct case_row *row,
	struct record out[2]);

#endif
