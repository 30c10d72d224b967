/* Where help is needed: the place that a cry or a death names. */
#include "parsers/cry/place.h"

#include "parsers/intent/intent.h"
#include "parsers/text/error.h"

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

/* The words [first, end) are the exact name of one desa only, and nobody's. */
static const struct area *desa_named(const struct words *words, size_t first, size_t end)
{
	struct area_matches found;
	size_t length;

	if ((first > 0 && words_phrase(words, "gelar", first - 1, &length)) ||
		words->list[first].kind != WORD_LETTERS ||
		find_in(words->call, words_raw(words, first, end), NULL, true, &found) != OK)
		return NULL;
	return found.list[0]->level == LEVEL_DESA ? found.list[0] : NULL;
}

/* "ibunya pendarahan wonocoyo", "wonocoyo tolong ibu pendarahan": of who has no areas on file, the
 * last or the first words. */
static const struct area *place_at_end(const struct words *words)
{
	const struct area *area = NULL;

	for (size_t n = 3; !area && n > 0 && words->call->context->sender->narea == 0; n--) {
		if (n >= words->count)
			continue;
		area = desa_named(words, words->count - n, words->count);
		if (!area)
			area = desa_named(words, 0, n);
	}
	return area;
}

/* A desa whose name occurs elsewhere too is settled by the kecamatan named beside it. */
const struct area *emergency_place(struct words *words)
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

const struct area *intent_place_told(const struct intent_call *call)
{
	struct words words;

	words_cut(call, &words);
	return emergency_place(&words);
}
