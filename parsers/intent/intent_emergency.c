/* Emergencies: somebody bleeds or convulses, or an ambulance is called for, here and now. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_words.h"
#include "parsers/text/error.h"

#define PRESSURE_UPPER 160 /* of a blood pressure that kills */
#define PRESSURE_LOWER 100
#define PRESSURE_MOST  280

enum sign {
	SIGN_DANGER = 1, /* pendarahan, kejang */
	SIGN_HELP = 2, /* tolong, butuh, segera */
	SIGN_TRANSPORT = 4, /* ambulan, gawat darurat */
	SIGN_PERSON = 8, /* ibu hamil, bayi, ny …; or bu before a name */
	SIGN_LABOUR = 16, /* mau lahiran */
	SIGN_OVER = 32, /* sudah sembuh */
	SIGN_ASKS = 64, /* apa, gimana */
	SIGN_PAST = 128, /* kemarin */
	SIGN_DYING = 256, /* hampir mati */
	SIGN_WATERS = 512, /* ketubannya ... */
	SIGN_BROKEN = 1024, /* ... sudah pecah */
};

static const struct {
	const char *name;
	unsigned sign;
} sign_names[] = {
	{"bahaya", SIGN_DANGER},
	{"tolong", SIGN_HELP},
	{"ambulan", SIGN_TRANSPORT},
	{"orang", SIGN_PERSON},
	{"lahiran", SIGN_LABOUR},
	{"reda", SIGN_OVER},
	{"tanya", SIGN_ASKS},
	{"lewat", SIGN_PAST},
	{"sekarat", SIGN_DYING},
	{"ketuban", SIGN_WATERS},
	{"pecah", SIGN_BROKEN},
	{"bersalin_sulit", SIGN_DANGER | SIGN_PERSON}, /* a woman's, whoever she is */
};

static unsigned sign_of(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(sign_names); i++)
		if (strcmp(sign_names[i].name, name) == 0)
			return sign_names[i].sign;
	return 0;
}

/* "tensi 180/110" */
static bool high_pressure(const struct words *words, size_t i)
{
	long upper = word_number(words, i), lower = word_number(words, i + 1);

	return upper >= PRESSURE_UPPER && upper <= PRESSURE_MOST && lower >= PRESSURE_LOWER &&
		lower < upper && words->call->text[word_raw_end(words, i)] == '/';
}

/* "ada", between a denial and what is denied. */
static bool there(const struct words *words, size_t i)
{
	return i < words->count && (word_is(words, i, "ada") || word_is(words, i, "ono") ||
		word_is(words, i, "aya"));
}

/* "tidak kejang", "tidak ada perdarahan". */
static bool denied_before(const struct words *words, size_t i)
{
	size_t length;

	return (i > 0 && words_phrase(words, "ingkar", i - 1, &length)) ||
		(i > 1 && there(words, i - 1) && words_phrase(words, "ingkar", i - 2, &length));
}

/* "perdarahan tidak ada", "kejang (-)", "perdarahan: tidak": and nothing more in the clause; not
 * "pendarahan tidak ada yg nolong". */
static bool denied_behind(const struct words *words, size_t end)
{
	const char *text = words->call->text, *sign = text + word_raw_end(words, end - 1);
	size_t length, next = end;

	sign += strspn(sign, " :=(");
	if (*sign == '-' && (!sign[1] || strchr(" ),;#\n.", sign[1])))
		return true;
	if (end >= words->count || !words_phrase(words, "ingkar", end, &length))
		return false;
	next = end + 1 + there(words, end + 1);
	sign = text + word_raw_end(words, next - 1);
	return next == words->count || strchr(",;#\n.", *sign);
}

/* What a sign is worth where it stands: "tidak kejang" is none, nor is "hampir mati" with nobody in
 * front of it: of thirst, perhaps. */
static unsigned sign_at(const struct words *words, size_t i, size_t length, const char *name,
	unsigned signs)
{
	unsigned sign = name ? sign_of(name) : 0;

	if ((sign & SIGN_DANGER &&
		(denied_before(words, i) || denied_behind(words, i + length))) ||
		(sign == SIGN_DYING && !(signs & SIGN_PERSON)))
		return 0;
	return high_pressure(words, i) ? SIGN_DANGER : sign;
}

static unsigned read_signs(const struct words *words)
{
	unsigned signs = 0;

	for (size_t i = 0; i < words->count;) {
		size_t length = 1;
		const char *name = words_phrase_near(words, "darurat", i, &length);
		size_t title;

		signs |= sign_at(words, i, length, name, signs);
		if (!name && words_phrase(words, "gelar", i, &title) && i + title < words->count &&
			words->list[i + title].kind == WORD_LETTERS)
			signs |= SIGN_PERSON;
		i += name ? length : 1;
	}
	if (signs & SIGN_WATERS && signs & SIGN_BROKEN)
		signs |= SIGN_DANGER;
	return signs;
}

