/* What a heading says of the lines below it. "Laporan agustus ds terbis: lahir …": its desa is
 * theirs. "Kelahiran desa sowan lor: 1. ny umi, 2/8/24, … 2. ny khotim, 5/8/24, …": each numbered
 * line is a report by itself, of the form and the desa of the heading. Where most begin with a
 * field's key they are the numbered fields of one report, and their numbers no values of it. Of who
 * is weighed or visited the lines need no numbers: each begins with a name. */
#include "parsers/reader_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/words/lexicon.h"

#define ITEMS_MIN   2
#define ITEMS_MAX   20
#define FIELDS_MIN  5
#define DESA_MOST   60 /* octets of a desa's name with its key */
#define DAY_NUMBERS 3 /* of a day: 9/8/24 */
#define VALUES_MIN  2 /* numbers in a line that is a report */
#define LEAD_WORDS  12 /* in front of the first keyword */
#define YEAR_DIGITS 4

/* The words of the heading. */
struct heading {
	const struct form_index *index; /* NULL: no form is named */
	const char *keyword, *desa; /* where they stand; desa NULL: none */
	size_t keyword_length, desa_length;
};

static size_t word_length(const char *word)
{
	size_t length = 0;

	while (isalpha((unsigned char)word[length]))
		length++;
	return length;
}

/* What a word is in a lexicon's class; NULL. */
static const struct lexicon_entry *word_in(
	const struct lexicon *lexicon, const char *word, int class_id)
{
	const struct lexicon_entry *e = lexicon_find(lexicon, word, word_length(word));

	while (e && (e->class_id != class_id || e->words != 1))
		e = e->next;
	return e;
}

/* "2." or "2)" at the start of a line: what stands behind it; NULL. */
static const char *item_at(const char *line, unsigned number)
{
	char *end;

	line += strspn(line, " (");
	if (!isdigit((unsigned char)*line) || strtoul(line, &end, 10) != number ||
		(*end != '.' && *end != ')') || isdigit((unsigned char)end[1]))
		return NULL;
	return end + 1 + strspn(end + 1, " ");
}

/* A line that is a report by itself: no field's key in front, and values. */
static bool item_whole(
	const struct reader *reader, const struct form_index *index, const char *item)
{
	size_t length = word_length(item), values = 0;
	char behind = item[length + strspn(item + length, " ")];

	if (!length || (word_in(reader->keys, item, index->key_class) &&
		(behind == ':' || behind == '=' ||
			!word_in(reader->lexicon, item, CLASS_TITLE))))
		return false;
	for (const char *c = item; *c && *c != '\n'; c++)
		values += isdigit((unsigned char)*c) && !isdigit((unsigned char)c[1]);
	return values >= VALUES_MIN;
}

/* The name behind the key of a desa: up to a sign, a month or another key. */
static void take_desa(
	const struct reader *reader, struct heading *heading, const char *word, const char *end)
{
	const char *at = word + word_length(word);

	while (at < end && *at == ' ' && isalpha((unsigned char)at[1]) &&
		!word_in(reader->lexicon, at + 1, CLASS_UNIT) &&
		!word_in(reader->lexicon, at + 1, CLASS_MONTH) &&
		!word_in(reader->lexicon, at + 1, CLASS_GREETING) &&
		!word_in(reader->lexicon, at + 1, CLASS_FILLER) &&
		!word_in(reader->keys, at + 1, heading->index->key_class))
		at += 1 + word_length(at + 1);
	heading->desa = word;
	heading->desa_length = (size_t)(at - word);
}

/* Of the keyword, with the kind behind it: "kematian bayi". */
static size_t keyword_length(
	const struct reader *reader, const struct form_index *index, const char *word)
{
	size_t length = word_length(word);
	int kinds = index->form->norder ? index->words[(int)index->by_order[0]] : -1;

	if (kinds >= 0 && word[length] == ' ' &&
		word_in(reader->lexicon, word + length + 1, kinds))
		length += 1 + word_length(word + length + 1);
	return length;
}

static struct heading heading_of(const struct reader *reader, const char *text, const char *end)
{
	struct heading out = {0};

