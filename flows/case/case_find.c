/* Finding cases: see case_find.h. */
#include "flows/case/case_find.h"

#include <stdlib.h>
#include <string.h>

#include "flows/case/known.h"
#include "flows/record/report_facts.h"
#include "flows/rules/scope.h"
#include "flows/same/same_names.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/form/names.h"

#define DAY_UNKNOWN (-1)

static const char *text_of(const struct report *report, const char *field)
{
	return field == NULL ? NULL : report_text(report, field);
}

/* Days between two due days; DAY_UNKNOWN when one of them is not told. */
static int apart(const char *a, const char *b)
{
	struct date first, second;

	return a != NULL && b != NULL && date_parse(a, &first) && date_parse(b, &second)
		? abs(date_diff_days(first, second))
		: DAY_UNKNOWN;
}

/* Still open on the day, or told late of the time before it ended; silence ends nothing for
 * good. */
static bool covers(const struct case_row *row, const char *date)
{
	return row->closed == NULL || strcmp(row->state, CASE_LOST) == 0 ||
		(date != NULL && strcmp(date, row->closed) <= 0);
}

struct wanted {
	const struct turn *turn;
	const struct record *record;
	const struct form_case *rules;
	const char *date, *due, *same, *posyandu;
	bool another; /* it was affirmed that it is nobody of those that do not fit */
	/* an open one that does but for its day, or but for what is told of the person */
	struct case_row other, doubt;
	bool is_other, is_doubt;
};

static bool is_same(const struct wanted *wanted, const struct case_row *row)
{
	return wanted->same == NULL || row->same == NULL || strcmp(wanted->same, row->same) == 0;
}

static bool is_near(const struct wanted *wanted, const struct case_row *row)
{
	int days = apart(wanted->due, row->due);

	return days == DAY_UNKNOWN || days <= wanted->rules->near;
}

static bool tells_person(const struct record *record)
{
	const struct form_case *rules = record->report.form->cases;

	for (size_t i = 0; i < rules->nperson; i++) {
		const struct value *value = report_value(&record->report, rules->person[i].field);

		if (value != NULL && !value->defaulted)
			return true;
	}
	return false;
}

/* What is told of the person against what the case knows; *field: in what they differ. */
static enum person_is person_of(const struct turn *turn, const struct record *record,
	const struct case_row *row, const char **field, const char **known)
{
	struct record *of_case;
	enum person_is is;

	if (!tells_person(record) || row->known == NULL)
		return PERSON_FITS;
	of_case = arena_raw(turn->flow->arena, 2 * sizeof(*of_case));
	if (known_read(turn, record->report.form, row, of_case) == 0)
		return PERSON_FITS;
	is = same_case_person(&record->report, &of_case->report, field);
	if (is != PERSON_FITS && known != NULL)
		*known = report_text(&of_case->report, *field);
	return is == PERSON_DOUBTED && record_confirmed(record, *field) ? PERSON_FITS : is;
}

/* Is it of the same person? One in doubt, while it is open, is remembered. */
static bool is_person(struct wanted *wanted, const struct case_row *row)
{
	const char *field;
	enum person_is is = person_of(wanted->turn, wanted->record, row, &field, NULL);

	if (is == PERSON_DOUBTED && row->closed == NULL && !wanted->is_doubt) {
		wanted->is_doubt = !wanted->another;
		wanted->doubt = *row;
	}
	return is == PERSON_FITS;
}

/* Keeps those that fit, the best first. */
static size_t keep(struct wanted *wanted, struct case_row *rows, size_t count)
{
	size_t kept = 0, here = 0;

	for (size_t i = 0; i < count; i++) {
		if (!covers(&rows[i], wanted->date) || !is_same(wanted, &rows[i]) ||
			!is_person(wanted, &rows[i]))
			continue;
		if (is_near(wanted, &rows[i])) {
			rows[kept++] = rows[i];
		} else if (rows[i].closed == NULL && !wanted->is_other) {
			wanted->is_other = !wanted->another;
			wanted->other = rows[i];
		}
	}
	for (size_t i = 0; i < kept; i++) { /* open ones, then those of its posyandu, first */
		struct case_row row = rows[i];

		if (kept > 1 && row.closed == NULL && wanted->posyandu != NULL &&
			row.posyandu != NULL && strcmp(row.posyandu, wanted->posyandu) == 0) {
			memmove(&rows[here + 1], &rows[here], (i - here) * sizeof(row));
			rows[here++] = row;
		}
	}
	return here > 0 ? here : kept;
}

