/* The reader: finds out what a message is: ignored, one message or several, what is told besides,
 * practice behind it. The order in which a text is tried stands in reader_text.c. */
#include "parsers/reader.h"

#include <stdlib.h>

#include "parsers/besides.h"
#include "parsers/cry/cry.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_words.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/paired.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/digits.h"
#include "parsers/read/explain.h"
#include "parsers/read/reports.h"
#include "parsers/reader_parts.h"
#include "parsers/reader_summary.h"
#include "parsers/reader_text.h"
#include "parsers/reader_two.h"
#include "parsers/words/ignore.h"
#include "parsers/words/lexicon.h"
#include "parsers/words/rewrite.h"

struct scratch *scratch_new(void)
{
	return xcalloc(1, sizeof(struct scratch));
}

void scratch_free(struct scratch *scratch)
{
	free(scratch);
}

size_t scratch_steps(const struct scratch *scratch)
{
	return scratch->steps;
}

/* What is too long, or took too many steps, was not read to its end: an emergency, or for a human.
 */
static void give_up(const struct intent_call *call, struct reading *out)
{
	reading_clear(out, out->training);
	if (!intent_read(call, INTENT_LAST, out))
		out->intent = INTENT_HUMAN;
}

/* A birth or a session with a call for help in it; of a death the causes are no emergency. */
static bool calls_for_help(
	const struct intent_call *call, size_t count, bool may_alarm, struct reading *reading)
{
	enum urgency urgency;

	for (size_t i = 0; i < reading->nreport; i++) {
		if (reading->reports[i].form->story || reading->reports[i].status == STATUS_REFUSED)
			return false;
	}
	if (reading->intent != INTENT_REPORT || reading->nreport == 0 || !may_alarm)
		return false;
	urgency = intent_urgency(call, &reading->cry);
	return urgency == URGENCY_CRIES || (urgency == URGENCY_ALARMING && count <= TOKENS_MAX &&
		besides_cry(call, count, reading));
}

/* All refused, more than there is room for, or a word of dying: something may be told besides. */
static bool may_tell_more(const struct reading *reading, bool dying)
{
	bool refused = reading->nreport > 0;

	for (size_t i = 0; i < reading->nreport; i++)
		refused &= reading->reports[i].status == STATUS_REFUSED;
	return reading->intent == INTENT_REPORT && (refused || reading->overfull || dying);
}

static size_t cut_again(const struct intent_call *call)
{
	return tokens_cut(
		call->text, call->scratch->tokens, call->reader->lexicon, call->reader->keys);
}

static bool begins_training(const struct parse *parse)
{
	return token_is(&parse->tokens[0], parse_class(parse, CLASS_TRAINING));
}

/* Cuts the folded text, without LATIH in front of it, with digits for the letters and dashes that
 * stand for some: how many tokens. *with: as of text_cut(). */
static size_t cut_prepared(
	struct intent_call *call, char *text, const char **with, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	size_t count = text_cut(parse, text, with), behind;

	if (count > 1 && count <= TOKENS_MAX && begins_training(parse)) {
		out->training = parse->practice = true;
		*with = *with ? *with + parse->tokens[1].start : NULL;
		call->text = text += parse->tokens[1].start;
		count = cut_again(call);
	}
	if (count <= TOKENS_MAX && text_has_word(parse, count, CLASS_DEATH) &&
		(behind = summary_end(parse, count)) > 0) {
		*with = *with ? *with + parse->tokens[behind].start : NULL;
		call->text = text += parse->tokens[behind].start;
		count = cut_again(call);
	}
	if (count <= TOKENS_MAX && digits_spell(parse, text, count))
		count = cut_again(call);
	if (count <= TOKENS_MAX && dashes_count(parse, text, count))
		count = cut_again(call);
	if (count <= TOKENS_MAX && pairs_part(parse, text, count))
		count = cut_again(call);
	return count;
}

/* Behind the reports a line is practice: LATIH and a report. It is taken off the text, of which
 * *count tokens stay; NULL: no such line. */
