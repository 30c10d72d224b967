/* Looks a reference up within what the sender may see; "last" is the sender's newest report. */
#include "flows/record/find_ref.h"

#include <stdlib.h>
#include <string.h>

#include "flows/record/pending.h"
#include "flows/record/record_scope.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

#define ROWS 40

/* Of what one sent twice, the first is meant: the copy was answered with its reference. */
static int first_of(const struct turn *turn, struct record *record)
{
	struct record *first;
	int error;

	if (record->link != LINK_SAME)
		return OK;
	first = arena_alloc(turn->flow->arena, sizeof(*first));
	error = record_load(turn, record->row.original, first);
	if (error == OK && scope_owns(turn, first) && !record_gone(first))
		*record = *first;
	return error == ERR_NOT_FOUND ? OK : error;
}

/* A form that was taken away since: its reports stay as they are, and nobody can name them here. */
static bool form_gone(int *error)
{
	bool gone = *error == ERR_NOT_FOUND;

	if (gone)
		*error = OK;
	return gone;
}

/* As record_gone(), of a row. */
static bool is_over(const struct report_row *row)
{
	return strstr("cancelled superseded refused", row->status) != NULL;
}

/* "C 3 bukan 8": a report whose C is another is not the one that is corrected. */
static bool may_be_meant(const struct turn *turn, const struct record *record)
{
	const struct reading *reading = turn->reading;

	for (size_t i = 0; reading->intent == INTENT_CORRECT && i < reading->nchange; i++) {
		const char *was = reading->was[i];
		const char *now = report_text(&record->report, reading->changes[i].field);

		if (was != NULL && (now == NULL || strcmp(was, now) != 0))
			return false;
	}
	return true;
}

/* "ralat posyandu melati tgl 8/8 D 38": how many changes in front only say which session it is;
 * unit: the posyandu is among them. Nothing but these: they are the correction. */
static size_t naming(const struct reading *reading, const struct form *form, bool *unit)
{
	*unit = false;
	for (size_t i = 0; form->held != NULL && i < reading->nchange; i++) {
		const struct form_field *field = form_field(form, reading->changes[i].field);
		bool place = field != NULL && field->type == FIELD_POSYANDU;

		if (reading->was[i] != NULL || field == NULL ||
			!(place || form_role_is(form->date, field->name)))
			return i;
		*unit |= place;
	}
	*unit = false;
	return 0;
}

/* All that names it is so in the report. */
static bool is_named(const struct turn *turn, const struct record *record, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct value *told = &turn->reading->changes[i];
		const char *own = report_text(&record->report, told->field);

		if (own == NULL || strcmp(own, told->text) != 0)
			return false;
	}
	return record_is_session(record);
}

static void drop_naming(struct reading *reading, size_t count)
{
	reading->nchange -= count;
	memmove(reading->changes, reading->changes + count,
		reading->nchange * sizeof(reading->changes[0]));
	memmove(reading->was, reading->was + count, reading->nchange * sizeof(reading->was[0]));
}

/* The session that the words in front name. ERR_NOT_FOUND: none is, and the answer is said;
 * ERR_AMBIGUOUS: nothing is named. */
static int find_named(
	struct turn *turn, const struct report_row *rows, size_t count, struct record *out)
{
	bool named = false;

	for (size_t i = 0; turn->reading->intent == INTENT_CORRECT && i < count; i++) {
		const struct form *form = reader_form(turn->flow->reader, rows[i].form);
		bool unit;
		size_t words = form == NULL ? 0 : naming(turn->reading, form, &unit);
		int error;

		if (words == 0 || is_over(&rows[i]))
			continue;
		named |= unit;
		error = record_of_row(turn, &rows[i], out);
		if (error != OK)
			return error;
		if (is_named(turn, out, words) && may_be_meant(turn, out)) {
			drop_naming(turn->reading, words);
			return first_of(turn, out);
		}
	}
	if (!named)
		return ERR_AMBIGUOUS;
	turn->answer = reply_how(&turn->reply, MESSAGE_CORRECT_HOW);
	return ERR_NOT_FOUND;
}

static int find_last(struct turn *turn, struct record *out)
{
	struct report_filter filter = {.sender = turn->sender.phone, .with_training = true};
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &count);

	if (error == OK)
		error = find_named(turn, rows, count, out);
	if (error != ERR_AMBIGUOUS)
		return error;
	error = OK;
	for (size_t i = 0; error == OK && i < count; i++) {
		if (is_over(&rows[i]))
			continue;
		error = record_of_row(turn, &rows[i], out);
		if (form_gone(&error))
			continue;
		if (error != OK || may_be_meant(turn, out))
			return error == OK ? first_of(turn, out) : error;
	}
	if (error != OK)
		return error;
	turn->answer = reply_how(&turn->reply, MESSAGE_REF_NONE);
	return ERR_NOT_FOUND;
}

