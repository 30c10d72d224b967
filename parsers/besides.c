/* What is told beside a command or a report: see besides.h. */
#include "parsers/besides.h"

#include <string.h>
#include <strings.h>

#include "parsers/besides_dead.h"
#include "parsers/dying/death.h"
#include "parsers/field/none.h"
#include "parsers/intent/intent.h"
#include "parsers/parse/scratch.h"
#include "parsers/region/region.h"
#include "parsers/text/text.h"

#define ALSO_WORDS 3   /* "bayinya juga meninggal": so near behind each other */
#define LONG_PIECE 480 /* octets of a long text that are looked at together */

/* Commands are claimed before words of dying are looked for; what asks looks itself. */
static bool is_command(enum intent intent)
{
	switch (intent) {
	case INTENT_CORRECT:
	case INTENT_CANCEL:
	case INTENT_REGISTER:
	case INTENT_PROFILE:
	case INTENT_STATUS:
	case INTENT_SUPERVISE:
	case INTENT_CHECKUP:
	case INTENT_MORE:
	case INTENT_QUERY: /* cries only: deaths are what is counted */
		return true;
	default:
		return false;
	}
}

/* "KOREKSI M2408-0001 …": whatever is said of a death's report is said of that death. */
static bool about_death(const struct reader *reader, const char *ref)
{
	for (size_t f = 0; ref && f < reader->nform; f++) {
		const struct form *form = reader->index[f].form;

		if (form->story && (form->letter[0] | 0x20) == (ref[0] | 0x20))
			return true;
	}
	return false;
}

/* "KOREKSI K2408-0002 RIWAYAT SESAR, KEGUGURAN": one of the words that a field knows, no name. */
static bool is_corrected(
	const struct reader *reader, const struct reading *out, const struct token *token)
{
	for (size_t i = 0; i < out->nchange; i++) {
		const struct value *change = &out->changes[i];

		for (size_t f = 0; f < reader->nform && change->raw != NULL; f++) {
			const struct form *form = reader->index[f].form;
			int field = form_field_index(form, change->field);

			if (field >= 0 && strstr(change->raw, token->text) != NULL &&
				(form->fields[field].type == FIELD_CHOICE ||
					form->fields[field].type == FIELD_LIST))
				return true;
		}
	}
	return false;
}

static bool is_alarming(const struct intent_call *call)
{
	const char *cry;

	return intent_urgency(call, &cry) != URGENCY_NONE;
}

/* The token at which a cry for help begins, not in front of first; count: none. */
static size_t cry_begins(const struct intent_call *call, size_t first, size_t count, bool apart)
{
	const struct parse *parse = &call->scratch->parse;
	struct cry_place cry = {.about_somebody = false};

	if (!is_alarming(call) || !intent_cries(call, &cry) || (apart && !cry.apart))
		return count;
	while (first < count && parse->tokens[first].end <= cry.at)
		first++;
	return first;
}

size_t tokens_again(const struct intent_call *call)
{
	struct parse *parse = &call->scratch->parse;

	parse->text = call->text;
	parse->index = NULL;
	parse_forget(parse);
	call->scratch->other_text = false;
	return tokens_cut(call->text, parse->tokens, call->lexicon, call->reader->keys);
}

/* The command without what stands behind it; false: it is none, or tells nothing. */
static bool command_alone(const struct intent_call *call, size_t end, struct reading *out)
{
	struct intent_call front = *call;
	bool complete = false;

	while (end > 0 && strchr(" \n,;.", call->text[end - 1]))
		end--;
	front.text = arena_strndup(call->arena, call->text, end);
	reading_clear(out, out->training);
	complete = intent_read(&front, INTENT_FIRST, out);
	out->text = call->text;
	return complete && (out->intent != INTENT_CORRECT || out->nchange > 0);
}

