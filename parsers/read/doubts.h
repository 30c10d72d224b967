/* Inside the reader: problems of a report that lie in how it was told. */
#ifndef PARSERS_DOUBTS_H
#define PARSERS_DOUBTS_H

#include "parsers/parse/parse.h"

static inline const struct form_field *candidate_field(
	const struct parse *parse, const struct candidate *c)
{
	return &parse->index->form->fields[c->field];
}
/* As it stands in the text. */
const char *candidate_raw(const struct parse *parse, const struct candidate *c);
/* What was chosen last in front of a token; NULL. */
const struct candidate *chosen_before(const struct parse *parse, size_t at);

void doubts_find(struct parse *parse, struct report *report);
/* unexplained.c: what was told and not understood. */
void unexplained_find(struct parse *parse, struct report *report);
/* "dari terbis", "3 th terbis": a desa is named, and no field took it: where it counts is asked, also
 * beside what is asked already and of several children. */
void place_left_find(struct parse *parse, struct report *report);
/* loose.c: numbers beside a key, a word or another number; counts told in parts. */
/* A good value of a field that is a number, and no count. */
bool plain_number(const struct parse *parse, const struct candidate *c);
void misplaced_find(struct parse *parse, struct report *report);
/* The candidate that fills a field; NULL. */
const struct candidate *chosen_of(const struct parse *parse, int field);
/* "mawar 12 45 45 38 30": the first count of a row by position may be the day, which nobody told. */
bool day_opens_row(const struct parse *parse, const struct report *report);
/* "polio bcg": of a list that must be told, a word that has to have its number. */
void numberless_find(struct parse *parse, struct report *report);
/* nihil.c: "posyandu agustus belum diadakan", before August is over: not yet. */
void not_yet_find(struct parse *parse, struct report *report);
/* rest.c: "15 dirawat, 2 meninggal", "12 sembuh": so many of the sick, or all of them? */
void part_find(struct parse *parse, struct report *report);
void loose_find(struct parse *parse, struct report *report);
void doubled_find(struct parse *parse, struct report *report);
/* strange.c: values that stand among words of another matter. */
void strange_find(struct parse *parse, struct report *report);
/* The value behind words that take back what stands in front of them: "eh maaf 3200"; 0: none. */
size_t mended_at(const struct parse *parse, size_t at);
void mended_find(struct parse *parse, struct report *report);
/* "40 40 36 kosong", "tidak ada yang meninggal, S40 K40 D34 N27": where so many are counted a
 * session was held, and the word for none was said of something else. */
void nihil_word_drop(struct parse *parse, struct report *report);
#define PHONE_DIGITS 10 /* of a telephone number, and more: no value */

#endif
