/* A weekly report is its teller's own unit's: another kecamatan or puskesmas that it names is asked
 * about, for its figures would count for the teller's. */
#include "parsers/read/unit.h"

#include <string.h>

#include "parsers/field/place_words.h"
#include "parsers/form/form.h"
#include "parsers/read/values.h"
#include "parsers/text/error.h"

#define NAME_TOKENS 3
#define LOOK_STEPS  10

static bool overlaps(const struct area *a, const struct area *b)
{
	return area_within(a, b) || area_within(b, a);
}

/* Whoever tells is of it, or it is of him. */
static bool own_area(const struct sender *sender, const struct area *area)
{
	const struct puskesmas *puskesmas = sender->puskesmas;

	for (size_t i = 0; i < sender->narea; i++) {
		if (overlaps(sender->areas[i], area))
			return true;
	}
	for (size_t i = 0; puskesmas && i < puskesmas->narea; i++) {
		if (overlaps(puskesmas->areas[i], area))
			return true;
	}
	return false;
}

static bool own_puskesmas(const struct sender *sender, const struct puskesmas *puskesmas)
{
	for (size_t i = 0; i < puskesmas->narea; i++) {
		if (own_area(sender, puskesmas->areas[i]))
			return true;
	}
	return false;
}

/* A word that means nothing else: a name, which nobody in the kabupaten has. */
static bool named_there(const struct parse *parse, size_t at)
{
	return at < parse->last && !parse->tokens[at].digits && parse->tokens[at].length > 2 &&
		!token_means(parse, at);
}

/* "kec munjungan", "pkm munjungan" at a token, of somebody else; its end, 0: no such thing. */
static size_t others_unit(struct parse *parse, size_t at)
{
	static const char *const words[] = {"pkm", "puskesmas", "pusk", "pusks", "puskes"};
	const struct sender *sender = parse->context->sender;
	const struct gazetteer *places = parse->context->places;
	const struct area *within = kabupaten_of(sender->areas[0]);
	bool clinic = false;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		clinic |= same_name(parse->tokens[at].text, words[i]);
	for (size_t end = at + 1 + NAME_TOKENS; end > at + 1; end--) {
		const struct puskesmas *puskesmas;
		struct area_matches found;
		char name[160];
		size_t length;

		if (end > parse->last || !parse_step(parse, LOOK_STEPS) ||
			!tokens_phrase(parse->tokens, clinic ? at + 1 : at, end, name, sizeof(name),
				&length))
			continue;
		if (clinic && gazetteer_find_puskesmas(places, name, within, &puskesmas) == OK)
			return own_puskesmas(sender, puskesmas) ? 0 : end;
		if (!clinic && gazetteer_find_area_exact(places, name, within, LEVEL_KECAMATAN,
				       &found) == OK)
			return own_area(sender, found.list[0]) ? 0 : end;
	}
	return clinic && named_there(parse, at + 1) ? at + 2 : 0;
}

/* His own, which it may be all the same; NULL: not known. */
static const char *own_unit(const struct read_context *context)
{
	const struct sender *sender = context->sender;
	const struct puskesmas *puskesmas = sender->role == ROLE_PUSKESMAS
		? sender_puskesmas(context->places, sender) : NULL;

	return puskesmas ? puskesmas->id
		: sender->narea == 1 && sender->areas[0]->level == LEVEL_DESA
		? sender->areas[0]->code : NULL;
}

void unit_find(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;

	if (!form->weekly || !parse->context->places || parse->context->sender->narea == 0)
		return;
	for (size_t at = parse->first; at < parse->last; at++) {
		bool may = strncmp(parse->tokens[at].text, "kec", 3) == 0 ||
			parse->tokens[at].text[0] == 'p';
		size_t end = may ? others_unit(parse, at) : 0;
		struct problem *problem = end
			? report_problem(report, form->weekly->unit, PROBLEM_INVALID) : NULL;

		if (!problem)
			continue;
		problem->raw = arena_strndup(parse->arena,
			parse->text + parse->tokens[at].start,
			(size_t)(parse->tokens[end - 1].end - parse->tokens[at].start));
		problem->offer = own_unit(parse->context);
	}
}

void unit_check(
	struct arena *arena, const struct read_context *context, struct report *report)
{
	const char *field = report->form->weekly->unit, *unit = report_text(report, field);
	struct value none = {.field = field}, named = {.field = field, .defaulted = true};
	const struct puskesmas *puskesmas;
	struct problem *problem;

	if (!unit || !context->places || gazetteer_area(context->places, unit) ||
		gazetteer_puskesmas(context->places, unit))
		return;
	if (gazetteer_find_puskesmas(context->places, unit, NULL, &puskesmas) == OK &&
		own_puskesmas(context->sender, puskesmas)) {
		named.text = puskesmas->id;
		report_set(report, arena, &named);
		return;
	}
	problem = report_problem(report, field, PROBLEM_INVALID);
	if (problem) {
		problem->raw = unit;
		problem->offer = own_unit(context);
	}
	report_set(report, NULL, &none);
}
