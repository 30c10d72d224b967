/* What a person could write here and today: his own posyandu, days and references of this month. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "parsers/form/form.h"

/* The sender's own, else the first one that he looks after; NULL: none. */
static const struct posyandu *posyandu_near(const struct reply_context *context)
{
	const struct sender *sender = context->sender;
	const struct posyandu *posyandu;

	if (sender == NULL || sender->posyandu != NULL || context->places == NULL)
		return sender == NULL ? NULL : sender->posyandu;
	for (size_t i = 0; (posyandu = gazetteer_posyandu_at(context->places, i)) != NULL; i++) {
		for (size_t k = 0; k < sender->narea; k++) {
			if (area_within(posyandu->area, sender->areas[k]))
				return posyandu;
		}
	}
	return NULL;
}

char *reply_upper(char *text)
{
	for (char *at = text; *at != '\0'; at++)
		*at = (char)toupper((unsigned char)*at);
	return text;
}

/* "14/8/24": yesterday. */
static char *day_near(const struct reply_context *context)
{
	char iso[DATE_TEXT];

	date_format(date_add_days(context->now.date, -1), iso);
	return reply_date(context->arena, iso);
}

/* "12": within what the field takes. */
static const char *number_near(const struct reply_context *context, const struct form_field *field)
{
	double number = 12;

	if (field->max > 0 && (number < field->min || number > field->max))
		number = floor((field->min + field->max) / 2);
	return arena_printf(context->arena, "%g", number);
}

const char *reply_field_example(
	const struct reply_context *context, const struct form *form, const char *field)
{
	const struct form_field *kind = form == NULL ? NULL : form_field(form, field);
	const struct posyandu *posyandu;

	if (kind == NULL)
		return "...";
	if (kind->type == FIELD_DATE && context->now.date.year > 0 &&
		!(kind->example != NULL && kind->day_min < kind->day_max))
		return day_near(context);
	posyandu = kind->type == FIELD_POSYANDU ? posyandu_near(context) : NULL;
	if (posyandu != NULL)
		return reply_upper(arena_strdup(context->arena, posyandu->name));
	if (kind->example != NULL)
		return kind->example;
	if (field_is_number(kind->type))
		return number_near(context, kind);
	for (size_t i = 0; i < form->nderive && kind->nchoice == 0; i++)
		if (strcmp(form->derives[i].field, field) == 0)
			return form->derives[i].value;
	return kind->nchoice > 0 ? kind->choices[0] : "...";
}

static bool field_required(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->nrequire; i++) {
		for (size_t k = 0; k < form->requires[i].nfield; k++) {
			const char *list = form->requires[i].fields[k];
			const char *at = strstr(list, name);
			size_t length = strlen(name);

			if (at != NULL && (at == list || at[-1] == '|') &&
				(at[length] == '\0' || at[length] == '|'))
				return true;
		}
	}
	return false;
}

const struct form_field *reply_asked_field(const struct form *form, size_t index)
{
	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = form_field(form, form->order[i]);

		if (field != NULL && field_required(form, field->name) && index-- == 0)
			return field;
	}
	return NULL;
}

/* "LAHIR#SITI#25#14/8#L#3000…": required fields and those that stand before the last of them, by
 * their examples. */
char *reply_example(const struct reply_context *context, const struct form *form)
{
	const struct form_field *field;
	struct strbuf out = {0};
	char *text;

	if (form->example != NULL)
		return arena_strdup(context->arena, form->example);
	strbuf_puts(&out, reply_upper(arena_strdup(context->arena,
		form->nkeyword > 0 ? form->keywords[0] : form->name)));
	for (size_t i = 0; (field = reply_asked_field(form, i)) != NULL; i++) {
		if (field->example != NULL)
			strbuf_printf(&out, "#%s", reply_field_example(context, form, field->name));
	}
	text = arena_strdup(context->arena, out.text);
	strbuf_free(&out);
	return text;
}

char *reply_how(const struct reply_context *context, enum message_id id)
{
	struct date today = context->now.date;
	struct date last = date_add_days((struct date){today.year, today.month, 1}, -1);

	return message_text(context->catalogue, context->arena, reply_language(context), id, "ref",
		arena_printf(context->arena, "L%02d%02d-0007", today.year % 100, today.month),
		"month", reply_upper(reply_month(context, last)), "year",
		arena_printf(context->arena, "%d", today.year), NULL);
}
