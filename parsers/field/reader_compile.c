/* Compiles forms and lexicon once: what a reader knows beside them. */
#include "parsers/parse/reader_index.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "parsers/field/field.h"
#include "parsers/parse/vocabulary.h"
#include "parsers/text/error.h"
#include "parsers/text/utf8.h"
#include "parsers/words/fuzzy.h"

#define KEY_ROOM 48

static int class_of(const struct lexicon *lexicon, const char *name)
{
	int id = name ? lexicon_class(lexicon, name) : -1;

	return id < 0 ? NO_CLASS : id;
}

static void add_word(struct lexicon *keys, const char *class_name, size_t value, const char *phrase)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", value);
	if (lexicon_add(keys, class_name, number, phrase) != OK)
		return; /* the same key twice, or too long: the first one stays */
}

/* A key in one piece, gaps and signs aside; one of letters and digits is never one word. */
static void add_spelt(struct lexicon *spelt, const char *key)
{
	char word[80];
	size_t length = 0, digits = 0;

	for (; *key && length + 1 < sizeof(word); key++) {
		if (!isalnum((unsigned char)*key) && !(*key & 0x80))
			continue;
		digits += isdigit((unsigned char)*key) != 0;
		word[length++] = *key;
	}
	word[length] = '\0';
	if (digits == 0 || digits == length)
		add_word(spelt, "key", 0, word);
}

static void relevant_class(struct reader *reader, int class_id)
{
	if (class_id >= 0)
		reader->relevant[class_id] = true;
}

static char *small_letters(struct arena *arena, const char *text)
{
	char *small = text_upper(arena, text);

	for (char *c = small; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return small;
}

static void index_slips(struct reader *reader, const struct form_index *index, const char *text)
{
	struct slip_word *word = arena_alloc(reader->arena, sizeof(*word));
	size_t length = strlen(text);

	if (length < KEYWORD_SLIPS + (size_t)index->form->line_only)
		return;
	*word = (struct slip_word){text, length, fuzzy_letters(text, length), index, {NULL}};
	for (size_t place = 0; place < 2; place++) {
		const struct slip_word **head =
			&reader->slips[place][(unsigned char)text[place] % SLIP_HEADS];

		word->next[place] = *head;
		*head = word;
	}
}

static void index_keywords(struct reader *reader, struct form_index *index)
{
	const struct form *form = index->form;

	for (size_t k = 0; k < form->nkeyword; k++) {
		index_slips(reader, index, small_letters(reader->arena, form->keywords[k]));
		add_word(reader->keys, "keyword", (size_t)(index - reader->index),
			form->keywords[k]);
	}
}

static void index_order(struct form_index *index)
{
	const struct form *form = index->form;

	for (size_t i = 0; i < form->norder; i++) {
		int field = index->by_order[i];

		index->before[i + 1] = index->before[i] | 1ul << field;
		for (size_t f = 0; f < form->nfield; f++) {
			if (form->fields[f].type == form->fields[field].type)
				index->alike[i] |= 1ul << f;
		}
	}
}

/* "bbnya", "panjange": keys of one word with an ending, unless that is a key of its own. */
static void index_endings(struct reader *reader, const struct form *form, const char *class_name)
{
	static const struct {
		const char *ending;
		size_t least; /* letters in front of it */
	} endings[] = {{"NYA", 2}, {"NE", 4}, {"E", 4}, {"NA", 5}};
	char ended[KEY_ROOM];

	for (size_t i = 0; i < form->nfield; i++) {
		for (size_t k = 0; k < form->fields[i].nkey; k++) {
			const char *key = form->fields[i].keys[k];
			size_t length = strlen(key);

			for (size_t e = 0; e < COUNT_OF(endings) && !strchr(key, ' '); e++) {
				if (length < endings[e].least || length + 4 > sizeof(ended))
					continue;
				snprintf(ended, sizeof(ended), "%s%s", key, endings[e].ending);
				add_word(reader->keys, class_name, i, ended);
			}
		}
	}
}

struct code_keys {
	struct reader *reader;
	const struct form *form;
	const char *class_name; /* of the form's keys */
};

static int code_key_add(const struct lexicon_entry *entry, void *context)
{
	const struct code_keys *keys = context;
	char phrase[KEY_ROOM];

	for (size_t i = 0; i < keys->form->nfield; i++) {
		if (strcasecmp(keys->form->fields[i].name, entry->canonical) != 0 ||
			!copy_string(phrase, sizeof(phrase), entry->phrase))
			continue;
		add_word(keys->reader->keys, keys->class_name, i, phrase);
	}
	return OK;
}

/* What people call a thing announces the field of its code, as in other forms it is its value. */
static void index_codes(struct reader *reader, const struct form *form, const char *class_name)
{
	struct code_keys keys = {reader, form, class_name};

	if (form->codes &&
		lexicon_each(reader->lexicon, form->codes, code_key_add, &keys) != OK)
		return; /* never: each goes on */
}

/* Found from the sender, the day or other fields when nobody tells it. */
static bool comes_alone(const struct form *form, const char *name)
{
	bool alone = form->weekly || same_name(name, form->place) ||
		form_role_is(form->area, name) ||
		(form->date_default && form_role_is(form->date, name));

	for (size_t i = 0; i < form->nderive; i++)
		alone |= same_name(form->derives[i].field, name);
	for (size_t i = 0; i < form->ncompute; i++)
		alone |= same_name(form->computes[i].field, name);
	return alone;
}

static bool always_required(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->nrequire; i++) {
		const struct form_require *require = &form->requires[i];

		for (size_t j = 0; j < require->nfield && require->when.nterm == 0; j++) {
			if (same_name(require->fields[j], name))
				return true;
		}
	}
	return false;
}

