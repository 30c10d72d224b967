/* The `expect` lines of transcripts: one row per kind. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <jansson.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/recount/recount.h"
#include "gateway/os/clock.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"
#include "store/report/report.h"
#include "tools/play/play.h"

enum wanted { WANT_REPLY, WANT_ALERT, WANT_SCREEN, WANT_END };

static bool is_wanted(const struct play_message *message, enum wanted wanted)
{
	switch (wanted) {
	case WANT_REPLY:
		return strcmp(message->kind, "reply") == 0;
	case WANT_SCREEN:
		return strcmp(message->kind, "ussd") == 0;
	case WANT_END:
		return strcmp(message->kind, "ussd-end") == 0;
	case WANT_ALERT:
		break;
	}
	return strcmp(message->kind, "reply") != 0 && strncmp(message->kind, "ussd", 4) != 0;
}

static bool matches(struct play *play, const char *pattern, const char *text)
{
	int number;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
		PCRE2_CASELESS | PCRE2_UTF, &number, &at, NULL);
	pcre2_match_data *data;
	int found;

	if (code == NULL)
		return play_fail(play, "not a regular expression: %s", pattern);
	data = pcre2_match_data_create_from_pattern(code, NULL);
	found = pcre2_match(code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0, data, NULL);
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return found >= 0;
}

static struct play_message *unread(struct play *play, const char *to, enum wanted wanted)
{
	for (struct play_message *message = world_messages(play->world); message != NULL;
		message = message->next) {
		if (!message->read && strcmp(message->to, to) == 0 && is_wanted(message, wanted))
			return message;
	}
	return NULL;
}

/* "[TO] ~ REGEX" */
static bool expect_message(struct play *play, char *text, enum wanted wanted, const char *name)
{
	char *mark = strchr(text, '~'), phone[PHONE_TEXT];
	const char *to = play->last;
	struct play_message *message;
	char *word;

	if (mark == NULL)
		return play_fail(play, "expected: expect %s [TO] ~ REGEX", name);
	*mark = '\0';
	word = play_word(&text);
	if (word != NULL)
		to = phone_normalise(word, phone) ? phone : word;
	mark += 1 + strspn(mark + 1, " ");
	if (to == NULL)
		return play_fail(play, "expected %s, but nobody wrote yet", name);
	message = unread(play, to, wanted);
	if (message == NULL)
		return play_fail(play, "expected %s to %s ~ %s, but there is none", name, to, mark);
	message->read = true;
	return matches(play, mark, message->text) ||
		(!play->failed &&
			play_fail(play, "expected %s to %s ~ %s\n    came: %s", name, to, mark,
				message->text));
}

static bool expect_reply(struct play *play, char *text)
{
	return expect_message(play, text, WANT_REPLY, "reply");
}

static bool expect_alert(struct play *play, char *text)
{
	return expect_message(play, text, WANT_ALERT, "alert");
}

static bool expect_screen(struct play *play, char *text)
{
	return expect_message(play, text, WANT_SCREEN, "screen");
}

static bool expect_end(struct play *play, char *text)
{
	return expect_message(play, text, WANT_END, "end");
}

/* "no reply [TO]", "no alert [TO]" */
static bool expect_no(struct play *play, char *text)
{
	char *what = play_word(&text), *word = play_word(&text), phone[PHONE_TEXT];
	const char *to = word == NULL ? play->last : phone_normalise(word, phone) ? phone : word;
	bool alert = what != NULL && strcmp(what, "alert") == 0;
	struct play_message *message;

	if (what == NULL || (!alert && strcmp(what, "reply") != 0))
		return play_fail(play, "expected: expect no reply|alert [TO]");
	message = to == NULL ? NULL : unread(play, to, alert ? WANT_ALERT : WANT_REPLY);
	return message == NULL ||
		play_fail(play, "expected no %s to %s\n    came: %s", what, to, message->text);
}

static const char *column_of(const struct report_row *row, const char *name)
{
	const struct {
		const char *name, *value;
	} columns[] = {
		{"status", row->status},
		{"form", row->form},
		{"area", row->area},
		{"sender", row->sender},
		{"ref", row->ref},
		{"posyandu", row->posyandu},
		{"date", row->date},
	};

	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		if (strcmp(columns[i].name, name) == 0)
			return columns[i].value != NULL ? columns[i].value : "";
	}
	return NULL;
}

