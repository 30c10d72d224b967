/* Questions as they are typed: words with a slip ("agustsu", "kemtaian ibuk"), without vowels
 * ("stntng"), two written as one ("perdesa") or one as two ("di timbng"). The text is written again
 * with the words that were meant; who asks looks whether that is understood better. A slip that may
 * be two words, or a place, stays as it is and is named in the answer. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"
#include "parsers/parse/reader_index.h"
#include "parsers/parse/vocabulary.h"
#include "parsers/question/question.h"
#include "parsers/text/error.h"
#include "parsers/text/text.h"
#include "parsers/words/fuzzy.h"

#define NEAR_MOST   8
#define PIECES_MOST 4
#define PIECE_LEAST 2 /* letters of one of the words that are glued ... */
#define PLACE_WORDS 2 /* "watu limoo" */
#define WORD_LEAST  3 /* ... of all of them in the mean; of a word with a slip in it */
#define GLUED_LEAST 5
#define DEATH_LEAST 5
#define PLACE_LEAST 4 /* letters of a place among them */
#define WORDS_MOST  24 /* of a question that is looked at again */

struct spelling {
	const struct words *words;
	struct strbuf text;
	const char *before; /* the last word as it was meant */
	bool changed;
};

/* Nothing knows it: no slip of anything else, no name. */
static bool is_unknown(const struct words *words, size_t i)
{
	return words->list[i].kind == WORD_LETTERS && !words->phrases[i].of[0] &&
		words->list[i].length >= WORD_LEAST;
}

/* Reports know it, questions do not: at most vowels are left out ("smpe"). */
static bool is_of_reports(const struct words *words, size_t i)
{
	return words->list[i].kind == WORD_LETTERS && words->phrases[i].of[0] &&
		words->list[i].length > WORD_LEAST &&
		!vocabulary_find(words->call->reader->asked, words->joined + words->list[i].at,
			words->list[i].length);
}

/* "mlati": the posyandu of the asker's own desa with nearly that name; NULL. */
static const char *posyandu_near(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	struct posyandu_matches matches;

	if (sender->narea == 0 || sender->areas[0]->level != LEVEL_DESA ||
		gazetteer_find_posyandu(call->context->places, name, sender->areas[0], &matches) !=
			OK)
		return NULL;
	return text_fold(call->arena, matches.list[0]->name);
}

/* Inside an area there is a place of nearly that name: one slip away, as the word is. */
static bool place_in(const struct intent_call *call, const char *name, const struct area *area)
{
	struct area_matches matches;

	if (gazetteer_find_area(call->context->places, name, area, LEVEL_ANY, &matches) ==
		ERR_NOT_FOUND)
		return false;
	for (size_t i = 0; i < matches.count; i++) {
		const char *place = text_fold(call->arena, matches.list[i]->name);

		if (fuzzy_near(name, strlen(name), place, strlen(place)))
			return true;
	}
	return false;
}

/* As near to a place that may be asked about. */
static bool near_place(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const struct puskesmas *puskesmas = sender->puskesmas;

	for (size_t i = 0; i < sender->narea; i++)
		if (place_in(call, name, sender->areas[i]))
			return true;
	for (size_t i = 0; puskesmas && i < puskesmas->narea; i++)
		if (place_in(call, name, puskesmas->areas[i]))
			return true;
	return posyandu_near(call, name) != NULL;
}

/* "agst" and "agustus": in some class they mean the same. */
static bool mean_the_same(
	const struct lexicon *lexicon, const struct known_word *one, const struct known_word *other)
{
	const struct lexicon_entry *a = lexicon_find(lexicon, one->text, one->length), *b;

	for (; a; a = a->next)
		for (b = lexicon_find(lexicon, other->text, other->length); b; b = b->next)
			if (a->class_id >= 0 && a->class_id == b->class_id &&
				same_name(a->canonical, b->canonical))
				return true;
	return false;
}