static bool urgent(unsigned signs)
{
	bool called = signs & (SIGN_HELP | SIGN_TRANSPORT);

	if (signs & SIGN_DYING && signs & SIGN_PERSON && !(signs & (SIGN_OVER | SIGN_ASKS)))
		return true;
	if (signs & (SIGN_OVER | SIGN_ASKS | SIGN_PAST) &&
		!(signs & SIGN_TRANSPORT && signs & SIGN_HELP))
		return false;
	if (signs & SIGN_DANGER)
		return called || signs & SIGN_PERSON;
	if (signs & SIGN_TRANSPORT)
		return signs & (SIGN_HELP | SIGN_PERSON | SIGN_LABOUR);
	return signs & SIGN_HELP && signs & SIGN_LABOUR;
}

static int find_in(const struct intent_call *call, const char *name, const struct area *within,
	bool exact, struct area_matches *found)
{
	return exact ? gazetteer_find_area_exact(
			       call->context->places, name, within, LEVEL_ANY, found)
		     : gazetteer_find_area(call->context->places, name, within, LEVEL_ANY, found);
}

/* Of several of one name the only one whose kecamatan or kabupaten is named behind it. */
static const struct area *settled(
	const struct words *words, size_t next, const struct area_matches *matches)
{
	const struct area *only = NULL;

	for (size_t i = 0; i < matches->count; i++) {
		const struct area *around = matches->list[i]->parent;
		struct area_matches found;
		bool named = false;

		for (; around && !named && around->level > LEVEL_PROVINSI; around = around->parent)
			for (size_t n = 1; n <= 2 && next + n <= words->count && !named; n++)
				named = find_in(words->call, words_raw(words, next, next + n),
						around, true, &found) == OK &&
					found.list[0] == around;
		if (named && only)
			return NULL;
		if (named)
			only = matches->list[i];
	}
	return only;
}

/* The place near the sender, else the only one of that name. */
static const struct area *find_near(
	const struct words *words, size_t first, size_t count, bool exact)
{
	const struct sender *sender = words->call->context->sender;
	const char *name = words_raw(words, first, first + count);
	struct area_matches found;

	for (size_t i = 0; i < sender->narea; i++) {
		const struct area *around = sender->areas[i];

		if (around && find_in(words->call, name, around, exact, &found) == OK)
			return found.list[0];
	}
	for (size_t i = 0; i < sender->narea; i++) {
		const struct area *around = sender->areas[i] ? sender->areas[i]->parent : NULL;

		for (; around && around->level >= LEVEL_KABUPATEN; around = around->parent)
			if (find_in(words->call, name, around, exact, &found) == OK)
				return found.list[0];
	}
	switch (find_in(words->call, name, NULL, exact, &found)) {
	case OK:
		return found.list[0];
	case ERR_AMBIGUOUS:
		return settled(words, first + count, &found);
	default:
		return NULL;
	}
}

/* How a place may stand at a word: behind a level word (ds nglebeng, kec panggul) or as a code by
 * name; behind "di" or of the sender's own areas only as it is written. *from: its first word. */
static bool place_may_stand(const struct words *words, size_t i, size_t *from, bool *exact)
{
	size_t length;

	*from = i;
	*exact = true;
	if (words->list[i].kind == WORD_CODE)
		return true;
	if (words_phrase(words, "tingkat", i, &length)) {
		*exact = false;
		return true;
	}
	if (words_phrase(words, "di", i, &length)) {
		*from = i + length;
		return *from < words->count;
	}
	return false;
}

/* A desa of the sender's own, named anywhere but behind a title: "perdarahan ngrencak". */
static const struct area *own_place(const struct words *words, size_t i)
{
	const struct sender *sender = words->call->context->sender;
	struct area_matches found;
	size_t length;

	if (words->list[i].kind != WORD_LETTERS ||
		(i > 0 && words_phrase(words, "gelar", i - 1, &length)))
		return NULL;
	for (size_t n = 3; n > 0; n--)
		for (size_t k = 0; i + n <= words->count && k < sender->narea; k++)
			if (sender->areas[k] &&
				find_in(words->call, words_raw(words, i, i + n), sender->areas[k],
					true, &found) == OK &&
				found.list[0]->level == LEVEL_DESA)
				return found.list[0];
	return NULL;
}

/* Two words or one behind a level word, up to three behind "di"; else a code. The smallest of
 * them, inside `within`. */
