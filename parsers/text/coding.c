/* Scores of characters and words: see coding.h. */
#include "parsers/text/coding.h"

#include <string.h>
#include <utf8proc.h>

#include "parsers/text/utf8.h"

#define WORD_MAX    32
#define WORD_LETTER 3 /* each letter of a word that the lexicon knows */

static int ascii_score(int32_t c)
{
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		c == ' ' || c == '\n' || c == '\r' || c == '\t')
		return 2;
	if (c < ' ' || c == 0x7F)
		return -12;
	return strchr("#*.,:;/-?!'\"()+=&%", (int)c) ? 1 : -1;
}

/* Letters of our languages have hardly an accent; signs among letters are what a wrong coding
 * makes of them. */
static int other_score(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CC:
		return -12;
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ZS:
		return 0;
	case UTF8PROC_CATEGORY_SO: /* emoji */
		return c >= 0x2000 ? 0 : -3;
	case UTF8PROC_CATEGORY_SK:
		return c >= 0x1F3FB ? 0 : -3;
	default:
		break;
	}
	if (c < 0xC0)
		return -3; /* ¡ ¢ £ « ° */
	if (c < 0x250)
		return -1; /* é ñ */
	if (c >= 0x2010 && c < 0x2040)
		return 0; /* quotes, dashes, an ellipsis */
	if (c >= 0x3040 && c < 0x3100)
		return 2; /* kana: what looks like them is no ASCII */
	if (c == 0x20AC)
		return -1;
	if ((c >= 0x400 && c < 0x1100) || (c >= 0xA980 && c < 0xA9E0))
		return 0; /* Arabic and Javanese letters, which people quote, and other alphabets */
	return -3; /* ideographs; the Greek letters of GSM 03.38 */
}

static int char_score(int32_t c)
{
	if (c < 0 || c == 0xFFFD)
		return -12;
	return c < 0x80 ? ascii_score(c) : other_score(c);
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int words_score(const char *utf8, size_t length, const struct text_knows *knows)
{
	int score = 0;

	for (size_t at = 0; at < length;) {
		char word[WORD_MAX];
		size_t letters = 0;

		while (at < length && is_letter(utf8[at])) {
			if (letters < sizeof(word))
				word[letters] = (char)(utf8[at] | 0x20);
			letters++;
			at++;
		}
		if (letters > 1 && letters <= sizeof(word) &&
			knows->word(knows->context, word, letters))
			score += WORD_LETTER * (int)letters;
		at += letters == 0;
	}
	return score;
}

int coding_score(const char *utf8, size_t length, const struct text_knows *knows)
{
	int score = knows ? words_score(utf8, length, knows) : 0;

	for (size_t at = 0; at < length;) {
		int32_t c;

		at += utf8_next(utf8 + at, length - at, &c);
		score += char_score(c);
	}
	return score;
}
