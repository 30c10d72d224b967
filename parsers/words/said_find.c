/* Finds our own texts: see said.h.
 *
 * Each text is looked for where its anchor, the longest of its first words, stands in the message;
 * said_lay.c lays its words and slots over the message there.
 */
#include <string.h>

#include "parsers/text/text.h"
#include "parsers/words/said_lay.h"

#define BACK_MOST     60  /* words that may stand in front of an anchor ... */
#define BACK_OCTETS   320 /* ... and octets */
#define REFERS_WITHIN 2   /* words: "Fwd: L2408-0007 …" */
#define CUT_LENGTH    140 /* a shorter message was not cut by an SMS's end */

/* Words or signs that it needs are not there at all. */
static bool lacks(const struct search *search, const struct text *text)
{
	return !search->cut &&
		((text->signs & ~search->words->signs) | (text->sieve & ~search->words->sieve)) !=
			0;
}

/* May a text whose first value is not known begin at word i? */
static bool may_begin(const struct said_words *words, size_t i)
{
	return i == 0 || words->list[i].parted || said_words_ref(words, i) ||
		strchr(".:!?", words->list[i].sign);
}

/* Where a text begins whose anchor stands at word `at`: as far in front as its first slot reaches,
 * at its reference if it has one. */
static bool find_text(struct search *search, size_t at, size_t *first)
{
	const struct said_words *words = search->words;
	const struct element *begin = &search->text->list[0];
	bool by_ref =
		begin->is_slot && (begin->slot.kind == SAID_REF || begin->slot.kind == SAID_LIST);
	bool found = false, good = false;
	size_t end = 0;

	for (size_t i = at, back = 0; back < BACK_MOST; i--, back++) {
		bool begins = !begin->is_slot || may_begin(words, i);

		if (begins && (!good || said_words_ref(words, i)) && said_lay(search, i)) {
			found = true;
			*first = i;
			end = search->end;
			good |= by_ref && said_words_ref(words, i);
		}
		if (i == 0 || words->list[i].parted ||
			said_words_octets(words, i, at + 1) > BACK_OCTETS)
			break;
	}
	search->end = end;
	return found;
}

struct found {
	size_t first, end; /* words */
	const char *name;  /* NULL: nothing */
};

static void try_text(struct search *search, const struct text *text, size_t at, struct found *best)
{
	size_t first;

	search->text = text;
	search->tries++;
	if (lacks(search, text) || !find_text(search, at, &first) ||
		(best->name && search->end - first <= best->end - best->first))
		return;
	*best = (struct found){first, search->end, text->name};
}

static struct found find_at(struct search *search, size_t at)
{
	struct found best = {0};
	struct anchor *anchor;
	uint32_t hash = search->words->list[at].hash;

	HASH_FIND(hh, search->said->anchors, &hash, sizeof(hash), anchor);
	for (const struct text *text = anchor ? anchor->texts : NULL; text; text = text->next)
		try_text(search, text, at, &best);
	if (!may_begin(search->words, at))
		return best;
	for (const struct text *text = search->said->loose; text; text = text->next) {
		search->text = text;
		search->tries++;
		if (!lacks(search, text) && said_lay(search, at) && search->end > at &&
			(!best.name || search->end - at > best.end - best.first))
			best = (struct found){at, search->end, text->name};
	}
	return best;
}

/* Is what follows of the message missing: cut at an SMS's end, by "…", or in an open quote? */
static bool is_cut(const char *folded, const struct said_words *words)
{
	size_t length = strlen(folded), end = length, quotes = 0;

	for (const char *p = folded; *p; p++)
		quotes += *p == '"';
	while (end > 0 && strchr(" \n\"'", folded[end - 1]))
		end--;
	if (words->count == 0)
		return false;
	return length >= CUT_LENGTH || quotes % 2 == 1 ||
		(end > 1 && folded[end - 1] == '.' && folded[end - 2] == '.');
}

/* Without its large table, which is emptied when it is needed. */
static void search_begin(
	struct search *search, const struct said *said, const struct said_words *words)
{
	search->said = said;
	search->words = words;
	search->text = NULL;
	search->steps = search->all = search->end = 0;
	search->tries = 0;
	search->failed = false;
}

void said_find(
	const struct said *said, struct arena *arena, const char *folded, struct said_match *out)
{
	struct said_words *words = arena_raw(arena, said_words_size(SAID_WORDS));
	struct search search;
	struct strbuf rest = {.arena = arena};
	size_t from = 0;

	*out = (struct said_match){.rest = folded};
	search_begin(&search, said, words);
	said_words_cut(words, folded);
	search.cut = is_cut(folded, words);
	for (size_t i = 0; i < words->count; i++) {
		struct found found = {0};

		if (words->list[i].at >= from)
			found = find_at(&search, i);
		if (!found.name || words->list[found.first].at < from)
			continue;
		out->name = out->name ? out->name : found.name;
		strbuf_add(&rest, folded + from, words->list[found.first].at - from);
		strbuf_putc(&rest, '\n');
		from = (size_t)words->list[found.end - 1].at + words->list[found.end - 1].length;
	}
	if (out->name) {
		strbuf_puts(&rest, folded + from);
		out->rest = rest.text;
		said_words_cut(words, out->rest);
	}
	out->words = words->count;
	if (out->name)
		said_words_cut(words, folded);
	for (size_t i = 0; i < REFERS_WITHIN && i < words->count; i++)
		out->refers |= said_words_ref(words, i);
}
