/* Where a question asks: a place by name, the sender's own, one inside another, a posyandu. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question_inside.h"
#include "parsers/text/error.h"

static void default_area(const struct question *question, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	const struct sender *sender = call->context->sender;

	if (sender->puskesmas) {
		out->query.area = sender->puskesmas->id;
	} else if (sender->narea > 0 && (sender->narea <= 1 + QUERY_PLACES ||
			words_have(question->words, "semua_sendiri"))) {
		out->query.area = sender->areas[0]->code; /* "kedua desa binaan saya" too */
		for (size_t i = 1; i < sender->narea && out->query.nbeside < QUERY_PLACES; i++)
			out->query.beside[out->query.nbeside++] = sender->areas[i]->code;
	} else if (sender->narea > 1) {
		struct area_matches own = {.count = sender->narea};

		memcpy(own.list, sender->areas, sender->narea * sizeof(*own.list));
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_AMBIGUOUS, NULL), &own);
	}
}

/* Whether talk with a name that is no place is a question all the same. */
static bool plain_enough(const struct question *question)
{
	switch (question->head) {
	case HEAD_ORDERS: return question->nindicator > 0;
	case HEAD_ASKS: return question->nindicator && question->at_place;
	case HEAD_STRONG: return question->period_told || question->office;
	case HEAD_NONE: break;
	}
	return false;
}

/* "AKI kabupaten", "rekap puskesmas": the sender's own, by its level alone. */
static bool is_own_level(const struct intent_call *call, const char *name)
{
	static const struct {
		const char *name;
		enum area_level level;
	} levels[] = {{"desa", LEVEL_DESA}, {"kecamatan", LEVEL_KECAMATAN},
		{"kabupaten", LEVEL_KABUPATEN}, {"provinsi", LEVEL_PROVINSI}};
	const struct sender *sender = call->context->sender;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strlen(name));

	for (; entry; entry = entry->next) {
		if (same_name(entry->class_name, "puskesmas") && sender->role == ROLE_PUSKESMAS)
			return true;
		for (size_t i = 0; i < COUNT_OF(levels) && sender->narea > 0; i++)
			if (same_name(entry->class_name, "tingkat") &&
				same_name(entry->canonical, levels[i].name) &&
				sender->areas[0]->level == levels[i].level)
				return true;
	}
	return false;
}

/* Is all that is counted told posyandu by posyandu? */
static bool told_there(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	bool there = question->nindicator > 0;

	for (size_t i = 0; i < question->nindicator; i++) {
		const struct form *form, *found = NULL;

		if (same_name(question->indicators[i], "belum_lapor") && !question->form)
			continue;

		for (size_t k = 0; !found && (form = reader_form_at(reader, k)); k++)
			if (same_name(form->name, question->indicators[i]) ||
				(question->form && same_name(form->name, question->form)) ||
				form_indicator(form, question->indicators[i]))
				found = form;
		there = there && found && found->place && form_field(found, found->place) &&
			form_field(found, found->place)->type == FIELD_POSYANDU;
	}
	return there;
}

/* The posyandu of that name in an area: how many; *first: one of them. */
static size_t posyandu_in(const struct intent_call *call, const char *name, const struct area *area,
	const struct posyandu **first)
{
	struct posyandu_matches matches;

	if (gazetteer_find_posyandu_exact(call->context->places, name, area, &matches) ==
		ERR_NOT_FOUND)
		return 0;
	*first = matches.list[0];
	return matches.count;
}

/* "melati", "melati wonocoyo": of the sender's own, perhaps with their desa: how many. */
static size_t posyandu_named(
	const struct intent_call *call, const char *name, const struct posyandu **first)
{
	const struct sender *sender = call->context->sender;
	const struct area *const *areas = sender->narea > 0 ? sender->areas
		: sender->puskesmas ? sender->puskesmas->areas : NULL;
	size_t narea = sender->narea > 0 ? sender->narea
		: sender->puskesmas ? sender->puskesmas->narea : 0, count = 0;

	for (size_t i = 0; i < narea; i++)
		count += posyandu_in(call, name, areas[i], first);
	for (size_t i = 0; count == 0 && i < narea; i++) {
		struct area_matches desa;

		for (const char *at = strchr(name, ' '); at; at = strchr(at + 1, ' ')) {
			const struct lexicon_entry *level =
				lexicon_find(call->lexicon, at + 1, strcspn(at + 1, " "));
			const char *named = level && same_name(level->class_name, "tingkat") &&
					strchr(at + 1, ' ') ? strchr(at + 1, ' ') : at;

			if (gazetteer_find_area_exact(call->context->places, named + 1, areas[i],
				    LEVEL_DESA, &desa) != OK || desa.count != 1)
				continue;
			count += posyandu_in(call,
				arena_strndup(call->arena, name, (size_t)(at - name)),
				desa.list[0], first);
		}
	}
	return count;
}

