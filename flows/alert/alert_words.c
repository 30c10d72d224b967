/* Words about an alarm for messages. See alert_words.h. */
#include "flows/alert/alert_words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/form/form.h"

const char *alert_class(const struct reply_context *reply, const struct report *report)
{
	const struct form *form = report->form;
	const char *name = report_text(report, form->class);

	if (name == NULL || (strcmp(name, "OTHER") == 0 && report_text(report, form->age) == NULL
		&& report_text(report, form->kind) != NULL))
		name = report_text(report, form->kind); /* the age would tell the class */
	return reply_word(
		reply, "class", name == NULL ? "unknown" : name, name == NULL ? "?" : name);
}

const char *alert_initials(struct arena *arena, const struct report *report)
{
	return reply_initials(arena, form_who(report));
}

const char *alert_who(const struct turn *turn, const struct reply_context *reply, const char *phone)
{
	struct person person;
	const char *role, *name;

	if (phone == NULL)
		return "kabar";
	if (store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person) != OK ||
		person.name == NULL || !person_vouched(&person))
		return arena_printf(
			turn->flow->arena, "%s %s", reply_word(reply, "role", "none", "-"), phone);
	role = reply_word(reply, "role", person.role, person.role);
	name = reply_title_case(turn->flow->arena, person.name);
	if (strncasecmp(name, role, strlen(role)) == 0 ||
		strncasecmp(name, person.role, strlen(person.role)) == 0)
		return name; /* "Puskesmas Panggul" needs no "puskesmas" */
	return arena_printf(turn->flow->arena, "%s %s", role, name);
}

const char *alert_place(const struct reply_context *reply, const struct record *record)
{
	if (record->row.area == NULL || *record->row.area == '\0')
		return reply_word(reply, "no", "place", "?");
	return reply_place(reply, record->row.area);
}

const char *alert_age(const struct reply_context *reply, const struct report *report)
{
	const char *age = report_text(report, report->form->age);

	return age == NULL ? "" : reply_age(reply, age);
}

const char *alert_year(const struct turn *turn, const struct record *record)
{
	const char *day = record->row.date;

	return day == NULL ? "?" : arena_strndup(turn->flow->arena, day, strlen("2024"));
}
