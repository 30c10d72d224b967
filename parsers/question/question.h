/* Inside questions: what is asked for, as it is gathered. */
#ifndef PARSERS_QUESTION_H
#define PARSERS_QUESTION_H

#include "parsers/intent/intent_words.h"

enum head { HEAD_NONE, HEAD_STRONG, HEAD_ASKS, HEAD_ORDERS };

#define INDICATORS 8
struct question {
	struct words *words;
	enum head head;
	bool asks_who;                      /* for people, not for a number */
	const char *indicators[INDICATORS]; /* what is counted; [0] NULL: nothing */
	size_t nindicator;
	const char *form; /* whose gaps are asked */
	bool forms; /* of several */
	const char *kind; /* of a disease: its code; of several all of them, blanks between */
	const char *by;
	bool office; /* counts, and does not report */
	bool open;   /* a list of all who are waited for, where no time is told */
	bool apart, meant; /* the difference; what it means is asked too */
	bool lowest, limit_too; /* the list begins with the smallest; those at its limit too */
	bool ends, ordered; /* the largest and the smallest alone; some end is told */
	bool guessed, places; /* nobody said by which level; how many of them there are is asked */
	const char *unit;           /* "berapa desa": what is counted is of that level */
	const char *measured;       /* "hb < 11": the indicator of that limit */
	size_t measured_at;         /* the word of its number */
	int limit;                  /* of a list, in tenths; 0: none */
	size_t denied, ndenied;     /* words of denying, the first counted from 1; 0: none */
	size_t denied_end;          /* behind what they deny */
	bool denied_any;            /* there are none: "tidak ada", "tanpa" */
	size_t strange;             /* a word, counted from 1, that nothing may explain; 0: none */
	const char *which, *split;  /* as asked.h */
	bool without;               /* those who are not */
	const char *uncounted, *below; /* what nobody counts, as written; "dusun"; NULL */
	bool weak, deaths_left; /* "jumlah balita", where nothing else is; "bblr yg meninggal" */
	bool dated, place_tried;    /* of days, whatever the year; all but a place is understood */
	bool period_told, at_place; /* "di panggul" */
	struct period period;
	bool compared, one_told, aged; /* with another; one period is told; which ages are */
	struct period told, against; /* told; the earlier one, its first year 0: none */
};

void question_indicators(struct question *question); /* marks their words, and by which places */

/* What is counted, told at word i; NULL: nothing. near: a slip of it is no other word. */
const char *question_indicator_at(const struct words *words, size_t i, bool near, size_t *length);
bool question_sign_at(const struct words *words, size_t i); /* for "and", in front of it */
void question_fill(const struct question *question, struct reading *out); /* all but place and time */
void question_use_talk(struct question *question); /* marks the words that say nothing */
/* Asked beyond doubt, and not all of it understood: for a person. */
bool question_in_part(struct question *question, struct reading *out);
bool question_needs_word(const struct words *words, size_t i); /* unread it may not be left out */
bool question_names_somebody(const struct words *words); /* a title with a name */
bool question_is_long(const struct question *question); /* of a month or more */
/* Is the name left over a place that may be asked about? out->query.area */
bool question_place(struct question *question, char *name, struct reading *out);
/* The place of a question understood in part; none: area NULL; _left: without the rest, or false. */
void question_area_told(struct question *question, struct reading *out);
bool question_place_left(struct question *question, struct reading *out);
bool question_lists_due(const struct question *question); /* days that are expected, of people */
/* The period that is told; of what is asked of each of two, both; whether each year of it is told. */
void question_told_period(struct question *question, struct date today);
void question_times(struct question *question, struct date today);
void question_told_again(struct question *question, struct date today); /* "K1 juli, K6 juli" */
void question_period_fill(const struct question *question, struct reading *out); /* both */
void question_due_of(struct question *question); /* "risti yg hpl nya", "daftar bumil risti" */
void question_list(struct question *question, size_t gaps); /* gaps: behind BELUM LAPOR, 0 */
void question_count_places(struct question *question); /* "jumlah posyandu kec panggul" */
/* "ILP PUSKESMAS" counts puskesmas, "DESA DAN PUSKESMAS" both: the name without these words. */
char *question_by_puskesmas(const struct question *question, char *name, struct reading *out);
void question_list_below(struct question *question); /* of a list with a limit and no level */
/* question_which.c: "di rumah", "umur < 20", "menurut sebab" among the words that nothing explains. */
void question_which(struct question *question);
void question_kind(struct question *question), question_deaths(struct question *question);
/* A place that may be asked about, written exactly so; all of them among words that nothing
 * explains; *unknown: those. */
bool question_is_place(const struct intent_call *call, const char *name);
bool question_in_place(const struct words *words, size_t i, size_t most); /* of so many words */
size_t question_bare_places(
	const struct question *question, const char *names[1 + QUERY_PLACES], const char **unknown);
bool question_leaves_out(struct question *question); /* a word or two; the rest is answered */
bool question_may_be_slip(const struct words *words, size_t i); /* of a word that says something */
const char *question_taken_back(const struct words *words); /* "juni, eh juli": the last; NULL */
bool question_read(struct words *words, struct reading *out);
bool question_ends_asking(const char *text); /* in a question mark */
bool question_is_about(const struct question *question); /* reports about other ones are counted */
bool words_name_nobody(const struct words *words); /* no title of a person */
bool question_meaning(struct question *question, struct reading *out); /* beside a number */
void question_compared(struct question *question, struct date today);
bool question_asks_way(const struct words *words);
bool question_of_deaths(const struct question *question); /* by the noun, and of nobody */
bool question_wants(const struct question *question);     /* "yg belum kirim": nobody tells so */
bool question_there_or_not(struct words *words); /* "ono bayi mati ora": marks its words */
bool question_of_some(const struct question *question);
bool question_of_person(const struct question *question);

#endif
