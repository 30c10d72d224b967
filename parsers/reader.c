/* The reader: compiles forms and lexicon once, and finds out what a message is.
 *
 * Order: commands, "none this month", reports by keyword, deaths in free text, reports by shape, chat.
 */
#include "parsers/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/error.h"
#include "parsers/explain.h"
#include "parsers/intent.h"
#include "parsers/judge.h"
#include "parsers/phone.h"
#include "parsers/field.h"
#include "parsers/scratch.h"
#include "parsers/text.h"

#define LEADING_WORDS 8 /* greetings in front of a keyword */

static const char *const class_names[CLASS_COUNT] = {
	[CLASS_TITLE] = "gelar", [CLASS_FILLER] = "isi", [CLASS_NOT_NAME] = "bukan_nama", [CLASS_UNIT] = "satuan",
	[CLASS_MONTH] = "bulan", [CLASS_DAY] = "hari", [CLASS_WEEKDAY] = "hari_minggu", [CLASS_AGO] = "lalu",
	[CLASS_HOUR] = "jam", [CLASS_NUMBER] = "angka", [CLASS_NIHIL] = "nihil", [CLASS_TRAINING] = "latih",
	[CLASS_TWINS] = "kembar", [CLASS_DEATH] = "meninggal", [CLASS_NO_DEATH] = "bukan_kematian",
	[CLASS_CHAT] = "obrolan", [CLASS_NO_KEYWORD] = "bukan_kata_kunci", [CLASS_VAGUE_DAY] = "waktu_lalu",
	[CLASS_HALF] = "setengah", [CLASS_NO_SLIP] = "bukan_salah_tulis", [CLASS_GREETING] = "sapaan",
	[CLASS_POINT] = "koma",
};

#define PLAIN_FIELDS 3
#define NO_CLASS (-2) /* a class that no lexicon file has */

static int class_of(const struct lexicon *lexicon, const char *name)
{
	int id = name ? lexicon_class(lexicon, name) : -1;

	return id < 0 ? NO_CLASS : id;
}

static void add_word(struct lexicon *keys, const char *class_name, size_t value, const char *phrase)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", value);
	if (lexicon_add(keys, class_name, number, phrase) != OK)
		return; /* the same key twice, or too long: the first one stays */
}

static void relevant_class(struct reader *reader, int class_id)
{
	if (class_id >= 0)
		reader->relevant[class_id] = true;
}

static void index_order(struct form_index *index)
{
	const struct form *form = index->form;

	for (size_t i = 0; i < form->norder; i++) {
		int field = index->by_order[i];

		index->before[i + 1] = index->before[i] | 1ul << field;
		for (size_t f = 0; f < form->nfield; f++) {
			if (form->fields[f].type == form->fields[field].type)
				index->alike[i] |= 1ul << f;
		}
	}
}

static void index_form(struct reader *reader, size_t f)
{
	const struct form *form = reader->forms[f];
	struct form_index *index = &reader->index[f];
	char class_name[80];

	*index = (struct form_index){.form = form, .name = -1, .mother = -1, .posyandu = -1, .area = -1};
	snprintf(class_name, sizeof(class_name), "key %s", form->name);
	for (size_t k = 0; k < form->nkeyword; k++)
		add_word(reader->keys, "keyword", f, form->keywords[k]);
	for (size_t i = 0; i < form->nfield; i++) {
		const struct form_field *field = &form->fields[i];

		for (size_t k = 0; k < field->nkey; k++)
			add_word(reader->keys, class_name, i, field->keys[k]);
		index->words[i] = class_of(reader->lexicon, field->words);
		relevant_class(reader, index->words[i]);
		index->order[i] = index->repeat[i] = -1;
		index->spelt |= field->nchoice > 0 && !field->words;
		if (field->type == FIELD_POSYANDU)
			index->posyandu = (int)i;
		if (field->type == FIELD_AREA)
			index->area = (int)i;
		if (field->type == FIELD_NAME && field->titled.nterm)
			index->mother = (int)i;
	}
	for (size_t i = form->norder; i-- > 0;) {
		int field = form_field_index(form, form->order[i]);

		index->order[field] = (signed char)i;
		index->by_order[i] = (signed char)field;
		if (form->fields[field].type == FIELD_NAME)
			index->name = field;
	}
	index_order(index);
	for (size_t i = 0; i < form->nrepeat; i++)
		index->repeat[form_field_index(form, form->repeats[i])] = (signed char)i;
	index->key_class = class_of(reader->keys, class_name);
	index->story_class = class_of(reader->lexicon, form->story);
	candidates_index(index);
}

