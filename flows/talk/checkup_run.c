/* A questionnaire under way: see checkup_run.h. */
#include "flows/talk/checkup_run.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/consent.h"
#include "flows/checkup/checkup_count.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"

#define DAY_MOST 5 /* questionnaires of one phone in a day */
#define NAME_LETTERS 3

int checkup_may(const struct turn *turn, bool *may)
{
	const char *who = checkup_hash(turn);
	int64_t count;
	int error = store_counter_add(
		turn->flow->store, CHECKUP_LIMIT, who, turn_today(turn), &count);

	*may = error == OK && count <= DAY_MOST;
	return error;
}

void checkup_start(struct checkup_run *run, const struct checkup *checkup)
{
	*run = (struct checkup_run){.checkup = checkup};
}

json_t *checkup_save(const struct checkup_run *run)
{
	json_t *json = json_pack("{s:s,s:i,s:i,s:i}", "checkup", run->checkup->name, "stage",
		(int)run->stage, "at", (int)run->at, "points", run->points);
	json_t *which = json_array();

	if (run->result != NULL)
		json_object_set_new(json, "result", json_string(run->result->name));
	if (run->desa != NULL)
		json_object_set_new(json, "desa", json_string(run->desa->code));
	for (size_t i = 0; i < run->nwhich; i++)
		json_array_append_new(which, json_string(run->which[i]));
	json_object_set_new(json, "which", which);
	json_object_set_new(json, "consents", json_boolean(run->consents));
	return json;
}

static const struct checkup_result *result_named(const struct checkup *checkup, const char *name)
{
	if (name == NULL)
		return NULL;
	for (size_t i = 0; i < checkup->nresult; i++) {
		if (strcmp(checkup->results[i].name, name) == 0)
			return &checkup->results[i];
	}
	return checkup->danger.advice != NULL ? &checkup->danger : NULL;
}

bool checkup_load(const struct turn *turn, const json_t *json, struct checkup_run *run)
{
	const json_t *which = json_object_get(json, "which");

	*run = (struct checkup_run){.checkup = checkup_by_name(turn->flow->checkups,
		json_string_value(json_object_get(json, "checkup")))};
	if (run->checkup == NULL)
		return false;
	run->stage = (enum checkup_stage)json_integer_value(json_object_get(json, "stage"));
	run->at = (size_t)json_integer_value(json_object_get(json, "at"));
	run->points = (int)json_integer_value(json_object_get(json, "points"));
	run->result = result_named(
		run->checkup, json_string_value(json_object_get(json, "result")));
	if (json_object_get(json, "desa") != NULL)
		run->desa = gazetteer_area(turn->flow->places,
			json_string_value(json_object_get(json, "desa")));
	run->consents = json_is_true(json_object_get(json, "consents"));
	for (size_t i = 0; i < json_array_size(which) && i < COUNT_OF(run->which); i++)
		run->which[run->nwhich++] = arena_strdup(
			turn->flow->arena, json_string_value(json_array_get(which, i)));
	return run->at < run->checkup->nquestion || run->stage != CHECKUP_STAGE_ASK;
}

/* After the questions: where, then what it means; a danger sign says that first. */
void checkup_choose(struct checkup_run *run, size_t choice)
{
	const struct checkup_choice *chosen = &run->checkup->questions[run->at].choices[choice];

	run->points += chosen->points;
	run->at++;
	if (chosen->danger) {
		run->result = &run->checkup->danger;
		run->stage = CHECKUP_STAGE_CONSENT;
	} else if (run->at == run->checkup->nquestion) {
		run->result = checkup_result(run->checkup, run->points);
		run->stage = CHECKUP_STAGE_DESA;
	}
}

/* The place is known, or will not be told. */
static void behind_desa(struct checkup_run *run)
{
	run->nwhich = 0;
	run->stage = run->result->red && !run->consents ? CHECKUP_STAGE_CONSENT
							: CHECKUP_STAGE_END;
}

bool checkup_desa(const struct turn *turn, struct checkup_run *run, const char *name)
{
	struct area_matches *matches = arena_alloc(turn->flow->arena, sizeof(*matches));
	int error;

	if (strlen(name) < NAME_LETTERS)
		return false;
	error = gazetteer_find_area(turn->flow->places, text_fold(turn->flow->arena, name), NULL,
		LEVEL_DESA, matches);
	if (error == OK && !matches->fuzzy) {
		run->desa = matches->list[0];
		behind_desa(run);
		return true;
	}
	run->nwhich = 0;
	for (size_t i = 0; i < matches->count && i < COUNT_OF(run->which); i++)
		run->which[run->nwhich++] = matches->list[i]->code;
	if (run->nwhich > 0)
		run->stage = CHECKUP_STAGE_WHICH;
	return run->nwhich > 0;
}

/* YA and TIDAK as people write them, or 1 and 2; -1. */
static long answer_of(const struct turn *turn, const char *text, size_t count)
{
	struct reading *reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	char *end;
	long number = strtol(text, &end, 10);

	if (end != text)
		return *(end + strspn(end, " .")) == '\0' && number >= 1 &&
				number <= (long)count ? number - 1 : -1;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read, text,
		reading);
	if (reading->intent != INTENT_ANSWER || reading->command == NULL)
		return -1;
	return strcmp(reading->command, "ya") == 0 ? 0
		: strcmp(reading->command, "tidak") == 0 ? 1 : -1;
}

