/* A report told as prose: the model stands in reader_prose.h. */
#include "parsers/reader_prose.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/mood/mood.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/explain.h"
#include "parsers/read/reports.h"

#define DENIAL_WORDS 3 /* from "tidak" to what is denied: "tidak ada kasus dbd" */
#define BESIDE_WORDS 3 /* from the word to how long: "meteng lagi telung wulan" */
#define COUNT_DIGITS 2
#define BARE_VALUES  4 /* so many beside a name that neither a title nor a key goes with */

bool prose_may(const struct parse *parse, size_t count)
{
	struct class_set classes = tokens_mean(parse->tokens, 0, count);

	return class_meets(&classes, &parse->reader->proses);
}

static bool tells_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	return index->prose_class >= 0 && phrase_at(parse, at, index->prose_class, NULL);
}

bool prose_notes(const struct parse *parse)
{
	size_t count = prose_may(parse, parse->last) ? parse->last : 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t f = 0; f < parse->reader->nform; f++) {
			const struct form_index *index = &parse->reader->index[f];

			if (index->patterns && tells_at(parse, index, i))
				return true;
		}
	}
	return false;
}

static size_t clause_from(const struct parse *parse, size_t at)
{
	while (at > 0 && !clause_ends_before(&parse->tokens[at]))
		at--;
	return at;
}

static size_t clause_to(const struct parse *parse, size_t at, size_t count)
{
	do
		at++;
	while (at < count && !clause_ends_before(&parse->tokens[at]));
	return at;
}

/* One of the kinds of a class stands there. */
static bool kind_at(const struct parse *parse, size_t at, int class_id, const char *kinds)
{
	const char *kind = NULL;

	return phrase_at(parse, at, class_id, &kind) && strstr(kinds, kind);
}

/* "tidak ada kasus dbd", "belum hamil"; "malaria negatif"; "stok obat malaria". */
static bool denied_at(const struct parse *parse, size_t at)
{
	size_t from = clause_from(parse, at), end = at;

	if (at > from + DENIAL_WORDS)
		from = at - DENIAL_WORDS;
	for (size_t i = from; i < at; i++) {
		if (word_of(parse, i, CLASS_NEGATION) ||
			kind_at(parse, i, parse_class(parse, CLASS_NEAR_DEATH), "dicari"))
			return true;
		end = i;
	}
	while (end < at || token_means(parse, end)) { /* the word itself, of one word or more */
		if (++end > at + BESIDE_WORDS || end >= parse->last)
			break;
		if (phrase_of(parse, end, CLASS_NEGATIVE))
			return true;
	}
	return false;
}

/* "ayam warga banyak yg mati, flu burung": of animals, no sickness of people. */
static bool of_things(const struct parse *parse, const struct form_index *index, size_t at)
{
	for (size_t i = clause_from(parse, at); index->form->outbreak && i < at; i++) {
		if (kind_at(parse, i, parse_class(parse, CLASS_NO_DEATH), "benda"))
			return true;
	}
	return false;
}

/* "diimunisasi campak": a dose against it, and nobody is ill. */
static bool dose_at(const struct intent_call *call, const struct form_index *index, size_t at)
{
	const struct parse *parse = &call->scratch->parse;

	return index->form->outbreak && at > 0 && parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], lexicon_class(call->lexicon, "penyuntikan"));
}

/* "anak bu tini campak sudah 3 hari": a sickness, unless somebody was vaccinated. */
static bool sick_rather(const struct intent_call *call, const struct form_index *index, size_t at,
	size_t count)
{
	const struct parse *parse = &call->scratch->parse;
	int dose = lexicon_class(call->lexicon, "penyuntikan");
	size_t end = index->form->outbreak ? 0 : phrase_at(parse, at, index->prose_class, NULL);
	bool sick = false;

	if (end > 0 && parse->tokens[end - 1].digits)
		return false; /* "polio 2" */
	for (size_t f = 0; f < parse->reader->nform && end > 0 && !sick; f++)
		sick = parse->reader->index[f].form->outbreak &&
			tells_at(parse, &parse->reader->index[f], at);
	for (size_t i = 0; i < count && sick; i++)
		sick = !token_may_mean(&parse->tokens[i], dose);
	return sick;
}

