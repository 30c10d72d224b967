/* Corrections, cancellations and the status of a report: KOREKSI L2408-0007 BB 3100, BATAL, CEK. */
#include <ctype.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_each.h"
#include "parsers/read/read_field.h"
#include "parsers/text/error.h"

#define NUMBER_WORDS 5 /* of a command with something like a reference in it */
#define PROSE_WORDS 16 /* of a correction without a command */
#define PROSE_FRONT  6 /* in front of its first key */

/* The rest of a command may hold politeness, and nothing else. */
static bool nothing_left(struct words *words)
{
	words_use_class(words, "pengisi");
	return words_unused(words) == 0;
}

/* The reference named, or otherwise; "" and a problem when it is of no form. */
static void set_ref(struct words *words, const char *otherwise, struct reading *out)
{
	const char *ref = words_find_ref(words);

	out->ref = ref ? ref : otherwise;
	if (ref && !*ref)
		intent_problem(out, "", PROBLEM_REF, words_raw(words, 1, words->count));
}

bool intent_cancel(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	(void)keyword;
	words_use(words, 0, first);
	out->intent = INTENT_CANCEL;
	set_ref(words, "last", out);
	words_use_class(words, "alasan_batal");
	words_use_class(words, "keliru");
	if (nothing_left(words) || !same_name(out->ref, "last"))
		return true;
	for (size_t i = first; i < words->count && words->count <= NUMBER_WORDS; i++) {
		if (words->list[i].kind == WORD_LETTERS)
			continue;
		out->ref = ""; /* BATAL 9999: a number of no report */
		intent_problem(out, "", PROBLEM_REF, words_raw(words, first, words->count));
		return true;
	}
	for (size_t i = 0; i < words->count; i++) { /* BATAL POS MELATI: a report, but which? */
		size_t length;

		if (words_phrase(words, "laporan", i, &length)) {
			out->ref = "";
			return true;
		}
	}
	return false;
}

bool intent_status(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	size_t length;

	(void)keyword;
	words_use(words, 0, first);
	out->intent = INTENT_STATUS;
	set_ref(words, "", out);
	if (*out->ref || out->nproblem)
		return true;
	for (size_t i = first; i < words->count; i++)
		if (words_phrase(words, "laporan", i, &length) ||
			words_phrase(words, "laporan_tanya", i, &length))
			words_use(words, i, length);
	return nothing_left(words);
}

/* Whether they could spell this at all: mostly not. Small letters are the text's, any the key's. */
static bool word_may_spell(const struct words *words, size_t i, const char *text)
{
	char first = words->joined[words->list[i].at];

	return first == *text || first == (*text | 0x20);
}

/* The field of a form whose key stands at word i; *length words. */
static const struct form_field *key_at(
	const struct words *words, const struct form *form, size_t i, size_t *length)
{
	const struct form_field *best = NULL;

	*length = 0;
	for (size_t f = 0; i < words->count && f < form->nfield; f++) {
		const struct form_field *field = &form->fields[f];

		if (form_role_is(form->class, field->name))
			continue; /* follows from the others */
		for (size_t k = 0; k <= field->nkey; k++) {
			const char *key = k < field->nkey ? field->keys[k] : field->name;
			size_t n = word_may_spell(words, i, key)
				? words_spell_ended(words, i, key) : 0;

			if (n > *length) {
				*length = n;
				best = field;
			}
		}
	}
	return best;
}

/* "janinnya meninggal" is what a form that this one becomes calls it. */
static bool turns_by(const struct words *words, const struct form_becomes *becomes, size_t i)
{
	const struct intent_call *call = words->call;
	struct problem problem = {0};
	struct value read = {0};

	return reader_read_field(call->reader, call->scratch, call->arena, call->context,
		       reader_form(call->reader, becomes->form), becomes->field,
		       words_raw(words, i, words->count), &read, &problem) == OK &&
		same_name(read.text, becomes->value);
}

/* "bayi lahir mati" from word i to the end: the value that turns the report into one of another
 * form, in words that only that one has for it ("bayi meninggal" is another event). */
