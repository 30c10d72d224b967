/* The catalogue as what we said: see own_words.h. */
#include "flows/reply/own_words.h"

#include <stdio.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/catalogue_widths.h"
#include "parsers/form/form.h"

#define ELASTIC_WIDTH       320 /* octets: whatever an SMS has room for, in UCS-2 letters too */
#define FIXED_SLACK         16  /* a value may be written longer than promised */
#define LABEL_MOST          80
#define SENTENCE_WORDS      4 /* a sentence of fewer words is also a person's */
#define SENTENCE_LETTERS    20
#define SENTENCE_MOST       400
#define VOCABULARY_PREFIXES 4
#define ABBREVIATION        4 /* "mis.", "Kab." end no sentence */

/* Slots whose values are the catalogue's own words, and how those begin there. */
static const struct {
	const char *slot, *prefixes[VOCABULARY_PREFIXES];
} vocabularies[] = {
	{"title", {"title.", "gaps.", "query.per", "level."}}, {"class", {"class."}},
	{"state", {"state."}}, {"label", {"label."}}, /* and the forms' own */
	{"form", {NULL}},                             /* titles of the forms */
};

/* Of what the answers to questions are made: slots with numbers and the words beside them. */
#define COUNTED "value"
static const char *const counted[] = {"title.", "recap.", "query.", "births.", "of.", "and.",
	"complete.", "told.", "unit.", "month."};
static const struct {
	const char *slot;
	size_t numbers;
} counts[] = {
	{"value", 1}, {"complete", 2}, /* "84 dari 157 desa/kel lapor" */
};

static struct said_slot slot_of(const char *name, size_t length)
{
	const struct width *width = width_find(name, length);
	struct said_slot slot = {.kind = SAID_ANY, .width = ELASTIC_WIDTH};

	if (width && !width->elastic) {
		slot.width = width->septets + FIXED_SLACK;
		slot.filled = true;
	}
	if ((length == 3 && memcmp(name, "ref", 3) == 0) ||
		(length == 5 && memcmp(name, "birth", 5) == 0))
		slot.kind = SAID_REF;
	else if (length == 4 && memcmp(name, "list", 4) == 0)
		slot.kind = SAID_LIST;
	else if (length == 5 && memcmp(name, "count", 5) == 0)
		slot.kind = SAID_NUMBER;
	else if (length == 5 && memcmp(name, "share", 5) == 0)
		slot.kind = SAID_SHARE;
	else if (length == 6 && memcmp(name, "period", 6) == 0)
		slot.kind = SAID_PERIOD;
	for (size_t i = 0; i < COUNT_OF(vocabularies); i++) {
		if (strlen(vocabularies[i].slot) != length ||
			memcmp(vocabularies[i].slot, name, length) != 0)
			continue;
		slot.kind = SAID_PHRASE;
		slot.vocabulary = vocabularies[i].slot;
	}
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		if (strlen(counts[i].slot) != length || memcmp(counts[i].slot, name, length) != 0)
			continue;
		slot.kind = SAID_COUNTS;
		slot.vocabulary = COUNTED;
		slot.numbers = counts[i].numbers;
	}
	return slot;
}

/* Words and letters outside of slots. */
static void count_words(const char *text, size_t *words, size_t *letters)
{
	bool inside = false;

	*words = *letters = 0;
	for (; *text; text++) {
		bool letter = *text != ' ' && !strchr(".,:;?!()", *text);

		if (*text == '{')
			text += strcspn(text, "}");
		*words += letter && !inside && *text != '}';
		*letters += letter && *text != '}';
		inside = letter;
	}
}

/* The end of the sentence that begins here, its sign included. */
static const char *sentence_end(const char *text)
{
	size_t letters = 0;

	for (; *text; text++) {
		bool ends = strchr(".?!", *text) && (text[1] == ' ' || !text[1]);

		if (ends && (*text != '.' || letters > ABBREVIATION))
			return text + 1;
		letters = *text == ' ' ? 0 : letters + 1;
	}
	return text;
}

/* Each long sentence also by itself: people quote one, and answer. */
static void add_sentences(struct said *said, const char *name, const char *text)
{
	char sentence[SENTENCE_MOST];
	const char *end;

	for (; *text; text = end + strspn(end, " ")) {
		size_t words, letters;

		end = sentence_end(text);
		if ((size_t)(end - text) >= sizeof(sentence) || *end == '\0')
			continue;
		memcpy(sentence, text, (size_t)(end - text));
		sentence[end - text] = '\0';
		count_words(sentence, &words, &letters);
		if (words >= SENTENCE_WORDS && letters >= SENTENCE_LETTERS)
			(void)said_add(said, name, sentence, slot_of);
	}
}

static bool begins(const char *key, const char *prefix)
{
	return prefix && strncmp(key, prefix, strlen(prefix)) == 0;
}

static void add_phrase(const char *key, const char *word, void *context)
{
	for (size_t i = 0; i < COUNT_OF(vocabularies); i++)
		for (size_t k = 0; k < VOCABULARY_PREFIXES; k++)
			if (begins(key, vocabularies[i].prefixes[k]))
				said_phrase(context, vocabularies[i].slot, word);
	for (size_t i = 0; i < COUNT_OF(counted); i++)
		if (begins(key, counted[i]))
			said_phrase(context, COUNTED, word);
}

/* "berat (gram)" is said as "berat". */
static void add_label(struct said *said, const char *label)
{
	char bare[LABEL_MOST];

	snprintf(bare, sizeof(bare), "%.*s", (int)strcspn(label, "("), label);
	said_phrase(said, "label", bare);
}

/* A form's title, the names of its fields, and the letters that its counts go by: "S 45 K 45". */
static void add_form(struct said *said, const struct form *form)
{
	said_phrase(said, "form", form->title);
	said_phrase(said, COUNTED, form->title);
	for (size_t i = 0; i < form->nfield; i++)
		add_label(said, form->fields[i].label);
	for (size_t i = 0; i < form->ncount; i++)
		if (strlen(form->counts[i].name) == 1)
			said_phrase(said, COUNTED, form->counts[i].name);
}

struct said *own_words_new(
	const struct catalogue *catalogue, const struct form *const *forms, size_t nform)
{
	struct said *said = said_new();
	const char *text;

	for (size_t i = 0; i < nform; i++)
		add_form(said, forms[i]);
	catalogue_each_word(catalogue, add_phrase, said);
	for (size_t language = 0; language < catalogue_languages(catalogue); language++) {
		for (int id = 0; id < MESSAGE_COUNT; id++) {
			const char *name = message_name((enum message_id)id);

			text = catalogue_template(catalogue, language, (enum message_id)id);
			if (text == NULL)
				continue;
			(void)said_add(said, name, text, slot_of);
			add_sentences(said, name, text);
		}
	}
	return said;
}