	for (const char *word = text; word < end; word++) {
		const struct lexicon_entry *e;

		if (!isalpha((unsigned char)*word) ||
			(word > text && isalpha((unsigned char)word[-1])))
			continue;
		e = out.index ? word_in(reader->keys, word, out.index->key_class)
			      : word_in(reader->keys, word, CLASS_KEYWORD);
		if (!out.index && e) {
			out.index = &reader->index[e->number];
			out.keyword = word;
			out.keyword_length = keyword_length(reader, out.index, word);
		} else if (e && e->number == out.index->area && !out.desa) {
			take_desa(reader, &out, word, end);
		}
	}
	return out;
}

/* The numbered lines of a text, 1 2 3 …; how many. items[0]: the end of the heading. */
static size_t items_find(const char *text, const char *items[ITEMS_MAX + 1])
{
	unsigned count = 0;

	for (const char *line = strchr(text, '\n'); line && count < ITEMS_MAX;
		line = strchr(line + 1, '\n')) {
		const char *item = item_at(line + 1, count + 1);

		if (!item)
			continue;
		if (count == 0)
			items[0] = line;
		items[++count] = item;
	}
	return count;
}

/* "1. nama ibu: siti 2. umur: 25 …", "1. siti 2. 25 th …": most begin with a key of the form, or
 * are a word or two. */
static bool fields_numbered(const struct reader *reader, const struct form_index *index,
	const char *const items[], size_t count)
{
	size_t keys = 0, small = 0;

	for (size_t i = 1; i <= count; i++) {
		const char *gap = memchr(items[i], ' ', strcspn(items[i], "\n"));

		keys += word_in(reader->keys, items[i], index->key_class) != NULL;
		small += !gap || !memchr(gap + 1, ' ', strcspn(gap + 1, "\n"));
	}
	return 2 * keys > count || (count >= FIELDS_MIN && 4 * small > 3 * count);
}

/* The text without the numbers of its lines. */
static char *numbers_gone(struct arena *arena, const char *const items[], size_t count,
	const char *text)
{
	char *out = arena_strndup(arena, text, (size_t)(items[0] - text));

	for (size_t i = 1; i <= count; i++) {
		size_t length = i < count ? strcspn(items[i], "\n") : strlen(items[i]);

		out = arena_printf(arena, "%s\n%.*s", out, (int)length, items[i]);
	}
	return out;
}

/* What parts the fields of a line. */
static const char *parted_by(const char *line, size_t length)
{
	return memchr(line, '#', length) ? "#" : memchr(line, '*', length) ? "*" : ", ";
}

/* A form of which the word is the key of its desa; NULL. */
static const struct form_index *desa_key(const struct reader *reader, const char *word)
{
	const struct lexicon_entry *e = lexicon_find(reader->keys, word, word_length(word));

	for (; e; e = e->next) {
		for (size_t f = 0; e->words == 1 && f < reader->nform; f++) {
			if (reader->index[f].key_class == e->class_id &&
				reader->index[f].area == e->number)
				return &reader->index[f];
		}
	}
	return NULL;
}

/* Nothing, a sign or the end of a line is in front of a word. */
static bool opens(const char *text, const char *word)
{
	while (word > text && word[-1] == ' ')
		word--;
	return word == text || strchr(":.,;\n", word[-1]);
}

/* The desa that words in front of the first keyword name, and where that stands; NULL: they are no
 * heading. */
static const char *lead_end(const struct reader *reader, const char *text, struct heading *out)
{
	size_t words = 0;

	for (const char *word = text; *word && words < LEAD_WORDS; words++) {
		size_t length = word_length(word), digits = strspn(word, "0123456789");
		const struct form_index *index;

		if (length && word_in(reader->keys, word, CLASS_KEYWORD))
			return opens(text, word) ? word : NULL;
		if (digits && digits != YEAR_DIGITS)
			return NULL;
		index = length && !out->desa ? desa_key(reader, word) : NULL;
		if (index) {
			out->index = index;
			take_desa(reader, out, word, word + strlen(word));
			length = out->desa_length;
		}
		word += length ? length : digits ? digits : 1;
		word += strspn(word, " :.,;\n");
	}
	return NULL;
}