static bool take_question(const struct turn *turn, struct checkup_run *run, const char *text)
{
	const struct checkup_question *question = &run->checkup->questions[run->at];
	long answer = answer_of(turn, text, question->nchoice);

	if (answer < 0 || (!question->yes_no && strpbrk(text, "0123456789") == NULL))
		return false;
	checkup_choose(run, (size_t)answer);
	return true;
}

static bool take_desa(const struct turn *turn, struct checkup_run *run, const char *text)
{
	if (strcmp(text, "0") == 0 || answer_of(turn, text, 0) == 1) {
		behind_desa(run); /* rather not */
		return true;
	}
	return checkup_desa(turn, run, text);
}

static bool take_which(const struct turn *turn, struct checkup_run *run, const char *text)
{
	long answer = answer_of(turn, text, run->nwhich);

	if (answer < 0)
		return take_desa(turn, run, text);
	if (strpbrk(text, "0123456789") == NULL)
		return false;
	run->desa = gazetteer_area(turn->flow->places, run->which[answer]);
	behind_desa(run);
	return true;
}

static bool take_consent(const struct turn *turn, struct checkup_run *run, const char *text)
{
	long answer = answer_of(turn, text, 2);

	if (answer < 0)
		return false;
	run->consents = answer == 0;
	run->stage = run->consents && run->desa == NULL ? CHECKUP_STAGE_DESA : CHECKUP_STAGE_END;
	return true;
}

int checkup_take(const struct turn *turn, struct checkup_run *run, const char *text, bool *taken)
{
	switch (run->stage) {
	case CHECKUP_STAGE_ASK: *taken = take_question(turn, run, text); break;
	case CHECKUP_STAGE_DESA: *taken = take_desa(turn, run, text); break;
	case CHECKUP_STAGE_WHICH: *taken = take_which(turn, run, text); break;
	case CHECKUP_STAGE_CONSENT: *taken = take_consent(turn, run, text); break;
	case CHECKUP_STAGE_END: *taken = false; break;
	}
	return run->stage == CHECKUP_STAGE_END && *taken ? checkup_finish(turn, run) : OK;
}

/* To the bidan and the puskesmas of the desa, with the number: it was given for that. */
static int tell(const struct turn *turn, struct checkup_run *run)
{
	struct consent consent = {.title = run->checkup->title,
		.phone = turn->sender.phone,
		.desa = run->desa};

	return consent_raise(turn, &consent, &run->told);
}

int checkup_finish(const struct turn *turn, struct checkup_run *run)
{
	int error = checkup_count(turn, run->checkup->name, run->result->red,
		run->desa == NULL ? "" : run->desa->code);

	return error != OK || !run->consents ? error : tell(turn, run);
}

size_t checkup_lines(const struct turn *turn, const struct checkup_run *run, const char **lines)
{
	const struct checkup_question *question = &run->checkup->questions[run->at];

	if (run->stage == CHECKUP_STAGE_WHICH) {
		for (size_t i = 0; i < run->nwhich; i++)
			lines[i] = area_label(turn->flow->arena,
				gazetteer_area(turn->flow->places, run->which[i]));
		return run->nwhich;
	}
	lines[0] = reply_capital(arena_strdup(
		turn->flow->arena, reply_word(&turn->reply, "value", "YA", "ya")));
	lines[1] = reply_capital(arena_strdup(
		turn->flow->arena, reply_word(&turn->reply, "value", "TIDAK", "tidak")));
	if (run->stage != CHECKUP_STAGE_ASK || question->yes_no)
		return 2;
	for (size_t i = 0; i < question->nchoice; i++)
		lines[i] = question->choices[i].label;
	return question->nchoice;
}

static const char *options_of(const struct turn *turn, const struct checkup_run *run)
{
	const char *lines[9], *text = "";
	size_t count = checkup_lines(turn, run, lines);

	for (size_t i = 0; i < count; i++)
		text = arena_printf(turn->flow->arena, "%s%s%zu=%s", text, i > 0 ? ", " : "",
			i + 1, lines[i]);
	return text;
}

#define TEXT(id, ...)                                                                              \
	message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&turn->reply), id, \
		__VA_ARGS__, NULL)

const char *checkup_say(const struct turn *turn, const struct checkup_run *run)
{
	const struct checkup_question *question = &run->checkup->questions[run->at];

	switch (run->stage) {
	case CHECKUP_STAGE_ASK:
		return question->yes_no
			? TEXT(MESSAGE_CHECKUP_YES_NO, "text", question->ask)
			: TEXT(MESSAGE_CHECKUP_CHOICE, "text", question->ask, "options",
				  options_of(turn, run));
	case CHECKUP_STAGE_DESA:
		return TEXT(MESSAGE_CHECKUP_DESA, "", "");
	case CHECKUP_STAGE_WHICH:
		return TEXT(MESSAGE_REGISTER_WHICH, "label",
			reply_word(&turn->reply, "label", "desa", "desa"), "options",
			options_of(turn, run));
	case CHECKUP_STAGE_CONSENT:
		return TEXT(MESSAGE_CHECKUP_RED, "text", run->result->advice);
	case CHECKUP_STAGE_END:
		break;
	}
	if (!run->result->red)
		return TEXT(MESSAGE_CHECKUP_DONE, "text", run->result->advice);
	return run->consents && run->told ? TEXT(MESSAGE_CHECKUP_TOLD, "", "")
		: run->consents ? TEXT(MESSAGE_CHECKUP_NOBODY, "", "")
				: TEXT(MESSAGE_CHECKUP_KEPT, "", "");
}