static int ask_which(struct turn *turn, const struct record *records, size_t count)
{
	struct pending pending = {.kind = "again", .slot = "ref", .text = turn_text(turn)};
	struct strbuf list = {0};

	for (size_t i = 0; i < count; i++) {
		char *echo = reply_echo(&turn->reply, &records[i].report);

		echo[strcspn(echo, ",")] = '\0';
		strbuf_printf(&list, "%s%zu=%s", i > 0 ? ", " : "", i + 1, echo);
		pending.options[pending.noption++] = arena_printf(turn->flow->arena, "@%lld",
			(long long)records[i].row.id);
	}
	turn_say(turn, MESSAGE_REF_LIST, "list", list.text);
	strbuf_free(&list);
	return pending_add(turn, turn->sender.phone, &pending);
}

static const char *kabupaten_of(const struct area *area)
{
	while (area != NULL && area->level > LEVEL_KABUPATEN)
		area = area->parent;
	return area == NULL || area->level != LEVEL_KABUPATEN ? NULL : area->code;
}

/* Those that the filter finds and the sender may see. */
static int add_visible(const struct turn *turn, const struct report_filter *filter,
	struct record *seen, size_t *visible)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, filter, rows, ROWS, &count);

	for (size_t i = 0; error == OK && i < count && *visible < OPTIONS_MAX; i++) {
		bool follows = false;

		error = record_of_row(turn, &rows[i], &seen[*visible]);
		if (form_gone(&error) || error != OK)
			continue;
		if (!scope_sees(turn, &seen[*visible]))
			error = scope_follows(turn, &seen[*visible], &follows);
		if (error == OK && (follows || scope_sees(turn, &seen[*visible])))
			(*visible)++;
	}
	return error;
}

int find_retired(struct turn *turn, const struct problem *problem, bool *found)
{
	const char *raw = problem->raw == NULL ? "" : problem->raw + strspn(problem->raw, " ");
	const char *ref = reply_upper(
		arena_strndup(turn->flow->arena, raw, strcspn(raw, " :=,#\n")));
	struct report_filter filter = {.ref = ref, .with_training = true};
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	size_t count = 0;
	int error = *ref == '\0' ? OK : store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &count);

	*found = false;
	for (size_t i = 0; error == OK && i < count; i++) {
		record->row = rows[i];
		*found |= reader_form(turn->flow->reader, rows[i].form) == NULL &&
			scope_sees(turn, record);
	}
	if (*found)
		turn_say(turn, MESSAGE_REF_RETIRED, "ref", ref);
	return error;
}

/* Nothing that can be named was named. */
static int find_unnamed(struct turn *turn, struct record *out)
{
	const struct reading *reading = turn->reading;
	bool found = false;
	int error = OK;

	if (reading->nproblem > 0 && reading->problems[0].code == PROBLEM_REF)
		error = find_retired(turn, &reading->problems[0], &found);
	if (error != OK || found)
		return error != OK ? error : ERR_NOT_FOUND;
	return find_last(turn, out);
}

int find_ref(struct turn *turn, const char *ref, struct record *out)
{
	struct report_filter filter = {.ref = ref, .with_training = true};
	struct record *seen = arena_alloc(turn->flow->arena, OPTIONS_MAX * sizeof(*seen));
	size_t visible = 0;
	int error = OK;

	if (ref == NULL || *ref == '\0' || strcmp(ref, "last") == 0)
		return find_unnamed(turn, out);
	if (*ref == '@')
		return record_load(turn, strtoll(ref + 1, NULL, 10), out);
	/* every kabupaten counts its own: the sender's first, however many others have this one */
	filter.kabupaten = turn->sender.narea > 0 ? kabupaten_of(turn->sender.areas[0]) : NULL;
	if (filter.kabupaten != NULL)
		error = add_visible(turn, &filter, seen, &visible);
	filter.kabupaten = NULL;
	filter.sender = turn->sender.role < ROLE_DINKES ? turn->sender.phone : NULL;
	if (error == OK && visible == 0)
		error = add_visible(turn, &filter, seen, &visible);
	filter.sender = NULL;
	if (error == OK && visible == 0)
		error = add_visible(turn, &filter, seen, &visible);
	if (error != OK)
		return error;
	if (visible == 1) {
		*out = seen[0];
		return OK;
	}
	if (visible == 0) {
		turn_say(turn, MESSAGE_REF_UNKNOWN, "ref",
			reply_upper(arena_strdup(turn->flow->arena, ref)));
		return ERR_NOT_FOUND;
	}
	error = ask_which(turn, seen, visible);
	return error != OK ? error : ERR_AMBIGUOUS;
}
