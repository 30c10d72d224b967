/* The reader: finds out what a message is.
 *
 * Order: commands, "none this month", reports by keyword, deaths in free text, reports by shape,
 * chat.
 */
#include "parsers/reader.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/besides.h"
#include "parsers/dying/death.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/scratch.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_words.h"
#include "parsers/read/digits.h"
#include "parsers/read/explain.h"
#include "parsers/read/reports.h"
#include "parsers/reader_nihil.h"
#include "parsers/region/parts.h"
#include "parsers/region/region.h"
#include "parsers/text/text.h"
#include "parsers/words/ignore.h"
#include "parsers/words/lexicon.h"
#include "parsers/words/rewrite.h"

#define UTF8_MOST     4 /* octets of a character */
#define INSIDE_STEPS  (STEPS_MAX / 8) /* what took more is in no two reports that somebody wrote */

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

/* Folded, without space at its ends; *cut: it is longer than what is read; *grams: its own. */
static char *trimmed(
	const struct intent_call *call, const char *text, bool *cut, struct grams *grams)
{
	char *folded = text_fold(call->arena, text);
	size_t length;

	*cut = strnlen(text, TEXT_FOLDED_MAX + 1) > TEXT_FOLDED_MAX ||
		strlen(folded) + UTF8_MOST > TEXT_FOLDED_MAX;
	folded = rewrites_apply(lexicon_rewrites(call->lexicon), call->arena, folded, grams,
		call->context->explain);
	while (*folded == ' ' || *folded == '\n')
		folded++;
	length = strlen(folded);
	while (length && (folded[length - 1] == ' ' || folded[length - 1] == '\n'))
		folded[--length] = '\0';
	return folded;
}

/* Cuts a text; a midwife's notation is a value where a report begins whose form reads it by a
 * pattern, and says nothing elsewhere: *with is then the text that still has it, else NULL. */
static size_t cut_text(struct parse *parse, char *text, const char **with)
{
	const struct reader *reader = parse->reader;
	size_t count = tokens_cut(text, parse->tokens, reader->lexicon, reader->keys);
	const char *kept;

	*with = NULL;
	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	for (size_t i = 0; i < parse->last; i++) {
		struct keyword keyword = keyword_at(parse, i);

		if (!keyword.end && i == 0)
			keyword = keyword_slip(parse, i);
		if (keyword.end && keyword.index->patterns)
			return count;
	}
	kept = arena_strdup(parse->arena, text);
	if (!text_drop_gravida(text))
		return count;
	*with = kept;
	if (!text[strspn(text, " \n")]) /* nothing else is said: an answer */
		memcpy(text, kept, strlen(kept));
	return tokens_cut(text, parse->tokens, reader->lexicon, reader->keys);
}

/* No numbers of a report, and nobody has died: somebody may need help now. */
static bool cries_for_help(const struct intent_call *call, size_t count)
{
	struct parse *parse = &call->scratch->parse;
	struct keyword slip;

	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	if (!parse->last || parse_digits(parse, 0, count) >= 2 ||
		(has_strong(parse, 0, count) &&
			(keyword_at(parse, 0).end || keyword_slip(parse, 0).end)))
		return false;
	slip = keyword_slip(parse, 0);
	if (death_told_in(parse, 0, count) < count || (slip.end && slip.index->form->story))
		return false;
	return !intent_tells_illness(call);
}

/* "posyandu harusnya besok": words of a mistake and a field: no report of its own. */
static bool corrects(const struct intent_call *call, size_t count)
{
	return call->scratch->other_text && !has_strong(&call->scratch->parse, 0, count);
}

/* Does a word of the class stand anywhere? */
static bool may_tell(const struct parse *parse, size_t count, enum word_class which)
{
	unsigned long classes = 0;

	for (size_t i = 0; i < count && i < TOKENS_MAX; i++)
		classes |= parse->tokens[i].classes;
	return (classes & class_bit(parse_class(parse, which))) != 0;
}

