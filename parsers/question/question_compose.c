/* What several words count together, wherever they stand: see question_told.h. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/form/form_rules.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/parse/reader_index.h"
#include "parsers/question/question_told.h"

/* An indicator of another form stands beside: its words are of that. */
static bool counts_else(const struct question *question, const char *class_name)
{
	const struct words *words = question->words;
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (!words->list[i].used && words_phrase(words, "indikator_kuat", i, &length) &&
			!words_phrase(words, class_name, i, &length))
			return true;
	return words_have(words, "rujukan");
}

static const char *attended(const struct words *words, size_t i, size_t *length)
{
	const char *who = words->list[i].used ? NULL
					      : words_phrase(words, "hadir_siapa", i, length);

	return who ? arena_printf(words->call->arena, "hadir_%s", who) : NULL;
}

/* Of a mother's or a child's visits there are several kinds: "kunjungan bumil" says too little. */
static bool visits_alone(const struct words *words)
{
	size_t length;
	bool visits = false;

	for (size_t i = 0; i < words->count; i++) {
		const char *came = words->list[i].used
			? NULL : words_phrase(words, "hadir_kata", i, &length);

		if (came && *came == '1')
			return false;
		visits |= came != NULL;
	}
	return visits;
}

/* Is it of those whom only a session of every age sees? */
static bool of_session(const char *name)
{
	return !same_name(name, "hadir_bumil") && !same_name(name, "hadir_bayi") &&
		!same_name(name, "hadir_balita");
}

/* "remaja yg ke posyandu", "kunjungan bumil, busui, balita di ilp". Under-fives alone are
 * weighed. */
void question_attended(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	size_t length, groups = 0;
	bool session = words_have(words, "hadir_ilp"), visits = visits_alone(words),
	     others = false;

	if ((!words_have(words, "hadir_kata") && !session) || counts_else(question, "hadir_siapa"))
		return;
	for (size_t i = 0; i < words->count; i++) {
		const char *name = attended(words, i, &length);

		groups += name != NULL;
		others |= name && (visits ? of_session(name) : !same_name(name, "hadir_balita"));
	}
	if (groups == 0 || (!others && !session))
		return;
	for (size_t i = 0; i < words->count; i++) {
		const char *name = attended(words, i, &length);

		if (!name)
			continue;
		words_use(words, i, length);
		told_note(told, name, true);
	}
	words_use_class(words, "hadir_kata");
	words_use_class(words, "hadir_ilp");
}

/* "bumil yg akan melahirkan", "arep lairan" */
void question_expected(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	size_t length, event;

	for (size_t i = 0; i + 1 < words->count; i++) {
		const char *name = words->list[i].used
			? NULL : words_phrase(words, "akan_kata", i, &length),
			*what = name ? question_indicator_at(words, i + length, true, &event)
				     : NULL;

		if (!what || (!same_name(what, name) && !same_name(what, "lahir") &&
				     !same_name(what, "salin")))
			continue;
		words_use(words, i, length + event);
		told_note(told, name, true);
		return;
	}
}

/* Which form's field it is, of forms whose reports are counted one by one; NULL. */
static const struct form *form_of_field(const struct words *words, size_t i)
{
	const struct reader *reader = words->call->reader;
	const struct form *form;

	for (size_t k = 0; (form = reader_form_at(reader, k)); k++) {
		if (form->nindicator == 0 || form->held || form->weekly || form->story ||
			form->cases)
			continue;
		for (size_t f = 0; f < form->nfield; f++)
			for (size_t n = 0; n < form->fields[f].nkey; n++)
				if (form_field_yes_no(&form->fields[f]) &&
					words_spell(words, i, form->fields[f].keys[n]) > 0)
					return form;
	}
	return NULL;
}

/* "jml krst", "yg krst juli": a class of a form's cases; what it counts is the open ones. */
static const char *cases_of_class(const struct words *words)
{
	const struct reader *reader = words->call->reader;
	const struct form *form;

	for (size_t k = 0; (form = reader_form_with_cases(reader, &k));) {
		if (!form->cases->class || !words_have(words, form->cases->class))
			continue;
		for (size_t i = 0; i < form->nindicator; i++)
			if (form->indicators[i].cases == CASES_OPEN)
				return form->indicators[i].name;
	}
	return NULL;
}

void question_field_alone(struct question *question, struct told_list *told)
{
	const struct words *words = question->words;

	for (size_t i = 0; told->count == 0 && i < words->count; i++) {
		const struct form *form = words->list[i].used ? NULL : form_of_field(words, i);

		if (form)
			told_note(told, form->indicators[0].name, false);
	}
	if (told->count == 0 && cases_of_class(words))
		told_note(told, cases_of_class(words), false);
}

