/* See mutate.h. Half of the changes are those of people (a word told twice, left out, at another
 * place, another value, glued, parted otherwise, two messages in one), half those of a bad line. */
#include "tests/fuzz/mutate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/util.h"

#define USUAL	    400 /* octets of most texts */
#define LONG_ONE_IN 1000
#define WORD_MOST 40

struct piece {
	uint8_t *octets;
	size_t length;
};

struct pieces {
	struct piece *list;
	size_t count, room;
};

struct mutate_pool {
	struct pieces inputs, words;
	uint64_t state;
};

struct text {
	uint8_t *octets;
	size_t length;
};

struct span {
	size_t from, to;
};

static const char *const separators[] = {" ", " ", "#", "#", "*", ",", ", ", ".", ". ", "/", ":",
	";", "=", "-", "\n", "\n", "_", "|", "", " dan ", "  "};
static const char *const values[] = {"0", "1", "12", "1246", "-3", "999", "1000", "3200", "32",
	"3,2", "3200 kg", "49", "4,9", "31/6/24", "12/8/24", "20/8/24", "98/24", "25:61", "04:30",
	"l2", "O", "3 hr", "200 th", "130/90", "P", "L", "YA", "TIDAK", "-", "3503014507959991",
	"99999999999999999999", "L2408-0001", "meninggal", "tolong", "BATAL", "KOREKSI", "LATIH",
	"NIHIL", "desa wonocoyo"};
static const char *const odd[] = {"\xc2\xa0", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xf0\x9f\x98\x80",
	"\xc0\x80", "\xff", "\xed\xa0\x80", "\xc2\x9b", "\xe2\x80\xae", "\xef\xbc\x91", "\x1b",
	"\xc3\xa9", "\xe2\x85\xa7", "\x01", "\xcc\x81", "\xf4\x90\x80\x80", "\xe2"};

static size_t below(struct mutate_pool *pool, size_t count)
{
	pool->state = pool->state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (size_t)(pool->state >> 33) % count;
}

static void pieces_add(struct pieces *pieces, const uint8_t *octets, size_t length)
{
	if (pieces->count == pieces->room) {
		pieces->room = pieces->room ? pieces->room * 2 : 1024;
		pieces->list = xrealloc(pieces->list, pieces->room, sizeof(*pieces->list));
	}
	pieces->list[pieces->count].octets = memcpy(xcalloc(1, length + 1), octets, length);
	pieces->list[pieces->count++].length = length;
}

static void pieces_free(struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++)
		free(pieces->list[i].octets);
	free(pieces->list);
}

struct mutate_pool *mutate_pool_new(void)
{
	return xcalloc(1, sizeof(struct mutate_pool));
}

void mutate_pool_free(struct mutate_pool *pool)
{
	pieces_free(&pool->inputs);
	pieces_free(&pool->words);
	free(pool);
}

static bool in_word(uint8_t octet)
{
	return isalnum(octet) || octet >= 0x80;
}

void mutate_pool_add(struct mutate_pool *pool, const uint8_t *octets, size_t length)
{
	size_t end;

	if (length < 2 || length > MUTANT_MOST)
		return;
	pieces_add(&pool->inputs, octets, length);
	for (size_t at = 1; at < length; at = end) {
		for (end = at; end < length && in_word(octets[end]); end++)
			continue;
		if (end > at && end - at <= WORD_MOST)
			pieces_add(&pool->words, octets + at, end - at);
		end += end == at;
	}
}

size_t mutate_pool_count(const struct mutate_pool *pool)
{
	return pool->inputs.count;
}

void mutate_seed(struct mutate_pool *pool, uint64_t seed)
{
	pool->state = seed * 2 + 1;
	(void)below(pool, 2);
}

/* Puts octets in the place of a span; too long a text stays as it is. */
static void replace(struct text *text, struct span span, const uint8_t *octets, size_t length)
{
	size_t gone = span.to - span.from;

	if (text->length - gone + length > MUTANT_MOST)
		return;
	memmove(text->octets + span.from + length, text->octets + span.to, text->length - span.to);
	memcpy(text->octets + span.from, octets, length);
	text->length += length - gone;
}

/* A word of the text, or nothing between two octets. */
static struct span word_of(struct mutate_pool *pool, const struct text *text)
{
	size_t from = 1 + below(pool, text->length), to;

	while (from > 1 && in_word(text->octets[from - 1]))
		from--;
	for (to = from; to < text->length && in_word(text->octets[to]); to++)
		continue;
	return (struct span){from, to};
}

/* What stands between two words. */
static struct span gap_of(struct mutate_pool *pool, const struct text *text)
{
	struct span span = word_of(pool, text);

	span.from = span.to;
	while (span.to < text->length && !in_word(text->octets[span.to]))
		span.to++;
	return span;
}

/* Some words one behind the other. */
static struct span stretch_of(struct mutate_pool *pool, const struct text *text)
{
	struct span span = word_of(pool, text);

