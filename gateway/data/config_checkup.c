/* Reads the files of conf/screens/. See config_checkup.h. */
#include "gateway/data/config_checkup.h"
#include "gateway/ini/config_directory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/text/gsm7.h"

#define ITEMS_MAX 16

static const struct config_option options[] = {
	{"screen", "title", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "what people choose"},
	{"screen", "words", CONFIG_LIST, NULL, 0, 0, NULL, true, true,
		"words behind CEK SEHAT that mean it"},
	{"question *", "ask", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "the question"},
	{"question *", "ya", CONFIG_INT, "0", 0, 100, NULL, true, false, "points of YA"},
	{"question *", "tidak", CONFIG_INT, "0", 0, 100, NULL, true, false, "points of TIDAK"},
	{"question *", "bahaya", CONFIG_ENUM, NULL, 0, 0, "ya|tidak", true, false,
		"this answer is a danger sign and ends at once"},
	{"question *", "choices", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"LABEL = POINTS instead of YA and TIDAK"},
	{"result *", "from", CONFIG_INT, "0", 0, 800, NULL, true, true, "from so many points on"},
	{"result *", "advice", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "what it means to do"},
	{"result *", "red", CONFIG_BOOL, "no", 0, 0, NULL, true, false,
		"a bidan may be asked to call"},
	{"danger", "advice", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "after a danger sign"},
};

struct checkup_reading {
	struct checkups *checkups;
	struct config_errors *errors;
	const struct config_file *file;
	struct checkup *checkup;
};

static size_t list_read(struct arena *arena, const char *text, const char **out, size_t room)
{
	size_t count = 0;

	while (*text != '\0' && count < room) {
		size_t skip = strspn(text, " ,"), length, end;

		text += skip;
		length = end = strcspn(text, ",");
		while (end > 0 && text[end - 1] == ' ')
			end--;
		if (end > 0)
			out[count++] = arena_strndup(arena, text, end);
		text += length;
	}
	return count;
}

static void prove_text(const struct checkup_reading *from, const struct config_entry *entry,
	const char *text, ssize_t most)
{
	ssize_t septets = gsm7_septets(text);

	if (septets < 0)
		config_error(from->errors, from->file, entry->line, entry->value,
			"a character that GSM 03.38 does not have");
	else if (septets > most)
		config_error(from->errors, from->file, entry->line, entry->value,
			"%zd septets, room is for %zd", septets, most);
}

static void read_words(struct checkup_reading *from, const struct config_entry *entry)
{
	struct arena *arena = from->checkups->arena;
	size_t room = strlen(entry->value) / 2 + 1;
	const char **words = arena_alloc(arena, room * sizeof(*words));

	from->checkup->words = words;
	from->checkup->nword = list_read(arena, entry->value, words, room);
	for (size_t i = 0; i < from->checkup->nword; i++) {
		if (strchr(words[i], ' ') != NULL)
			config_error(from->errors, from->file, entry->line, words[i],
				"each is one word");
	}
}

/* "di bawah 40 th = 0" */
static void read_choices(struct checkup_reading *from, struct checkup_question *question,
	const struct config_entry *entry)
{
	struct arena *arena = from->checkups->arena;
	const char *items[ITEMS_MAX];
	size_t count = list_read(arena, entry->value, items, COUNT_OF(items));

	question->yes_no = false;
	question->nchoice = 0;
	for (size_t i = 0; i < count; i++) {
		char *sign = strrchr(items[i], '='), *end = sign;
		long points = sign ? strtol(sign + 1, &end, 10) : 0;
		size_t length = sign ? (size_t)(sign - items[i]) : 0;

		while (length > 0 && items[i][length - 1] == ' ')
			length--;
		if (!sign || end == sign + 1 || *end != '\0' || points < 0 || length == 0 ||
			i >= CHECKUP_CHOICES) {
			config_error(from->errors, from->file, entry->line, items[i],
				"choices are LABEL = POINTS, at most %d", CHECKUP_CHOICES);
			continue;
		}
		question->choices[question->nchoice++] = (struct checkup_choice){
			.label = arena_strndup(arena, items[i], length), .points = (int)points};
	}
	if (question->nchoice < 2)
		config_error(from->errors, from->file, entry->line, entry->value,
			"a question has at least two choices");
}

