/* Cutting a text into words, phrases, references and long numbers: see intent_words.h. */
#include "parsers/intent/intent_words.h"

#include <ctype.h>
#include <string.h>

#include "parsers/parse/reader_forms.h"
#include "parsers/parse/scratch.h"
#include "parsers/parse/reader_index.h"
#include "parsers/form/form.h"
#include "parsers/text/utf8.h"

#define DESA_CODE 13 /* octets of "35.03.01.2004" */

static inline bool is_letter(const char *c)
{
	return octet_letter(*c) || (*c == '\'' && isalpha((unsigned char)c[1]));
}

/* The length of "35.03.01.2004" or "35.03.01.2004.001" at text; 0 when it is no code. */
static size_t code_length(const char *text)
{
	size_t length = 0, digits = 0, parts = 0;

	while (octet_digit(text[length]) ||
		(text[length] == '.' && octet_digit(text[length + 1]))) {
		if (text[length] == '.') {
			if (digits < 2)
				return 0;
			digits = 0;
			parts++;
		} else {
			digits++;
		}
		length++;
	}
	return parts >= 2 || (parts == 1 && length == 5) ? length : 0;
}

static size_t word_length(const struct gazetteer *places, const char *text, enum word_kind *kind)
{
	size_t length = 0;

	*kind = WORD_LETTERS;
	while (is_letter(text + length))
		length++;
	if (length)
		return length;
	length = code_length(text);
	if (length && length < DESA_CODE) {
		/* 35.03.01, but also a date: only when there is such a place */
		char code[DESA_CODE + 1] = {0};

		memcpy(code, text, length);
		length = gazetteer_area(places, code) ? length : 0;
	}
	if (length) {
		*kind = WORD_CODE;
		return length;
	}
	*kind = WORD_DIGITS;
	while (octet_digit(text[length]))
		length++;
	return length;
}

bool word_is(const struct words *words, size_t i, const char *text)
{
	return i < words->count && strlen(text) == words->list[i].length &&
		memcmp(words->joined + words->list[i].at, text, words->list[i].length) == 0;
}

/* Where the words at i that spell this end, and how many they are; NULL: they spell something else.
 */
static const char *spell(const struct words *words, size_t i, const char *text, size_t *count)
{
	const char *at = words->joined + words->list[i].at;

	*count = 1;
	if (*at != tolower((unsigned char)*text))
		return NULL; /* nearly always */
	for (; *text; text++) {
		if (!isalnum((unsigned char)*text) && !(*text & 0x80))
			continue;
		if (*at == ' ') {
			at++;
			(*count)++;
		}
		if (*at++ != tolower((unsigned char)*text))
			return NULL;
	}
	return at;
}

size_t words_spell(const struct words *words, size_t i, const char *text)
{
	size_t count;
	const char *end;

	if ((words->joined[words->list[i].at] ^ *text) & ~('a' ^ 'A'))
		return 0; /* nearly always: another letter */
	end = spell(words, i, text, &count);
	return end && (*end == ' ' || *end == '\0') ? count : 0;
}

size_t words_spell_ended(const struct words *words, size_t i, const char *text)
{
	static const char *const endings[] = {"", "nya", "ne", "e", "na"};
	size_t count;
	const char *end = spell(words, i, text, &count);
	size_t rest = end ? strcspn(end, " ") : 0;

	for (size_t k = 0; end && k < COUNT_OF(endings); k++) {
		if (strlen(endings[k]) == rest && memcmp(endings[k], end, rest) == 0)
			return rest == 0 || text[1] ? count : 0; /* one letter takes none */
	}
	return 0;
}

long word_number(const struct words *words, size_t i)
{
	long value = 0;

	if (i >= words->count || words->list[i].kind != WORD_DIGITS || words->list[i].length > 9)
		return -1;
	for (size_t k = 0; k < words->list[i].length; k++)
		value = value * 10 + (words->joined[words->list[i].at + k] - '0');
	return value;
}

size_t word_raw_end(const struct words *words, size_t i)
{
	return i < words->count ? words->list[i].raw + words->list[i].length
				: strlen(words->call->text);
}

bool word_glued(const struct words *words, size_t i)
{
	return i > 0 && i < words->count && words->list[i].raw == word_raw_end(words, i - 1);
}

/* What one word means: the tokens of a message that is read know it, where they are the same. */
static const struct lexicon_entry *word_look_up(
	const struct words *words, const struct word *word, const struct token **token)
{
	const struct token *end = words->call->scratch->tokens + TOKENS_MAX;
	const char *text = words->joined + word->at;

	while (*token && *token < end && (*token)->length && (*token)->start < word->raw)
		++*token;
	if (*token && (*token)->length == word->length && (*token)->start == word->raw &&
		memcmp((*token)->text, text, word->length) == 0)
		return (*token)->words;
	return lexicon_find(words->call->lexicon, text, word->length);
}