static const char *practice_taken(struct intent_call *call, size_t *count)
{
	const struct parse *parse = &call->scratch->parse;

	for (size_t i = 1; i + 1 < *count && *count <= TOKENS_MAX; i++) {
		if (parse->tokens[i].newline &&
			token_is(&parse->tokens[i], parse_class(parse, CLASS_TRAINING)) &&
			keyword_at(parse, i + 1).end) {
			size_t start = parse->tokens[i].start;
			const char *practice = arena_strdup(call->arena, call->text + start);

			call->text = arena_strndup(call->arena, call->text, start);
			*count = cut_again(call);
			return practice;
		}
	}
	return NULL;
}

/* Words of dying stand there twice. */
static bool dies_twice(const struct parse *parse, size_t count)
{
	size_t words = 0;

	for (size_t i = 0; count <= TOKENS_MAX && i < count; i++)
		words += token_may_mean(&parse->tokens[i], parse_class(parse, CLASS_DEATH));
	return words > 1;
}

/* text: as it came; folded: the same, where cut is set only its beginning. */
static void read_message(
	struct intent_call *call, const char *text, char *folded, bool cut, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	struct two_dead two = {.texts = {NULL, NULL}};
	struct cuts cuts;
	const char *with, *practice = NULL;
	size_t count = cut_prepared(call, folded, &with, out);
	struct class_set classes;
	bool dying, also, may_alarm;

	if (count == 1 && begins_training(parse)) {
		out->intent = INTENT_HELP; /* LATIH alone: how to practise */
		out->topic = "latih";
		return;
	}
	if (!out->training)
		practice = practice_taken(call, &count);
	classes = tokens_mean(parse->tokens, 0, count);
	dying = class_in(&classes, CLASS_DEATH);
	also = dying && (class_in(&classes, CLASS_ALSO) || class_in(&classes, CLASS_KIN) ||
				class_in(&classes, CLASS_AND) || dies_twice(parse, count));
	cuts_find(parse, call->text, with, count, &classes, &cuts);
	may_alarm = cuts.keywords == 0 || cry_may_alarm(call, count);
	if (dying)
		two = two_dead_find(call, count);
	read_text(call, count, out);
	if ((cut || !parse_step(parse, 0)) && out->intent != INTENT_IGNORE)
		give_up(call, out);
	if ((cut || count > TOKENS_MAX) && out->intent == INTENT_HUMAN)
		besides_long(call, text, out);
	if (!cut && !read_two_dead(call, &two, out))
		read_cuts(call, &cuts, out), read_rest(call, &cuts, out);
	reports_share(call->reader, call->arena, call->context, out);
	days_share(call->reader, call->arena, call->context, cuts.keywords + cuts.slips <= 1,
		out);
	edges_told(call, out);
	out->emergency = calls_for_help(call, count, may_alarm, out);
	if (may_tell_more(out, dying))
		besides_reports(call, count, also, out);
	if (practice)
		out->besides = practice;
}

void read_whole(const struct intent_call *asked, const char *text, struct reading *out)
{
	struct intent_call call = *asked;
	struct scratch *scratch = call.scratch;
	struct rule_set rules;
	char *folded;
	bool cut;

	reading_clear(out, false);
	scratch->steps = 0;
	scratch->places.count = 0;
	scratch->tokens[0].length = 0;
	/* nothing of the message before is left */
	scratch->parse = (struct parse){.reader = call.reader,
		.scratch = scratch,
		.steps = &scratch->steps,
		.arena = call.arena,
		.context = call.context,
		.tokens = scratch->tokens,
		.candidates = scratch->candidates};
	call.text = folded = text_trimmed(&call, text, &cut, &rules);
	if (ignores_match(lexicon_ignores(call.lexicon), folded, &rules)) {
		out->intent = INTENT_IGNORE;
		out->text = folded;
	} else {
		read_message(&call, text, folded, cut, out);
	}
	explain_reading(call.context, out);
}
