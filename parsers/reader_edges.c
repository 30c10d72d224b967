/* "terbis: lahir …", "… dsn krajan terbis": at the edges of a bidan's report, which counts in her
 * own desa where none is told, another desa of her kabupaten. In front of a colon it is the place;
 * else it may be somebody's name, and is asked. So is the desa where another kecamatan or kabupaten
 * is told, by a kader too. */
#include <ctype.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"
#include "parsers/reader_parts.h"
#include "parsers/text/error.h"

#define DESA_WORDS 3
#define NAME_WORDS 3 /* of a kecamatan or kabupaten */

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

/* The end of so many words of a name; NULL: there are not so many. */
static const char *words_end(const char *name, size_t words)
{
	for (size_t i = 0; i < words; i++) {
		name += i > 0 && *name == ' ';
		if (!word_length(name))
			return NULL;
		name += word_length(name);
	}
	return name;
}

/* A place of the level, by the longest of the words there that is one's name: is it another than
 * the sender's own? */
static bool named_elsewhere(
	const struct intent_call *call, const char *name, const struct area *whole,
	enum area_level level)
{
	const struct area *own = call->context->sender->areas[0];

	for (size_t words = NAME_WORDS; words > 0; words--) {
		const char *end = words_end(name, words);
		struct area_matches found;

		if (end && gazetteer_find_area_exact(call->context->places,
			arena_strndup(call->arena, name, (size_t)(end - name)), whole,
			level, &found) == OK)
			return !area_within(own, found.list[0]);
	}
	return false;
}

/* "kec munjungan", "kab ponorogo": another one than the sender's own is told. */
static bool told_elsewhere(const struct intent_call *call, const char *text)
{
	static const struct {
		const char *word, *short_word;
		enum area_level level;
	} kinds[] = {{"kecamatan", "kec", LEVEL_KECAMATAN}, {"kabupaten", "kab", LEVEL_KABUPATEN}};
	const struct area *own = call->context->sender->areas[0];
	const struct area *kabupaten = own->parent ? own->parent->parent : NULL;

	for (size_t k = 0; k < COUNT_OF(kinds) && kabupaten; k++) {
		const struct area *whole =
			kinds[k].level == LEVEL_KECAMATAN ? kabupaten : kabupaten->parent;

		for (const char *at = text; (at = strstr(at, kinds[k].short_word)); at++) {
			size_t length = word_length(at);

			if ((at > text && isalpha((unsigned char)at[-1])) ||
				(length != strlen(kinds[k].short_word) &&
					strncmp(at, kinds[k].word, length) != 0))
				continue;
			if (named_elsewhere(call, at + length + strspn(at + length, " .:="),
				whole, kinds[k].level))
				return true;
		}
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

	return area && area->defaulted &&
		(context->sender->role == ROLE_BIDAN || context->sender->role == ROLE_KADER) &&
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
	if ((report->form->mother || report->form->outbreak) && told_elsewhere(call, out->text)) {
		(void)report_ambiguous(report, field); /* which desa of it nobody says */
		judge_after_reading(call->reader, call->arena, call->context, NULL, report);
		return;
	}
	if (call->context->sender->role != ROLE_BIDAN)
		return;
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
