/* What one problem of a report asks: it names the wrong field and shows the right form. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/text/gsm7.h"

#define TEXT(id, ...)                                                                              \
	message_text(context->catalogue, context->arena, reply_language(context), id, __VA_ARGS__, \
		NULL)

/* The language's question of the USSD page, its choices behind it; NULL: it has none that fits. */
static char *ask_page(const struct reply_context *context, const struct form *form,
	const struct form_field *kind)
{
	const char *key = kind == NULL ? ""
		: arena_printf(context->arena, "page.%s.%s", form->name, kind->name);
	char *text;

	if (!catalogue_has_word(context->catalogue, reply_language(context), key))
		return NULL;
	text = arena_strdup(context->arena,
		catalogue_word(context->catalogue, reply_language(context), key));
	for (size_t i = 0; i < kind->nchoice; i++)
		text = arena_printf(context->arena, "%s%s%s%s", text, i > 0 ? ", " : " ",
			kind->choices[i], i + 1 == kind->nchoice ? "." : "");
	return gsm7_septets(text) > ASK_SEPTETS ? NULL : text;
}

/* The language's question, else the form's own (Indonesian), else one made of label and example. */
static char *ask_missing(
	const struct reply_context *context, const struct report *report, const char *field)
{
	const struct form_field *kind = form_field(report->form, field);
	const char *ask = ask_page(context, report->form, kind);

	if (ask != NULL)
		return arena_strdup(context->arena, ask);
	ask = reply_word(context, "ask",
		arena_printf(context->arena, "%s.%s", report->form->name, field), NULL);
	if (ask == NULL)
		ask = reply_word(context, "ask", field, NULL);
	if (ask == NULL && kind != NULL)
		ask = kind->ask;
	if (ask != NULL)
		return arena_strdup(context->arena, ask);
	return TEXT(MESSAGE_ASK_MISSING, "label", reply_label(context, report->form, field),
		"example", reply_field_example(context, report->form, field));
}

/* A name as the files have it: "CEMPAKA 1"; no code of a letter or two. */
static bool is_capitals(const char *label)
{
	size_t letters = 0;

	for (; *label != '\0'; label++) {
		if (islower((unsigned char)*label))
			return false;
		letters += isupper((unsigned char)*label) != 0;
	}
	return letters > 2;
}

/* A name in its usual case; of equal ones each says where it is: "Melati Wonocoyo". */
static const char *option_label(const struct reply_context *context,
	const struct option *options, size_t count, size_t index)
{
	const struct posyandu *posyandu = context->places == NULL ? NULL
		: gazetteer_posyandu(context->places, options[index].value);

	for (size_t i = 0; posyandu != NULL && i < count; i++) {
		if (i != index && strcmp(options[i].label, options[index].label) == 0)
			return arena_printf(context->arena, "%s %s",
				reply_place(context, posyandu->id),
				reply_place(context, posyandu->area->code));
	}
	return is_capitals(options[index].label)
		? reply_title_case(context->arena, options[index].label)
		: options[index].label;
}

char *reply_options(const struct reply_context *context, const struct option *options, size_t count)
{
	struct strbuf out = {0};
	char *text;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < count; i++) {
		const char *label = option_label(context, options, count, i);

		strbuf_printf(&out, "%s%zu=%s", i > 0 ? ", " : "", i + 1, label);
	}
	text = arena_strdup(context->arena, out.text);
	strbuf_free(&out);
	return text;
}

/* Which of the checks of a field is broken: 1 is the first of the form's file, 0 none. */
static unsigned broken_check(
	const struct reply_context *context, const struct report *report, const char *field)
{
	unsigned nth = 0;

	for (size_t i = 0; i < report->form->ncheck; i++) {
		const struct form_check *check = &report->form->checks[i];

		if (strcmp(check->field, field) != 0)
			continue;
		nth++;
		if (condition_known(&check->rule, report)
		    && !condition_holds(&check->rule, report, context->now.date))
			return nth;
	}
	return 0;
}

/* What is said of a field that others speak against; its second check may have words of its own. */
static const char *against(
	const struct reply_context *context, const struct report *report, const char *field)
{
	const char *form = report->form->name;
	const char *why = reply_word(context, "sum",
		arena_printf(context->arena, "%s.%s.%u", form, field,
			broken_check(context, report, field)),
		NULL);

	return why != NULL ? why
			   : reply_word(context, "sum",
				     arena_printf(context->arena, "%s.%s", form, field), NULL);
}