/* "nihil lahir agt boleh dikirim skrg?" tells nothing yet. */
static bool asks_how(const struct intent_call *call, size_t count)
{
	int asks = lexicon_class(call->lexicon, "tanya_boleh");

	for (size_t i = 0; i < count && strchr(call->text, '?'); i++)
		if (phrase_at(&call->scratch->parse, i, asks, NULL))
			return true;
	return false;
}

/* "desa yg tidak ada kelahiran juli" of those who count asks for a list, and tells no NIHIL. */
static bool nihil_told(const struct intent_call *call, size_t count, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;

	if (count < 2 || count > TOKENS_MAX || call->context->sender->role == ROLE_NONE ||
		asks_how(call, count) || !read_nihil(parse, count, out))
		return false;
	if (!intent_is_office(call->context->sender))
		return true;
	if (intent_read(call, INTENT_FIRST, out) && out->intent == INTENT_QUERY &&
		out->query.limit > 0)
		return true;
	reading_clear(out, out->training);
	return read_nihil(parse, tokens_again(call), out);
}

static void read_text(const struct intent_call *call, size_t count, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	bool dying = may_tell(parse, count, CLASS_DEATH);

	call->scratch->other_text = false;
	parse->read = NULL;
	call->scratch->nkept = 0;
	parse->text = call->text;
	parse->first = 0;
	parse->last = count;
	if (nihil_told(call, count, out)) {
		out->text = call->text;
		return;
	}
	if (!plainly_report(parse, count) && (intent_read(call, INTENT_FIRST, out) ||
	    (cries_for_help(call, count) && intent_read(call, INTENT_LAST, out) &&
	     out->intent == INTENT_EMERGENCY))) {
		besides_command(call, count, dying, out);
		return;
	}
	if (call->scratch->other_text) { /* a command read a value, and was none after all */
		count = tokens_cut(call->text, parse->tokens, call->lexicon, call->reader->keys);
		parse->text = call->text;
		parse->index = NULL;
	}
	if (count > 0 && count <= TOKENS_MAX && !corrects(call, count) &&
		read_any(parse, count, out)) {
		out->text = call->text;
		return;
	}
	reading_clear(out, out->training);
	if (!intent_read(call, INTENT_LAST, out))
		out->intent = INTENT_HUMAN;
}

/* What is too long, or took too many steps, was not read to its end: an emergency, or for a human.
 */
static void give_up(const struct intent_call *call, struct reading *out)
{
	reading_clear(out, out->training);
	if (!intent_read(call, INTENT_LAST, out))
		out->intent = INTENT_HUMAN;
}

/* Reads the parts of a text each by itself; *out changes only when all are whole and more than it
 * holds. all: room for two readings. */
static void read_parts(const struct intent_call *call, const char *whole,
	const struct part *starts, size_t parts, struct reading *all, struct reading *out)
{
	struct reading *part = all + 1;
	struct intent_call one = *call;
	struct grams grams;
	const char *with;
	char *text;
	bool cut;

	reading_clear(all, out->training);
	for (size_t i = 0; i < parts; i++) {
		size_t start = starts[i].start, count,
		       end = i + 1 < parts ? starts[i + 1].lead : strlen(call->text);

		if (call->scratch->steps > STEPS_MAX / 2)
			return;
		text = trimmed(call,
			arena_strndup(call->arena, whole + start, end - start), &cut, &grams);
		one.text = text;
		count = cut_text(&call->scratch->parse, text, &with);
		reading_clear(part, out->training);
		read_text(&one, count, part);
		if (!parse_step(&call->scratch->parse, 0))
			return;
		if (!parts_join(all, part,
			    parts_needed(out) && !starts[parts - 1].least &&
				    !(i + 1 < parts && starts[i + 1].value),
			    starts[i].least))
			return; /* what it lacks may be the word that opens the next */
	}
	if (all->nreport <= out->nreport)
		return;
	all->intent = INTENT_REPORT;
	all->text = call->text;
	reading_copy(out, all);
}

