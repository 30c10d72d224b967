/* Questionnaires with which a citizen looks after himself, as data filled by gateway/data/config_checkup.c
 * from conf/screens/. Plain immutable structs once loaded; strings live in the arena.
 *
 * Each answer has points; an answer that is a danger sign ends at once. The result is the first whose
 * least the sum reaches, in the order of the file (the highest first).
 */
#ifndef FLOWS_CHECKUP_H
#define FLOWS_CHECKUP_H

#include <stdbool.h>
#include <stddef.h>

#define CHECKUPS_MAX	 8 /* one list on a telephone */
#define CHECKUP_QUESTIONS 8
#define CHECKUP_CHOICES	 5
#define CHECKUP_RESULTS	 5

#define CHECKUP_ASK_SEPTETS    96 /* of a question with its choices: what to do with it follows */
#define CHECKUP_ADVICE_SEPTETS 84

struct checkup_choice {
	const char *label; /* NULL: YA and TIDAK, in this order */
	int points;
	bool danger;
};

struct checkup_question {
	const char *name, *ask;
	struct checkup_choice choices[CHECKUP_CHOICES];
	size_t nchoice;
	bool yes_no;
};

struct checkup_result {
	const char *name; /* "MERAH" */
	int from;
	const char *advice;
	bool red; /* a bidan may be asked to call */
};

struct checkup {
	const char *name, *title;
	const char *const *words; /* CEK SEHAT <word> */
	size_t nword;
	struct checkup_question questions[CHECKUP_QUESTIONS];
	size_t nquestion;
	struct checkup_result results[CHECKUP_RESULTS];
	size_t nresult;
	struct checkup_result danger; /* advice NULL: no question is one */
};

struct checkups {
	struct checkup list[CHECKUPS_MAX];
	size_t count;
	struct arena *arena;
};

void checkups_free(struct checkups *checkups);
const struct checkup *checkup_by_name(const struct checkups *checkups, const char *name); /* NULL */
/* By the first word of a text that is one of a questionnaire's; NULL. */
const struct checkup *checkup_by_word(const struct checkups *checkups, const char *text);
const struct checkup_result *checkup_result(const struct checkup *checkup, int points);

#endif
