/* Places by name: exactly, then with slips, then "desa kecamatan": see gazetteer.h.
 *
 * Names are compared by their keys (gazetteer_key.c), so spaces and roman numerals do not matter.
 */
#include <ctype.h>
#include <string.h>

#include "parsers/place/gazetteer.h"
#include "parsers/place/gazetteer_index.h"
#include "parsers/text/error.h"
#include "parsers/text/utf8.h"
#include "parsers/words/fuzzy.h"

#define WORDS_MAX		8
#define CONSONANTS_LEAST 4 /* of a name without vowels */

struct words {
	const char *start[WORDS_MAX];
	size_t length[WORDS_MAX];
	size_t count;
};

static bool separates(char c)
{
	return c != '\0' && octet_kinds[(unsigned char)c] == OCTET_SIGN && c != '\'';
}

static void split(const char *text, struct words *words)
{
	words->count = 0;
	while (*text && words->count < WORDS_MAX) {
		size_t length = 0;

		while (separates(*text))
			text++;
		while (text[length] && !separates(text[length]))
			length++;
		if (length) {
			words->start[words->count] = text;
			words->length[words->count++] = length;
		}
		text += length;
	}
}

static bool is(const struct words *words, size_t i, const char *text)
{
	return i < words->count && *text == *words->start[i] &&
		strlen(text) == words->length[i] &&
		memcmp(words->start[i], text, words->length[i]) == 0;
}

static void key_of(const struct words *words, size_t first, size_t last, struct name_room *room,
	struct name_key *key)
{
	const char *start = words->start[first];

	name_key_make(start, (size_t)(words->start[last - 1] + words->length[last - 1] - start),
		room, key);
}

/* Slips that a name of this length may have. */
static int slips_allowed(size_t length)
{
	if (length < 5)
		return 0;
	return length < 8 ? 1 : 2;
}

/* "mnjngn": all of the listed name but vowels, of which it has none itself. */
static bool is_without_vowels(const struct name_key *asked, const struct name_key *listed)
{
	return asked->length >= CONSONANTS_LEAST && !*asked->number &&
		strcspn(asked->letters + 1, "aiueo") == asked->length - 1 &&
		fuzzy_vowels_left_out(
			asked->letters, asked->length, listed->letters, listed->length) > 0;
}

/* How far a listed name is from the one asked for: -1 when it is another name. */
static int distance(const struct name_key *asked, const struct name_key *listed)
{
	/* a letter left out does not make a long name a short one: "mawr" */
	int limit =
		slips_allowed(asked->length + 1 < listed->length ? asked->length : listed->length);
	int slips;

	if (*asked->number && !same_name(asked->number, listed->number))
		return -1;
	if (is_without_vowels(asked, listed))
		return 1;
	if (fuzzy_too_far(asked->mask, listed->mask, limit))
		return -1;
	slips = fuzzy_distance(
		asked->letters, asked->length, listed->letters, listed->length, limit);
	return slips > limit ? -1 : slips;
}

/* One look-up: what to look for, where, and what was found. */
struct search {
	const struct gazetteer *g;
	const struct name_key *key;
	size_t first, last; /* items to look at */
	bool (*fits)(const struct search *search, size_t item); /* NULL: all */
	enum area_level level; /* for areas */
	int urban; /* 1, 0, or -1 for either */
	size_t found[PLACES_MAX];
	size_t count;
};

static void found(struct search *search, size_t item)
{
	if (search->count < PLACES_MAX)
		search->found[search->count++] = item;
}

static void search_exact(struct search *search, const struct name_index *index)
{
	uint64_t hash = search->key->hash, start;

	search->count = 0;
	if (index->count == 0)
		return;
	start = hash >> (64 - index->bits);
	for (size_t i = index->starts[start]; i < index->starts[start + 1]; i++) {
		size_t item = index->by_hash[i].item;

		if (index->by_hash[i].hash == hash && item >= search->first &&
			item < search->last &&
			same_name(index->keys[item].letters, search->key->letters) &&
			same_name(index->keys[item].number, search->key->number) &&
			(!search->fits || search->fits(search, item)))
			found(search, item);
	}
}

static void search_near(struct search *search, const struct name_index *index)
{
	struct name_key asked = *search->key;
	int best = FUZZY_MAX;

	search->count = 0;
	if (asked.length == 0)
		return;
	asked.mask = fuzzy_letters(asked.letters, asked.length);
	for (size_t item = search->first; item < search->last; item++) {
		int slips = distance(&asked, &index->keys[item]);

		if (slips < 0 || slips > best || (search->fits && !search->fits(search, item)))
			continue;
		if (slips < best)
			search->count = 0;
		best = slips;
		found(search, item);
	}
}

static const struct area *area_at(const struct search *search, size_t item)
{
	return &((const struct area_node *)search->g->areas.items[item])->area;
}