/* Each line that a keyword opens with the heading's desa, unless it names one. */
static char *desa_told(const struct reader *reader, struct arena *arena, const char *text,
	const char *lines, const struct heading *heading)
{
	char *out = arena_printf(arena, "%.*s%.*s", (int)(heading->desa - text), text,
		(int)(lines - heading->desa - (long)heading->desa_length),
		heading->desa + heading->desa_length);

	for (const char *line = lines; *line;) {
		size_t length = strcspn(line, "\n");
		const char *word = line + strspn(line, " ");
		bool own = !word_in(reader->keys, word, CLASS_KEYWORD);

		for (; !own && word < line + length; word++)
			own = isalpha((unsigned char)*word) &&
				!isalpha((unsigned char)word[-1]) && word > line &&
				desa_key(reader, word);
		out = arena_printf(arena, "%s%.*s%s%.*s%s", out, (int)length, line,
			own ? "" : parted_by(line, length),
			own ? 0 : (int)heading->desa_length, heading->desa,
			line[length] ? "\n" : "");
		line += length + (line[length] == '\n');
	}
	return out;
}

/* The desa of a heading goes into the lines below it. */
static char *lead_spread(const struct reader *reader, struct arena *arena, char *text)
{
	struct heading heading = {0};
	const char *lines = lead_end(reader, text, &heading);

	if (!lines || !heading.desa || heading.desa_length > DESA_MOST ||
		!memchr(heading.desa, ' ', heading.desa_length))
		return text; /* nearly always */
	return desa_told(reader, arena, text, lines, &heading);
}

/* A name, behind titles perhaps: a word that means nothing in reports. */
static bool begins_name(const struct reader *reader, const char *word)
{
	size_t length = word_length(word);

	while (length && word_in(reader->lexicon, word, CLASS_TITLE) &&
		strchr(" .", word[length])) {
		word += length + strspn(word + length, " .");
		length = word_length(word);
	}
	return length > 2 && !lexicon_find(reader->lexicon, word, length) &&
		!lexicon_find(reader->keys, word, length);
}

/* "rafa l 24 bln 11,2": somebody, and numbers. */
static bool item_named(
	const struct reader *reader, const struct form_index *index, const char *item)
{
	item += strspn(item, " -");
	return begins_name(reader, item) && item_whole(reader, index, item);
}

/* A form of which a list tells several people, a line each. */
static bool lists_people(const struct form_index *index)
{
	return index && index->name >= 0 && index->form->line_only && !index->form->front_only &&
		index->story_class < 0;
}

/* "MATI" alone, or "MATI:", above lines that tell one death each. */
static bool heads_alone(const struct heading *heading, const char *end)
{
	const char *rest = heading->keyword + heading->keyword_length;

	return heading->index && heading->index->story_class >= 0 &&
		rest + strspn(rest, " :.") >= end;
}

/* A day in a heading, without its key. */
static const char *bare_day(const char *text, const char *end)
{
	for (const char *c = text + 1; c < end; c++) {
		size_t digits = c[-1] == ' ' ? strspn(c, "0123456789") : 0;

		if (digits && digits <= 2 && strchr("/-", c[digits]) &&
			isdigit((unsigned char)c[digits + 1]))
			return memcmp(c - 2, "l ", 2) == 0 ? NULL : c; /* "tgl 12/8" */
	}
	return NULL;
}

/* "mawar 9/8 :", "mawar 9/8": a colon ends it, or it has no number but its day. */
static bool only_heads(const char *text, const char *end)
{
	const char *day = bare_day(text, end);
	size_t numbers = 0;

	while (end > text && end[-1] == ' ')
		end--;
	for (const char *c = text; c < end; c++)
		numbers += isdigit((unsigned char)*c) && !isdigit((unsigned char)c[-1]);
	return (end > text && end[-1] == ':') || (day && numbers <= DAY_NUMBERS);
}

