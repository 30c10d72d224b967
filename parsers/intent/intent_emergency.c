/* Emergencies: somebody bleeds or convulses, or an ambulance is called for, here and now. */
#include <string.h>

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

/* What a sign is worth where it stands: "tidak kejang" is none, nor is "hampir mati" with nobody in
 * front of it: of thirst, perhaps. */
static unsigned sign_at(const struct words *words, size_t i, const char *name, unsigned signs)
{
	unsigned sign = name ? sign_of(name) : 0;
	size_t length;

	if ((sign & SIGN_DANGER && i > 0 && words_phrase(words, "ingkar", i - 1, &length)) ||
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

		signs |= sign_at(words, i, name, signs);
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

static const struct area *find_in(
	const struct intent_call *call, const char *name, const struct area *within)
{
	struct area_matches found;

	return gazetteer_find_area(call->context->places, name, within, LEVEL_ANY, &found) == OK
		? found.list[0]
		: NULL;
}

/* The place near the sender, else the only one of that name. */
static const struct area *find_near(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const struct area *found = NULL;

	for (size_t i = 0; i < sender->narea && !found; i++) {
		const struct area *around = sender->areas[i];

		found = find_in(call, name, around);
		for (; around && !found && around->level > LEVEL_KABUPATEN; around = around->parent)
			found = find_in(call, name, around->parent);
	}
	return found ? found : find_in(call, name, NULL);
}

/* After a level word (ds nglebeng, kec panggul) two words or one; else a code. The smallest of
 * them, inside `within`. */
static const struct area *read_within(const struct words *words, const struct area *within)
{
	const struct area *best = NULL;

	for (size_t i = 0; i < words->count; i++) {
		const struct area *area = NULL;
		size_t length;
		bool marked = words_phrase(words, "tingkat", i, &length);

		if (!marked && words->list[i].kind != WORD_CODE)
			continue;
		for (size_t n = marked ? 3 : 1; !area && n > (marked ? 1u : 0u); n--) {
			if (i + n > words->count)
				continue;
			area = within ? find_in(words->call, words_raw(words, i, i + n), within)
				: find_near(words->call, words_raw(words, i, i + n));
		}
		if (area && (!best || area->level > best->level))
			best = area;
	}
	return best;
}

/* A desa whose name occurs elsewhere too is settled by the kecamatan named beside it. */
static const struct area *read_place(const struct words *words)
{
	const struct area *around = read_within(words, NULL);

	while (around && around->level < LEVEL_DESA) {
		const struct area *inside = read_within(words, around);

		if (!inside || inside->level <= around->level)
			break;
		around = inside;
	}
	return around;
}

bool intent_emergency(struct words *words, struct reading *out)
{
	if (!urgent(read_signs(words)))
		return false;
	out->intent = INTENT_EMERGENCY;
	out->place = read_place(words);
	return true;
}
