/* "terbis: lahir …", "… dsn krajan terbis": at the edges of a bidan's report, which counts in her
 * own desa where none is told, another desa of her kabupaten. In front of a colon it is the place;
 * else it may be somebody's name, and is asked. */
#include <ctype.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"
#include "parsers/reader_parts.h"
#include "parsers/text/error.h"

#define DESA_WORDS 3

static size_t word_length(const char *word)
{
	size_t length = 0;

	while (isalpha((unsigned char)word[length]) || word[length] == '\'')
		length++;
	return length;
}

/* What is at an edge. */
struct edge {
	const struct intent_call *call;
	struct area_matches found;
};

/* A desa of the sender's kabupaten that is none of hers, by its whole name. */
static bool desa_elsewhere(struct edge *edge, const char *name, size_t length)
{
	const struct area *own = edge->call->context->sender->areas[0], *kabupaten = own;

	while (kabupaten && kabupaten->level > LEVEL_KABUPATEN)
		kabupaten = kabupaten->parent;
	if (!kabupaten || !isalpha((unsigned char)*name) ||
		gazetteer_find_area_exact(edge->call->context->places,
			arena_strndup(edge->call->arena, name, length), kabupaten, LEVEL_DESA,
			&edge->found) == ERR_NOT_FOUND)
		return false;
	for (size_t i = 0; i < edge->found.count; i++) {
		if (edge->found.list[i] == own)
			return false;
	}
	return edge->found.count > 0;
}

static bool keyword_opens(const struct reader *reader, const char *word)
{
	const struct lexicon_entry *e = lexicon_find(reader->keys, word, word_length(word));

	while (e && e->class_id != CLASS_KEYWORD)
		e = e->next;
	return e != NULL;
}

/* The words in front of a keyword; sure: a colon parts them. */
static bool desa_in_front(struct edge *edge, const char *text, bool *sure)
{
	const char *start = text + strspn(text, " \n"), *end = start;

	for (size_t words = 0; words < DESA_WORDS && word_length(end); words++) {
		const char *next;

		if (keyword_opens(edge->call->reader, end))
			return false; /* nearly always */
		end += word_length(end);
		next = end + strspn(end, " :\n");
		*sure = memchr(end, ':', (size_t)(next - end)) != NULL;
		if (next > end && keyword_opens(edge->call->reader, next))
			return desa_elsewhere(edge, start, (size_t)(end - start));
		end = next;
	}
	return false;
}

/* "dsn krajan terbis", "SUNARTI TERBIS": behind a part of a desa, or a word that means nothing; not
 * "bidan terbis", "ke panggul", "ket terbis". */
static bool home_in_front(const struct reader *reader, const char *text, const char *word)
{
	const char *end = word, *start;
	const struct lexicon_entry *e;

	while (end > text && end[-1] == ' ')
		end--;
	for (start = end; start > text && isalpha((unsigned char)start[-1]);)
		start--;
	e = lexicon_find(reader->lexicon, start, (size_t)(end - start));
	if (!e)
		return end > start &&
			!lexicon_find(reader->keys, start, (size_t)(end - start));
	while (e && !(e->class_id == CLASS_NOT_NAME && e->words == 1 &&
		e->number == 4))
		e = e->next;
	return e != NULL;
}

/* The last words. */
static bool desa_at_end(struct edge *edge, const char *text)
{
	const char *end = text + strlen(text), *word;

	while (end > text && strchr(" .!,#*\n", end[-1]))
		end--;
	word = end;
	for (size_t words = 0; words < DESA_WORDS && word > text; words++) {
		while (word > text && (isalpha((unsigned char)word[-1]) || word[-1] == '\''))
			word--;
		if (word < end && desa_elsewhere(edge, word, (size_t)(end - word)))
			return home_in_front(edge->call->reader, text, word);
		if (word == text || word[-1] != ' ')
			return false;
		while (word > text && word[-1] == ' ')
			word--;
	}
	return false;
}

/* "kec munjungan": another kecamatan of the kabupaten than the sender's own is told. */
static bool kecamatan_elsewhere(const struct intent_call *call, const char *text)
{
	const struct area *own = call->context->sender->areas[0];
	const struct area *kabupaten = own->parent ? own->parent->parent : NULL;
	struct area_matches found;

	for (const char *at = text; kabupaten && (at = strstr(at, "kec")); at++) {
		const char *name = at + word_length(at);
		size_t length;

		if ((at > text && isalpha((unsigned char)at[-1])) ||
			!(name == at + 3 || strncmp(at, "kecamatan", (size_t)(name - at)) == 0))
			continue;
		name += strspn(name, " .:=");
		length = word_length(name);
		if (length > 0 && gazetteer_find_area_exact(call->context->places,
			arena_strndup(call->arena, name, length), kabupaten,
			LEVEL_KECAMATAN, &found) == OK)
			return !area_within(own, found.list[0]);
	}
	return false;
}

/* A report of who tells for one desa, and which it counts in only because nothing else is told. */
static bool counts_at_home(const struct read_context *context, const struct report *report)
{
	const struct form *form = report->form;
	const struct form_field *place = form->place ? form_field(form, form->place) : NULL;
	const struct value *area =
		place && place->type == FIELD_AREA ? report_value(report, place->name) : NULL;

	return area && area->defaulted && context->sender->role == ROLE_BIDAN &&
		context->sender->narea == 1 &&
		context->sender->areas[0]->level == LEVEL_DESA &&
		report->status != STATUS_SUSPECT && report->status != STATUS_REFUSED;
}

static void offer(const struct edge *edge, struct problem *problem, const struct area *desa)
{
	if (problem->noption < OPTIONS_MAX)
		problem->options[problem->noption++] = (struct option){
			desa->code, area_label(edge->call->arena, desa)};
}

/* It, or the sender's own. */
static void ask_which(
	const struct edge *edge, struct report *report, const struct form_field *field)
{
	struct problem *problem = report_ambiguous(report, field);

	if (!problem)
		return;
	offer(edge, problem, edge->call->context->sender->areas[0]);
	for (size_t i = 0; i < edge->found.count; i++)
		offer(edge, problem, edge->found.list[i]);
}

void edges_told(const struct intent_call *call, struct reading *out)
{
	struct edge edge = {.call = call};
	struct report *report = &out->reports[0];
	const struct form_field *field;
	bool sure = false;

	if (out->intent != INTENT_REPORT || out->nreport != 1 || !call->context->places ||
		!out->text || !counts_at_home(call->context, report))
		return;
	field = form_field(report->form, report->form->place);
	if (report->form->mother && kecamatan_elsewhere(call, out->text)) {
		(void)report_ambiguous(report, field); /* which desa of it nobody says */
		judge_after_reading(call->reader, call->arena, call->context, NULL, report);
		return;
	}
	if (!desa_in_front(&edge, out->text, &sure)) {
		sure = false;
		if (!desa_at_end(&edge, out->text))
			return;
	}
	if (sure && edge.found.count == 1)
		report_set(report, call->arena, &(struct value){.field = field->name,
			.text = edge.found.list[0]->code});
	else
		ask_which(&edge, report, field);
	judge_after_reading(call->reader, call->arena, call->context, NULL, report);
}
