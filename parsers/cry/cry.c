/* What a text cries for, clause by clause: the model stands in cry.h. */
#include "parsers/cry/cry.h"

#include <string.h>

#define PRESSURE_LOWER 100
#define PRESSURE_MOST  280
#define BLOOD_USUAL    500 /* so many cc are lost at each birth */
#define PIECE	       480 /* octets of a long text that are looked at together */
#define SHORT_WORD     2 /* a full stop behind one may be that of an abbreviation */

/* There: "tidak ada ...", which reaches over persons and on to the next of a list. */
enum denial { DENIAL_NONE, DENIAL_NEAR, DENIAL_THERE, DENIAL_LIST, DENIAL_LIST_THERE };

enum whose { WHOSE_MOTHER = 1, WHOSE_CHILD = 2 };

struct clause {
	size_t first; /* word */
	unsigned signs; /* what stands in it */
	unsigned told; /* of that what is not denied */
	unsigned supposed; /* of that what stands behind "kalau" */
	unsigned whose;
	size_t person, at; /* octets: the last person so far; where what is told begins */
	bool called; /* "tolong" opens it, and is shown */
	bool named, any; /* somebody has a title and a name; at is known */
	bool bare; /* nothing but dangers so far */
	bool opens; /* a sentence */
	bool shares; /* a comma or a colon parts it from the one before */
	bool sent; /* for what is told behind it somebody was sent on */
	bool how; /* "gimana": what it is of nobody, what to do of somebody it is told of */
};

struct walk {
	const struct words *words;
	struct sign_at at[INTENT_WORDS];
	struct clause list[INTENT_WORDS];
	size_t count;
	enum denial denial;
};

static bool has(const struct clause *clause, unsigned signs)
{
	return (clause->signs & signs) == signs;
}

/* "tensi 180/110" */
static bool high_pressure(const struct words *words, size_t i)
{
	long upper, lower;

	if (words->list[i].kind != WORD_DIGITS)
		return false; /* nearly always */
	upper = word_number(words, i);
	if (upper < PRESSURE_UPPER)
		return false;
	lower = word_number(words, i + 1);
	return upper >= PRESSURE_UPPER && upper <= PRESSURE_MOST && lower >= PRESSURE_LOWER &&
		lower < upper && words->call->text[word_raw_end(words, i)] == '/';
}

static bool denies(const struct words *words, size_t i)
{
	size_t length;

	return i < words->count && words_phrase(words, "ingkar", i, &length);
}

/* "ada", between a denial and what is denied. */
static bool there(const struct words *words, size_t i)
{
	return word_is(words, i, "ada") || word_is(words, i, "ono") || word_is(words, i, "ana") ||
		word_is(words, i, "aya") || word_is(words, i, "wonten");
}

/* The sign between a word and the one before it that ends a clause; 0. */
static char parted(const struct words *words, size_t i)
{
	const char *text = words->call->text;
	size_t from = i > 0 ? word_raw_end(words, i - 1) : 0, end = words->list[i].raw;
	char found = 0;

	for (size_t at = from; i > 0 && at < end; at++) {
		if (!strchr(".,;:?!\n#*|", text[at]) ||
			(text[at] == '.' && words->list[i - 1].kind == WORD_LETTERS &&
				words->list[i - 1].length <= SHORT_WORD))
			continue;
		if (text[at] != ',' && text[at] != ':')
			return text[at];
		found = text[at];
	}
	return found;
}

/* "perdarahan tidak ada", "kejang (-)", "kejangnya sudah tidak": and nothing more in the clause;
 * not "pendarahan tidak ada yg nolong". */
static bool denied_behind(const struct words *words, size_t end)
{
	const char *text = words->call->text, *sign = text + word_raw_end(words, end - 1);
	size_t next = end;

	sign += strspn(sign, " :=(");
	if (*sign == '-' && (!sign[1] || strchr(" ),;#\n.", sign[1])))
		return true;
	if (word_is(words, next, "sudah") || word_is(words, next, "sdh"))
		next++;
	if (!denies(words, next))
		return false;
	next += there(words, next + 1) || word_is(words, next + 1, "lagi") ? 2 : 1;
	return next >= words->count || parted(words, next);
}

/* "perdarahan normal", "perdarahan kurang lebih 100 cc": what is lost at each birth. */
static bool is_usual(const struct words *words, size_t end)
{
	size_t length;
	const char *kind = words_phrase(words, "sekitar_darurat", end, &length);

	if (kind && same_name(kind, "wajar"))
		return true;
	for (size_t i = end; i < end + 4 && i + 1 < words->count && !parted(words, i); i++) {
		if (words->list[i].kind == WORD_DIGITS &&
			(word_is(words, i + 1, "cc") || word_is(words, i + 1, "ml")))
			return word_number(words, i) < BLOOD_USUAL;
	}
	return false;
}

