/* A question of several clauses, with talk between them: "rekap panggul juli, bandingkan juni,
 * sama desa terendah D/S nya", "balita 2t di desa sy sp aja ya, mau tak kunjungi".
 *
 * The text is cut at signs, at words that join questions ("trus") and in front of what a question
 * is for. A clause without anything that is counted, a place, a time, a number or a word of asking
 * is talk. What another one does not tell (what is counted, where, when) comes from those in front
 * of it, or from the one that tells it, and it is read by itself. What nobody reads is named. */
#include <string.h>

#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent.h"
#include "parsers/question/question.h"
#include "parsers/reader_text.h"

#define CLAUSES     5  /* more are talk */
#define WORDS_MOST  40
#define NAME_WORDS  4
#define SHORT_MOST  3 /* letters of a word that ends in a full stop: Kab., Kec., jl. */
#define LEFT_MOST   4 /* words that are named, from those who report ... */
#define LEFT_OFFICE 6 /* ... and from those who count */

struct clause {
	const char *text;
	const char *counted, *place, *period; /* as written; NULL: not told */
	bool talk; /* nothing of it is asked */
	bool number; /* a number is asked for */
	bool asks; /* by a word, or as a command */
	bool explains; /* what something is: no place or time of another one belongs to it */
	bool same; /* "bandingkan juni": nothing but of which time or place the same is asked */
	const char *left; /* of talk what is more than courtesy */
	size_t nleft;
};

struct clauses {
	const struct intent_call *call;
	struct clause list[CLAUSES];
	size_t count, content;
	const char *left;
	size_t nleft;
	bool unanswered; /* one that is no talk ... */
	bool lost;       /* ... and that told what is counted: what follows may be of it */
	struct reading *answers[CLAUSES];
	const char *texts[CLAUSES];
	const struct clause *of[CLAUSES]; /* which they answer */
	size_t nanswer;
};

static bool has_class(
	const struct words *words, size_t i, const char *const *classes, size_t count)
{
	size_t length;

	for (size_t k = 0; k < count; k++)
		if (words_phrase(words, classes[k], i, &length))
			return true;
	return false;
}

static const char *join(struct arena *arena, const char *text, const char *more)
{
	return !more ? text : !text ? more : arena_printf(arena, "%s %s", text, more);
}

/* Courtesy of more than a word, "mau tak kunjungi": its words are no denial. */
static size_t courtesy_at(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "pengisi_tanya", i, &length) && length > 1 ? length : 0;
}

/* Something that a question has. */
static bool says_something(const struct words *words, size_t i)
{
	static const char *const classes[] = {"indikator", "indikator_sambung", "indikator_akhir",
		"periode", "bulan", "satuan_periode", "bagian_tahun", "tingkat", "puskesmas",
		"posyandu", "golongan", "salin_oleh", "hadir_siapa", "arti", "cara", "perintah",
		"penyangkal", "banding", "tanya", "urutan_daftar", "kode_kata", "persen_tanya"};
	size_t length;

	return words->list[i].kind != WORD_LETTERS || reader_word_asks(words, i) ||
		(has_class(words, i, classes, COUNT_OF(classes)) &&
			!(words_phrase(words, "pengisi_tanya", i, &length) && length > 1)) ||
		question_is_place(words->call, words_text(words, i, i + 1)); /* the dearest */
}

static void leave(struct clause *clause, struct words *words)
{
	static const char *const around[] = {"pengisi_tanya", "pengisi", "sapaan", "sambung_awal"};

	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(words, around[k]);
	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		clause->left = join(words->call->arena, clause->left, words_text(words, i, i + 1));
		clause->nleft++;
	}
}

/* The words that tell when, as written; they are marked. */
static const char *period_of(struct words *words)
{
	struct words before = *words;
	struct period period;
	const char *text = NULL;

	if (!intent_period(words, words->call->context->now.date, &period))
		return NULL;
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].used && !before.list[i].used)
			text = join(words->call->arena, text, words_raw(words, i, i + 1));
	return text;
}

/* The first place, with the level in front of it; it is marked. */
static const char *place_of(struct words *words)
{
	static const char *const levels[] = {"tingkat", "puskesmas", "posyandu"};

	for (size_t i = 0; i < words->count; i++)
		for (size_t n = NAME_WORDS; n > 0; n--) {
			size_t first = i;
			bool free = i + n <= words->count;

			for (size_t k = i; free && k < i + n; k++)
				free = !words->list[k].used && words->list[k].kind == WORD_LETTERS;
			if (!free || !question_is_place(words->call, words_text(words, i, i + n)))
				continue;
			if (i > 0 && has_class(words, i - 1, levels, COUNT_OF(levels)))
				first--;
			words_use(words, first, i + n - first);
			return words_raw(words, first, i + n);
		}
	return NULL;
}