static bool may_become(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->becomes->when.nterm; i++) {
		if (same_name(form->becomes->when.terms[i].field, name))
			return true;
	}
	return false;
}

/* The fields that are required always and told by words of their own; of a form that becomes
 * another, which requires others, those that decide it. */
static unsigned long needed_fields(const struct form *form)
{
	unsigned long needs = 0;

	for (size_t i = 0; i < form->nfield; i++) {
		const struct form_field *field = &form->fields[i];

		if ((field->type == FIELD_CHOICE || field->type == FIELD_DATE ||
			    field->type == FIELD_WEIGHT) &&
			always_required(form, field->name) && !comes_alone(form, field->name) &&
			(!form->becomes || may_become(form, field->name)))
			needs |= 1ul << i;
	}
	return needs;
}

static void index_form(struct reader *reader, size_t f)
{
	const struct form *form = reader->forms[f];
	struct form_index *index = &reader->index[f];
	char class_name[80];

	*index = (struct form_index){
		.form = form, .name = -1, .mother = -1, .posyandu = -1, .area = -1};
	snprintf(class_name, sizeof(class_name), "key %s", form->name);
	index_keywords(reader, index);
	for (size_t i = 0; i < form->nfield; i++) {
		const struct form_field *field = &form->fields[i];

		for (size_t k = 0; k < field->nkey; k++) {
			add_word(reader->keys, class_name, i, field->keys[k]);
			add_spelt(reader->spelt, field->keys[k]);
		}
		index->words[i] = class_of(reader->lexicon, field->words);
		relevant_class(reader, index->words[i]);
		class_put(&index->meanings, index->words[i]);
		index->order[i] = index->repeat[i] = -1;
		for (size_t k = 0; k < field->nchoice && !field->words; k++)
			index->spelt |= spelt_bit(field->choices[k]);
		index->patterns |= field->type == FIELD_PATTERN;
		if (field->type == FIELD_POSYANDU)
			index->posyandu = (int)i;
		if (field->type == FIELD_AREA)
			index->area = (int)i;
		if (field->type == FIELD_NAME && field->titled.nterm)
			index->mother = (int)i;
	}
	index_codes(reader, form, class_name);
	index_endings(reader, form, class_name);
	for (size_t i = form->norder; i-- > 0;) {
		int field = form_field_index(form, form->order[i]);

		index->order[field] = (signed char)i;
		index->by_order[i] = (signed char)field;
		if (form->fields[field].type == FIELD_NAME)
			index->name = field;
	}
	index_order(index);
	for (size_t i = 0; i < form->nrepeat; i++)
		index->repeat[form_field_index(form, form->repeats[i])] = (signed char)i;
	index->key_class = class_of(reader->keys, class_name);
	index->story_class = class_of(reader->lexicon, form->story);
	class_put(&reader->stories, index->story_class);
	index->prose_class = class_of(reader->lexicon, form->prose);
	relevant_class(reader, index->prose_class);
	class_put(&reader->proses, index->prose_class);
	index->needs = needed_fields(form);
	for (size_t i = 0; i < form->nfield; i++) {
		index->alone |= comes_alone(form, form->fields[i].name) ? 1ul << i : 0;
		if (form->fields[i].type == FIELD_COUNT &&
			form_requires(form, form->fields[i].name))
			index->row |= 1ul << i;
	}
	candidates_index(index);
}

