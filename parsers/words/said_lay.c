/* Lays the words and slots of one of our texts over a message, in a bounded number of steps. */
#include <string.h>

#include "parsers/words/said_lay.h"

#define WEIGHT_YEAR    4
#define PHRASE_WHOLE   3 /* words of a phrase that says something by itself */
#define PHRASES_A_STEP 8
#define STEPS_ALL      200000 /* of a message: about a millisecond */
#define WEIGHT_CUT     16     /* when the end of a text is missing */
#define STEPS_MOST     4000   /* of laying one text over one message */

/* The longest phrase of the vocabulary that stands at word `at` and ends before `last`. */
static const struct said_words *phrase_at(
	struct search *search, struct vocabulary *vocabulary, size_t at, size_t last)
{
	const struct said_words *best = NULL;

	if (!said_first(vocabulary, search->words->list[at].hash, false))
		return NULL;
	search->all += vocabulary->count / PHRASES_A_STEP;
	for (size_t i = 0; i < vocabulary->count; i++) {
		const struct said_words *phrase = vocabulary->phrases[i];

		if ((!best || phrase->count > best->count) &&
			said_words_at(search->words, at, last, phrase))
			best = phrase;
	}
	return best;
}

static size_t phrases_weight(
	struct search *search, const struct said_slot *slot, size_t first, size_t last)
{
	struct vocabulary *vocabulary = said_vocabulary(search->said, slot->vocabulary);
	size_t weight = 0;

	for (size_t at = first; vocabulary && at < last;) {
		const struct said_words *phrase = phrase_at(search, vocabulary, at, last);

		weight += phrase ? said_words_letters(phrase) : 0;
		at += phrase ? phrase->count : 1;
	}
	return weight;
}

/* What the words of a slot say for us. */
static size_t slot_weight(
	struct search *search, const struct said_slot *slot, size_t first, size_t last)
{
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
	return slot->kind == SAID_PHRASE || slot->kind == SAID_COUNTS
		? phrases_weight(search, slot, first, last)
		: 0;
}

/* How many words from `at` on may be of a slot that has numbers and our own words only. A word
 * that was cut for want of room may end it. */
static size_t counts_reach(struct search *search, const struct said_slot *slot, size_t at)
{
	struct vocabulary *vocabulary = said_vocabulary(search->said, slot->vocabulary);
	const struct said_words *words = search->words;
	size_t end = at;

	while (vocabulary && end < words->count) {
		const struct said_words *phrase = phrase_at(search, vocabulary, end, words->count);

		if (!phrase && !words->list[end].is_number)
			break;
		end += phrase ? phrase->count : 1;
	}
	return end > at && end + 1 < words->count && words->list[end + 1].sign == '.' ? end + 1
										      : end;
}

/* Numbers enough, or a phrase that says that there are none. */
static bool counts_hold(
	struct search *search, const struct said_slot *slot, size_t first, size_t last)
{
	struct vocabulary *vocabulary = said_vocabulary(search->said, slot->vocabulary);
	size_t numbers = 0;

	for (size_t i = first; i < last; i++)
		numbers += search->words->list[i].is_number;
	for (size_t i = first; vocabulary && numbers < slot->numbers && i < last; i++) {
		const struct said_words *phrase = phrase_at(search, vocabulary, i, last);

		if (phrase && phrase->count >= PHRASE_WHOLE)
			return true;
	}
	return numbers >= slot->numbers;
}

/* Of a text without words of its own a year, a share or counts must stand there. */
static bool is_telling(const struct said_slot *slot)
{
	return slot->kind == SAID_PERIOD || slot->kind == SAID_SHARE || slot->kind == SAID_COUNTS;
}

/* The end of the text may be missing: enough of it was found. */
static bool may_end(const struct search *search, size_t element, size_t weight)
{
	const struct text *text = search->text;

	if (!search->cut || weight < WEIGHT_CUT)
		return false;
	for (size_t i = 0; text->loose && i < element; i++)
		if (text->list[i].is_slot && is_telling(&text->list[i].slot))
			return true;
	return !text->loose;
}

static bool lay(struct search *search, size_t element, size_t at, size_t weight);

/* A slot that ends the text takes all that it may, another one as little as will do. */
static bool lay_slot_from(struct search *search, size_t element, size_t at, size_t weight)
{
	const struct said_slot *slot = &search->text->list[element].slot;
	const struct said_words *words = search->words;
	bool last = element + 1 == search->text->count;
	bool counts = slot->kind == SAID_COUNTS;
	size_t most = at, reach = counts ? counts_reach(search, slot, at) : words->count;

	if (search->text->loose && at < words->count && search->text->list[element].sign != ' ' &&
		words->list[at].sign != search->text->list[element].sign)
		return false;
	while (most < reach && (slot->kind != SAID_NUMBER || words->list[most].is_number) &&
		said_words_octets(words, at, most + 1) <= slot->width &&
		!(most > at && words->list[most].parted))
		most++;
	for (size_t n = 0; n <= most - at; n++) {
		size_t to = last ? most - n : at + n, own;

		if (to == at && (slot->filled || search->text->loose))
			continue;
		if (counts && !counts_hold(search, slot, at, to) &&
			!(search->cut && to == words->count))
			continue;
		own = slot_weight(search, slot, at, to);
		if (search->text->loose && own == 0 && !counts && is_telling(slot))
			continue;
		if (search->cut && slot->kind == SAID_REF && own == 0)
			continue; /* "kematian ibu, kematian bayi ...": all that speaks for us */
		if (lay(search, element + 1, to, weight + own))
			return true;
	}
	return false;
}

static bool lay_slot(struct search *search, size_t element, size_t at, size_t weight)
{
	struct failure *failure = element < FAILURE_SLOTS && at < FAILURE_WORDS
		? &search->failures[element][at]
		: NULL;

	if (failure && search->failed && failure->text == search->tries &&
		weight <= failure->weight)
		return false;
	if (lay_slot_from(search, element, at, weight))
		return true;
	if (failure && !search->failed)
		memset(search->failures, 0, sizeof(search->failures));
	search->failed |= failure != NULL;
	if (failure && search->steps <= STEPS_MOST)
		*failure = (struct failure){search->tries, weight};
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
	if (at == words->count && may_end(search, element, weight)) {
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
	if (at + 1 == words->count && may_end(search, element, weight) &&
		words->list[at].length < want->length) { /* half a word */
		search->end = words->count;
		return true;
	}
	return false;
}

bool said_lay(struct search *search, size_t at)
{
	search->steps = 0;
	return lay(search, 0, at, 0);
}
