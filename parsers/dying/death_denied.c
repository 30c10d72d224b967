/* Words of dying that tell no death. The model is that of a cry for help (parsers/cry/cry.h), over
 * the tokens of a report: in the clause of the word stands what speaks against it.
 *
 *   a thing   "mati lampu", "ayam mati"
 *   denial    "tidak jadi meninggal", "tidak ada yang meninggal"; not when an exception stands
 *             behind it: "tidak ada yang meninggal kecuali bayi bu sarmi"
 *   supposed  "kalau ada yang meninggal", "hampir mati"; "ternyata" takes it back
 *   history   "dulu meninggal", "masa_lalu", "tahun 2020", "40 hari meninggalnya"; "sekarang" takes
 *             it back
 *   figures   "mati 0", "0 mati"
 *   known     "gantinya bu lastri yang meninggal"
 *   courtesy  "turut berduka atas meninggalnya bu lurah"
 *
 * The words are the lexicon's class bukan_kematian.
 */
#include "parsers/dying/death_denied.h"

#include <string.h>

#include "parsers/parse/clause.h"
#include "parsers/parse/look.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/parse.h"

#define THING_BEFORE 3 /* words between a thing and "mati" */
#define CLAUSE_WORDS 4 /* so far back a word may deny */
#define NAME_WORDS 3 /* of somebody */
#define YEAR_FIRST 1950

/* What a phrase at a token means in the class of denials; "" when nothing. *end behind it. */
static const char *denial_at(const struct parse *parse, size_t at, size_t *end)
{
	const char *meaning = "";
	size_t found = phrase_at(parse, at, parse_class(parse, CLASS_NO_DEATH), &meaning);

	*end = found ? found : at + 1;
	return meaning;
}

bool denies_death(const struct parse *parse, size_t at, const char *kind)
{
	const char *meaning;

	return phrase_at(parse, at, parse_class(parse, CLASS_NO_DEATH), &meaning) &&
		same_name(meaning, kind);
}

bool negated(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (at == 0 || token->before > BOUND_SOFT || token->newline)
		return false;
	return token_is(token - 1, parse_class(parse, CLASS_NEGATION)) ||
		(at > 1 && token[-1].before <= BOUND_SOFT && denies_death(parse, at - 1, "ada") &&
			token_is(token - 2, parse_class(parse, CLASS_NEGATION)));
}

bool never(const struct parse *parse, size_t at)
{
	size_t word = at;

	while (word > parse->first && parse->tokens[word].before <= BOUND_SOFT &&
		token_is(&parse->tokens[word - 1], parse_class(parse, CLASS_EVER)))
		word--;
	return word < at && word > parse->first && negated(parse, word);
}

/* "di air", "ketabrak motor": the thing is where or by what somebody died. */
static bool befallen(const struct parse *parse, size_t thing)
{
	return thing > 0 && (denies_death(parse, thing - 1, "kena") ||
		token_is(&parse->tokens[thing - 1], parse_class(parse, CLASS_IN)));
}

bool thing_beside(const struct parse *parse, size_t at, size_t end)
{
	if (denies_death(parse, end, "benda"))
		return true;
	for (size_t back = 1; back <= THING_BEFORE && back <= at; back++) {
		if (parse_crosses(parse, at - back + 1))
			return false;
		if (denies_death(parse, at - back, "benda"))
			return !befallen(parse, at - back);
	}
	return false;
}

size_t predicates_begin(const struct parse *parse, size_t at)
{
	while (at > 0 && token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_PREDICATE)))
		at--;
	return at;
}

/* "motor tidak tertolong", "hp sudah tidak bernyawa": the thing alone in front. */
bool thing_alone(const struct parse *parse, size_t at)
{
	at = predicates_begin(parse, at);
	return at > 0 && !clause_ends_before(&parse->tokens[at]) &&
		(at == 1 || clause_ends_before(&parse->tokens[at - 1])) &&
		denies_death(parse, at - 1, "benda");
}

