/* Help made from the forms themselves: the example of a form, the words of a field. */
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "parsers/form/form.h"

#define TEXT(id, ...)                                                                              \
	message_text(context->catalogue, context->arena, reply_language(context), id, __VA_ARGS__, \
		NULL)

const struct form *reply_form_at(const struct reply_context *context, size_t index)
{
	static const char letters[] = "LMPIABCDEFGHJKNOQRSTUVWXYZ";

	for (const char *letter = letters; *letter != '\0'; letter++) {
		const struct form *form = reader_form_by_letter(context->reader, *letter);

		if (form != NULL && index-- == 0)
			return form;
	}
	return NULL;
}

static char *help_form(const struct reply_context *context, const struct form *form)
{
	const struct form_field *field;
	struct strbuf fields = {0};
	char *text;

	strbuf_puts(&fields, "");
	for (size_t i = 0; (field = reply_asked_field(form, i)) != NULL; i++)
		strbuf_printf(&fields, "%s%s", fields.length > 0 ? ", " : "",
			reply_label(context, form, field->name));
	text = TEXT(MESSAGE_HELP_FORM, "form", form->title, "example", reply_example(context, form),
		"fields", fields.text);
	strbuf_free(&fields);
	return text;
}

/* The codes of a text that is kept as written beside them: sebab, sebab_kode. */
static const struct form_field *field_coded(const struct form *form, const struct form_field *field)
{
	for (size_t i = 0; i < form->nfield; i++) {
		if (form->fields[i].written != NULL &&
			strcmp(form->fields[i].written, field->name) == 0)
			return &form->fields[i];
	}
	return field;
}

static char *help_field(const struct reply_context *context, const struct form *form,
	const struct form_field *field)
{
	struct strbuf list = {0};
	char *text;

	field = field_coded(form, field);
	strbuf_puts(&list, "");
	for (size_t i = 0; i < field->nchoice; i++)
		strbuf_printf(&list, "%s%s", i > 0 ? ", " : "", field->choices[i]);
	if (field->nchoice == 0)
		strbuf_puts(&list, reply_field_example(context, form, field->name));
	text = reply_capital(TEXT(MESSAGE_HELP_FIELD, "label",
		reply_label(context, form, field->name), "list", list.text));
	strbuf_free(&list);
	return text;
}

/* LATIH before a report: the example is that of the report. */
static char *help_training(const struct reply_context *context, const char *topic)
{
	const struct form *form = topic == NULL ? NULL : reader_form(context->reader, topic);

	if (form == NULL)
		form = reply_form_at(context, 0);
	return TEXT(MESSAGE_TRAINING_HOW, "example",
		form == NULL ? "" : reply_example(context, form));
}

/* What is no form: the lexicon's topics. false: none of them. */
static bool help_command(const struct reply_context *context, const char *topic, char **text)
{
	static const struct {
		const char *topic;
		enum message_id id;
	} commands[] = {
		{"daftar", MESSAGE_REGISTER_HOW},
		{"koreksi", MESSAGE_CORRECT_HOW},
		{"batal", MESSAGE_CANCEL_HOW},
		{"cek", MESSAGE_STATUS_HOW},
		{"rekap", MESSAGE_QUERY_HOW},
		{"nihil", MESSAGE_NIHIL_HOW},
	};

	for (size_t i = 0; topic != NULL && i < COUNT_OF(commands); i++) {
		if (strcmp(commands[i].topic, topic) != 0)
			continue;
		*text = reply_how(context, commands[i].id);
		return true;
	}
	return false;
}

/* What each kind of people can do here. */
static char *overview(const struct reply_context *context, const char *list)
{
	switch (context->sender->role) {
	case ROLE_NONE:
		return TEXT(MESSAGE_HELP_GUEST, NULL);
	case ROLE_BIDAN:
		return TEXT(MESSAGE_HELP_BIDAN, "list", list);
	case ROLE_PUSKESMAS:
	case ROLE_DINKES:
	case ROLE_PROVINSI:
		return TEXT(MESSAGE_HELP_OFFICER, NULL);
	default:
		return TEXT(MESSAGE_HELP, "list", list);
	}
}

/* What a term or a number means; of two both, or how the second is asked. NULL: it is neither. */
char *reply_meaning(const struct reply_context *context, const char *topic)
{
	struct arena *arena = context->arena;
	size_t length = strcspn(topic, " ");
	const char *first = reply_word(context, "define", arena_strndup(arena, topic, length), "");
	const char *second, *title;
	char *both;

	if (*first == '\0' || topic[length] == '\0')
		return *first == '\0' ? NULL : arena_strdup(arena, first);
	topic += length + 1;
	second = reply_word(context, "define", topic, "");
	both = arena_printf(arena, "%s %s", first, second);
	if (template_fits(both))
		return both;
	title = arena_strndup(arena, second, strcspn(second, ":("));
	return arena_printf(arena, "%s %s: KODE %s", first,
		reply_capital(arena_strdup(arena, reply_word(context, "query", "then", "lalu"))),
		reply_upper(arena_strdup(arena, title)));
}

/* "penyakit.K": a code of what is told by week; NULL: it is none. */
static char *help_code(const struct reply_context *context, const char *topic)
{
	const char *code = strchr(topic, '.'), *name;

	if (code == NULL)
		return NULL;
	name = reply_word(context, "told", topic, "");
	return *name == '\0' ? NULL : TEXT(MESSAGE_HELP_CODE, "code", code + 1, "name", name);
}

char *reply_help(const struct reply_context *context, const char *topic, bool training)
{
	struct strbuf list = {0};
	const struct form *form;
	char *text, *meaning;

	if (training || (topic != NULL && strcmp(topic, "latih") == 0))
		return help_training(context, topic);
	if (help_command(context, topic, &text))
		return text;
	form = topic == NULL ? NULL : reader_form(context->reader, topic);
	meaning = topic == NULL || form != NULL ? NULL : help_code(context, topic);
	if (meaning == NULL && topic != NULL && form == NULL)
		meaning = reply_meaning(context, topic);
	if (meaning != NULL)
		return meaning;
	strbuf_puts(&list, "");
	for (size_t i = 0; (form = reply_form_at(context, i)) != NULL; i++) {
		const struct form_field *field = topic == NULL ? NULL : form_field(form, topic);

		if (topic != NULL && strcmp(form->name, topic) == 0) {
			strbuf_free(&list);
			return help_form(context, form);
		}
		if (field != NULL) {
			strbuf_free(&list);
			return help_field(context, form, field);
		}
		strbuf_puts(&list, i > 0 ? ", " : "");
		for (const char *at = form->name; *at != '\0'; at++)
			strbuf_putc(
				&list, *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at);
	}
	text = overview(context, list.text);
	strbuf_free(&list);
	return text;
}
