/* Cuts folded text into tokens. */
#include "parsers/words/token.h"

#include <string.h>

#include "parsers/text/utf8.h"

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

static inline bool word_octet(const char *text, size_t i)
{
	return octet_letter(text[i]) ||
		(text[i] == '\'' && i > 0 && octet_letter(text[i - 1]) &&
			octet_letter(text[i + 1]));
}

/* Of letters that may be digits, behind a number and in front of more letters: where a unit begins
 * ("4ith", "32oogr"); else behind the last true digit. */
static size_t digits_meant(
	const char *text, size_t strict, size_t loose, const struct lexicon *words)
{
	size_t end = loose;

	while (octet_letter(text[end]))
		end++;
	for (size_t i = strict; i <= loose; i++) {
		const struct lexicon_entry *e = lexicon_find(words, text + i, end - i);

		while (e && !same_name(e->class_name, "satuan"))
			e = e->next;
		if (e)
			return i;
	}
	return strict;
}

static bool may_be_digit(char c)
{
	return c == 'o' || c == 'l' || c == 'i';
}

/* A run of digits; o between or after digits is 0, l and i between digits are 1 (32oo, 3l00). */
static size_t digits_end(const char *text, size_t start, const struct lexicon *words)
{
	size_t strict = start, loose = start;

	while (octet_digit(text[loose]) || (loose > start && may_be_digit(text[loose]))) {
		if (octet_digit(text[loose++]))
			strict = loose;
	}
	if (loose > strict && octet_letter(text[loose]))
		return digits_meant(text, strict, loose, words);
	while (loose > strict && (text[loose - 1] == 'l' || text[loose - 1] == 'i'))
		loose--;
	return octet_letter(text[loose]) && loose > strict ? strict : loose;
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
	token->digits = octet_digit(text[start]);
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

		if (!octet_digit(*c))
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

/* What the first word means, and the 2 to 4 from there on as far as there are such phrases; near:
 * no comma or more may part them. */
static void meanings_find(const struct token *tokens, size_t count, const struct lexicon *lexicon,
	uint32_t hash, bool near, const struct lexicon_entry **word,
	const struct lexicon_entry *phrases[LEXICON_WORDS - 1], struct class_set *classes)
{
	char phrase[LEXICON_WORDS * TOKEN_TEXT];
	size_t length = tokens[0].length;

	*word = lexicon_find_hashed(lexicon, hash, tokens[0].text, length);
	memset(phrases, 0, (LEXICON_WORDS - 1) * sizeof(*phrases));
	*classes = *word ? (*word)->classes : (struct class_set){0};
	if (count < 2 || lexicon_longest_with(*word, tokens[1].text) < 2)
		return; /* nearly always */
	memcpy(phrase, tokens[0].text, length);
	for (size_t n = 1; n < (*word)->longest && n < count; n++) {
		if (near && tokens[n].before >= BOUND_MEDIUM)
			break;
		phrase[length++] = ' ';
		memcpy(phrase + length, tokens[n].text, tokens[n].length);
		length += tokens[n].length;
		phrases[n - 1] = lexicon_find(lexicon, phrase, length);
		if (phrases[n - 1])
			class_join(classes, &phrases[n - 1]->classes);
	}
}

void tokens_look_up(
	struct token *tokens, size_t count, const struct lexicon *words, const struct lexicon *keys)
{
	for (size_t i = 0; i < count; i++) {
		struct token *token = &tokens[i];
		uint32_t hash = lexicon_hash(token->text, token->length);

		meanings_find(token, count - i, words, hash, true, &token->words, token->phrases,
			&token->classes);
		meanings_find(token, count - i, keys, hash, false, &token->keys,
			token->longer_keys, &token->key_classes);
	}
}

struct class_set tokens_mean(const struct token *tokens, size_t first, size_t last)
{
	struct class_set all = {0};

	for (size_t i = first; i < last && i < TOKENS_MAX; i++)
		class_join(&all, &tokens[i].classes);
	return all;
}

/* What stands between two tokens; it fills only what tells that. */
static size_t gap_read(const char *text, size_t i, struct token *token)
{
	token->before = BOUND_NONE;
	token->sep = 0;
	token->spaced = token->newline = false;
	while (text[i] && !octet_digit(text[i]) && !word_octet(text, i)) {
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
		if (octet_digit(text[i])) {
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
