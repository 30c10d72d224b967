/* Classes of deaths: see class.h. */
#include "flows/change/class.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/form/form.h"

#define NOT	 "NOT_"
#define NOT_WORD "BUKAN_"

static const char *class_at(const struct form *form, size_t i)
{
	return form_role_is(form->class, form->derives[i].field) ? form->derives[i].value : NULL;
}

static const char *find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->nderive; i++) {
		const char *class = class_at(form, i);

		if (class != NULL && strcmp(class, name) == 0)
			return class;
	}
	return NULL;
}

/* "bukan maternal" is the class that says so; of a class without such a one there is no other. */
const char *class_named(const struct turn *turn, const struct form *form, const char *text)
{
	char *name = arena_strdup(turn->flow->arena, text);

	for (char *at = name; *at != '\0'; at++)
		*at = *at == ' ' || *at == '-' ? '_' : (char)toupper((unsigned char)*at);
	if (strncmp(name, NOT_WORD, strlen(NOT_WORD)) == 0)
		return find(form,
			arena_printf(turn->flow->arena, NOT "%s", name + strlen(NOT_WORD)));
	if (find(form, name) != NULL)
		return find(form, name);
	for (size_t i = 0; i < form->nderive; i++) {
		const char *class = class_at(form, i);

		if (class != NULL &&
			strcasecmp(reply_word(&turn->reply, "class", class, class), text) == 0)
			return class;
	}
	return NULL;
}

static const char *told(const struct record *record)
{
	return report_text(&record->report, record->report.form->class);
}

static bool by_hand(const struct record *record)
{
	const char *field = record->report.form->class;

	return field != NULL && record_confirmed(record, field);
}

static bool rests_on(const struct form *form, const char *field)
{
	for (size_t i = 0; i < form->nclass_from; i++) {
		if (strcmp(form->class_from[i], field) == 0)
			return true;
	}
	return false;
}

static bool waives(const struct record *record, const struct problem *problem)
{
	const struct form *form = record->report.form;

	if (problem->code != PROBLEM_MISSING || !by_hand(record) ||
		told(record) == NULL)
		return false;
	if ((form->date != NULL && strcmp(problem->field, form->date) == 0) ||
		(form->place != NULL && strcmp(problem->field, form->place) == 0))
		return false;
	return rests_on(form, problem->field) || record->report.story ||
		record->standing == STANDING_STRANGER;
}

bool class_waives(const struct record *record, const struct problem *problem)
{
	return record->row.verified && problem->code == PROBLEM_MISSING &&
		by_hand(record) && told(record) != NULL &&
		strcmp(problem->field, record->report.form->date) != 0 &&
		strcmp(problem->field, record->report.form->place) != 0;
}

const struct problem *class_needs(const struct record *record)
{
	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (record->report.problems[i].code != PROBLEM_MISSING &&
			*record->report.problems[i].field != '\0')
			return &record->report.problems[i];
	}
	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (!waives(record, &record->report.problems[i]))
			return &record->report.problems[i];
	}
	return NULL;
}

void class_set(const struct turn *turn, struct record *record, const char *class)
{
	struct value value = {.field = record->report.form->class, .text = class, .raw = class};

	report_set(&record->report, turn->flow->arena, &value);
	record_confirm(record, record->report.form->class);
}

/* What the values alone would make it. */
static const char *derived(const struct turn *turn, const struct record *record)
{
	struct record *bare = arena_alloc(turn->flow->arena, sizeof(*bare));
	struct value none = {.field = record->report.form->class};

	*bare = *record;
	report_set(&bare->report, turn->flow->arena, &none);
	record_judge(turn, bare);
	return told(bare);
}

bool class_differs(const struct turn *turn, const struct record *record)
{
	const char *class = told(record), *own = derived(turn, record);

	return class != NULL && (own == NULL || strcmp(class, own) != 0);
}

static bool same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

void class_ask(const struct turn *turn, const struct record *before, struct record *after)
{
	const char *hand = told(before), *now;
	struct problem *problem;

	if (!by_hand(before) || hand == NULL ||
		!same(hand, told(after)) ||
		before->report.form != after->report.form)
		return;
	now = derived(turn, after);
	if (same(now, hand) || same(now, derived(turn, before)) || now == NULL)
		return;
	problem = report_problem(&after->report, after->report.form->class, PROBLEM_AMBIGUOUS);
	if (problem == NULL)
		return;
	problem->options[problem->noption++] =
		(struct option){now, reply_word(&turn->reply, "class", now, now)};
	problem->options[problem->noption++] =
		(struct option){hand, reply_word(&turn->reply, "class", hand, hand)};
}

/* By the age of a child, by the time of a mother's death: what it can be. */
static bool fits(const char *kind, const char *class)
{
	static const struct {
		const char *kind, *classes;
	} rows[] = {
		{"IBU", " MATERNAL MATERNAL_LATE NOT_MATERNAL "},
		{"WUS", " WUS MATERNAL MATERNAL_LATE NOT_MATERNAL "},
		{"LAHIRMATI", " STILLBIRTH NEONATAL_EARLY "},
		{"BAYI", " STILLBIRTH NEONATAL_EARLY NEONATAL_LATE POSTNEONATAL CHILD "},
		{"BALITA", " NEONATAL_LATE POSTNEONATAL CHILD OTHER "},
	};
	char word[40];

	if (strlen(class) + 3 > sizeof(word))
		return false;
	word[0] = ' ';
	strcpy(word + 1, class);
	strcat(word, " ");
	for (size_t i = 0; kind != NULL && i < COUNT_OF(rows); i++) {
		if (strcmp(rows[i].kind, kind) == 0)
			return strstr(rows[i].classes, word) != NULL;
	}
	return true;
}

size_t class_options(
	const struct turn *turn, const struct record *record, struct option options[OPTIONS_MAX])
{
	const struct form *form = record->report.form;
	const char *kind = report_text(&record->report, form->kind);
	size_t count = 0;

	for (size_t i = 0; i < form->nderive && count < OPTIONS_MAX; i++) {
		const char *class = class_at(form, i);
		bool known = class == NULL || !fits(kind, class);

		for (size_t k = 0; !known && k < count; k++)
			known = strcmp(options[k].value, class) == 0;
		if (!known)
			options[count++] = (struct option){
				class, reply_word(&turn->reply, "class", class, class)};
	}
	return count;
}
