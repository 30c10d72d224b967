/* A short text as the value that a waiting report asks for: an option's number, one value, or a few
 * with keys. */
#include "flows/report/answer_value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/record/home.h"
#include "parsers/form/form.h"

#define BESIDE_WORDS 4

const struct problem *answer_asked(const struct record *record)
{
	const struct report *report = &record->report;

	for (size_t i = 0; i < report->nproblem; i++) {
		if (report->problems[i].code != PROBLEM_MISSING &&
			*report->problems[i].field != '\0')
			return &report->problems[i];
	}
	for (size_t i = 0; i < report->nproblem; i++) {
		if (*report->problems[i].field != '\0')
			return &report->problems[i];
	}
	return NULL;
}

size_t answer_number(const char *text, size_t count)
{
	static const char *const before[] = {
		"no", "nomor", "nomer", "yang", "yg", "pilih", "pilihan", "angka"};
	size_t word = strcspn(text, " .");
	unsigned long number;
	char *end;

	for (size_t i = 0; i < COUNT_OF(before); i++) {
		if (strlen(before[i]) == word && strncasecmp(text, before[i], word) == 0) {
			text += word + strspn(text + word, " .");
			break;
		}
	}
	number = strtoul(text, &end, 10);
	while (*end == ' ' || *end == '.')
		end++;
	return isdigit((unsigned char)*text) && *end == '\0' && number >= 1 && number <= count
		? (size_t)number
		: 0;
}

static bool value_read(const struct turn *turn, const struct report *report, const char *field,
	const char *text, struct value *value, struct problem *problem, int *error)
{
	*problem = (struct problem){.field = field, .code = PROBLEM_INVALID};
	*error = reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, report, field, text, value, problem);
	return *error == OK;
}

/* Names and free text take anything: only when they are what was asked, and the text looks like
 * one. */
static bool may_take(const struct turn *turn, const struct record *record,
	const struct problem *problem, const char *text)
{
	const struct form_field *field = form_field(record->report.form, problem->field);
	int words = 1;

	if (field == NULL)
		return false;
	if (field->type != FIELD_NAME && field->type != FIELD_TEXT)
		return true;
	if ((turn->reading != NULL && turn->reading->intent == INTENT_EMERGENCY) ||
		reader_is_talk(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, text))
		return false;
	for (const char *at = text; *at != '\0'; at++) {
		words += *at == ' ';
		if (isdigit((unsigned char)*at) || *at == '?')
			return false;
	}
	return problem == answer_asked(record) && words <= 4;
}

/* "n 28" says N, whatever was asked. NULL: no field's key stands first, with a value behind it. */
static const struct form_field *keyed(const struct form *form, const char *text)
{
	const struct form_field *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < form->nfield; i++) {
		size_t length = reply_key(&form->fields[i], text);

		if (length > most && text[length] != '\0') {
			best = &form->fields[i];
			most = length;
		}
	}
	return best;
}

/* "bulan", when 11 days, months or years were offered. */
static const char *unit_chosen(
	const struct turn *turn, const struct record *record, const struct problem *asked,
	const char *text)
{
	const struct form_field *field = form_field(record->report.form, asked->field);

	if (field == NULL || field->type != FIELD_AGE || asked->noption == 0 ||
		strpbrk(text, "0123456789") != NULL)
		return text;
	return arena_printf(turn->flow->arena, "%ld %s",
		strtol(asked->options[0].value + 1, NULL, 10), text); /* "P11D" */
}

/* A choice or a desa that was offered, or one outside the sender's that is asked for by name. */
static bool place_taken(const struct turn *turn, const struct record *record,
	const struct problem *asked, const char *text, bool offered, struct record *after)
{
	const struct form_field *field = form_field(record->report.form, asked->field);
	struct value value = {.field = asked->field, .text = text, .raw = text};
	struct problem problem = {.field = asked->field};
	const struct area *desa;

	if (field == NULL || (field->type != FIELD_AREA &&
		!(field->type == FIELD_CHOICE && offered)))
		return false;
	if (!offered) {
		if (asked->code != PROBLEM_SCOPE && asked->code != PROBLEM_PLACE)
			return false;
		if (home_find(turn, text, &desa, &problem) != OK)
			return false;
		value.text = desa->code;
	}
	report_set(&after->report, turn->flow->arena, &value);
	return true;
}