void besides_command(
	const struct intent_call *call, size_t count, bool dying, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	enum intent intent = out->intent;
	size_t at, start, end;
	bool dead;

	if (!is_command(intent) || about_death(call->reader, out->ref) || count > TOKENS_MAX ||
		!(dying || is_alarming(call)) || (intent == INTENT_QUERY && out->query.which))
		return; /* "kematian ibu krn perdarahan": counted by that word */
	(void)tokens_again(call);
	parse->first = 0;
	parse->last = count;
	at = intent == INTENT_QUERY ? count : dead_begins(parse, 1, count);
	for (size_t i = at; i < count; i++) {
		if (death_told_at(parse, i) && is_corrected(call->reader, out, &parse->tokens[i]))
			return;
	}
	if (at == count && dying)
		at = dead_known_begins(parse, count);
	dead = at < count;
	if (dead && intent != INTENT_CANCEL && death_told_at(parse, at) &&
		parse->tokens[at].before <= BOUND_SOFT)
		return; /* "CEK meninggal", "KOREKSI L2408-0001 MENINGGAL": nobody's, or a value */
	if (!dead) /* a question counts what is not told apart */
		at = cry_begins(call, 1, count, intent == INTENT_QUERY);
	if (at == count)
		return;
	start = parse->tokens[at].start;
	end = parse->tokens[dead ? dead_order_ends(parse, at) : at].start;
	if (!command_alone(call, end, out) && !dead) {
		reading_clear(out, out->training); /* it may have been the value: both are heard */
		(void)intent_read(call, INTENT_FIRST, out);
	}
	out->besides = call->text + start;
	out->besides_cries = !dead;
}

/* It is asked what the word means. */
static bool is_asked(const struct report *report, const struct token *token)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		const struct problem *problem = &report->problems[i];

		if (problem->raw != NULL && strstr(problem->raw, token->text) != NULL)
			return true;
		for (size_t k = 0; k < problem->noption; k++) {
			if (strcasecmp(problem->options[k].value, token->text) == 0)
				return true;
		}
	}
	return false;
}

/* "RUJUK#YUNI#RS#MENINGGAL": the word was read as the value of a field. */
static bool was_read(const struct reading *reading, const struct token *token)
{
	for (size_t i = 0; i < reading->nreport; i++) {
		const struct report *report = &reading->reports[i];

		if (is_asked(report, token))
			return true;
		for (size_t k = 0; k < report->nvalue; k++) {
			const char *raw = report->values[k].raw;

			if (raw && strstr(raw, token->text))
				return true;
		}
	}
	return false;
}

/* A danger that a form asks for: a word of one of its lists or choices, a measured value. */
static bool is_known(
	const struct intent_call *call, const struct reading *reading, const struct token *token)
{
	struct intent_call word = *call;

	word.text = arena_strndup(
		call->arena, call->text + token->start, (size_t)(token->end - token->start));
	for (size_t i = 0; i < reading->nreport; i++) {
		const struct report *report = &reading->reports[i];

		for (size_t k = 0; k < report->nvalue; k++) {
			const struct value *value = &report->values[k];
			int field = form_field_index(report->form, value->field);
			enum field_type type =
				field < 0 ? FIELD_TEXT : report->form->fields[field].type;

			if (!value->raw || !strstr(value->raw, token->text) ||
				type == FIELD_TEXT || type == FIELD_NAME)
				continue;
			if (type != FIELD_CHOICE || is_alarming(&word))
				return true;
		}
	}
	return false;
}

/* What each report is: refused, or of a form that tells deaths, itself or by what it becomes. */
static void look(const struct reading *reading, bool *refused, bool *deaths)
{
	*refused = true;
	*deaths = false;
	for (size_t i = 0; i < reading->nreport; i++) {
		const struct report *report = &reading->reports[i];

		if (report->status == STATUS_REFUSED)
			continue;
		*refused = false;
		*deaths |= report->form->story || report->form->becomes;
	}
}

