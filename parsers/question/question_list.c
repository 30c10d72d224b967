/* Lists by places: "per desa", "kecamatan mana", from which end, of which level. */
#include <string.h>

#include "parsers/intent/period_words.h"
#include "parsers/question/question_told.h"
#include "parsers/text/error.h"

#define HOW_MANY_DIGITS 2

/* "semua kabupaten" of a kabupaten is no list. */
static bool own_level(const struct words *words, const char *level)
{
	const struct sender *sender = words->call->context->sender;

	return same_name(level, "kabupaten") && sender->narea > 0 &&
		sender->areas[0]->level != LEVEL_PROVINSI;
}

/* "per triwulan 1", "per bulan juli", "per tahun 2024": as of that one. */
static bool names_time(const struct words *words, const char *unit, size_t i)
{
	size_t length;
	bool until = false;

	if (words_phrase(words, "bulan", i, &length))
		return !(period_until_at(words, i + length, &until), until);
	return words_phrase(words, "romawi", i, &length) ||
		(i < words->count && words->list[i].kind == WORD_DIGITS &&
			(words->list[i].length < 4 || same_name(unit, "tahun")));
}

/* "per desa", "tiap puskesmas" */
static void read_level(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, level_length, again;
		const char *level;

		if (words->list[i].used || !words_phrase(words, "tiap", i, &length))
			continue;
		while (words_phrase(words, "tiap", i + length, &again))
			length += again; /* "dirinci per desa" */
		level = i + length < words->count
			? words_phrase(words, "tingkat_daftar", i + length, &level_length)
			: NULL;
		if (!level && i + length < words->count)
			level = words_phrase(words, "unit_daftar", i + length, &level_length);
		if (!level && i + length < words->count)
			level = words_phrase(words, "waktu_daftar", i + length, &level_length);
		if (!level || (period_is_unit(level) &&
				      names_time(words, level, i + length + level_length)))
			continue;
		if (!own_level(words, level))
			question->by = level;
		words_use(words, i, length + level_length);
	}
}

/* Is a level that ends here without a name behind it: "rangking kecamatan juli"? */
bool question_bare_level(const struct words *words, size_t end)
{
	static const char *const others[] = {"periode", "bulan", "satuan_periode", "bagian_tahun",
		"tanya", "pengisi_tanya", "indikator", "dan_juga", "urutan_daftar", "berdasar",
		"hadir_siapa"};
	size_t length;

	if (end >= words->count || words->list[end].used ||
		words->list[end].kind != WORD_LETTERS)
		return true;
	for (size_t k = 0; k < COUNT_OF(others); k++)
		if (words_phrase(words, others[k], end, &length))
			return true;
	return words_phrase(words, "tingkat", end, &length) && end + length < words->count &&
		words->list[end + length].kind == WORD_LETTERS &&
		!words->list[end + length].used; /* "desa kec kampak yg d/s < 80" */
}

/* "di kecamatan mana saja" asks for a list; "desa belum lapor", "desa mana yang belum lapor" says
 * what is counted. */
static void read_unit_before(struct question *question, size_t gaps)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, asked, name, behind;
		const char *indicator;
		bool which;
		const char *level = words->list[i].used
			? NULL
			: words_phrase(words, "tingkat_daftar", i, &length);

		if (!level || i + length >= words->count)
			continue;
		behind = i + length;
		while (!words_phrase(words, "indikator", behind, &name) &&
			words_phrase(words, "penghubung", behind, &asked))
			behind += asked;
		indicator = words_phrase(words, "indikator", behind, &name);
		which = words_phrase(words, "yang_mana", i + length, &name) != NULL;
		if (which && (!gaps || words_have(words, "urutan_daftar")))
			question->by = level;
		else if (which && !question->unit)
			question->unit = level; /* "desa mana yang belum lapor" */
		else if (!which && !words_phrase(words, "di_dalam", i + length, &name) &&
			!(indicator && (same_name(indicator, "belum_lapor") ||
					       behind > i + length)))
			continue;
		if (!which && !gaps && words_have(words, "tak_ada") &&
			words_phrase(words, "di_dalam", i + length, &name))
			continue; /* "desa di kec panggul tanpa kelahiran" */
		if (!which && !gaps && words_have(words, "urutan_daftar"))
			continue; /* "desa yg bblr nya paling banyak": of that level is the list */
		if (indicator && !which && !gaps && same_name(indicator, "ilp"))
			question->by = level; /* "desa yg sudah ilp" */
		else if (!which && !gaps && question->limit > 0)
			question->by = level; /* "desa yg d/s nya < 80%" */
		words_use(words, i, length);
	}
}

