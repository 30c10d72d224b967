/* Of all that a question tells of what is counted, what is meant. */
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question_told.h"

/* Of two indicators the narrower is meant: REKAP POS … D/S is ds; the lexicon ranks the wide. */
static int rank_of(const struct lexicon *lexicon, const char *indicator)
{
	const char *rank = lexicon_word(lexicon, "indikator_luas", indicator);

	return rank ? atoi(rank) : RANK_NARROW;
}

void told_note(struct told_list *told, const char *name, bool listed)
{
	if (told->count < INDICATORS)
		told->list[told->count++] = (struct told){
			.name = name, .rank = rank_of(told->lexicon, name), .listed = listed};
}

static const char *first_share(const struct question *question, const char *name)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(reader, i)); i++)
		if (same_name(form->name, name) && form->nindicator > 0 &&
			form->indicators[0].of)
			return form->indicators[0].name;
	return name;
}

/* "rujukan juli berapa yg meninggal", "bblr yg meninggal": deaths among what a form counts that
 * tells none. They are counted nowhere, and the words stay for somebody to answer. */
static void leave_deaths(struct question *question, const struct told *one)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	if (!same_name(one->name, "kematian") || question->nindicator == 0 ||
		(question->head < HEAD_ASKS && !question->office))
		return; /* without a word that asks they would tell a death */
	for (size_t i = 0; (form = reader_form_at(reader, i)); i++) {
		if (form->story || !form_indicator(form, question->indicators[0]))
			continue;
		for (size_t k = 0; k < one->words; k++)
			question->words->list[one->at + k].used = false;
		question->deaths_left = true;
	}
}

/* "lahir salin nakes": a name in front of what is counted of others is no word of it. */
static void list_first(struct told_list *told)
{
	struct told *first = &told->list[0];

	if (told->count > 1 && first->rank > RANK_FORMS && first->rank < told->list[1].rank &&
		first->at + first->words == told->list[1].at &&
		strncmp(told->list[1].name, first->name, strlen(first->name)) != 0 &&
		strncmp(told->list[1].name, "salin_", strlen("salin_")) == 0)
		first->listed = true;
}

/* "lahir bblr lahir mati": three in a row, the first two of which would be one elsewhere. */
static void split_first(const struct words *words, struct told_list *told)
{
	const struct told *first = &told->list[0];
	size_t length = 1;
	const char *one = told->count == 2 && first->words == 2
		? words_phrase_short(words, "indikator", first->at, &length) : NULL;

	if (!one || rank_of(told->lexicon, one) >= first->rank || rank_of(told->lexicon, one) <=
			RANK_FORMS || first->at + first->words != told->list[1].at ||
		told->list[1].words < 2 || question_sign_at(words, told->list[1].at))
		return;
	memmove(told->list + 1, told->list, told->count * sizeof(*told->list));
	told->count++;
	told->list[0] = (struct told){
		.name = one, .rank = rank_of(told->lexicon, one), .listed = true};
}

/* The narrowest ones, and what is listed beside them. */
static void keep_meant(struct question *question, const struct told_list *told)
{
	int most = 0;

	for (size_t i = 0; i < told->count; i++)
		most = told->list[i].rank > most ? told->list[i].rank : most;
	for (size_t i = 0; i < told->count; i++) {
		const struct told *one = &told->list[i];
		bool known = one->rank < most && !(one->listed && one->rank >= RANK_FORMS);

		for (size_t k = 0; k < question->nindicator; k++)
			known = known || same_name(question->indicators[k], one->name);
		if (!known) /* the sessions of posyandu stand beside numbers by their first share */
			question->indicators[question->nindicator++] =
				one->rank == RANK_FORMS && most > RANK_FORMS ? first_share(question,
					one->name) : one->name;
	}
	for (size_t i = 0; i < told->count; i++) {
		if (told->list[i].rank == most || told->list[i].listed)
			continue;
		leave_deaths(question, &told->list[i]);
		if (question_is_about(question)) /* "rujukan bumil": of some only */
			for (size_t k = 0; k < told->list[i].words; k++)
				question->words->list[told->list[i].at + k].used = false;
	}
}

/* "berapa posyandu yg sudah ilp": of the other form's sessions, and no sessions of their own. */
static void drop_unit(const struct words *words, struct told_list *told)
{
	size_t length;

	for (size_t i = 0; told->count > 1 && i < told->count; i++) {
		const struct told *one = &told->list[i];
		bool other = false;

		for (size_t k = 0; k < told->count; k++)
			other |= k != i && told->list[k].rank == RANK_FORMS &&
				!same_name(told->list[k].name, one->name);
		if (!other || one->rank != RANK_FORMS || one->words != 1 ||
			!words_phrase(words, "posyandu", one->at, &length) || one->listed)
			continue;
		memmove(&told->list[i], &told->list[i + 1],
			(told->count - i - 1) * sizeof(*told->list));
		told->count--;
	}
}

void told_settle(struct question *question, struct told_list *told)
{
	drop_unit(question->words, told);
	list_first(told);
	split_first(question->words, told);
	keep_meant(question, told);
}
