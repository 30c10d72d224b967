/* Words and signs: see said_words.h. */
#include "parsers/words/said_words.h"

#include <ctype.h>

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

static size_t digits_of(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += isdigit((unsigned char)text[i]) != 0;
	return count;
}

static void add(struct said_words *words, const char *text, size_t at, size_t length)
{
	uint32_t hash = 2166136261u;
	size_t digits = digits_of(text + at, length);
	size_t n = words->count++;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[at + i]) * 16777619u;
	words->list[n].hash = hash;
	words->sieve |= said_word_bit(hash);
	words->list[n].at = (unsigned short)at;
	words->list[n].length = (unsigned short)length;
	words->list[n].is_letter_of_ref =
		length == 5 && digits == 4 && isalpha((unsigned char)text[at]);
	words->list[n].is_year = digits == length && (length == 2 || length == 4);
	words->list[n].is_number = isdigit((unsigned char)text[at]) != 0;
	words->list[n].is_serial = length >= 4 && length <= 6 && digits == length;
}

void said_words_cut(struct said_words *words, const char *folded)
{
	size_t at = 0;
	char sign = ' ';
	bool parted = false;

	words->count = 0;
	words->signs = words->sieve = 0;
	while (folded[at] && at < UINT16_MAX && words->count < SAID_WORDS) {
		size_t start = at;

		while (is_letter(folded[at]))
			at++;
		if (at > start) {
			add(words, folded, start, at - start);
			words->list[words->count - 1].sign = sign;
			words->list[words->count - 1].parted = parted;
			sign = ' ';
			parted = false;
			continue;
		}
		parted |= folded[at] == '\n' || folded[at] == '"';
		if (folded[at] != ' ' && folded[at] != '\n')
			sign = folded[at];
		words->signs |= said_sign_bit(sign);
		at++;
	}
	words->end_sign = sign;
}

size_t said_words_octets(const struct said_words *words, size_t first, size_t last)
{
	return first == last ? 0
			     : (size_t)words->list[last - 1].at + words->list[last - 1].length -
			words->list[first].at;
}

bool said_words_ref(const struct said_words *words, size_t i)
{
	return i + 1 < words->count && words->list[i].is_letter_of_ref &&
		words->list[i + 1].is_serial && words->list[i + 1].sign == '-';
}

bool said_words_at(
	const struct said_words *words, size_t at, size_t last, const struct said_words *phrase)
{
	size_t n = 0;

	if (phrase->count == 0 || at + phrase->count > last)
		return false;
	while (n < phrase->count && words->list[at + n].hash == phrase->list[n].hash)
		n++;
	return n == phrase->count;
}

size_t said_words_letters(const struct said_words *words)
{
	size_t letters = 0;

	for (size_t i = 0; i < words->count; i++)
		letters += words->list[i].length;
	return letters;
}