/* Of several the one whose day is known to be near; 0: it is open which. */
static size_t nearest(const struct wanted *wanted, struct case_row *rows, size_t count)
{
	size_t best = count;

	for (size_t i = 0; wanted->due != NULL && i < count; i++) {
		int days = apart(wanted->due, rows[i].due);

		if (days != DAY_UNKNOWN &&
			(best == count || days < apart(wanted->due, rows[best].due)))
			best = i;
	}
	if (wanted->due == NULL && count > 1)
		return 0;
	rows[0] = rows[best == count ? 0 : best];
	return 1;
}

static bool looked_at(
	const struct case_looked *looked, const char *form, const char *area, const char *name)
{
	return looked->form == form && strcmp(looked->area, area) == 0 &&
		strcmp(looked->name, name) == 0;
}

/* Those of the very name. What was read for one question is there for the next: a report asks for
 * its case several times before it is written. */
static int exact_rows(
	const struct turn *turn, const struct form *form, const char *area, const char *name)
{
	struct case_looked *looked = turn->looked;
	struct case_row *rows;
	size_t count;
	int error;

	if (looked->form != NULL && looked_at(looked, form->name, area, name))
		return OK;
	rows = arena_raw(turn->flow->arena, CASE_MOST * sizeof(*rows));
	error = store_case_named(turn->flow->store, turn->flow->arena, form->name, area, name, rows,
		CASE_MOST, &count);
	*looked = (struct case_looked){0};
	if (error == OK)
		*looked = (struct case_looked){form->name, area, name, rows, count, 0, false};
	return error;
}

static int name_alike(const struct case_row *row, void *context)
{
	return names_alike(row->name, context);
}

/* Open ones of a name like it, behind those. */
static int alike_rows(
	const struct turn *turn, const struct form *form, const char *area, const char *name)
{
	struct case_looked *looked = turn->looked;
	size_t exact = looked->exact < CASE_MOST ? looked->exact : CASE_MOST;
	bool any;
	int error =
		looked->with_alike ? OK : store_case_any(turn->flow->store, form->name, area, &any);

	if (error != OK || looked->with_alike)
		return error;
	if (any)
		error = store_case_open(turn->flow->store, turn->flow->arena, form->name, area,
			name_alike, (void *)name, &looked->rows[exact], CASE_MOST - exact,
			&looked->alike);
	looked->with_alike = error == OK;
	return error;
}

void case_forget(const struct turn *turn)
{
	*turn->looked = (struct case_looked){0};
}

/* Of those whose name is only alike. */
static int find_alike(struct wanted *wanted, const struct area *desa, const char *who,
	struct case_row **rows, size_t *count)
{
	const struct turn *turn = wanted->turn;
	const struct case_looked *looked = turn->looked;
	const struct form *form = wanted->record->report.form;
	bool ask = form->cases->ask_alike && !record_confirmed(wanted->record, form->self);
	int error;

	if (ask && wanted->another)
		return OK;
	error = alike_rows(turn, form, desa->code, who);
	if (error != OK)
		return error;
	*rows = arena_raw(turn->flow->arena, (looked->alike + 1) * sizeof(**rows));
	memcpy(*rows, &looked->rows[looked->exact], looked->alike * sizeof(**rows));
	wanted->is_other = wanted->is_doubt = false;
	*count = keep(wanted, *rows, looked->alike);
	wanted->is_other = false;
	wanted->is_doubt = ask && *count > 0;
	if (wanted->is_doubt) {
		wanted->doubt = **rows;
		*count = 0;
	}
	return OK;
}

static struct wanted wanted_of(const struct turn *turn, const struct record *record)
{
	const struct form_case *rules = record->report.form->cases;

	return (struct wanted){.turn = turn,
		.record = record,
		.rules = rules,
		.date = text_of(&record->report, record->report.form->date),
		.due = text_of(&record->report, rules->due),
		.same = text_of(&record->report, rules->same),
		.posyandu = form_text_of(&record->report, FIELD_POSYANDU),
		.another = record_confirmed(record, CASE_ANOTHER)};
}