/* What the clause says in front of the word, or anywhere, makes a lesson or a fear of it. */
static bool supposed_at(const struct parse *parse, int around, size_t at, size_t count)
{
	size_t from = clause_from(parse, at), to = clause_to(parse, at, count);

	for (size_t i = from; i < to; i++) {
		if (kind_at(parse, i, around, i < at ? "ajar umpama" : "ajar"))
			return true;
	}
	return at > from && kind_at(parse, at - 1, around, "lewat");
}

/* A question, one's own sick child: an answer is wanted, no report. */
static bool wants_answer(const struct parse *parse, const struct form_index *index, size_t count)
{
	if (message_asks(parse, count))
		return true;
	for (size_t i = 1; index->form->outbreak && i < count; i++) {
		if (word_of(parse, i - 1, CLASS_CHILD) && word_of(parse, i, CLASS_MINE))
			return true;
	}
	return false;
}

/* "besok ada kelas bumil": still to come, in front of the word; of the sick anywhere in its clause,
 * and that they are well: "fogging dbd minggu depan", "yg diare sudah sembuh". */
static bool planned_at(const struct intent_call *call, const struct form_index *index, size_t at,
	size_t count)
{
	const struct parse *parse = &call->scratch->parse;
	bool sick = index->form->outbreak;
	size_t to = sick ? clause_to(parse, at, count) : at;
	int over = lexicon_class(call->lexicon, "darurat");

	for (size_t i = clause_from(parse, at); i < to; i++) {
		if (kind_at(parse, i, parse_class(parse, CLASS_ASIDE), "lain") ||
			phrase_of(parse, i, CLASS_NEXT_MONTH) ||
			(sick && kind_at(parse, i, over, "reda")))
			return true;
	}
	return false;
}

/* It is asked; or something else behind it, of so few that it may be a cry: "bu siti keracunan
 * kenapa ya", but "campak 3 anak gimana". */
static bool asked_at(const struct parse *parse, size_t at, size_t count)
{
	struct mood mood = mood_at(parse, at, count);

	return mood.weight < 0 || (mood.asks && mood.signs & (MOOD_BEYOND | MOOD_CAUSE) &&
					  !(mood.signs & MOOD_COUNTED));
}

/* "ada bumil 3 ikut, …", "bumil 3 org": how many came, where the clause names nobody; but "uk 30",
 * "hamil 3 bulan". */
static bool people_counted(const struct parse *parse, const struct form_index *index, size_t at)
{
	const struct token *token = &parse->tokens[at];
	size_t end = at + 2;
	const char *unit;

	if (end > parse->last || !token[1].digits || token[1].length > COUNT_DIGITS ||
		token[1].before > BOUND_SOFT || !index->form->mother || index->form->self ||
		token_is_key(token, 1, index->key_class) ||
		(at > clause_from(parse, at) && !token[-1].digits && !token_means(parse, at - 1)))
		return false;
	unit = end < parse->last ? unit_at(parse, end) : NULL;
	if ((unit && !same_name(unit, "ORANG")) ||
		(end < parse->last && token[2].digits && token[2].sep != ' '))
		return false;
	while (end < parse->last && !clause_ends_before(&parse->tokens[end]) &&
		!phrase_of(parse, end, CLASS_TITLE))
		end++;
	return end == parse->last || clause_ends_before(&parse->tokens[end]);
}

/* The first word of the form's prose that tells; count: none. */
static size_t told_at(const struct intent_call *call, const struct form_index *index, size_t count)
{
	const struct parse *parse = &call->scratch->parse;
	int around = lexicon_class(call->lexicon, "sekitar_darurat");

	for (size_t i = 0; i < count; i++) {
		if (tells_at(parse, index, i) && !denied_at(parse, i) &&
			!of_things(parse, index, i) && !dose_at(call, index, i) &&
			!people_counted(parse, index, i) &&
			!sick_rather(call, index, i, count) &&
			!supposed_at(parse, around, i, count) &&
			!planned_at(call, index, i, count) && !asked_at(parse, i, count))
			return i;
	}
	return count;
}

