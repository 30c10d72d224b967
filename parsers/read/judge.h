/* Inside the reader: what a report lacks, and the small helpers that reading and judging share. */
#ifndef PARSERS_JUDGE_H
#define PARSERS_JUDGE_H

#include "parsers/parse/reader_forms.h"
#include "parsers/read/values.h"

/* As report_judge(), but the problems that reading found are kept, and their fields are not
 * missing. */
void judge_after_reading(const struct reader *reader, struct arena *arena,
	const struct read_context *context, const char *const *confirmed, struct report *report);
/* The sender's only desa, a kader's own posyandu, today: where the form allows it and nothing was
 * written. */
void judge_defaults(struct arena *arena, const struct read_context *context, struct report *report);

/* Judges a report from its values alone: required fields, ranges, checks, derived values, notes,
 * becomes; rewrites problems (kept: none), notes and status. confirmed: names of checks or fields
 * that the sender affirmed ("d"), NULL-terminated, may be NULL: their questions are not asked
 * again. */
void report_judge(const struct reader *reader, struct arena *arena,
	const struct read_context *context, const char *const *confirmed, struct report *report);

#endif