/* "50", where 50 is doubted. */
static bool told_so(const struct record *record, const struct value *value)
{
	const char *known = report_text(&record->report, value->field);

	return known != NULL && value->text != NULL && strcmp(known, value->text) == 0;
}

static int take_problem(const struct turn *turn, const struct record *record,
	const struct problem *asked, const char *text, struct record *after,
	struct problem *problem)
{
	size_t number = answer_number(text, asked->noption);
	struct value value = {0};
	int error;

	if (!may_take(turn, record, asked, text))
		return ERR_NOT_FOUND;
	text = number > 0 ? asked->options[number - 1].value
		: unit_chosen(turn, record, asked, text);
	if (place_taken(turn, record, asked, text, number > 0, after))
		return OK;
	if (!value_read(turn, &record->report, asked->field, text, &value, problem, &error))
		return problem->code == PROBLEM_INVALID || problem->code == PROBLEM_MISSING
			? ERR_NOT_FOUND
			: ERR_RANGE;
	value.defaulted = false;
	report_set(&after->report, turn->flow->arena, &value);
	if ((asked->code == PROBLEM_AMBIGUOUS && asked->noption == 0) ||
		(asked->code == PROBLEM_SUM && told_so(record, &value)))
		record_confirm(after, asked->field); /* asked once, answered: believed */
	record_confirm_rare(after, &record->report, &after->report);
	return OK;
}

/* Of a sum that does not add up each part may be told anew, by its key. */
static bool is_asked(const struct record *record, const struct form_field *field,
	const struct value *value)
{
	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (strcmp(record->report.problems[i].field, field->name) == 0 ||
			(record->report.problems[i].code == PROBLEM_SUM && value->raw != NULL &&
				reply_key(field, value->raw) > 0))
			return true;
	}
	return false;
}

/* "umur 34": a bare age, whose unit the report settles where the answer alone does not. */
static size_t take_age(const struct turn *turn, const struct record *record,
	const struct problem *open, struct record *after)
{
	const struct form_field *field = form_field(record->report.form, open->field);
	struct problem problem;
	struct value value;
	int error;

	if (field == NULL || field->type != FIELD_AGE || open->code != PROBLEM_AMBIGUOUS ||
		open->noption == 0 || report_value(&after->report, field->name) != NULL ||
		!value_read(turn, &after->report, field->name,
			arena_printf(turn->flow->arena, "%ld",
				strtol(open->options[0].value + 1, NULL, 10)), /* "P34D" */
			&value, &problem, &error))
		return 0;
	report_set(&after->report, turn->flow->arena, &value);
	return 1;
}

struct taken {
	size_t asked; /* values that a problem is about */
	size_t beside; /* values that the report did not have, or had otherwise */
	size_t doubted; /* values that it had otherwise, and has no more */
	bool words; /* names or free text, which anything can be */
};

static bool has_letter(const char *text)
{
	while (*text != '\0' && !isalpha((unsigned char)*text))
		text++;
	return *text != '\0';
}

/* "bb 2900", "2900 gram": of that field and no other. */
static bool said_plainly(const struct form_field *field, const struct value *value)
{
	return (field_is_number(field->type) || field->type == FIELD_AGE) && value->raw != NULL &&
		(reply_key(field, value->raw) > 0 || has_letter(value->raw));
}

static bool needed(const struct turn *turn, const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->form->nrequire; i++) {
		const struct form_require *require = &report->form->requires[i];

		for (size_t k = 0; k < require->nfield; k++)
			if (strcmp(require->fields[k], field) == 0 &&
				condition_holds(&require->when, report, turn->now.date))
				return true;
	}
	return false;
}

/* It was told otherwise before. A plain word of the teller's own stands, as in a report that is
 * told again; else what the report needs is asked once more. */
static void take_otherwise(const struct turn *turn, const struct record *record,
	const struct form_field *field, const struct value *value, struct taken *taken,
	struct record *after)
{
	struct value told = *value;