static bool turns_at(
	const struct words *words, const struct form *form, size_t i, struct value *out)
{
	const struct form_becomes *becomes = form->becomes;
	const struct form_field *field;
	size_t whole = i, end, length = 0;
	const char *value;

	if (!becomes || becomes->when.nterm != 1 || !words_tell_death(words) ||
		(i > 0 && words_phrase(words, "ingkar", i - 1, &length)))
		return false;
	field = form_field(form, becomes->when.terms[0].field);
	while (i < words->count && !words_phrase(words, "ingkar", i, &length) &&
		(words_phrase(words, "anak", i, &length) ||
			words_phrase(words, "perihal", i, &length)))
		i += length;
	value = field && field->words && i < words->count
		? words_phrase(words, field->words, i, &length) : NULL;
	end = i + length;
	if (!value || !same_name(value, becomes->when.terms[0].right[0]))
		return false;
	*out = (struct value){
		.field = field->name, .text = value, .raw = words_raw(words, i, end)};
	while (end < words->count && (words_phrase(words, "hari", end, &length) ||
		words_phrase(words, "pengisi", end, &length)))
		end += length; /* "kemarin": its day is told already */
	if (end < words->count)
		return false;
	return turns_by(words, becomes, i) || turns_by(words, becomes, whole);
}

/* Where the value that starts at word i ends: before the next key that has a value of its own. */
static size_t value_end(const struct words *words, const struct form *form, size_t i)
{
	size_t end = i + 1, length;
	struct value value;

	while (end < words->count && !words_phrase(words, "bukan_nilai", end, &length) &&
		!(key_at(words, form, end, &length) && end + length < words->count) &&
		!turns_at(words, form, end, &value))
		end++;
	return end;
}

/* The form that the keys speak of: the one with most of them; a form for stories, or whose letters
 * are codes, only when no other has them. */
static const struct form *form_of_keys(const struct words *words, size_t first)
{
	const struct form *best = NULL;
	size_t most = 0;

	for (size_t k = 0; k < words->nform; k++) {
		const struct form *form = words->forms[k];
		size_t count = 0, length;

		for (size_t i = first; i < words->count; i++)
			count += !words->list[i].used && key_at(words, form, i, &length);
		if (!key_at(words, form, first, &length))
			count = 0;
		if (count && best && best->front_only != form->front_only) {
			if (form->front_only)
				continue;
			most = 0;
		}
		if (count > most || (count == most && count && best->story && !form->story)) {
			best = form;
			most = count;
		}
	}
	return best;
}

/* The field has another new value already: "BB 3100 BB 3200". */
static bool changed_otherwise(const struct reading *out, const struct value *value)
{
	for (size_t i = 0; i < out->nchange; i++) {
		if (same_name(out->changes[i].field, value->field) &&
			!same_name(out->changes[i].text, value->text))
			return true;
	}
	return false;
}

/* "sebab perdarahan" is also the code of the cause, when the words are one's. */
static void read_coded(const struct words *words, const struct form *form,
	const struct form_field *written, const char *text, struct reading *out)
{
	const struct intent_call *call = words->call;

	for (size_t f = 0; f < form->nfield && out->nchange < COUNT_OF(out->changes); f++) {
		const struct form_field *field = &form->fields[f];
		struct problem problem = {.field = field->name};
		struct value value = {.field = field->name};

		if (field->type == FIELD_CHOICE &&
			form_role_is(field->written, written->name) &&
			reader_read_field(call->reader, call->scratch, call->arena, call->context,
				form, field->name, text, &value, &problem) == OK)
			out->changes[out->nchange++] = value;
	}
}

static void read_change(const struct words *words, const struct form *form,
	const struct form_field *field, const char *text, struct reading *out)
{
	const struct intent_call *call = words->call;
	struct problem problem = {.field = field->name, .code = PROBLEM_INVALID};
	struct value value = {.field = field->name};

	if (out->nchange == COUNT_OF(out->changes)) {
		intent_problem(out, "", PROBLEM_FORMAT, text);
		return;
	}
	if (!*text) {
		intent_problem(out, field->name, PROBLEM_MISSING, NULL);
	} else if (reader_read_field(call->reader, call->scratch, call->arena, call->context, form,
			   field->name, text, &value, &problem) == OK) {
		if (changed_otherwise(out, &value))
			intent_problem(out, field->name, PROBLEM_AMBIGUOUS, text);
		out->changes[out->nchange++] = value;
		read_coded(words, form, field, text, out);
	} else if (out->nproblem < COUNT_OF(out->problems)) {
		out->problems[out->nproblem] = problem;
		out->problems[out->nproblem++].field = field->name;
	}
}

