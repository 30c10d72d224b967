/* Phone numbers to +628…: see phone.h. */
#include "parsers/text/phone.h"

#include <ctype.h>
#include <string.h>

#define DIGITS_MIN 9 /* fewer are a short code */
#define DIGITS_MAX 15 /* E.164 */

/* The digits of a number; false when something else is in it. */
static bool digits_of(const char *raw, char digits[PHONE_TEXT], bool *plus)
{
	size_t length = 0;

	while (isspace((unsigned char)*raw))
		raw++;
	*plus = *raw == '+';
	for (raw += *plus; *raw; raw++) {
		if (isdigit((unsigned char)*raw)) {
			if (length == PHONE_TEXT - 2)
				return false;
			digits[length++] = *raw;
		} else if (!strchr(" -.()/", *raw)) {
			return false;
		}
	}
	digits[length] = '\0';
	return true;
}

static bool starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The number without any prefix for "abroad" or "Indonesia"; *national: it was an Indonesian one.
 */
static const char *significant(const char *digits, bool plus, bool *national)
{
	bool abroad = plus || starts(digits, "00");

	if (!plus && starts(digits, "00"))
		digits += 2;
	*national = starts(digits, "62") || !abroad;
	if (starts(digits, "62"))
		digits += 2;
	if (*national)
		while (*digits == '0')
			digits++;
	return digits;
}

bool phone_normalise(const char *raw, char out[PHONE_TEXT])
{
	char digits[PHONE_TEXT];
	bool plus, national;
	const char *rest;
	size_t length;

	if (!digits_of(raw, digits, &plus) || strlen(digits) < DIGITS_MIN) {
		(void)copy_string(out, PHONE_TEXT, raw);
		return false;
	}
	rest = significant(digits, plus, &national);
	length = strlen(rest) + (national ? 2 : 0);
	if (length < DIGITS_MIN || length > DIGITS_MAX) {
		(void)copy_string(out, PHONE_TEXT, raw);
		return false;
	}
	(void)copy_string(out, PHONE_TEXT, national ? "+62" : "+");
	(void)copy_string(out + strlen(out), PHONE_TEXT - strlen(out), rest);
	return true;
}

bool phone_is_service(const char *raw)
{
	char out[PHONE_TEXT];
	size_t digits = 0;

	if (raw[0] == '+' && raw[1] == '6' && raw[2] == '2' && raw[3] != '0') {
		while (isdigit((unsigned char)raw[1 + digits]))
			digits++;
		if (!raw[1 + digits] && digits >= DIGITS_MIN && digits <= DIGITS_MAX)
			return false; /* nearly always: as it is kept */
	}
	return !phone_normalise(raw, out);
}
