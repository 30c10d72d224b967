/* Numbers with several letters for digits in them: "1l/8/24", "lO,5", "ll0/7O", "D lO". What no
 * single letter tells (read/digits.c) the whole run does: all of it is digits, letters like them
 * and the signs of one number or day.
 */
#include "parsers/form/digit_run.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN_MOST   10 /* octets: "12/08/2024" */
#define YEARS_BACK 80

/* What an octet is in a run: a digit, a sign, or a letter for the digit. */
enum { RUN_DIGIT = 1, RUN_SIGN };
static const unsigned char octets[256] = {
	['0' ... '9'] = RUN_DIGIT,
	['.'] = RUN_SIGN,
	[','] = RUN_SIGN,
	['-'] = RUN_SIGN,
	['/'] = RUN_SIGN,
	['l'] = '1',
	['i'] = '1',
	['o'] = '0',
};

/* The run with its letters as digits; its length, 0: it is none. *digits: how many it has. */
static size_t run_copy(const char *text, char out[RUN_MOST + 1], size_t *digits)
{
	size_t length = 0, letters = 0;
	unsigned char octet;

	*digits = 0;
	for (; (octet = octets[(unsigned char)text[length]]) != 0; length++)
		letters += octet > RUN_SIGN;
	if (letters == 0)
		return 0; /* nearly always */
	while (octets[(unsigned char)text[length - 1]] == RUN_SIGN)
		length--; /* the end of a sentence; some letter stands in front */
	if (length < 2 || length > RUN_MOST || (text[length] && !strchr(" \n#*;,.", text[length])))
		return 0;
	for (size_t i = 0; i < length; i++) {
		octet = octets[(unsigned char)text[i]];
		out[i] = octet > RUN_SIGN ? (char)octet : text[i];
		*digits += octet == RUN_DIGIT;
	}
	out[length] = '\0';
	return length;
}

static bool letter(char c)
{
	return isalpha((unsigned char)c) || (c & 0x80);
}

bool digit_run_may(const char *text)
{
	for (const char *c = text; *c; c++) {
		unsigned char next = octets[(unsigned char)c[1]];

		if (octets[(unsigned char)*c] <= RUN_SIGN)
			continue;
		if (next == RUN_DIGIT || (c > text && octets[(unsigned char)c[-1]] == RUN_DIGIT) ||
			(next == RUN_SIGN && octets[(unsigned char)c[2]] == RUN_DIGIT) ||
			((c == text || !letter(c[-1])) && (next > RUN_SIGN || !letter(c[1]))))
			return true;
	}
	return false;
}

/* "11/8/24", "02-10-2024": a day that there is. */
static bool is_day(const char *run, struct date today)
{
	int day, month, year, length = 0;
	char sign, again;

	if (sscanf(run, "%2d%1[/.-]%2d%1[/.-]%4d%n", &day, (char[2]){0}, &month, (char[2]){0},
		    &year, &length) != 5 || run[length])
		return false;
	sign = run[strcspn(run, "/.-")];
	again = strchr(run, sign) == strrchr(run, sign) ? '\0' : sign;
	year += year < 100 ? 2000 : 0;
	return sign == again && date_valid(year, month, day) && year <= today.year + 1 &&
		year >= today.year - YEARS_BACK;
}

/* What the field behind whose key it stands may hold. */
static bool fits_key(const struct form_field *field, const char *run)
{
	char *end;
	double value;
	char number[RUN_MOST + 1];

	if (field->type == FIELD_PATTERN)
		return strchr(run, '/') != NULL;
	if (!field_is_number(field->type) || strpbrk(run, "/-"))
		return false;
	strcpy(number, run);
	if (strchr(number, ','))
		*strchr(number, ',') = '.';
	value = strtod(number, &end);
	return !*end && value >= field->min && value <= field->max;
}

bool digit_run_spell(char *text, const struct form_field *field, struct date today)
{
	char run[RUN_MOST + 1];
	size_t digits, length = run_copy(text, run, &digits);

	if (!length || !((field && fits_key(field, run)) || (digits >= 2 && is_day(run, today))))
		return false;
	memcpy(text, run, length);
	return true;
}

/* "l24o8-ooo7": a letter, and a month and a number with letters for digits. How many octets; 0: no
 * reference begins there. */
static size_t ref_length(const char *text)
{
	size_t month, serial, digits = 0;

	if (!isalpha((unsigned char)*text) || strspn(text + 1, "0123456789oli") < 4)
		return 0; /* nearly always */
	for (month = 1; month <= 4; month++)
		digits += isdigit((unsigned char)text[month]) != 0;
	month += text[month] == '-';
	serial = strspn(text + month, "0123456789oli");
	return digits < 2 || serial < 4 || isalnum((unsigned char)text[month + serial])
		? 0 : month + serial;
}

bool refs_spell(char *text)
{
	bool changed = false;

	for (char *c = text; *c;) {
		size_t length = octets[(unsigned char)c[1]] ? ref_length(c) : 0;

		for (size_t i = 1; i < length; i++) {
			changed |= octets[(unsigned char)c[i]] > RUN_SIGN;
			c[i] = c[i] == 'o' ? '0' : strchr("li", c[i]) ? '1' : c[i];
		}
		for (c += length; isalnum((unsigned char)*c); c++)
			;
		c += *c != '\0';
	}
	return changed;
}
