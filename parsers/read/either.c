/* Of two numbers with "or" or a sign of from and to between them it is asked which is meant. */
#include "parsers/read/doubts.h"

#include <string.h>

#include "parsers/form/form.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"

#define DAYS_APART 7

static bool or_at(const struct parse *parse, size_t at)
{
	const char *kind = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_HEDGE));

	return kind && strcmp(kind, "atau") == 0;
}

/* "jam 10 atau 11": behind the word the other amount of what stands in front; by its place alone it
 * was something else, or nothing. */
static void find_or(struct parse *parse, struct report *report)
{
	for (size_t i = parse->first + 1; i + 1 < parse->last; i++) {
		short before = parse->taken[i - 1], behind = parse->taken[i + 1];
		const struct form_field *field = before < 0 ? NULL
			: candidate_field(parse, &parse->candidates[before]);

		if (!or_at(parse, i) || parse->taken[i] >= 0 || !field ||
			!parse->tokens[i + 1].digits || parse_crosses(parse, i + 1) ||
			!(field_is_number(field->type) || field->type == FIELD_AGE ||
				field->type == FIELD_TIME || field->type == FIELD_DATE) ||
			(behind >= 0 && parse->candidates[behind].kind != KIND_BARE))
			continue;
		report_ambiguous(report, field);
		if (behind >= 0)
			report_set(report, parse->arena, &(struct value){.field = candidate_field(
				parse, &parse->candidates[behind])->name});
	}
}

/* "12-13 agustus": the number is the other day, whatever it was read as by its place. */
static void find_days(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		size_t at = c->first;
		long from = 0, to = 0;
		char sep = parse->tokens[at].sep;
		short other;

		if (candidate_type(parse, c) != FIELD_DATE || at <= parse->first ||
			!parse->tokens[at].digits)
			continue;
		at -= at > parse->first + 1u && or_at(parse, at - 1u) ? 2u : 1u;
		if (!parse->tokens[at].digits ||
			(at + 1u == c->first && (sep != '-' || parse->tokens[at].sep == '-') &&
				!(sep == '/' && at > parse->first &&
					key_of(parse, parse->index, at - 1u))) ||
			number_at(parse, at, &from) != 1 || number_at(parse, c->first, &to) != 1 ||
			from >= to || to - from > DAYS_APART)
			continue;
		other = parse->taken[at];
		if (other >= 0 && parse->candidates[other].kind == KIND_KEYED)
			continue;
		report_ambiguous(report, candidate_field(parse, c));
		if (other >= 0)
			report_set(report, parse->arena, &(struct value){.field = candidate_field(
				parse, &parse->candidates[other])->name});
	}
}

void either_find(struct parse *parse, struct report *report)
{
	find_or(parse, report);
	find_days(parse, report);
}
