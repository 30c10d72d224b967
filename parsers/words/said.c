/* Finds our own texts: see said.h.
 *
 * Each text is looked for where its anchor, the longest of its first words, stands in the message;
 * a search with bounded steps then lays its words and slots over the message.
 */
#include "parsers/words/said.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "parsers/text/text.h"
#include "parsers/words/said_words.h"

#define ELEMENTS_MAX  60
#define VOCABULARIES  8
#define ANCHOR_AMONG  3 /* a cut message has these */
#define LETTERS_LEAST 6 /* in words; of fewer also the signs in front of slots count */
#define WEIGHT_REF    10 /* a reference is worth so many letters */
#define WEIGHT_YEAR   4
#define WEIGHT_WHOLE  14 /* letters that tell a text from what a person may write */
#define WEIGHT_STRICT 11 /* ... when the signs between its words are the same, too */
#define WEIGHT_CUT    16 /* ... when its end is missing */
#define CUT_LENGTH    140 /* a shorter message was not cut by an SMS's end */
#define BACK_MOST     60 /* words that may stand in front of an anchor ... */
#define BACK_OCTETS   320 /* ... and octets */
#define REFERS_WITHIN 2 /* words: "Fwd: L2408-0007 …" */
#define STEPS_ALL     200000 /* of a message: about a millisecond */
#define STEPS_MOST    4000 /* of laying one text over one message */

struct element {
	bool is_slot;
	struct said_slot slot;
	uint32_t hash;
	unsigned short length;
	char sign; /* the last one in front of it; ' ': none */
};

struct text {
	const char *name;
	struct element list[ELEMENTS_MAX];
	size_t count;
	uint64_t signs; /* that must stand in a whole message, as in said_words */
	bool strict; /* its signs count ... */
	bool refers; /* a slot of it has a reference, which must be there then */
	bool loose; /* ... also those in front of slots: it has hardly a word */
	struct text *next; /* with the same anchor */
};

struct anchor {
	uint32_t hash;
	struct text *texts;
	UT_hash_handle hh;
};

struct vocabulary {
	const char *name;
	struct said_words *phrases;
	char **texts;
	size_t count;
};

struct said {
	struct anchor *anchors;
	struct text *loose; /* texts of slots alone: tried where a text may begin */
	struct vocabulary vocabularies[VOCABULARIES];
	size_t nvocabulary;
};

struct said *said_new(void)
{
	return xcalloc(1, sizeof(struct said));
}

void said_free(struct said *said)
{
	struct anchor *anchor, *next;

	if (!said)
		return;
	HASH_ITER(hh, said->anchors, anchor, next) {
		while (anchor->texts) {
			struct text *text = anchor->texts;

			anchor->texts = text->next;
			free(text);
		}
		HASH_DEL(said->anchors, anchor);
		free(anchor);
	}
	while (said->loose) {
		struct text *text = said->loose;

		said->loose = text->next;
		free(text);
	}
	for (size_t i = 0; i < said->nvocabulary; i++) {
		struct vocabulary *vocabulary = &said->vocabularies[i];

		for (size_t j = 0; j < vocabulary->count; j++)
			free(vocabulary->texts[j]);
		free(vocabulary->texts);
		free(vocabulary->phrases);
	}
	free(said);
}

static struct vocabulary *vocabulary_of(const struct said *said, const char *name)
{
	for (size_t i = 0; i < said->nvocabulary; i++)
		if (!strcmp(said->vocabularies[i].name, name))
			return (struct vocabulary *)&said->vocabularies[i];
	return NULL;
}

void said_phrase(struct said *said, const char *name, const char *phrase)
{
	struct vocabulary *to = vocabulary_of(said, name);
	struct arena *arena = arena_new();

	if (!to && said->nvocabulary < VOCABULARIES) {
		to = &said->vocabularies[said->nvocabulary++];
		to->name = name;
	}
	if (to) {
		size_t n = to->count++;

		to->texts = xrealloc(to->texts, to->count, sizeof(*to->texts));
		to->phrases = xrealloc(to->phrases, to->count, sizeof(*to->phrases));
		to->texts[n] = xstrdup(text_fold(arena, phrase));
		said_words_cut(&to->phrases[n], to->texts[n]);
	}
	arena_free(arena);
}

/* Filling */

static bool add_words(struct text *text, const struct said_words *words, char sign)
{
	for (size_t i = 0; i < words->count; i++) {
		if (text->count == ELEMENTS_MAX)
			return false;
		text->list[text->count++] = (struct element){.hash = words->list[i].hash,
			.length = words->list[i].length,
			.sign = i == 0 && words->list[0].sign == ' ' ? sign
								     : words->list[i].sign};
	}
	return true;
}