/* A number as it was told; a day or an age as people write it. */
static const char *slot_text(
	const struct reply_context *context, const struct report *report, const char *slot)
{
	const struct form_field *field = form_field(report->form, slot);
	const char *text = report_text(report, slot);

	return text != NULL && field != NULL &&
			(field->type == FIELD_DATE || field->type == FIELD_AGE)
		? reply_value_text(context, report->form, slot, text)
		: text;
}

/* "{d}" in a word about a sum is the report's own number. */
char *reply_sum(const struct reply_context *context, const struct report *report, const char *field)
{
	const char *why = against(context, report, field);
	struct strbuf out = {0};
	char *text;

	if (why == NULL)
		why = reply_word(context, "sum", "unknown", "{label}?");
	strbuf_puts(&out, "");
	while (*why != '\0') {
		const char *close = *why == '{' ? strchr(why, '}') : NULL;
		const char *slot, *value;

		if (close == NULL) {
			strbuf_putc(&out, *why++);
			continue;
		}
		slot = arena_strndup(context->arena, why + 1, (size_t)(close - why - 1));
		value = strcmp(slot, "label") == 0 ? reply_label(context, report->form, field)
			: slot_text(context, report, slot);
		strbuf_puts(&out, value == NULL ? "?" : value);
		why = close + 1;
	}
	text = arena_strdup(context->arena, out.text);
	strbuf_free(&out);
	return text;
}

/* May the sender affirm it? N above D never. */
static bool sum_may_be(const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->form->ncheck; i++) {
		const struct form_check *check = &report->form->checks[i];

		if (strcmp(check->field, field) == 0 && check->ask)
			return true;
	}
	return false;
}

static bool labelled(const struct option *option)
{
	return strcmp(option->label, option->value) != 0;
}

/* An option without a label of its own is shown as its value is everywhere: "3 hr", "Melati". */
static char *ask_choice(const struct reply_context *context, const struct report *report,
	const struct problem *problem, const char *label)
{
	struct option options[OPTIONS_MAX];

	for (size_t i = 0; i < problem->noption; i++) {
		options[i] = problem->options[i];
		if (!labelled(&options[i]))
			options[i].label = reply_value_text(
				context, report->form, problem->field, options[i].value);
	}
	return TEXT(MESSAGE_ASK_CHOICE, "label", label,
		"options", reply_options(context, options, problem->noption));
}

size_t reply_key(const struct form_field *field, const char *text)
{
	size_t most = 0;

	for (size_t i = 0; i < field->nkey; i++) {
		size_t length = strlen(field->keys[i]);

		if (length > most && strncasecmp(text, field->keys[i], length) == 0
		    && !isalpha((unsigned char)text[length]))
			most = length + strspn(text + length, " :=.");
	}
	return most;
}

/* What was written without the field's key: the label says that already. */
static const char *without_key(const struct report *report, const char *name, const char *raw)
{
	const struct form_field *field =
		report->form == NULL ? NULL : form_field(report->form, name);

	return field == NULL ? raw : raw + reply_key(field, raw);
}

/* Two months of a form that is told once a month; two days are a choice as any other. */
static bool of_months(const struct report *report, const struct problem *problem)
{
	return report->form->date != NULL && strcmp(problem->field, report->form->date) == 0
		&& report->form->date_default != NULL && problem->noption == 2
		&& labelled(&problem->options[0]) && labelled(&problem->options[1]);
}

static char *ask_ambiguous(const struct reply_context *context, const struct report *report,
	const struct problem *problem, const char *label)
{
	if (of_months(report, problem))
		return TEXT(MESSAGE_ASK_MONTH, "old", problem->options[0].label, "new",
			problem->options[1].label);
	if (problem->noption > 0)
		return ask_choice(context, report, problem, label);
	if (problem->offer != NULL && form_role_is(report->form->jumps, problem->field))
		return TEXT(MESSAGE_ASK_JUMP, "new", problem->raw, "old", problem->offer);
	if (problem->offer != NULL && problem->raw != NULL && report->form->cases != NULL)
		return TEXT(MESSAGE_ASK_DUE, "label", label, "new",
			reply_value_text(context, report->form, problem->field, problem->raw),
			"old",
			reply_value_text(context, report->form, problem->field, problem->offer));
	if (report_text(report, problem->field) != NULL &&
		against(context, report, problem->field) != NULL)
		return arena_printf(context->arena, "%s %s",
			reply_sum(context, report, problem->field),
			TEXT(MESSAGE_ASK_MISSING, "label", label, "example",
				reply_field_example(context, report->form, problem->field)));
	if (problem->raw != NULL && *without_key(report, problem->field, problem->raw) != '\0')
		/* it was told, and is in doubt: what was read is named */
		return TEXT(MESSAGE_ASK_INVALID, "label", label, "raw",
			without_key(report, problem->field, problem->raw), "example",
			reply_field_example(context, report->form, problem->field));
	if (report->form != NULL && form_field(report->form, problem->field) != NULL)
		return ask_missing(context, report, problem->field);
	return TEXT(
		MESSAGE_ASK_WHICH, "label", label, "example",
		reply_field_example(context, report->form, problem->field));
}

