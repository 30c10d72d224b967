/* The reply to a reading when there is no store behind it: one row per intent. */
#include <stdio.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "flows/reply/reply_asked.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

#define TEXT(id, ...)                                                                              \
	message_text(context->catalogue, context->arena, reply_language(context), id, __VA_ARGS__, \
		NULL)
#define PLAIN(id)                                                                                  \
	message_text(context->catalogue, context->arena, reply_language(context), id, NULL)

static bool has_problem(const struct reading *reading, enum problem_code code)
{
	for (size_t i = 0; i < reading->nproblem; i++) {
		if (reading->problems[i].code == code)
			return true;
	}
	return false;
}

static char *compose_report(const struct reply_context *context, const struct reading *reading)
{
	const struct report *reports[COUNT_OF(reading->reports)];
	const char *refs[COUNT_OF(reading->reports)] = {NULL};

	for (size_t i = 0; i < reading->nreport; i++)
		reports[i] = &reading->reports[i];
	return reply_reports(context, reports, refs, reading->nreport, NULL);
}

/* "berat 3100g, n 32" */
static char *changes_text(const struct reply_context *context, const struct reading *reading)
{
	const struct form *form = reading->ref == NULL || reading->ref[0] == '\0' ? NULL
		: reader_form_by_letter(context->reader, reading->ref[0]);
	struct strbuf out = {0};
	char *text;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < reading->nchange; i++)
		strbuf_printf(&out, "%s%s %s", i > 0 ? ", " : "",
			reply_label(context, form, reading->changes[i].field),
			reply_value_text(context, form, reading->changes[i].field,
				reading->changes[i].text));
	text = arena_strdup(context->arena, out.text);
	strbuf_free(&out);
	return text;
}

static const char *ref_shown(const struct reading *reading)
{
	return reading->ref == NULL || strcmp(reading->ref, "last") == 0 ? "" : reading->ref;
}

static char *compose_correct(const struct reply_context *context, const struct reading *reading)
{
	struct report report;

	report_begin(&report, reader_form_by_letter(context->reader,
		reading->ref != NULL && reading->ref[0] != '\0' ? reading->ref[0] : 'L'));
	if (reading->nproblem > 0 && *reading->problems[0].field != '\0' && report.form != NULL)
		return reply_ask(context, &report, &reading->problems[0]);
	if (reading->nchange == 0)
		return reply_how(context, MESSAGE_CORRECT_HOW);
	return TEXT(MESSAGE_CORRECTED, "ref", ref_shown(reading), "changes",
		changes_text(context, reading));
}

char *reply_period(const struct reply_context *context, const char *text)
{
	char days[2 * DATE_TEXT + 8];
	struct period period;
	int months;

	if (text == NULL || !period_parse(text, &period))
		return arena_strdup(context->arena, text == NULL ? "" : text);
	months = (period.to.year - period.from.year) * 12 + period.to.month - period.from.month + 1;
	if (period.from.day == 1 &&
		period.to.day == date_month_days(period.to.year, period.to.month)) {
		if (period.from.month == 1 && months == 12)
			return arena_printf(context->arena, "%d", period.from.year);
		if (months == 1)
			return reply_month(context, period.from);
		return arena_printf(context->arena, "%s-%s", reply_month(context, period.from),
			reply_month(context, period.to));
	}
	snprintf(days, sizeof(days), "%d/%d", period.from.day, period.from.month);
	if (period.from.year != period.to.year || date_compare(period.from, period.to) == 0)
		snprintf(days, sizeof(days), "%d/%d/%02d", period.from.day, period.from.month,
			period.from.year % 100);
	if (date_compare(period.from, period.to) == 0)
		return arena_strdup(context->arena, days);
	return arena_printf(context->arena, "%s-%d/%d/%02d", days, period.to.day, period.to.month,
		period.to.year % 100);
}

static char *compose_query(const struct reply_context *context, const struct reading *reading)
{
	const char *area =
		reading->query.area == NULL ? "" : reply_place(context, reading->query.area);
	struct report none;
	char *answer, *remark;

	report_begin(&none, NULL);
	if (has_problem(reading, PROBLEM_PRIVACY))
		return PLAIN(MESSAGE_QUERY_PRIVACY);
	if (*area == '\0' && reading->nproblem > 0 && reading->problems[0].raw != NULL)
		area = reply_title_case(context->arena, reading->problems[0].raw);
	if (*area == '\0')
		area = reply_label(context, NULL, "area");
	if (has_problem(reading, PROBLEM_SCOPE))
		return TEXT(MESSAGE_QUERY_SCOPE, "area", area);
	if (has_problem(reading, PROBLEM_UNREGISTERED))
		return PLAIN(MESSAGE_UNREGISTERED);
	if (reading->nproblem > 0 && reading->problems[0].noption > 0)
		return TEXT(MESSAGE_REGISTER_WHICH, "label", reply_label(context, NULL, "area"),
			"options",
			reply_options(context, reading->problems[0].options,
				reading->problems[0].noption));
	if (reading->query.indicator == NULL)
		return reply_how(context, MESSAGE_QUERY_HOW);
	if (reading->nproblem > 0 && *reading->problems[0].field == '\0' &&
		reading->problems[0].code == PROBLEM_AMBIGUOUS)
		return TEXT(MESSAGE_QUERY_POSYANDU, "raw", area);
	if (reading->query.unknown != NULL && reading->nproblem > 0)
		return reply_asked_in_part(context, &reading->query);
	if (reading->nproblem > 0 && *reading->problems[0].field != '\0')
		return reply_ask(context, &none, &reading->problems[0]);
	answer = TEXT(MESSAGE_QUERY_READ, "title",
		reply_word(context, "title", reading->query.indicator, reading->query.indicator),
		"area", area, "period", reply_period(context, reading->query.period));
	remark = reply_left_out(context, &reading->query);
	return remark == NULL ? answer : reply_remarked(context->arena, remark, answer);
}

