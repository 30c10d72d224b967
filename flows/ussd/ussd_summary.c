/* The end of a report: contradictions asked about, the summary, changes, and what is sent. */
#include <string.h>

#include "flows/record/pending.h"
#include "flows/report/report.h"
#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_form.h"
#include "flows/ussd/ussd_kinds.h"

int ussd_form_begin(struct ussd *ussd, const struct menu *menu, size_t item)
{
	json_t *draft = json_pack("{s:s,s:s,s:I,s:{},s:[]}", "form", menu->items[item].target,
		"menu", menu->name, "item", (json_int_t)item, "shared", "baby");

	json_object_set_new(ussd->json, "draft", draft);
	ussd_form_next(ussd);
	return OK;
}

/* The first problem that is more than something missing. *baby says whose. */
static const struct problem *first_problem(
	const struct ussd *ussd, struct report *judged, size_t *baby)
{
	for (*baby = 0; *baby < draft_babies(ussd); ++*baby) {
		draft_judge(ussd, *baby, judged);
		for (size_t i = 0; i < judged->nproblem; i++) {
			if (judged->problems[i].code != PROBLEM_MISSING)
				return &judged->problems[i];
		}
	}
	return NULL;
}

static bool may_be_right(const struct form *form, const struct problem *problem)
{
	for (size_t i = 0; i < form->ncheck; i++) {
		if (strcmp(form->checks[i].field, problem->field) == 0 &&
			form->checks[i].code == problem->code && form->checks[i].ask)
			return true;
	}
	return false;
}

void ussd_form_next(struct ussd *ussd)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	struct report *judged = arena_alloc(ussd->arena, sizeof(*judged));
	size_t count = draft_pages(ussd, pages), baby;

	if (count == 0) {
		json_object_del(ussd->json, "draft"); /* its form is no longer configured */
		ussd_go(ussd, "menu");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (!pages[i].answered) {
			draft_go(ussd, &pages[i]);
			return;
		}
	}
	ussd_go(ussd, first_problem(ussd, judged, &baby) != NULL ? "check" : "summary");
}

#define CONFLICT_ROOM 70
int check_show(struct ussd *ussd)
{
	struct report *judged = arena_alloc(ussd->arena, sizeof(*judged));
	size_t baby;
	const struct problem *problem = first_problem(ussd, judged, &baby);
	const char *options[2] = {ussd_word(ussd, "fix"), ussd_word(ussd, "right")};
	const char *why;

	if (problem == NULL) {
		ussd_go(ussd, "summary");
		return OK;
	}
	why = reply_sum(&ussd->turn->reply, judged, problem->field);
	if (form_role_is(judged->form->kind, problem->field) || problem->code != PROBLEM_SUM)
		why = arena_printf(ussd->arena, "%s. %s",
			ussd_cut(ussd, reply_echo(&ussd->turn->reply, judged), CONFLICT_ROOM),
			ussd_word(ussd, "mismatch"));
	ussd_list(ussd, why, options, may_be_right(judged->form, problem) ? 2 : 1,
		ussd_word(ussd, "back"));
	return OK;
}

int check_take(struct ussd *ussd, const char *text)
{
	struct report *judged = arena_alloc(ussd->arena, sizeof(*judged));
	size_t baby;
	const struct problem *problem = first_problem(ussd, judged, &baby);
	long choice = problem == NULL
		? CHOICE_NONE
		: ussd_choice(ussd, text, may_be_right(judged->form, problem) ? 2 : 1);

	if (choice == 1) {
		draft_confirm(ussd, problem->field);
		ussd_form_next(ussd);
	} else if (choice == 0 || ussd_back(text, true)) {
		ussd_go(ussd, "change");
	} else {
		return ussd_wrong_choice(ussd);
	}
	return OK;
}

/* The echo of the first baby, then what the others have of their own. */
static const char *summary_text(const struct ussd *ussd)
{
	struct report *report = arena_alloc(ussd->arena, sizeof(*report));
	const char *text;

	draft_judge(ussd, 0, report);
	text = reply_echo(&ussd->turn->reply, report);
	for (size_t baby = 1; baby < draft_babies(ussd); baby++) {
		struct report *own = arena_alloc(ussd->arena, sizeof(*own));

		draft_report(ussd, baby, report);
		report_begin(own, report->form);
		for (size_t i = 0; i < report->form->nrepeat; i++) {
			if (report_value(report, report->form->repeats[i]) != NULL)
				report_set(own, ussd->arena,
					report_value(report, report->form->repeats[i]));
		}
		text = arena_printf(ussd->arena, "%s. %s %zu: %s", text,
			ussd_word(ussd, "baby_head"), baby + 1,
			reply_echo(&ussd->turn->reply, own));
	}
	return text;
}

#define SUMMARY_ROOM 110
int summary_show(struct ussd *ussd)
{
	const char *options[3] = {ussd_word(ussd, "send"), ussd_word(ussd, "change"),
		ussd_word(ussd, "drop")};
	const char *text = summary_text(ussd);

	ussd_list(ussd, ussd_cut(ussd, text, SUMMARY_ROOM), options, 3, ussd_word(ussd, "back"));
	return OK;
}

/* Back from the summary: the last page. */
static void last_page(struct ussd *ussd)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	size_t count = draft_pages(ussd, pages);

	while (count > 1 && pages[count - 1].kind != NULL &&
		draft_value(ussd, &pages[count - 1]) == NULL && !pages[count - 1].optional)
		count--; /* known without asking */
	draft_go(ussd, &pages[count - 1]);
}

int summary_take(struct ussd *ussd, const char *text)
{
	int error;

	switch (ussd_choice(ussd, text, 3)) {
	case 0:
		error = ussd_send(ussd);
		ussd_put(ussd, "text", ussd->turn->answer);
		ussd->copy = true;
		ussd_go(ussd, "done");
		return error;
	case 1:
		ussd_go(ussd, "change");
		return OK;
	case 2:
		error = ussd_draft_drop(ussd);
		ussd->wrong = ussd_word(ussd, "dropped");
		ussd_go(ussd, "menu");
		return error;
	default:
		if (!ussd_back(text, true))
			return ussd_wrong_choice(ussd);
		last_page(ussd);
		return OK;
	}
}

static size_t changeable(const struct ussd *ussd, struct page *pages, const char **labels)
{
	size_t count = draft_pages(ussd, pages);

	for (size_t i = 0; i < count; i++)
		labels[i] = draft_label(ussd, &pages[i]);
	return count;
}

int change_show(struct ussd *ussd)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	const char *labels[USSD_PAGES];
	size_t count = changeable(ussd, pages, labels);

	ussd_list(ussd, ussd_word(ussd, "change_what"), labels, count, ussd_word(ussd, "back"));
	return OK;
}

int change_take(struct ussd *ussd, const char *text)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	const char *labels[USSD_PAGES];
	size_t count = changeable(ussd, pages, labels);
	long choice = ussd_choice(ussd, text, count);

	if (ussd_back(text, true)) {
		ussd_go(ussd, "summary");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	draft_go(ussd, &pages[choice]);
	return OK;
}

int done_show(struct ussd *ussd)
{
	const char *text = ussd_get(ussd, "text");

	ussd_say_end(ussd, text == NULL ? ussd_word(ussd, "over") : text);
	return OK;
}

/* A nervous thumb: the same last screen again, and nothing else. */
int done_take(struct ussd *ussd, const char *text)
{
	(void)ussd;
	(void)text;
	return OK;
}