static bool area_fits(const struct search *search, size_t item)
{
	const struct area *area = area_at(search, item);

	if (search->level != LEVEL_ANY && area->level != search->level)
		return false;
	/* a kota is no kabupaten; but desa and kelurahan are mixed up by everybody */
	return search->urban < 0 || area->level != LEVEL_KABUPATEN ||
		area->urban == (search->urban == 1);
}

static const struct {
	const char *word;
	enum area_level level;
	int urban;
} level_words[] = {
	{"ds", LEVEL_DESA, 0},
	{"desa", LEVEL_DESA, 0},
	{"kel", LEVEL_DESA, 1},
	{"kelurahan", LEVEL_DESA, 1},
	{"kec", LEVEL_KECAMATAN, -1},
	{"kecamatan", LEVEL_KECAMATAN, -1},
	{"kab", LEVEL_KABUPATEN, 0},
	{"kabupaten", LEVEL_KABUPATEN, 0},
	{"kota", LEVEL_KABUPATEN, 1},
	{"prov", LEVEL_PROVINSI, -1},
	{"provinsi", LEVEL_PROVINSI, -1},
	{"propinsi", LEVEL_PROVINSI, -1},
};

bool gazetteer_level_word(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(level_words); i++)
		if (strcmp(word, level_words[i].word) == 0)
			return true;
	return false;
}

struct place_query {
	const struct gazetteer *g;
	const struct words *words;
	const struct area *within;
	enum area_level level;
	bool near; /* slips allowed */
	struct area_matches *out;
};

static void keep(struct area_matches *out, const struct area *area)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i] == area)
			return;
	if (out->count < PLACES_MAX)
		out->list[out->count++] = area;
}

/* Of several the larger ones. */
static void keep_largest(const struct search *search, struct area_matches *out)
{
	enum area_level largest = LEVEL_DESA;

	for (size_t i = 0; i < search->count; i++)
		if (area_at(search, search->found[i])->level < largest)
			largest = area_at(search, search->found[i])->level;
	for (size_t i = 0; i < search->count; i++)
		if (area_at(search, search->found[i])->level == largest)
			keep(out, area_at(search, search->found[i]));
}

static void match_words(const struct place_query *query, size_t first, size_t last,
	enum area_level level, int urban)
{
	struct search search = {.g = query->g, .level = level, .urban = urban, .fits = area_fits};
	struct name_room room;
	struct name_key key;

	if (first >= last || (!query->near && !name_may_begin(&query->g->area_names,
		query->words->start[first], query->words->length[first])))
		return; /* nearly always */
	key_of(query->words, first, last, &room, &key);
	search.key = &key;
	gazetteer_area_range(query->g, query->within, &search.first, &search.last);
	search_exact(&search, &query->g->area_names);
	if (search.count == 0 && query->near) {
		search_near(&search, &query->g->area_names);
		query->out->looked += search.last - search.first;
	}
	keep_largest(&search, query->out);
}

/* Words as one name, a level word in front first taken as part of the name ("Kota Padang"). */
static void match_name(const struct place_query *query, size_t first, size_t last)
{
	match_words(query, first, last, query->level, -1);
	if (query->out->count)
		return;
	for (size_t i = 0; i < COUNT_OF(level_words); i++) {
		bool allowed = query->level == LEVEL_ANY || query->level == level_words[i].level;

		if (allowed && is(query->words, first, level_words[i].word)) {
			match_words(
				query, first + 1, last, level_words[i].level, level_words[i].urban);
			return;
		}
	}
}

/* The narrower of two areas; false when neither lies in the other. */
static bool narrower(const struct area *a, const struct area *b, const struct area **out)
{
	if (!b || area_within(a, b))
		*out = a;
	else if (area_within(b, a))
		*out = b;
	else
		return false;
	return true;
}

static void match_qualified(const struct place_query *query, size_t first, size_t last);

/* Words as a name alone, else as a name and the larger place it is in. */
static void match_any(const struct place_query *query, size_t first, size_t last)
{
	match_name(query, first, last);
	if (query->out->count == 0)
		match_qualified(query, first, last);
}

static void match_qualified(const struct place_query *query, size_t first, size_t last)
{
	for (size_t cut = last - 1; cut > first && query->out->count == 0; cut--) {
		struct area_matches above = {.count = 0};
		struct place_query larger = *query, inner = *query;

		larger.within = NULL;
		larger.level = LEVEL_ANY;
		larger.near = false;
		larger.out = &above;
		match_any(&larger, cut, last);
		for (size_t i = 0; i < above.count; i++)
			if (above.list[i]->level < LEVEL_DESA &&
				narrower(above.list[i], query->within, &inner.within))
				match_name(&inner, first, cut);
	}
}

static int verdict(size_t count)
{
	if (count == 0)
		return ERR_NOT_FOUND;
	return count == 1 ? OK : ERR_AMBIGUOUS;
}

/* "35.03.01.2004", or its digits alone. */
static const struct area *area_of_code(const struct gazetteer *g, const char *name)
{
	char code[AREA_CODE] = "";
	size_t used = 0, digits = 0;

	for (; isdigit((unsigned char)*name) || *name == '.'; name++) {
		if (*name == '.')
			continue;
		if (digits == 2 || digits == 4 || digits == 6)
			code[used++] = '.';
		if (++digits > 10)
			return NULL;
		code[used++] = *name;
		code[used] = '\0';
	}
	return *name == '\0' && digits ? gazetteer_area(g, code) : NULL;
}