/* "tahun 2020" */
static bool past_year(const struct words *words, size_t i)
{
	long year = words->list[i].length == 4 ? word_number(words, i) : 0;

	return i > 0 && year > 1950 &&
		year < words->call->context->now.date.year &&
		(word_is(words, i - 1, "tahun") || word_is(words, i - 1, "thn") ||
			word_is(words, i - 1, "th") || word_is(words, i - 1, "taun"));
}

static unsigned whose_at(const struct words *words, size_t i)
{
	size_t length;
	const char *title = words_phrase(words, "gelar", i, &length);

	if (words_phrase(words, "anak", i, &length) || (title && same_name(title, "bayi")))
		return WHOSE_CHILD;
	if (words_phrase(words, "ibunya", i, &length) || (title && same_name(title, "ibu")))
		return WHOSE_MOTHER;
	return 0;
}

static bool named_at(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "gelar", i, &length) && i + length < words->count &&
		words->list[i + length].kind == WORD_LETTERS;
}

/* Somebody by name, or a word for a person. */
static bool person_at(const struct words *words, size_t i, unsigned signs)
{
	return signs & SIGN_PERSON || named_at(words, i);
}

/* What was absent stands in front of the denial: "bidan tidak ada ibu pendarahan". */
static bool helper_absent(const struct walk *walk, size_t i)
{
	return i > walk->list[walk->count - 1].first &&
		walk->at[i - 1].signs & (SIGN_HELPER | SIGN_TRANSPORT);
}

/* How far the denial reaches, once the word at i is behind. */
static enum denial denial_next(const struct walk *walk, size_t i, unsigned signs)
{
	enum denial denial = walk->denial;

	if (denies(walk->words, i) && !signs)
		return !there(walk->words, i + 1) || helper_absent(walk, i) ? DENIAL_NEAR
									    : DENIAL_THERE;
	if (denial == DENIAL_NONE || signs & SIGN_THROUGH || there(walk->words, i))
		return denial;
	if (signs & TOLD_SIGNS)
		return denial == DENIAL_NEAR || denial == DENIAL_LIST ? DENIAL_LIST
								     : DENIAL_LIST_THERE;
	return signs & SIGN_PERSON && denial == DENIAL_THERE ? denial : DENIAL_NONE;
}

/* A thought begins at the word, whatever stood in front of it. */
static bool begins(const struct walk *walk, size_t i, unsigned signs)
{
	const struct clause *clause = &walk->list[walk->count - 1];

	if (i == clause->first)
		return false;
	if (signs & (SIGN_CONTRAST | SIGN_NOW))
		return true;
	if (signs & SIGN_HELP)
		return !denies(walk->words, i - 1);
	return clause->signs & SIGN_OVER && whose_at(walk->words, i) &&
		person_at(walk->words, i, signs);
}

static void open_clause(struct walk *walk, size_t i, char sign)
{
	struct clause *clause = &walk->list[walk->count++];

	*clause = (struct clause){.first = i,
		.bare = true,
		.opens = sign == 0 || !strchr(",:", sign),
		.shares = sign == ',' || sign == ':'};
	if (!clause->shares || walk->denial != DENIAL_LIST_THERE)
		walk->denial = DENIAL_NONE;
}

/* What counts of the phrase [i, i + length). */
static unsigned told_at(const struct walk *walk, size_t i, size_t length, unsigned signs)
{
	const struct words *words = walk->words;
	unsigned told = signs & TOLD_SIGNS;

	if (walk->denial != DENIAL_NONE)
		told &= SIGN_DYING;
	if (!(walk->list[walk->count - 1].signs & SIGN_PERSON))
		told &= ~(unsigned)SIGN_DYING; /* of thirst, perhaps */
	if (told & SIGN_DANGER && (denied_behind(words, i + length) || is_usual(words, i + length)))
		told &= ~(unsigned)SIGN_DANGER;
	if (signs & SIGN_VITAL && walk->denial != DENIAL_NONE && !is_usual(words, i + length))
		told |= SIGN_DANGER;
	return told;
}

/* Recovery that is denied goes on: "tidak berhenti", "belum ditangani". */
static unsigned signs_there(const struct walk *walk, size_t i)
{
	const struct words *words = walk->words;
	unsigned signs = walk->at[i].signs;

	if (walk->denial != DENIAL_NONE)
		signs &= ~(unsigned)(SIGN_OVER | SIGN_SENT | SIGN_BROKEN | SIGN_TAUGHT);
	if (past_year(words, i))
		signs |= SIGN_PAST;
	if (high_pressure(words, i))
		signs |= SIGN_DANGER;
	return signs;
}