struct reader *reader_new(const struct form *const *forms, size_t nform, const struct lexicon *lexicon)
{
	struct reader *reader = xcalloc(1, sizeof(*reader));

	reader->forms = forms;
	reader->nform = nform;
	reader->lexicon = lexicon;
	reader->keys = lexicon_new();
	reader->index = xcalloc(nform, sizeof(*reader->index));
	reader->relevant = xcalloc(lexicon_classes(lexicon) + 1, sizeof(*reader->relevant));
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		reader->classes[i] = class_of(lexicon, class_names[i]);
		if (i != CLASS_NO_KEYWORD && i != CLASS_NO_SLIP && i != CLASS_NO_DEATH && i != CLASS_TRAINING &&
		    i != CLASS_GREETING)
			relevant_class(reader, reader->classes[i]);
	}
	for (size_t f = 0; f < nform; f++)
		index_form(reader, f);
	reader->keyword_class = class_of(reader->keys, "keyword");
	reader->yes_no = class_of(lexicon, "yatidak");
	return reader;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	lexicon_free(reader->keys);
	free(reader->index);
	free(reader->relevant);
	free(reader);
}

struct scratch *scratch_new(void)
{
	return xcalloc(1, sizeof(struct scratch));
}

void scratch_free(struct scratch *scratch)
{
	free(scratch);
}

size_t scratch_steps(const struct scratch *scratch)
{
	return scratch->steps;
}

const struct form *reader_form(const struct reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->nform; i++) {
		if (strcmp(reader->forms[i]->name, name) == 0)
			return reader->forms[i];
	}
	return NULL;
}

const struct form *reader_form_by_letter(const struct reader *reader, char letter)
{
	for (size_t i = 0; i < reader->nform; i++) {
		if (reader->forms[i]->letter[0] == letter)
			return reader->forms[i];
	}
	return NULL;
}

/* Greetings and fillers may stand in front of the keyword: the first token that is none of them. */
static size_t skip_leading(const struct parse *parse, size_t count)
{
	size_t i = 0;

	while (i < count && i < LEADING_WORDS && !keyword_at(parse, i).end &&
	       token_is(&parse->tokens[i], parse_class(parse, CLASS_GREETING)))
		i++;
	return i < count ? i : 0;
}

static bool has_strong(const struct parse *parse, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (parse->tokens[i].before == BOUND_STRONG)
			return true;
	}
	return false;
}

/* A keyword that is also a word of a story ("meninggal …") tells a story, unless the text is coded. */
static bool tells_story(const struct parse *parse, const struct keyword *keyword, size_t at, size_t count)
{
	const struct form_index *index = keyword->index;
	int choice = index->form->norder ? index->words[form_field_index(index->form, index->form->order[0])] : NO_CLASS;

	if (index->story_class < 0)
		return false;
	if (!story_word_at(parse, index, at) && phrase_at(parse, at, index->story_class, NULL))
		return true; /* mati lampu */
	if (strcmp(parse->tokens[at].text, index->form->name) == 0 || keyword->slip)
		return false;
	if (!phrase_at(parse, at, index->story_class, NULL) || phrase_at(parse, at, choice, NULL))
		return false;
	return !has_strong(parse, count) && !(keyword->end < count && phrase_at(parse, keyword->end, choice, NULL));
}

static size_t digits_on_line(const struct parse *parse, size_t first, size_t count)
{
	size_t end = first + 1;

	while (end < count && !parse->tokens[end].newline)
		end++;
	return parse_digits(parse, first, end);
}

/* A word of some choice of the form: "lahir mati" as what became of the child. */
static bool choice_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (index->words[f] >= 0 && phrase_at(parse, at, index->words[f], NULL))
			return digits_on_line(parse, at, parse->last) < 2;
	}
	return false;
}

/* The keyword of a line, behind its greetings, with a slip perhaps. */
static struct keyword keyword_behind(const struct parse *parse, size_t at, size_t count)
{
	struct keyword out = keyword_at(parse, at);

	while (!out.end && at + 1 < count && token_is(&parse->tokens[at], parse_class(parse, CLASS_GREETING)))
		out = keyword_at(parse, ++at);
	return out.end ? out : keyword_slip(parse, at);
}