/* "ayam warga banyak yang mati": the clause is about a thing, and nobody is named in it. */
bool thing_dies(const struct parse *parse, size_t at)
{
	size_t first = at;

	while (first > 0 && !clause_ends_before(&parse->tokens[first])) {
		first--;
		if (phrase_at(parse, first, parse_class(parse, CLASS_TITLE), NULL) ||
			token_is(&parse->tokens[first], parse_class(parse, CLASS_CHILD)))
			return false;
	}
	return first < at && denies_death(parse, first, "benda");
}

/* "mati aku lupa": said of oneself, who lives. */
static bool exclaims(const struct parse *parse, size_t at)
{
	return denies_death(parse, at, "keluh") &&
		(at == 0 || denies_death(parse, at - 1, "aduh") ||
		clause_ends_before(&parse->tokens[at]));
}

/* "mati rasa", "hidup mati": a phrase that covers the word; not "hidup. Mati". */
static bool phrase_covers(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_at(parse, at);

	if (keyword.end && keyword_choice(parse, &keyword))
		return false; /* "hidup MATI WUS …" */
	for (size_t start = at > LEXICON_WORDS ? at - LEXICON_WORDS : 0; start <= at; start++) {
		size_t end;

		if (same_name(denial_at(parse, start, &end), "frasa") && end > at &&
			!(start < at && clause_ends_before(&parse->tokens[at])))
			return true;
	}
	return false;
}

/* "tidak ada yang meninggal", but "bidan tidak ada bayi meninggal" */
static bool nobody(const struct parse *parse, size_t at)
{
	return at == 0 || clause_ends_before(&parse->tokens[at]) || !token_means(parse, at - 1) ||
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_FILLER)) ||
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_DAY));
}

/* In front of the word, in its clause: almost, thought to be, if, the feast of; "ternyata" takes it
 * back. */
static bool denied_before(const struct parse *parse, size_t at)
{
	size_t i = at;
	bool denied = false;

	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i]))
		i--;
	for (size_t end; i < at; i = end) {
		const char *kind = denial_at(parse, i, &end);

		if (same_name(kind, "ternyata"))
			denied = false;
		else if (same_name(kind, "hampir") || same_name(kind, "kira") ||
			same_name(kind, "peringatan"))
			denied = true;
		else if (same_name(kind, "jika"))
			denied = !says_past_day(parse, 0, parse->last);
		else if (same_name(kind, "tiada"))
			denied = nobody(parse, i);
	}
	return denied;
}

/* "40 hari meninggalnya": long ago. */
static bool days_of(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *unit = at > 1 ? token_meaning(token - 1, parse_class(parse, CLASS_UNIT)) : NULL;

	return unit && token[-2].digits && !clause_ends_before(token) && token->length > 4 &&
		same_name(token->text + token->length - 3, "nya");
}

/* "mati hampir bu yati", but "meninggal hampir jam 5" */
static bool almost_behind(const struct parse *parse, size_t end)
{
	return denies_death(parse, end, "hampir") &&
		(end + 1 == parse->last || parse_crosses(parse, end + 1) ||
			phrase_at(parse, end + 1, parse_class(parse, CLASS_TITLE), NULL));
}

/* "itu salah kabar": wherever it stands, unless fields are parted. */
static bool taken_back(const struct parse *parse)
{
	bool found = false;

	for (size_t i = 0; i < parse->last; i++) {
		if (i > 0 && parse_crosses(parse, i))
			return false;
		found |= denies_death(parse, i, "bohong");
	}
	return found;
}

bool stands_near(const struct parse *parse, size_t at, const char *kind)
{
	const char *meaning;

	return phrase_at(parse, at, parse_class(parse, CLASS_NEAR_DEATH), &meaning) &&
		same_name(meaning, kind);
}

bool someone_at(const struct parse *parse, size_t at)
{
	return phrase_at(parse, at, parse_class(parse, CLASS_TITLE), NULL) ||
		token_is(&parse->tokens[at], parse_class(parse, CLASS_CHILD)) ||
		token_is(&parse->tokens[at], parse_class(parse, CLASS_MOTHER)) ||
		token_is(&parse->tokens[at], parse_class(parse, CLASS_KIN));
}

