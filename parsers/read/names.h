/* Inside the reader: which words of a report are the name. */
#ifndef PARSERS_NAMES_H
#define PARSERS_NAMES_H

#include "parsers/parse/parse.h"

/* Gives back words that were taken for a name where the cause is due. */
void name_drop_late(struct parse *parse);
/* Asks which of two words is the name, when nothing but their place says so. */
void name_check(struct parse *parse, struct report *report);
/* Of two numbers with "or" between them it is asked which is meant. */
void either_find(struct parse *parse, struct report *report);

/* The field is asked instead of told; NULL: it is asked already. */
struct problem *report_ambiguous(struct report *report, const struct form_field *field);
/* One of its choices. */
void problem_offer(struct problem *problem, const char *value);
/* ... what a candidate says, if it says anything. */
void problem_offer_value(struct problem *problem, const struct candidate *c);
/* "lahir rina L 3200, wati P 3100": a word that means nothing opens the clause of a second child. */
void mothers_check(struct parse *parse, struct report *report);

#endif
