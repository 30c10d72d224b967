/* Readings that depend on who speaks, and what is said around answers. */
#include "parsers/intent/intent.h"
#include "parsers/reader.h"
#include "parsers/parse/reader_index.h"
#include "parsers/text/text.h"

#define PLAIN_FIELDS 3  /* a report by its shape alone */
#define PERIOD_DAYS  27 /* a month */

/* Values that stand in the text itself. */
static size_t written(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->nvalue; i++)
		count += !report->values[i].defaulted;
	return count;
}

/* "lahir per kecamatan", "lahir ditolong dukun bln ini" from those who count and do not report. */
static bool may_ask(const struct read_context *context, const struct reading *reading)
{
	return (context->sender->role == ROLE_PUSKESMAS || context->sender->role == ROLE_DINKES ||
		       context->sender->role == ROLE_PROVINSI) &&
		reading->intent == INTENT_REPORT && reading->nreport == 1 && !reading->emergency &&
		reading->reports[0].status != STATUS_ACCEPTED;
}

/* A report of so little, or a question of which all is known: a place, and a time that no event
 * takes ("kematian bayi keling tw 2 2024"). */
static bool rather_asks(const struct reading *told, const struct reading *asked)
{
	const struct report *report = &told->reports[0];
	struct period period;

	if (!report->form->story && written(report) < PLAIN_FIELDS)
		return asked->intent == INTENT_QUERY || asked->intent == INTENT_HELP;
	return asked->intent == INTENT_QUERY && asked->nproblem == 0 && !report->story &&
		written(report) <= PLAIN_FIELDS && asked->query.period &&
		period_parse(asked->query.period, &period) &&
		date_diff_days(period.to, period.from) >= PERIOD_DAYS;
}

void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out)
{
	struct reading *asked;
	const char *folded;

	reader_read_plain(reader, scratch, arena, context, text, out);
	if (!may_ask(context, out))
		return;
	folded = out->text;
	asked = arena_alloc(arena, sizeof(*asked));
	reader_read_plain(
		reader, scratch, arena, context, arena_printf(arena, "jml %s", text), asked);
	if (rather_asks(out, asked)) {
		*out = *asked;
		out->text = folded;
	}
}

bool reader_is_talk(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text)};

	return intent_talk(&call);
}

bool reader_is_order(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text)};

	return intent_orders(&call);
}

bool reader_postpones(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text)};

	return intent_postpones(&call);
}
