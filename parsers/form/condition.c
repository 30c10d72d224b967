/* Conditions of forms: parsing once, holding or not for one report. */
#include "parsers/form/condition.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/number/number.h"
#include "parsers/text/error.h"

#define DAYS_PER_YEAR  365.2425
#define DAYS_PER_MONTH (DAYS_PER_YEAR / 12)

double duration_days(const char *duration)
{
	double days = 0;
	const char *c = duration;

	if (*c++ != 'P' || !*c)
		return -1;
	while (*c) {
		const char *end;
		double number = number_value(c, &end);

		if (end == c)
			return -1;
		switch (*end) {
		case 'Y':
			days += number * DAYS_PER_YEAR;
			break;
		case 'M':
			days += number * DAYS_PER_MONTH;
			break;
		case 'W':
			days += number * 7;
			break;
		case 'D':
			days += number;
			break;
		default:
			return -1;
		}
		c = end + 1;
	}
	return days;
}

static const char *skip_space(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

static bool name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *parse_operator(const char *text, enum condition_op *op)
{
	static const struct {
		const char *text;
		enum condition_op op;
	} ops[] = {{"!=", OP_NE}, {"<=", OP_LE}, {">=", OP_GE}, {"=", OP_EQ}, {"<", OP_LT},
		{">", OP_GT}};

	for (size_t i = 0; i < COUNT_OF(ops); i++) {
		size_t length = strlen(ops[i].text);

		if (strncmp(text, ops[i].text, length) == 0) {
			*op = ops[i].op;
			return text + length;
		}
	}
	return NULL;
}

/* A number out of what a value or a literal says: a date in days, a plain number, a duration in
 * days. */
static enum literal_kind to_number(const char *text, double *out)
{
	struct date date;
	const char *end;

	if (isupper((unsigned char)text[0]) && text[0] != 'I' && text[0] != 'N' && text[0] != 'P')
		return LITERAL_WORD; /* these may begin infinity, no number, a duration */
	if (date_parse(text, &date)) {
		*out = date_to_days(date);
		return LITERAL_NUMBER;
	}
	*out = number_value(text, &end);
	if (end != text && *end == '\0')
		return LITERAL_NUMBER;
	if (end != text && strcmp(end, "d") == 0)
		return LITERAL_DAY;
	*out = duration_days(text);
	return *out >= 0 ? LITERAL_NUMBER : LITERAL_WORD;
}

/* The right side: one word; "a+b" and a lower-case name are fields, anything else is literal. */
static int parse_right(
	struct arena *arena, const char *text, size_t length, struct condition_term *term)
{
	size_t start = 0;

	term->sum = (islower((unsigned char)text[0]) || text[0] == '_') &&
		strcmp(term->field, CONDITION_NOTE) != 0;
	for (size_t i = 0; i <= length; i++) {
		if (i < length && text[i] != '|' && text[i] != '+')
			continue;
		if (i == start || term->nright == TERM_OPERANDS ||
			(i < length && term->sum != (text[i] == '+')))
			return ERR_SYNTAX;
		term->right[term->nright] = arena_strndup(arena, text + start, i - start);
		term->literals[term->nright].kind = to_number(
			term->right[term->nright], &term->literals[term->nright].number);
		term->nright++;
		start = i + 1;
	}
	return OK;
}

static int parse_term(struct arena *arena, const char **text, struct condition_term *term)
{
	const char *c = skip_space(*text), *word = c;

	while (name_char(*c))
		c++;
	if (c == word)
		return ERR_SYNTAX;
	term->field = arena_strndup(arena, word, (size_t)(c - word));
	c = parse_operator(skip_space(c), &term->op);
	if (!c)
		return ERR_SYNTAX;
	c = skip_space(c);
	*text = word = c;
	while (*c && !isspace((unsigned char)*c))
		c++;
	if (c == word || parse_right(arena, word, (size_t)(c - word), term) != OK)
		return ERR_SYNTAX;
	*text = skip_space(c);
	return OK;
}

int condition_parse(struct arena *arena, const char *text, struct condition *out, const char **at)
{
	struct condition_term terms[TERM_OPERANDS] = {0};
	const char *c = text;
	size_t count = 0;

	for (;;) {
		*at = c;
		if (count == COUNT_OF(terms) || parse_term(arena, &c, &terms[count]) != OK)
			return ERR_SYNTAX;
		count++;
		if (!*c)
			break;
		*at = c;
		if (strncmp(c, "and", 3) != 0 || name_char(c[3]))
			return ERR_SYNTAX;
		c += 3;
	}
	out->terms = arena_alloc(arena, count * sizeof(*terms));
	memcpy(out->terms, terms, count * sizeof(*terms));
	out->nterm = count;
	return OK;
}

static bool compare_holds(double left, double right, enum condition_op op)
{
	switch (op) {
	case OP_EQ:
		return left == right;
	case OP_NE:
		return left != right;
	case OP_LT:
		return left < right;
	case OP_LE:
		return left <= right;
	case OP_GT:
		return left > right;
	case OP_GE:
		return left >= right;
	}
	return false;
}

/* What a value says as a number; a day is one from today on. */
static bool value_number(const char *text, struct date today, double *out)
{
	enum literal_kind kind = to_number(text, out);

	*out += kind == LITERAL_DAY ? date_to_days(today) : 0;
	return kind != LITERAL_WORD;
}

static bool sum_fields(const struct condition_term *term, const struct report *report, double *sum)
{
	*sum = 0;
	for (size_t i = 0; i < term->nright; i++) {
		bool plain = term->literals[i].kind == LITERAL_NUMBER; /* "para+abortus+1" */
		const char *text =
			plain ? NULL : report_text_of(report, term->numbers[i], term->right[i]);
		double value = term->literals[i].number;

		if (!plain && (!text || to_number(text, &value) == LITERAL_WORD))
			return false;
		*sum += value;
	}
	return true;
}

/* Of a list "SESAR,VAKUM" each of its words. */
static bool says_word(const char *value, const char *word)
{
	while (*value) {
		size_t same = 0;

		while (word[same] && value[same] == word[same])
			same++;
		if (!word[same] && (!value[same] || value[same] == ','))
			return true;
		while (*value && *value != ',')
			value++;
		value += *value == ',';
	}
	return *word == '\0';
}

static bool literal_holds(
	const struct condition_term *term, const char *value, size_t i, struct date today)
{
	const struct literal *literal = &term->literals[i];
	double left, right = literal->number;

	if (literal->kind != LITERAL_WORD && value_number(value, today, &left)) {
		right += literal->kind == LITERAL_DAY ? date_to_days(today) : 0;
		return compare_holds(left, right, term->op);
	}
	return term->op == OP_EQ ? says_word(value, term->right[i])
				 : term->op == OP_NE && !says_word(value, term->right[i]);
}

/* "note=anemia": what was noted of the report. */
static bool noted(const struct condition_term *term, const struct report *report)
{
	for (size_t i = 0; i < report->nnote; i++) {
		for (size_t j = 0; j < term->nright; j++) {
			if (strcmp(report->notes[i], term->right[j]) == 0)
				return term->op == OP_EQ;
		}
	}
	return term->op == OP_NE;
}

static bool term_holds(
	const struct condition_term *term, const struct report *report, struct date today)
{
	const char *value;
	double left, sum;

	if (same_name(term->field, CONDITION_NOTE))
		return noted(term, report);
	value = report_text_of(report, term->number, term->field);
	if (!value)
		return false;
	if (term->sum)
		return sum_fields(term, report, &sum) && value_number(value, today, &left) &&
			compare_holds(left, sum, term->op);
	for (size_t i = 0; i < term->nright; i++) {
		bool holds = literal_holds(term, value, i, today);

		if (term->op == OP_NE ? !holds : holds)
			return term->op != OP_NE;
	}
	return term->op == OP_NE;
}

bool condition_holds(
	const struct condition *condition, const struct report *report, struct date today)
{
	for (size_t i = 0; i < condition->nterm; i++) {
		if (!term_holds(&condition->terms[i], report, today))
			return false;
	}
	return true;
}

bool condition_known(const struct condition *condition, const struct report *report)
{
	for (size_t i = 0; i < condition->nterm; i++) {
		const struct condition_term *term = &condition->terms[i];

		if (!report_text_of(report, term->number, term->field))
			return false;
		for (size_t j = 0; j < term->nright && term->sum; j++) {
			if (term->literals[j].kind != LITERAL_NUMBER &&
				!report_text_of(report, term->numbers[j], term->right[j]))
				return false;
		}
	}
	return true;
}
