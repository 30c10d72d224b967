/* A question of several clauses, with talk between them: "rekap panggul juli, bandingkan juni,
 * sama desa terendah D/S nya", "balita 2t di desa sy sp aja ya, mau tak kunjungi".
 *
 * The text is cut at signs, at words that join questions ("trus") and in front of what a question
 * is for. A clause without anything that is counted, a place, a time, a number or a word of asking
 * is talk. What another one does not tell (what is counted, where, when) comes from those in front
 * of it, or from the one that tells it, and it is read by itself. What nobody reads is named. */
#include "parsers/reader_clauses.h"

#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/reader_text.h"

#define LEFT_MOST   4 /* words that are named, from those who report ... */
#define LEFT_OFFICE 6 /* ... and from those who count */

/* The clause with what is counted. */
static const char *clause_named(
	const struct clause *clause, const struct clause *told, struct arena *arena)
{
	const char *text = clause->text;
	size_t length = strlen(text);

	while (length > 0 && strchr(" ,.;!?\n", text[length - 1]))
		length--;
	text = arena_strndup(arena, text, length);
	return clause->counted || !told->counted ? text : clause_join(arena, told->counted, text);
}

/* ... and where and when. */
static const char *clause_whole(
	const struct clause *clause, const struct clause *told, struct arena *arena)
{
	const char *text = clause_named(clause, told, arena);

	if (clause->same && told->counted)
		return clause_join(arena, clause_join(arena, told->counted,
			clause->place ? clause->place : told->place),
			clause->period ? clause->period : told->period);
	if (!clause->place)
		text = clause_join(arena, text, told->place);
	return clause->period ? text : clause_join(arena, text, told->period);
}

/* What is explained has neither a place nor a time. The text that was read. */
static const char *read_clause(const struct intent_call *call, const struct clause *clause,
	const struct clause *told, struct reading *out)
{
	const char *text = clause_named(clause, told, call->arena), *whole;

	if (!clause->same) {
		reader_read_one(call, text, out);
		if (out->intent == INTENT_HELP && (clause->explains || out->query.meant))
			return text; /* a form's bare name is what is counted here */
	}
	whole = clause_whole(clause, told, call->arena);
	if (clause->same || strcmp(whole, text) != 0)
		reader_read_one(call, whole, out);
	return whole;
}

/* alone: what place is meant may be asked back. */
static bool is_answer(const struct reading *reading, bool alone)
{
	if ((reading->nproblem > 0 &&
		    !(alone && reading->problems[0].code == PROBLEM_AMBIGUOUS)) ||
		reading->training || reading->emergency || reading->besides)
		return false;
	if (reading->intent == INTENT_QUERY)
		return reading->query.indicator && !reading->query.unknown &&
			reading->query.period;
	return reading->intent == INTENT_HELP && reading->topic && *reading->topic;
}

static bool same_text(const char *one, const char *other)
{
	return one == other || (one && other && strcmp(one, other) == 0);
}

static bool same_answer(const struct clause_answer *one, const struct clause_answer *other)
{
	const struct asked *a = &one->query, *b = &other->query;

	if (one->intent != other->intent || one->intent == INTENT_HELP)
		return one->intent == other->intent && same_text(one->topic, other->topic);
	return same_text(a->indicator, b->indicator) && same_text(a->area, b->area) &&
		same_text(a->period, b->period) && same_text(a->by, b->by) &&
		same_text(a->which, b->which) && same_text(a->form, b->form) &&
		same_text(a->kind, b->kind) && same_text(a->against, b->against) &&
		a->without == b->without && same_text(a->split, b->split);
}

/* Its words are named. */
static void leave_unanswered(struct clauses *clauses, const struct clause *clause)
{
	const struct intent_call *call = clauses->call;
	struct clause rest = *clause;
	struct intent_call said = *call;
	struct words words;

	said.words = NULL;
	said.text = clause->text;
	words_cut(&said, &words);
	clause_leave(&rest, &words);
	clauses->left = clause_join(call->arena, clauses->left, rest.left);
	clauses->nleft += rest.nleft;
	clauses->unanswered = true;
	clauses->lost = clauses->lost || clause->counted;
}

/* false: it has no answer. */
static bool answer(
	struct clauses *clauses, const struct clause *clause, const struct clause *told)
{
	const struct intent_call *call = clauses->call;
	struct reading *reading = clauses->room;
	struct clause_answer *answer = &clauses->answers[clauses->nanswer];
	const char *text = read_clause(call, clause, told, reading);

	if (!is_answer(reading, clauses->content == 1) || (clauses->lost && !clause->counted)) {
		leave_unanswered(clauses, clause);
		return false;
	}
	*answer = (struct clause_answer){
		reading->intent, reading->topic, reading->query, text, clause};
	for (size_t i = 0; i < clauses->nanswer; i++)
		if (same_answer(&clauses->answers[i], answer))
			return true;
	if (clauses->nanswer++ == 0)
		reading_copy(clauses->first, reading);
	return true;
}

/* What one clause alone tells holds for all: "berapa s, berapa d, juli". */
static struct clause told_once(const struct clauses *clauses)
{
	struct clause told = {0};
	size_t places = 0, periods = 0;