/* Without "posyandu" in front: of the others' names one is taken that is written so, and no name of
 * an area is. */
static const char *posyandu_of(struct question *question, const char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	const struct posyandu *first = NULL;
	size_t count = told_there(question) ? posyandu_named(call, name, &first) : 0;
	struct problem *problem = &out->problems[out->nproblem - 1];

	if (count == 1) {
		out->nproblem--;
		return first->id;
	}
	if (count > 1) /* "melati" of a kabupaten: each desa has one */
		*problem = (struct problem){.field = "", .code = PROBLEM_AMBIGUOUS,
			.raw = arena_printf(call->arena, "%s %s", name, first->area->name)};
	return NULL;
}

/* "kunjungn": as near to a word of questions as to MUNJUNGAN: no place that is only like it. */
static bool is_slip(const struct intent_call *call, const char *name)
{
	static const char *const classes[] = {"pengisi_tanya", "hadir_kata", "indikator"};
	bool near = false;

	if (question_is_place(call, name))
		return false;
	for (const char *at = name; !near && *at; at += strcspn(at, " "), at += *at == ' ') {
		const char *word = arena_strndup(call->arena, at, strcspn(at, " "));

		if (lexicon_find(call->lexicon, word, strlen(word)) ||
			question_is_place(call, word))
			continue;
		for (size_t k = 0; k < COUNT_OF(classes); k++)
			near = near || lexicon_nearest(call->lexicon,
					       lexicon_class(call->lexicon, classes[k]), word);
	}
	return near;
}

/* "anggaran", "jadwal" written as they are: no place that is only like them. */
static bool is_other_matter(const struct intent_call *call, const char *name)
{
	return lexicon_word(call->lexicon, "perkara_lain", name) && !question_is_place(call, name);
}

/* A place by its name, or a posyandu where that is asked about; NULL: out says why not. */
static const char *place_named(struct question *question, const char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	struct place_found found;

	if (is_slip(call, name) || is_other_matter(call, name)) {
		intent_problem(out, "area", PROBLEM_PLACE, name);
		return NULL;
	}
	if (intent_place(call, name, out, &found))
		return found.area ? found.area->code : found.puskesmas->id;
	return out->problems[out->nproblem - 1].code == PROBLEM_AMBIGUOUS
		? NULL : posyandu_of(question, name, out);
}

/* Between the words at i and k stands "dan", a comma or a stroke. */
static bool parted(const struct words *words, size_t i, size_t k)
{
	size_t length;

	for (size_t at = i + 1; at < k; at++)
		if (words_phrase(words, "dan_juga", at, &length) ||
			words_phrase(words, "banding", at, &length))
			return true;
	for (size_t at = word_raw_end(words, i); at < words->list[k].raw; at++)
		if (strchr(",&+/", words->call->text[at]))
			return true;
	return false;
}

/* "panggul dan munjungan", "kec panggul, pule": the names left over, one by one; 0: it is one. */
static size_t names_parted(const struct words *words, const char *names[1 + QUERY_PLACES])
{
	size_t count = 0, last = words->count, length;
	struct arena *arena = words->call->arena;

	for (size_t i = 0; i < words->count; i++) {
		const struct word *word = &words->list[i];
		const char *text;

		if (word->used || words_phrase(words, "dan_juga", i, &length))
			continue;
		text = words_text(words, i, i + 1);
		if (last == words->count || parted(words, last, i)) {
			if (count == 1 + QUERY_PLACES)
				return 0;
			names[count++] = text;
		} else {
			names[count - 1] = arena_printf(arena, "%s %s", names[count - 1], text);
		}
		last = i;
	}
	return count > 1 ? count : 0;
}

/* "desa", "kec" or "pkm" of the first holds for the next: "desa panggul dan munjungan". */
static const char *with_level(const struct question *question, const char *first, const char *name)
{
	const struct intent_call *call = question->words->call;
	size_t length = strcspn(first, " ");
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, first, length);

	while (entry && !same_name(entry->class_name, "tingkat") &&
		!same_name(entry->class_name, "puskesmas"))
		entry = entry->next;
	return entry && first[length]
		? arena_printf(call->arena, "%.*s %s", (int)length, first, name)
		: NULL;
}

