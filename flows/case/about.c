/* Filling in from a report that is named: see about.h. */
#include "flows/case/about.h"

#include <ctype.h>
#include <string.h>

#include "flows/record/home.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_facts.h"
#include "parsers/form/form.h"

#define ROWS	    20
#define LETTER_YYMM 5 /* octets of a reference in front of its serial */

/* "k2408 0001" as it is stored: K2408-0001. */
static const char *reference(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 2);
	size_t length = 0;

	for (; *text != '\0'; text++) {
		if (!isalnum((unsigned char)*text))
			continue;
		if (length == LETTER_YYMM)
			out[length++] = '-';
		out[length++] = (char)toupper((unsigned char)*text);
	}
	out[length] = '\0';
	return out;
}

static int find(const struct turn *turn, const char *ref, struct record *out, bool *found)
{
	const struct area *kabupaten =
		turn->sender.narea > 0 ? home_kabupaten(turn->sender.areas[0]) : NULL;
	struct report_filter filter = {
		.ref = ref, .kabupaten = kabupaten == NULL ? NULL : kabupaten->code};
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &count);

	*found = false;
	for (size_t i = 0; error == OK && i < count && !*found; i++) {
		error = record_of_row(turn, &rows[i], out);
		if (error == ERR_NOT_FOUND) { /* of a form that is gone */
			error = OK;
			continue;
		}
		if (error == OK)
			error = scope_follows(turn, out, found);
		*found = error == OK && (*found || scope_shown(turn, out));
	}
	return error;
}

static void set(const struct turn *turn, struct record *record, const char *field, const char *text)
{
	const struct value *old = field == NULL ? NULL : report_value(&record->report, field);
	struct value value = {.field = field, .text = text, .raw = text, .defaulted = true};

	if (field != NULL && text != NULL && *text != '\0' && (old == NULL || old->defaulted))
		report_set(&record->report, turn->flow->arena, &value);
}

int about_fill(const struct turn *turn, struct record *record)
{
	const struct form *form = record->report.form;
	const char *told = form->about == NULL ? NULL : report_text(&record->report, form->about);
	struct problem unknown = {
		.field = form->about, .code = PROBLEM_INVALID, .raw = told};
	struct record *other;
	bool found;
	int error;

	if (told == NULL)
		return OK;
	other = arena_alloc(turn->flow->arena, sizeof(*other));
	error = find(turn, reference(turn->flow->arena, told), other, &found);
	if (error != OK)
		return error;
	if (!found) {
		record_ask(record, &unknown);
		return OK;
	}
	set(turn, record, form->self, form_who(&other->report));
	set(turn, record, form->place, other->row.area);
	record_judge(turn, record);
	return OK;
}
