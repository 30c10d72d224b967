/* Import summaries of data values (2.34 to 2.41: bare, or inside "response") and reports of the
 * tracker. See summary.h. */
#include "tools/exchange/summary.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static size_t number_of(const json_t *object, const char *name)
{
	json_int_t value = json_integer_value(json_object_get(object, name));

	return value > 0 ? (size_t)value : 0;
}

static void refuse(const char **refusals, size_t count, const json_t *index, const char *why)
{
	json_int_t at = json_integer_value(index);

	if (json_is_integer(index) && at >= 0 && (size_t)at < count && !refusals[at])
		refusals[at] = *why ? why : "refused";
}

static bool values_read(const json_t *answer, size_t count, const char **refusals)
{
	const json_t *inside = json_object_get(answer, "response");
	const json_t *summary = json_is_object(inside) ? inside : answer, *conflict, *index;
	const json_t *counts = json_object_get(summary, "importCount");
	size_t i, j, refused = 0, taken;

	json_array_foreach(json_object_get(summary, "conflicts"), i, conflict)
	{
		json_array_foreach(json_object_get(conflict, "indexes"), j, index)
			refuse(refusals, count, index, text_of(conflict, "value"));
	}
	json_array_foreach(json_object_get(summary, "rejectedIndexes"), i, index)
		refuse(refusals, count, index, "");
	for (i = 0; i < count; i++)
		refused += refusals[i] != NULL;
	if (!json_is_object(counts))
		return false;
	taken = number_of(counts, "imported") + number_of(counts, "updated");
	/* a value that is there already is "ignored" without a conflict */
	if (strcmp(text_of(summary, "status"), "SUCCESS") == 0 && !refused)
		return taken + number_of(counts, "ignored") == count;
	return refused > 0 && taken == count - refused;
}

static bool events_read(const json_t *answer, const struct item *const *items, size_t count,
	const char **refusals)
{
	const json_t *report = json_object_get(answer, "validationReport"), *one;
	const json_t *stats = json_object_get(answer, "stats");
	size_t i, refused = 0;

	json_array_foreach(json_object_get(report, "errorReports"), i, one)
	{
		for (size_t at = 0; at < count; at++) {
			if (strcmp(items[at]->key, text_of(one, "uid")) == 0)
				refusals[at] = text_of(one, "message");
		}
	}
	for (i = 0; i < count; i++)
		refused += refusals[i] != NULL;
	return json_is_object(stats) &&
		number_of(stats, "created") + number_of(stats, "updated") == count - refused &&
		number_of(stats, "ignored") == refused;
}

bool summary_read(bool events, const json_t *answer, const struct item *const *items, size_t count,
	const char **refusals)
{
	return events ? events_read(answer, items, count, refusals)
		      : values_read(answer, count, refusals);
}
