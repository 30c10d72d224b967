/* Which of what is counted, by what its reports tell: "di rumah", "umur di bawah 20", "menurut
 * sebab". Only words that nothing else explained are looked at. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/question/question.h"
#include "parsers/question/question_filter.h"
#include "parsers/question/question_told.h"
#include "parsers/parse/reader_forms.h"

#define FIELDS_MOST 8
#define FAR_BACK    2 /* words between a measure and what compares it */
#define KILO        1000.0
#define WEEK_DAYS   7
#define WEEKS       "MINGGU" /* the unit of a field that is told in them */

struct told_field {
	const struct form_field *field;
	const char *values; /* "RUMAH|JALAN" */
	size_t count;
	bool apart; /* counted apart by its values */
};

struct which {
	struct question *question;
	const struct form *form;
	bool cases; /* not its reports but its open cases are counted */
	struct told_field fields[FIELDS_MOST];
	size_t nfield;
	const char *limits; /* "umur<20"; NULL */
};

/* Report by report: what is reached once is a mark of a case, and no report tells it. */
static bool counted_by_report(const struct form *form, const char *name)
{
	for (size_t i = 0; name && i < form->ncount; i++)
		if (same_name(form->counts[i].name, name))
			return true;
	return false;
}

/* The form whose reports, or open cases, are counted one by one; NULL. */
static const struct form *form_of(const struct question *question, bool *cases)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *indicator = NULL;
	const struct form *form = NULL;

	if (question->nindicator != 1)
		return NULL;
	for (size_t i = 0; !indicator && (form = reader_form_at(reader, i)); i++)
		indicator = form_indicator(form, question->indicators[0]);
	*cases = indicator && indicator->cases != CASES_NONE;
	return indicator && !indicator->stock && !form->held && !form->weekly &&
			(*cases || counted_by_report(form, indicator->count)) &&
			form_field(form, form->place)->type == FIELD_AREA
		? form : NULL;
}

/* Open cases are looked at by what is known of each: its class and what it carries on. */
static bool is_known(const struct form *form, const struct form_field *field)
{
	if (form->cases->class && same_name(form->cases->class, field->name))
		return true;
	for (size_t k = 0; k < form->ncarry; k++)
		if (same_name(form->carry[k].from, field->name))
			return true;
	return false;
}

/* The words of a field's values; what is never told itself has a class of its own name. */
static const char *words_of_field(const struct form_field *field)
{
	return field->words ? field->words : field->name;
}

/* A field whose values may be asked about: not what the indicator says already. */
static bool is_open(const struct which *which, const struct form_field *field)
{
	const struct form *form = which->form;

	if (which->cases && !is_known(form, field))
		return false;
	if (field->type != FIELD_CHOICE || form_field_yes_no(field) ||
		form_role_is(form->kind, field->name))
		return false;
	for (size_t k = 0; form->becomes && k < form->becomes->when.nterm; k++)
		if (same_name(form->becomes->when.terms[k].field, field->name))
			return false;
	return true;
}

static struct told_field *field_told(struct which *which, const struct form_field *field)
{
	for (size_t i = 0; i < which->nfield; i++)
		if (which->fields[i].field == field)
			return &which->fields[i];
	if (which->nfield == FIELDS_MOST)
		return NULL;
	which->fields[which->nfield] = (struct told_field){.field = field};
	return &which->fields[which->nfield++];
}

/* Is it one of "RUMAH|JALAN"? */
static bool has_value(const char *values, const char *value)
{
	size_t length = strlen(value);

	for (const char *at = values; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (strcspn(at, "|") == length && memcmp(at, value, length) == 0)
			return true;
	}
	return false;
}

static void value_add(struct which *which, const struct form_field *field, const char *value)
{
	struct told_field *told = field_told(which, field);

	if (!told || has_value(told->values, value))
		return;
	told->values = told->values
		? arena_printf(which->question->words->call->arena, "%s|%s", told->values, value)
		: value;
	told->count++;
}

/* "krn" perdarahan, "umurnya" di atas 35 */
static void use_before(struct words *words, size_t i)
{
	size_t length;

	while (i > 0 && (words_phrase(words, "sebelum_isian", i - 1, &length) ||
				words_phrase(words, "karena", i - 1, &length)) && length == 1)
		words_use(words, --i, 1);
}