char *reply_ask(const struct reply_context *context, const struct report *report,
	const struct problem *problem)
{
	const char *field = problem->field;
	const char *label = reply_label(context, report->form, field);
	const char *raw = without_key(report, field, problem->raw == NULL ? "" : problem->raw);
	const char *example = reply_field_example(context, report->form, field);
	bool hour = report->form != NULL && form_field(report->form, field) != NULL
		&& form_field(report->form, field)->type == FIELD_TIME;

	if (problem->raw != NULL && report->form != NULL && report_text(report, field) != NULL &&
		strcmp(problem->raw, report_text(report, field)) == 0)
		raw = reply_value_text(context, report->form, field, problem->raw);
	if (hour && *raw == '\0' && report_text(report, field) != NULL)
		raw = report_text(report, field);

	if (report->form == NULL && problem->noption > 0)
		return reply_capital(TEXT(MESSAGE_ASK_CHOICE, "label", label,
			"options", reply_options(context, problem->options, problem->noption)));
	if (report->form == NULL && problem->code != PROBLEM_PLACE &&
		problem->code != PROBLEM_SCOPE)
		return reply_capital(TEXT(MESSAGE_ASK_MISSING, "label", label, "example", example));
	if (report->form != NULL && form_field(report->form, field) == NULL
	    && reply_word(context, "ask", field, NULL) != NULL)
		/* about the whole report */
		return arena_strdup(context->arena, reply_word(context, "ask", field, NULL));
	switch (problem->code) {
	case PROBLEM_MISSING:
		if (problem->noption > 0)
			return reply_capital(ask_ambiguous(context, report, problem, label));
		return reply_capital(ask_missing(context, report, field));
	case PROBLEM_RANGE:
		if (report_rare(report, field))
			return reply_capital(TEXT(MESSAGE_ASK_RARE, "label", label, "raw",
				reply_value_text(context, report->form, field,
					report_text(report, field))));
	/* fall through */
	case PROBLEM_FUTURE:
	case PROBLEM_INVALID:
		if (problem->offer != NULL)
			return reply_capital(TEXT(MESSAGE_ASK_OFFER, "label", label, "raw", raw,
				"offer", reply_value_text(
					context, report->form, field, problem->offer)));
		return reply_capital(TEXT(problem->code == PROBLEM_RANGE ? MESSAGE_ASK_RANGE
				: problem->code == PROBLEM_FUTURE && !hour ? MESSAGE_ASK_FUTURE
				: MESSAGE_ASK_INVALID,
			"label", label, "raw", raw, "example", example));
	case PROBLEM_AMBIGUOUS:
		return reply_capital(ask_ambiguous(context, report, problem, label));
	case PROBLEM_NIK:
		return TEXT(MESSAGE_ASK_NIK, "", "");
	case PROBLEM_SUM:
		return TEXT(sum_may_be(report, field) ? MESSAGE_ASK_SUM : MESSAGE_ASK_SUM_FIX,
			"why", reply_sum(context, report, field));
	case PROBLEM_PLACE:
		return reply_capital(TEXT(MESSAGE_ASK_PLACE, "label", label, "raw", raw));
	case PROBLEM_SCOPE:
		return reply_capital(TEXT(MESSAGE_ASK_SCOPE, "label", label, "raw", raw));
	case PROBLEM_OWNER:
	case PROBLEM_REF:
	case PROBLEM_FORMAT:
	case PROBLEM_UNREGISTERED:
	case PROBLEM_NO_PENDING:
	case PROBLEM_PRIVACY:
	case PROBLEM_EMPTY:
		break;
	}
	return TEXT(MESSAGE_ASK_MISSING, "label", label, "example", example);
}

static bool named_before(const struct report *report, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (strcmp(report->problems[i].field, report->problems[index].field) == 0)
			return true;
	}
	return *report->problems[index].field == '\0';
}

char *reply_fields(const struct reply_context *context, const struct report *report)
{
	struct strbuf out = {0};
	char *text;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < report->nproblem; i++) {
		if (!named_before(report, i))
			strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "",
				reply_label(context, report->form, report->problems[i].field));
	}
	text = arena_strdup(context->arena, out.text);
	strbuf_free(&out);
	return text;
}
