/* Questions as people can type them: what is answered when one was not understood as a whole. */
#include "flows/reply/reply_asked.h"

#include <string.h>

#include "flows/reply/template.h"
#include "parsers/text/text.h"

#define RAW_MOST 40 /* octets of what was not understood */

/* What is counted, by words that the reader knows: the title up to what explains it. */
static char *name_of(const struct reply_context *context, const char *indicator)
{
	const char *title = reply_word(context, "title", indicator, indicator);
	const char *word = reply_word(context, "asked", indicator, title);
	size_t length = strcspn(word, "(");

	while (length > 0 && word[length - 1] == ' ')
		length--;
	return arena_strndup(context->arena, word, length);
}

/* Another desa is written as this one. */
static bool has_namesake(const struct reply_context *context, const struct area *area)
{
	struct area_matches matches;

	return gazetteer_find_area_exact(context->places, text_fold(context->arena, area->name),
		       NULL, LEVEL_DESA, &matches) == ERR_AMBIGUOUS;
}

/* With its level: there may be a desa of that name; and with its kecamatan, where there is. */
static const char *place_of(const struct reply_context *context, const char *code)
{
	const struct area *area =
		context->places == NULL ? NULL : gazetteer_area(context->places, code);
	const char *name = reply_place(context, code);

	if (area == NULL || (area->level != LEVEL_KECAMATAN && area->level != LEVEL_DESA))
		return name;
	name = arena_printf(context->arena, "%s %s",
		reply_word(context, "short", area->level == LEVEL_DESA ? "desa" : "kecamatan",
			area->level == LEVEL_DESA ? "Desa" : "Kec."),
		name);
	return area->level == LEVEL_DESA && area->parent != NULL && has_namesake(context, area)
		? arena_printf(context->arena, "%s %s", name,
			  place_of(context, area->parent->code))
		: name;
}

char *reply_asked(const struct reply_context *context, const char *indicator, const char *area,
	const char *period)
{
	char *text = arena_printf(context->arena, "%s%s%s%s%s", name_of(context, indicator),
		area == NULL ? "" : " ", area == NULL ? "" : place_of(context, area),
		period == NULL ? "" : " ", period == NULL ? "" : reply_period(context, period));

	return reply_upper(text);
}

char *reply_kinds(const struct reply_context *context, const char *indicator, const char *kinds)
{
	char *title = arena_strdup(context->arena, "");

	for (const char *at = kinds; *at != '\0';) {
		size_t length = strcspn(at, " ");
		const char *kind = arena_strndup(context->arena, at, length);

		title = arena_printf(context->arena, "%s%s%s", title, *title != '\0' ? ", " : "",
			reply_word(context, "told",
				arena_printf(context->arena, "%s.%s", indicator, kind), kind));
		at += length + (at[length] == ' ');
	}
	return reply_capital(title);
}

/* "K1, K6", "demam berdarah": all of it that is known. */
static const char *names_of(const struct reply_context *context, const struct asked *asked)
{
	const char *names = asked->indicator;

	if (asked->kind != NULL)
		return reply_kinds(context, asked->indicator, asked->kind);
	if (asked->nalso == 0)
		return names;
	names = name_of(context, asked->indicator);
	for (size_t i = 0; i < asked->nalso; i++)
		names = arena_printf(
			context->arena, "%s, %s", names, name_of(context, asked->also[i]));
	return names;
}

char *reply_asked_again(
	const struct reply_context *context, const struct asked *asked, bool timed)
{
	return reply_asked(context, names_of(context, asked), NULL, timed ? asked->period : NULL);
}

/* ... and by which places. */
static const char *list_of(const struct reply_context *context, const struct asked *asked)
{
	const char *names = names_of(context, asked);

	if (asked->by == NULL || strchr(asked->by, '_') != NULL)
		return names;
	return arena_printf(context->arena, "%s %s %s",
		names == asked->indicator ? name_of(context, names) : names,
		reply_word(context, "query", "per", "per"),
		reply_word(context, "level", asked->by, asked->by));
}

/* What was not understood, as it is quoted. */
static const char *raw_of(const struct reply_context *context, const char *raw)
{
	return strlen(raw) <= RAW_MOST
		? raw : arena_printf(context->arena, "%.*s...", RAW_MOST, raw);
}

/* "Jawaban 1/2.": of a message that asks several things; NULL: of one that does not. */
static char *part_of(const struct reply_context *context, const struct asked *asked)
{
	return asked->part == 0 ? NULL
		: arena_printf(context->arena, "%s %zu/%zu.",
			  reply_word(context, "query", "part", "Jawaban"), asked->part,
			  asked->parts);
}

static char *joined(const struct reply_context *context, char *one, char *other)
{
	return one == NULL ? other
		: other == NULL ? one : arena_printf(context->arena, "%s %s", one, other);
}

char *reply_left_out(const struct reply_context *context, const struct asked *asked)
{
	const char *language = reply_language(context);
	const char *left = asked->unknown != NULL ? asked->unknown : asked->below;
	char *unknown = left == NULL ? NULL
		: message_text(context->catalogue, context->arena, language,
			  asked->unknown != NULL ? MESSAGE_QUERY_LEFT_OUT : MESSAGE_QUERY_BELOW,
			  "raw", raw_of(context, left), NULL);
	char *outside = asked->outside == NULL ? NULL
		: message_text(context->catalogue, context->arena, language,
			  MESSAGE_QUERY_OUTSIDE, "area",
			  reply_title_case(context->arena, asked->outside), NULL);

	return joined(context, part_of(context, asked), joined(context, unknown, outside));
}

char *reply_explained(const struct reply_context *context, const struct reading *reading)
{
	char *text = reading->query.meant && reading->topic != NULL
		? reply_meaning(context, reading->topic) : NULL;

	return text != NULL ? text : reply_help(context, reading->topic, reading->training);
}

char *reply_remarked(struct arena *arena, const char *remark, const char *answer)
{
	char *text = arena_printf(arena, "%s %s", remark, answer);
	size_t head = strlen(remark) + 1;

	for (size_t end = strlen(text); !template_fits(text) && end > head + 1; end--)
		if (text[end - 2] == '.' && text[end - 1] == ' ')
			text[end - 1] = '\0';
	return text;
}

char *reply_asked_in_part(const struct reply_context *context, const struct asked *asked)
{
	return message_text(context->catalogue, context->arena, reply_language(context),
		MESSAGE_QUERY_UNKNOWN, "raw", raw_of(context, asked->unknown),
		"question", reply_asked(context, list_of(context, asked), asked->area,
			asked->period),
		NULL);
}
