/* What went out to a phone lately, known in memory: an index of the growing table by recipient would
 * cost each message a page. Rows are found by number; what other processes wrote is taken up when
 * they did, and a new process reads the last day once. Where several gateways write, the database
 * is asked. */
#ifndef STORE_MESSAGE_LATELY_H
#define STORE_MESSAGE_LATELY_H

#include "parsers/text/error.h"
#include "parsers/text/overlap.h"
#include "parsers/text/util.h"

struct store;

#define LATELY "lately" /* kind of what is foreseen, by recipient */
#define LATELY_ANSWERS "lately-answers" /* likewise */
#define LATELY_SECONDS 86400
#define LATELY_MOST	6 /* rows of a phone */

/* What went out to a phone since then, newest first. state: "waiting", or "" of what does not wait
 * any more. */
typedef void outbox_text(
	const char *kind, const char *state, int64_t created, const char *text, void *context);
/* Is such a row worth reading? sketch: of its folded text. NULL: every row is. */
typedef bool outbox_wanted(
	int64_t created, const struct overlap_sketch *sketch, void *context);
int store_outbox_lately(struct store *store, struct arena *arena, const char *recipient,
	int64_t since, size_t most, outbox_wanted *wanted, outbox_text *each,
	void *context) MUST_CHECK;
/* Answers to a phone since then, whoever gave them. */
int store_outbox_answers(
	struct store *store, const char *recipient, int64_t since, int64_t *count) MUST_CHECK;
/* A row that this process just put. */
void lately_note(struct store *store, const char *recipient, int64_t id, int64_t created,
	const char *text);

#endif