	for (size_t i = 0; i < clauses->count; i++) {
		const struct clause *clause = &clauses->list[i];

		places += clause->place != NULL;
		periods += clause->period != NULL;
		told.place = clause->place ? clause->place : told.place;
		told.period = clause->period ? clause->period : told.period;
	}
	told.place = places == 1 ? told.place : NULL;
	told.period = periods == 1 ? told.period : NULL;
	return told;
}

static void answer_each(struct clauses *clauses)
{
	struct clause told = told_once(clauses);

	for (size_t i = 0; i < clauses->count; i++) {
		struct clause *clause = &clauses->list[i];

		if (clause->talk) {
			clauses->left = clause_join(
				clauses->call->arena, clauses->left, clause->left);
			clauses->nleft += clause->nleft;
			continue;
		}
		if (!answer(clauses, clause, &told))
			continue;
		told.counted = clause->counted ? clause->counted : told.counted;
		told.place = clause->place ? clause->place : told.place;
		told.period = clause->period ? clause->period : told.period;
	}
}

static bool is_among(const char *text, const char *first, const char *const *others, size_t count)
{
	if (same_text(text, first))
		return true;
	for (size_t i = 0; i < count; i++)
		if (same_text(text, others[i]))
			return true;
	return false;
}

/* Of a wide one, as all deaths beside those of babies, the narrower is meant; a recap is none. */
static bool is_wide(const struct intent_call *call, const char *indicator)
{
	const char *rank = lexicon_word(call->lexicon, "indikator_luas", indicator);

	return rank && strcmp(rank, "1") != 0;
}

/* What the clause tells itself is in the answer to the whole text too. */
static bool covers(const struct intent_call *call, const struct asked *whole,
	const struct clause_answer *answer)
{
	const struct asked *asked = &answer->query;
	const struct clause *clause = answer->of;
	bool recap = asked->indicator && strcmp(asked->indicator, "rekap") == 0;

	if (answer->intent != INTENT_QUERY)
		return false;
	if (clause->counted &&
		!is_among(asked->indicator, whole->indicator, whole->also, whole->nalso))
		return is_wide(call, asked->indicator) || /* a recap tells who has told, too */
			(whole->indicator && strcmp(whole->indicator, "rekap") == 0 &&
				strcmp(asked->indicator, "belum_lapor") == 0);
	if (clause->counted && asked->form && !same_text(asked->form, whole->form))
		return false;
	if (clause->place && !is_among(asked->area, whole->area, whole->beside, whole->nbeside))
		return false;
	return !clause->period || (whole->against && !recap) || whole->by ||
		same_text(asked->period, whole->period);
}

/* Who has told and a number: no list has both. */
static bool is_mixed(const struct asked *asked)
{
	return asked->nalso > 0 &&
		is_among("belum_lapor", asked->indicator, asked->also, asked->nalso);
}

/* The clauses tell more than the whole text does. */
static bool tell_more(const struct clauses *clauses, const struct reading *whole)
{
	bool office = intent_is_office(clauses->call->context->sender);

	if (clauses->nanswer == 0 ||
		clauses->nleft > (office ? LEFT_OFFICE : LEFT_MOST))
		return false;
	if (!is_answer(whole, true) && !(whole->intent == INTENT_QUERY && whole->nproblem == 0))
		return !clauses->unanswered || office;
	if (whole->query.unknown && !clauses->left && !clauses->unanswered)
		return true; /* what is left over is what it is for */
	if (clauses->nanswer < 2 || clauses->unanswered)
		return false;
	if (whole->intent != INTENT_HELP && (whole->query.unknown || is_mixed(&whole->query) ||
			(clauses->numbered && clauses->nanswer > 1 + whole->query.nalso)))
		return true;
	for (size_t i = 0; i < clauses->nanswer; i++)
		if (whole->intent == INTENT_HELP
				? clauses->answers[i].of->number &&
					!clauses->answers[i].of->explains
				: !covers(clauses->call, &whole->query, &clauses->answers[i]))
			return true;
	return false;
}

bool reader_clauses_answer(
	const struct intent_call *call, const struct reading *whole, struct reading *out)
{
	struct clauses clauses = {.call = call, .first = out};
	bool asks = false, counts = intent_is_office(call->context->sender);

	if (!clauses_cut(&clauses))
		return false;
	for (size_t i = 0; i < clauses.count; i++) {
		struct clause *clause = &clauses.list[i];

		clause_look(call, clause, false);
		clauses.content += !clause->talk;
		asks |= (counts && clause->counted) || clause->number || clause->explains ||
			clause->asks;
	}
	if (!asks || clauses.content == 0 || (clauses.content == 1 && is_answer(whole, true)))
		return false;
	for (size_t i = 0; i < clauses.count; i++) {
		clauses.list[i] = (struct clause){.text = clauses.list[i].text};
		clause_look(call, &clauses.list[i], true);
	}
	clauses.room = arena_raw(call->arena, sizeof(*clauses.room));
	answer_each(&clauses);
	if (!tell_more(&clauses, whole))
		return false;
	if (out->intent == INTENT_QUERY)
		out->query.unknown = clauses.left;
	for (size_t i = 1; i < clauses.nanswer && out->query.nthen < QUERY_THEN; i++)
		out->query.then[out->query.nthen++] = clauses.answers[i].text;
	return true;
}
