/* Numbers as people write them: digits, digits with letters for 0 and 1, words, and both mixed.
 *
 * The words are data. Each is worth a plain number ("5", "25"), an addition to the number before
 * ("+10": belas, "+20": likur), a factor ("*10": puluh, "*1000": ribu), or a plain number only in
 * front of another word in one piece ("^1": se- in seratus). Words in one piece are taken apart:
 * limolas, rongpuluh, patlikur, 3ribu2ratus.
 */
#ifndef PARSERS_NUMBER_NUMBER_H
#define PARSERS_NUMBER_NUMBER_H

#include "parsers/text/util.h"

/* Says what a word (lower case, not terminated) is worth, as above; NULL when it is no number word.
 */
typedef const char *number_lookup(const void *data, const char *word, size_t length);

/* Reads the longest number at the start of text: words and digits separated by single spaces.
 * Returns the octets used, 0 when there is none there. Digits alone are read as an integer without
 * separators; at most 9 digits. */
size_t number_read(const char *text, number_lookup *lookup, const void *data, long *value);

/* One word as an integer: digits, or digits with o/O for 0 and l/i/I for 1 when at least one real
 * digit is there. */
bool number_digits(const char *word, size_t length, long *value);

/* As strtod(3), but quick for what reports hold: digits, a point, digits. */
double number_value(const char *text, const char **end);

/* With so many decimals (six at most), rounded half away from nought; what rounds to nought has no sign. */
char *number_decimals(struct arena *arena, double value, int decimals);

#endif
