/* What is said around answers: asked by the flows that wait for one. */
#include "parsers/intent/intent.h"
#include "parsers/reader.h"
#include "parsers/field/reader_index.h"
#include "parsers/text/text.h"

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
