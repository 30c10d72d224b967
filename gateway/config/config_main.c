/* kabar.conf: one row per option says what it is and which field it fills. See config_main.h. */
#include "gateway/config/config_main.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "flows/rules/hours.h"
#include "parsers/form/reading.h"
#include "parsers/number/date.h"
#include "parsers/text/phone.h"

/* Where the value goes: TEXT and LIST a const char *, BOOL a bool, all others an int. */
struct row {
	struct config_option option;
	size_t offset; /* into struct config_main, or struct config_smsc for "smsc *" */
};

#define MAIN(field) offsetof(struct config_main, field)
#define SMSC(field) offsetof(struct config_smsc, field)
#define TEXT(section, key, standard, help, where) \
	{{section, key, CONFIG_TEXT, standard, 0, 0, NULL, false, false, help}, where}
#define TEXT_LIVE(section, key, standard, help, where) \
	{{section, key, CONFIG_TEXT, standard, 0, 0, NULL, true, false, help}, where}
#define NEEDED(section, key, help, where) \
	{{section, key, CONFIG_TEXT, NULL, 0, 0, NULL, true, true, help}, where}
#define LIST(section, key, help, where) \
	{{section, key, CONFIG_LIST, "", 0, 0, NULL, true, false, help}, where}
#define NUMBER(section, key, standard, min, max, live, help, where) \
	{{section, key, CONFIG_INT, standard, min, max, NULL, live, false, help}, where}
#define SPAN(section, key, standard, min, max, live, help, where) \
	{{section, key, CONFIG_DURATION, standard, min, max, NULL, live, false, help}, where}
#define SWITCH(section, key, standard, live, help, where) \
	{{section, key, CONFIG_BOOL, standard, 0, 0, NULL, live, false, help}, where}
#define CHOICE(section, key, standard, values, live, help, where) \
	{{section, key, CONFIG_ENUM, standard, 0, 0, values, live, false, help}, where}

static const struct row rows[] = {
#include "gateway/config/config_options.h"
#include "gateway/config/config_options_loops.h"
#include "gateway/config/config_options_smsc.h"
#include "gateway/config/config_options_talk.h"
};

#define DIGIT_ROOM 64

static bool in_smsc(const struct row *row)
{
	return strcmp(row->option.section, "smsc *") == 0;
}

static void fill(void *target, const struct row *row, const struct config_file *file,
	const char *section, struct arena *arena)
{
	char *field = (char *)target + row->offset;
	const char *text;

	switch (row->option.type) {
	case CONFIG_TEXT:
	case CONFIG_LIST:
		text = config_value(file, section, &row->option);
		*(const char **)(void *)field = text ? arena_strdup(arena, text) : "";
		break;
	case CONFIG_BOOL:
		*(bool *)(void *)field = config_number(file, section, &row->option) != 0;
		break;
	case CONFIG_INT:
	case CONFIG_DURATION:
	case CONFIG_ENUM:
		*(int *)(void *)field = (int)config_number(file, section, &row->option);
		break;
	}
}

static int line_of(const struct config_file *file, const char *section, const char *key)
{
	const struct config_entry *entry = config_find(file, section, key);

	return entry ? entry->line : 0;
}

static void check_length(const struct config_file *file, const char *section, const char *key,
	const char *value, size_t most, struct config_errors *errors)
{
	if (strlen(value) > most)
		config_error(errors, file, line_of(file, section, key), value,
			"\"%s\" has at most %zu characters in SMPP 3.4", key, most);
}

/* The first line of the file; an error when there is none. */
static const char *read_password(const struct config_file *file, const char *section,
	const char *path, struct arena *arena, struct config_errors *errors)
{
	int line = line_of(file, section, "password_file");
	FILE *in = fopen(path, "re");
	char text[DIGIT_ROOM];

	if (!in) {
		config_error(errors, file, line, path, "cannot open the password file: %s",
			strerror(errno));
		return "";
	}
	if (!fgets(text, sizeof(text), in))
		text[0] = '\0';
	fclose(in);
	text[strcspn(text, "\r\n")] = '\0';
	if (!text[0])
		config_error(errors, file, line, path, "the password file is empty");
	return arena_strdup(arena, text);
}