/* Those that may be seen; what was set against another one alone is compared with nothing. */
static void places_set(struct question *question, const char *const *codes, size_t count,
	struct reading *out)
{
	for (size_t i = 0; i < count; i++) {
		if (codes[i] && !out->query.area)
			out->query.area = codes[i];
		else if (codes[i])
			out->query.beside[out->query.nbeside++] = codes[i];
	}
	if (out->query.outside && out->query.nbeside == 0)
		question->against = (struct period){0};
}

/* Several places: each must be one; of one of them it may be asked which. */
static bool places_fill(
	struct question *question, const char *const *names, size_t count, struct reading *out)
{
	const char *codes[1 + QUERY_PLACES] = {NULL}, *levelled;
	size_t known = 0;
	struct problem before = out->problems[0];
	size_t problems_before = out->nproblem;

	if (count == 0)
		return false;
	out->nproblem = 0;
	for (size_t i = 0; i < count; i++) {
		size_t problems = out->nproblem;

		levelled = i > 0 ? with_level(question, names[0], names[i]) : NULL;
		if (levelled)
			codes[i] = place_named(question, levelled, out);
		if (!codes[i]) {
			out->nproblem = problems;
			codes[i] = place_named(question, names[i], out);
		}
		known += codes[i] != NULL;
		if (out->nproblem > problems &&
			out->problems[out->nproblem - 1].code == PROBLEM_SCOPE) {
			out->nproblem = problems; /* the others can be told */
			out->query.outside = names[i];
			continue;
		}
		if (out->nproblem > problems &&
			out->problems[out->nproblem - 1].code == PROBLEM_PLACE &&
			question_leaves_out(question)) {
			out->nproblem = problems; /* "kec tugu, zonasi" */
			out->query.unknown = !out->query.unknown ? names[i]
				: arena_printf(question->words->call->arena, "%s %s",
					  out->query.unknown, names[i]);
			continue;
		}
		if (out->nproblem > 1 ||
			(out->nproblem == 1 && out->problems[0].code != PROBLEM_AMBIGUOUS))
			break;
	}
	if (known == 0) { /* talk with commas in it */
		out->nproblem = problems_before;
		out->problems[0] = before;
		out->query.outside = NULL;
		out->query.unknown = NULL;
		return false;
	}
	if (out->nproblem > 1) {
		out->problems[0] = out->problems[1];
		out->nproblem = 1;
	}
	if (out->nproblem > 0 && out->problems[0].code != PROBLEM_AMBIGUOUS)
		return true;
	places_set(question, codes, count, out);
	return true;
}

static bool several_places(struct question *question, struct reading *out)
{
	const char *names[1 + QUERY_PLACES];
	size_t count = names_parted(question->words, names);

	return places_fill(question, names, count, out);
}

/* "skdn posyandu saya", "D saya" of a kader. */
static bool own_posyandu(const struct question *question, struct reading *out)
{
	const struct words *words = question->words;
	const struct posyandu *own = words->call->context->sender->posyandu;
	size_t length, more;

	for (size_t i = 0; own && !question->form && told_there(question) &&
		!same_name(question->indicators[0], "belum_lapor") && i < words->count;
		i++) {
		if ((!words_phrase(words, "posyandu", i, &length) &&
			    !words_phrase(words, "huruf_skdn", i, &length)) ||
			!words_phrase(words, "punya", i + length, &more))
			continue;
		out->query.area = own->id;
		return true;
	}
	return false;
}

/* Names as they are written; none: the sender's own place where that is meant. */
static bool names_fill(struct question *question, const char *const *names, size_t count, bool own,
	struct reading *out)
{
	out->nproblem = 0;
	if (count == 0 && own && !own_posyandu(question, out))
		default_area(question, out);
	if (count == 1)
		out->query.area = place_named(question, names[0], out);
	return count <= 1 || places_fill(question, names, count, out);
}

