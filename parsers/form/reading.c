/* The names of the contract, and the values of a report. */
#include "parsers/form/reading.h"

#include "parsers/form/form_names.h"

#include <string.h>

static const char *const intents[] = {
	[INTENT_REPORT] = "report",
	[INTENT_CORRECT] = "correct",
	[INTENT_CANCEL] = "cancel",
	[INTENT_ANSWER] = "answer",
	[INTENT_REGISTER] = "register",
	[INTENT_PROFILE] = "profile",
	[INTENT_QUERY] = "query",
	[INTENT_MORE] = "more",
	[INTENT_STATUS] = "status",
	[INTENT_HELP] = "help",
	[INTENT_EMERGENCY] = "emergency",
	[INTENT_HUMAN] = "human",
	[INTENT_IGNORE] = "ignore",
	[INTENT_SUPERVISE] = "supervise",
	[INTENT_CHECKUP] = "skrining",
};

static const char *const statuses[] = {
	[STATUS_ACCEPTED] = "accepted",
	[STATUS_INCOMPLETE] = "incomplete",
	[STATUS_QUESTION] = "question",
	[STATUS_SUSPECT] = "suspect",
	[STATUS_DUPLICATE] = "duplicate",
	[STATUS_REFUSED] = "refused",
	[STATUS_CANCELLED] = "cancelled",
	[STATUS_SUPERSEDED] = "superseded",
	[STATUS_HELD] = "held",
	[STATUS_VERIFIED] = "verified",
};

static const char *const problems[] = {
	[PROBLEM_MISSING] = "missing",
	[PROBLEM_RANGE] = "range",
	[PROBLEM_FUTURE] = "future",
	[PROBLEM_INVALID] = "invalid",
	[PROBLEM_AMBIGUOUS] = "ambiguous",
	[PROBLEM_NIK] = "nik",
	[PROBLEM_SUM] = "sum",
	[PROBLEM_PLACE] = "place",
	[PROBLEM_SCOPE] = "scope",
	[PROBLEM_OWNER] = "owner",
	[PROBLEM_REF] = "ref",
	[PROBLEM_FORMAT] = "format",
	[PROBLEM_UNREGISTERED] = "unregistered",
	[PROBLEM_NO_PENDING] = "no_pending",
	[PROBLEM_PRIVACY] = "privacy",
	[PROBLEM_EMPTY] = "empty",
};

static const char *const roles[] = {
	[ROLE_NONE] = "none", [ROLE_KADER] = "kader", [ROLE_BIDAN] = "bidan", [ROLE_DESA] = "desa",
	[ROLE_PUSKESMAS] = "puskesmas", [ROLE_DINKES] = "dinkes", [ROLE_PROVINSI] = "provinsi",
};

static int name_index(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (same_name(names[i], name))
			return (int)i;
	}
	return -1;
}

const char *intent_name(enum intent intent)
{
	return intents[intent];
}

const char *status_name(enum report_status status)
{
	return statuses[status];
}

const char *problem_name(enum problem_code code)
{
	return problems[code];
}

const char *role_name(enum role role)
{
	return roles[role];
}

int status_by_name(const char *name)
{
	return name_index(statuses, COUNT_OF(statuses), name);
}

int problem_by_name(const char *name)
{
	return name_index(problems, COUNT_OF(problems), name);
}

int role_by_name(const char *name)
{
	return name_index(roles, COUNT_OF(roles), name);
}

#define BEHIND(member) (sizeof(struct report) - offsetof(struct report, member))

void report_copy(struct report *to, const struct report *from)
{
	memcpy(to, from, offsetof(struct report, values));
	memcpy(to->values, from->values, from->nvalue * sizeof(to->values[0]));
	memcpy(to->problems, from->problems, from->nproblem * sizeof(to->problems[0]));
	memcpy(to->notes, from->notes, from->nnote * sizeof(to->notes[0]));
	to->nvalue = from->nvalue;
	to->nproblem = from->nproblem;
	memcpy((char *)to + offsetof(struct report, nnote),
		(const char *)from + offsetof(struct report, nnote), BEHIND(nnote));
}

const struct value *report_value(const struct report *report, const char *field)
{
	int number = field ? form_names_find(report->names, field) : -1;

	if (number >= 0)
		return report_at(report, (unsigned)number);
	for (size_t i = report->nvalue; field && i > 0; i--) {
		const struct value *value = &report->values[i - 1];

		if (value->number_of < FORM_NAMES)
			break;
		if (same_name(value->field, field))
			return value;
	}
	return NULL;
}

const char *report_text(const struct report *report, const char *field)
{
	const struct value *value = report_value(report, field);

	return value ? value->text : NULL;
}

const char *report_text_of(const struct report *report, unsigned number, const char *name)
{
	const struct value *value;

	if (number >= report->names->count || report->names->text[number] != name)
		return report_text(report, name);
	value = report_at(report, number);
	return value ? value->text : NULL;
}

bool report_is_nihil(const struct report *report)
{
	return report_value(report, "nihil") != NULL;
}

void reading_clear(struct reading *reading, bool training)
{
	memset(reading, 0, offsetof(struct reading, problems));
	reading->training = training;
}

void reading_copy(struct reading *to, const struct reading *from)
{
	memcpy(to, from, offsetof(struct reading, reports));
	for (size_t i = 0; i < from->nreport; i++)
		report_copy(&to->reports[i], &from->reports[i]);
}

bool reading_room(struct reading *reading, size_t more)
{
	if (reading->nreport + more <= COUNT_OF(reading->reports))
		return true;
	reading->overfull = true;
	return false;
}
