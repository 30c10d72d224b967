/* Reads and proves the questions of policy: see config_faq.h. */
#include "gateway/data/config_faq.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_directory.h"
#include "parsers/form/sender.h"
#include "parsers/text/gsm7.h"

#define ANSWER_SEPTETS 160

struct filling {
	struct faqs *faqs;
	const struct lexicon *lexicon;
	struct catalogue *catalogue;
};

static bool is(const struct config_entry *entry, const char *key)
{
	return strcmp(entry->key, key) == 0;
}

static bool is_language(const struct config_entry *entry)
{
	static const char *const languages[] = {"id", "jv", "su", "en"};

	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (is(entry, languages[i]))
			return true;
	return false;
}

/* What is known by its name already (KOREKSI) needs no answer of its own. */
static void answer_add(const struct filling *fill, const struct config_file *file,
	const struct config_entry *entry, struct config_errors *errors)
{
	char *key;
	int error;

	if (entry->continued)
		config_error(errors, file, entry->line, entry->key, "an answer stands on one line");
	if (gsm7_septets(entry->value) > ANSWER_SEPTETS)
		config_error(errors, file, entry->line, entry->key,
			"the answer is too long: %zd septets, one SMS has room for %d",
			gsm7_septets(entry->value), ANSWER_SEPTETS);
	if (!fill->catalogue)
		return;
	key = xasprintf("define.%s", entry->section);
	error = catalogue_word_set(fill->catalogue, entry->key, key, entry->value);
	if (error == ERR_EXISTS)
		config_error(errors, file, entry->line, entry->key,
			"\"%s\" has an answer in this language already", entry->section);
	else if (error != OK)
		config_error(errors, file, entry->line, entry->key, "%s", error_text(error));
	free(key);
}

static void when_add(const struct filling *fill, const struct config_file *file,
	const struct config_entry *entry, struct config_errors *errors)
{
	const char *wrong = entry->value;
	int error = faqs_add(fill->faqs, fill->lexicon, entry->section, entry->value, &wrong);

	if (error == ERR_NOT_FOUND)
		config_error(errors, file, entry->line, wrong, "no class [%s] in the lexicon",
			wrong);
	else if (error != OK)
		config_error(errors, file, entry->line, entry->value,
			"words are groups with + between, phrases of 1 to 6 words with / between");
}

/* What a section must have. */
static void section_prove(const struct config_file *file, size_t first, size_t last,
	struct config_errors *errors)
{
	bool when = false, answer = false, example = false;

	for (size_t i = first; i < last; i++) {
		const struct config_entry *entry = &file->entries[i];

		when |= is(entry, "when");
		answer |= is(entry, "id");
		example |= is(entry, "example");
	}
	if (!when || !answer || !example)
		config_error(errors, file, file->entries[first].line, file->entries[first].section,
			"the question [%s] has no %s", file->entries[first].section,
			!when ? "when" : !answer ? "id" : "example");
}

static void sections_prove(const struct config_file *file, struct config_errors *errors)
{
	for (size_t i = 0, next; i < file->count; i = next) {
		next = i + 1;
		if (!file->entries[i].key)
			continue;
		while (next < file->count && file->entries[next].key)
			next++;
		section_prove(file, i, next, errors);
	}
}

static int file_read(void *into, const char *path, struct config_errors *errors)
{
	const struct filling *fill = into;
	struct config_file *file;
	int error = config_file_read(&file, path, errors);

	for (size_t i = 0; error == OK && i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];

		if (!entry->key)
			continue;
		if (is(entry, "when"))
			when_add(fill, file, entry, errors);
		else if (is_language(entry))
			answer_add(fill, file, entry, errors);
		else if (!is(entry, "example") && !is(entry, "not"))
			config_error(errors, file, entry->line, entry->key,
				"a question has when, id, jv, su, en, example and not, no \"%s\"",
				entry->key);
	}
	if (error == OK)
		sections_prove(file, errors);
	config_file_free(file);
	return error;
}

int config_faqs_read(struct faqs *faqs, const struct lexicon *lexicon, struct catalogue *catalogue,
	const char *directory, struct config_errors *errors)
{
	struct filling fill = {faqs, lexicon, catalogue};

	return config_directory_read(directory, FAQ_FILES, file_read, &fill, errors);
}

struct trial {
	const struct reader *reader;
	struct scratch *scratch;
	struct gazetteer *places; /* none: no question names one */
};

/* As those ask who report and those who count. */
static void example_prove(const struct trial *trial, const struct config_file *file,
	const struct config_entry *entry, struct config_errors *errors)
{
	static const enum role roles[] = {ROLE_KADER, ROLE_PUSKESMAS};
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		struct sender sender = {.phone = "+6281200000000", .role = roles[i]};
		struct read_context context = {.sender = &sender,
			.places = trial->places,
			.now.date = {2024, 8, 15}};
		struct reading *out = arena_alloc(arena, sizeof(*out));
		bool led;

		reader_read(trial->reader, trial->scratch, arena, &context, entry->value, out);
		led = out->intent == INTENT_HELP && out->topic &&
			strcmp(out->topic, entry->section) == 0;
		if (led != is(entry, "example"))
			config_error(errors, file, entry->line, entry->value,
				"of a %s this leads %s[%s]%s%s", role_name(roles[i]),
				led ? "to " : "not to ", entry->section,
				led || !out->topic ? "" : " but to ",
				led || !out->topic ? "" : out->topic);
	}
	arena_free(arena);
}

static int file_prove(void *into, const char *path, struct config_errors *errors)
{
	struct config_file *file;
	int error = config_file_read(&file, path, errors);

	for (size_t i = 0; error == OK && i < file->count; i++)
		if (file->entries[i].key &&
			(is(&file->entries[i], "example") || is(&file->entries[i], "not")))
			example_prove(into, file, &file->entries[i], errors);
	config_file_free(file);
	return error;
}

int config_faqs_prove(
	const struct reader *reader, const char *directory, struct config_errors *errors)
{
	struct trial trial = {reader, scratch_new(), gazetteer_new()};
	int error;

	gazetteer_seal(trial.places);
	error = config_directory_read(directory, FAQ_FILES, file_prove, &trial, errors);
	gazetteer_free(trial.places);

	scratch_free(trial.scratch);
	return error;
}