/* Whom it is about, and where what is told of him begins. */
static void note_person(struct walk *walk, size_t i, unsigned signs, unsigned told)
{
	struct clause *clause = &walk->list[walk->count - 1];
	size_t at = walk->words->list[i].raw;

	if (signs & SIGN_HELP && i == clause->first)
		clause->called = true;
	if (clause->called ? !clause->person : signs & SIGN_PERSON && !(signs & SIGN_DANGER))
		clause->person = at + 1;
	clause->named |= named_at(walk->words, i);
	if (told && !clause->any) {
		clause->any = true;
		clause->at = clause->person ? clause->person - 1 : at;
	}
}

/* "bu tini kejang gimana", "... kenapa ya" */
static bool asks_how(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "bagaimana_kata", i, &length) || word_is(words, i, "kenapa") ||
		word_is(words, i, "knp") || word_is(words, i, "mengapa");
}

static size_t add_word(struct walk *walk, size_t i)
{
	const struct words *words = walk->words;
	size_t length = walk->at[i].length;
	unsigned signs = signs_there(walk, i), told;
	char sign = parted(words, i);
	struct clause *clause;

	if (i == 0 || sign || begins(walk, i, signs))
		open_clause(walk, i, i == 0 ? '.' : sign ? sign : ',');
	clause = &walk->list[walk->count - 1];
	if (i == clause->first && !sign)
		clause->shares = false; /* begun by a word */
	if (person_at(words, i, signs))
		signs |= SIGN_PERSON;
	if (walk->denial != DENIAL_NONE && signs & SIGN_OUT)
		signs |= SIGN_LACKS;
	if (signs & SIGN_ASKS && asks_how(words, i)) {
		signs &= ~(unsigned)SIGN_ASKS;
		clause->how = !(clause->told & TOLD_SIGNS && clause->signs & SIGN_PERSON);
	}
	told = told_at(walk, i, length, signs);
	note_person(walk, i, signs, told);
	clause->sent |= told && clause->signs & SIGN_SENT;
	clause->bare = clause->bare && signs & (SIGN_DANGER | SIGN_THROUGH) &&
		!(signs & SIGN_PERSON);
	clause->signs |= signs;
	clause->whose |= whose_at(words, i);
	if (clause->signs & SIGN_SUPPOSED)
		clause->supposed |= told;
	else
		clause->told |= told;
	walk->denial = denial_next(walk, i, signs);
	return i + length;
}

/* Two words that are a danger together. */
static bool is_paired(const struct clause *clause)
{
	return has(clause, SIGN_BLOOD | SIGN_FLOWS) || has(clause, SIGN_AFTERBIRTH | SIGN_STUCK) ||
		has(clause, SIGN_LIMB | SIGN_STUCK) ||
		has(clause, SIGN_AFTERBIRTH | SIGN_LACKS) || has(clause, SIGN_LIMB | SIGN_LACKS) ||
		has(clause, SIGN_LIMB | SIGN_OUT | SIGN_FIRST) ||
		(clause->whose & WHOSE_CHILD && clause->signs & SIGN_STUCK &&
			!(clause->signs & SIGN_AFTERBIRTH));
}

/* "siapa yang bisa menolong ibu kejang" */
static bool asks_for_help(const struct clause *clause)
{
	return clause->signs & SIGN_HELPER && clause->signs & SIGN_PERSON;
}

/* What the clause tells once all that stands in it is known. */
static unsigned settle(struct walk *walk, size_t k, unsigned all)
{
	struct clause *clause = &walk->list[k], *before = k > 0 ? clause - 1 : NULL;
	unsigned told = clause->told | (all & SIGN_WHAT_TO_DO ? clause->supposed : 0);

	if (has(clause, SIGN_WATERS | SIGN_BROKEN))
		told |= SIGN_BROKEN;
	if (has(clause, SIGN_MANY | SIGN_VOMITS))
		told |= SIGN_ILL;
	if (is_paired(clause))
		told |= SIGN_DANGER;
	if (clause->bare && clause->shares)
		clause->signs |= before->signs & (SIGN_PAST | SIGN_TAUGHT);
	else if (before && !clause->opens && before->signs & SIGN_TAUGHT &&
		!(clause->signs & (SIGN_PERSON | SIGN_NOW | SIGN_HELP)))
		clause->signs |= SIGN_TAUGHT;
	if (clause->signs & SIGN_TAUGHT)
		return 0;
	if ((clause->signs & SIGN_ASKS || (clause->how && !clause->named)) &&
		!asks_for_help(clause) && !(all & SIGN_WHAT_TO_DO))
		told &= SIGN_TRANSPORT;
	if (clause->signs & SIGN_PAST && !has(clause, SIGN_LIMB | SIGN_OUT | SIGN_FIRST))
		told &= SIGN_TRANSPORT | SIGN_DYING;
	return told;
}