static bool is_place(const struct form_index *index, int f)
{
	return f == index->area || f == index->posyandu ||
		form_role_is(index->form->date, index->form->fields[f].name);
}

/* What is told of it: values, and where that says whom a sickness takes. */
static size_t values_of(const struct parse *parse)
{
	const struct form_index *index = parse->index;
	size_t count = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		enum field_type type = c->type;

		if (index->form->outbreak ? form_role_is(index->form->outbreak->by,
			index->form->fields[c->field].name) ||
			form_role_is(index->form->date, index->form->fields[c->field].name)
			: is_place(index, c->field) || type == FIELD_NAME || type == FIELD_TEXT)
			continue;
		count++;
	}
	return count;
}

/* Somebody is told at once of it. */
static bool alarms(const struct report *report, struct date today)
{
	const struct form *form = report->form;
	const struct form_outbreak *outbreak = form->outbreak;
	const char *sum;

	for (size_t i = 0; i < form->nalarm; i++) {
		if (!form->alarms[i].notice &&
			condition_holds(&form->alarms[i].when, report, today))
			return true;
	}
	sum = outbreak ? report_text(report, outbreak->sum) : NULL;
	if (sum && atoi(sum) > 1)
		return true; /* "ada anak muntaber 6": counted, and no call for one of them */
	for (size_t i = 0; outbreak && i < outbreak->nleast; i++) {
		if (condition_holds(&outbreak->least[i].when, report, today))
			return outbreak->least[i].points <= 1;
	}
	return false;
}

/* Nothing is missing or unclear, but for where it counts; of a sickness that alarms its kind is
 * enough. */
static bool is_whole(const struct report *report)
{
	if (report->form->outbreak)
		return true;
	for (size_t i = 0; i < report->nproblem; i++) {
		if (!form_role_is(report->form->place, report->problems[i].field))
			return false;
	}
	return true;
}

/* Somebody by a title or a key, of a child in danger its mother too; by bare words where so many
 * values stand beside them, or all that is needed; the kind of a sickness. */
static bool tells_whom(
	const struct parse *parse, size_t values, const struct report *report, bool danger)
{
	const struct form *form = parse->index->form;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);

		if (c->problem >= 0)
			continue;
		if (form->outbreak ? form_role_is(form->outbreak->by, form->fields[c->field].name)
			: c->type == FIELD_NAME &&
				(danger || c->field == parse->index->name) &&
				(c->kind != KIND_BARE || values >= BARE_VALUES ||
					(values > 1 && c->first == parse->first &&
						is_whole(report))))
			return true;
	}
	return false;
}

/* "kakandungan 5 bulan": how long, beside the word; its keyword opens the text. */
static bool tells_besides(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_anywhere(parse, 0);
	size_t end = phrase_at(parse, at, parse->index->prose_class, NULL);

	if (keyword.end && keyword.index == parse->index)
		return true;
	for (size_t i = end; i < end + BESIDE_WORDS && i < parse->last &&
		!parse_crosses(parse, i); i++) {
		if (parse->tokens[i].begun.said && i + 1 < parse->last &&
			word_of(parse, i + parse->tokens[i].begun.said, CLASS_UNIT))
			return true;
	}
	return false;
}

/* What a form makes of the text: where its report begins, and how much is told. */
struct telling {
	const struct form_index *index;
	size_t from, values;
};

/* From a token on it is read as such a telling. */
static bool reads_from(struct parse *parse, const struct intent_call *call, size_t at, size_t count,
	bool whole, bool wants, struct telling *telling)
{
	struct report report;
	bool danger;

	(void)trial_judge(parse, telling->index, telling->from, count, &report);
	telling->values = values_of(parse);
	danger = alarms(&report, call->context->now.date);
	return tells_whom(parse, telling->values, &report, danger) &&
		(telling->values > 0 || tells_besides(parse, at) ||
			(whole && telling->index->form->outbreak)) &&
		(!(whole || wants) || danger ||
			(!wants && !telling->index->form->outbreak)) &&
		(!whole || is_whole(&report));
}