static void question_begin(struct checkup_reading *from, const struct config_entry *entry)
{
	struct checkup *checkup = from->checkup;

	if (checkup->nquestion == CHECKUP_QUESTIONS) {
		config_error(from->errors, from->file, entry->line, entry->section,
			"more than %d questions: nobody answers so many", CHECKUP_QUESTIONS);
		return;
	}
	checkup->questions[checkup->nquestion++] = (struct checkup_question){
		.name = arena_strdup(from->checkups->arena, entry->section + strlen("question ")),
		.ask = "",
		.nchoice = 2,
		.yes_no = true};
}

static void question_read(struct checkup_reading *from, const struct config_entry *entry)
{
	struct checkup *checkup = from->checkup;
	struct checkup_question *question =
		checkup->nquestion ? &checkup->questions[checkup->nquestion - 1] : NULL;

	if (!entry->key)
		question_begin(from, entry);
	else if (!question)
		return;
	else if (strcmp(entry->key, "ask") == 0)
		question->ask = arena_strdup(from->checkups->arena, entry->value);
	else if (strcmp(entry->key, "ya") == 0)
		question->choices[0].points = atoi(entry->value);
	else if (strcmp(entry->key, "tidak") == 0)
		question->choices[1].points = atoi(entry->value);
	else if (strcmp(entry->key, "bahaya") == 0)
		question->choices[strcmp(entry->value, "tidak") == 0].danger = true;
	else if (strcmp(entry->key, "choices") == 0)
		read_choices(from, question, entry);
	if (entry->key && strcmp(entry->key, "ask") == 0)
		prove_text(from, entry, entry->value, CHECKUP_ASK_SEPTETS);
}

static void result_read(struct checkup_reading *from, const struct config_entry *entry)
{
	struct checkup *checkup = from->checkup;
	struct checkup_result *result =
		checkup->nresult ? &checkup->results[checkup->nresult - 1] : NULL;

	if (!entry->key && checkup->nresult == CHECKUP_RESULTS)
		config_error(from->errors, from->file, entry->line, entry->section,
			"more than %d results", CHECKUP_RESULTS);
	else if (!entry->key)
		checkup->results[checkup->nresult++] = (struct checkup_result){
			.name = arena_strdup(
				from->checkups->arena, entry->section + strlen("result ")),
			.advice = ""};
	else if (result && strcmp(entry->key, "from") == 0)
		result->from = atoi(entry->value);
	else if (result && strcmp(entry->key, "red") == 0)
		result->red = strcmp(entry->value, "yes") == 0;
	else if (result && strcmp(entry->key, "advice") == 0) {
		result->advice = arena_strdup(from->checkups->arena, entry->value);
		prove_text(from, entry, entry->value, CHECKUP_ADVICE_SEPTETS);
	}
}

static void entry_read(struct checkup_reading *from, const struct config_entry *entry)
{
	struct arena *arena = from->checkups->arena;

	if (strncmp(entry->section, "question ", 9) == 0)
		question_read(from, entry);
	else if (strncmp(entry->section, "result ", 7) == 0)
		result_read(from, entry);
	else if (!entry->key)
		return;
	else if (strcmp(entry->section, "danger") == 0) {
		from->checkup->danger = (struct checkup_result){.name = "BAHAYA",
			.advice = arena_strdup(arena, entry->value),
			.red = true};
		prove_text(from, entry, entry->value, CHECKUP_ADVICE_SEPTETS);
	} else if (strcmp(entry->key, "title") == 0)
		from->checkup->title = arena_strdup(arena, entry->value);
	else if (strcmp(entry->key, "words") == 0)
		read_words(from, entry);
}

static int points_most(const struct checkup *checkup)
{
	int sum = 0;

	for (size_t i = 0; i < checkup->nquestion; i++) {
		const struct checkup_question *question = &checkup->questions[i];
		int most = 0;

		for (size_t k = 0; k < question->nchoice; k++)
			most = question->choices[k].points > most ? question->choices[k].points
								  : most;
		sum += most;
	}
	return sum;
}

