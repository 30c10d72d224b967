/* Values as people write them: "2024-08-12" is 12/8/24, "SITI AMINAH" is Siti Aminah. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "parsers/form/form.h"
#include "parsers/text/utf8.h"

const char *reply_language(const struct reply_context *context)
{
	return context->sender == NULL || context->sender->language == NULL
		? "id"
		: context->sender->language;
}

const char *reply_word(const struct reply_context *context, const char *kind, const char *name,
	const char *standard)
{
	return reply_word_of(context, kind, name, NULL, standard);
}

const char *reply_word_of(const struct reply_context *context, const char *kind, const char *name,
	const char *value, const char *standard)
{
	const char *parts[] = {kind, name, value}, *found;
	size_t length = 0;
	char key[64];

	for (size_t i = 0; i < COUNT_OF(parts) && parts[i] != NULL; i++) {
		size_t octets = strlen(parts[i]);

		if (length + octets + 1 > sizeof(key))
			return standard; /* no word has such a name */
		memcpy(key + length, parts[i], octets);
		length += octets + 1;
		key[length - 1] = '.';
	}
	key[length - 1] = '\0';
	found = catalogue_word(context->catalogue, reply_language(context), key);
	return found == NULL ? standard : found;
}

char *reply_capital(char *text)
{
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return text;
}

char *reply_title_case(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text);
	bool start = true;

	for (char *at = out; *at != '\0'; at++) {
		unsigned char c = (unsigned char)*at;

		if (c < 0x80)
			*at = (char)(start ? toupper(c) : tolower(c));
		start = *at == ' ' || *at == '-' || *at == '.' || *at == '(' || *at == '/';
	}
	return out;
}

const char *reply_initials(struct arena *arena, const char *name)
{
	char out[8];
	size_t length = 0;
	bool start = true;

	while (name != NULL && (strncmp(name, "BY ", 3) == 0 || strncmp(name, "NY ", 3) == 0))
		name += 3; /* a baby without a name of its own */
	for (; name != NULL && *name != '\0' && length + 2 < sizeof(out) - 1; name++) {
		if (start && isalpha((unsigned char)*name)) {
			out[length++] = (char)toupper((unsigned char)*name);
			out[length++] = '.';
		}
		start = *name == ' ' || *name == '-';
	}
	out[length] = '\0';
	return arena_strdup(arena, out);
}

char *reply_date(struct arena *arena, const char *iso)
{
	struct date date;

	if (!date_parse(iso, &date))
		return arena_strdup(arena, iso);
	return arena_printf(arena, "%d/%d/%02d", date.day, date.month, date.year % 100);
}

char *reply_month(const struct reply_context *context, struct date date)
{
	char number[4];
	const char *name;

	snprintf(number, sizeof(number), "%d", date.month % 100);
	name = reply_word(context, "month", number, NULL);
	return arena_printf(
		context->arena, "%s %02d", name == NULL ? number : name, date.year % 100);
}

char *reply_age(const struct reply_context *context, const char *duration)
{
	static const struct {
		char letter;
		const char *unit;
	} units[] = {{'Y', "year"}, {'M', "month"}, {'D', "day"}};
	struct strbuf out = {.arena = context->arena};

	if (duration[0] != 'P')
		return arena_strdup(context->arena, duration);
	for (const char *at = duration + 1; *at != '\0';) {
		char *end;
		long n = strtol(at, &end, 10);

		for (size_t i = 0; end > at && i < COUNT_OF(units); i++) {
			const char *unit = reply_word(context, "unit", units[i].unit, NULL);

			if (*end == units[i].letter && unit != NULL)
				strbuf_printf(&out, "%s%ld %s", out.length > 0 ? " " : "", n, unit);
		}
		if (*end == '\0' || end == at)
			break;
		at = end + 1;
	}
	return out.length > 0 ? out.text : arena_strdup(context->arena, duration);
}

#define CODE_LETTERS 2 /* of a choice that is a code: "A", "AC" */

