/* A questionnaire under way: where it stands, and what an answer does. SMS and USSD go through here alike.
 *
 * No name is stored. The phone is known by a keyed hash for the limit of a day, to the conversation while
 * it lasts, and to a bidan only when he who asked says YES.
 */
#ifndef FLOWS_CHECKUP_RUN_H
#define FLOWS_CHECKUP_RUN_H

#include <jansson.h>

#include "flows/checkup/checkup.h"
#include "flows/turn/turn.h"

enum checkup_stage {
	CHECKUP_STAGE_ASK, /* a question */
	CHECKUP_STAGE_DESA, /* where, or nothing */
	CHECKUP_STAGE_WHICH, /* one of several desa of that name */
	CHECKUP_STAGE_CONSENT, /* may a bidan call? */
	CHECKUP_STAGE_END
};

struct checkup_run {
	const struct checkup *checkup;
	enum checkup_stage stage;
	size_t at; /* question */
	int points;
	const struct checkup_result *result; /* NULL so far */
	const struct area *desa; /* NULL: not told */
	const char *which[9]; /* codes to choose from */
	size_t nwhich;
	bool consents;
	bool told; /* a bidan or puskesmas was told */
};

/* One more today; *may: not above the limit. */
int checkup_may(const struct turn *turn, bool *may) MUST_CHECK;
void checkup_start(struct checkup_run *run, const struct checkup *checkup);
json_t *checkup_save(const struct checkup_run *run);
/* false: it is of a questionnaire that is there no more. */
bool checkup_load(const struct turn *turn, const json_t *json, struct checkup_run *run);

/* What an answer makes of it. false: it is none, and the same is asked again. */
int checkup_take(const struct turn *turn, struct checkup_run *run, const char *text,
	bool *taken) MUST_CHECK;
/* A numbered choice of the question (from 0), at CHECKUP_STAGE_ASK. */
void checkup_choose(struct checkup_run *run, size_t choice);
/* The desa of a name: one, several to choose from, or none (false). */
bool checkup_desa(const struct turn *turn, struct checkup_run *run, const char *name);
/* At the end: counted, and told to the bidan when he consents. */
int checkup_finish(const struct turn *turn, struct checkup_run *run) MUST_CHECK;

/* "1=Ya, 2=Tidak" and the like as lines of a list. */
size_t checkup_lines(const struct turn *turn, const struct checkup_run *run, const char **lines);
/* The text that an SMS says where it stands. */
const char *checkup_say(const struct turn *turn, const struct checkup_run *run);

#endif