static const char *counted_of(struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used || !question_indicator_at(words, i, false, &length))
			continue;
		words_use(words, i, length);
		return words_raw(words, i, i + length);
	}
	return NULL;
}

/* closely: also what it tells, which is dear. */
static void look_at(const struct intent_call *call, struct clause *clause, bool closely)
{
	static const char *const around[] = {
		"banding", "pengisi_tanya", "sambung_awal", "dan_juga", "kalau_kata"};
	struct intent_call said = *call, full;
	struct words own, long_ones, words;
	size_t length;

	said.words = NULL;
	said.text = clause->text;
	words_cut(&said, &own);
	words = *words_in_full(&own, &full, &long_ones);
	clause->talk = !words_tell_death(&words);
	for (size_t i = 0; clause->talk && i < words.count; i++) {
		size_t courtesy = courtesy_at(&words, i);

		if (courtesy > 0)
			i += courtesy - 1;
		else
			clause->talk = !says_something(&words, i);
	}
	if (clause->talk && !words_phrase(&words, "tujuan_kata", 0, &length))
		leave(clause, &words);
	if (clause->talk)
		return;
	clause->number = words_have(&words, "berapa_kata") || words_have(&words, "tanya_angka");
	clause->explains = words_have(&words, "arti") || words_have(&words, "arti_kuat") ||
		words_have(&words, "cara") || words_have(&words, "kode_kata");
	for (size_t i = 0; i < words.count; i++)
		clause->asks |= reader_word_asks(&words, i) ||
			words_phrase(&words, "perintah", i, &length);
	if (!closely) {
		clause->counted = counted_of(&words);
		return;
	}
	clause->period = period_of(&words);
	clause->counted = counted_of(&words);
	clause->place = place_of(&words);
	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(&words, around[k]);
	clause->same = !clause->counted && words_unused(&words) == 0;
}

/* "mau dipindah ke buku": up to the next sign nothing of it is asked. */
static bool tells_purpose(const struct words *words, size_t i)
{
	size_t length;

	if (!words_phrase(words, "tujuan_kata", i, &length))
		return false;
	for (size_t at = i + length; at < words->count; at++) {
		if (words_clause_begins(words, at))
			break;
		if (says_something(words, at))
			return false;
	}
	return true;
}

/* Does a clause begin at word i? Not at "s.d", "3,5", "juni,juli", "kab. trenggalek". */
static bool begins(const struct words *words, size_t i)
{
	const char *text = words->call->text;
	size_t length, from = word_raw_end(words, i - 1), to = words->list[i].raw;

	if (words_phrase(words, "sambung_tanya", i, &length) || tells_purpose(words, i))
		return true;
	return words_clause_begins(words, i) &&
		(memchr(text + from, ' ', to - from) || memchr(text + from, '\n', to - from)) &&
		(text[from] != '.' || words->list[i - 1].length > SHORT_MOST);
}

/* false: one clause, or too many. */
static bool cut(struct clauses *clauses)
{
	const struct intent_call *call = clauses->call;
	struct words own, words = *words_of(call, &own);
	size_t first = 0, joined;

	if (words.cut || words.count > WORDS_MOST || words_have(&words, "ralatan"))
		return false;
	for (size_t i = 1; i <= words.count; i++) {
		size_t end;

		if (i < words.count && !begins(&words, i))
			continue;
		if (clauses->count == CLAUSES)
			return false;
		end = i < words.count ? words.list[i].raw : strlen(call->text);
		if (words_phrase(&words, "sambung_awal", first, &joined) && first + joined < i)
			first += joined;
		clauses->list[clauses->count++].text = arena_strndup(call->arena,
			call->text + words.list[first].raw, end - words.list[first].raw);
		first = i;
	}
	return clauses->count > 1;
}

/* The clause with what is counted. */
static const char *clause_named(
	const struct clause *clause, const struct clause *told, struct arena *arena)
{
	const char *text = clause->text;
	size_t length = strlen(text);

	while (length > 0 && strchr(" ,.;!?\n", text[length - 1]))
		length--;
	text = arena_strndup(arena, text, length);
	return clause->counted || !told->counted ? text : join(arena, told->counted, text);
}