static const char *field_of(struct play *play, const struct report_row *row, const char *name)
{
	const char *column = column_of(row, name), *text = "";
	json_t *fields, *item;

	if (column != NULL)
		return column;
	if (strcmp(name, "version") == 0)
		return arena_printf(play->arena, "%d", row->version);
	if (strcmp(name, "notes") == 0 || strcmp(name, "problems") == 0)
		return strcmp(name, "notes") == 0 ? row->notes : row->problems;
	fields = json_loads(row->fields, 0, NULL);
	item = json_object_get(fields, name);
	if (json_is_string(item))
		text = arena_strdup(play->arena, json_string_value(item));
	else if (json_is_integer(item))
		text = arena_printf(play->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(item));
	else if (item != NULL)
		text = arena_printf(play->arena, "%.10g", json_number_value(item));
	json_decref(fields);
	return text;
}

static bool same_value(const char *have, const char *want)
{
	char *end, *other;
	double a = strtod(have, &end), b = strtod(want, &other);

	return strcmp(have, want) == 0 ||
		(*have != '\0' && *end == '\0' && *want != '\0' && *other == '\0' && a >= b &&
			a <= b);
}

static bool expect_report(struct play *play, char *text)
{
	char *ref = play_word(&text), *pair;
	struct report_filter filter = {.with_training = true};
	struct report_row row;
	size_t count;
	int error;

	if (ref == NULL)
		return play_fail(play, "expected: expect report REF|last KEY=VALUE …");
	if (strcmp(ref, "last") != 0)
		filter.ref = ref;
	error = store_report_find(world_store(play->world), play->arena, &filter, &row, 1, &count);
	if (error != OK || count == 0)
		return play_fail(play, "expected report %s, but there is none", ref);
	while ((pair = play_word(&text)) != NULL) {
		char *value = strchr(pair, '=');
		const char *have;

		if (value == NULL)
			return play_fail(play, "expected KEY=VALUE, not %s", pair);
		*value++ = '\0';
		have = field_of(play, &row, pair);
		if (!same_value(have, value))
			return play_fail(play, "expected report %s %s=%s\n    came: %s=%s (%s %s)",
				row.ref, pair, value, pair, have, row.status, row.fields);
	}
	return true;
}

/* "… = N" at the end: cut off and read. */
static bool number_after(struct play *play, char *text, int64_t *number)
{
	char *mark = strrchr(text, '='), *end;

	if (mark == NULL)
		return play_fail(play, "expected = N at the end");
	*mark = '\0';
	*number = strtoll(mark + 1, &end, 10);
	return *end == '\0' || play_fail(play, "expected a number, not %s", mark + 1);
}

static int count_each(const struct report_row *row, void *context)
{
	(void)row;
	++*(int64_t *)context;
	return 0;
}

static bool expect_reports(struct play *play, char *text)
{
	struct report_filter filter = {.counted = true};
	int64_t want, have = 0;

	if (!number_after(play, text, &want))
		return false;
	filter.form = play_word(&text);
	if (store_report_each(world_store(play->world), &filter, count_each, &have) != OK)
		return play_fail(play, "cannot count reports");
	return have == want ||
		play_fail(play, "expected %lld reports %s, came %lld", (long long)want, filter.form,
			(long long)have);
}

/* A number of an area and period; *whole -1 where there is nothing that it is of. */
typedef int asked_number(struct turn *turn, const char *what, const char *area, const char *period,
	int64_t *part, int64_t *whole);

static int ask_number(struct turn *turn, const char *what, const char *area, const char *period,
	int64_t *part, int64_t *whole)
{
	*whole = -1;
	return query_number(turn, what, area, period, part);
}

/* A flow over the store as it is now; error: its places could not be loaded. */
static struct flow flow_of(struct play *play, struct gazetteer **places, int *error)
{
	const struct config *config = world_config(play->world);
	struct flow flow = {.store = world_store(play->world),
		.reader = config->reader,
		.catalogue = config->catalogue,
		.settings = &config->main.flow,
		.arena = play->arena,
		.now = clock_utc()};

