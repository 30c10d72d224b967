/* A question in much talk: "maaf bu sy fitri sp3. desa yg blm kirim juli siapa aja biar tak oyak2".
 * What nobody answered is read once more without the words that nothing at all knows: no class of
 * the lexicon, no place, no slip of a word that says something. They are named in the answer, so
 * that a wish among them is not passed over in silence. A word behind "di" or "sejak" is a place or
 * a time that nobody knows, and one in front of what is counted makes something else of it ("obat
 * anemia"): then nothing is left out. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/question/question.h"
#include "parsers/reader_text.h"
#include "parsers/text/error.h"
#include "parsers/text/text.h"

#define WORDS_MOST 40 /* of a message that asks */
#define NAME_WORDS 4
#define KEPT_LEAST 2 /* words that are left of it */
#define LEFT_MOST  6 /* words that are named: more are talk, of which nothing may be sure */

/* Inside a phrase that begins in front of it ("by name"), or at it. */
static bool in_phrase(const struct words *words, size_t i)
{
	for (size_t back = 0; back < LEXICON_WORDS && back <= i; back++)
		for (size_t n = back; n < LEXICON_WORDS; n++)
			if (words->phrases[i - back].of[n])
				return true;
	return false;
}

static bool means_nothing(const struct words *words, size_t i)
{
	return words->list[i].kind == WORD_LETTERS && !in_phrase(words, i) &&
		!question_in_place(words, i, NAME_WORDS) && !question_may_be_slip(words, i);
}

/* "lahir atlantis juli": where a question has its place. */
static bool stands_for_place(const struct words *words, size_t i)
{
	return words_phrase_before(words, "indikator", i) > 0;
}

static bool names_place(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (question_in_place(words, i, NAME_WORDS))
			return true;
	return false;
}

/* The text without them; NULL: there is none, or one may not be left out. */
static const char *without(const struct words *words, const char **left)
{
	const struct intent_call *call = words->call;
	struct strbuf text = {.arena = call->arena}, names = {.arena = call->arena};
	size_t end = 0, kept = 0, count = 0;
	bool place = names_place(words);

	for (size_t i = 0; i < words->count; i++) {
		if (!means_nothing(words, i)) {
			kept++;
			continue;
		}
		if (++count > LEFT_MOST || question_needs_word(words, i) ||
			(!place && stands_for_place(words, i)))
			return NULL;
		strbuf_add(&text, call->text + end, words->list[i].raw - end);
		end = word_raw_end(words, i);
		strbuf_puts(&names, count > 1 ? " " : "");
		strbuf_puts(&names, words_raw(words, i, i + 1));
	}
	strbuf_puts(&text, call->text + end);
	*left = names.text;
	return count > 0 && kept >= KEPT_LEAST ? text.text : NULL;
}

/* By who counts, or by a word that asks; of no death, of nobody. */
static bool may_be_asked(const struct words *words)
{
	bool asks = intent_is_office(words->call->context->sender);

	for (size_t i = 0; !asks && i < words->count; i++)
		asks = reader_word_asks(words, i);
	return asks && !words->cut && words->count <= WORDS_MOST && !words_tell_death(words) &&
		!question_names_somebody(words) && !words_have(words, "perkara_lain") &&
		!words_have(words, "ralatan");
}

const char *reader_bare(const struct intent_call *call, const char **left)
{
	struct words own;
	const struct words *words = words_of(call, &own);

	return may_be_asked(words) ? without(words, left) : NULL;
}
