/* Cuts folded text into tokens. */
#include "parsers/words/token.h"

#include <string.h>

static enum boundary separator_strength(char c)
{
	switch (c) {
	case '#':
	case '*':
	case ';':
	case '\n':
		return BOUND_STRONG;
	case ',':
	case '/':
	case '|':
	case ':':
		return BOUND_MEDIUM;
	default:
		return BOUND_SOFT;
	}
}

enum octet { OCTET_SIGN, OCTET_LETTER, OCTET_DIGIT };

static const unsigned char octets[256] = {
	['0' ... '9'] = OCTET_DIGIT,
	['a' ... 'z'] = OCTET_LETTER,
	['A' ... 'Z'] = OCTET_LETTER,
	[0x80 ... 0xff] = OCTET_LETTER,
};

static bool letter(unsigned char c)
{
	return octets[c] == OCTET_LETTER;
}

static bool digit(char c)
{
	return octets[(unsigned char)c] == OCTET_DIGIT;
}

static inline bool word_octet(const char *text, size_t i)
{
	return letter((unsigned char)text[i]) ||
		(text[i] == '\'' && i > 0 && letter((unsigned char)text[i - 1]) &&
			letter((unsigned char)text[i + 1]));
}

/* Of letters that may be digits, behind a number and in front of more letters: where a unit begins
 * ("4ith", "32oogr"); else behind the last true digit. */
static size_t digits_meant(
	const char *text, size_t strict, size_t loose, const struct lexicon *words)
{
	size_t end = loose;

	while (letter((unsigned char)text[end]))
		end++;
	for (size_t i = strict; i <= loose; i++) {
		const struct lexicon_entry *e = lexicon_find(words, text + i, end - i);

		while (e && strcmp(e->class_name, "satuan") != 0)
			e = e->next;
		if (e)
			return i;
	}
	return strict;
}

/* A run of digits; o between or after digits is 0, l and i between digits are 1 (32oo, 3l00). */
static size_t digits_end(const char *text, size_t start, const struct lexicon *words)
{
	size_t strict = start, loose = start;

	while (digit(text[loose]) || (loose > start && strchr("oli", text[loose]) && text[loose])) {
		if (digit(text[loose++]))
			strict = loose;
	}
	if (loose > strict && letter((unsigned char)text[loose]))
		return digits_meant(text, strict, loose, words);
	while (loose > strict && (text[loose - 1] == 'l' || text[loose - 1] == 'i'))
		loose--;
	return letter((unsigned char)text[loose]) && loose > strict ? strict : loose;
}

static void token_fill(
	struct token *token, const struct token *gap, const char *text, size_t start, size_t end)
{
	size_t length = end - start < TOKEN_TEXT - 1 ? end - start : TOKEN_TEXT - 1;

	while (length < end - start && ((unsigned char)text[start + length] & 0xc0) == 0x80)
		length--; /* never half a character */
	token->start = (unsigned short)start;
	token->end = (unsigned short)end;
	token->length = (unsigned char)length;
	token->digits = digit(text[start]);
	token->number = token->digits && end - start <= 9 ? 0 : -1;
	token->begun = (struct token_begun){0};
	token->before = gap->before;
	token->sep = gap->sep;
	token->spaced = gap->spaced;
	token->newline = gap->newline;
	memcpy(token->text, text + start, length);
	token->text[length] = '\0';
	for (size_t i = 0; token->digits && i < length; i++) {
		char *c = &token->text[i];

		if (!digit(*c))
			*c = *c == 'o' ? '0' : '1';
		if (token->number >= 0)
			token->number = token->number * 10 + (*c - '0');
	}
}

bool tokens_phrase(const struct token *tokens, size_t first, size_t last, char *out, size_t room,
	size_t *length)
{
	size_t used = 0;

	for (size_t i = first; i < last; i++) {
		if (used + tokens[i].length + 2u > room)
			return false;
		if (i > first)
			out[used++] = ' ';
		memcpy(out + used, tokens[i].text, tokens[i].length);
		used += tokens[i].length;
	}
	out[used] = '\0';
	*length = used;
	return true;
}

