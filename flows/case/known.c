/* What a case keeps for its next report: see known.h. A line for each report, "field=text" behind
 * each other. */
#include "flows/case/known.h"

#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define FIELD_END         '\t'
#define REPORT_END        '\n'
#define MONTH_TEXT_LENGTH 7

static void pair_add(struct strbuf *out, const char *field, const char *text)
{
	strbuf_puts(out, field);
	strbuf_putc(out, '=');
	strbuf_puts(out, text);
	strbuf_putc(out, FIELD_END);
}

static void line_add(struct strbuf *out, const struct report *report)
{
	const struct form *form = report->form;
	const char *date = report_text(report, form->date);

	if (date != NULL)
		pair_add(out, form->date, date);
	for (size_t i = 0; i < form->ncarry; i++) {
		const char *text = report_text(report, form->carry[i].from);
		bool again = form_role_is(form->date, form->carry[i].from);

		for (size_t k = 0; k < i; k++)
			again |= same_name(form->carry[k].from, form->carry[i].from);
		if (text != NULL && !again && text[strcspn(text, "\t\n")] == '\0')
			pair_add(out, form->carry[i].from, text);
	}
	strbuf_putc(out, REPORT_END);
}

const char *known_of(
	const struct turn *turn, const struct record *newest, const struct record *before)
{
	struct strbuf out = {.arena = turn->flow->arena};

	line_add(&out, &newest->report);
	if (before != NULL)
		line_add(&out, &before->report);
	return out.text;
}

const char *known_next(
	const struct turn *turn, const struct case_row *row, const struct record *newest)
{
	const char *kept = row->known;
	size_t first = kept == NULL ? 0 : strcspn(kept, "\n");
	struct strbuf out = {.arena = turn->flow->arena};

	line_add(&out, &newest->report);
	if (kept == NULL)
		return out.text;
	if (strncmp(row->last, newest->row.date, MONTH_TEXT_LENGTH) < 0) {
		strbuf_add(&out, kept, first);
		strbuf_putc(&out, REPORT_END);
	} else if (kept[first] != '\0') {
		strbuf_puts(&out, kept + first + 1);
	}
	return out.text;
}

/* One line as a report; false: it is of another form's fields. */
static bool line_read(
	struct arena *arena, const struct form *form, char *line, struct record *out)
{
	char *pair;

	memset(&out->row, 0, sizeof(out->row));
	report_begin(&out->report, form);
	while ((pair = strsep(&line, "\t")) != NULL && *pair != '\0') {
		char *text = strchr(pair, '=');
		const struct form_field *field;
		struct value value = {.field = pair, .defaulted = true};

		if (text == NULL)
			return false;
		*text++ = '\0';
		field = form_field(form, pair);
		if (field == NULL) /* it is gone */
			continue;
		value.field = field->name;
		value.text = value.raw = text;
		value.number = field_is_number(field->type);
		report_set(&out->report, arena, &value);
	}
	out->row.date = report_text(&out->report, form->date);
	return out->row.date != NULL;
}

size_t known_read(const struct turn *turn, const struct form *form, const struct case_row *row,
	struct record out[2])
{
	char *text = row->known == NULL ? NULL : arena_strdup(turn->flow->arena, row->known), *line;
	size_t count = 0;

	while (count < 2 && (line = strsep(&text, "\n")) != NULL && *line != '\0')
		count += line_read(turn->flow->arena, form, line, &out[count]);
	return count;
}

bool known_newest(struct arena *arena, const struct form *form, const struct case_row *row,
	struct record *out)
{
	char *line = row->known == NULL ? NULL
		: arena_strndup(arena, row->known, strcspn(row->known, "\n"));
	const struct form_field *class =
		form->cases->class == NULL ? NULL : form_field(form, form->cases->class);

	if (line == NULL || !line_read(arena, form, line, out))
		return false;
	if (class != NULL && row->class != NULL)
		report_set(&out->report, arena,
			&(struct value){.field = class->name,
				.text = row->class,
				.raw = row->class,
				.defaulted = true});
	return true;
}
