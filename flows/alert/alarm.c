/* Alarms of form files: see alarm.h. */
#include "flows/alert/alarm.h"

#include <string.h>

#include "parsers/form/form.h"

static bool holds(const struct turn *turn, const struct form_alarm *alarm,
	const struct record *record)
{
	return record != NULL && condition_holds(&alarm->when, &record->report, turn->now.date);
}

/* One more of a list that the alarm is about: another danger sign. */
static bool grew(const struct form_alarm *alarm, const struct record *before,
	const struct record *record)
{
	const struct form *form = record->report.form;

	for (size_t i = 0; i < alarm->when.nterm; i++) {
		const struct form_field *field = form_field(form, alarm->when.terms[i].field);
		const char *now = field == NULL || field->type != FIELD_LIST
			? NULL
			: report_text(&record->report, field->name);
		const char *then = now == NULL ? NULL : report_text(&before->report, field->name);

		for (size_t k = 0; now != NULL && k < field->nchoice; k++) {
			if (list_has(now, field->choices[k]) &&
				!list_has(then == NULL ? "" : then, field->choices[k]))
				return true;
		}
	}
	return false;
}

static bool begins(const struct turn *turn, const struct form_alarm *alarm,
	const struct record *before, const struct record *record)
{
	return holds(turn, alarm, record) &&
		(!holds(turn, alarm, before) || grew(alarm, before, record));
}

bool alarm_form(const struct form *form)
{
	for (size_t i = 0; i < form->nalarm; i++) {
		if (!form->alarms[i].notice)
			return true;
	}
	return false;
}

unsigned alarm_levels(
	const struct turn *turn, const struct record *before, const struct record *record)
{
	const struct form *form = record->report.form;
	unsigned levels = 0;

	for (size_t i = 0; i < form->nalarm; i++) {
		if (!form->alarms[i].notice && begins(turn, &form->alarms[i], before, record))
			levels |= form->alarms[i].levels;
	}
	return levels;
}

bool alarm_of_death(const struct turn *turn, const struct record *record)
{
	const struct form *form = record->report.form;

	for (size_t i = 0; i < form->nalarm; i++) {
		if (form->alarms[i].death && holds(turn, &form->alarms[i], record))
			return true;
	}
	return false;
}

enum told { TOLD_NOW, TOLD_NEWS, TOLD_DAILY, TOLD_DEATH };

static enum told told_how(const struct form_alarm *alarm)
{
	if (alarm->death)
		return TOLD_DEATH;
	return !alarm->notice ? TOLD_NOW : alarm->daily ? TOLD_DAILY : TOLD_NEWS;
}

/* The words of those that hold, or begin to; one word each, values of the report filled in. */
static const char *words_of(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *record, enum told how)
{
	const struct form *form = record->report.form;
	struct strbuf out = {0};
	const char *text;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < form->nalarm; i++) {
		const struct form_alarm *alarm = &form->alarms[i];
		const char *word, *told;

		if (told_how(alarm) != how || !begins(turn, alarm, before, record))
			continue;
		word = reply_word(reply, "alarm",
			arena_printf(turn->flow->arena, "%s.%s", form->name, alarm->name), NULL);
		told = word == NULL ? alarm->name : reply_filled(reply, &record->report, word);
		if (strstr(out.text, told) == NULL)
			strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "", told);
	}
	text = arena_strdup(turn->flow->arena, out.text);
	strbuf_free(&out);
	return text;
}

const char *alarm_words(
	const struct turn *turn, const struct reply_context *reply, const struct record *record)
{
	return words_of(turn, reply, NULL, record, TOLD_NOW);
}

const char *alarm_news(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *record)
{
	return words_of(turn, reply, before, record, TOLD_NEWS);
}

const char *alarm_daily(
	const struct turn *turn, const struct reply_context *reply, const struct record *record)
{
	return words_of(turn, reply, NULL, record, TOLD_DAILY);
}
