/* A place name reduced to what counts when names are compared: see gazetteer_index.h. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "parsers/place/gazetteer_index.h"
#include "parsers/text/utf8.h"
#include "parsers/words/lexicon.h"

/* I, II … XX, but never as the first word of a name; 0 when it is none. */
static unsigned roman(const char *word, size_t length)
{
	static const char *const numerals[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii",
		"ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};

	if (*word != 'i' && *word != 'v' && *word != 'x')
		return 0;
	for (unsigned i = 0; i < COUNT_OF(numerals); i++)
		if (strlen(numerals[i]) == length && memcmp(numerals[i], word, length) == 0)
			return i + 1;
	return 0;
}

static bool is_word(char c)
{
	return octet_kinds[(unsigned char)c] != OCTET_SIGN || c == '\'';
}

/* Text in a room, used octets of it so far; what does not fit is cut. */
static void append(char *text, size_t *used, size_t room, const char *more, size_t length)
{
	if (length > room - 1 - *used)
		length = room - 1 - *used;
	memcpy(text + *used, more, length);
	*used += length;
	text[*used] = '\0';
}

static void add_letter(struct name_room *room, char letter)
{
	if (room->nletter + 1 < sizeof(room->letters))
		room->letters[room->nletter++] = letter;
}

static void add_digits(struct name_room *room, const char *digits, size_t length)
{
	append(room->number, &room->nnumber, sizeof(room->number), digits, length);
}

static void add_number(struct name_room *room, const char *digits, size_t length)
{
	while (length > 1 && *digits == '0') {
		digits++;
		length--;
	}
	if (*room->number)
		add_digits(room, ".", 1);
	add_digits(room, digits, length);
}

static void add_word(struct name_room *room, const char *word, size_t length)
{
	unsigned value = *room->letters ? roman(word, length) : 0;
	char digits[12];
	size_t end;

	if (value) {
		snprintf(digits, sizeof(digits), "%u", value);
		add_number(room, digits, strlen(digits));
		return;
	}
	for (size_t i = 0; i < length; i = end) {
		end = i + 1;
		if (!octet_digit(word[i])) {
			if (word[i] != '\'')
				add_letter(room, word[i]);
			continue;
		}
		while (end < length && octet_digit(word[end]))
			end++;
		add_number(room, word + i, end - i);
	}
}

static bool digit_follows(const char *text, size_t length)
{
	while (length > 0 && !isalnum((unsigned char)*text)) {
		text++;
		length--;
	}
	return length > 0 && isdigit((unsigned char)*text);
}

void name_key_make(const char *folded, size_t length, struct name_room *room, struct name_key *key)
{
	room->letters[0] = room->number[0] = '\0';
	room->nletter = room->nnumber = 0;
	while (length > 0) {
		size_t word = 0;

		while (word < length && is_word(folded[word]))
			word++;
		if (word == 2 && memcmp(folded, "no", 2) == 0 && *room->letters &&
			digit_follows(folded + 2, length - 2))
			; /* "Cempaka no 1" */
		else if (word)
			add_word(room, folded, word);
		else
			word = 1;
		folded += word;
		length -= word;
	}
	room->letters[room->nletter] = '\0';
	key->letters = room->letters;
	key->number = room->number;
	key->length = room->nletter;
	key->mask = 0;
	key->hash = (uint64_t)lexicon_hash(key->letters, key->length) << 32 |
		lexicon_hash(key->number, room->nnumber);
}

/* Which bit the first three letters have. */
static unsigned beginning(const char *letters)
{
	return (letters[0] & 31u) << 10 | (letters[1] & 31u) << 5 | (letters[2] & 31u);
}

void name_begins(struct name_index *index, const struct name_key *key)
{
	unsigned bit;

	if (key->length < 3)
		return;
	bit = beginning(key->letters);
	index->begun[bit / 64] |= UINT64_C(1) << bit % 64;
}

bool name_may_begin(const struct name_index *index, const char *word, size_t length)
{
	unsigned bit;

	for (size_t i = 0; i < 3; i++)
		if (i >= length || !isalpha((unsigned char)word[i]))
			return true; /* what follows, or nothing, may stand there */
	bit = beginning(word);
	return (index->begun[bit / 64] >> bit % 64 & 1) != 0;
}
