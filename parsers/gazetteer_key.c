/* A place name reduced to what counts when names are compared: see gazetteer_index.h. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "parsers/gazetteer_index.h"

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
	return isalnum((unsigned char)c) || c == '\'' || (c & 0x80);
}

static void append(char *text, size_t room, const char *more, size_t length)
{
	size_t used = strlen(text);

	if (length > room - 1 - used)
		length = room - 1 - used;
	memcpy(text + used, more, length);
	text[used + length] = '\0';
}

static void add_number(struct name_room *room, const char *digits, size_t length)
{
	while (length > 1 && *digits == '0') {
		digits++;
		length--;
	}
	if (*room->number)
		append(room->number, sizeof(room->number), ".", 1);
	append(room->number, sizeof(room->number), digits, length);
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
		bool number = isdigit((unsigned char)word[i]);

		for (end = i; end < length && !isdigit((unsigned char)word[end]) == !number;)
			end++;
		if (number)
			add_number(room, word + i, end - i);
		else
			for (size_t k = i; k < end; k++)
				if (word[k] != '\'')
					append(room->letters, sizeof(room->letters), word + k, 1);
	}
}

static void measure(struct name_key *key)
{
	key->length = strlen(key->letters);
	key->hash = 14695981039346656037u;
	key->mask = 0;
	for (const char *c = key->letters; *c; c++) {
		key->hash = (key->hash ^ (unsigned char)*c) * 1099511628211u;
		key->mask |= 1u << (*c >= 'a' && *c <= 'z' ? *c - 'a' : 26);
	}
	for (const char *c = key->number; *c; c++)
		key->hash = (key->hash ^ (unsigned char)*c) * 1099511628211u;
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
	*room = (struct name_room){{0}, {0}};
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
	key->letters = room->letters;
	key->number = room->number;
	measure(key);
}