/* "bulan apa kelahiran paling banyak": of each month, the first word of the question. */
static void read_time_asked(struct question *question)
{
	struct words *words = question->words;
	size_t length, asked;

	for (size_t i = 0; i < words->count && !question->by; i++) {
		const char *unit = words->list[i].used
			? NULL : words_phrase(words, "waktu_daftar", i, &length);

		if (!unit || (!words_phrase(words, "yang_mana", i + length, &asked) &&
				     !words_phrase(words, "apa_kata", i + length, &asked)) ||
			!words_have(words, "urutan_daftar"))
			continue;
		question->by = unit;
		words_use(words, i, length + asked);
	}
}

/* "tw 2 kecamatan apa": the number is that of a time. */
static bool counts_time(const struct words *words, size_t i)
{
	static const char *const times[] = {
		"bagian_tahun", "satuan_periode", "minggu_ke", "bulan"};
	size_t length;

	for (size_t k = 0; i > 0 && k < COUNT_OF(times); k++)
		if (words_phrase(words, times[k], i - 1, &length))
			return true;
	return word_number(words, i) > 99;
}

/* "3 terendah", "lima kecamatan tertinggi": how many of the list, in front of word i. */
static void use_how_many(struct words *words, size_t i)
{
	size_t length;

	if (i > 0 && !words->list[i - 1].used && !counts_time(words, i - 1) &&
		(word_number(words, i - 1) > 0 ||
			words_phrase(words, "urutan_angka", i - 1, &length)))
		words_use(words, i - 1, 1);
}

/* "terbaik 3 kecamatan", "d/s tertinggi 3": behind the end of the list, which ends at word i. */
static void use_how_many_behind(struct words *words, size_t i)
{
	size_t length;

	if (word_number(words, i) > 0 && words->list[i].length <= HOW_MANY_DIGITS &&
		!words->list[i].used && !word_glued(words, i + 1) &&
		!words_phrase(words, "bulan", i + 1, &length) &&
		!words_phrase(words, "satuan_umur", i + 1, &length))
		words_use(words, i, 1);
}

/* Which end of a list is meant; "ranking desa dari yg terendah" says it once. */
static void read_end(struct question *question, const char **order, const char *told)
{
	if (same_name(told, "urut")) {
		question->ordered = true;
		return;
	}
	question->ends = question->ends || (*order && !same_name(*order, told));
	*order = *order ? *order : told;
}

/* "kec mana yg paling rendah", "rangking kecamatan": a list from that end, of the level that is
 * told anywhere. */
static void read_order(struct question *question)
{
	struct words *words = question->words;
	const char *order = NULL;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *told = words->list[i].used
			? NULL : words_phrase(words, "urutan_daftar", i, &length);

		if (!told || (question->strange && i + length + 1 == question->strange))
			continue; /* "paling sedikit 28 minggu": a limit */
		read_end(question, &order, told);
		words_use(words, i, length);
		use_how_many(words, i);
		use_how_many_behind(words, i + length);
	}
	question->ordered = question->ordered || order != NULL;
	if (!question->ordered && question->limit == 0)
		return;
	question->lowest = question->ends ? false
		: order ? same_name(order, "rendah")
			: question->lowest && !question->ordered;
	for (size_t i = 0; i < words->count && !question->by; i++) {
		const char *level = words->list[i].used
			? NULL
			: words_phrase(words, "tingkat_daftar", i, &length);

		if (!level && !words->list[i].used)
			level = words_phrase(words, "unit_daftar", i, &length);
		if (!level || !question_bare_level(words, i + length))
			continue;
		question->by = level;
		use_how_many(words, i);
		words_use(words, i, length);
	}
}

/* "kecamatan ya, bukan desa": what is no level of the list says nothing more. */
static void use_other_level(const struct question *question)
{
	struct words *words = question->words;
	size_t length, more;

	for (size_t i = 0; question->by && i < words->count; i++) {
		const char *other = words->list[i].used ||
				!words_phrase(words, "penyangkal", i, &length)
			? NULL : words_phrase(words, "tingkat_daftar", i + length, &more);

		if (other && !same_name(other, question->by) &&
			question_bare_level(words, i + length + more))
			words_use(words, i, length + more);
	}
}

/* "rata2 lahir sebulan": month by month. */
static void read_average(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "rata_rata", i, &length) &&
			words_phrase(words, "tak_dihitung", i, &length))
			return; /* "rata2 umur ibu" */
	if (!question->office || !words_use_any(words, "rata_rata"))
		return;
	words_use_class(words, "sebulan");
	if (!question->by)
		question->by = "bulan";
}