bool question_is_cause(const struct words *words, size_t i, size_t length)
{
	size_t cause, value;
	const char *class_name = words->call->reader->cause_class;

	return i > 0 && class_name && words_phrase(words, "karena", i - 1, &cause) && cause == 1 &&
		words_phrase(words, class_name, i, &value) && value <= length;
}

/* A value of a choice of the dead at word i, that is nothing to be counted itself. */
static const struct form_field *choice_at(const struct words *words, size_t i, size_t *length)
{
	const struct form *form;
	size_t other;

	if (i >= words->count || words->list[i].used ||
		words_phrase(words, "indikator", i, &other))
		return NULL;
	for (size_t k = 0; (form = reader_form_at(words->call->reader, k)); k++)
		for (size_t f = 0; form->story && f < form->nfield; f++)
			if (form->fields[f].type == FIELD_CHOICE && form->fields[f].words &&
				!form_role_is(form->kind, form->fields[f].name) &&
				words_phrase(words, form->fields[f].words, i, length))
				return &form->fields[f];
	return NULL;
}

/* "dan", "brp": between values that are listed. */
static bool between_at(const struct words *words, size_t i)
{
	size_t length;

	return (words_phrase(words, "dan_juga", i, &length) ||
		       words_phrase(words, "berapa_kata", i, &length)) && length == 1;
}

bool question_is_stage(const struct words *words, size_t i, size_t length)
{
	const struct form_field *field = NULL;
	size_t more, next = i + length, last = i;

	if (i < 2 || (!words_have(words, "kata_kematian") && !words_have(words, "meninggal")))
		return false;
	while (between_at(words, next))
		next++;
	while (last > 1 && between_at(words, last - 1))
		last--;
	field = choice_at(words, next, &more);
	if (!field)
		field = choice_at(words, last - 1, &more);
	return field && words_phrase(words, field->words, i, &more) && more == length;
}

/* "penolong=DUKUN", as the form file counts it; NULL: not by values alone. */
static const char *condition_of(const struct question *question, const char *indicator,
	const struct form **form)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *found = NULL;
	const char *text = NULL;

	for (size_t i = 0; !found && (*form = reader_form_at(reader, i)); i++)
		found = form_indicator(*form, indicator);
	for (size_t i = 0; found && found->count && i < (*form)->ncount; i++) {
		const struct form_count *count = &(*form)->counts[i];

		if (!same_name(count->name, found->count) || count->when.nterm != 1 ||
			count->when.terms[0].op != OP_EQ)
			continue;
		text = arena_printf(question->words->call->arena, "%s=",
			count->when.terms[0].field);
		for (size_t k = 0; k < count->when.terms[0].nright; k++)
			text = arena_printf(question->words->call->arena, "%s%s%s", text,
				k > 0 ? "|" : "", count->when.terms[0].right[k]);
	}
	return text;
}

/* What counts the sessions of a form that were not held; NULL. */
static const char *unheld_of(const struct question *question, const struct form *form)
{
	const char *none = arena_printf(
		question->words->call->arena, "%s=TIDAK", form->held ? form->held : "");
	const struct form *other;

	for (size_t i = 0; form->held && i < form->nindicator; i++) {
		const char *when = condition_of(question, form->indicators[i].name, &other);

		if (when && same_name(when, none))
			return form->indicators[i].name;
	}
	return NULL;
}

/* The same of the form that is told at word i, or what counts them itself. */
static const char *unheld_at(const struct question *question, size_t i, size_t *length)
{
	const struct reader *reader = question->words->call->reader;
	const char *told = words_phrase(question->words, "indikator", i, length), *name = NULL;
	const struct form *form;

	for (size_t k = 0; told && !name && (form = reader_form_at(reader, k)); k++) {
		name = unheld_of(question, form);
		if (name && !same_name(told, form->name) && !same_name(told, name))
			name = NULL;
	}
	return name;
}

void question_unheld(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	const char *name = NULL;
	size_t length;

	if (!words_have(words, "tak_diadakan") ||
		(!question->office && !words_have(words, "yang_mana") &&
			!words_have(words, "alasan_tanya")))
		return; /* "posyandu libur tgl 17?" is asked by who holds it */
	for (size_t i = 0; !name && i < words->count; i++) {
		name = unheld_at(question, i, &length);
		if (name)
			words_use(words, i, length);
	}
	if (!name)
		return;
	words_use_class(words, "tak_diadakan");
	words_use_class(words, "alasan_tanya");
	told_note(told, name, false);
	if (!question->by || same_name(question->by, "posyandu"))
		question->by = "laporan";
	question->unit = NULL;
}

static bool names_disease(const struct words *words)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(words->call->reader, i)); i++)
		if (form->outbreak && words_of_cases(form) &&
			words_have(words, words_of_cases(form)))
			return true;
	return false;
}