/* Every phrase of the text is looked up once, whatever the classes that ask for it later. */
static void look_up(struct words *words)
{
	const struct token *token =
		words->call->words ? words->call->scratch->tokens : NULL;

	words->phrases =
		arena_alloc(words->call->arena, (words->count + 1) * sizeof(*words->phrases));
	for (size_t i = 0; i < words->count; i++) {
		size_t longest = 1;

		for (size_t n = 0; n < longest && i + n < words->count; n++) {
			const struct word *last = &words->list[i + n];
			size_t at = words->list[i].at;

			words->phrases[i].of[n] = n == 0 ? word_look_up(words, last, &token)
				: lexicon_find(words->call->lexicon, words->joined + at,
					last->at + last->length - at);
			if (n == 0 && i + 1 < words->count)
				longest = lexicon_longest_with(words->phrases[i].of[0],
					words->joined + words->list[i + 1].at);
			if (words->phrases[i].of[n])
				class_join(&words->phrases[i].names,
					&words->phrases[i].of[n]->names);
		}
		class_join(&words->names, &words->phrases[i].names);
	}
}

void words_cut(const struct intent_call *call, struct words *words)
{
	const char *text = call->text;
	size_t room = strlen(text) * 2 + 2, used = 0;

	*words = (struct words){.call = call, .text = text,
		.joined = arena_alloc(call->arena, room)};
	for (size_t i = 0; text[i];) {
		enum word_kind kind;
		size_t length;

		if (!octet_digit(text[i]) && !is_letter(text + i)) {
			i++;
			continue;
		}
		length = word_length(call->context->places, text + i, &kind);
		words->cut = words->count == INTENT_WORDS;
		if (words->cut)
			break;
		if (used)
			words->joined[used++] = ' ';
		words->list[words->count++] = (struct word){.at = (unsigned short)used,
			.length = (unsigned short)length,
			.raw = (unsigned short)i,
			.kind = (unsigned char)kind};
		memcpy(words->joined + used, text + i, length);
		used += length;
		i += length;
	}
	look_up(words);
	words->forms = call->reader->by_letter;
	words->nform = call->reader->nform;
}

const struct words *words_of(const struct intent_call *call, struct words *own)
{
	struct words *kept = call->words;

	if (!kept || kept->text != call->text)
		words_cut(call, kept ? kept : own);
	if (kept)
		kept->call = call;
	return kept ? kept : own;
}

const char *words_phrase_find(const struct words *words, const char *class_name, int name,
	size_t i, size_t *length)
{
	for (size_t n = lexicon_longest(words->phrases[i].of[0]); n > 0; n--) {
		const struct lexicon_entry *entry = words->phrases[i].of[n - 1];

		for (entry = entry && class_in(&entry->names, name) ? entry : NULL; entry;
			entry = entry->next) {
			if (entry->name == name && same_name(entry->class_name, class_name)) {
				*length = n;
				return entry->canonical;
			}
		}
	}
	return NULL;
}

const char *words_phrase_short(
	const struct words *words, const char *class_name, size_t i, size_t *length)
{
	for (size_t n = *length; i < words->count && n > 0; n--) {
		for (const struct lexicon_entry *entry = words->phrases[i].of[n - 1]; entry;
			entry = entry->next) {
			if (entry->class_id >= 0 && same_name(entry->class_name, class_name)) {
				*length = n;
				return entry->canonical;
			}
		}
	}
	return NULL;
}

const char *words_phrase_near(
	const struct words *words, const char *class_name, size_t i, size_t *length)
{
	const char *meaning = words_phrase(words, class_name, i, length);
	const struct lexicon_entry *near;
	char *word;

	if (meaning || i >= words->count || words->list[i].kind != WORD_LETTERS ||
		words->phrases[i].of[0])
		return meaning; /* a word that means something else is no slip */
	word = arena_strndup(
		words->call->arena, words->joined + words->list[i].at, words->list[i].length);
	near = lexicon_nearest(
		words->call->lexicon, lexicon_class(words->call->lexicon, class_name), word);
	*length = 1;
	return near ? near->canonical : NULL;
}

void words_use(struct words *words, size_t first, size_t count)
{
	for (size_t i = first; i < first + count && i < words->count; i++)
		words->list[i].used = true;
}

void words_use_class(struct words *words, const char *class_name)
{
	int name = lexicon_name(class_name);
	size_t length;

	for (size_t i = 0; class_in(&words->names, name) && i < words->count; i++)
		if (!words->list[i].used &&
			words_phrase_find(words, class_name, name, i, &length))
			words_use(words, i, length);
}

bool words_use_any(struct words *words, const char *class_name)
{
	size_t unused = words_unused(words);

	words_use_class(words, class_name);
	return words_unused(words) < unused;
}

size_t words_unused(const struct words *words)
{
	size_t count = words->cut;

	for (size_t i = 0; i < words->count; i++)
		count += !words->list[i].used;
	return count;
}