	for (size_t n = below(pool, 4); n > 0 && span.to < text->length; n--) {
		while (span.to < text->length && !in_word(text->octets[span.to]))
			span.to++;
		while (span.to < text->length && in_word(text->octets[span.to]))
			span.to++;
	}
	return span;
}

static void put_string(struct text *text, struct span span, const char *string)
{
	replace(text, span, (const uint8_t *)string, strlen(string));
}

static const struct piece *any(struct mutate_pool *pool, const struct pieces *pieces)
{
	return &pieces->list[below(pool, pieces->count)];
}

/* Told twice, or at another place; `move`: no more where it stood. */
static void tell_elsewhere(struct mutate_pool *pool, struct text *text, bool move)
{
	struct span span = stretch_of(pool, text), to;
	uint8_t *copy = xcalloc(1, span.to - span.from + 1);
	size_t length = span.to - span.from;

	memcpy(copy, text->octets + span.from, length);
	if (move)
		replace(text, span, copy, 0);
	to = gap_of(pool, text);
	to.from = to.to;
	replace(text, to, copy, length);
	put_string(text, to, separators[below(pool, COUNT_OF(separators))]);
	free(copy);
}

/* Two messages in one: the rest of another behind a part of this one. */
static void splice(struct mutate_pool *pool, struct text *text)
{
	const struct piece *other = any(pool, &pool->inputs);
	struct span cut = gap_of(pool, text);
	size_t from = 1 + (below(pool, 2) ? below(pool, other->length) : 0);

	cut.to = below(pool, 2) ? text->length : cut.from;
	replace(text, cut, other->octets + from, other->length - from);
	cut.to = cut.from;
	put_string(text, cut, separators[below(pool, COUNT_OF(separators))]);
}

static void change_digit(struct mutate_pool *pool, struct text *text)
{
	size_t at = 1 + below(pool, text->length - 1);

	for (size_t i = at; i < text->length; i++) {
		if (isdigit(text->octets[i])) {
			text->octets[i] = (uint8_t)('0' + below(pool, 10));
			return;
		}
	}
}

static void change_octets(struct mutate_pool *pool, struct text *text)
{
	size_t at = 1 + below(pool, text->length - 1);

	switch (below(pool, 5)) {
	case 0:
		text->octets[at] ^= (uint8_t)(1 << below(pool, 8));
		break;
	case 1:
		text->octets[at] = (uint8_t)below(pool, 256);
		break;
	case 2:
		put_string(text, (struct span){at, at}, odd[below(pool, COUNT_OF(odd))]);
		break;
	case 3:
		text->octets[at] ^= isalpha(text->octets[at]) ? 0x20 : 0;
		break;
	default:
		put_string(text, (struct span){at, at + 1}, "");
		break;
	}
}

/* A few are long: each costs as much as a hundred others. */
static void repeat(struct mutate_pool *pool, struct text *text)
{
	struct span span = stretch_of(pool, text);
	size_t length = span.to - span.from + (span.to < text->length);
	uint8_t *copy = xcalloc(1, length + 1);

	memcpy(copy, text->octets + span.from, length);
	for (size_t n = below(pool, 1 << below(pool, 12)); n > 0 && length > 0; n--)
		replace(text, (struct span){span.from, span.from}, copy, length);
	free(copy);
}

static void change(struct mutate_pool *pool, struct text *text)
{
	const struct piece *word = any(pool, &pool->words);

	switch (below(pool, 12)) {
	case 0:
	case 1:
		replace(text, word_of(pool, text), word->octets, word->length);
		break;
	case 2:
		put_string(text, word_of(pool, text), values[below(pool, COUNT_OF(values))]);
		break;
	case 3:
		tell_elsewhere(pool, text, false);
		break;
	case 4:
		tell_elsewhere(pool, text, true);
		break;
	case 5:
		put_string(text, stretch_of(pool, text), "");
		break;
	case 6:
		put_string(text, gap_of(pool, text),
			separators[below(pool, COUNT_OF(separators))]);
		break;
	case 7:
		splice(pool, text);
		break;
	case 8:
		change_digit(pool, text);
		break;
	default:
		change_octets(pool, text);
		break;
	}
}

size_t mutate_make(struct mutate_pool *pool, uint8_t out[MUTANT_MOST])
{
	const struct piece *first = any(pool, &pool->inputs);
	struct text text = {out, first->length};
	bool is_long = below(pool, LONG_ONE_IN) == 0;

	memcpy(out, first->octets, first->length);
	for (size_t n = 1 + below(pool, 1 + below(pool, 8)); n > 0; n--) {
		change(pool, &text);
		if (text.length < 2) {
			text.length = 2;
			out[1] = ' ';
		}
	}
	if (below(pool, 10) == 0)
		out[0] = (uint8_t)below(pool, 256);
	if (is_long)
		repeat(pool, &text);
	else if (text.length > USUAL)
		text.length = USUAL;
	return text.length;
}