/* "pule dongko suruh"; "pule yg sesar": names as they are written, and what nothing explains. */
static bool bare_places(struct question *question, struct reading *out)
{
	const char *names[1 + QUERY_PLACES], *unknown;
	size_t count = question_bare_places(question, names, &unknown);
	bool left = unknown && plain_enough(question) && question_leaves_out(question);

	if (count == 0 && question->at_place && !left)
		return false; /* a place that is not on the list */
	if (!names_fill(question, names, count, left, out))
		return false;
	out->query.unknown = unknown;
	if (!unknown || left)
		return true;
	out->nproblem = 0;
	intent_problem(out, "area", PROBLEM_PLACE, unknown);
	return plain_enough(question);
}

/* "desa wonocoyo nglebeng", "kec panggul tok": the level is that of a place that is known. */
static bool levelled_places(struct question *question, struct reading *out)
{
	const char *names[1 + QUERY_PLACES], *unknown;
	size_t count = question_bare_places(question, names, &unknown);
	struct problem before = out->problems[0];
	size_t problems = out->nproblem;

	if (count > 0 && (!unknown || question_leaves_out(question)) &&
		names_fill(question, names, count, false, out)) {
		out->query.unknown = unknown;
		return true;
	}
	out->nproblem = problems;
	out->problems[0] = before;
	return false;
}

bool question_place_left(struct question *question, struct reading *out)
{
	const char *names[1 + QUERY_PLACES], *unknown;
	size_t count = question_bare_places(question, names, &unknown);

	out->query.unknown = unknown;
	return question_leaves_out(question) && names_fill(question, names, count, true, out);
}

/* "wonocoyo dan panggul", "panggul dibanding pule" is two; "wonocoyo, panggul" may be one inside
 * the other. */
static bool joined_by_word(const struct words *words)
{
	size_t length;
	bool first = false, joined = false;

	for (size_t i = 0; i < words->count; i++) {
		bool joins = (words_phrase(words, "dan_juga", i, &length) &&
				     words->call->text[word_raw_end(words, i)] != '/') || /* n/d */
			words_phrase(words, "banding", i, &length);
		bool name = !words->list[i].used && !joins;

		if (name && joined)
			return true;
		first = first || name;
		joined = joins ? first : words->list[i].used ? joined : false;
	}
	return false;
}

/* "aki kabupaten" of a puskesmas: a level above the sender's own, and no name. */
static bool is_above_own(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strlen(name));

	for (; entry && sender->narea > 0; entry = entry->next)
		if (same_name(entry->class_name, "tingkat") &&
			(same_name(entry->canonical, "kabupaten") ||
				same_name(entry->canonical, "provinsi") ||
				(same_name(entry->canonical, "kecamatan") &&
					sender->areas[0]->level == LEVEL_DESA)))
			return sender->areas[0]->level > LEVEL_PROVINSI;
	return false;
}

/* "kec slawi": no talk, but a place. */
static bool leads_level(const struct intent_call *call, const char *name)
{
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strcspn(name, " "));

	for (; entry; entry = entry->next)
		if ((entry->class_id >= 0 && same_name(entry->class_name, "tingkat")) ||
			(entry->class_id >= 0 && same_name(entry->class_name, "puskesmas")))
			return strchr(name, ' ') != NULL;
	return false;
}

bool question_place(struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;

	out->query.area_told = *name != '\0';
	if (!*name || is_own_level(call, name)) {
		if (!own_posyandu(question, out))
			default_area(question, out);
		return question->head != HEAD_NONE || question->period_told || question->by ||
			question->compared || (question->office && question->nindicator > 0);
	}
	if (is_above_own(call, name)) {
		intent_problem(out, "", PROBLEM_SCOPE, name);
		return true;
	}
	if (joined_by_word(question->words) && several_places(question, out))
		return true;
	out->query.area = question_desa_inside(call, name);
	if (!out->query.area && !joined_by_word(question->words))
		out->query.area = question_settled_by(question);
	if (!out->query.area)
		out->query.area = place_named(question, name, out);
	if (out->query.area)
		return true;
	if (out->problems[out->nproblem - 1].code != PROBLEM_PLACE || several_places(question, out))
		return true;
	if (leads_level(call, name))
		return levelled_places(question, out) || plain_enough(question) ||
			(question->office && question->head == HEAD_ASKS &&
				question->nindicator > 0); /* "apakah pkm x sudah lapor" */
	return bare_places(question, out);
}

void question_area_told(struct question *question, struct reading *out)
{
	const char *names[1 + QUERY_PLACES], *unknown;
	size_t count = question_bare_places(question, names, &unknown);

	if (count == 1)
		out->query.area = place_named(question, names[0], out);
	out->nproblem = 0;
}