static bool has_choice(const struct form_field *field, const char *value)
{
	for (size_t i = 0; i < field->nchoice; i++)
		if (same_name(field->choices[i], value))
			return true;
	return false;
}

/* What fits no other choice says too little: "kader" helped. */
static bool is_last_choice(const struct form_field *field, const char *value)
{
	return same_name(value, "LAIN") && field->nchoice > 2;
}

/* "dr" is FROM, "jml bidan" counts bidan, "pkm bodag" is a place, and so is a name that some place
 * has. */
static bool is_other(const struct which *which, size_t i, size_t length)
{
	const struct words *words = which->question->words;
	size_t more;
	const char *asks = i > 0 ? words_phrase(words, "tanya", i - 1, &more) : NULL;

	if ((length == 1 && words_phrase(words, "pengisi_tanya", i, &more)) ||
		(i > 0 && words_phrase(words, "ukuran_isian", i - 1, &more) && more > 1))
		return true; /* "umur kehamilan di bawah 28" */
	if (asks && !which->cases && same_name(asks, "perintah"))
		return true;
	if (words_phrase(words, "puskesmas", i + length - 1, &more) &&
		(!question_bare_level(words, i + length) ||
			words_phrase(words, "punya", i + length, &more)))
		return true;
	return question_is_place(words->call, words_text(words, i, i + length));
}

static void read_values(struct which *which)
{
	struct words *words = which->question->words;

	for (size_t i = 0; i < words->count; i++) {
		const struct form_field *best = NULL;
		const char *value = NULL;
		size_t longest = 0;

		for (size_t k = 0; k < which->form->nfield && !words->list[i].used; k++) {
			const struct form_field *field = &which->form->fields[k];
			size_t length;
			const char *told = is_open(which, field)
				? words_phrase(words, words_of_field(field), i, &length) : NULL;

			if (!told || length <= longest || !has_choice(field, told) ||
				is_last_choice(field, told) || is_other(which, i, length) ||
				question_goes_on(words, i, length))
				continue;
			best = field;
			value = told;
			longest = length;
		}
		if (!best)
			continue;
		value_add(which, best, value);
		words_use(words, i, longest);
		use_before(words, i);
		i += longest - 1;
	}
}

/* "menurut sebab", "sebabnya apa saja"; beside a value of it the word says nothing more. */
static void read_split(struct which *which)
{
	struct words *words = which->question->words;
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		const char *name = words->list[i].used
			? NULL : words_phrase(words, "rinci_isian", i, &length);
		const struct form_field *field = name ? form_field(which->form, name) : NULL;
		struct told_field *told;

		if (!field || !is_open(which, field) ||
			which->question->compared || !(told = field_told(which, field)))
			continue;
		told->apart = told->count == 0;
		words_use(words, i, length);
		if (i > 0 && words_phrase(words, "tiap", i - 1, &more) && more == 1)
			words_use(words, i - 1, 1);
	}
}

/* "yg dapat IMD", "tanpa vit k" */
static void read_yes_no(struct which *which)
{
	struct words *words = which->question->words;
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		for (size_t k = 0; k < which->form->nfield && !words->list[i].used; k++) {
			const struct form_field *field = &which->form->fields[k];

			if (!form_field_yes_no(field) ||
				(which->cases && !is_known(which->form, field)))
				continue;
			length = 0;
			for (size_t n = 0; n < field->nkey && !length; n++)
				length = words_spell(words, i, field->keys[n]);
			if (!length)
				continue;
			if (i > 0 && !words->list[i - 1].used &&
				words_phrase(words, "penyangkal", i - 1, &more) && more == 1) {
				words_use(words, i - 1, 1);
				value_add(which, field, "TIDAK");
			} else {
				value_add(which, field, "YA");
			}
			words_use(words, i, length);
			use_before(words, i);
		}
	}
}