static char *choice(const struct reply_context *context, const char *canonical)
{
	const char *name = reply_word(context, "value", canonical, NULL);
	char *out;

	if (name != NULL)
		return arena_strdup(context->arena, name);
	out = arena_strdup(context->arena, canonical);
	for (char *at = out; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	return out;
}

/* "SESAR,VAKUM": the words of each. */
static char *listed(
	const struct reply_context *context, const char *field, const char *text)
{
	struct strbuf out = {.arena = context->arena};
	char *copy = arena_strdup(context->arena, text), *save;

	if (strcmp(text, LIST_NONE) == 0)
		return arena_strdup(context->arena, reply_word(context, "no", "value", "-"));
	strbuf_puts(&out, "");
	for (char *one = strtok_r(copy, ",", &save); one != NULL; one = strtok_r(NULL, ",", &save))
		strbuf_printf(&out, "%s%s", out.length > 0 ? "+" : "",
			reply_word(context, "told",
				arena_printf(context->arena, "%s.%s", field, one),
				choice(context, one)));
	return out.text;
}

static char *comma(struct arena *arena, const char *number, const char *unit)
{
	char *out = arena_printf(arena, "%s%s", number, unit);
	char *dot = strchr(out, '.');

	if (dot != NULL)
		*dot = ',';
	return out;
}

/* "Kab. Trenggalek", "Panggul". */
static char *area_text(struct arena *arena, const struct area *area)
{
	static const char kabupaten[] = "Kabupaten ";
	char *name = reply_title_case(arena, area->name);

	return strncmp(name, kabupaten, sizeof(kabupaten) - 1) != 0 ? name
		: arena_printf(arena, "Kab. %s", name + sizeof(kabupaten) - 1);
}

char *reply_place(const struct reply_context *context, const char *code)
{
	const struct posyandu *posyandu =
		context->places == NULL ? NULL : gazetteer_posyandu(context->places, code);
	const struct area *area =
		context->places == NULL ? NULL : gazetteer_area(context->places, code);
	const struct puskesmas *puskesmas =
		context->places == NULL ? NULL : gazetteer_puskesmas(context->places, code);

	if (posyandu != NULL)
		return reply_title_case(context->arena, posyandu->name);
	if (area != NULL)
		return area_text(context->arena, area);
	if (puskesmas != NULL)
		return arena_printf(context->arena, "PKM %s",
			reply_title_case(context->arena, puskesmas->name));
	return arena_strdup(context->arena, code);
}

/* Capitals are for what is to be typed: "DEMAM TINGGI" is told back as "demam tinggi". */
static char *quiet(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text);

	for (const char *at = text; *at != '\0'; at++) {
		if (islower((unsigned char)*at))
			return out;
	}
	for (char *at = out; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	return out;
}

static char *text_of(
	const struct reply_context *context, const struct form_field *field, const char *text)
{
	struct arena *arena = context->arena;
	const char *told;

	switch (field->type) {
	case FIELD_NIK:
		return arena_strdup(arena, ""); /* identity numbers never go out */
	case FIELD_NAME:
		return reply_title_case(arena, text);
	case FIELD_DATE:
		return reply_date(arena, text);
	case FIELD_CHOICE:
		told = reply_word(context, "value", text, NULL) != NULL ? NULL
			: reply_word_of(context, "told", field->name, text, NULL);
		return told != NULL && strlen(text) <= CODE_LETTERS ? arena_strdup(arena, told)
			: choice(context, text);
	case FIELD_WEIGHT:
		return comma(arena, text, "g");
	case FIELD_LENGTH:
		return comma(arena, text, "cm");
	case FIELD_AGE:
		return reply_age(context, text);
	case FIELD_POSYANDU:
	case FIELD_AREA:
		return reply_place(context, text);
	case FIELD_INT:
		if (field->unit != NULL && strcmp(field->unit, "TAHUN") == 0)
			return arena_printf(
				arena, "%s %s", text, reply_word(context, "unit", "year", "th"));
		return arena_strdup(arena, text);
	case FIELD_TEXT:
		return quiet(arena, text);
	case FIELD_AMOUNT:
		return comma(arena, text, "");
	case FIELD_LIST:
		return listed(context, field->name, text);
	case FIELD_COUNT:
	case FIELD_TIME:
	case FIELD_PATTERN:
		break;
	}
	return arena_strdup(arena, text);
}

char *reply_value_text(const struct reply_context *context, const struct form *form,
	const char *field, const char *text)
{
	const struct form_field *kind = form == NULL ? NULL : form_field(form, field);

	if (form != NULL && form_role_is(form->class, field))
		return arena_strdup(context->arena, reply_word(context, "class", text, text));
	if (form != NULL && form->weekly != NULL && form_role_is(form->weekly->unit, field))
		return arena_strdup(context->arena, reply_place(context, text));
	return kind == NULL ? choice(context, text) : text_of(context, kind, text);
}

const char *reply_label(
	const struct reply_context *context, const struct form *form, const char *field)
{
	const struct form_field *kind = form == NULL ? NULL : form_field(form, field);
	const char *label = NULL, *unit;

	if (form != NULL)
		label = reply_word_of(context, "label", form->name, field, NULL);
	if (label == NULL)
		label = reply_word(context, "label", field, NULL);
	if (label == NULL && kind != NULL)
		label = kind->label;
	if (label == NULL)
		return field;
	unit = strstr(label, " (");
	return unit == NULL ? label
		: arena_strndup(context->arena, label, (size_t)(unit - label));
}

char *reply_change(const struct reply_context *context, const struct report *report,
	const char *field, const char *text)
{
	const char *old = report_text(report, field);

	return arena_printf(context->arena, "%s %s -> %s",
		reply_label(context, report->form, field),
		old == NULL ? reply_word(context, "no", "value", "-")
			    : reply_value_text(context, report->form, field, old),
		reply_value_text(context, report->form, field, text));
}

const char *reply_told(
	const struct reply_context *context, const struct form *form, const char *field)
{
	if (form->codes == NULL)
		return reply_label(context, form, field);
	return reply_word(context, "told",
		arena_printf(context->arena, "%s.%s", form->codes,
			text_upper(context->arena, field)),
		reply_label(context, form, field));
}