	if (record->row.sender == NULL || turn->sender.phone == NULL ||
		strcmp(record->row.sender, turn->sender.phone) != 0)
		return;
	if (said_plainly(field, value)) {
		taken->beside++;
	} else if (needed(turn, &record->report, field->name)) {
		taken->doubted++;
		told.text = NULL;
	} else {
		return;
	}
	report_set(&after->report, turn->flow->arena, &told);
}

/* "siti, L": a name that is missing, beside other values. */
static bool name_asked(
	const struct turn *turn, const struct record *record, const struct value *value)
{
	const struct form_field *field = form_field(record->report.form, value->field);

	return field->type == FIELD_NAME && is_asked(record, field, value) &&
		!reader_is_talk(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, value->text);
}

/* "l 3100", "nifas, rs, 34 th": several values at once, read as the form would. What is told beside
 * the answer is kept, where the report has nothing of it. */
static struct taken take_several(const struct turn *turn, const struct record *record,
	const char *text, struct record *after)
{
	struct reading *reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	const struct form *form = record->report.form;
	struct taken taken = {0};

	if (form->nkeyword == 0)
		return taken;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		arena_printf(turn->flow->arena, "%s %s", form->keywords[0], text), reading);
	if (reading->intent != INTENT_REPORT || reading->nreport != 1 ||
		reading->reports[0].form != form ||
		report_is_nihil(&reading->reports[0])) /* none at all: no value */
		return taken;
	for (size_t i = 0; i < reading->reports[0].nvalue; i++) {
		const struct value *value = &reading->reports[0].values[i];
		const struct form_field *field = form_field(form, value->field);
		const struct value *known = report_value(&record->report, value->field);

		bool named;

		if (value->defaulted || field == NULL)
			continue;
		named = name_asked(turn, record, value);
		if (named)
			taken.asked++;
		else if (field->type == FIELD_NAME || field->type == FIELD_TEXT)
			taken.words = true;
		else if (is_asked(record, field, value))
			taken.asked++;
		else if (known == NULL || known->defaulted)
			taken.beside++;
		else {
			if (strcmp(known->text, value->text) != 0)
				take_otherwise(turn, record, field, value, &taken, after);
			continue;
		}
		if (field->type == FIELD_NAME ? named : !field->rest || field->rest_segment)
			report_set(&after->report, turn->flow->arena, value);
	}
	for (size_t i = 0; i < reading->reports[0].nproblem; i++)
		taken.beside +=
			take_age(turn, record, &reading->reports[0].problems[i], after);
	return taken;
}

/* "umur 34", "di rumah": not what was asked, but nothing else either. A bare number is not
 * believed, nor are many words. */
static bool told_beside(const struct taken *taken, const char *text)
{
	size_t words = 1;

	for (const char *at = text; *at != '\0'; at++)
		words += *at == ' ';
	return taken->beside > 0 && !taken->words && has_letter(text) && words <= BESIDE_WORDS;
}

static bool free_words(const struct record *record, const struct problem *problem)
{
	const struct form_field *field = form_field(record->report.form, problem->field);

	return field != NULL && (field->type == FIELD_NAME || field->type == FIELD_TEXT);
}

/* "L", "perempuan", where a name was asked for first: a choice that is missing too is no name. */
static bool take_choice(const struct turn *turn, const struct record *record, const char *text,
	struct record *after)
{
	for (size_t i = 0; i < record->report.nproblem; i++) {
		const struct problem *open = &record->report.problems[i];
		const struct form_field *field = form_field(record->report.form, open->field);
		struct problem why;

		if (field != NULL && field->type == FIELD_CHOICE &&
			take_problem(turn, record, open, text, after, &why) == OK)
			return true;
		*after = *record;
	}
	return false;
}

/* "20 mgg" where the day of the last period is asked, or the weeks: another field that would do. */
static bool take_instead(const struct turn *turn, const struct record *record,
	const struct problem *asked, const char *text, struct record *after)
{
	const struct form *form = record->report.form;

	for (size_t i = 0; has_letter(text) && i < form->nfield; i++) {
		struct problem why, open = {.field = form->fields[i].name};

		if (strcmp(open.field, asked->field) != 0 &&
			form_either(form, asked->field, open.field) &&
			take_problem(turn, record, &open, text, after, &why) == OK)
			return true;
	}
	return false;
}