/* "kematian ibu", "bulan ini": the word and its neighbour are a phrase of questions. */
static bool makes_phrase(const struct spelling *spelling, size_t i, const char *word)
{
	const struct words *words = spelling->words;
	const struct lexicon *lexicon = words->call->lexicon;
	struct arena *arena = words->call->arena;
	const char *in_front = arena_printf(arena, "%s %s", spelling->before, word);
	const char *behind = i + 1 < words->count
		? arena_printf(arena, "%s %s", word, words_text(words, i + 1, i + 2)) : "";
	static const char *const classes[] = {"indikator", "periode", "terakhir", "tiap"};

	for (size_t k = 0; k < COUNT_OF(classes); k++)
		if (lexicon_word(lexicon, classes[k], in_front) ||
			lexicon_word(lexicon, classes[k], behind))
			return true;
	return false;
}

/* Of several that are as near the one that belongs to the words beside it; else those that say
 * something, if they say the same. */
static const struct known_word *choose(const struct spelling *spelling, size_t i,
	const struct known_word *const *near, size_t count)
{
	const struct lexicon *lexicon = spelling->words->call->lexicon;
	const struct known_word *best = NULL;
	int most = -1;

	for (size_t k = 0; k < count; k++) {
		bool joins = count > 1 && makes_phrase(spelling, i, near[k]->text);
		int rank = joins ? 2 : near[k]->core;

		if (rank > most || (rank == most && best && mean_the_same(lexicon, best, near[k])))
			best = near[k];
		else if (rank == most)
			best = NULL; /* and so it stays, unless one is better */
		most = rank > most ? rank : most;
	}
	return best;
}

/* "ibuk": a word as it is spoken; NULL. */
static const char *spoken_at(const struct words *words, size_t i)
{
	const struct vocabulary *asked = words->call->reader->asked;
	const char *text = words->joined + words->list[i].at;
	size_t length = words->list[i].length;

	return length > WORD_LEAST && text[length - 1] == 'k' &&
			!vocabulary_find(asked, text, length) &&
			vocabulary_find(asked, text, length - 1)
		? arena_strndup(words->call->arena, text, length - 1) : NULL;
}

/* ... behind "kematian": as part of what is counted. */
static const char *spoken_word(const struct spelling *spelling, size_t i)
{
	const char *text = spoken_at(spelling->words, i);

	return text && makes_phrase(spelling, i, text) ? text : NULL;
}

/* "mlati" is no "mati": of so few letters nobody dies by a slip. */
static bool is_short_death(const struct lexicon *lexicon, const struct known_word *word)
{
	return word->length <= DEATH_LEAST && lexicon_word(lexicon, "meninggal", word->text);
}

/* "krn pnmonia": behind the word of a cause one of the causes that a form knows; NULL. */
static const char *cause_of(const struct spelling *spelling, size_t i)
{
	const struct words *words = spelling->words;
	const struct known_word *near[NEAR_MOST];
	const struct vocabulary *causes = words->call->reader->causes;
	size_t length;

	return i > 0 && words_phrase(words, "karena", i - 1, &length) && length == 1 &&
			vocabulary_near(causes, words->joined + words->list[i].at,
				words->list[i].length, near, NEAR_MOST) > 0
		? near[0]->text : NULL;
}

static const char *slip_of(const struct spelling *spelling, size_t i)
{
	const struct words *words = spelling->words;
	const char *text = words_text(words, i, i + 1);
	const struct known_word *near[NEAR_MOST], *word;
	const struct vocabulary *asked = words->call->reader->asked;
	size_t length = words->list[i].length,
	       count = vocabulary_find(asked, text, length)
		? 0 : vocabulary_near(asked, text, length, near, NEAR_MOST);

	word = choose(spelling, i, near, count);
	if (word && words->phrases[i].of[0] &&
		!vocabulary_is_short_for(text, length, word))
		return NULL;
	return !word || is_short_death(words->call->lexicon, word) || near_place(words->call, text)
		? NULL : word->text;
}

