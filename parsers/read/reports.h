/* Inside the reader: from a region that was read to the reports it tells. */
#ifndef PARSERS_REPORTS_H
#define PARSERS_REPORTS_H

#include "parsers/parse/parse.h"

/* Adds the region's reports to out, judged. */
void add_reports(struct parse *parse, bool story, bool slip, struct reading *out);
/* A story of a birth with its fields, and of the child's death a while later: both, linked. */
bool add_birth_and_death(struct parse *parse, size_t count, struct reading *out);
/* A session's report that names no posyandu is of the one that a report in front of it names, and of
 * its day where it tells none. */
void reports_share(const struct reader *reader, struct arena *arena,
	const struct read_context *context, struct reading *out);
/* The day that is told once for several sessions; row: no keyword stands between them. */
void days_share(const struct reader *reader, struct arena *arena,
	const struct read_context *context, bool row, struct reading *out);
/* The words of a report that nothing explains, to the fields that take them. */
void place_rest(struct parse *parse, struct report *report);

#endif