int case_find(const struct turn *turn, const struct record *record, struct case_row *out,
	size_t *count, enum case_found *found)
{
	const struct form *form = record->report.form;
	const struct area *desa = record_desa(turn, record);
	const char *who = form_who(&record->report);
	const struct case_looked *looked = turn->looked;
	struct wanted wanted;
	struct case_row *rows;
	int error;

	*found = CASE_NONE;
	*count = 0;
	if (form->cases == NULL || who == NULL || desa == NULL)
		return OK;
	who = name_core(who);
	wanted = wanted_of(turn, record);
	error = exact_rows(turn, form, desa->code, who);
	if (error != OK)
		return error;
	rows = arena_raw(turn->flow->arena, (looked->exact + 1) * sizeof(*rows));
	memcpy(rows, looked->rows, looked->exact * sizeof(*rows));
	*count = keep(&wanted, rows, looked->exact);
	if (*count == 0 && !wanted.is_other && !wanted.is_doubt)
		error = find_alike(&wanted, desa, who, &rows, count);
	if (error != OK)
		return error;
	if (*count == 0) {
		*found = wanted.is_doubt ? CASE_DOUBTED : wanted.is_other ? CASE_OTHER : CASE_NONE;
		*out = wanted.is_doubt ? wanted.doubt : wanted.other;
		return OK;
	}
	if (nearest(&wanted, rows, *count) == 1) {
		*out = rows[0];
		*count = 1;
		*found = CASE_ONE;
		return OK;
	}
	*count = *count > OPTIONS_MAX ? OPTIONS_MAX : *count;
	memcpy(out, rows, *count * sizeof(*rows));
	*found = CASE_SEVERAL;
	return OK;
}

static void person_among(const struct case_row *rows, size_t count, case_fits *fits,
	const void *context, struct case_row *out, bool *found)
{
	for (size_t i = 0; i < count && !*found; i++) {
		if (rows[i].closed != NULL || !fits(&rows[i], context))
			continue;
		*out = rows[i];
		*found = true;
	}
}

int case_of_person(const struct turn *turn, const struct form *form, const char *area,
	const char *name, case_fits *fits, const void *context, struct case_row *out, bool *found)
{
	const char *core = name_core(name);
	bool any;
	int error = store_case_any(turn->flow->store, form->name, area, &any);

	*found = false;
	if (error != OK || !any)
		return error;
	error = exact_rows(turn, form, area, core);
	if (error == OK)
		person_among(turn->looked->rows, turn->looked->exact, fits, context, out, found);
	if (error != OK || *found)
		return error;
	error = alike_rows(turn, form, area, core);
	if (error == OK)
		person_among(&turn->looked->rows[turn->looked->exact], turn->looked->alike, fits,
			context, out, found);
	return error;
}

bool case_contact(const struct turn *turn, const struct report *report)
{
	const struct form_case *rules = report->form->cases;

	return rules->no_contact == NULL ||
		!condition_holds(rules->no_contact, report, turn->now.date);
}

static void default_set(const struct turn *turn, struct record *record, const char *field,
	const char *text, bool number)
{
	struct value value = {
		.field = field, .text = text, .raw = text, .number = number, .defaulted = true};

	report_set(&record->report, turn->flow->arena, &value);
}

/* Who tells it has seen her, when his role is one that the field knows. */
static void seen_by_set(const struct turn *turn, struct record *record, const char *name)
{
	const struct form_field *field = form_field(record->report.form, name);
	const char *role =
		reply_upper(arena_strdup(turn->flow->arena, role_name(turn->sender.role)));

	for (size_t i = 0; field != NULL && i < field->nchoice; i++) {
		if (strcmp(field->choices[i], role) == 0)
			default_set(turn, record, name, field->choices[i], false);
	}
}

/* What was told is not lost: it is kept among the remarks. */
static void remark(const struct turn *turn, struct record *record, const struct value *told)
{
	const struct form *form = record->report.form;

	for (size_t i = 0; i < form->nfield; i++) {
		const struct form_field *field = &form->fields[i];
		const char *known = report_text(&record->report, field->name);
		struct value value = {.field = field->name};

		if (field->type != FIELD_TEXT || !field->rest)
			continue;
		value.text = value.raw = arena_printf(turn->flow->arena, "%s%s%s %s",
			known == NULL ? "" : known, known == NULL ? "" : ", ",
			form_field(form, told->field)->name, told->text);
		report_set(&record->report, turn->flow->arena, &value);
		return;
	}
}

