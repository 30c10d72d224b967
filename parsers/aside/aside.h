/* What people say around a report: it fills no field and contradicts none.
 *
 * A stretch is read on trial (trial.h) with it and without it, and what is left open decides. Behind the
 * last value talk is cut off (talk.c); between the separators of a complete report a segment that is no
 * value of it is a remark (remark.c).
 */
#ifndef PARSERS_ASIDE_H
#define PARSERS_ASIDE_H

#include "parsers/parse/keyword.h"

/* talk.c: reads [first, last) as a report; chat behind a whole one is left unread. */
void parse_told(struct parse *parse, const struct form_index *index, size_t first, size_t last);
/* Reads the stretch again without the talk behind it, when that leaves less open. */
void talk_cut(struct parse *parse);
/* remark.c: of a complete report between separators, sets aside what is no value of it. */
bool remarks_mute(struct parse *parse);
/* "SAKIT diare 5, campak 2": of a form that counts the sick a number stands there, which is no talk.
 */
bool counts_more(const struct parse *parse, const struct form_index *index, size_t first,
	size_t end);

#endif