/* A text in parts, as two ways find them: at sentences, at lines; and keywords further on. */
struct cuts {
	const char *text; /* a midwife's notation in it: a part may be of a form that reads it */
	struct part parts[2][PARTS_MAX], inside[INSIDE_MAX];
	size_t count[2], ninside, keywords; /* words that may be some */
};

static void cuts_find(struct parse *parse, size_t count, struct cuts *out)
{
	bool lines = false;

	out->keywords = out->count[0] = out->count[1] = out->ninside = 0;
	if (count > TOKENS_MAX)
		return;
	for (size_t i = 0; i < count; i++) {
		lines |= parse->tokens[i].newline;
		out->keywords += (parse->tokens[i].key_classes &
			class_bit(parse->reader->keyword_class)) != 0;
	}
	out->count[0] = parts_find(parse, count, false, out->parts[0]);
	out->count[1] = lines ? parts_find(parse, count, true, out->parts[1]) : 0;
	out->ninside = parts_inside(parse, count, out->inside);
}

/* The text with what was dropped from it by cut_text. */
static const char *text_whole(struct arena *arena, const char *text, const char *with)
{
	char *whole;

	if (!with)
		return text;
	whole = arena_strdup(arena, text);
	for (size_t i = 0; whole[i]; i++)
		whole[i] = whole[i] == ' ' ? with[i] : whole[i];
	return whole;
}

/* Each keyword has told its report, whole. */
static bool all_told(const struct cuts *cuts, const struct reading *out)
{
	for (size_t i = 0; i < cuts->ninside; i++) {
		if (cuts->inside[i].slip)
			return false;
	}
	return cuts->keywords == cuts->count[0] && cuts->count[1] <= cuts->count[0] &&
		parts_told(out, cuts->parts[0], cuts->count[0]);
}

/* Both ways cut alike. */
static bool same_parts(const struct cuts *cuts)
{
	const struct part *a = cuts->parts[0], *b = cuts->parts[1];
	size_t count = cuts->count[0], i = 0;

	if (count != cuts->count[1])
		return false;
	while (i < count && a[i].start == b[i].start && a[i].form == b[i].form &&
		a[i].value == b[i].value)
		i++;
	return i == count;
}

/* Reads the text in its parts where they may tell more than it told as a whole. */
static void read_cuts(
	const struct intent_call *call, const struct cuts *cuts, struct reading *out)
{
	bool same = same_parts(cuts);
	struct reading *room;

	if (all_told(cuts, out) ||
		(cuts->count[0] < 2 && cuts->count[1] < 2 && cuts->ninside == 0))
		return;
	room = arena_raw(call->arena, 2 * sizeof(*room));
	for (size_t i = 0; i < 2; i++) {
		if (cuts->count[i] > 1 && !(i > 0 && same) && parse_step(&call->scratch->parse, 0))
			read_parts(call, cuts->text, cuts->parts[i], cuts->count[i], room, out);
	}
	for (size_t i = 0; i < cuts->ninside && out->nreport <= cuts->ninside; i++) {
		const struct part two[2] = {{.least = cuts->inside[i].above}, cuts->inside[i]};

		if (out->intent == INTENT_REPORT && call->scratch->steps < INSIDE_STEPS)
			read_parts(call, cuts->text, two, 2, room, out);
	}
}

/* A birth or a session with a call for help in it; of a death the causes are no emergency. */
static bool calls_for_help(
	const struct intent_call *call, size_t count, struct reading *reading)
{
	enum urgency urgency;

	for (size_t i = 0; i < reading->nreport; i++) {
		if (reading->reports[i].form->story || reading->reports[i].status == STATUS_REFUSED)
			return false;
	}
	if (reading->intent != INTENT_REPORT || reading->nreport == 0)
		return false;
	urgency = intent_urgency(call, &reading->cry);
	return urgency == URGENCY_CRIES || (urgency == URGENCY_ALARMING && count <= TOKENS_MAX &&
		besides_cry(call, count, reading));
}

/* Behind the reports a line is practice: LATIH and a report. Where it begins in the text; 0:
 * nowhere. */