/* Where the next report of the message begins: a keyword on a new line, or the same keyword among numbers. */
static size_t region_end(const struct parse *parse, const struct keyword *keyword, size_t count)
{
	for (size_t i = keyword->end + 1; i < count; i++) {
		struct keyword next = keyword_at(parse, i);
		bool apart;

		if (!next.end && posyandu_row_at(parse, keyword->index, keyword->end, i))
			return i;
		if (!next.end && parse->tokens[i].newline && digits_on_line(parse, i, count) >= 2)
			next = keyword_behind(parse, i, count);
		if (!next.end || next.end + 2 >= count)
			continue;
		apart = (parse->tokens[i].newline || parse->tokens[i].sep == ';') && !choice_at(parse, keyword->index, i);
		if (apart && (parse_digits(parse, next.end, count) > 0 || next.index != keyword->index))
			return i;
		if (next.index == keyword->index && parse_digits(parse, keyword->end, i) >= 2 &&
		    parse_digits(parse, next.end, count) >= 2)
			return i;
	}
	return count;
}

static bool has_chat(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] < 0 && token_is(&parse->tokens[i], parse_class(parse, CLASS_CHAT)))
			return true;
	}
	return false;
}

/* A word where a posyandu would stand, and neither a count nor whether there was a session: talk. */
static bool unknown_alone(const struct parse *parse)
{
	bool unknown = false;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		enum field_type type = parse->index->form->fields[c->field].type;

		if (type == FIELD_COUNT || type == FIELD_CHOICE)
			return false;
		unknown |= type == FIELD_POSYANDU && c->problem == PROBLEM_PLACE && c->kind != KIND_KEYED;
	}
	return unknown && parse_tokens_left(parse) >= 3;
}

/* Nothing, or only one weak thing among other words. */
static bool unreadable(const struct parse *parse)
{
	const struct candidate *c = NULL;
	enum field_type type;
	size_t good = 0;

	if (unknown_alone(parse))
		return true;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *chosen = &parse->candidates[parse->chosen[i]];

		if (chosen->problem >= 0 && chosen->kind == KIND_BARE)
			continue;
		good++;
		c = chosen;
	}
	if (good != 1)
		return good == 0;
	type = parse->index->form->fields[c->field].type;
	if (c->problem >= 0 && type == FIELD_POSYANDU)
		return true;
	return (type == FIELD_CHOICE || type == FIELD_DATE) && parse_tokens_left(parse) >= 3;
}

static void refuse(struct parse *parse, struct reading *out)
{
	struct report *report = &out->reports[out->nreport++];

	*report = (struct report){.form = parse->index->form, .status = STATUS_REFUSED, .linked = -1,
		.training = out->training};
	report_problem(report, "", parse->context->sender->role == ROLE_NONE ? PROBLEM_UNREGISTERED : PROBLEM_FORMAT);
	out->intent = INTENT_REPORT;
}

/* The keyword itself may be a value: IUFD is a kind of death. */
static size_t region_start(const struct parse *parse, const struct keyword *keyword, size_t at)
{
	const struct form_index *index = keyword->index;

	for (size_t f = 0; f < index->form->nfield; f++) {
		if (phrase_at(parse, at, index->words[f], NULL) >= keyword->end)
			return at;
	}
	return keyword->end;
}

static bool read_region(struct parse *parse, const struct keyword *keyword, size_t at, size_t end, struct reading *out)
{
	parse_region(parse, keyword->index, region_start(parse, keyword, at), end);
	explain_parse(parse);
	if (!unreadable(parse)) {
		add_reports(parse, false, keyword->slip, out);
		return true;
	}
	if (keyword->slip || keyword->index->story_class >= 0 || has_chat(parse))
		return false;
	refuse(parse, out);
	return true;
}

/* The keyword of the next report; that of the last one goes on for another posyandu's row. */
static struct keyword next_keyword(const struct parse *parse, const struct keyword *last, size_t at, size_t count)
{
	struct keyword own = keyword_at(parse, at);

	if (!own.end && posyandu_row_at(parse, last->index, parse->first, at))
		return (struct keyword){last->index, at, last->slip};
	return keyword_behind(parse, at, count);
}