/* Behind what is denied: "kecuali bayi bu sarmi", ", cuma bu parti", "tapi di jalan". */
static bool excepted(const struct parse *parse, size_t end)
{
	for (size_t i = end; i < parse->last; i++) {
		if (i > end + CLAUSE_WORDS ||
			(i > end + 1 && clause_ends_before(&parse->tokens[i])))
			return false;
		if (stands_near(parse, i, "kecuali"))
			return i + 1 < parse->last && (someone_at(parse, i + 1) ||
				(i + 2 < parse->last && denies_death(parse, i + 1, "ada") &&
					someone_at(parse, i + 2)));
		if (denies_death(parse, i, "ternyata") && i + 1 < parse->last)
			return token_is(&parse->tokens[i + 1], parse_class(parse, CLASS_IN));
	}
	return false;
}

/* "tahun 2023", which is not this one. */
static bool past_year(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *unit = at > 0 ? token_meaning(token - 1, parse_class(parse, CLASS_UNIT)) : NULL;

	return unit && same_name(unit, "TAHUN") && token->digits && token->length == 4 &&
		token->number > YEAR_FIRST && token->number < parse->context->now.date.year;
}

/* "dulu meninggal", "sudah lama meninggal", "dulu anak saya meninggal"; "yang dulu sehat" says
 * nothing. */
static bool once_at(const struct parse *parse, size_t i, size_t first, size_t at, size_t end)
{
	if (stands_near(parse, i, "lama"))
		return i + 1 == at || i == end || i == end + 1;
	return stands_near(parse, i, "dulu") && (i + 1 == at || i == first || i == end ||
		(i > end && (i + 1 == parse->last || clause_ends_before(&parse->tokens[i + 1]))));
}

/* In the clause: of another time, and no day of these is told. */
static bool of_old(const struct parse *parse, size_t at, size_t end)
{
	size_t first = at, last = end;
	bool old = false;

	while (first > 0 && !clause_ends_before(&parse->tokens[first]))
		first--;
	while (last < parse->last && !clause_ends_before(&parse->tokens[last]))
		last++;
	for (size_t i = first; i < last; i++) {
		if (i < at && stands_near(parse, i, "kini"))
			old = false;
		else if (i < at && (stands_near(parse, i, "masa_lalu") ||
			stands_near(parse, i, "ajar")))
			old = true;
		else if (stands_near(parse, i, "lampau") || past_year(parse, i) ||
			once_at(parse, i, first, at, end))
			old = true;
	}
	return old && !says_past_day(parse, first, last);
}

bool counted_none(const struct parse *parse, size_t at, size_t end)
{
	const struct token *before = at > 0 ? &parse->tokens[at - 1] : NULL;
	size_t none;

	if (before && before->digits && before->number == 0 && before->length == 1 &&
		!parse_crosses(parse, at))
		return true;
	if (end >= parse->last || parse_crosses(parse, end))
		return false;
	none = end == at + 1 && token_is(&parse->tokens[at], parse_class(parse, CLASS_DEATH))
		? phrase_of(parse, end, CLASS_NIHIL) : 0; /* "sudah tidak ada" is one itself */
	if (none && (none >= parse->last || clause_ends_before(&parse->tokens[none])))
		return true; /* but not "meninggal tidak ada yang menolong" */
	return parse->tokens[end].digits && parse->tokens[end].number == 0 &&
		parse->tokens[end].length == 1 &&
		(end + 1 >= parse->last || !token_is(&parse->tokens[end + 1],
			parse_class(parse, CLASS_UNIT)));
}

/* "turut berduka atas meninggalnya bu lurah": what is answered to the news, without a day. */
static bool consoled(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *kind = NULL;
	bool console = false;

	if (token->length <= 3 || !same_name(token->text + token->length - 3, "nya") ||
		says_past_day(parse, 0, parse->last) ||
		(at + 2 < parse->last + 1u && someone_at(parse, at + 1) &&
			!token_is(&parse->tokens[at + 2], parse_class(parse, CLASS_MINE))))
		return false;
	for (size_t i = 0; i < at; i++) {
		if (!phrase_at(parse, i, parse_class(parse, CLASS_DEATH), &kind))
			continue;
		if (*kind == '2')
			return false; /* with the prayer it is the news */
		console |= *kind == '5';
	}
	return console;
}