static int find_area(const struct gazetteer *g, const char *name, const struct area *within,
	enum area_level level, bool near, struct area_matches *out)
{
	const struct area *coded = area_of_code(g, name);
	struct words words;
	struct place_query query = {g, &words, within, level, false, out};

	*out = (struct area_matches){.count = 0};
	if (coded) {
		if ((within && !area_within(coded, within)) ||
			(level != LEVEL_ANY && coded->level != level))
			return ERR_NOT_FOUND;
		out->list[out->count++] = coded;
		return OK;
	}
	split(name, &words);
	if (words.count == 0)
		return ERR_NOT_FOUND;
	match_any(&query, 0, words.count);
	if (out->count == 0 && near) {
		query.near = true;
		match_any(&query, 0, words.count);
		out->fuzzy = out->count > 0;
	}
	return verdict(out->count);
}

int gazetteer_find_area(const struct gazetteer *g, const char *name, const struct area *within,
	enum area_level level, struct area_matches *out)
{
	return find_area(g, name, within, level, true, out);
}

int gazetteer_find_area_exact(const struct gazetteer *g, const char *name,
	const struct area *within, enum area_level level, struct area_matches *out)
{
	return find_area(g, name, within, level, false, out);
}

static bool skip_word(const struct words *words, size_t first, const char *const *list)
{
	for (; *list; list++)
		if (is(words, first, *list))
			return true;
	return false;
}

/* The first word that belongs to the name; the last word always does. */
static size_t after_kind(const struct words *words, const char *const *kinds)
{
	size_t first = 0;

	while (first + 1 < words->count && skip_word(words, first, kinds))
		first++;
	return first;
}

static int find_posyandu(const struct gazetteer *g, const char *name, const struct area *within,
	bool near, struct posyandu_matches *out)
{
	static const char *const kinds[] = {"posyandu", "posy", "posyd", "pyd", "pos", NULL};
	const struct posyandu *coded = gazetteer_posyandu(g, name);
	struct search search = {.g = g};
	struct words words;
	struct name_room room;
	struct name_key key;
	size_t first;

	*out = (struct posyandu_matches){.count = 0};
	if (coded && (!within || area_within(coded->area, within))) {
		out->list[out->count++] = coded;
		return OK;
	}
	split(name, &words);
	if (words.count == 0)
		return ERR_NOT_FOUND;
	first = after_kind(&words, kinds);
	if (!near && !name_may_begin(&g->posyandu_names, words.start[first], words.length[first]))
		return ERR_NOT_FOUND; /* nearly always */
	key_of(&words, first, words.count, &room, &key);
	search.key = &key;
	gazetteer_posyandu_range(g, within, &search.first, &search.last);
	search_exact(&search, &g->posyandu_names);
	if (search.count == 0 && near) {
		search_near(&search, &g->posyandu_names);
		out->looked = search.last - search.first;
		out->fuzzy = search.count > 0;
	}
	for (; out->count < search.count; out->count++)
		out->list[out->count] = g->posyandu.items[search.found[out->count]];
	return verdict(out->count);
}

int gazetteer_find_posyandu(const struct gazetteer *g, const char *name, const struct area *within,
	struct posyandu_matches *out)
{
	return find_posyandu(g, name, within, true, out);
}

int gazetteer_find_posyandu_exact(const struct gazetteer *g, const char *name,
	const struct area *within, struct posyandu_matches *out)
{
	return find_posyandu(g, name, within, false, out);
}

static bool serves(const struct puskesmas *puskesmas, const struct area *within)
{
	for (size_t i = 0; i < puskesmas->narea; i++)
		if (area_within(puskesmas->areas[i], within))
			return true;
	return false;
}

int gazetteer_find_puskesmas(const struct gazetteer *g, const char *name, const struct area *within,
	const struct puskesmas **out)
{
	static const char *const kinds[] = {
		"uptd", "upt", "blud", "puskesmas", "pusk", "pkm", NULL};
	struct search search = {.g = g, .last = g->puskesmas.count};
	struct words words;
	struct name_room room;
	struct name_key key;
	size_t count = 0;

	*out = NULL;
	split(name, &words);
	if (words.count == 0)
		return ERR_NOT_FOUND;
	key_of(&words, after_kind(&words, kinds), words.count, &room, &key);
	search.key = &key;
	search_exact(&search, &g->puskesmas_names);
	if (search.count == 0)
		search_near(&search, &g->puskesmas_names);
	for (size_t i = 0; i < search.count; i++) {
		const struct puskesmas *puskesmas = g->puskesmas.items[search.found[i]];

		if (within && !serves(puskesmas, within))
			continue;
		*out = *out ? *out : puskesmas;
		count++;
	}
	return verdict(count);
}