/* "sing ditimbang mau: danu lanang …", "berat salsa 8400 gr": behind the word, or behind the colon
 * of its clause, the name stands first; or right in front of it: "tadi kenzo ditimbang 9,8 kg". */
static size_t named_from(const struct parse *parse, const struct form_index *index, size_t at)
{
	size_t from = phrase_at(parse, at, index->prose_class, NULL);

	for (size_t i = from; i < from + BESIDE_WORDS && i < parse->last; i++) {
		if (parse->tokens[i].sep == ':')
			return i;
	}
	return at > 1 && parse->tokens[at].before <= BOUND_SOFT && !parse->tokens[at - 1].digits &&
			parse->tokens[at - 1].length > 2 && !token_means(parse, at - 1)
		? at - 1 : from;
}

/* The form that tells most in the text. */
static bool best_of(const struct intent_call *call, size_t count, bool whole, struct telling *best)
{
	struct parse *parse = &call->scratch->parse;

	*best = (struct telling){.index = NULL};
	for (size_t f = 0; f < parse->reader->nform && trial_may(parse); f++) {
		struct telling telling = {.index = &parse->reader->index[f]};
		size_t at = telling.index->prose_class < 0 ? count
			: told_at(call, telling.index, count);
		bool wants = at < count && wants_answer(parse, telling.index, count);
		bool reads = at < count &&
			reads_from(parse, call, at, count, whole, wants, &telling);

		if (at < count && !reads && telling.index->form->self) {
			parse_window(parse, 0, count);
			telling.from = named_from(parse, telling.index, at);
			reads = telling.from < count &&
				reads_from(parse, call, at, count, whole, wants, &telling);
		}
		if (reads && telling.values >= best->values)
			*best = telling;
		parse_window(parse, 0, count);
	}
	return best->index != NULL;
}

bool read_prose(const struct intent_call *call, size_t count, bool whole, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	struct telling told;

	parse_window(parse, 0, count);
	if (count == 0 || count > TOKENS_MAX || call->context->sender->role == ROLE_NONE ||
		!prose_may(parse, count) || death_told_in(parse, 0, count) < count ||
		!best_of(call, count, whole, &told))
		return false;
	reading_clear(out, out->training);
	parse_region(parse, told.index, told.from, count);
	explain_region(parse, "a word of its prose", told.from, count);
	explain_parse(parse);
	add_reports(parse, false, false, out);
	out->text = call->text;
	return out->nreport > 0;
}

/* Every death of the text is a number of dead among the sick, and nobody is named. */
static bool dead_counted(const struct parse *parse, const struct form_index *index, size_t count)
{
	size_t dead = 0;

	for (size_t i = 0; i < count; i++) {
		size_t name = phrase_of(parse, i, CLASS_TITLE);

		if (name && name < count && !parse->tokens[name].digits &&
			!token_means(parse, name))
			return false;
		if (!death_told_at(parse, i))
			continue;
		if (!dead_counted_at(parse, index, i))
			return false;
		dead++;
	}
	return dead > 0;
}

bool read_cases(const struct intent_call *call, size_t count, struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	const struct form_index *index = NULL;

	parse_window(parse, 0, count);
	if (call->context->sender->role == ROLE_NONE || !prose_may(parse, count) ||
		keyword_at(parse, 0).end)
		return false; /* nearly always */
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *form = &parse->reader->index[f];

		if (form->form->outbreak && form->prose_class >= 0)
			index = form;
	}
	if (!index || told_at(call, index, count) == count || !dead_counted(parse, index, count))
		return false;
	parse_region(parse, index, 0, count);
	explain_region(parse, "a sickness, and how many died of it", 0, count);
	add_reports(parse, false, false, out);
	return out->nreport > 0;
}