/* What a heading tells behind its keyword: ", posyandu mawar tgl 12/8/24". */
static char *heading_rest(struct arena *arena, const struct heading *heading, const char *end)
{
	const char *from = heading->keyword + heading->keyword_length, *day;

	while (from < end && strchr(" :,.", *from))
		from++;
	while (end > from && strchr(" :,.", end[-1]))
		end--;
	if (from == end)
		return arena_strdup(arena, "");
	day = bare_day(from - 1, end);
	if (!day)
		return arena_printf(arena, ", %.*s", (int)(end - from), from);
	return arena_printf(
		arena, ", %.*stgl %.*s", (int)(day - from), from, (int)(end - day), day);
}

/* Each line behind the heading's keyword, with its desa, or (rest) with all that it tells. */
static char *reports_apart(struct arena *arena, const struct heading *heading,
	const char *const items[], size_t count, const char *rest)
{
	char *out = NULL;

	for (size_t i = 1; i <= count; i++) {
		size_t length = strcspn(items[i], "\n");
		const char *parted = parted_by(items[i], length);
		bool desa = !rest && heading->desa;

		out = arena_printf(arena, "%s%.*s %.*s%s%s%.*s\n", out ? out : "",
			(int)heading->keyword_length, heading->keyword, (int)length, items[i],
			rest ? rest : "", desa ? parted : "",
			desa ? (int)heading->desa_length : 0, desa ? heading->desa : "");
	}
	return arena_printf(arena, "%s%s", out, items[count] + strcspn(items[count], "\n"));
}

/* "Hasil nimbang posyandu mawar 12/8/24:\nRafa L 24 bln 11,2\nNaya P 18 bln 9,5": each line behind
 * the keyword, with what the heading tells. Somebody may stand in the heading's line already. */
static char *lines_spread(const struct reader *reader, struct arena *arena, char *text)
{
	const char *line = strchr(text, '\n'), *end = line;
	struct heading heading = {0};
	char *out, *rest = NULL;
	size_t count = 0;

	if (line && !strchr(text, '#') && !strchr(text, '*'))
		heading = heading_of(reader, text, line);
	if (!lists_people(heading.index) && !heads_alone(&heading, line))
		return NULL; /* nearly always */
	if (item_named(reader, heading.index, heading.keyword + heading.keyword_length) &&
		!only_heads(heading.keyword + heading.keyword_length, line)) {
		out = arena_strndup(arena, text, (size_t)(line - text));
	} else {
		out = arena_strdup(arena, "");
		rest = heading_rest(arena, &heading, line);
	}
	for (; *end && count < ITEMS_MAX && item_named(reader, heading.index, end + 1); count++) {
		size_t length = strcspn(end + 1, "\n");

		out = arena_printf(arena, "%s%s%.*s %.*s%s", out, *out ? "\n" : "",
			(int)heading.keyword_length, heading.keyword, (int)length, end + 1,
			rest ? rest : "");
		end += 1 + length;
	}
	return count < (rest ? ITEMS_MIN : 1u) ? NULL : arena_printf(arena, "%s%s", out, end);
}

char *listing_spread(const struct reader *reader, struct arena *arena, char *text)
{
	const char *items[ITEMS_MAX + 1];
	size_t count = items_find(text, items);
	struct heading heading;
	char *lines = count < ITEMS_MIN ? lines_spread(reader, arena, text) : NULL;

	if (lines)
		return lines;
	if (count < ITEMS_MIN)
		return lead_spread(reader, arena, text);
	heading = heading_of(reader, text, items[0]);
	if (!heading.index || heading.desa_length > DESA_MOST)
		return text;
	if (fields_numbered(reader, heading.index, items, count))
		return numbers_gone(arena, items, count, text);
	if (heading.index->name < 0 && heading.index->posyandu >= 0)
		return numbers_gone(arena, items, count, text); /* a session's row each */
	for (size_t i = 1; i <= count; i++) {
		if (heading.index->name < 0 || !item_whole(reader, heading.index, items[i]))
			return text;
	}
	return reports_apart(arena, &heading, items, count, lists_people(heading.index)
		? heading_rest(arena, &heading, items[0]) : NULL);
}