static bool has_danger(const struct checkup *checkup)
{
	for (size_t i = 0; i < checkup->nquestion; i++) {
		for (size_t k = 0; k < checkup->questions[i].nchoice; k++) {
			if (checkup->questions[i].choices[k].danger)
				return true;
		}
	}
	return false;
}

/* Every sum has a result, every result a sum; a danger sign says what to do. */
static void prove(const struct checkup_reading *from)
{
	const struct checkup *checkup = from->checkup;
	int most = points_most(checkup);

	if (checkup->nquestion == 0)
		config_error(from->errors, from->file, 0, NULL, "there is no [question NAME]");
	if (checkup->nresult == 0) {
		config_error(from->errors, from->file, 0, NULL, "there is no [result NAME]");
		return;
	}
	for (size_t i = 0; i < checkup->nresult; i++) {
		if (i > 0 && checkup->results[i].from >= checkup->results[i - 1].from)
			config_error(from->errors, from->file, 0, NULL,
				"result %s is never reached: the highest \"from\" comes first",
				checkup->results[i].name);
		if (checkup->results[i].from > most)
			config_error(from->errors, from->file, 0, NULL,
				"result %s needs %d points, all answers together give %d",
				checkup->results[i].name, checkup->results[i].from, most);
	}
	if (checkup->results[checkup->nresult - 1].from != 0)
		config_error(from->errors, from->file, 0, NULL,
			"the last result is for 0 points and more: from = 0");
	if (has_danger(checkup) != (checkup->danger.advice != NULL))
		config_error(from->errors, from->file, 0, NULL,
			"a question with \"bahaya\" and [danger] go together");
}

/* A word means one questionnaire. */
static void prove_words(const struct checkups *checkups, const struct config_file *file,
	struct config_errors *errors)
{
	const struct checkup *own = &checkups->list[checkups->count - 1];

	for (size_t i = 0; i < own->nword; i++) {
		for (size_t k = 0; k + 1 < checkups->count; k++) {
			for (size_t w = 0; w < checkups->list[k].nword; w++) {
				if (strcasecmp(own->words[i], checkups->list[k].words[w]) == 0)
					config_error(errors, file, 0, NULL,
						"the word %s is of %s too", own->words[i],
						checkups->list[k].name);
			}
		}
	}
}

static void file_add(struct checkup_reading *from, const char *directory, const char *name)
{
	char *path = xasprintf("%s/%s", directory, name);
	struct config_file *file;

	if (config_file_read(&file, path, from->errors) == OK &&
		from->checkups->count < CHECKUPS_MAX) {
		config_check(file, options, COUNT_OF(options), from->errors);
		from->file = file;
		from->checkup = &from->checkups->list[from->checkups->count++];
		from->checkup->name = arena_strndup(
			from->checkups->arena, name, strlen(name) - strlen(".ini"));
		from->checkup->title = "";
		for (size_t i = 0; i < file->count; i++)
			entry_read(from, &file->entries[i]);
		prove(from);
		prove_words(from->checkups, file, from->errors);
	} else if (from->checkups->count == CHECKUPS_MAX) {
		config_error(from->errors, file, 0, NULL, "there are more than %d questionnaires",
			CHECKUPS_MAX);
	}
	config_file_free(file);
	free(path);
}

int config_checkups_read(
	struct checkups **out, const char *directory, struct config_errors *errors)
{
	struct checkup_reading from = {.errors = errors};
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int count = config_directory(directory, "", &names);

	*out = NULL;
	if (count < 0) {
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"no such directory");
		return ERR_CONFIG;
	}
	from.checkups = xcalloc(1, sizeof(*from.checkups));
	from.checkups->arena = arena_new();
	for (int i = 0; i < count; i++) {
		file_add(&from, directory, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	if (config_errors_count(errors) > before) {
		checkups_free(from.checkups);
		return ERR_CONFIG;
	}
	*out = from.checkups;
	return OK;
}