/* Behind "bukan 3200": what was wrong, up to the next key or "tapi". */
static size_t old_end(const struct words *words, const struct form *form, size_t i)
{
	size_t length;

	if (i >= words->count || !words_phrase(words, "bukan_nilai", i, &length))
		return i;
	for (i += length; i < words->count; i++) {
		if (key_at(words, form, i, &length))
			return i;
		if (!words_phrase(words, "keliru", i, &length) &&
			!words_phrase(words, "pengisi_koreksi", i, &length))
			continue;
		while (i < words->count && (words_phrase(words, "keliru", i, &length) ||
			words_phrase(words, "pengisi_koreksi", i, &length)))
			i += length;
		return i;
	}
	return i;
}

/* "C 3 bukan 8", "D 38 jadi 31": what the number just read is said to have been. */
static void read_old(const struct words *words, const struct form *form,
	const struct form_field *field, size_t from, size_t to, struct reading *out)
{
	const struct intent_call *call = words->call;
	struct problem problem;
	struct value value = {.field = field->name};
	size_t length;

	if (from < to && words_phrase(words, "bukan_nilai", from, &length))
		from += length;
	while (to > from && words->list[to - 1].kind != WORD_DIGITS)
		to--;
	if (out->nchange > 0 && from < to && field_is_number(field->type) &&
		same_name(out->changes[out->nchange - 1].field, field->name) &&
		reader_read_field(call->reader, call->scratch, call->arena, call->context, form,
			field->name, words_raw(words, from, to), &value, &problem) == OK)
		out->was[out->nchange - 1] = value.text;
}

/* "X -1": no report has such a number, and it is not 1. */
static bool is_below_zero(const struct words *words, size_t i)
{
	size_t raw = words->list[i].raw;

	return words->list[i].kind == WORD_DIGITS && raw > 1 &&
		words->call->text[raw - 1] == '-' && words->call->text[raw - 2] == ' ';
}

/* "3100 jadi 3300": where what it should be begins; i: nothing says so. */
static size_t new_value(const struct words *words, size_t i, size_t end)
{
	size_t length;

	for (size_t k = i + 1; k < end; k++) {
		if (words_phrase(words, "menjadi", k, &length) && k + length < end)
			return k + length;
	}
	return i;
}

static bool no_digits(const struct words *words, size_t i, size_t end)
{
	while (i < end && words->list[i].kind != WORD_DIGITS)
		i++;
	return i == end;
}

static void read_changes(
	struct words *words, size_t first, const struct form *form, struct reading *out)
{
	for (size_t i = first; i < words->count;) {
		size_t length, end, from, next;
		const struct form_field *field = key_at(words, form, i, &length);
		struct value turned;

		if (out->nchange < COUNT_OF(out->changes) && turns_at(words, form, i, &turned)) {
			out->changes[out->nchange++] = turned;
			break;
		}
		if (!field) {
			intent_problem(out, "", PROBLEM_FORMAT, words_raw(words, i, words->count));
			break;
		}
		i += length;
		while (i + 1 < words->count &&
			(words_phrase(words, "keliru", i, &length) ||
				words_phrase(words, "pengisi_koreksi", i, &length)))
			i += length; /* bb harusnya 3100 */
		if (i >= words->count) {
			read_change(words, form, field, "", out);
			break;
		}
		from = i; /* what it was may stand in front of what it should be */
		i = old_end(words, form, i);
		if (i >= words->count)
			break;
		end = value_end(words, form, i);
		i = new_value(words, i, end);
		if (field_is_number(field->type) && end < words->count &&
			no_digits(words, i, end)) { /* "berat bayi bu tari bukan 3100 tapi 2900" */
			from = end;
			i = old_end(words, form, end);
			if (i >= words->count)
				break;
			end = value_end(words, form, i);
		}
		if (field->type == FIELD_NAME && words_phrase(words, "ingkar", i, &length))
			intent_problem(out, "", PROBLEM_FORMAT, words_raw(words, i, end));
		else if (is_below_zero(words, i))
			intent_problem(out, field->name, PROBLEM_RANGE,
				arena_printf(words->call->arena, "-%s",
					words_raw(words, i, end)));
		else
			read_change(words, form, field, words_raw(words, i, end), out);
		next = old_end(words, form, end);
		read_old(words, form, field, from < i ? from : end, from < i ? i : next, out);
		i = next;
	}
	if (out->nproblem)
		out->nchange = 0; /* all or none */
}