char *words_raw(const struct words *words, size_t first, size_t last)
{
	size_t start;

	if (first >= last)
		return arena_strdup(words->call->arena, "");
	start = words->list[first].raw;
	return arena_strndup(words->call->arena, words->call->text + start,
		word_raw_end(words, last - 1) - start);
}

char *words_text(const struct words *words, size_t first, size_t last)
{
	const struct word *from, *to;

	if (first >= last)
		return arena_strdup(words->call->arena, "");
	from = &words->list[first];
	to = &words->list[last - 1];
	return arena_strndup(words->call->arena, words->joined + from->at,
		(size_t)(to->at + to->length - from->at));
}

/* "L 2408 0007": nobody writes a count in two numbers of four digits. */
static bool ref_apart(const struct words *words, size_t i)
{
	const struct word *month = &words->list[i + 1];

	if (month->length == 8)
		return true;
	return month->length == 4 && i + 2 < words->count &&
		words->list[i + 2].kind == WORD_DIGITS && words->list[i + 2].length == 4;
}

const char *words_ref(const struct words *words, size_t i, size_t *length)
{
	const char *letter = words->joined + words->list[i].at, *digits, *serial;
	size_t ndigits, nserial;
	int month;

	if (words->list[i].kind != WORD_LETTERS || words->list[i].length != 1 ||
		i + 1 >= words->count || words->list[i + 1].kind != WORD_DIGITS ||
		!(word_glued(words, i + 1) || ref_apart(words, i)))
		return NULL;
	digits = words->joined + words->list[i + 1].at;
	ndigits = words->list[i + 1].length;
	*length = 2;
	if (ndigits < 4 || ndigits > 12)
		return NULL;
	serial = digits + 4;
	nserial = ndigits - 4;
	if (nserial == 0) {
		if (i + 2 >= words->count || words->list[i + 2].kind != WORD_DIGITS ||
			words->list[i + 2].length > 8)
			return NULL;
		serial = words->joined + words->list[i + 2].at;
		nserial = words->list[i + 2].length;
		*length = 3;
	}
	month = (digits[2] - '0') * 10 + digits[3] - '0';
	if (month < 1 || month > 12)
		return NULL;
	if (toupper((unsigned char)*letter) != *REF_CONSENT &&
		!reader_form_by_letter(words->call->reader, (char)toupper((unsigned char)*letter)))
		return "";
	return arena_printf(words->call->arena, "%c%.4s-%.*s%.*s", toupper((unsigned char)*letter),
		digits, nserial < 4 ? (int)(4 - nserial) : 0, "0000", (int)nserial, serial);
}

const char *words_find_ref(struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *ref = words->list[i].used ? NULL : words_ref(words, i, &length);

		if (ref) {
			words_use(words, i, length);
			return ref;
		}
	}
	return NULL;
}

char *words_find_digits(struct words *words, size_t least)
{
	for (size_t i = 0; i < words->count; i++) {
		struct strbuf digits = {0};
		size_t last = i;
		char *found;

		for (; last < words->count && words->list[last].kind == WORD_DIGITS &&
			!words->list[last].used;
			last++)
			strbuf_add(&digits, words->joined + words->list[last].at,
				words->list[last].length);
		found = digits.length >= least ? arena_strdup(words->call->arena, digits.text)
					       : NULL;
		strbuf_free(&digits);
		if (found) {
			words_use(words, i, last - i);
			return found;
		}
	}
	return NULL;
}

size_t words_phrase_before(const struct words *words, const char *name, size_t i)
{
	size_t length;

	for (size_t back = LEXICON_WORDS; back > 0; back--)
		if (back <= i && words_phrase(words, name, i - back, &length) && length == back)
			return back;
	return 0;
}

bool words_phrase_any(const struct words *words, size_t i, const char *const *classes, size_t count)
{
	size_t length;

	for (size_t k = 0; k < count; k++)
		if (words_phrase(words, classes[k], i, &length))
			return true;
	return false;
}

bool words_have_phrase(const struct words *words, const char *class_name)
{
	int name = lexicon_name(class_name);
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase_find(words, class_name, name, i, &length))
			return true;
	return false;
}

bool words_tell_death(const struct words *words)
{
	for (size_t k = 0; k < words->nform; k++) {
		const char *story = words->forms[k]->story;

		for (size_t i = 0; story && i < words->count; i++) {
			size_t length;

			if (!words->list[i].used && words_phrase(words, story, i, &length))
				return true;
		}
	}
	return false;
}

struct problem *intent_problem(
	struct reading *out, const char *field, enum problem_code code, const char *raw)
{
	size_t room = COUNT_OF(out->problems);
	struct problem *problem = &out->problems[out->nproblem < room ? out->nproblem++ : room - 1];

	*problem = (struct problem){.field = field, .code = code, .raw = raw};
	return problem;
}