/* Cuts "{ref} dikoreksi: {changes}." into elements; false: it has too many. */
static bool cut_text(
	struct text *out, const char *folded, said_slot_of *slot, struct said_words *words)
{
	char *copy = xstrdup(folded), *at = copy;
	bool fits = true;

	while (fits && *at) {
		char *open = strchr(at, '{'), *close = open ? strchr(open, '}') : NULL;
		char sign;

		if (close)
			*open = '\0';
		said_words_cut(words, at);
		fits = add_words(out, words, ' ');
		sign = words->end_sign;
		if (!close)
			break;
		if (out->count == ELEMENTS_MAX)
			fits = false;
		else
			out->list[out->count++] = (struct element){.is_slot = true,
				.slot = slot(open + 1, (size_t)(close - open - 1)),
				.sign = sign};
		at = close + 1;
	}
	free(copy);
	return fits;
}

/* Letters of its words, and what its slots may add. */
static size_t most_weight(const struct text *text, size_t *letters)
{
	size_t weight = 0;

	*letters = 0;
	for (size_t i = 0; i < text->count; i++) {
		const struct element *element = &text->list[i];

		*letters += element->is_slot ? 0 : element->length;
		if (!element->is_slot)
			weight += element->length;
		else if (element->slot.kind != SAID_ANY)
			weight += WEIGHT_REF;
	}
	return weight;
}

/* The word that a message is looked through for; NULL: there is none. */
static const struct element *anchor_word(const struct text *text)
{
	const struct element *best = NULL;
	size_t seen = 0;

	for (size_t i = 0; i < text->count && seen < ANCHOR_AMONG; i++) {
		const struct element *element = &text->list[i];

		if (element->is_slot)
			continue;
		seen++;
		if (!best || element->length > best->length)
			best = element;
	}
	return best;
}

bool said_add(struct said *said, const char *name, const char *text, said_slot_of *slot)
{
	struct arena *arena = arena_new();
	struct text *to = xcalloc(1, sizeof(*to));
	struct said_words *words = arena_alloc(arena, sizeof(*words));
	const struct element *word = NULL;
	struct anchor *anchor;
	size_t weight, letters, signs = 0;
	bool fits;

	to->name = name;
	fits = cut_text(to, text_fold(arena, text), slot, words);
	arena_free(arena);
	weight = most_weight(to, &letters);
	to->strict = letters < WEIGHT_WHOLE;
	to->loose = letters < LETTERS_LEAST;
	for (size_t i = 0; i < to->count; i++) {
		signs += to->list[i].sign != ' ';
		to->refers |= to->list[i].is_slot && (to->list[i].slot.kind == SAID_REF ||
							     to->list[i].slot.kind == SAID_LIST);
	}
	for (size_t i = 1; i < to->count; i++)
		if (to->loose || (to->strict && !to->list[i].is_slot))
			to->signs |= said_sign_bit(to->list[i].sign);
	if (!fits || weight < WEIGHT_STRICT || (to->loose && signs == 0)) {
		free(to);
		return false;
	}
	word = anchor_word(to);
	if (!word) {
		to->next = said->loose;
		said->loose = to;
		return true;
	}
	HASH_FIND(hh, said->anchors, &word->hash, sizeof(word->hash), anchor);
	if (!anchor) {
		anchor = xcalloc(1, sizeof(*anchor));
		anchor->hash = word->hash;
		HASH_ADD(hh, said->anchors, hash, sizeof(anchor->hash), anchor);
	}
	to->next = anchor->texts;
	anchor->texts = to;
	return true;
}

/* Looking */

struct search {
	const struct said *said;
	const struct text *text;
	const struct said_words *words;
	bool cut; /* the message ends before its text may have ended */
	size_t steps, all; /* of one text, of the whole message */
	size_t end; /* words up to the end of what was found */
};

/* What the words of a slot say for us. */
static size_t slot_weight(
	struct search *search, const struct said_slot *slot, size_t first, size_t last)
{
	const struct vocabulary *vocabulary;
	size_t best = 0;

