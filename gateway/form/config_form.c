/* Reads one form file: its sections become the arrays of a struct form. */
#include "gateway/form/config_form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gateway/form/config_form_parse.h"
#include "gateway/ini/config_directory.h"

static const struct config_option options[] = {
	{"form", "title", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "what people call it"},
	{"form", "letter", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"first letter of its references"},
	{"form", "keywords", CONFIG_LIST, NULL, 0, 0, NULL, true, true, "words that begin it"},
	{"form", "begins", CONFIG_ENUM, NULL, 0, 0, "anywhere|line|front", true, false,
		"line: its keywords are everyday words; they open a report in front only; front: "
		"of the whole message"},
	{"form", "example", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"a whole report, where its fields alone do not show one"},
	{"form", "codes", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"word class whose words announce the field of that name"},
	{"form", "order", CONFIG_LIST, NULL, 0, 0, NULL, true, true, "fields by position"},
	{"form", "required", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields that must be there"},
	{"form", "date", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "field of the day that counts"},
	{"form", "date_default", CONFIG_ENUM, NULL, 0, 0, "today", true, false,
		"when no date is written"},
	{"form", "place", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"field of the place where it counts"},
	{"form", "area", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"name that keeps the desa of the posyandu that is the place"},
	{"form", "self", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of the name of whose event it is"},
	{"form", "mother", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of the mother's name, by which it is called when it has no other"},
	{"form", "class_from", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields that the class rests on"},
	{"form", "age", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "field of the person's age"},
	{"form", "where", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of where it happened: of one event, not passed on to the next"},
	{"form", "kind", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "field of the kind of death"},
	{"form", "class", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"derived field of the class that is counted"},
	{"form", "held", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field that says TIDAK when a session was not held"},
	{"form", "order_of_birth", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of which twin it is"},
	{"form", "jumps", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"stock that is asked when it doubles or halves"},
	{"form", "about", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field with the reference of the report that it is about"},
	{"form", "later", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field that is not known yet: asked some hours after"},
	{"form", "later_hours", CONFIG_INT, "48", 1, 720, NULL, true, false, "so many"},
	{"form", "carry", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields known from earlier reports; FIELD>FIELD: of the last month"},
	{"form", "carry_days", CONFIG_INT, "365", 1, 3650, NULL, true, false,
		"so far back they are looked for"},
	{"form", "repeats", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields that twins have each"},
	{"form", "same_as", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields by which an event is known again"},
	{"form", "becomes", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"FORM FIELD=VALUE when CONDITION"},
	{"form", "follows", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"FORM FIELD=VALUE when CONDITION"},
	{"form", "counts", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"NAME [by FIELD] [stock] [once] [named [of COUNT]] [when CONDITION] "
		"[unless CONDITION]"},
	{"form", "story", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"word class that tells it without a keyword"},
	{"form", "prose", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"word class of what people write of it in prose, without a keyword"},
	{"field *", "type", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "type of its values"},
	{"field *", "label", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "its name for people"},
	{"field *", "keys", CONFIG_LIST, NULL, 0, 0, NULL, true, false, "words that announce it"},
	{"field *", "words", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"word class of its choices"},
	{"field *", "choices", CONFIG_LIST, NULL, 0, 0, NULL, true, false, "canonical choices"},
	{"field *", "range", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "MIN..MAX allowed"},
	{"field *", "days", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"MIN..MAX days from today that a date may be"},
	{"field *", "usual", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"MIN..MAX where most values lie"},
	{"field *", "rare", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"MIN..MAX out of range, taken when told again or affirmed"},
	{"field *", "unit", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "unit of an integer"},
	{"field *", "unit_when", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"a bare age has that unit on this condition"},
	{"field *", "titled", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"a mother's title moves the name here when"},
	{"field *", "mother", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"the choice that a mother's title in front of the name says"},
	{"field *", "female", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"a woman's NIK: yes, or when CONDITION"},
	{"field *", "note", CONFIG_LIST, NULL, 0, 0, NULL, true, false, "NAME when CONDITION"},
	{"field *", "ask", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"the question when it is missing"},
	{"field *", "example", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "a good value"},
	{"field *", "adds", CONFIG_BOOL, "no", 0, 0, NULL, true, false, "parts add up"},
	{"field *", "keyed", CONFIG_BOOL, "no", 0, 0, NULL, true, false,
		"read behind its key only"},
	{"field *", "tail", CONFIG_BOOL, "no", 0, 0, NULL, true, false,
		"names may follow its word"},
	{"field *", "rest", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"takes other words: yes, or when CONDITION"},
	{"field *", "pattern", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"what it looks like; its named groups are fields"},
	{"field *", "finer", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field that takes days and weeks whole, of months"},
	{"field *", "written", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"text field that keeps the words"},
	{"require *", "fields", CONFIG_LIST, NULL, 0, 0, NULL, true, true,
		"fields that must be there"},
	{"require *", "when", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "on this condition"},
	{"check *", "field", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"the field that is asked about"},
	{"check *", "when", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "only on this condition"},
	{"check *", "rule", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "what must hold"},
	{"check *", "code", CONFIG_TEXT, "sum", 0, 0, NULL, true, false,
		"problem when it does not"},
	{"check *", "on", CONFIG_ENUM, "error", 0, 0, "error|ask", true, false,
		"whether the sender may affirm it"},
	{"check *", "note", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "noted when affirmed"},
	{"indicator *", "count", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"[stock] NAME of a count"},
	{"indicator *", "cases", CONFIG_ENUM, NULL, 0, 0, "open|risk", true, false,
		"instead of a count: cases open at the end of the period"},
	{"indicator *", "of", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"[stock] NAME of the count that it is a part of [- NAME …]"},
	{"indicator *", "target", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"[stock] NAME of a yearly target population"},
	{"indicator *", "beside", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"indicator shown beside it where its whole is another"},
	{"indicator *", "per", CONFIG_INT, "0", 1, 1000000, NULL, true, false,
		"a rate of so many"},
	{"indicator *", "decimals", CONFIG_INT, "0", 0, 2, NULL, true, false,
		"of the rate"},
	{"indicator *", "period", CONFIG_ENUM, "month", 0, 0, "month|year", true, false,
		"asked without a period"},
	{"by_name *", "count", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"NAME of the count of the same told by names"},
	{"by_name *", "apart", CONFIG_INT, "2", 0, 999, NULL, true, false,
		"asked about when they are further apart"},
	{"alarm *", "when", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "on this condition"},
	{"alarm *", "to", CONFIG_LIST, "bidan, puskesmas", 0, 0, NULL, true, false,
		"who is told: bidan, puskesmas, dinkes"},
	{"alarm *", "as", CONFIG_ENUM, "now", 0, 0, "now|notice|daily|death", true, false,
		"at once until taken, news to the bidan, in her message of the day, or as a death"},
	{"outbreak *", "by", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "field of the disease"},
	{"outbreak *", "sum", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "field of how many"},
	{"outbreak *", "days", CONFIG_INT, "7", 1, 60, NULL, true, false, "the window"},
	{"outbreak *", "silence", CONFIG_INT, "14", 1, 90, NULL, true, false,
		"days without a case that end it"},
	{"outbreak *", "least", CONFIG_LIST, NULL, 0, 0, NULL, true, true,
		"NUMBER [when CONDITION]: the first that holds"},
	{"outbreak *", "dinkes", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"conditions that tell the dinkes too"},
	{"case", "due", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of the day that makes it this case: when it is expected, or was born"},
	{"case", "near", CONFIG_INT, "31", 0, 400, NULL, true, false,
		"days: further off it is another case"},
	{"case", "another", CONFIG_ENUM, "opens", 0, 0, "opens|ask", true, false,
		"ask: another one while one is open is asked"},
	{"case", "same", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field in which two of one name may not differ"},
	{"case", "person", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"fields in which one person does not differ: nik, umur±2"},
	{"case", "alike", CONFIG_ENUM, "joins", 0, 0, "joins|ask", true, false,
		"ask: a name that is only alike is asked"},
	{"case", "class", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field whose newest value is the case's"},
	{"case", "risk", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"condition of its newest report: it is at risk"},
	{"case", "contact", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of which contact it is; counted when it is not told"},
	{"case", "seen_by", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of who saw the person; whoever tells it, when it is not told"},
	{"case", "no_contact", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"condition of a report that is no contact"},
	{"case", "list", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"question that lists open ones by their due day"},
	{"case", "over", CONFIG_INT, "0", 0, 4000, NULL, true, false,
		"days behind the due day at which it is over by itself"},
	{"case", "ahead", CONFIG_INT, "0", 0, 90, NULL, true, false,
		"days before the due day that the list of the bidan looks ahead"},
	{"case", "late", CONFIG_INT, "0", 0, 90, NULL, true, false,
		"days behind the due day with nothing heard: the bidan is asked"},
	{"case", "lost", CONFIG_INT, "0", 0, 400, NULL, true, false,
		"days behind the due day with nothing heard: it ends by itself"},
	{"known *", "take", CONFIG_LIST, NULL, 0, 0, NULL, true, true,
		"fields that reports of that form tell of the same person; FIELD>FIELD: its, ours"},
	{"known *", "days", CONFIG_INT, "365", 1, 3650, NULL, true, false,
		"so far back they are looked for"},
	{"mark *", "need", CONFIG_LIST, NULL, 0, 0, NULL, true, true,
		"NUMBER [when CONDITION]: so many reports of the case, of each row"},
	{"mark *", "say", CONFIG_BOOL, "no", 0, 0, NULL, true, false,
		"the answer says what it still needs"},
	{"end *", "form", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"form whose report ends it; without it its own"},
	{"end *", "who", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of that form with the person's name"},
	{"end *", "when", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "on this condition"},
	{"end *", "days", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"FROM..TO days around the due day"},
	{"follow *", "form", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"form of the event that it should follow"},
	{"follow *", "when", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "on this condition"},
	{"follow *", "days", CONFIG_INT, "3", 1, 90, NULL, true, true,
		"after it the bidan is reminded"},
	{"follow *", "mark", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"mark that the person's case lacks"},
	{"follow *", "gone", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"form whose report about the person ends the asking: of a death"},
	{"follow *", "gone_who", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field of that form with the person's name"},
	{"follow *", "gone_when", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "on this condition"},
	{"weekly *", "year", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "field of the year"},
	{"weekly *", "unit", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "field of who tells it"},
	{"weekly *", "kind", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"field that becomes PUSKESMAS or DESA by its unit"},
	{"weekly *", "total", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"when it is told, other counts that are not are 0"},
	{"weekly *", "due", CONFIG_LIST, "24 desa, 60 puskesmas", 0, 0, NULL, true, false,
		"timely so many hours from the beginning of the last day"},
	{"weekly *", "remind", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"who has not told is reminded so many hours from there"},
	{"weekly *", "least", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"NUMBER FIELD: so many alarm"},
	{"weekly *", "weeks", CONFIG_INT, "3", 1, 8, NULL, true, false, "weeks before"},
	{"weekly *", "times", CONFIG_INT, "2", 1, 20, NULL, true, false,
		"more than so many times their mean alarms"},
	{"weekly *", "from", CONFIG_INT, "3", 1, 1000, NULL, true, false, "from so many on"},
	{"weekly *", "silence", CONFIG_INT, "14", 1, 90, NULL, true, false,
		"days after which it is over"},
	{"compute *", "points", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"NUMBER when CONDITION [unless CONDITION]"},
	{"compute *", "*", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"function = NAME, its arguments, when = CONDITION"},
	{"derive *", "*", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"VALUE = CONDITION, the first that holds"},
};

static char *name_of_path(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return arena_strndup(arena, name, dot ? (size_t)(dot - name) : strlen(name));
}

/* A header entry opens a field, check or requirement; a key fills it. */
static void entry_read(struct form_parse *parse, const struct config_entry *entry)
{
	const char *section = entry->section;

	if (strcmp(section, "form") == 0)
		form_parse_form(parse, entry);
	else if (strncmp(section, "field ", 6) == 0)
		form_parse_field(parse, entry, section + 6);
	else if (strncmp(section, "require ", 8) == 0)
		form_parse_require(parse, entry);
	else if (strncmp(section, "check ", 6) == 0)
		form_parse_check(parse, entry, section + 6);
	else if (strncmp(section, "indicator ", 10) == 0)
		form_parse_indicator(parse, entry, section + 10);
	else if (strncmp(section, "by_name ", 8) == 0)
		form_parse_by_name(parse, entry, section + 8);
	else if (strncmp(section, "alarm ", 6) == 0)
		form_parse_alarm(parse, entry, section + 6);
	else if (strncmp(section, "outbreak ", 9) == 0)
		form_parse_outbreak(parse, entry);
	else if (strncmp(section, "known ", 6) == 0)
		form_parse_known(parse, entry, section + 6);
	else if (strcmp(section, "case") == 0)
		form_parse_case(parse, entry);
	else if (strncmp(section, "mark ", 5) == 0)
		form_parse_mark(parse, entry, section + 5);
	else if (strncmp(section, "end ", 4) == 0)
		form_parse_end(parse, entry, section + 4);
	else if (strncmp(section, "follow ", 7) == 0)
		form_parse_follow(parse, entry, section + 7);
	else if (strncmp(section, "weekly ", 7) == 0)
		form_parse_weekly(parse, entry, section + 7);
	else if (strncmp(section, "compute ", 8) == 0)
		form_parse_compute(parse, entry, section + 8);
	else if (strncmp(section, "derive ", 7) == 0)
		form_parse_derive(parse, entry, section + 7);
}

int config_form_read(struct form **out, const char *path, struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct form_parse parse = {.errors = errors};
	struct config_file *file;
	struct arena *arena;
	int error = config_file_read(&file, path, errors);

	*out = NULL;
	if (error != OK) {
		config_file_free(file);
		return error;
	}
	config_check(file, options, COUNT_OF(options), errors);
	arena = arena_new();
	parse.file = file;
	parse.form = arena_alloc(arena, sizeof(*parse.form));
	parse.form->arena = arena;
	parse.form->name = name_of_path(arena, path);
	form_parse_begin(&parse);
	for (size_t i = 0; i < file->count; i++)
		entry_read(&parse, &file->entries[i]);
	form_parse_prove(&parse);
	form_names_bind(&parse);
	config_file_free(file);
	if (config_errors_count(errors) > before) {
		form_free(parse.form);
		return ERR_CONFIG;
	}
	*out = parse.form;
	return OK;
}

static void prove_apart(const struct form *a, const struct form *b, const char *directory,
	struct config_errors *errors)
{
	const struct config_file whole = {.path = directory};

	if (strcmp(a->letter, b->letter) == 0)
		config_error(errors, &whole, 0, NULL, "forms %s and %s have the same letter %s",
			a->name, b->name, a->letter);
	for (size_t i = 0; i < a->nkeyword; i++) {
		for (size_t j = 0; j < b->nkeyword; j++) {
			if (strcasecmp(a->keywords[i], b->keywords[j]) == 0)
				config_error(errors, &whole, 0, NULL,
					"forms %s and %s have the same keyword %s", a->name,
					b->name, a->keywords[i]);
		}
	}
}

/* What a word alone could mean is first of all what every sender reports. */
static void everyday_last(struct form *forms[FORMS_MAX], size_t count)
{
	struct form *sorted[FORMS_MAX];
	size_t n = 0;

	for (int last = 0; last < 2; last++) {
		for (size_t i = 0; i < count; i++) {
			if (forms[i]->line_only == (last != 0))
				sorted[n++] = forms[i];
		}
	}
	memcpy(forms, sorted, n * sizeof(*forms));
}

int config_forms_read(struct form *out[FORMS_MAX], size_t *count, const char *directory,
	struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int found = config_directory(directory, "", &names);

	*count = 0;
	if (found < 0) {
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"no such directory");
		return ERR_CONFIG;
	}
	if (found == 0)
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"there is no form in it (NAME.ini)");
	for (int i = 0; i < found; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);
		int error = *count < FORMS_MAX ? config_form_read(&out[*count], path, errors)
					       : ERR_LIMIT;

		if (error == ERR_LIMIT)
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"more than %d forms", FORMS_MAX);
		if (error == OK)
			(*count)++;
		free(path);
		free(names[i]);
	}
	free(names);
	everyday_last(out, *count);
	for (size_t i = 0; i < *count; i++) {
		for (size_t j = 0; j < i; j++)
			prove_apart(out[j], out[i], directory, errors);
	}
	if (config_errors_count(errors) == before) { /* else the bad one is missed by name */
		form_cases_prove(out, *count, directory, errors);
		form_indicators_prove(out, *count, directory, errors);
	}
	if (config_errors_count(errors) == before)
		return OK;
	config_forms_free(out, *count);
	*count = 0;
	return ERR_CONFIG;
}

void config_forms_free(struct form **forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		form_free(forms[i]);
}
