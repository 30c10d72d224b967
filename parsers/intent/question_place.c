/* Where a question asks: a place by name, the sender's own, one inside another, a posyandu. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_question.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/text/error.h"

static void default_area(const struct intent_call *call, struct reading *out)
{
	const struct sender *sender = call->context->sender;

	if (sender->puskesmas) {
		out->query.area = sender->puskesmas->id;
	} else if (sender->narea == 1) {
		out->query.area = sender->areas[0]->code;
	} else if (sender->narea > 1) {
		struct area_matches own = {.count = sender->narea};

		memcpy(own.list, sender->areas, sender->narea * sizeof(*own.list));
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_AMBIGUOUS, NULL), &own);
	}
}

/* Whether talk with a name that is no place is a question all the same. */
static bool plain_enough(const struct question *question)
{
	switch (question->head) {
	case HEAD_ORDERS: return question->nindicator > 0;
	case HEAD_ASKS: return question->nindicator && question->at_place;
	case HEAD_STRONG:
		return question->period_told || question->office;
	case HEAD_NONE: break;
	}
	return false;
}

/* "AKI kabupaten", "rekap puskesmas": the sender's own, by its level alone. */
static bool is_own_level(const struct intent_call *call, const char *name)
{
	static const struct {
		const char *name;
		enum area_level level;
	} levels[] = {{"desa", LEVEL_DESA}, {"kecamatan", LEVEL_KECAMATAN},
		{"kabupaten", LEVEL_KABUPATEN}, {"provinsi", LEVEL_PROVINSI}};
	const struct sender *sender = call->context->sender;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strlen(name));

	for (; entry; entry = entry->next) {
		if (strcmp(entry->class_name, "puskesmas") == 0 && sender->role == ROLE_PUSKESMAS)
			return true;
		for (size_t i = 0; i < COUNT_OF(levels) && sender->narea > 0; i++)
			if (strcmp(entry->class_name, "tingkat") == 0 &&
				strcmp(entry->canonical, levels[i].name) == 0 &&
				sender->areas[0]->level == levels[i].level)
				return true;
	}
	return false;
}

/* "karangan ds karangan": one place inside another, the larger first; NULL. */
static const char *desa_inside(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	struct area_matches larger, inside;

	for (const char *at = strchr(name, ' '); at; at = strchr(at + 1, ' ')) {
		const struct lexicon_entry *entry =
			lexicon_find(call->lexicon, at + 1, strcspn(at + 1, " "));

		while (entry && (entry->class_id < 0 || strcmp(entry->class_name, "tingkat") != 0))
			entry = entry->next;
		for (size_t i = 0; entry && i < sender->narea; i++)
			if (gazetteer_find_area_exact(call->context->places,
				    arena_strndup(call->arena, name, (size_t)(at - name)),
				    sender->areas[i], LEVEL_ANY, &larger) == OK &&
				larger.count == 1 &&
				gazetteer_find_area_exact(call->context->places, at + 1,
					larger.list[0], LEVEL_ANY, &inside) == OK &&
				inside.count == 1 && inside.list[0] != larger.list[0])
				return inside.list[0]->code;
	}
	return NULL;
}

/* Is all that is counted told posyandu by posyandu? */
static bool told_there(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	bool there = question->nindicator > 0;

	for (size_t i = 0; i < question->nindicator; i++) {
		const struct form *form, *found = NULL;

		if (strcmp(question->indicators[i], "belum_lapor") == 0 && !question->form)
			continue;

		for (size_t k = 0; !found && (form = reader_form_at(reader, k)); k++)
			if (strcmp(form->name, question->indicators[i]) == 0 ||
				(question->form && strcmp(form->name, question->form) == 0) ||
				form_indicator(form, question->indicators[i]))
				found = form;
		there = there && found && found->place && form_field(found, found->place) &&
			form_field(found, found->place)->type == FIELD_POSYANDU;
	}
	return there;
}

/* The one posyandu of that name in an area; NULL. */
static const char *posyandu_in(
	const struct intent_call *call, const char *name, const struct area *area)
{
	struct posyandu_matches matches;

	return gazetteer_find_posyandu_exact(call->context->places, name, area, &matches) == OK &&
			matches.count == 1
		? matches.list[0]->id : NULL;
}

/* "melati", "melati wonocoyo": a posyandu of the sender's own, perhaps with its desa. */
static const char *posyandu_named(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const char *id = NULL;

	for (size_t i = 0; !id && i < sender->narea; i++) {
		struct area_matches desa;

		id = posyandu_in(call, name, sender->areas[i]);
		for (const char *at = strchr(name, ' '); !id && at; at = strchr(at + 1, ' ')) {
			if (gazetteer_find_area_exact(call->context->places, at + 1,
				    sender->areas[i], LEVEL_DESA, &desa) == OK &&
				desa.count == 1)
				id = posyandu_in(call,
					arena_strndup(call->arena, name, (size_t)(at - name)),
					desa.list[0]);
		}
	}
	return id;
}

bool question_place(struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	struct place_found found;

	if (!*name || is_own_level(call, name)) {
		default_area(call, out);
		return question->head != HEAD_NONE || question->period_told || question->by;
	}
	out->query.area = desa_inside(call, name);
	if (out->query.area)
		return true;
	if (intent_place(call, name, out, &found)) {
		out->query.area = found.area ? found.area->code : found.puskesmas->id;
		return true;
	}
	out->query.area = told_there(question) ? posyandu_named(call, name) : NULL;
	if (out->query.area) {
		out->nproblem--;
		return true;
	}
	return out->problems[out->nproblem - 1].code != PROBLEM_PLACE || plain_enough(question);
}