static void finish_smsc(struct config_smsc *smsc, const struct config_file *file,
	const char *section, struct arena *arena, struct config_errors *errors)
{
	struct link_config *link = &smsc->link;

	link->name = arena_strdup(arena, strchr(section, ' ') + 1);
	if (*smsc->password_file && *link->password)
		config_error(errors, file, line_of(file, section, "password_file"), "password_file",
			"give password or password_file, not both");
	else if (*smsc->password_file)
		link->password = read_password(file, section, smsc->password_file, arena, errors);
	link->pair = smsc->bind == 1;
	link->bind_ton = (uint8_t)smsc->bind_ton;
	link->bind_npi = (uint8_t)smsc->bind_npi;
	link->enquire_link_ms = smsc->enquire_link * 1000;
	link->response_ms = smsc->response_timeout * 1000;
	link->connect_ms = smsc->connect_timeout * 1000;
	if (!*link->tls_ca)
		link->tls_ca = NULL;
	if (*link->listen && !link_listen_ok(link->listen))
		config_error(errors, file, line_of(file, section, "listen"), link->listen,
			"\"%s\" is no address:port, like 0.0.0.0:2776", link->listen);
	if (*link->listen && link->tls)
		config_error(errors, file, line_of(file, section, "listen"), "listen",
			"\"listen\" (outbind) is in clear text only: drop it or tls");
	check_length(file, section, "system_id", link->system_id, 15, errors);
	check_length(file, section, *smsc->password_file ? "password_file" : "password",
		link->password, 8, errors);
	check_length(file, section, "system_type", link->system_type, 12, errors);
	check_length(file, section, "address", smsc->address, 20, errors);
	check_length(file, section, "address_range", link->address_range, 40, errors);
	check_length(file, section, "service_type", smsc->service_type, 5, errors);
}

static void load_links(struct config_main *out, const struct config_file *file, struct arena *arena,
	struct config_errors *errors)
{
	const struct config_entry *section = NULL;
	size_t count = 0;

	while ((section = config_next_section(file, section)))
		count += strncmp(section->section, "smsc ", 5) == 0;
	out->smsc = arena_alloc(arena, (count + 1) * sizeof(*out->smsc));
	while ((section = config_next_section(file, section))) {
		struct config_smsc *smsc = &out->smsc[out->nsmsc];

		if (strncmp(section->section, "smsc ", 5) != 0)
			continue;
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			if (in_smsc(&rows[i]))
				fill(smsc, &rows[i], file, section->section, arena);
		}
		finish_smsc(smsc, file, section->section, arena, errors);
		out->nsmsc++;
	}
}

/* "081…, +6281…" into at most SETTINGS_PHONES normalised numbers; short codes stay as they are. */
static size_t split_phones(const char *list, const char **phones, const struct config_file *file,
	const char *section, const char *key, struct arena *arena, struct config_errors *errors)
{
	char *save, *copy = arena_strdup(arena, list);
	size_t count = 0;

	for (char *word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		char phone[PHONE_TEXT];

		if (count == SETTINGS_PHONES) {
			config_error(errors, file, line_of(file, section, key), word,
				"at most %d numbers", SETTINGS_PHONES);
			break;
		}
		(void)phone_normalise(word, phone);
		phones[count++] = arena_strdup(arena, phone);
	}
	return count;
}

/* "bidan, puskesmas" as bits. */
static unsigned split_roles(const char *list, const struct config_file *file, struct arena *arena,
	struct config_errors *errors)
{
	char *save, *copy = arena_strdup(arena, list);
	unsigned roles = 0;

	for (char *word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		int role = role_by_name(word);

		if (role <= ROLE_NONE)
			config_error(errors, file, line_of(file, "ussd", "pin"), word,
				"unknown role \"%s\"", word);
		else
			roles |= 1u << role;
	}
	return roles;
}

/* A job of the calendar inside the quiet hours would never be run. */
static void check_hour(const struct flow_settings *flow, const struct config_file *file,
	const char *key, int day, int hour, struct config_errors *errors)
{
	const struct hours hours = {flow->quiet_from, flow->quiet_to, 0};

	if (day > 0 && hours_quiet_until(&hours, hour * 3600))
		config_error(errors, file, line_of(file, "reminders", key), NULL,
			"%d:00 is in the quiet hours", hour);
}

/* "+628, +6221": how numbers begin that may be written to. */
static void finish_allow(struct config_main *out, struct arena *arena)
{
	struct flow_settings *flow = &out->flow;
	char *save, *copy = arena_strdup(arena, out->allow);
	size_t count = 0;

	for (char *word = strtok_r(copy, ", ", &save); word && count < SETTINGS_PHONES;
		word = strtok_r(NULL, ", ", &save))
		flow->allow[count++] = word;
	if (count > 0)
		flow->nallow = count;
}