/* ... and where and when. */
static const char *clause_whole(
	const struct clause *clause, const struct clause *told, struct arena *arena)
{
	const char *text = clause_named(clause, told, arena);

	if (clause->same && told->counted)
		return join(arena, join(arena, told->counted,
			clause->place ? clause->place : told->place),
			clause->period ? clause->period : told->period);
	if (!clause->place)
		text = join(arena, text, told->place);
	return clause->period ? text : join(arena, text, told->period);
}

/* What is explained has neither a place nor a time. The text that was read. */
static const char *read_clause(const struct intent_call *call, const struct clause *clause,
	const struct clause *told, struct reading *out)
{
	const char *text = clause_named(clause, told, call->arena), *whole;

	if (!clause->same) {
		reader_read_one(call, text, out);
		if (out->intent == INTENT_HELP && (clause->explains || out->query.meant))
			return text; /* a form's bare name is what is counted here */
	}
	whole = clause_whole(clause, told, call->arena);
	if (clause->same || strcmp(whole, text) != 0)
		reader_read_one(call, whole, out);
	return whole;
}

/* alone: what place is meant may be asked back. */
static bool is_answer(const struct reading *reading, bool alone)
{
	if ((reading->nproblem > 0 &&
		    !(alone && reading->problems[0].code == PROBLEM_AMBIGUOUS)) ||
		reading->training || reading->emergency || reading->besides)
		return false;
	if (reading->intent == INTENT_QUERY)
		return reading->query.indicator && !reading->query.unknown &&
			reading->query.period;
	return reading->intent == INTENT_HELP && reading->topic && *reading->topic;
}

static bool same_text(const char *one, const char *other)
{
	return one == other || (one && other && strcmp(one, other) == 0);
}

static bool same_answer(const struct reading *one, const struct reading *other)
{
	const struct asked *a = &one->query, *b = &other->query;

	if (one->intent != other->intent || one->intent == INTENT_HELP)
		return one->intent == other->intent && same_text(one->topic, other->topic);
	return same_text(a->indicator, b->indicator) && same_text(a->area, b->area) &&
		same_text(a->period, b->period) && same_text(a->by, b->by) &&
		same_text(a->which, b->which) && same_text(a->form, b->form) &&
		same_text(a->kind, b->kind) && same_text(a->against, b->against) &&
		a->without == b->without && same_text(a->split, b->split);
}

/* Its words are named. */
static void leave_unanswered(struct clauses *clauses, const struct clause *clause)
{
	const struct intent_call *call = clauses->call;
	struct clause rest = *clause;
	struct intent_call said = *call;
	struct words words;

	said.words = NULL;
	said.text = clause->text;
	words_cut(&said, &words);
	leave(&rest, &words);
	clauses->left = join(call->arena, clauses->left, rest.left);
	clauses->nleft += rest.nleft;
	clauses->unanswered = true;
	clauses->lost = clauses->lost || clause->counted;
}

/* false: it has no answer. */
static bool answer(
	struct clauses *clauses, const struct clause *clause, const struct clause *told)
{
	const struct intent_call *call = clauses->call;
	struct reading *reading = arena_raw(call->arena, sizeof(*reading));
	const char *text = read_clause(call, clause, told, reading);

	if (!is_answer(reading, clauses->content == 1) || (clauses->lost && !clause->counted)) {
		leave_unanswered(clauses, clause);
		return false;
	}
	for (size_t i = 0; i < clauses->nanswer; i++)
		if (same_answer(clauses->answers[i], reading))
			return true;
	clauses->texts[clauses->nanswer] = text;
	clauses->of[clauses->nanswer] = clause;
	clauses->answers[clauses->nanswer++] = reading;
	return true;
}

/* What one clause alone tells holds for all: "berapa s, berapa d, juli". */
static struct clause told_once(const struct clauses *clauses)
{
	struct clause told = {0};
	size_t places = 0, periods = 0;

	for (size_t i = 0; i < clauses->count; i++) {
		const struct clause *clause = &clauses->list[i];

		places += clause->place != NULL;
		periods += clause->period != NULL;
		told.place = clause->place ? clause->place : told.place;
		told.period = clause->period ? clause->period : told.period;
	}
	told.place = places == 1 ? told.place : NULL;
	told.period = periods == 1 ? told.period : NULL;
	return told;
}

