/* Why a text was read as it was, for somebody who has never seen the reader: the words and what
 * they may mean, every reading of a piece of text with its worth, which were taken and why the
 * others were not, and the decision.
 */
#include "parsers/read/explain.h"

#include <stdlib.h>
#include <string.h>

static const char *const parted_by[] = {
	[BOUND_NONE] = "written together with the one before",
	[BOUND_SOFT] = "",
	[BOUND_MEDIUM] = "behind a comma, slash or colon",
	[BOUND_STRONG] = "behind an explicit separator",
};

/* "penolong BIDAN", "key of berat": what the word files and the form know of one word. */
static void explain_meanings(
	struct strbuf *out, const struct parse *parse, const struct token *token)
{
	const char *before = " ";

	for (const struct lexicon_entry *e = token->keys; e; e = e->next) {
		if (e->words != 1 || e->class_id != parse->index->key_class)
			continue;
		strbuf_printf(out, "%skey of %s", before,
			parse->index->form->fields[e->number].name);
		before = ", ";
	}
	for (const struct lexicon_entry *e = token->words; e; e = e->next) {
		if (e->class_id < 0 || !parse->reader->relevant[e->class_id] ||
		    e->class_id == parse_class(parse, CLASS_NOT_NAME))
			continue;
		if (e->class_id == parse_class(parse, CLASS_FILLER)) {
			strbuf_printf(out, "%sa word that may be left out", before);
			before = ", ";
			continue;
		}
		strbuf_printf(out, "%s%s %s", before, e->class_name, e->canonical);
		before = ", ";
	}
	if (lexicon_longest(token->keys) > 1)
		strbuf_printf(out, "%slonger keys begin with it", before);
}

static void explain_tokens(struct strbuf *out, const struct parse *parse)
{
	strbuf_puts(out, "1. The text is cut into words and numbers; what each may mean:\n");
	for (size_t i = parse->first; i < parse->last; i++) {
		const struct token *token = &parse->tokens[i];
		const char *where = i == parse->first ? "" : parted_by[token->before];

		strbuf_printf(out, "   %3zu  %-14s", i, token->text);
		explain_meanings(out, parse, token);
		strbuf_printf(out, "%s%s%s\n", *where ? " (" : "", where, *where ? ")" : "");
	}
}

static bool is_chosen(const struct parse *parse, size_t id)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if ((size_t)parse->chosen[i] == id)
			return true;
	}
	return false;
}

/* Why this one was left: its words or its field went to another one. */
static void explain_loser(struct strbuf *out, const struct parse *parse, const struct candidate *c)
{
	for (size_t t = c->first; t < c->last; t++) {
		if (parse->taken[t] >= 0) {
			const struct candidate *winner = &parse->candidates[parse->taken[t]];

			strbuf_printf(out, "; left, \"%s\" went to %s", parse->tokens[t].text,
				winner->field == c->field ? "a better reading of it" :
				parse->index->form->fields[winner->field].name);
			return;
		}
	}
	strbuf_puts(out, "; left, together with the others it is worth less");
}

static void explain_candidates(struct strbuf *out, const struct parse *parse)
{
	strbuf_puts(
		out, "2. What pieces of it may be; * is taken, the number is what it is worth:\n");
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		size_t start = parse->tokens[c->first].start, end = parse->tokens[c->last - 1].end;
		const char *value;

		strbuf_printf(out, "   %c %3d  %-10s = %-12s \"%.*s\": %s",
			is_chosen(parse, i) ? '*' : ' ', c->worth,
			parse->index->form->fields[c->field].name,
			maybe_text(c->value, &value) ? value :
				problem_name((enum problem_code)c->problem),
			(int)(end - start), parse->text + start, c->why);
		if (c->child)
			strbuf_printf(out, " (child %d)", c->child + 1);
		if (!is_chosen(parse, i))
			explain_loser(out, parse, c);
		strbuf_puts(out, "\n");
	}
}