/* "W2": a form's keyword that reads like a key with its number; how many words, 0. */
static size_t keyword_with_number(const struct words *words, size_t i)
{
	for (size_t k = 0; word_glued(words, i + 1) && k < words->nform; k++) {
		const char *const *keyword = words->forms[k]->keywords;

		for (size_t n = 0; n < words->forms[k]->nkeyword; n++) {
			size_t length = strpbrk(keyword[n], "0123456789")
				? words_spell_ended(words, i, keyword[n]) : 0;

			if (length > 0)
				return length;
		}
	}
	return 0;
}

/* "salah, beratnya 3300 bukan 3200", "maaf yg betul pb 49": no command, but a key, its value and
 * words of a mistake, and nothing else. */
bool intent_mistake(struct words *words, struct reading *out)
{
	size_t first = 0, length, ends = words->count;
	const struct form *form;
	bool mistake = false;

	if (strchr(words->call->text, '?') || words_have(words, "kenapa") ||
		words_have(words, "bagaimana_kata"))
		return false; /* "tapi ibunya warga sini, yg lapor siapa" */
	for (size_t i = 0; i < words->count; i++)
		mistake |= words_phrase(words, "keliru", i, &length) ||
			words_phrase(words, "bukan_nilai", i, &length);
	if (!mistake || words->count > PROSE_WORDS || words_tell_death(words))
		return false;
	while (first < words->count && first < PROSE_FRONT &&
		(words_phrase(words, "keliru", first, &length) ||
			words_phrase(words, "pengisi_koreksi", first, &length) ||
			words_phrase(words, "pengisi", first, &length) ||
			words_phrase(words, "hari", first, &length) ||
			(length = keyword_with_number(words, first)) > 0))
		first += length;
	while (ends > first && words_phrase(words, "pengisi", ends - 1, &length) && length == 1)
		ends--;
	words->count = ends;
	form = first < ends ? form_of_keys(words, first) : NULL;
	if (!form)
		return false;
	out->intent = INTENT_CORRECT;
	out->ref = "last";
	read_changes(words, first, form, out);
	return out->nchange > 0;
}

/* M2408-0001 LUARAN HIDUP: a field of the form that becomes this one; NULL. */
static const struct form *turned_from(
	const struct words *words, size_t first, const struct form *form)
{
	const struct form *other = form_of_keys(words, first);

	return other && other->becomes && same_name(other->becomes->form, form->name) ? other
											: NULL;
}

/* "td 150/95": a key in front of a number, whatever else the word means. */
static bool key_of_number(const struct words *words, size_t i)
{
	for (size_t k = 0; k < words->nform; k++) {
		size_t length;

		if (key_at(words, words->forms[k], i, &length) && i + length < words->count &&
			words->list[i + length].kind == WORD_DIGITS)
			return true;
	}
	return false;
}

/* "ralat pos td n 33 …", "koreksi bayi bb 3100", "ralat W2 C 3": which report is meant, in front
 * of what it is that was wrong; but "KOREKSI POS MAWAR". */
static bool names_report(const struct words *words, size_t i, size_t *length)
{
	size_t next;

	return (words_phrase(words, "laporan", i, length) ||
		       (*length = keyword_with_number(words, i)) > 0) &&
		i + *length < words->count && (key_of_number(words, i + *length) ||
			(words_phrase(words, "pengisi_koreksi", i + *length, &next) &&
				i + *length + next < words->count &&
				key_of_number(words, i + *length + next)));
}

bool intent_correct(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	const struct form *form = NULL;
	size_t length;

	if (words_have(words, "bagaimana_kata"))
		return false; /* "ralat bb 3100 gimana caranya" */
	words_use(words, 0, first);
	out->intent = INTENT_CORRECT;
	set_ref(words, "last", out);
	for (; first < words->count; first += length) {
		if (words->list[first].used)
			length = 1;
		else if (!names_report(words, first, &length) &&
			(key_of_number(words, first) ||
				!words_phrase(words, "pengisi_koreksi", first, &length)))
			break;
	}
	if (out->nproblem)
		return true;
	if (!same_name(out->ref, "last"))
		form = reader_form_by_letter(words->call->reader, out->ref[0]);
	else if (first < words->count)
		form = words->call->context->form ? words->call->context->form
						  : form_of_keys(words, first);
	if (form && first < words->count) {
		bool key = key_at(words, form, first, &length) != NULL;

		if (!key && turned_from(words, first, form))
			form = turned_from(words, first, form);
		read_changes(words, first, form, out);
		return true;
	}
	intent_problem(out, "", PROBLEM_FORMAT, NULL);
	return first >= words->count || same_name(keyword, "koreksi");
}