/* "perdesa", "jmllahirjuli", "lahirpanggul": as the fewest words that are known; NULL. */
static const char *pieces_of(
	const struct words *words, const char *text, size_t length, size_t most)
{
	const struct intent_call *call = words->call;
	const char *best = NULL;

	if (vocabulary_find(call->reader->asked, text, length) ||
		(length >= PLACE_LEAST && most < PIECES_MOST &&
			question_is_place(call, arena_strndup(call->arena, text, length))))
		return arena_strndup(call->arena, text, length);
	for (size_t end = length - 1; most > 1 && end >= PIECE_LEAST && length >= 2 * PIECE_LEAST;
		end--) {
		const char *rest = length - end >= PIECE_LEAST &&
				vocabulary_find(call->reader->asked, text, end)
			? pieces_of(words, text + end, length - end, most - 1) : NULL;

		if (rest && (!best || strlen(rest) + end + 1 < strlen(best)))
			best = arena_printf(call->arena, "%.*s %s", (int)end, text, rest);
	}
	return best;
}

static const char *glued_of(const struct words *words, size_t i)
{
	const char *text = words_text(words, i, i + 1), *pieces;
	size_t length = words->list[i].length, spaces;

	pieces = length >= GLUED_LEAST ? pieces_of(words, text, length, PIECES_MOST) : NULL;
	spaces = pieces ? strlen(pieces) - length : 0;
	return spaces > 0 && length + 1 >= (spaces + 1) * WORD_LEAST ? pieces : NULL;
}

/* "di timbng": "ditimbang" is what is counted. */
static bool joins_di(const struct spelling *spelling, const char *word)
{
	const struct intent_call *call = spelling->words->call;

	return same_name(spelling->before, "di") &&
		lexicon_word(call->lexicon, "indikator", arena_printf(call->arena, "di%s", word));
}

/* As long as that word of a month, and a letter apart. */
static int is_month_slip(const struct lexicon_entry *entry, void *context)
{
	const char *text = context;
	size_t other = 0;

	if (*entry->canonical != 'm' || entry->length != WORD_LEAST)
		return 0;
	for (size_t i = 0; i < WORD_LEAST; i++)
		other += entry->phrase[i] != text[i];
	return other == 1;
}

/* "jln juli": in front of a month a slip of its word; NULL. */
static const char *month_word(const struct words *words, size_t i)
{
	const struct intent_call *call = words->call;
	const char *text = words->joined + words->list[i].at;
	size_t length = words->list[i].length, behind;

	if (words->list[i].kind != WORD_LETTERS || length != WORD_LEAST ||
		!words_phrase(words, "bulan", i + 1, &behind) ||
		vocabulary_find(call->reader->asked, text, length))
		return NULL;
	return lexicon_each(call->lexicon, "satuan_periode", is_month_slip,
		arena_strndup(call->arena, text, length)) ? "bulan" : NULL;
}

static void put_word(struct spelling *spelling, size_t i)
{
	const struct words *words = spelling->words;
	const char *own = words_text(words, i, i + 1), *meant = spoken_word(spelling, i);
	size_t length;

	if (!meant)
		meant = month_word(words, i);
	if (!meant && is_of_reports(words, i)) {
		meant = slip_of(spelling, i);
	} else if (!meant && is_unknown(words, i) &&
		!question_in_place(words, i, PLACE_WORDS)) {
		meant = cause_of(spelling, i);
		if (!meant)
			meant = i > 0 && words_phrase(words, "posyandu", i - 1, &length)
				? posyandu_near(words->call, own) : slip_of(spelling, i);
		if (!meant)
			meant = glued_of(words, i);
	}
	if (joins_di(spelling, meant ? meant : own)) {
		if (spelling->text.text[spelling->text.length - 1] == ' ')
			strbuf_cut(&spelling->text, spelling->text.length - 1);
		meant = meant ? meant : own;
	}
	spelling->changed = spelling->changed || meant;
	spelling->before = meant ? meant : own;
	strbuf_add(&spelling->text, spelling->before, strlen(spelling->before));
}