/* The word said whose death a report tells. */
static bool is_whose(const struct reading *reading, const struct token *token)
{
	for (size_t i = 0; i < reading->nreport; i++) {
		const char *kind = reading->reports[i].form->kind;
		const struct value *value = report_value(&reading->reports[i], kind ? kind : "");

		if (value && value->raw && strstr(value->raw, token->text))
			return true;
	}
	return false;
}

/* "…, bayinya juga": what is left out is the word of dying in front. */
static bool left_out(const struct parse *parse, size_t child, size_t count)
{
	size_t end = child + 1 < count && !clause_ends_before(&parse->tokens[child + 1])
		? phrase_at(parse, child + 1, parse_class(parse, CLASS_ALSO), NULL) : 0;

	return end && (end >= count || clause_ends_before(&parse->tokens[end])) &&
		death_told_in(parse, 0, child) < child;
}

/* What is told of a child who died too, as a message of its own. */
static const char *child_told(const struct intent_call *call, const struct parse *parse, size_t at,
	size_t count)
{
	const struct token *child = &parse->tokens[at];

	if (!token_is(child, parse_class(parse, CLASS_CHILD)) || !left_out(parse, at, count))
		return call->text + child->start;
	return arena_printf(call->arena, "%.*s %s", (int)(child[1].end - child->start),
		call->text + child->start, parse->tokens[death_told_in(parse, 0, at)].text);
}

/* "MATI IBU … bayi juga meninggal": where the telling of the child begins who died too; count:
 * nowhere. */
static size_t also_begins(const struct parse *parse, const struct reading *out, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		bool also = false, dead = false;

		if (!token_is(&parse->tokens[i], parse_class(parse, CLASS_CHILD)) ||
			is_whose(out, &parse->tokens[i]))
			continue;
		for (size_t k = i + 1; k < count && k <= i + ALSO_WORDS &&
			!clause_ends_before(&parse->tokens[k]); k++) {
			also |= phrase_at(parse, k, parse_class(parse, CLASS_ALSO), NULL) > 0;
			dead |= death_told_at(parse, k);
		}
		if ((also && dead) || left_out(parse, i, count))
			return i;
	}
	return count;
}

static bool key_in_front(const struct parse *parse, size_t at)
{
	for (const struct lexicon_entry *e = at > 0 ? parse->tokens[at - 1].keys : NULL; e;
		e = e->next) {
		if (e->words == 1 && e->class_id >= 0 &&
			e->class_id != CLASS_KEYWORD)
			return true;
	}
	return false;
}

/* "LAHIR … HIDUP, mertuanya meninggal": where the clause begins whose dead is somebody's relative,
 * and nobody's of the report; count: nowhere. */
static size_t kin_begins(const struct parse *parse, const struct reading *out, size_t count)
{
	for (size_t i = 0; i < out->nreport; i++) {
		if (out->reports[i].form->story)
			return count;
	}
	for (size_t i = 1; i < count; i++) {
		size_t at = i;

		if (!death_told_at(parse, i) || !kin_dies(parse, i) || none_died(parse, i))
			continue;
		while (at > 0 && !token_is(&parse->tokens[at], parse_class(parse, CLASS_KIN)))
			at--;
		if (!key_in_front(parse, at))
			return at; /* but "ket suami meninggal": how she lives */
	}
	return count;
}

/* "LAHIR KEMBAR … satu meninggal": of several children that were told it is asked which one died;
 * that one did is told. Where that begins; count: nowhere. */
static size_t one_begins(const struct parse *parse, const struct reading *out, size_t count)
{
	bool asked = out->nreport > 1;

	for (size_t i = 0; i < out->nreport && asked; i++)
		asked = out->reports[i].form->becomes && out->reports[i].status == STATUS_QUESTION;
	return asked ? dead_begins(parse, 0, count) : count;
}

