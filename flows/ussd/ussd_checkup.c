/* Periksa diri on the screens of a session: which questionnaire, its questions, what it means. */
#include <string.h>

#include "flows/talk/checkup_run.h"
#include "flows/ussd/ussd_kinds.h"

int checkups_show(struct ussd *ussd)
{
	const struct checkups *checkups = ussd->turn->flow->checkups;
	const char *titles[CHECKUPS_MAX];
	size_t count = 0;

	for (; checkups != NULL && count < checkups->count; count++)
		titles[count] = checkups->list[count].title;
	if (count == 0)
		ussd_say(ussd, ussd_word(ussd, "none"), ussd_word(ussd, "back"));
	else
		ussd_list(ussd, ussd_word(ussd, "checkup"), titles, count,
			ussd_word(ussd, "back"));
	return OK;
}

static int step_save(struct ussd *ussd, const struct checkup_run *run)
{
	json_object_set_new(ussd->json, "checkup", checkup_save(run));
	ussd_put(ussd, "text",
		run->stage == CHECKUP_STAGE_END ? checkup_say(ussd->turn, run) : NULL);
	ussd_go(ussd, run->stage == CHECKUP_STAGE_END ? "done" : "checkup_step");
	return OK;
}

static int pick(struct ussd *ussd, size_t choice)
{
	struct checkup_run run;
	bool may;
	int error = checkup_may(ussd->turn, &may);

	if (error != OK)
		return error;
	if (!may) {
		turn_say_plain(ussd->turn, MESSAGE_CHECKUP_LIMIT);
		ussd_put(ussd, "text", ussd->turn->answer);
		ussd->turn->answer = NULL;
		ussd_go(ussd, "done");
		return OK;
	}
	checkup_start(&run, &ussd->turn->flow->checkups->list[choice]);
	return step_save(ussd, &run);
}

int checkups_take(struct ussd *ussd, const char *text)
{
	const struct checkups *checkups = ussd->turn->flow->checkups;
	long choice = ussd_choice(ussd, text, checkups == NULL ? 0 : checkups->count);

	if (ussd_back(text, true)) {
		ussd_go(ussd, "menu");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	return choice < 0 ? ussd_wrong_choice(ussd) : pick(ussd, (size_t)choice);
}

static bool load(const struct ussd *ussd, struct checkup_run *run)
{
	return checkup_load(ussd->turn, json_object_get(ussd->json, "checkup"), run);
}

int checkup_step_show(struct ussd *ussd)
{
	struct checkup_run run;
	const char *lines[9], *head;
	size_t count;

	if (!load(ussd, &run)) {
		ussd_go(ussd, "checkups");
		return OK;
	}
	if (run.stage == CHECKUP_STAGE_DESA) {
		ussd_say(ussd, ussd_word(ussd, "checkup_desa"), "");
		return OK;
	}
	count = checkup_lines(ussd->turn, &run, lines);
	head = run.stage == CHECKUP_STAGE_ASK ? run.checkup->questions[run.at].ask
		: run.stage == CHECKUP_STAGE_WHICH ? ussd_word(ussd, "which")
		: arena_printf(ussd->arena, "%s %s", run.result->advice,
			  ussd_word(ussd, "checkup_call"));
	ussd_list(ussd, head, lines, count,
		run.stage == CHECKUP_STAGE_ASK ? ussd_word(ussd, "back") : "");
	return OK;
}

int checkup_step_take(struct ussd *ussd, const char *text)
{
	struct checkup_run run;
	bool taken;
	int error;

	if (!load(ussd, &run)) {
		ussd_go(ussd, "checkups");
		return OK;
	}
	if (run.stage == CHECKUP_STAGE_ASK && ussd_back(text, true)) {
		ussd_go(ussd, "checkups");
		return OK;
	}
	error = checkup_take(ussd->turn, &run, text, &taken);
	if (error != OK)
		return error;
	if (!taken)
		return run.stage == CHECKUP_STAGE_DESA
			? ussd_wrong(ussd, ussd_word(ussd, "not_found"))
			: ussd_wrong_choice(ussd);
	return step_save(ussd, &run);
}