	if (slot->kind == SAID_REF || slot->kind == SAID_LIST) {
		bool one = last >= first + 2 && said_words_ref(search->words, first);
		bool two = slot->kind == SAID_LIST && last >= first + 3 &&
			said_words_ref(search->words, first + 1);

		return one || two ? WEIGHT_REF : 0;
	}
	if (slot->kind == SAID_SHARE)
		return last == first + 3 && search->words->list[first].is_number &&
				search->words->list[first + 2].is_number
			? WEIGHT_YEAR
			: 0;
	if (slot->kind == SAID_PERIOD)
		return last > first && search->words->list[last - 1].is_year ? WEIGHT_YEAR : 0;
	vocabulary = slot->kind == SAID_PHRASE ? vocabulary_of(search->said, slot->vocabulary)
					       : NULL;
	search->all += vocabulary ? vocabulary->count * (last - first) : 0;
	for (size_t i = 0; vocabulary && i < vocabulary->count; i++) {
		size_t letters = said_words_hold(
			search->words, first, last, &vocabulary->phrases[i]);

		best = letters > best ? letters : best;
	}
	return best;
}

static bool lay(struct search *search, size_t element, size_t at, size_t weight);

/* A slot that ends the text takes all that it may, another one as little as will do. */
static bool lay_slot(struct search *search, size_t element, size_t at, size_t weight)
{
	const struct said_slot *slot = &search->text->list[element].slot;
	const struct said_words *words = search->words;
	bool last = element + 1 == search->text->count;
	size_t most = at;

	if (search->text->loose && at < words->count &&
		search->text->list[element].sign != ' ' &&
		words->list[at].sign != search->text->list[element].sign)
		return false;
	while (most < words->count &&
		(slot->kind != SAID_NUMBER || words->list[most].is_number) &&
		said_words_octets(words, at, most + 1) <= slot->width &&
		!(most > at && words->list[most].parted))
		most++;
	for (size_t n = 0; n <= most - at; n++) {
		size_t to = last ? most - n : at + n;

		if (to == at && (slot->filled || search->text->loose))
			continue;

		if (lay(search, element + 1, to, weight + slot_weight(search, slot, at, to)))
			return true;
	}
	return false;
}

static bool lay(struct search *search, size_t element, size_t at, size_t weight)
{
	const struct text *text = search->text;
	const struct said_words *words = search->words;
	const struct element *want = &text->list[element];
	size_t need = text->strict && !text->refers ? WEIGHT_STRICT : WEIGHT_WHOLE;

	if (++search->steps > STEPS_MOST || ++search->all > STEPS_ALL)
		return false;
	if (element == text->count) {
		search->end = at;
		return weight >= need;
	}
	if (at == words->count && search->cut && weight >= WEIGHT_CUT) {
		search->end = at;
		return true;
	}
	if (want->is_slot)
		return lay_slot(search, element, at, weight);
	if (at == words->count)
		return false;
	if (words->list[at].hash == want->hash && words->list[at].length == want->length &&
		(!text->strict || element == 0 || words->list[at].sign == want->sign))
		return lay(search, element + 1, at + 1, weight + want->length);
	if (at + 1 == words->count && search->cut && weight >= WEIGHT_CUT &&
		words->list[at].length < want->length) { /* half a word */
		search->end = words->count;
		return true;
	}
	return false;
}

/* Signs that it needs are not there at all. */
static bool lacks_signs(const struct search *search, const struct text *text)
{
	return !search->cut && (text->signs & ~search->words->signs) != 0;
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
	bool by_ref = begin->is_slot &&
		(begin->slot.kind == SAID_REF || begin->slot.kind == SAID_LIST);
	bool found = false, good = false;
	size_t end = 0;

	for (size_t i = at, back = 0; back < BACK_MOST; i--, back++) {
		bool begins = !begin->is_slot || may_begin(words, i);

		search->steps = 0;
		if (begins && (!good || said_words_ref(words, i)) && lay(search, 0, i, 0)) {
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
	const char *name; /* NULL: nothing */
};

static void try_text(
	struct search *search, const struct text *text, size_t at, struct found *best)
{
	size_t first;

	search->text = text;
	if (lacks_signs(search, text) || !find_text(search, at, &first) ||
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
		search->steps = 0;
		if (!lacks_signs(search, text) && lay(search, 0, at, 0) && search->end > at &&
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

void said_find(
	const struct said *said, struct arena *arena, const char *folded, struct said_match *out)
{
	struct said_words *words = arena_alloc(arena, sizeof(*words));
	struct search search = {.said = said, .words = words};
	struct strbuf rest = {0};
	size_t from = 0;

	*out = (struct said_match){.rest = folded};
	said_words_cut(words, folded);
	search.cut = is_cut(folded, words);
	strbuf_puts(&rest, "");
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
		out->rest = arena_strdup(arena, rest.text);
		said_words_cut(words, out->rest);
	}
	out->words = words->count;
	said_words_cut(words, folded);
	for (size_t i = 0; i < REFERS_WITHIN && i < words->count; i++)
		out->refers |= said_words_ref(words, i);
	strbuf_free(&rest);
}
