/* What is taken back in a question: "juni, eh juli", "aki, maksud saya akb": the last one holds. */
#include <string.h>

#include "parsers/question/question.h"

#define PART_WORDS 4

/* One thing of a question that may be taken back: of which kind, and its words. */
enum part_kind { PART_NONE, PART_MONTH, PART_YEAR, PART_SPAN, PART_COUNTED, PART_PLACE };
struct part {
	enum part_kind kind;
	size_t at, count;
};

static bool is_place(const struct words *words, size_t i, size_t count)
{
	return i + count <= words->count && words->list[i + count - 1].kind != WORD_DIGITS &&
		question_is_place(words->call, words_text(words, i, i + count));
}

static struct part part_at(const struct words *words, size_t i)
{
	size_t length;
	long number = word_number(words, i);

	if (i >= words->count)
		return (struct part){PART_NONE, i, 0};
	if (words_phrase(words, "bulan", i, &length))
		return (struct part){PART_MONTH, i, length};
	if (number >= 2000 && number < 2100)
		return (struct part){PART_YEAR, i, 1};
	if (words_phrase(words, "bagian_tahun", i, &length) && i + length < words->count)
		return (struct part){PART_SPAN, i, length + 1};
	if (words_phrase(words, "periode", i, &length))
		return (struct part){PART_MONTH, i, length};
	if (question_indicator_at(words, i, false, &length) && length <= PART_WORDS)
		return (struct part){PART_COUNTED, i, length};
	for (length = PART_WORDS; length > 0; length--)
		if (is_place(words, i, length))
			return (struct part){PART_PLACE, i, length};
	return (struct part){PART_NONE, i, 0};
}

/* The last one of its kind in front of word `end`. */
static struct part part_before(const struct words *words, size_t end, enum part_kind kind)
{
	struct part last = {PART_NONE, 0, 0}, part;

	for (size_t i = 0; i < end; i += part.count ? part.count : 1) {
		part = part_at(words, i);
		if (part.kind == kind && part.at + part.count <= end)
			last = part;
	}
	return last;
}

/* Behind the words that take something back: "eh maaf maksud saya bulan". */
static size_t behind_words(const struct words *words, size_t i)
{
	size_t length;

	while (i < words->count && (words_phrase(words, "ralatan", i, &length) ||
			words_phrase(words, "pengisi_tanya", i, &length) ||
			words_phrase(words, "punya", i, &length)) &&
		part_at(words, i).kind == PART_NONE)
		i += length;
	return i;
}

const char *question_taken_back(const struct words *words)
{
	const char *text = words->call->text;
	size_t length, more;

	for (size_t i = 1; i < words->count; i++) {
		struct part last, first;
		size_t behind;

		if (!words_phrase(words, "ralatan", i, &length) ||
			(words_phrase(words, "kecuali", i, &more) &&
				!words_phrase(words, "ralatan", i + more, &length)))
			continue; /* "juni, bukan juli" is june */
		last = part_at(words, behind_words(words, i));
		first = last.kind == PART_NONE ? last : part_before(words, i, last.kind);
		if (last.kind == PART_NONE || first.kind == PART_NONE)
			continue;
		behind = word_raw_end(words, last.at + last.count - 1);
		return arena_printf(words->call->arena, "%.*s%s%.*s%s", words->list[first.at].raw,
			text, words_raw(words, last.at, last.at + last.count),
			(int)(words->list[i].raw - word_raw_end(words, first.at + first.count - 1)),
			text + word_raw_end(words, first.at + first.count - 1), text + behind);
	}
	return NULL;
}
