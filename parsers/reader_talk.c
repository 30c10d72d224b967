/* Readings that depend on who speaks, and what is said around answers. */
#include "parsers/intent/intent.h"
#include "parsers/reader.h"
#include "parsers/parse/reader_index.h"
#include "parsers/text/text.h"

#define PLAIN_FIELDS 3 /* a report by its shape alone */

/* Values that stand in the text itself. */
static size_t written(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->nvalue; i++)
		count += !report->values[i].defaulted;
	return count;
}

/* "lahir per kecamatan", "lahir ditolong dukun bln ini" from those who count and do not report. */
static bool rather_asks(const struct read_context *context, const struct reading *reading)
{
	const struct report *report = &reading->reports[0];

	return (context->sender->role == ROLE_PUSKESMAS || context->sender->role == ROLE_DINKES ||
		       context->sender->role == ROLE_PROVINSI) &&
		reading->intent == INTENT_REPORT && reading->nreport == 1 &&
		!report->form->story && report->status != STATUS_ACCEPTED &&
		!reading->emergency && written(report) < PLAIN_FIELDS;
}

void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out)
{
	struct reading *asked;
	const char *folded;

	reader_read_plain(reader, scratch, arena, context, text, out);
	if (!rather_asks(context, out))
		return;
	folded = out->text;
	asked = arena_alloc(arena, sizeof(*asked));
	reader_read_plain(
		reader, scratch, arena, context, arena_printf(arena, "jml %s", text), asked);
	if (asked->intent == INTENT_QUERY || asked->intent == INTENT_HELP) {
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

bool reader_postpones(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text)};

	return intent_postpones(&call);
}