static size_t practice_begins(const struct parse *parse, size_t count)
{
	for (size_t i = 1; i + 1 < count && count <= TOKENS_MAX; i++) {
		if (parse->tokens[i].newline &&
			token_is(&parse->tokens[i], parse_class(parse, CLASS_TRAINING)) &&
			keyword_at(parse, i + 1).end)
			return parse->tokens[i].start;
	}
	return 0;
}

/* All refused, more than there is room for, or a word of dying: something may be told besides. */
static bool may_tell_more(const struct reading *reading, bool dying)
{
	bool refused = reading->nreport > 0;

	for (size_t i = 0; i < reading->nreport; i++)
		refused &= reading->reports[i].status == STATUS_REFUSED;
	return reading->intent == INTENT_REPORT && (refused || reading->overfull || dying);
}

void reader_read_plain(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out)
{
	struct words words = {.count = 0};
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, NULL, &words};
	struct parse *parse = &scratch->parse;
	struct cuts cuts;
	struct grams grams;
	size_t count;
	const char *practice = NULL, *with;
	char *folded;
	bool cut, dying, also;

	reading_clear(out, false);
	scratch->steps = 0;
	scratch->places.count = 0;
	call.text = folded = trimmed(&call, text, &cut, &grams);
	if (ignores_match(lexicon_ignores(reader->lexicon), call.text, &grams)) {
		out->intent = INTENT_IGNORE;
		out->text = call.text;
		explain_reading(context, out);
		return;
	}
	*parse = (struct parse){.reader = reader, /* nothing of the message before is left */
		.scratch = scratch,
		.steps = &scratch->steps,
		.arena = arena,
		.context = context,
		.tokens = scratch->tokens,
		.candidates = scratch->candidates};
	count = cut_text(parse, folded, &with);
	if (count > 1 && count <= TOKENS_MAX &&
		token_is(&scratch->tokens[0], reader->classes[CLASS_TRAINING])) {
		out->training = true;
		with = with ? with + scratch->tokens[1].start : NULL;
		call.text = folded += scratch->tokens[1].start;
		count = tokens_cut(call.text, scratch->tokens, reader->lexicon, reader->keys);
	}
	if (count == 1 && token_is(&scratch->tokens[0], reader->classes[CLASS_TRAINING])) {
		out->intent = INTENT_HELP; /* LATIH alone: how to practise */
		out->topic = "latih";
		explain_reading(context, out);
		return;
	}
	if (count <= TOKENS_MAX && digits_spell(parse, folded, count))
		count = tokens_cut(call.text, scratch->tokens, reader->lexicon, reader->keys);
	if (count <= TOKENS_MAX && dashes_count(parse, folded, count))
		count = tokens_cut(call.text, scratch->tokens, reader->lexicon, reader->keys);
	if (!out->training && practice_begins(parse, count)) {
		practice = arena_strdup(arena, folded + practice_begins(parse, count));
		folded[practice_begins(parse, count)] = '\0';
		count = tokens_cut(folded, scratch->tokens, reader->lexicon, reader->keys);
	}
	dying = may_tell(parse, count, CLASS_DEATH);
	also = dying && (may_tell(parse, count, CLASS_ALSO) || may_tell(parse, count, CLASS_KIN));
	cuts.text = text_whole(arena, folded, with);
	cuts_find(parse, count, &cuts);
	read_text(&call, count, out);
	if ((cut || !parse_step(parse, 0)) && out->intent != INTENT_IGNORE)
		give_up(&call, out);
	if ((cut || count > TOKENS_MAX) && out->intent == INTENT_HUMAN)
		besides_long(&call, text, out);
	if (!cut)
		read_cuts(&call, &cuts, out);
	reports_share(reader, arena, context, out);
	out->emergency = calls_for_help(&call, count, out);
	if (may_tell_more(out, dying))
		besides_reports(&call, count, also, out);
	if (practice != NULL)
		out->besides = practice;
	explain_reading(context, out);
}