void besides_reports(
	const struct intent_call *call, size_t count, bool also, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	size_t from = 0, at;
	bool refused, deaths;

	look(out, &refused, &deaths);
	if (count > TOKENS_MAX || (deaths && !out->overfull && !also && out->nreport < 2))
		return;
	(void)tokens_again(call);
	parse->first = 0;
	parse->last = count;
	if (deaths && !out->overfull) {
		at = out->nreport == 1 ? also_begins(parse, out, count)
				       : one_begins(parse, out, count);
		if (at == count && out->nreport == 1)
			at = dead_second_begins(parse, count);
		if (at == count)
			at = kin_begins(parse, out, count);
		if (at < count)
			out->besides = child_told(call, parse, at, count);
		return;
	}
	while (out->rest && from < count && parse->tokens[from].start < out->rest)
		from++;
	at = dead_begins(parse, from, count);
	if (at < count && !out->overfull && !refused) {
		size_t word = at;

		while (word < count && !death_told_at(parse, word))
			word++;
		if (was_read(out, &parse->tokens[word]))
			at = count;
	}
	if (at == count && (refused || out->overfull)) {
		struct cry_place cry = {.about_somebody = true};

		at = refused && is_alarming(call) && intent_cries(call, &cry)
			? 0 : cry_begins(call, from, count, false);
		out->besides_cries = at < count;
	}
	if (at < count)
		out->besides = call->text + parse->tokens[at].start;
}

/* The text without the words that a form knows as values: what it alarms of by itself. */
static char *without_known(
	const struct intent_call *call, size_t count, const struct reading *out)
{
	const struct parse *parse = &call->scratch->parse;
	char *text = arena_strdup(call->arena, call->text);

	for (size_t i = 0; i < count; i++) {
		const struct token *token = &parse->tokens[i];

		if (is_known(call, out, token))
			memset(text + token->start, ' ', (size_t)(token->end - token->start));
	}
	return text;
}

bool besides_cry(const struct intent_call *call, size_t count, struct reading *out)
{
	struct intent_call rest = *call;
	struct cry_place cry = {.about_somebody = true};

	(void)tokens_again(call);
	call->scratch->parse.first = 0;
	call->scratch->parse.last = count;
	rest.text = without_known(call, count, out);
	if (!intent_cries(&rest, &cry))
		return false;
	out->cry = arena_strdup(call->arena, call->text + cry.at);
	return true;
}

/* One piece of a long text: a death that is told, or a cry. */
static bool tells_in_piece(const struct intent_call *piece, size_t *at, bool *cries)
{
	struct cry_place cry = {.about_somebody = false};
	struct parse *parse = &piece->scratch->parse;
	size_t count;

	parse->tokens = piece->scratch->tokens;
	count = tokens_cut(arena_strdup(piece->arena, piece->text), parse->tokens, piece->lexicon,
		piece->reader->keys);
	parse->text = piece->text;
	parse->index = NULL;
	parse->first = 0;
	parse->last = count;
	*cries = false;
	if (count > TOKENS_MAX)
		return false;
	*at = dead_begins(parse, 0, count);
	if (*at < count) {
		*at = (size_t)parse->tokens[*at].start;
		return true;
	}
	*cries = intent_cries(piece, &cry);
	*at = cry.at;
	return *cries;
}

void besides_long(const struct intent_call *call, const char *text, struct reading *out)
{
	struct intent_call piece = *call;
	struct arena *arena = arena_new(); /* of each piece: all together they are much */

	piece.arena = arena;
	piece.words = NULL; /* the arena gives its memory again to each piece */
	for (size_t length, at; *text != '\0' && out->besides == NULL; text += length) {
		length = text_piece(text, LONG_PIECE);
		piece.text = text_fold(arena, arena_strndup(arena, text, length));
		if (tells_in_piece(&piece, &at, &out->besides_cries))
			out->besides = arena_strdup(call->arena, piece.text + at);
		arena_reset(arena);
	}
	arena_free(arena);
}