/* The level of places at word i; NULL. */
static const char *level_at(const struct words *words, size_t i, size_t *length)
{
	const char *level = words_phrase(words, "tingkat_daftar", i, length);

	return level ? level : words_phrase(words, "unit_daftar", i, length);
}

/* "posyandu-posyandu di bodag": several of them. Their first word says nothing more. */
static size_t read_several(struct words *words)
{
	size_t length;

	for (size_t i = 0; i + 1 < words->count; i++) {
		if (words->list[i].used || !level_at(words, i, &length) || length != 1 ||
			!word_is(words, i, words_text(words, i + 1, i + 2)))
			continue;
		words_use(words, i, 1);
		return i + 1;
	}
	return 0;
}

/* "posyandu di bodag, d/s nya masing2": each of the level that is named without a name. */
static void read_each(struct question *question)
{
	struct words *words = question->words;
	size_t length, each, level_length;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used || !words_phrase(words, "satu_satu", i, &each))
			continue;
		for (size_t k = 0; k < i && !question->by; k++) {
			const char *level = words->list[k].used
				? NULL : level_at(words, k, &level_length);
			bool named = level && !question_bare_level(words, k + level_length) &&
				!words_phrase(words, "di_dalam", k + level_length, &length);

			if (!level || named)
				continue;
			question->by = level;
			words_use(words, k, level_length);
		}
		if (question->by)
			words_use(words, i, each);
	}
}

void question_list(struct question *question, size_t gaps)
{
	struct words *words = question->words;
	size_t several = read_several(words), length;

	read_level(question);
	read_average(question);
	read_time_asked(question);
	read_unit_before(question, gaps);
	read_order(question);
	use_other_level(question);
	if (!gaps && !question->by)
		read_each(question);
	if (several && !gaps && !question->by &&
		question_bare_level(words, several + 1)) {
		question->by = level_at(words, several, &length);
		words_use(words, several, 1);
	}
}

/* Of a list that nobody gave a level: the next one below the sender's own. */
void question_list_below(struct question *question)
{
	const struct sender *sender = question->words->call->context->sender;
	enum area_level level = sender->narea == 0 || sender->puskesmas
		? LEVEL_KECAMATAN : sender->areas[0]->level;

	if ((question->limit == 0 && !question->ends && !question->ordered) || question->by)
		return;
	question->guessed = true;
	question->by = level == LEVEL_PROVINSI ? "kabupaten"
		: level == LEVEL_KABUPATEN     ? "kecamatan"
		: level == LEVEL_DESA          ? "posyandu"
					       : "desa";
}

/* "jumlah posyandu kec panggul": how many there are, where no time is told. */
void question_count_places(struct question *question)
{
	if (!question->places || question->period_told || question->by)
		return;
	question->indicators[0] = "jumlah_wilayah";
	question->nindicator = 1;
	question->unit = NULL;
}

static const char *level_word(const struct lexicon *lexicon, const char *name, size_t length)
{
	const struct lexicon_entry *entry = lexicon_find(lexicon, name, length);

	for (; entry; entry = entry->next)
		if (entry->class_id >= 0 && same_name(entry->class_name, "tingkat_daftar"))
			return entry->canonical;
	return "";
}

/* "puskesmas dan desa" */
static bool both_told(struct reading *out)
{
	if (!out->query.by || !same_name(out->query.by, "puskesmas"))
		return false;
	out->query.by = "desa_puskesmas";
	return true;
}

char *question_by_puskesmas(const struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	const struct puskesmas *named;
	size_t length;
	const char *level;

	if (!question->nindicator || !same_name(question->indicators[0], "ilp"))
		return name;
	while (*name) {
		length = strcspn(name, " ");
		level = level_word(call->lexicon, name, length);
		if (same_name(level, "desa") && !name[length])
			return both_told(out) ? name + length : name;
		if (same_name(level, "desa") &&
			same_name(level_word(call->lexicon, name + length + 1,
				       strcspn(name + length + 1, " ")),
				"puskesmas")) {
			out->query.by = "desa_puskesmas";
			name += length + 1;
			name += strcspn(name, " ") + (name[strcspn(name, " ")] == ' ');
			return name;
		}
		if (!same_name(level, "puskesmas") ||
			(name[length] &&
				gazetteer_find_puskesmas(call->context->places, name, NULL,
					&named) != ERR_NOT_FOUND))
			return name;
		out->query.by = "puskesmas";
		name += length + (name[length] == ' ');
	}
	return name;
}