static unsigned long class_bits(const struct lexicon_entry *entry)
{
	return entry ? entry->class_bits : 0;
}

static unsigned long phrase_bits(const struct lexicon_entry *const found[LEXICON_WORDS - 1])
{
	unsigned long bits = 0;

	for (size_t n = 0; n < LEXICON_WORDS - 1; n++)
		bits |= class_bits(found[n]);
	return bits;
}

/* The 2 to 4 words from a token on, as far as there are such phrases; near: no comma or more may
 * part them. The classes of them all. */
static unsigned long look_up_phrases(const struct token *tokens, size_t count,
	const struct lexicon *lexicon, size_t longest, bool near,
	const struct lexicon_entry *found[LEXICON_WORDS - 1])
{
	size_t length;
	char phrase[LEXICON_WORDS * TOKEN_TEXT];

	for (size_t n = 2; n <= longest && n <= count; n++) {
		if ((near && tokens[n - 1].before >= BOUND_MEDIUM) ||
		    !tokens_phrase(tokens, 0, n, phrase, sizeof(phrase), &length))
			break;
		found[n - 2] = lexicon_find(lexicon, phrase, length);
	}
	return phrase_bits(found);
}

void tokens_look_up(
	struct token *tokens, size_t count, const struct lexicon *words, const struct lexicon *keys)
{
	for (size_t i = 0; i < count; i++) {
		struct token *token = &tokens[i];
		uint32_t hash = lexicon_hash(token->text, token->length);

		token->words = lexicon_find_hashed(words, hash, token->text, token->length);
		token->keys = lexicon_find_hashed(keys, hash, token->text, token->length);
		token->classes = class_bits(token->words);
		token->key_classes = class_bits(token->keys);
		memset(token->phrases, 0, sizeof(token->phrases));
		memset(token->longer_keys, 0, sizeof(token->longer_keys));
		if (lexicon_longest(token->words) > 1)
			token->classes |= look_up_phrases(token, count - i, words,
				token->words->longest, true, token->phrases);
		if (lexicon_longest(token->keys) > 1)
			token->key_classes |= look_up_phrases(token, count - i, keys,
				token->keys->longest, false, token->longer_keys);
	}
}

/* What stands between two tokens; it fills only what tells that. */
static size_t gap_read(const char *text, size_t i, struct token *token)
{
	token->before = BOUND_NONE;
	token->sep = 0;
	token->spaced = token->newline = false;
	while (text[i] && !digit(text[i]) && !word_octet(text, i)) {
		enum boundary strength = separator_strength(text[i]);

		if (text[i] == '\n' && token->before == BOUND_MEDIUM && token->sep == ':')
			strength = BOUND_SOFT; /* the value of a key on the next line */
		else
			token->newline |= text[i] == '\n';
		token->spaced |= text[i] == ' ' || text[i] == '\n';
		if (strength > token->before || (strength == token->before && token->sep == ' ')) {
			token->before = strength;
			token->sep = text[i];
		}
		i++;
	}
	return i;
}

size_t tokens_cut(const char *text, struct token tokens[TOKENS_ROOM], const struct lexicon *words,
	const struct lexicon *keys)
{
	size_t count = 0, i = 0;

	for (;;) {
		struct token gap;
		size_t start = i = gap_read(text, i, &gap);

		if (!text[i] || count == TOKENS_MAX)
			break;
		if (digit(text[i])) {
			i = digits_end(text, i, words);
		} else {
			while (text[i] && word_octet(text, i))
				i++;
		}
		token_fill(&tokens[count], &gap, text, start, i);
		count++;
	}
	memset(&tokens[count], 0, (TOKENS_ROOM - TOKENS_MAX) * sizeof(*tokens));
	tokens_look_up(tokens, count, words, keys);
	return text[i] ? TOKENS_MAX + 1 : count;
}