/* Recovery in this clause or a later one, of nobody else. Who was sent on is not well for that; in
 * front of it that only says why, "sdh dirujuk krn pendarahan". */
static bool is_over(const struct walk *walk, size_t k)
{
	for (size_t i = k; i < walk->count; i++) {
		unsigned whose = walk->list[i].whose;

		if ((walk->list[i].signs & SIGN_OVER ||
			    (i == k && walk->list[i].sent)) &&
			(!whose || !walk->list[k].whose || whose & walk->list[k].whose))
			return true;
	}
	return false;
}

/* "ketubannya pecah", "bukan kejang tapi pendarahan": of somebody, whoever she is. */
static bool is_somebodys(const struct walk *walk, size_t k)
{
	const struct clause *clause = &walk->list[k];

	return clause->signs & (SIGN_AFTERBIRTH | SIGN_LIMB | SIGN_WATERS | SIGN_BLOOD) ||
		(k > 0 && clause->signs & SIGN_CONTRAST && clause[-1].signs & SIGN_DANGER);
}

/* The words' signs; false: none of them can alarm, whatever stands around it. */
static bool signs_find(struct walk *walk)
{
	bool alarming = false;

	for (size_t i = 0; i < walk->words->count; i++) {
		walk->at[i] = sign_find(walk->words, i);
		alarming |= (walk->at[i].signs & ALARMING_SIGNS) != 0 ||
			high_pressure(walk->words, i);
	}
	return alarming;
}

static void read_clauses(struct walk *walk, struct cry *out, size_t offset)
{
	unsigned all = out->all;

	walk->count = 0;
	walk->denial = DENIAL_NONE;
	for (size_t i = 0; i < walk->words->count;)
		i = add_word(walk, i);
	for (size_t k = 0; k < walk->count; k++)
		all |= walk->list[k].signs;
	for (size_t k = 0; k < walk->count; k++) {
		unsigned told = settle(walk, k, all);

		if (is_over(walk, k))
			told &= SIGN_TRANSPORT & (all & SIGN_HELP ? ~0u : 0u);
		if (told && !out->told) {
			const struct clause *clause = &walk->list[k];

			out->at = offset + (clause->any ? clause->at
				: walk->words->list[clause->first].raw);
			out->apart = offset + k > 0 && (clause->named || clause->opens ||
				clause->signs & SIGN_HELP);
		}
		out->told |= told;
		if (told && is_somebodys(walk, k))
			all |= SIGN_PERSON;
	}
	out->all = all;
}

/* What is longer than words are cut is looked at piece by piece. */
static struct cry read_pieces(const struct intent_call *call)
{
	struct walk *walk = arena_raw(call->arena, sizeof(*walk));
	struct intent_call piece = *call;
	struct cry cry = {0};
	struct words words; /* of each piece */

	walk->words = &words;
	for (const char *at = call->text; *at;) {
		size_t length = text_piece(at, PIECE), offset = (size_t)(at - call->text);

		piece.text = arena_strndup(call->arena, at, length);
		words_cut(&piece, &words);
		if (words.cut) /* the words are short: the rest is the next piece */
			length = word_raw_end(&words, words.count - 1);
		(void)signs_find(walk);
		read_clauses(walk, &cry, offset);
		at += length;
	}
	return cry;
}

struct cry cry_read_words(const struct words *words)
{
	struct cry cry = {0};
	struct walk walk;

	if (words->cut || strnlen(words->call->text, PIECE + 1) > PIECE)
		return read_pieces(words->call);
	walk.words = words;
	if (signs_find(&walk)) /* nearly never */
		read_clauses(&walk, &cry, 0);
	return cry;
}

struct cry cry_read(const struct intent_call *call)
{
	struct words own;

	return cry_read_words(words_of(call, &own));
}

bool cry_urgent(const struct cry *cry, bool about_somebody)
{
	unsigned person = cry->all & SIGN_PERSON || about_somebody ? SIGN_PERSON : 0;
	unsigned help = cry->all & SIGN_HELP;

	if (cry->told & SIGN_DYING && person)
		return true;
	if (cry->told & (SIGN_DANGER | SIGN_BROKEN | SIGN_ILL))
		return person || help || cry->all & SIGN_TRANSPORT;
	if (cry->told & SIGN_TRANSPORT)
		return help || person || cry->told & SIGN_LABOUR;
	return help && cry->told & SIGN_LABOUR;
}