int answer_value(const struct turn *turn, const struct record *record, const char *text,
	struct record *after, struct problem *problem)
{
	const struct problem *asked = answer_asked(record);
	const struct form_field *named = keyed(record->report.form, text);
	struct problem why, first = {0};
	struct taken taken;
	int error, result = ERR_NOT_FOUND;

	*after = *record;
	if (asked == NULL)
		return ERR_NOT_FOUND;
	if (strpbrk(text, " ,#") != NULL) {
		taken = take_several(turn, record, text, after);
		if (taken.asked > 0 && taken.asked + taken.beside + taken.doubted > 1)
			return OK;
	}
	*after = *record;
	if (free_words(record, asked) && take_choice(turn, record, text, after))
		return OK;
	if (named == NULL || strcmp(named->name, asked->field) == 0) {
		result = take_problem(turn, record, asked, text, after, &first);
		if (result != ERR_NOT_FOUND && result != ERR_RANGE)
			return result;
		if (take_instead(turn, record, asked, text, after))
			return OK;
	}
	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (&record->report.problems[i] == asked ||
			(named != NULL &&
				strcmp(named->name, record->report.problems[i].field) != 0))
			continue;
		error = take_problem(turn, record, &record->report.problems[i], text, after, &why);
		if (error == OK)
			return OK;
	}
	taken = take_several(turn, record, text, after);
	if (taken.asked > 0 || (result == ERR_NOT_FOUND && told_beside(&taken, text)))
		return OK;
	*problem = first;
	return result;
}

/* Of a session that was not held nothing was counted. */
static void drop_counts(const struct turn *turn, struct record *after)
{
	const struct form *form = after->report.form;

	for (size_t i = 0; i < form->nfield; i++) {
		if (form->fields[i].type == FIELD_COUNT)
			report_set(&after->report, turn->flow->arena,
				&(struct value){.field = form->fields[i].name});
	}
}

bool answer_doubted(const struct record *record, const struct problem *asked)
{
	const struct form_field *field = form_field(record->report.form, asked->field);

	return asked->code == PROBLEM_AMBIGUOUS && asked->noption == 0 && field != NULL &&
		form_field_yes_no(field);
}

void answer_decide(
	const struct turn *turn, const struct problem *asked, bool yes, struct record *after)
{
	const struct form *form = after->report.form;
	struct value value = {.field = asked->field,
		.text = form_field(form, asked->field)->choices[yes ? 0 : 1]};

	report_set(&after->report, turn->flow->arena, &value);
	record_confirm(after, asked->field);
	if (!yes && form_role_is(form->held, asked->field))
		drop_counts(turn, after);
}

int answer_yes(const struct turn *turn, const struct record *record, struct record *after)
{
	const struct problem *asked = answer_asked(record);
	struct problem problem;
	struct value value = {0};
	int error;

	*after = *record;
	if (asked == NULL)
		return ERR_NOT_FOUND;
	switch (asked->code) {
	case PROBLEM_SUM:
	case PROBLEM_AMBIGUOUS:
		if (asked->noption > 0)
			return ERR_NOT_FOUND;
		if (answer_doubted(record, asked))
			answer_decide(turn, asked, true, after);
		else
			record_confirm(after, asked->field);
		return OK;
	case PROBLEM_MISSING:
		return answer_value(turn, record, "ya", after, &problem);
	case PROBLEM_RANGE:
		if (report_rare(&record->report, asked->field)) {
			record_confirm(after, asked->field);
			return OK;
		}
	/* fall through */
	default:
		if (asked->code == PROBLEM_RANGE && asked->raw == NULL &&
			form_asks(record->report.form, asked->field, asked->code) &&
			report_value(&record->report, asked->field) != NULL) {
			record_confirm(after, asked->field); /* odd, but told so */
			return OK;
		}
		if (asked->offer == NULL ||
			!value_read(turn, &record->report, asked->field, asked->offer, &value,
				&problem, &error))
			return ERR_NOT_FOUND;
		report_set(&after->report, turn->flow->arena, &value);
		return OK;
	}
}