static bool read_reports(struct parse *parse, size_t *count, struct reading *out)
{
	size_t at = skip_leading(parse, *count);
	struct keyword keyword = keyword_near(parse, count, at);

	if (!keyword.end)
		return false;
	parse->index = keyword.index;
	if (tells_story(parse, &keyword, at, *count))
		return false;
	while (keyword.end && out->nreport < COUNT_OF(out->reports)) {
		size_t end;

		parse->last = *count;
		end = region_end(parse, &keyword, *count);
		if (!read_region(parse, &keyword, at, end, out) && out->nreport == 0)
			return false;
		if (end >= *count)
			break;
		at = end;
		parse->last = *count;
		keyword = next_keyword(parse, &keyword, at, *count);
	}
	return out->nreport > 0;
}

static char *trimmed(struct arena *arena, const char *text)
{
	char *folded = text_fold(arena, text);
	size_t length;

	text_drop_gravida(folded);
	while (*folded == ' ' || *folded == '\n')
		folded++;
	length = strlen(folded);
	while (length && (folded[length - 1] == ' ' || folded[length - 1] == '\n'))
		folded[--length] = '\0';
	return folded;
}

static bool read_any(struct parse *parse, size_t count, struct reading *out)
{
	parse->first = 0;
	parse->last = count;
	return read_reports(parse, &count, out) || read_story(parse, count, out) || read_shape(parse, count, out);
}

/* A keyword first and several fields behind it: no command, whatever words it holds. */
static bool plainly_report(struct parse *parse, size_t count)
{
	struct keyword keyword = {0};
	size_t good = 0, at = 0;

	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	if (parse->last) {
		at = skip_leading(parse, count);
		keyword = keyword_at(parse, at);
		if (!keyword.end)
			keyword = keyword_slip(parse, at);
	}
	if (!keyword.end || keyword.end >= count || phone_is_service(parse->context->sender->phone) ||
	    parse_digits(parse, 0, count) < 2)
		return false;
	parse_region(parse, keyword.index, region_start(parse, &keyword, at), region_end(parse, &keyword, count));
	for (size_t i = 0; i < parse->nchosen; i++)
		good += parse->candidates[parse->chosen[i]].problem < 0;
	return good >= PLAIN_FIELDS;
}

/* No numbers of a report, and nobody has died: somebody may need help now. */
static bool cries_for_help(struct parse *parse, size_t count)
{
	parse->first = 0;
	parse->last = count > TOKENS_MAX ? 0 : count;
	if (!parse->last || parse_digits(parse, 0, count) >= 2 ||
	    (has_strong(parse, count) && (keyword_at(parse, 0).end || keyword_slip(parse, 0).end)))
		return false;
	for (size_t f = 0; f < parse->reader->nform; f++) {
		for (size_t i = 0; i < count; i++) {
			if (story_word_at(parse, &parse->reader->index[f], i))
				return false;
		}
	}
	return true;
}

void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out)
{
	struct intent_call call = {reader, reader->lexicon, scratch, arena, context, NULL};
	struct parse *parse = &scratch->parse;
	size_t count;

	reading_clear(out, false);
	scratch->steps = 0;
	call.text = trimmed(arena, text);
	count = tokens_cut(call.text, scratch->tokens, reader->lexicon, reader->keys);
	if (count > 1 && count <= TOKENS_MAX && token_is(&scratch->tokens[0], reader->classes[CLASS_TRAINING])) {
		out->training = true;
		call.text += scratch->tokens[1].start;
		count = tokens_cut(call.text, scratch->tokens, reader->lexicon, reader->keys);
	}
	parse->read = NULL;
	parse->reader = reader;
	parse->scratch = scratch;
	parse->arena = arena;
	parse->context = context;
	parse->text = call.text;
	parse->tokens = scratch->tokens;
	parse->candidates = scratch->candidates;
	parse->first = 0;
	parse->last = count;
	if (count > 1 && count <= TOKENS_MAX && context->sender->role != ROLE_NONE && read_nihil(parse, count, out)) {
		out->text = call.text;
		explain_reading(context, out);
		return;
	}
	if (!plainly_report(parse, count) && (intent_read(&call, INTENT_FIRST, out) ||
	    (cries_for_help(parse, count) && intent_read(&call, INTENT_LAST, out) &&
	     out->intent == INTENT_EMERGENCY))) {
		explain_reading(context, out);
		return;
	}
	if (count > 0 && count <= TOKENS_MAX && read_any(parse, count, out) && scratch->steps <= STEPS_MAX) {
		out->text = call.text;
		explain_reading(context, out);
		return;
	}
	reading_clear(out, out->training);
	if (!intent_read(&call, INTENT_LAST, out))
		out->intent = INTENT_HUMAN;
	explain_reading(context, out);
}
