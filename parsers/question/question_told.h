/* Inside the reading of what is counted: the indicators as they stand in the text. */
#ifndef PARSERS_QUESTION_TOLD_H
#define PARSERS_QUESTION_TOLD_H

#include "parsers/question/question.h"

#define RANK_FORMS  2 /* a form as a whole is no number beside others */
#define RANK_NARROW 9

struct told {
	const char *name;
	int rank;
	bool listed;      /* "lahir, bblr dan lahir mati" */
	size_t at, words; /* where it stands; words 0: not noted */
};

struct told_list {
	const struct lexicon *lexicon;
	struct told list[INDICATORS];
	size_t count;
};

void told_note(struct told_list *told, const char *name, bool listed);
/* The narrowest of them, and what is listed beside them: the question's. */
void told_settle(struct question *question, struct told_list *told);

/* question_compose.c: what several words count together, wherever they stand: "remaja yg datang ke
 * posyandu", "akan melahirkan"; marks them. */
void question_attended(struct question *question, struct told_list *told);
void question_expected(struct question *question, struct told_list *told);
/* "alarm yg blm padam": outbreaks that are open. */
void question_alarms(struct question *question, struct told_list *told);
/* "posyandu yg tdk buka, alasannya apa": sessions that were not held, one by one. */
void question_unheld(struct question *question, struct told_list *told);
/* "hb0 juli", "yg dapat imd": of a form's field alone; what it counts is all of the form. */
void question_field_alone(struct question *question, struct told_list *told);
/* question_indicators.c: "kematian kec tugu bayi": whose, somewhere among the words; marks it. */
const char *question_who_died(struct words *words);
/* question_words.c: "di rumah" in front of "sakit": the last of these words is the first of another
 * value. */
bool question_goes_on(const struct words *words, size_t i, size_t length);
/* "1. AKI 2. AKB", "a) ...": a sign of such a list; marks all of them. */
bool question_list_sign(const struct words *words, size_t i);
void question_use_list_signs(struct words *words);
/* question_letters.c: "S nya", "D saya"; marks them. */
void question_letters(struct question *question, struct told_list *told);
/* "krn bblr": a cause, and no number of its own. */
bool question_is_cause(const struct words *words, size_t i, size_t length);
/* "kematian ibu waktu hamil, bersalin, nifas": of the dead among others of its kind, no delivery. */
bool question_is_stage(const struct words *words, size_t i, size_t length);
/* "bblr yg lahir di rumah": of two of one form, not listed, one says which. */
void question_narrow(struct question *question, struct told_list *told);
/* "kec apa yg laporan posyandunya plg rendah": how complete they are; "desa yg sudah lapor". */
void question_completeness(struct question *question, const struct told_list *told);
bool question_who_told(const struct question *question, size_t gaps);
/* question_list.c: a level without a name behind it? */
bool question_bare_level(const struct words *words, size_t end);

#endif
