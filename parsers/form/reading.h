/* What a text means: the result of reader_read(), plain data, all strings in the reading's arena.
 * Canonical names (forms, fields, choices, statuses, problem codes, notes, intents) are a contract:
 * the store, the exports and `kabarctl read` use them as they stand here.
 */
#ifndef PARSERS_READING_H
#define PARSERS_READING_H

#include "parsers/form/asked.h"
#include "parsers/form/report.h"
#include "parsers/form/sender.h"

enum intent {
	INTENT_REPORT, INTENT_CORRECT, INTENT_CANCEL, INTENT_ANSWER, INTENT_REGISTER,
	INTENT_PROFILE, INTENT_QUERY, INTENT_MORE, INTENT_STATUS, INTENT_HELP, INTENT_EMERGENCY,
	INTENT_HUMAN, INTENT_IGNORE, INTENT_SUPERVISE, INTENT_CHECKUP
};

/* command: what was asked within an intent.
 * profile:   "ganti_no" "berhenti" "mulai" "bahasa" (argument: its code) "pin"        (argument: the new number, the PIN)
 * emergency: "seruan" (a cry and nothing more), "nilai" (the same, unless a question asked for such
 *            a value); NULL: it is told what happens
 * human:     "tanya" (a number is asked for that nobody counts), "tanya_lain" (something else is asked)
 * supervise: "terima" "verifikasi" "tolak" "setuju" "blokir" (ref or argument: number, kelas, reason)
 * answer:    "ya" "tidak" "beda" or "" (a value: text holds it) */
/* Of one message: a bidan tells the sessions of all her posyandu at once. */
#define READING_REPORTS 16

struct reading {
	enum intent intent;
	size_t nreport;
	size_t nproblem; /* of the message, or of the correction, query, registration */
	const char *text; /* the folded text, for answers and for the human inbox */
	const char *ref; /* "L2408-0007", "last", "" (must be asked); NULL: none in this intent */
	const char *command; /* see above; NULL */
	const char *argument; /* NULL */
	/* help: "lahir", "tempat", "" for the overview; of a questionnaire: what it is about */
	const char *topic;
	size_t nchange; /* correct */
	struct asked query;
	struct {
		const char *role, *name, *area, *posyandu; /* NULL when not read */
		const char *unit; /* the posyandu as written, where its area is asked first */
	} registration;
	const struct area *place; /* a place named in a story or an emergency; NULL */
	bool training;
	bool emergency; /* a report that tells of one besides */
	const char *cry; /* the words of it that call for help; NULL: the whole message */
	/* nothing but courtesy: "terima_kasih", or "baik" (ok, siap); NULL */
	const char *courtesy;
	bool overfull; /* more was told than there is room for: a person reads the rest */
	size_t rest; /* where that begins in text; 0: not known */
	/* told beside all this: a death or a practice, a message of its own; or a cry; NULL */
	const char *besides;
	bool besides_cries; /* what a cry says stands in besides */
	/* behind a death that is told something is asked: that, and the telling without it; NULL */
	const char *asks, *asks_besides;
	const char *was[8]; /* what each change says that it was ("31 bukan 38"); NULL */
	/* of these nothing is filled behind its count */
	struct problem problems[4];
	struct value changes[8];
	struct report reports[READING_REPORTS];
};

/* Is there room for so many more reports? Asked only where one is about to be added: without room
 * it notes that the reading is not whole. */
bool reading_room(struct reading *reading, size_t more);

void report_copy(struct report *to, const struct report *from); /* what its counts name */

/* Empties it but for the room of what is filled one by one. */
void reading_clear(struct reading *reading, bool training);
void reading_copy(struct reading *to, const struct reading *from);

/* Names of the contract; NULL or -1 when there is none of that name. */
const char *intent_name(enum intent intent);

#endif