static void untell(const struct turn *turn, struct record *record, const char *field)
{
	struct report *report = &record->report;
	const struct value *told = field == NULL ? NULL : report_value(report, field);
	struct value copy;

	if (told == NULL || told->defaulted || told->text == NULL)
		return;
	copy = *told;
	report_set(report, turn->flow->arena, &(struct value){.field = field});
	remark(turn, record, &copy);
}

void case_seen_by(const struct turn *turn, struct record *record)
{
	const struct form_case *rules = record->report.form->cases;
	const char *kader = reply_upper(
		arena_strdup(turn->flow->arena, role_name(ROLE_KADER)));
	const struct value *told;

	if (rules == NULL || rules->seen_by == NULL || turn->sender.role == ROLE_NONE ||
		scope_supervises(&turn->sender))
		return;
	told = report_value(&record->report, rules->seen_by);
	if (told == NULL || told->text == NULL || strcmp(told->text, kader) != 0)
		untell(turn, record, rules->seen_by);
	untell(turn, record, rules->contact);
	default_set(turn, record, rules->seen_by, kader, false);
	if (record->report.nproblem == 0)
		record_judge(turn, record); /* what is noted of a kader's visit */
}

int case_fill(const struct turn *turn, struct record *record)
{
	const struct form_case *rules = record->report.form->cases;
	struct case_row rows[OPTIONS_MAX];
	enum case_found found;
	size_t count;
	int error, contacts;

	case_seen_by(turn, record);
	if (rules == NULL || record->report.status == STATUS_QUESTION)
		return OK;
	if (rules->seen_by != NULL && report_value(&record->report, rules->seen_by) == NULL)
		seen_by_set(turn, record, rules->seen_by);
	if (rules->contact == NULL || report_value(&record->report, rules->contact) != NULL ||
		record_is_nihil(record) || !case_contact(turn, &record->report))
		return OK;
	error = case_find(turn, record, rows, &count, &found);
	if (error != OK || found > CASE_ONE)
		return error;
	contacts = found == CASE_ONE ? rows[0].contacts + 1 : 1;
	if (contacts <= form_field(record->report.form, rules->contact)->max)
		default_set(turn, record, rules->contact,
			arena_printf(turn->flow->arena, "%d", contacts), true);
	return OK;
}

/* In what it is otherwise than the one of that name; the name itself, when it is only alike. */
static void doubt_of(const struct turn *turn, const struct record *record,
	const struct case_row *row, struct problem *problem)
{
	if (person_of(turn, record, row, &problem->field, &problem->offer) == PERSON_FITS) {
		problem->field = record->report.form->self;
		problem->offer = row->name;
	}
	problem->raw = report_text(&record->report, problem->field);
}

int case_ask(const struct turn *turn, struct record *record)
{
	const struct form_case *rules = record->report.form->cases;
	struct problem problem = {.code = PROBLEM_AMBIGUOUS};
	struct case_row rows[OPTIONS_MAX];
	enum case_found found;
	size_t count;
	int error;

	if (rules == NULL || rules->due == NULL || record->report.status == STATUS_QUESTION)
		return OK;
	error = case_find(turn, record, rows, &count, &found);
	if (error != OK || found < CASE_OTHER || (found == CASE_OTHER && !rules->ask) ||
		(found != CASE_DOUBTED && record_confirmed(record, rules->due)))
		return error;
	problem.field = rules->due;
	problem.raw = report_text(&record->report, rules->due);
	if (found == CASE_OTHER)
		problem.offer = rows[0].due;
	else if (found == CASE_DOUBTED)
		doubt_of(turn, record, &rows[0], &problem);
	for (size_t i = 0; found == CASE_SEVERAL && i < count; i++) {
		if (rows[i].due == NULL || (i > 0 && strcmp(rows[i].due, rows[0].due) == 0))
			continue;
		problem.options[problem.noption++] =
			(struct option){rows[i].due, reply_date(turn->flow->arena, rows[i].due)};
	}
	if (found != CASE_SEVERAL || problem.noption > 1)
		record_ask(record, &problem);
	return OK;
}
