/* Homes outside the sender's desa: see home.h. */
#include "flows/record/home.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "flows/record/report_facts.h"
#include "parsers/form/form.h"
#include "parsers/text/text.h"

const struct area *home_kabupaten(const struct area *area)
{
	while (area != NULL && area->level > LEVEL_KABUPATEN)
		area = area->parent;
	return area != NULL && area->level == LEVEL_KABUPATEN ? area : NULL;
}

static const struct area *own_kabupaten(const struct sender *sender)
{
	if (sender->narea > 0)
		return home_kabupaten(sender->areas[0]);
	return sender->puskesmas != NULL && sender->puskesmas->narea > 0
		? home_kabupaten(sender->puskesmas->areas[0])
		: NULL;
}

static void offer(const struct turn *turn, const struct area_matches *found,
	struct problem *problem)
{
	problem->code = PROBLEM_AMBIGUOUS;
	problem->offer = NULL;
	problem->noption = 0;
	for (size_t i = 0; i < found->count && i < OPTIONS_MAX; i++)
		problem->options[problem->noption++] = (struct option){found->list[i]->code,
			area_label(turn->flow->arena, found->list[i])};
}

int home_find(const struct turn *turn, const char *text, const struct area **desa,
	struct problem *problem)
{
	const struct area *within = own_kabupaten(&turn->sender);
	const char *name = text_fold(turn->flow->arena, text);
	struct area_matches found;
	int error;

	if (turn->sender.role == ROLE_NONE)
		return ERR_NOT_FOUND;
	error = gazetteer_find_area_exact(
		turn->flow->places, name, within, LEVEL_DESA, &found);
	if (error == ERR_NOT_FOUND && within != NULL)
		error = gazetteer_find_area_exact(
			turn->flow->places, name, NULL, LEVEL_DESA, &found);
	if (error == OK)
		*desa = found.list[0];
	else if (error == ERR_AMBIGUOUS)
		offer(turn, &found, problem);
	return error;
}

static bool key_follows(const struct form *form, const char *text)
{
	for (size_t i = 0; i < form->nfield; i++) {
		if (reply_key(&form->fields[i], text) > 0)
			return true;
	}
	return false;
}

/* The name as it stands in the message is not the beginning of a longer one: "sumber" of "sumber
 * urip". */
static bool whole_name(const struct turn *turn, const struct form *form, const char *raw)
{
	const char *text, *at, *name = text_fold(turn->flow->arena, raw);

	if (turn->message == NULL || turn->message->text == NULL)
		return true;
	text = text_fold(turn->flow->arena, turn->message->text);
	at = strstr(text, name);
	if (at == NULL)
		return true;
	at += strlen(name);
	at += strspn(at, " .");
	return *at == '\0' || strchr("#*,;/\n", *at) != NULL || strncmp(at, "kec", 3) == 0 ||
		key_follows(form, at);
}

/* "desa", "ds", "kel" stands in the text. */
static bool names_desa(const char *text)
{
	static const char *const words[] = {"desa", "ds", "kel", "kelurahan"};

	for (const char *at = text; *at != '\0'; at++) {
		if (at != text && isalnum((unsigned char)at[-1]))
			continue;
		for (size_t i = 0; i < COUNT_OF(words); i++) {
			size_t length = strlen(words[i]);

			if (strncasecmp(at, words[i], length) == 0 &&
				!isalnum((unsigned char)at[length]))
				return true;
		}
	}
	return false;
}

/* Where the message says that it is; NULL: nothing of it, or no desa. */
static const struct area *place_told(const struct turn *turn)
{
	const struct area *place;

	if (turn->message == NULL || turn->message->text == NULL || turn->reading == NULL ||
		turn->sender.role == ROLE_NONE)
		return NULL;
	place = reader_place(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, turn->message->text);
	return place != NULL && place->level == LEVEL_DESA ? place : NULL;
}

/* A month without an event and a week of a unit name nobody: a desa in them is where it was. */
static void home_of_none(const struct turn *turn, struct record *record)
{
	struct report *report = &record->report;
	const struct value *known = report_value(report, report->form->place);
	const struct area *told = known != NULL && !known->defaulted ? NULL : place_told(turn);
	struct value value = {.field = report->form->place};

	if (told == NULL || (known != NULL && strcmp(known->text, told->code) == 0))
		return;
	value.text = value.raw = told->code;
	report_set(report, turn->flow->arena, &value);
	record_judge(turn, record);
}

/* A posyandu of the name is at home too, but another desa was told. */
static void posyandu_there(const struct turn *turn, struct record *record)
{
	const struct area *here = record_desa(turn, record), *told;
	struct problem problem = {.field = record->report.form->place, .code = PROBLEM_SCOPE};
	const struct posyandu *posyandu;

	if (here == NULL || turn->message == NULL || turn->message->text == NULL ||
		!names_desa(turn->message->text))
		return;
	told = place_told(turn);
	posyandu = gazetteer_posyandu(
		turn->flow->places, form_text_of(&record->report, FIELD_POSYANDU));
	if (told == NULL || told == here || posyandu == NULL)
		return;
	problem.raw = arena_printf(turn->flow->arena, "%s %s", posyandu->name, told->name);
	record_ask(record, &problem);
}

void home_read(const struct turn *turn, struct record *record)
{
	struct report *report = &record->report;
	const struct form_field *place =
		report->form->place == NULL ? NULL : form_field(report->form, report->form->place);

	if (place != NULL && place->type == FIELD_POSYANDU)
		posyandu_there(turn, record);
	if (place == NULL || place->type != FIELD_AREA)
		return;
	if (record_is_nihil(record) || report->form->weekly != NULL)
		home_of_none(turn, record);
	for (size_t i = 0; i < report->nproblem; i++) {
		struct problem *problem = &report->problems[i];
		const struct area *desa;
		struct value value = {.field = place->name, .raw = problem->raw};

		if ((problem->code != PROBLEM_SCOPE && problem->code != PROBLEM_PLACE) ||
			strcmp(problem->field, place->name) != 0 ||
			problem->raw == NULL || !whole_name(turn, report->form, problem->raw) ||
			home_find(turn, problem->raw, &desa, problem) != OK)
			continue;
		value.text = desa->code;
		report_set(report, turn->flow->arena, &value);
		*problem = report->problems[--report->nproblem];
		if (report->form->weekly != NULL)
			record_judge(turn, record); /* the unit follows from the place */
		if (report->nproblem == 0 && report->status == STATUS_QUESTION)
			report->status = report->story ? STATUS_SUSPECT : STATUS_ACCEPTED;
		return;
	}
}
