/* What was read, told back in one line: by the language's echo text for the form, or from the form
 * itself. */
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "parsers/text/utf8.h"

/* "A5 C2 X120": every count that is not 0, by the name of its field; the total of a week always. */
static const char *counts_text(const struct reply_context *context, const struct report *report)
{
	const struct form *form = report->form;
	const char *text = "";

	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];
		const struct form_field *field = form_field(form, value->field);

		if (field == NULL || field->type != FIELD_COUNT ||
			(strcmp(value->text, "0") == 0 &&
				!(form->weekly != NULL &&
					strcmp(form->weekly->total, field->name) == 0)))
			continue;
		text = arena_printf(context->arena, "%s%s%s%s", text, *text != '\0' ? " " : "",
			text_upper(context->arena, field->name), value->text);
	}
	return *text == '\0' ? NULL : text;
}

/* One placeholder: "nama", "ibu|nama" (ibu unless nama is there), "diadakan=TIDAK" (no text, only
 * whether). NULL: absent. */
static const char *slot_text(const struct reply_context *context, const struct report *report,
	const char *slot, size_t length)
{
	const struct form_field *kind;
	char field[64], *mark;
	const char *text, *told;

	if (length >= sizeof(field))
		return NULL;
	memcpy(field, slot, length);
	field[length] = '\0';
	if (strcmp(field, "hitungan") == 0)
		return counts_text(context, report);
	mark = strpbrk(field, "|=");
	if (mark != NULL && *mark == '|') {
		*mark = '\0';
		if (report_text(report, mark + 1) != NULL)
			return NULL;
	} else if (mark != NULL) {
		*mark = '\0';
		text = report_text(report, field);
		return text != NULL && strcmp(text, mark + 1) == 0 ? "" : NULL;
	}
	text = report_text(report, field);
	if (text == NULL)
		return NULL;
	kind = form_field(report->form, field);
	if (kind != NULL && kind->type == FIELD_LIST && strcmp(text, LIST_NONE) == 0)
		return NULL;
	if (kind != NULL && kind->written != NULL && strcmp(text, "LAIN") == 0 &&
		report_text(report, kind->written) != NULL) /* what was written says more */
		return reply_value_text(
			context, report->form, kind->written, report_text(report, kind->written));
	if (kind != NULL && kind->type == FIELD_NAME && strncmp(text, "BY ", 3) == 0 &&
		report_text(report, report->form->kind) != NULL)
		text += 3; /* "bayi Ny Lastri": what kind it is stands in front */
	told = reply_word_of(context, "told", field, text, NULL);
	return told != NULL ? told : reply_value_text(context, report->form, field, text);
}

/* One word of the echo text with its placeholders filled; false when one of them is absent. */
static bool word_fill(const struct reply_context *context, const struct report *report,
	const char *word, size_t length, struct strbuf *out, bool *slotted)
{
	const char *end = word + length;

	while (word < end) {
		const char *open = memchr(word, '{', (size_t)(end - word));
		const char *close = open == NULL ? NULL : memchr(open, '}', (size_t)(end - open));
		const char *text;

		if (close == NULL) {
			strbuf_add(out, word, (size_t)(end - word));
			return true;
		}
		*slotted = true;
		text = slot_text(context, report, open + 1, (size_t)(close - open - 1));
		if (text == NULL)
			return false;
		strbuf_add(out, word, (size_t)(open - word));
		strbuf_puts(out, text);
		word = close + 1;
	}
	return true;
}

/* "{jk} {berat} {panjang}", "{jumlah} orang": words without their value are left out, and those
 * that follow one; false: no slot was filled. */