static int letter_order(const void *a, const void *b)
{
	const struct form *x = *(const struct form *const *)a, *y = *(const struct form *const *)b;

	return x->line_only != y->line_only ? x->line_only - y->line_only
					    : strcmp(x->letter, y->letter);
}

void reader_explain(struct reader *reader, const struct faqs *faqs)
{
	reader->faqs = faqs;
}

/* Words that some form has for what somebody died of. */
static const char *cause_class(const struct form *const *forms, size_t nform)
{
	for (size_t i = 0; i < nform; i++)
		for (size_t f = 0; forms[i]->story && f < forms[i]->nfield; f++)
			if (forms[i]->fields[f].written && forms[i]->fields[f].words)
				return forms[i]->fields[f].words;
	return NULL;
}

struct reader *reader_new(
	const struct form *const *forms, size_t nform, const struct lexicon *lexicon)
{
	struct reader *reader = xcalloc(1, sizeof(*reader));

	reader->arena = arena_new();
	reader->forms = forms;
	reader->nform = nform;
	reader->lexicon = lexicon;
	reader->by_letter = arena_alloc(reader->arena, nform * sizeof(*reader->by_letter));
	memcpy(reader->by_letter, forms, nform * sizeof(*forms));
	qsort(reader->by_letter, nform, sizeof(*forms), letter_order);
	reader->keys = lexicon_new();
	reader->spelt = lexicon_new();
	reader->asked = vocabulary_new(reader->arena, lexicon);
	reader->cause_class = cause_class(forms, nform);
	reader->causes = vocabulary_of_class(reader->arena, lexicon,
		reader->cause_class ? reader->cause_class : "");
	reader->index = xcalloc(nform, sizeof(*reader->index));
	reader->relevant = xcalloc(lexicon_classes(lexicon) + 1, sizeof(*reader->relevant));
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		if (i != CLASS_NO_KEYWORD && i != CLASS_NO_SLIP && i != CLASS_ALSO_NAME &&
			i != CLASS_NO_DEATH && i != CLASS_NEAR_DEATH && i != CLASS_ALSO &&
			i != CLASS_TRAINING &&
			i != CLASS_GREETING &&
			i != CLASS_IN && i != CLASS_CHILD && i != CLASS_MINE && i != CLASS_ASIDE &&
			i != CLASS_NIHIL_WORDS && i != CLASS_OUTCOME && i != CLASS_HEDGE &&
			i != CLASS_PREDICATE && i != CLASS_MENDING && i != CLASS_NEXT_MONTH &&
			i != CLASS_PERSON && i != CLASS_NEAR &&
			i != CLASS_BEFORE && i != CLASS_JOINING && i != CLASS_EARLIER &&
			i != CLASS_NEGATIVE && i != CLASS_SINCE && i != CLASS_WIFE &&
			i != CLASS_EVER && i != CLASS_OTHER_MONTH && i != CLASS_CRY &&
			i != CLASS_CRY_AROUND && i != CLASS_KEYWORD)
			reader->relevant[i] = true;
	}
	for (size_t f = 0; f < nform; f++)
		index_form(reader, f);
	reader->yes_no = class_of(lexicon, "yatidak");
	return reader;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	lexicon_free(reader->keys);
	lexicon_free(reader->spelt);
	arena_free(reader->arena);
	free(reader->index);
	free(reader->relevant);
	free(reader);
}

const struct form *reader_form(const struct reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->nform; i++) {
		if (same_name(reader->forms[i]->name, name))
			return reader->forms[i];
	}
	return NULL;
}

bool reader_knows(const void *context, const char *word, size_t length)
{
	const struct reader *reader = context;

	return lexicon_find(reader->lexicon, word, length) != NULL ||
		lexicon_find(reader->keys, word, length) != NULL;
}

const struct form *reader_form_by_letter(const struct reader *reader, char letter)
{
	for (size_t i = 0; i < reader->nform; i++) {
		if (reader->forms[i]->letter[0] == letter)
			return reader->forms[i];
	}
	return NULL;
}

const struct form *reader_form_at(const struct reader *reader, size_t i)
{
	return i < reader->nform ? reader->forms[i] : NULL;
}

const struct form *reader_form_with_cases(const struct reader *reader, size_t *i)
{
	while (*i < reader->nform && reader->forms[*i]->cases == NULL)
		++*i;
	return *i < reader->nform ? reader->forms[(*i)++] : NULL;
}