/* "tidak hadir ibunya meninggal": of whoever does not come. */
static bool excuses(const struct parse *parse, size_t at)
{
	size_t i = at;

	if (at < 2 || !token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_MOTHER)) ||
		parse->tokens[at - 1].length < 5)
		return false;
	while (i > 0 && !clause_ends_before(&parse->tokens[i])) {
		if (stands_near(parse, --i, "izin"))
			return true;
	}
	return false;
}

bool death_known(const struct parse *parse, size_t at)
{
	bool of_whom = phrase_at(parse, at, parse_class(parse, CLASS_TITLE), NULL) > 0;

	for (size_t i = at; i > 0 && !clause_ends_before(&parse->tokens[i]);) {
		i--;
		of_whom |= stands_near(parse, i, "yang");
		if (stands_near(parse, i, "ganti"))
			return of_whom && !says_past_day(parse, i, parse->last);
	}
	return false;
}

bool death_denied(const struct parse *parse, size_t at, size_t end)
{
	size_t so = at;

	if (so > 1 && denies_death(parse, so - 1, "sampai"))
		so--; /* "tidak sampai meninggal" */
	if (phrase_covers(parse, at) || exclaims(parse, at) || taken_back(parse))
		return true;
	if ((negated(parse, so) || never(parse, so) || denied_before(parse, at)) &&
		!excepted(parse, end))
		return true;
	return days_of(parse, at) || almost_behind(parse, end) || of_old(parse, at, end) ||
		consoled(parse, at) || excuses(parse, at) || death_known(parse, at);
}

/* A phrase of recovery ends in front of a token. */
static bool recovered_before(const struct parse *parse, size_t at)
{
	for (size_t back = 1; back <= LEXICON_WORDS && back < at; back++) {
		const char *meaning;

		if (stands_near(parse, at - back, "hidup") &&
			phrase_at(parse, at - back, parse_class(parse, CLASS_NEAR_DEATH),
				&meaning) == at)
			return true;
	}
	return false;
}

/* "bu siti hamil 7 bulan suaminya meninggal", "... , ibu mertuanya": where somebody of hers begins
 * who stands right in front of a token, behind a clause or a number with its unit; 0: it is not
 * so. Not "bu siti dibawa suaminya meninggal di jalan". */
static size_t relative_begins(const struct parse *parse, size_t at)
{
	const struct token *kin = &parse->tokens[at - 1];
	size_t first = at - 1;

	if (!token_is(kin, parse_class(parse, CLASS_KIN)) || kin->length < 4 ||
		(strcmp(kin->text + kin->length - 3, "nya") != 0 &&
			strcmp(kin->text + kin->length - 2, "ne") != 0))
		return 0;
	if (first > 0 &&
		phrase_at(parse, first - 1, parse_class(parse, CLASS_TITLE), NULL) == first)
		first--;
	if (first < 2 || !(clause_ends_before(&parse->tokens[first]) ||
			(token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_UNIT)) &&
				parse->tokens[first - 2].digits)))
		return 0;
	for (size_t i = 0; i + 1 < first; i++) {
		if (phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL))
			return at - 1;
	}
	return 0;
}

size_t another_begins(const struct parse *parse, size_t at)
{
	size_t name = predicates_begin(parse, at);
	size_t first = name > 0 ? relative_begins(parse, name) : 0;
	if (first > 0)
		return first;
	first = name;
	while (first > 0 && name - first < NAME_WORDS && may_be_named(parse, first - 1) &&
		!stands_near(parse, first - 1, "hidup") &&
		!denies_death(parse, first - 1, "ternyata"))
		first--;
	if (first == name)
		return 0;
	if (first > 0 && phrase_at(parse, first - 1, parse_class(parse, CLASS_TITLE), NULL))
		first--;
	if (first > 0 && denies_death(parse, first - 1, "ternyata"))
		return recovered_before(parse, first - 1) ? first : 0;
	return recovered_before(parse, first) ? first : 0;
}
