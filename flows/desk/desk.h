/* What a person at a screen does: verbs with JSON in and out, in the open batch. The web front has
 * no other way to write; an account has the rights that its role has in an SMS. */
#ifndef FLOWS_DESK_H
#define FLOWS_DESK_H

#include <jansson.h>

#include "flows/turn/turn.h"
#include "store/people/account.h"

#define DESK_SESSION "web" /* kind of the rows of store_session_put() */

/* request: {"verb":"…","account":"sri", …}. *answer, in the arena: {"ok":true, …} or
 * {"ok":false,"error":"scope"}. An error of the return value is about the store. */
int desk_run(struct flow *flow, const char *request, const char **answer) MUST_CHECK;

/* A turn in which the account speaks. ERR_STATE: the account is disabled or its role is none. */
int desk_turn(struct turn *turn, struct flow *flow, const struct account *account) MUST_CHECK;

/* desk_sight.c: what an account may see. */
/* The whole number of a person: bidan, puskesmas and dinkes, of people in their own area. */
bool desk_sees_number(const struct turn *turn, const struct person *person);
/* A message from this phone: of people in its area; strangers are the dinkes' business. */
int desk_sees_phone(const struct turn *turn, const char *phone, bool *sees) MUST_CHECK;
/* "+62812****0001"; and a text in which every NIK keeps its region alone. */
const char *desk_mask_phone(struct arena *arena, const char *phone);
const char *desk_mask_text(struct arena *arena, const char *text);

/* May the account put this person on file, new or in place of who has the number now? areas: codes
 * or ids with ";" between, proved to be there. */
int desk_may_put(struct turn *turn, const struct person *person, bool *may) MUST_CHECK;
#define DESK_LIST_ROWS 100 /* of one "people put" */

/* A verb. request has been parsed, answer is an object to fill; ERR_STATE, ERR_NOT_FOUND and
 * ERR_RANGE become its "error". */
typedef int desk_verb(struct turn *turn, const json_t *request, json_t *answer);
/* desk_session.c */
desk_verb desk_session_open, desk_session_touch, desk_session_close, desk_seen;
/* desk_list.c */
desk_verb desk_people_put;
/* desk_people.c */
desk_verb desk_command, desk_human_answer, desk_human_close, desk_person_state, desk_person_move;

#endif