	*places = NULL;
	*error = store_gazetteer_load(flow.store, places);
	flow.places = *places;
	return flow;
}

/* "= 25/30", "= 25" */
static bool expect_asked(
	struct play *play, char *text, const char *name, asked_number *ask)
{
	struct gazetteer *places;
	struct flow flow;
	struct turn *turn = arena_alloc(play->arena, sizeof(*turn));
	int64_t want, of = -1, have = 0, whole = -1;
	char *what, *area, *period, *stroke = strrchr(text, '/'), *equals = strrchr(text, '=');
	int error;

	if (stroke != NULL && equals != NULL && stroke > equals) {
		*stroke = '\0';
		of = strtoll(stroke + 1, NULL, 10);
	}
	if (!number_after(play, text, &want))
		return false;
	what = play_word(&text);
	area = play_word(&text);
	period = play_word(&text);
	if (what == NULL || area == NULL)
		return play_fail(play, "expected: expect %s INDICATOR AREA PERIOD = N", name);
	flow = flow_of(play, &places, &error);
	if (error == OK)
		error = turn_begin(turn, &flow, NULL);
	if (error == OK)
		error = ask(turn, what, area, period, &have, &whole);
	gazetteer_free(places);
	if (error != OK)
		return play_fail(play, "cannot count %s: %s", what, error_text(error));
	return (have == want && (of < 0 || whole == of)) ||
		play_fail(play, "expected %s %s %s %s = %lld/%lld, came %lld/%lld", name, what,
			area, period == NULL ? "" : period, (long long)want, (long long)of,
			(long long)have, (long long)whole);
}

static bool expect_count(struct play *play, char *text)
{
	return expect_asked(play, text, "count", ask_number);
}

/* As answers and pages show it: the number, and what it is of. */
static bool expect_figure(struct play *play, char *text)
{
	return expect_asked(play, text, "figure", query_figure);
}

/* How many of a form told, of all that should. */
static bool expect_complete(struct play *play, char *text)
{
	return expect_asked(play, text, "complete", query_told);
}

static void count_differs(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	(void)play_fail(context, "%s %s %s %s: kept %lld, the reports say %lld", table, place, what,
		when, (long long)kept, (long long)told);
}

/* Everything that is counted, again from the reports. */
static bool expect_verify(struct play *play, char *text)
{
	struct recounted result;
	struct gazetteer *places;
	int error;
	struct flow flow = flow_of(play, &places, &error);

	(void)text;
	if (error == OK)
		error = recount(&flow, count_differs, play, &result);
	gazetteer_free(places);
	return error == OK ? result.differences == 0
			   : play_fail(play, "cannot count again: %s", error_text(error));
}

static bool expect_human(struct play *play, char *text)
{
	struct human_row rows[64];
	int64_t want;
	size_t count;

	if (!number_after(play, text, &want))
		return false;
	if (store_human_list(world_store(play->world), play->arena, "waiting", rows, COUNT_OF(rows),
		    &count) != OK)
		return play_fail(play, "cannot read the human inbox");
	return (int64_t)count == want ||
		play_fail(play, "expected human = %lld, came %zu", (long long)want, count);
}

static const struct {
	const char *name;
	bool (*run)(struct play *play, char *text);
} kinds[] = {
	{"reply", expect_reply},
	{"alert", expect_alert},
	{"screen", expect_screen},
	{"end", expect_end},
	{"no", expect_no},
	{"report", expect_report},
	{"reports", expect_reports},
	{"count", expect_count},
	{"figure", expect_figure},
	{"complete", expect_complete},
	{"human", expect_human},
	{"verify", expect_verify},
};

bool play_expect(struct play *play, char *text)
{
	size_t length = strcspn(text, " \t");

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strlen(kinds[i].name) == length && memcmp(kinds[i].name, text, length) == 0)
			return kinds[i].run(play, text + length + strspn(text + length, " \t"));
	}
	return play_fail(play, "unknown expectation: %s", text);
}
