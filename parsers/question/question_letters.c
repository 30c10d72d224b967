/* The letters of a session: "jml S dan D", "N nya". Between two names N is "and". */
#include <string.h>

#include "parsers/question/question_told.h"

/* "diukur n yg stunting": is what is counted told behind word i? */
static bool counted_behind(const struct words *words, size_t i)
{
	size_t length, at = i + 1;

	while (words_phrase(words, "yang", at, &length) ||
		words_phrase(words, "jumlah_kata", at, &length))
		at += length;
	return words_phrase(words, "indikator", at, &length) != NULL;
}

/* The letter of a session's number at word i: "S nya", "D"; NULL. Between two names N is "and". */
static const char *letter_at(const struct words *words, size_t i)
{
	size_t length;
	const char *name = words->list[i].used || words->list[i].length != 1
		? NULL : words_phrase(words, "huruf_skdn", i, &length);

	if (!name || (i + 1 < words->count && word_glued(words, i + 1)) ||
		words_phrase(words, "sampai", i, &length) ||
		(i > 0 && words_phrase(words, "sampai", i - 1, &length) && length > 1) ||
		(words_phrase(words, "dan_juga", i, &length) && i + 1 < words->count &&
			(counted_behind(words, i) || words->list[i + 1].length == 1)))
		return NULL;
	return name;
}

/* "jumlah s", "anak yg O" in front of word i: a number of them is asked for. */
static bool is_counted(const struct words *words, size_t i)
{
	size_t length;

	while (i > 0 && words_phrase(words, "yang", i - 1, &length) && length == 1)
		i--;
	return i > 0 && (words_phrase(words, "jumlah_kata", i - 1, &length) ||
				words_phrase(words, "indikator_akhir", i - 1, &length) ||
				word_is(words, i - 1, "anak"));
}

/* "saya", "posyandu saya" */
static bool is_own(const struct words *words, size_t i)
{
	size_t length;

	if (words_phrase(words, "posyandu", i, &length))
		i += length;
	return words_phrase(words, "punya", i, &length) != NULL;
}

/* "jml S dan D", "S nya", "D saya", "T per posyandu"; "balita ditimbang (D)" says it twice. */
void question_letters(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	size_t count = 0, length;

	for (size_t i = 0; i < words->count; i++)
		count += letter_at(words, i) != NULL;
	for (size_t i = 0; i < words->count; i++) {
		const char *name = letter_at(words, i);
		bool known = false;

		for (size_t k = 0; name && k < told->count; k++)
			known = known || same_name(told->list[k].name, name);
		if (!name || (!known && count < 2 && !question->by &&
				     !words_phrase(words, "nya", i + 1, &length) &&
				     !is_own(words, i + 1) && !is_counted(words, i)))
			continue;
		words_use(words, i, 1);
		if (!known)
			told_note(told, name, true);
	}
}