static const char *spelt(const struct words *words)
{
	struct spelling spelling = {.words = words, .before = ""};
	const char *text = words->call->text, *meant;
	size_t end = 0;

	for (size_t i = 0; i < words->count; i++) {
		strbuf_add(&spelling.text, text + end, words->list[i].raw - end);
		end = word_raw_end(words, i);
		if (words->list[i].kind == WORD_LETTERS) {
			put_word(&spelling, i);
		} else {
			strbuf_add(&spelling.text, text + words->list[i].raw,
				end - words->list[i].raw);
			spelling.before = "";
		}
	}
	strbuf_add(&spelling.text, text + end, strlen(text + end));
	meant = spelling.changed ? arena_strdup(words->call->arena, spelling.text.text) : NULL;
	strbuf_free(&spelling.text);
	return meant;
}

bool question_may_be_slip(const struct words *words, size_t i)
{
	const struct known_word *near[NEAR_MOST];
	const char *text = words->joined + words->list[i].at;
	const struct vocabulary *asked = words->call->reader->asked;
	size_t length = words->list[i].length,
	       count = is_unknown(words, i) && !vocabulary_find(asked, text, length)
		? vocabulary_near(asked, text, length, near, NEAR_MOST) : 0;

	for (size_t k = 0; k < count; k++)
		if (near[k]->core)
			return true;
	return false;
}

/* How much of it is answered: all of it, or asked back; with a word left out; offered to be typed;
 * nothing. */
enum worth { WORTH_NOTHING, WORTH_OFFER, WORTH_PART, WORTH_ALL };

static enum worth worth_of(bool asked, const struct reading *out)
{
	if (!asked)
		return WORTH_NOTHING;
	if (out->intent == INTENT_HUMAN)
		return out->query.indicator && out->query.unknown ? WORTH_OFFER : WORTH_NOTHING;
	if (out->intent != INTENT_QUERY || out->nproblem == 0)
		return out->query.unknown ? WORTH_PART : WORTH_ALL;
	return out->problems[0].code == PROBLEM_PLACE ? WORTH_OFFER
		: out->problems[0].code == PROBLEM_MISSING ? WORTH_NOTHING : WORTH_ALL;
}

/* Worth a second look: whoever reports has asked by a word, or wrote next to nothing. */
static bool may_ask(const struct words *words)
{
	const struct sender *sender = words->call->context->sender;
	size_t unknown = 0;

	if (sender->role == ROLE_NONE || words->cut || words->count > WORDS_MOST)
		return false;
	for (size_t i = 0; i < words->count; i++)
		unknown += is_unknown(words, i) || is_of_reports(words, i) ||
			spoken_at(words, i) || month_word(words, i);
	return unknown > 0 && (intent_is_office(sender) || words_have(words, "tanya") ||
				      words_have(words, "kata_tanya"));
}

static void start_again(struct reading *out)
{
	reading_clear(out, out->training);
	out->intent = INTENT_HUMAN;
}

/* As it is written, and as it may have been meant where that is not understood. */
static bool read_spelt(struct words *words, struct reading *out)
{
	const struct intent_call *call = words->call;
	struct words as_written = *words, meant;
	bool asked = question_read(words, out), again;
	enum worth worth = worth_of(asked, out), better;
	struct intent_call mended = *call;
	struct reading first; /* no room of the message's: each part of it may ask */

	if (worth == WORTH_ALL || !may_ask(&as_written))
		return asked;
	mended.text = spelt(&as_written);
	if (!mended.text)
		return asked;
	mended.words = NULL;
	words_cut(&mended, &meant);
	reading_copy(&first, out);
	start_again(out);
	again = question_read(&meant, out);
	better = worth_of(again, out);
	if (better > worth || (better == worth && better == WORTH_PART &&
				      strlen(out->query.unknown) < strlen(first.query.unknown)))
		return again;
	reading_copy(out, &first);
	return asked;
}

bool intent_query(struct words *words, struct reading *out)
{
	const char *text = out->text;
	struct intent_call mended = *words->call;
	struct words meant;
	bool asked = false;

	if (words_tell_dying(words))
		return false;
	mended.text = words_have(words, "ralatan") ? question_taken_back(words) : NULL;
	if (mended.text) {
		mended.words = NULL;
		words_cut(&mended, &meant);
		asked = read_spelt(&meant, out);
		if (!asked)
			start_again(out);
	}
	asked = asked || read_spelt(words, out);
	out->text = text;
	return asked;
}
