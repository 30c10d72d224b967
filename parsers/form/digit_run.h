/* Numbers with several letters for digits in them. */
#ifndef PARSERS_DIGIT_RUN_H
#define PARSERS_DIGIT_RUN_H

#include "parsers/form/form.h"
#include "parsers/number/date.h"

/* A letter that may be a digit stands in the folded text at a digit, alone, or with others. */
bool digit_run_may(const char *text);
/* Writes the digits into a run of digits and such letters that a text begins with, when it is a day
 * or the value behind a field's key (NULL: none): "1l/8/24", "hb lO,5". False: it is neither. */
bool digit_run_spell(char *text, const struct form_field *field, struct date today);

/* "l24o8-ool5": the letters that look like digits in the number of a report, written as such; true:
 * there were some. */
bool refs_spell(char *text);

#endif