static void explain_sum(struct strbuf *out, const struct parse *parse)
{
	bool left = false;

	strbuf_printf(out,
		"3. Taken together, each word once and each field once: worth %d, the most there "
		"is\n"
		"   (with what order adds and words that nothing explains take away). Not used:",
		parse->worth);
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] < 0) {
			strbuf_printf(out, " %s", parse->tokens[i].text);
			left = true;
		}
	}
	strbuf_puts(out, left ? "\n" : " nothing\n");
	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		if (parse->unclear[f])
			strbuf_printf(out,
				"   another reading is worth as much and differs in %s: the sender "
				"is asked\n",
				parse->index->form->fields[f].name);
	}
}

static void explain_stretch(
	struct strbuf *out, const struct parse *parse, const char *what, size_t first, size_t last)
{
	size_t start = parse->tokens[first].start;

	if (first < last)
		strbuf_printf(out, "; %s: \"%.*s\"", what,
			(int)(parse->tokens[last - 1].end - start), parse->text + start);
}

void explain_region(const struct parse *parse, const char *opened, size_t at, size_t end)
{
	struct strbuf *out = parse->context->explain;

	if (!out)
		return;
	strbuf_printf(out, "A report of form %s is opened by %s at word %zu, \"%s\"",
		parse->index->form->name, opened, at, parse->tokens[at].text);
	explain_stretch(out, parse, "read is", parse->first, parse->last);
	explain_stretch(out, parse, "left out behind it as talk", parse->last, end);
	strbuf_puts(out, ".\n");
}

void explain_parse(const struct parse *parse)
{
	struct strbuf *out = parse->context->explain;

	if (!out)
		return;
	strbuf_printf(out, "Tried as form %s; %s; %u %s.\n", parse->index->form->name,
		parse->strong           ? "explicit separators part the fields"
			: parse->commas ? "commas part the fields"
					: "no separators, so fields may stand anywhere",
		parse->children, parse->children > 1 ? "children" : "report");
	explain_tokens(out, parse);
	explain_candidates(out, parse);
	explain_sum(out, parse);
}

static const char *status_text(enum report_status status)
{
	switch (status) {
	case STATUS_ACCEPTED:
		return "all that must be told is there and nothing contradicts: it counts";
	case STATUS_INCOMPLETE:
		return "something is missing: stored, asked for, not counted yet";
	case STATUS_QUESTION:
		return "something is doubtful: stored, asked, not counted yet";
	case STATUS_SUSPECT:
		return "a death told in free text: stored, alerted, details asked";
	case STATUS_REFUSED:
		return "no report can be made of it: the text is kept";
	default:
		return "";
	}
}

static void explain_report(struct strbuf *out, const struct report *report)
{
	strbuf_printf(out, "   %s, %s: %s\n", report->form ? report->form->name : "?",
		status_name(report->status), status_text(report->status));
	for (size_t i = 0; i < report->nvalue; i++)
		strbuf_printf(out, "      %s = %s%s\n", report->values[i].field,
			report->values[i].text,
			report->values[i].defaulted
				? " (not written: known from the sender or the form)"
				: "");
	for (size_t i = 0; i < report->nproblem; i++)
		strbuf_printf(out, "      problem: %s %s\n", report->problems[i].field,
			problem_name(report->problems[i].code));
	for (size_t i = 0; i < report->nnote; i++)
		strbuf_printf(out, "      note: %s\n", report->notes[i]);
}

void explain_reading(const struct read_context *context, const struct reading *reading)
{
	struct strbuf *out = context->explain;

	if (!out)
		return;
	strbuf_printf(out, "Decision: %s%s\n", intent_name(reading->intent), reading->nreport ? "" :
		", by its words; no report is in it");
	for (size_t i = 0; i < reading->nreport; i++)
		explain_report(out, &reading->reports[i]);
}