static const struct area *read_within(struct words *words, const struct area *within)
{
	const struct area *best = NULL;

	for (size_t i = 0; i < words->count; i++) {
		const struct area *area = NULL;
		struct area_matches found;
		size_t from, most = words->list[i].kind == WORD_CODE ? 1 : 3;
		bool exact;

		if (!place_may_stand(words, i, &from, &exact)) {
			area = within ? NULL : own_place(words, i);
			if (area && (!best || area->level > best->level))
				best = area;
			continue;
		}
		for (size_t n = most; !area && n > (exact ? 0u : 1u); n--) {
			if (from + n > words->count)
				continue;
			if (!within)
				area = find_near(words, from, n, exact);
			else if (find_in(words->call, words_raw(words, from, from + n), within,
					 exact, &found) == OK)
				area = found.list[0];
			if (area)
				words_use(words, i, from + n - i);
		}
		if (area && (!best || area->level > best->level))
			best = area;
	}
	return best;
}

/* "ibunya pendarahan wonocoyo": of who has no areas on file, the last words, when they are the
 * exact name of one desa only, and nobody's. */
static const struct area *place_at_end(const struct words *words)
{
	struct area_matches found;
	size_t length;

	for (size_t n = 3; n > 0 && words->call->context->sender->narea == 0; n--) {
		size_t first = words->count - n;

		if (n >= words->count || words_phrase(words, "gelar", first - 1, &length) ||
			words->list[first].kind != WORD_LETTERS)
			continue;
		if (find_in(words->call, words_raw(words, first, words->count), NULL, true,
			    &found) == OK && found.list[0]->level == LEVEL_DESA)
			return found.list[0];
	}
	return NULL;
}

/* A desa whose name occurs elsewhere too is settled by the kecamatan named beside it. */
static const struct area *read_place(struct words *words)
{
	const struct area *around = read_within(words, NULL);

	while (around && around->level < LEVEL_DESA) {
		const struct area *inside = read_within(words, around);

		if (!inside || inside->level <= around->level)
			break;
		around = inside;
	}
	return around ? around : place_at_end(words);
}

/* Nothing but a cry: TOLONG, SOS, "darurat bu", "tolong di ds nglebeng"; "nilai": of a word that a
 * question may have asked for: 119, perdarahan. NULL: none. */
static const char *only_cries(struct words *words)
{
	const char *cry = NULL;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *kind = words_phrase(words, "seruan", i, &length);

		if (kind)
			cry = strcmp(kind, "nilai") == 0 && !cry ? kind : "seruan";
	}
	words_use_class(words, "seruan");
	words_use_class(words, "sela_seruan");
	return words_unused(words) == 0 ? cry : NULL;
}

static bool holds_cry(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "seruan", i, &length))
			return true;
	}
	return false;
}

bool intent_emergency(struct words *words, struct reading *out)
{
	struct words own = *words; /* what belongs to a place is marked in it */
	bool told = urgent(read_signs(words));
	const struct area *place;
	const char *cry;

	if (!told && !holds_cry(words))
		return false; /* before any place is looked up, which is dear */
	place = read_place(&own);
	cry = told ? NULL : only_cries(&own);
	if (!told && !cry)
		return false;
	out->intent = INTENT_EMERGENCY;
	out->command = cry;
	out->place = place;
	return true;
}

static bool calls_urgently(unsigned signs)
{
	if (signs & (SIGN_OVER | SIGN_ASKS))
		return false;
	return (signs & SIGN_DANGER && signs & (SIGN_HELP | SIGN_TRANSPORT)) ||
		(signs & SIGN_TRANSPORT && signs & SIGN_HELP);
}

#define SIGNS_ALARMING (SIGN_DANGER | SIGN_TRANSPORT | SIGN_LABOUR | SIGN_WATERS | SIGN_DYING)

/* Of a text that is too long to be cut as one, each line. */
enum urgency intent_urgency(const struct intent_call *call, const char **cry)
{
	struct intent_call line = *call;
	struct words words;
	unsigned signs, all;

	*cry = NULL;
	words_cut(call, &words);
	all = signs = read_signs(&words);
	for (const char *at = call->text; words.cut && !calls_urgently(signs) && *at;
		at += *at == '\n') {
		struct words own;
		size_t length = strcspn(at, "\n");

		line.text = arena_strndup(call->arena, at, length);
		words_cut(&line, &own);
		signs = read_signs(&own);
		all |= signs;
		*cry = calls_urgently(signs) ? line.text : NULL;
		at += length;
	}
	if (calls_urgently(signs))
		return URGENCY_CRIES;
	return all & SIGNS_ALARMING ? URGENCY_ALARMING : URGENCY_NONE;
}

const struct area *intent_place_told(const struct intent_call *call)
{
	struct words words;

	words_cut(call, &words);
	return read_place(&words);
}

bool intent_cries(const struct intent_call *call, bool about_somebody)
{
	struct words words;

	words_cut(call, &words);
	return urgent(read_signs(&words) | (about_somebody ? SIGN_PERSON : 0));
}
