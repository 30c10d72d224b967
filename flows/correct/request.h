/* A change that needs a verifier: it waits until one says SETUJU or TOLAK with the reference. */
#ifndef FLOWS_CORRECT_REQUEST_H
#define FLOWS_CORRECT_REQUEST_H

#include <jansson.h>

#include "flows/record/record.h"

/* kind "cancel" or "correct"; changes: {"berat":"3100"} as canonical texts (stolen), NULL for a
 * cancellation. Tells the verifiers. */
int request_put(struct turn *turn, const struct record *record, const char *kind,
	json_t *changes) MUST_CHECK;
/* Report `fresh` instead of `old`. */
int request_replace(struct turn *turn, const struct record *old,
	const struct record *fresh) MUST_CHECK;
/* The report has ended: what was asked about it is answered by that; who asked is told. */
int request_drop(struct turn *turn, const struct record *record) MUST_CHECK;

/* For request_decide.c. */
#define REQUEST_CANCEL	"cancel"
#define REQUEST_CORRECT "correct"
#define REQUEST_REPLACE "replace"
#define REQUEST_BY	"by" /* of a replacement: the id of the new report */
const char *request_key(const struct turn *turn, const struct record *record);
/* The changes in words: "berat 3000g -> 3100g". */
const char *request_words(
	const struct reply_context *reply, const struct record *record, json_t *changes);
const char *request_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *kind, json_t *changes, const char *by);
/* shown: the phones that have seen it since it took the place of another (stolen); NULL: it did
 * not. */
int request_store(const struct turn *turn, const struct record *record, const char *kind,
	const char *by, json_t *changes, json_t *shown, const char **stored) MUST_CHECK;
/* ERR_NOT_FOUND: none waits. */
int request_load(const struct turn *turn, const struct record *record, json_t **request) MUST_CHECK;

#endif