/* 20 of years is P20Y where ages are told so. */
static const char *amount(const struct which *which, const struct form_field *field, double value,
	const char *unit)
{
	struct arena *arena = which->question->words->call->arena;
	char letter = unit && *unit == 'd' ? 'D' : unit && *unit == 'm' ? 'M' : 'Y';

	if (field->type == FIELD_AGE && unit && *unit == 'w')
		return arena_printf(arena, "P%dD", (int)value * WEEK_DAYS);
	if (field->type == FIELD_AGE)
		return arena_printf(arena, "P%d%c", (int)value, letter);
	if (field->type == FIELD_WEIGHT && value < KILO / 10)
		value *= KILO;
	return arena_printf(arena, "%g", value);
}

/* "lahir mati > 28 minggu": a number of weeks that only a pregnancy has. */
static const struct form_field *of_weeks(
	const struct which *which, double value, const char *unit)
{
	for (size_t i = 0; unit && *unit == 'w' && !which->cases && i < which->form->nfield; i++) {
		const struct form_field *field = &which->form->fields[i];

		if (field->type == FIELD_INT && field->unit &&
			same_name(field->unit, WEEKS) && value >= field->min &&
			value <= field->max)
			return field;
	}
	return NULL;
}

/* ">= 2500 gram": what alone is weighed. */
static const struct form_field *of_weight(const struct which *which)
{
	for (size_t i = 0; !which->cases && i < which->form->nfield; i++)
		if (which->form->fields[i].type == FIELD_WEIGHT)
			return &which->form->fields[i];
	return NULL;
}

/* What the number whose comparing words begin at `first` measures, and how many words in front say
 * so; NULL. */
static const struct form_field *measured_at(
	const struct which *which, size_t first, bool aged, size_t *back)
{
	const struct words *words = which->question->words;
	size_t length;

	for (*back = 1; *back <= FAR_BACK && *back <= first; ++*back) {
		const char *name = words_phrase(words, "ukuran_isian", first - *back, &length);
		const struct form_field *field = name ? form_field(which->form, name) : NULL;

		if (field && (!which->cases || is_known(which->form, field)))
			return field;
	}
	*back = 0;
	return aged && which->form->age ? form_field(which->form, which->form->age) : NULL;
}

static void limit_add(struct which *which, const struct form_field *field, const char *op,
	const char *value)
{
	which->limits = arena_printf(which->question->words->call->arena, "%s%s%s%s%s",
		which->limits ? which->limits : "", which->limits ? " and " : "", field->name, op,
		value);
}

/* Up to and with: a child is 59 months old until it is 60. */
static void limit_to(struct which *which, const struct form_field *field, double value,
	const char *unit)
{
	bool whole = field->type == FIELD_AGE && !(unit && strchr("dw", *unit));

	limit_add(which, field, whole ? "<" : "<=",
		amount(which, field, whole ? value + 1 : value, unit));
}

/* Of "0-6 hr" those of "10-20 hr" are none: no share of it, and no time either. */
static void leave_limit(struct question *question, size_t n)
{
	if (question->strange == 0)
		question->strange = n + 1;
}

/* "umur < 20", "usia 20-35 th", "35 th ke atas" */
static void read_limit(struct which *which, size_t n)
{
	struct words *words = which->question->words;
	double value, other;
	size_t first = n, length = 0, back, end = 0,
		count = question_decimal(words, n, &value), last = n + count;
	const char *op = question_compares(words, n, &first), *unit, *behind;
	const struct form_field *field, *weeks;
	bool weighed;

	if (count == 0 || question_percent_at(words, n + count - 1))
		return; /* too long for a number, or of something else */
	if (op && same_name(op, ">=") && question_range_end(words, n) > 0)
		op = NULL; /* "umur dari 20 sampai 35" */
	if (!op && (end = question_range_end(words, n)) > 0) {
		(void)question_decimal(words, end, &other);
		last = end + 1;
		first -= first > 0 && words_phrase(words, "antara", first - 1, &length);
	}
	unit = question_age_unit(words, last, &length);
	last += unit ? length : 0;
	weighed = !unit && words_phrase(words, "satuan_berat", last, &length);
	if (weighed)
		last += length; /* grams or kilos: the number says which */
	behind = op || end ? NULL : words_phrase(words, "ambang_belakang", last, &length);
	if (behind) {
		op = question_limit_op(behind);
		last += length;
	}
	field = op || end ? measured_at(which, first, unit != NULL, &back) : NULL;
	if (field && back == 0)
		field = (weeks = of_weeks(which, value, unit)) ? weeks : field;
	if (!field && weighed && (op || end))
		field = of_weight(which);
	if (!field)
		return;
	if ((which->question->aged && which->form->age &&
		    same_name(field->name, which->form->age)) ||
		(op && same_name(op, ">") && question_excluded(which->limits, field->name,
			amount(which, field, value, unit)))) {
		leave_limit(which->question, n);
		return;
	}
	if (end)
		limit_add(which, field, ">=", amount(which, field, value, unit));
	if (end || same_name(op, "<="))
		limit_to(which, field, end ? other : value, unit);
	else
		limit_add(which, field, op, amount(which, field, value, unit));
	first -= back;
	words_use(words, first, last - first);
	use_before(words, first);
	if (which->question->strange > first && which->question->strange <= last)
		which->question->strange = 0;
}