static void finish_main(struct config_main *out, const struct config_file *file,
	struct arena *arena, struct config_errors *errors)
{
	struct flow_settings *flow = &out->flow;
	struct stat st;

	flow->name = out->name;
	if (!timezone_offset(out->timezone, &flow->timezone))
		config_error(errors, file, line_of(file, "gateway", "timezone"), out->timezone,
			"unknown time zone \"%s\": Asia/Jakarta, Asia/Makassar, Asia/Jayapura",
			out->timezone);
	if (!hours_read(out->quiet, &flow->quiet_from, &flow->quiet_to))
		config_error(errors, file, line_of(file, "gateway", "quiet"), out->quiet,
			"expected hours of the day such as 20:30-06:30, or nothing");
	check_hour(flow, file, "hour", flow->reminder_day, flow->reminder_hour, errors);
	check_hour(flow, file, "summary_hour", flow->summary_day, flow->summary_hour, errors);
	check_hour(flow, file, "evaluation_hour", flow->evaluation_day, flow->evaluation_hour,
		errors);
	if (lstat(out->control, &st) == 0 && !S_ISSOCK(st.st_mode))
		config_error(errors, file, line_of(file, "gateway", "control"), out->control,
			"%s is there and is no socket", out->control);
	flow->nown = split_phones(out->own, flow->own, file, "limits", "own", arena, errors);
	for (size_t i = 0; i < out->nsmsc && flow->nown < SETTINGS_PHONES; i++)
		flow->own[flow->nown++] = out->smsc[i].address;
	flow->nnowhere =
		split_phones(out->nowhere, flow->nowhere, file, "alerts", "nowhere", arena, errors);
	flow->noperator = split_phones(
		out->operator, flow->operator, file, "alerts", "operator", arena, errors);
	finish_allow(out, arena);
	flow->pin_roles = split_roles(out->pin, file, arena, errors);
	if (!*out->store_key)
		out->store_key = out->store_driver == 0
			? arena_printf(arena, "%s.key", out->store_path)
			: KABAR_STATEDIR "/kabar.key";
	if (!*out->store_path)
		config_error(errors, file, line_of(file, "store", "path"), NULL,
			"a store needs \"path\"");
	if (out->store_driver == 1 && !*out->store_conninfo)
		config_error(errors, file, line_of(file, "store", "driver"), NULL,
			"driver postgres needs \"conninfo\"");
	if (out->store_driver == 0 && out->workers > 1)
		config_error(errors, file, line_of(file, "store", "workers"), NULL,
			"SQLite has one writer: \"workers\" is for driver postgres");
}

int config_main_load(struct config_main *out, const char *path, struct arena *arena,
	struct config_errors *errors)
{
	struct config_option table[COUNT_OF(rows)];
	struct config_file *file;
	size_t before = config_errors_count(errors);
	int rc;

	*out = (struct config_main){0};
	flow_settings_standard(&out->flow);
	rc = config_file_read(&file, path, errors);
	if (file->nline == 0 && rc != OK)
		goto out; /* not there: no use in naming every missing key too */
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		table[i] = rows[i].option;
	config_check(file, table, COUNT_OF(table), errors);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!in_smsc(&rows[i]))
			fill(out, &rows[i], file, rows[i].option.section, arena);
	}
	if (!config_find(file, "gateway", "control"))
		out->control = config_control_standard(path, arena);
	load_links(out, file, arena, errors);
	finish_main(out, file, arena, errors);
	config_values_check(out, file, errors);
	rc = config_errors_count(errors) > before ? ERR_CONFIG : OK;
out:
	config_file_free(file);
	return rc;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_field(const struct row *row, const void *a, const void *b)
{
	const char *left = (const char *)a + row->offset, *right = (const char *)b + row->offset;

	switch (row->option.type) {
	case CONFIG_TEXT:
	case CONFIG_LIST:
		return same_text(*(const char *const *)(const void *)left,
			*(const char *const *)(const void *)right);
	case CONFIG_BOOL:
		return *(const bool *)left == *(const bool *)right;
	default:
		return *(const int *)(const void *)left == *(const int *)(const void *)right;
	}
}

const char *config_main_fixed(const struct config_main *old, const struct config_main *new_one)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!rows[i].option.reloadable && !in_smsc(&rows[i]) &&
			!same_field(&rows[i], old, new_one))
			return rows[i].option.key;
	}
	return NULL;
}