static bool segment_fill(const struct reply_context *context, const struct report *report,
	const char *segment, size_t length, struct strbuf *out)
{
	size_t begin = out->length;
	bool filled = false, absent = false;

	while (length > 0) {
		const char *space = memchr(segment, ' ', length);
		size_t size = space == NULL ? length : (size_t)(space - segment);
		size_t before = out->length, word;
		bool slotted = false;

		if (before > begin)
			strbuf_putc(out, ' ');
		word = out->length;
		if (!word_fill(context, report, segment, size, out, &slotted)) {
			absent = true;
			strbuf_cut(out, before);
		} else if (absent && !slotted) {
			strbuf_cut(out, before);
		} else {
			absent = false;
			filled = filled || slotted;
		}
		if (out->length == word)
			strbuf_cut(out, before);
		length -= space == NULL ? size : size + 1;
		segment += space == NULL ? size : size + 1;
	}
	return filled && out->length > begin;
}

static void echo_template(const struct reply_context *context, const struct report *report,
	const char *template, struct strbuf *out)
{
	while (*template != '\0') {
		const char *end = strstr(template, ", ");
		size_t length = end == NULL ? strlen(template) : (size_t)(end - template);
		size_t before = out->length;

		strbuf_puts(out, before > 0 ? ", " : "");
		if (!segment_fill(context, report, template, length, out))
			strbuf_cut(out, before);
		template += end == NULL ? length : length + 2;
	}
}

char *reply_filled(
	const struct reply_context *context, const struct report *report, const char *template)
{
	struct strbuf out = {.arena = context->arena};

	strbuf_puts(&out, "");
	if (strchr(template, '{') == NULL)
		strbuf_puts(&out, template);
	else
		echo_template(context, report, template, &out);
	return out.text;
}

/* A form without an echo text: its values in order, counts with their label. */
static void echo_plain(
	const struct reply_context *context, const struct report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->form->nfield; i++) {
		const struct form_field *field = &report->form->fields[i];
		const char *text = report_text(report, field->name);

		if (text == NULL || field->type == FIELD_NIK || field->type == FIELD_AREA)
			continue;
		if (out->length > 0)
			strbuf_puts(out, ", ");
		if (field->type == FIELD_COUNT || field->type == FIELD_INT)
			strbuf_printf(out, "%s ", reply_label(context, report->form, field->name));
		strbuf_puts(out, reply_value_text(context, report->form, field->name, text));
	}
}

/* A desa that is not the reader's own is named. */
static void echo_home(
	const struct reply_context *context, const struct report *report, struct strbuf *out)
{
	const char *place = report->form->place == NULL
		? NULL
		: report_text(report, report->form->place);
	const struct area *area = place == NULL || context->places == NULL
		? NULL
		: gazetteer_area(context->places, place);

	if (area != NULL && context->sender != NULL && context->sender->narea > 0 &&
		!scope_area(context->sender, area))
		strbuf_printf(out, "%s%s", out->length > 0 ? ", " : "",
			reply_place(context, area->code));
}

/* A death of which neither name nor kind is told back. */
static bool nameless(const struct report *report)
{
	const char *kind = report_text(report, report->form->kind);

	return report->form->kind != NULL && !report_is_nihil(report) &&
		form_who(report) == NULL && (kind == NULL || strcmp(kind, "LAIN") == 0);
}

/* "Kematian Jul 24 nihil": none in a month. */
static char *echo_none(const struct reply_context *context, const struct report *report)
{
	const char *day = report_text(report, report->form->date);
	struct date date;

	return message_text(context->catalogue, context->arena, reply_language(context),
		MESSAGE_NIHIL_SHORT, "form", report->form->title, "month",
		day != NULL && date_parse(day, &date) ? reply_month(context, date) : "", NULL);
}

char *reply_echo(const struct reply_context *context, const struct report *report)
{
	struct strbuf out = {.arena = context->arena};
	const char *template = reply_word(context, "echo", report->form->name, NULL);

	strbuf_puts(&out, "");
	if (report_is_nihil(report))
		strbuf_puts(&out, echo_none(context, report));
	else if (template != NULL)
		echo_template(context, report, template, &out);
	else
		echo_plain(context, report, &out);
	echo_home(context, report, &out);
	return !nameless(report) ? out.text
		: arena_printf(context->arena, "%s%s%s", reply_word(context, "told", "nobody", "?"),
			  out.length > 0 ? ", " : "", out.text);
}