static void answer_each(struct clauses *clauses)
{
	struct clause told = told_once(clauses);

	for (size_t i = 0; i < clauses->count; i++) {
		struct clause *clause = &clauses->list[i];

		if (clause->talk) {
			clauses->left = join(clauses->call->arena, clauses->left, clause->left);
			clauses->nleft += clause->nleft;
			continue;
		}
		if (!answer(clauses, clause, &told))
			continue;
		told.counted = clause->counted ? clause->counted : told.counted;
		told.place = clause->place ? clause->place : told.place;
		told.period = clause->period ? clause->period : told.period;
	}
}

static bool is_among(const char *text, const char *first, const char *const *others, size_t count)
{
	if (same_text(text, first))
		return true;
	for (size_t i = 0; i < count; i++)
		if (same_text(text, others[i]))
			return true;
	return false;
}

/* Of a wide one, as all deaths beside those of babies, the narrower is meant; a recap is none. */
static bool is_wide(const struct intent_call *call, const char *indicator)
{
	const char *rank = lexicon_word(call->lexicon, "indikator_luas", indicator);

	return rank && strcmp(rank, "1") != 0;
}

/* What the clause tells itself is in the answer to the whole text too. */
static bool covers(const struct intent_call *call, const struct asked *whole,
	const struct clause *clause, const struct reading *answer)
{
	const struct asked *asked = &answer->query;
	bool recap = asked->indicator && strcmp(asked->indicator, "rekap") == 0;

	if (answer->intent != INTENT_QUERY)
		return false;
	if (clause->counted &&
		!is_among(asked->indicator, whole->indicator, whole->also, whole->nalso))
		return is_wide(call, asked->indicator) || /* a recap tells who has told, too */
			(whole->indicator && strcmp(whole->indicator, "rekap") == 0 &&
				strcmp(asked->indicator, "belum_lapor") == 0);
	if (clause->counted && asked->form && !same_text(asked->form, whole->form))
		return false;
	if (clause->place && !is_among(asked->area, whole->area, whole->beside, whole->nbeside))
		return false;
	return !clause->period || (whole->against && !recap) || whole->by ||
		same_text(asked->period, whole->period);
}

/* The clauses tell more than the whole text does. */
static bool tell_more(const struct clauses *clauses, const struct reading *whole)
{
	bool office = intent_is_office(clauses->call->context->sender);

	if (clauses->nanswer == 0 ||
		clauses->nleft > (office ? LEFT_OFFICE : LEFT_MOST))
		return false;
	if (!is_answer(whole, true) && !(whole->intent == INTENT_QUERY && whole->nproblem == 0))
		return !clauses->unanswered || office;
	if (whole->query.unknown && !clauses->left && !clauses->unanswered)
		return true; /* what is left over is what it is for */
	if (clauses->nanswer < 2 || clauses->unanswered)
		return false;
	if (whole->intent != INTENT_HELP && whole->query.unknown)
		return true;
	for (size_t i = 0; i < clauses->nanswer; i++)
		if (whole->intent == INTENT_HELP
				? clauses->of[i]->number && !clauses->of[i]->explains
				: !covers(clauses->call, &whole->query, clauses->of[i],
					  clauses->answers[i]))
			return true;
	return false;
}

bool reader_clauses_answer(
	const struct intent_call *call, const struct reading *whole, struct reading *out)
{
	struct clauses clauses = {.call = call};
	bool asks = false, counts = intent_is_office(call->context->sender);

	if (!cut(&clauses))
		return false;
	for (size_t i = 0; i < clauses.count; i++) {
		struct clause *clause = &clauses.list[i];

		look_at(call, clause, false);
		clauses.content += !clause->talk;
		asks |= (counts && clause->counted) || clause->number || clause->explains ||
			clause->asks;
	}
	if (!asks || clauses.content == 0 || (clauses.content == 1 && is_answer(whole, true)))
		return false;
	for (size_t i = 0; i < clauses.count; i++) {
		clauses.list[i] = (struct clause){.text = clauses.list[i].text};
		look_at(call, &clauses.list[i], true);
	}
	answer_each(&clauses);
	if (!tell_more(&clauses, whole))
		return false;
	reading_copy(out, clauses.answers[0]);
	if (out->intent == INTENT_QUERY)
		out->query.unknown = clauses.left;
	for (size_t i = 1; i < clauses.nanswer && out->query.nthen < QUERY_THEN; i++)
		out->query.then[out->query.nthen++] = clauses.texts[i];
	return true;
}
