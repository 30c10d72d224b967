/* Prints tokens, candidates with what they are worth, and what was decided. */
#include "parsers/explain.h"

#include <string.h>

static const char *const boundaries[] = {
	[BOUND_NONE] = "glued to the one before", [BOUND_SOFT] = "", [BOUND_MEDIUM] = "after a comma, slash or colon",
	[BOUND_STRONG] = "after an explicit separator",
};

static void explain_tokens(struct strbuf *out, const struct parse *parse)
{
	strbuf_puts(out, "tokens:\n");
	for (size_t i = parse->first; i < parse->last; i++)
		strbuf_printf(out, "  %2zu %-14s %s\n", i, parse->tokens[i].text,
			i == parse->first ? "" : boundaries[parse->tokens[i].before]);
}

static bool is_chosen(const struct parse *parse, size_t id)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if ((size_t)parse->chosen[i] == id)
			return true;
	}
	return false;
}

static void explain_candidates(struct strbuf *out, const struct parse *parse)
{
	strbuf_puts(out, "candidates (worth; * = taken):\n");
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		size_t start = parse->tokens[c->first].start, end = parse->tokens[c->last - 1].end;

		strbuf_printf(out, "  %c %3d  %-10s = %-14s from \"%.*s\": %s", is_chosen(parse, i) ? '*' : ' ', c->worth,
			parse->index->form->fields[c->field].name,
			c->problem < 0 ? c->value : problem_name((enum problem_code)c->problem), (int)(end - start),
			parse->text + start, c->why);
		strbuf_puts(out, c->child ? " (second child)\n" : "\n");
	}
}

void explain_parse(const struct parse *parse)
{
	struct strbuf *out = parse->context->explain;
	bool left = false;

	if (!out)
		return;
	strbuf_printf(out, "read as form %s, %s, %u %s\n", parse->index->form->name,
		parse->strong ? "fields parted by explicit separators" : parse->commas ? "fields parted by commas" :
		"free order", parse->children, parse->children > 1 ? "children" : "report");
	explain_tokens(out, parse);
	explain_candidates(out, parse);
	strbuf_printf(out, "worth together: %d\nleft over:", parse->worth);
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] < 0) {
			strbuf_printf(out, " %s", parse->tokens[i].text);
			left = true;
		}
	}
	strbuf_puts(out, left ? "\n" : " nothing\n");
}

void explain_reading(const struct read_context *context, const struct reading *reading)
{
	struct strbuf *out = context->explain;

	if (!out)
		return;
	strbuf_printf(out, "decision: %s\n", intent_name(reading->intent));
	for (size_t i = 0; i < reading->nreport; i++) {
		const struct report *report = &reading->reports[i];

		strbuf_printf(out, "  %s, %s\n", report->form ? ((const struct form *)report->form)->name : "?",
			status_name(report->status));
		for (size_t j = 0; j < report->nvalue; j++)
			strbuf_printf(out, "    %s = %s%s\n", report->values[j].field, report->values[j].text,
				report->values[j].defaulted ? " (not written)" : "");
		for (size_t j = 0; j < report->nproblem; j++)
			strbuf_printf(out, "    problem %s: %s\n", report->problems[j].field,
				problem_name(report->problems[j].code));
	}
}
