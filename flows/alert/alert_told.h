/* Who was told of an alarm, kept by report, and what is said to all of them; who told it. */
#ifndef FLOWS_ALERT_TOLD_H
#define FLOWS_ALERT_TOLD_H

#include <jansson.h>

#include "flows/alert/recipients.h"
#include "flows/record/record.h"

/* Their phones, as texts. */
int told_load(const struct turn *turn, const struct record *record, json_t **phones) MUST_CHECK;
/* phones is stolen. */
int told_save(const struct turn *turn, const struct record *record, json_t *phones) MUST_CHECK;
/* Was anybody? The one who reports it is not. */
int alert_told(const struct turn *turn, const struct record *record, bool *told) MUST_CHECK;
int alert_told_to(const struct turn *turn, const struct record *record, const char *phone,
	bool *told) MUST_CHECK;
/* The report of that number that the one who speaks was alarmed of; ERR_NOT_FOUND. */
int alert_find(const struct turn *turn, const char *ref, struct record *out) MUST_CHECK;
/* false: he is among them already. */
bool told_add(json_t *phones, const char *phone);
/* The same words to all who were told, but to those of `but` (NULL: to all); `others` to those who
 * may not decide about it. */
int told_write(const struct turn *turn, const struct record *record, enum message_id deciders,
	enum message_id others, const struct recipients *but) MUST_CHECK;

/* Whom to call: the teller of that version (a number as text; NULL: the first), and somebody else who
 * told it (NULL: nobody). */
int alert_tellers(const struct turn *turn, const struct record *record, const char *version,
	const char **by, const char **also) MUST_CHECK;

/* Where its people are looked for: its desa, else what all places of who told it lie in. */
int alert_area(const struct turn *turn, const struct record *record,
	const struct area **area) MUST_CHECK;

#endif