static bool fits(const struct condition_term *term, const struct told_field *told)
{
	bool fits = true;

	for (size_t i = 0; fits && i < told->field->nchoice; i++) {
		const char *choice = told->field->choices[i];
		bool among = !has_value(told->values, choice);

		for (size_t k = 0; k < term->nright && !among; k++)
			among = same_name(term->right[k], choice);
		fits = among;
	}
	return fits;
}

/* "lahir di rs brp, di pkm brp, di rumah brp": at home is one of the places, and not what they are
 * some of; all of them are counted apart. */
static void widen(struct which *which)
{
	struct question *question = which->question;
	const struct form *form = which->form;
	const struct form_indicator *one = form_indicator(form, question->indicators[0]);

	for (size_t i = 0; i < form->ncount && one->count && one->of; i++) {
		const struct condition *when = &form->counts[i].when;

		if (!same_name(form->counts[i].name, one->count))
			continue;
		for (size_t k = 0; k < when->nterm; k++) {
			for (size_t n = 0; n < which->nfield; n++) {
				struct told_field *told = &which->fields[n];

				if (!same_name(told->field->name, when->terms[k].field) ||
					!told->values || fits(&when->terms[k], told) ||
					!form_indicator(form, one->of))
					continue;
				question->indicators[0] = one->of;
				told->values = NULL;
				told->apart = true;
			}
		}
		return;
	}
}

/* "sebab_kode=PERDARAHAN and umur>35"; several yes are counted apart. */
static void fill(struct which *which)
{
	struct question *question = which->question;
	struct arena *arena = question->words->call->arena;
	const char *text = question->which, *split = NULL;
	size_t yes = 0;

	if (which->limits)
		text = arena_printf(arena, "%s%s%s", text ? text : "", text ? " and " : "",
			which->limits);

	for (size_t i = 0; i < which->nfield; i++)
		yes += form_field_yes_no(which->fields[i].field);
	for (size_t i = 0; i < which->nfield; i++) {
		const struct told_field *told = &which->fields[i];
		bool among = yes > 1 && form_field_yes_no(told->field),
		     apart = told->apart || told->count > 1 || among;

		if (told->values && !among)
			text = arena_printf(arena, "%s%s%s=%s", text ? text : "",
				text ? " and " : "", told->field->name, told->values);
		if (apart)
			split = arena_printf(arena, "%s%s%s", split ? split : "",
				split ? " " : "", told->field->name);
	}
	question->which = text;
	question->split = split;
	if (split)
		words_use_class(question->words, "tiap"); /* "masing2" */
	if (split && question->guessed)
		question->by = NULL; /* "penyebab kematian ibu terbanyak" */
}

void question_which(struct question *question)
{
	struct which which = {.question = question};

	which.form = form_of(question, &which.cases);
	if (!which.form)
		return;
	read_yes_no(&which);
	read_values(&which);
	read_split(&which);
	for (size_t n = 0; n < question->words->count; n++)
		if (!question->words->list[n].used && word_number(question->words, n) >= 0)
			read_limit(&which, n);
	widen(&which);
	fill(&which);
	if (question->which || question->split)
		words_use_class(question->words, "atau_juga");
}
