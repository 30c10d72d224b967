/* Fuzz target: any text from any kind of sender through the reader with the shipped forms and
 * words.
 *
 * The first octet picks the sender, the rest is the text. Beyond memory errors it looks for broken
 * promises: an accepted report with a problem or that judges differently when judged again, a value
 * that does not read as itself, a second reading that differs from the first, and work without
 * bounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/report/reading_json.h"
#include "parsers/parse/parse.h"
#include "parsers/text/error.h"
#include "tests/parsers/corpus_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX   40000

#define PROMISE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

static const char *const phones[] = {
	"+6281200000001", "+6281200000003", "+6281200000010", "+6281200000020", "+6281200000022",
	"+6281200000023", "+6281299999999", "888", "TELKOMSEL",
};

static struct corpus_world *world;
static struct scratch *scratch;
static struct arena *arena; /* one text */
static struct read_context contexts[COUNT_OF(phones)];
static bool fast;

static bool field_is_derived(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->nderive; i++) {
		if (strcmp(form->derives[i].field, name) == 0)
			return true;
	}
	return false;
}

/* A value as an answer or a correction would give it means itself. */
static void check_value(
	const struct read_context *context, const struct form *form, const struct value *value)
{
	struct value again;
	struct problem problem;

	PROMISE(value->field && value->text && *value->text);
	if (!form_field(form, value->field) || value->defaulted ||
		field_is_derived(form, value->field))
		return;
	again = (struct value){.text = "nothing"};
	if (reader_read_field(corpus_reader(world), scratch, arena, context, form, value->field,
		    value->text, &again, &problem) != OK ||
		strcmp(again.text, value->text) != 0) {
		fprintf(stderr, "%s: %s reads as %s\n", value->field, value->text, again.text);
		abort();
	}
}

static void check_accepted(
	const struct read_context *context, const struct report *report, bool whole)
{
	struct report *again = arena_alloc(arena, sizeof(*again));

	PROMISE(report->nproblem == 0);
	if (report_value(report, "nihil"))
		return; /* "none" lacks what an event must tell, and its day is a month's */
	for (size_t i = 0; whole && i < report->nvalue; i++)
		check_value(context, report->form, &report->values[i]);
	*again = *report;
	report_judge(corpus_reader(world), arena, context, NULL, again);
	PROMISE(again->status == STATUS_ACCEPTED && again->nproblem == 0);
	PROMISE(again->form == report->form && again->nvalue == report->nvalue);
	for (size_t i = 0; i < report->nvalue; i++)
		PROMISE(strcmp(again->values[i].text, report->values[i].text) == 0);
}

static void check_report(
	const struct read_context *context, const struct report *report, bool whole)
{
	PROMISE(report->form && status_name(report->status));
	PROMISE(report->nvalue <= REPORT_FIELDS && report->nnote <= REPORT_NOTES);
	for (size_t i = 0; i < report->nproblem; i++) {
		const struct problem *problem = &report->problems[i];

		PROMISE(problem->field && problem_name(problem->code) &&
			problem->noption <= OPTIONS_MAX);
		PROMISE(!*problem->field || form_field(report->form, problem->field));
	}
	if (report->status == STATUS_ACCEPTED)
		check_accepted(context, report, whole);
	else
		PROMISE(report->nproblem > 0 || report->status == STATUS_SUSPECT);
}

/* Nothing of one reading may reach into the next. */
static void check_again(
	const struct read_context *context, const char *text, const struct reading *first)
{
	struct reading *again = arena_alloc(arena, sizeof(*again));
	char *a = reading_json(first, NULL), *b;

	reader_read(corpus_reader(world), scratch, arena, context, text, again);
	b = reading_json(again, NULL);
	PROMISE(strcmp(a, b) == 0);
	free(a);
	free(b);
}

/* All that does not depend on the text, once. Each sender's context is kept: corpus_context() has
 * one stranger at a time. */
static void begin(void)
{
	world = corpus_world_new(NULL);
	scratch = scratch_new();
	arena = arena_new();
	fast = getenv("KABAR_FUZZ_FAST") != NULL;
	for (size_t i = 0; i < COUNT_OF(phones); i++) {
		static struct sender senders[COUNT_OF(phones)];

		contexts[i] = corpus_context(world, phones[i]);
		senders[i] = *contexts[i].sender;
		contexts[i].sender = &senders[i];
	}
}

/* Reading the text and each value twice is most of the work: a fuzzer in a hurry does it for one
 * text in eight, always the same ones, so that what it finds is found again. */
static bool is_for_twice(const uint8_t *data, size_t size)
{
	uint32_t sum = 2166136261U;

	for (size_t i = 0; i < size; i++)
		sum = (sum ^ data[i]) * 16777619U;
	return !fast || sum >> 29 == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct read_context *context;
	struct reading *reading;
	bool whole;
	char *text;

	if (size == 0 || size > TEXT_MAX)
		return 0;
	if (!world)
		begin();
	arena_reset(arena);
	context = &contexts[data[0] % COUNT_OF(phones)];
	text = xstrndup((const char *)data + 1, size - 1); /* a read behind its end is seen */
	reading = arena_alloc(arena, sizeof(*reading));
	reader_read(corpus_reader(world), scratch, arena, context, text, reading);
	PROMISE(scratch_steps(scratch) <= STEPS_MAX + STEPS_OVER);
	PROMISE(intent_name(reading->intent) && reading->nreport <= COUNT_OF(reading->reports));
	PROMISE((reading->intent == INTENT_REPORT) == (reading->nreport > 0));
	whole = is_for_twice(data, size);
	if (whole)
		check_again(context, text, reading);
	for (size_t i = 0; i < reading->nreport; i++)
		check_report(context, &reading->reports[i], whole);
	free(text);
	return 0;
}
