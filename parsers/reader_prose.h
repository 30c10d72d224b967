/* Inside the reader: a report told as prose, with no keyword that opens it: "bu narti bumil yang rt 3
 * kakinya bengkak sama pusing terus, hamil 34 minggu".
 *
 * The model. A form says by which words people tell of it ([form] prose = CLASS). A telling is such
 * a word in a clause that does not deny, suppose, teach or ask it, with
 *
 *   whom       somebody by a title or a key; by bare words only among many values; of a form that
 *              warns of outbreaks the kind of sickness
 *   something  a value of it, so many months beside the word, or the keyword in front of all
 *
 * Who asks in another clause, speaks of a day to come or of his own child gets a person for an
 * answer, not a report, unless what is told alarms: an alarm lost is worse than one too many. It is
 * tried where nothing else read the text, and where it would be a cry only: a contact that is whole
 * is kept, and its danger alarms by it.
 */
#ifndef PARSERS_READER_PROSE_H
#define PARSERS_READER_PROSE_H

#include "parsers/intent/intent_call.h"
#include "parsers/parse/keyword.h"

/* A word of some form's prose stands in the text. */
bool prose_may(const struct parse *parse, size_t count);
/* Such a word of a form that reads a midwife's notation, and no form's keyword. */
bool prose_notes(const struct parse *parse);
/* Reads the text as such a telling, into a cleared reading; whole: it lacks nothing, but for where
 * it counts. */
bool read_prose(const struct intent_call *call, size_t count, bool whole, struct reading *out);
/* Cases of a sickness among whom the dead are counted: "keracunan 15 dirawat, 2 meninggal". */
bool read_cases(const struct intent_call *call, size_t count, struct reading *out);

#endif
