/* The reader: folded or raw UTF-8 text in, meaning out. Pure: no clock, no store, no I/O.
 *
 * A reader is compiled once from the forms and lexicons (immutable afterwards) and shared; each
 * thread reads with a scratch of its own. Work is bounded: a reading stops at the step limit and
 * is then intent "human".
 */
#ifndef PARSERS_READER_H
#define PARSERS_READER_H

#include "parsers/parse/reader_forms.h"
#include "parsers/read/judge.h"
#include "parsers/read/read_field.h"

struct scratch; /* match data, step counter: one per thread */

struct scratch *scratch_new(void);
void scratch_free(struct scratch *scratch);
size_t scratch_steps(const struct scratch *scratch); /* of the last reading, for tests */

/* Never fails: what cannot be read is intent human, ignore or a refused report. Strings of out live
 * in arena. */
void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out);
/* Asks how many, which, who or when, and has no number: answers nothing. */
bool reader_is_question(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text);
/* Talk that is no name and no other free text that a question asked for. */
bool reader_is_talk(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text);
/* Opens like a command, whether or not it is one: no value of anything. */
bool reader_is_order(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text);
/* It says that the answer comes later. */
bool reader_postpones(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text);
/* What was told is taken back: "umum" (salah kirim), "kematian" (masih hidup); NULL: it is not. */
const char *reader_takes_back(const struct reader *reader, struct scratch *scratch,
	struct arena *arena, const struct read_context *context, const char *text);
/* The place that the telling of a death names in whatever way: "ds Wonocoyo", "di wonocoyo". */
const struct area *reader_place(const struct reader *reader, struct scratch *scratch,
	struct arena *arena, const struct read_context *context, const char *text);

#endif