static char *compose_register(const struct reply_context *context, const struct reading *reading)
{
	const struct problem *problem = reading->nproblem > 0 ? &reading->problems[0] : NULL;
	const char *place = reading->registration.posyandu != NULL ? reading->registration.posyandu
		: reading->registration.area;
	const char *label;

	if (problem != NULL && problem->code != PROBLEM_MISSING) {
		label = reply_label(context, NULL, problem->field);
		if (problem->noption == 1)
			return TEXT(MESSAGE_REGISTER_NEAR, "raw",
				reply_title_case(context->arena, problem->raw), "place",
				problem->options[0].label);
		if (problem->noption > 0)
			return TEXT(MESSAGE_REGISTER_WHICH, "label", label, "options",
				reply_options(context, problem->options, problem->noption));
		return TEXT(MESSAGE_REGISTER_PLACE, "label", label);
	}
	if (problem != NULL || reading->registration.role == NULL ||
		reading->registration.name == NULL || place == NULL)
		return PLAIN(MESSAGE_REGISTER_HOW);
	return TEXT(MESSAGE_REGISTER_WAITS, "name",
		reply_title_case(context->arena, reading->registration.name), "role",
		reply_word(context, "role", reading->registration.role, reading->registration.role),
		"place", reply_place(context, place));
}

static char *compose_profile(const struct reply_context *context, const struct reading *reading)
{
	const char *command = reading->command == NULL ? "" : reading->command;

	if (strcmp(command, "berhenti") == 0)
		return PLAIN(MESSAGE_STOPPED);
	if (strcmp(command, "pin") == 0)
		return reading->nproblem > 0 ? PLAIN(MESSAGE_PIN_HOW) : PLAIN(MESSAGE_PIN_SET);
	if (reading->argument == NULL)
		return PLAIN(MESSAGE_MOVE_HOW);
	return TEXT(MESSAGE_MOVE_SENT, "phone", reading->argument);
}

static char *compose_ref(const struct reply_context *context, const struct reading *reading)
{
	if (reading->intent == INTENT_CANCEL)
		return TEXT(MESSAGE_CANCEL_ASK, "ref",
			reply_word(context, "ref", "report", "laporan"), "echo",
			*ref_shown(reading) == '\0' ? reply_word(context, "ref", "last", "terakhir")
						    : ref_shown(reading));
	if (*ref_shown(reading) == '\0')
		return reply_how(context, MESSAGE_REF_NONE);
	return TEXT(MESSAGE_REF_UNKNOWN, "ref", ref_shown(reading));
}

static char *compose_supervise(const struct reply_context *context, const struct reading *reading)
{
	const struct sender *sender = context->sender;

	if (sender == NULL || !scope_supervises(sender))
		return PLAIN(MESSAGE_SUPERVISE_ROLE);
	return *ref_shown(reading) == '\0' ? PLAIN(MESSAGE_APPROVE_NONE)
					   : TEXT(MESSAGE_REF_UNKNOWN, "ref", ref_shown(reading));
}

enum message_id reply_human(const struct reading *reading)
{
	return reading->command == NULL ? MESSAGE_HUMAN
		: strcmp(reading->command, "tanya") == 0 ? MESSAGE_HUMAN_ASKED
							 : MESSAGE_HUMAN_OTHER;
}

char *reply_compose(const struct reply_context *context, const struct reading *reading)
{
	switch (reading->intent) {
	case INTENT_REPORT:
		return compose_report(context, reading);
	case INTENT_CORRECT:
		return compose_correct(context, reading);
	case INTENT_CANCEL:
	case INTENT_STATUS:
		return compose_ref(context, reading);
	case INTENT_ANSWER:
		return PLAIN(MESSAGE_NO_PENDING);
	case INTENT_REGISTER:
		return compose_register(context, reading);
	case INTENT_PROFILE:
		return compose_profile(context, reading);
	case INTENT_QUERY:
		return compose_query(context, reading);
	case INTENT_MORE:
		return PLAIN(MESSAGE_QUERY_END);
	case INTENT_HELP:
		return reply_help(context, reading->topic, reading->training);
	case INTENT_EMERGENCY:
		return PLAIN(MESSAGE_EMERGENCY_NOBODY);
	case INTENT_HUMAN:
		if (reading->query.unknown != NULL && reading->query.indicator != NULL)
			return reply_asked_in_part(context, &reading->query);
		return PLAIN(has_problem(reading, PROBLEM_EMPTY) ? MESSAGE_EMPTY
				: reading->courtesy != NULL      ? MESSAGE_WELCOME
								 : reply_human(reading));
	case INTENT_SUPERVISE:
		return compose_supervise(context, reading);
	case INTENT_CHECKUP:
		return PLAIN(MESSAGE_CHECKUP_NONE);
	case INTENT_IGNORE:
		break;
	}
	return NULL;
}
