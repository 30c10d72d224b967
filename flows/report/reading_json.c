/* Readings as JSON: names and order are the contract that tools score against. */
#include "flows/report/reading_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text)
		json_object_set_new(object, key, json_string(text));
}

static json_t *text_array(const char *const *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, list[i] == NULL ? json_null() : json_string(list[i]));
	return array;
}

static json_t *value_json(const struct value *value)
{
	double number;

	if (!value->number)
		return json_string(value->text);
	number = strtod(value->text, NULL);
	return strchr(value->text, '.') ? json_real(number) : json_integer((json_int_t)number);
}

static json_t *values_json(const struct value *values, size_t count)
{
	json_t *object = json_object();

	for (size_t i = 0; i < count; i++)
		json_object_set_new(object, values[i].field, value_json(&values[i]));
	return object;
}

static json_t *problem_json(const struct problem *problem)
{
	json_t *object = json_object();

	if (problem->field && *problem->field)
		put_text(object, "field", problem->field);
	put_text(object, "code", problem_name(problem->code));
	put_text(object, "raw", problem->raw);
	put_text(object, "offer", problem->offer);
	if (problem->noption) {
		json_t *options = json_array();

		for (size_t i = 0; i < problem->noption; i++)
			json_array_append_new(options, json_string(problem->options[i].value));
		json_object_set_new(object, "options", options);
	}
	return object;
}

static json_t *problems_json(const struct problem *problems, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, problem_json(&problems[i]));
	return array;
}

static json_t *report_object(const struct report *report)
{
	json_t *object = json_object(), *notes = json_array();

	put_text(object, "form", report->form ? report->form->name : NULL);
	put_text(object, "status", status_name(report->status));
	json_object_set_new(object, "fields", values_json(report->values, report->nvalue));
	json_object_set_new(object, "problems", problems_json(report->problems, report->nproblem));
	for (size_t i = 0; i < report->nnote; i++)
		json_array_append_new(notes, json_string(report->notes[i]));
	json_object_set_new(object, "notes", notes);
	if (report->training)
		json_object_set_new(object, "training", json_true());
	if (report->linked >= 0)
		json_object_set_new(object, "linked", json_integer(report->linked));
	return object;
}

static void put_reports(json_t *object, const struct reading *reading)
{
	json_t *reports = json_array();

	for (size_t i = 0; i < reading->nreport; i++)
		json_array_append_new(reports, report_object(&reading->reports[i]));
	json_object_set_new(object, "reports", reports);
}

static void put_details(json_t *object, const struct reading *reading)
{
	json_t *part;

	switch (reading->intent) {
	case INTENT_REPORT:
		put_reports(object, reading);
		break;
	case INTENT_QUERY:
		part = json_object();
		put_text(part, "indicator", reading->query.indicator);
		put_text(part, "area", reading->query.area);
		put_text(part, "period", reading->query.period);
		put_text(part, "against", reading->query.against);
		put_text(part, "by", reading->query.by);
		put_text(part, "form", reading->query.form);
		put_text(part, "kind", reading->query.kind);
		put_text(part, "which", reading->query.which);
		put_text(part, "split", reading->query.split);
		put_text(part, "outside", reading->query.outside);
		put_text(part, "unknown", reading->query.unknown);
		if (reading->query.ends)
			json_object_set_new(part, "ends", json_true());
		if (reading->query.without)
			json_object_set_new(part, "without", json_true());
		if (reading->query.limit > 0)
			json_object_set_new(part, "limit", json_real(reading->query.limit / 10.0));
		if (reading->query.nalso > 0)
			json_object_set_new(part, "also",
				text_array(reading->query.also, reading->query.nalso));
		if (reading->query.nbeside > 0)
			json_object_set_new(part, "beside",
				text_array(reading->query.beside, reading->query.nbeside));
		json_object_set_new(object, "query", part);
		break;
	case INTENT_REGISTER:
		part = json_object();
		put_text(part, "role", reading->registration.role);
		put_text(part, "name", reading->registration.name);
		put_text(part, "area", reading->registration.area);
		put_text(part, "posyandu", reading->registration.posyandu);
		json_object_set_new(object, "register", part);
		break;
	case INTENT_CORRECT:
		json_object_set_new(
			object, "changes", values_json(reading->changes, reading->nchange));
		break;
	default:
		break;
	}
}

char *reading_json(const struct reading *reading, const char *reply)
{
	json_t *object = json_object();
	char *text;

	put_text(object, "intent", intent_name(reading->intent));
	put_text(object, "ref", reading->ref);
	put_text(object, "command", reading->command);
	put_text(object, "argument", reading->argument);
	put_text(object, "topic", reading->topic);
	put_details(object, reading);
	if (reading->nproblem || reading->intent == INTENT_CORRECT)
		json_object_set_new(
			object, "problems", problems_json(reading->problems, reading->nproblem));
	if (reading->training)
		json_object_set_new(object, "training", json_true());
	if (reading->overfull)
		json_object_set_new(object, "rest", json_true());
	if (reading->emergency)
		json_object_set_new(object, "emergency", json_true());
	put_text(object, "besides", reading->besides);
	if (reading->intent != INTENT_IGNORE)
		put_text(object, "reply", reply);
	text = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	return text;
}