/* "klb keracunan belum teratasi di terbis" tells, and so does whoever tells of the dead; an alarm
 * that is not over is asked about by those who count. */
static bool asks_alarms(const struct question *question)
{
	const struct words *words = question->words;
	size_t length;
	bool alarm = false;

	for (size_t i = 0; i < words->count; i++) {
		const char *what = words_phrase(words, "alarm_kata", i, &length);

		alarm |= what && same_name(what, "alarm");
	}
	if (words_tell_death(words) ||
		(!alarm && names_disease(words)))
		return false;
	return (alarm && question->office) || question->head >= HEAD_ASKS ||
		words_have(words, "yang_mana") || words_have(words, "apa_kata");
}

void question_alarms(struct question *question, struct told_list *told)
{
	struct words *words = question->words;

	if (!words_have(words, "alarm_buka") || !words_have(words, "alarm_kata") ||
		!asks_alarms(question))
		return;
	words_use_class(words, "alarm_kata");
	words_use_class(words, "alarm_buka");
	words_use_class(words, "penyangkal"); /* "isih mbukak ora" */
	words_use_class(words, "yang_mana");
	words_use_class(words, "dimana");
	told_note(told, "waspada", false);
	if (question->head < HEAD_ASKS)
		question->head = HEAD_ASKS;
	question->by = question->unit = NULL;
}

/* "di rumah", "yg ditolong dukun": it says which. */
static bool says_which(const struct words *words, const struct told *one)
{
	size_t length;

	return one->words > 0 && !one->listed && strncmp(one->name, "salin_", 6) == 0 &&
		((one->at > 0 && words_phrase(words, "sebelum_isian", one->at - 1, &length)) ||
			words_phrase(words, "sebelum_isian", one->at, &length) ||
			words_phrase(words, "melahirkan", one->at, &length));
}

void question_narrow(struct question *question, struct told_list *told)
{
	const struct form *form, *other;
	const char *condition;

	for (size_t i = told->count; i > 1; i--) {
		struct told *one = &told->list[i - 1], *base = &told->list[i - 2];

		if (!says_which(question->words, one) || base->listed || one->rank < RANK_NARROW ||
			base->rank < RANK_NARROW || same_name(one->name, base->name))
			continue;
		condition = condition_of(question, one->name, &form);
		(void)condition_of(question, base->name, &other);
		if (!condition || form != other)
			continue;
		question->which = question->which
			? arena_printf(question->words->call->arena, "%s and %s",
				  question->which, condition)
			: condition;
		memmove(one, one + 1, (told->count - i) * sizeof(*one));
		told->count--;
	}
}

bool question_is_about(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++)
		if (form->about && form_indicator(form, question->indicators[0]))
			return true;
	return false;
}

/* "sudah lapor", "yg lapor" at word i: who has told, of some that are looked for. */
static bool told_at(const struct question *question, size_t i)
{
	const struct words *words = question->words;
	size_t length;
	bool which = words_phrase(words, "yang", i, &length) && length == 1;

	if (which && (words_phrase(words, "indikator", i, &length) ||
			     words_phrase(words, "lapor_kerja", i + 1, &length)))
		return true;
	return words_phrase(words, "sudah_kata", i, &length) &&
		(question->asks_who || question->by || question->unit ||
			words_have(words, "yang_mana") || words_have(words, "jumlah_kata") ||
			(i > 0 && words_phrase(words, "yang", i - 1, &length)));
}

/* "desa mana yg sudah lapor", not "sudah lapor belum": the list is of those who have; completeness
 * is told by them, too. */
bool question_who_told(const struct question *question, size_t gaps)
{
	const struct words *words = question->words;
	bool told = false;
	size_t length;

	if (words_have(words, "lewat_waktu"))
		return false; /* "siapa yg telat" */
	for (size_t i = 0; i < words->count; i++) {
		told |= i < gaps && (told_at(question, i) ||
					    words_phrase(words, "lengkap_kata", i, &length));
		if (words_phrase(words, "penyangkal", i, &length))
			return false;
	}
	return told;
}

/* "kec apa yg lap posyandunya plg rendah": the reports, not what they tell; most of them are
 * missing where fewest came. */
void question_completeness(struct question *question, const struct told_list *told)
{
	const struct words *words = question->words;
	const struct form *form = question->nindicator != 1 || !question->ordered
		? NULL : reader_form(words->call->reader, question->indicators[0]);
	size_t length, at = told->count == 1 ? told->list[0].at : 0;

	if (!form || !form->held || at == 0 ||
		!words_phrase(words, "laporan_kata", at - 1, &length) || length != 1)
		return;
	words_use(question->words, at - 1, 1);
	question->form = form->name;
	question->indicators[0] = "belum_lapor";
	question->lowest = !question->lowest;
}
