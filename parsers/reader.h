/* The reader: folded or raw UTF-8 text in, meaning out. Pure: no clock, no store, no I/O.
 *
 * A reader is compiled once from the forms and lexicons (immutable afterwards) and shared; each
 * thread reads with a scratch of its own. Work is bounded: a reading stops at the step limit and
 * is then intent "human".
 */
#ifndef PARSERS_READER_H
#define PARSERS_READER_H

#include "parsers/reading.h"

struct lexicon; /* parsers/lexicon.h */
struct reader;
struct scratch; /* match data, step counter: one per thread */

struct read_context {
	const struct gazetteer *places;
	const struct sender *sender;
	struct moment now; /* local time of the gateway's time zone */
	/* NULL, or gets tokens, candidates, scores and the decision as text */
	struct strbuf *explain;
};

/* Takes ownership of nothing; forms and lexicon must outlive the reader. */
struct reader *reader_new(
	const struct form *const *forms, size_t nform, const struct lexicon *lexicon);
void reader_free(struct reader *reader);
struct scratch *scratch_new(void);
void scratch_free(struct scratch *scratch);
size_t scratch_steps(const struct scratch *scratch); /* of the last reading, for tests */

const struct form *reader_form(const struct reader *reader, const char *name); /* "lahir"; NULL */
const struct form *reader_form_by_letter(const struct reader *reader, char letter); /* 'L'; NULL */

/* Never fails: what cannot be read is intent human, ignore or a refused report. Strings of out live
 * in arena. */
void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out);

/* Reads one value for one field, as an answer, a correction or a USSD page gives it. OK: *out holds
 * it; else *problem says why (ERR_SYNTAX invalid, ERR_RANGE range or future, ERR_AMBIGUOUS with
 * options). */
int reader_read_field(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct form *form, const char *field,
	const char *text, struct value *out, struct problem *problem) MUST_CHECK;
/* The same for a report that is known so far: an age without a unit that nothing settles is asked.
 */
int reader_read_value(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct report *report, const char *field,
	const char *text, struct value *out, struct problem *problem) MUST_CHECK;

/* Sets a value (replacing an older one; text NULL removes it). */
void report_set(struct report *report, struct arena *arena, const struct value *value);

/* Judges a report from its values alone: required fields, ranges, checks, derived values, notes,
 * becomes; rewrites problems (kept: none), notes and status. confirmed: names of checks or fields
 * that the sender affirmed ("d"), NULL-terminated, may be NULL: their questions are not asked
 * again. */
void report_judge(const struct reader *reader, struct arena *arena,
	const struct read_context *context, const char *const *confirmed, struct report *report);

#endif
