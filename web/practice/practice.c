/* Practice worlds: see practice.h. */
#include "web/practice/practice.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "flows/flow.h"
#include "flows/turn/turn.h"
#include "flows/ussd/ussd.h"
#include "parsers/place/gazetteer.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "web/practice/practice_copy.h"

#define WORLDS_MAX 6
#define LINES_MAX  200
#define ROWS       60
#define LINK       "latihan"
#define SEPTETS    182

struct practice {
	char *account, *directory, *path;
	const struct web_settings *settings;
	struct store *store;
	struct gazetteer *places;
	struct scratch *scratch;
	struct arena *arena;
	struct practice_line *lines, **tail;
	size_t nline;
	char *explained;
	char *session_phone; /* whose USSD session is open */
	int64_t serial, used;
};

struct practices {
	const struct web_settings *settings;
	struct practice *list[WORLDS_MAX];
};

static void remove_files(const struct practice *practice)
{
	static const char *const endings[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		char *path = xasprintf("%s%s", practice->path, endings[i]);

		unlink(path);
		free(path);
	}
	rmdir(practice->directory);
}

static void line_free(struct practice_line *line)
{
	free(line->phone);
	free(line->text);
	free(line->kind);
	free(line);
}

static void practice_free(struct practice *practice)
{
	if (!practice)
		return;
	if (practice->store)
		store_close(practice->store);
	if (practice->path)
		remove_files(practice);
	while (practice->lines) {
		struct practice_line *next = practice->lines->next;

		line_free(practice->lines);
		practice->lines = next;
	}
	gazetteer_free(practice->places);
	scratch_free(practice->scratch);
	arena_free(practice->arena);
	free(practice->account);
	free(practice->directory);
	free(practice->path);
	free(practice->explained);
	free(practice->session_phone);
	free(practice);
}

struct practices *practices_new(const struct web_settings *settings)
{
	struct practices *practices = xcalloc(1, sizeof(*practices));

	practices->settings = settings;
	return practices;
}

void practices_free(struct practices *practices)
{
	for (size_t i = 0; practices && i < WORLDS_MAX; i++)
		practice_free(practices->list[i]);
	free(practices);
}

/* "35.03" of "35.03.01.2004" */
static const char *kabupaten_of(struct arena *arena, const char *code)
{
	size_t first = strcspn(code, "."), second;

	if (code[first] == '\0')
		return code;
	second = strcspn(code + first + 1, ".");
	return arena_strndup(arena, code, first + 1 + second);
}

static int fill(struct practice *practice, struct store *from, const char *code)
{
	struct store_options options = {.driver = "sqlite", .path = practice->path};
	char detail[256] = "";
	int error = store_open(&practice->store, &options, detail);

	if (error == OK)
		error = practice_copy(from, practice->store, kabupaten_of(practice->arena, code));
	if (error == OK)
		error = store_gazetteer_load(practice->store, &practice->places);
	if (error != OK)
		web_log(WEB_WARN, "practice: %s: %s", error_text(error), detail);
	return error;
}

static struct practice *practice_new(
	struct practices *practices, struct store *store, const char *account, const char *code)
{
	struct practice *practice = xcalloc(1, sizeof(*practice));
	const char *base = getenv("TMPDIR");

	practice->settings = practices->settings;
	practice->account = xstrdup(account);
	practice->tail = &practice->lines;
	practice->arena = arena_new();
	practice->scratch = scratch_new();
	practice->explained = xstrdup("");
	practice->directory = xasprintf("%s/kabar-latihan-XXXXXX", base ? base : "/tmp");
	if (mkdtemp(practice->directory)) {
		practice->path = xasprintf("%s/latihan.db", practice->directory);
		if (fill(practice, store, code) == OK)
			return practice;
	}
	practice_free(practice);
	return NULL;
}

struct practice *practice_of(struct practices *practices, struct store *store, const char *account,
	const char *code, int64_t now)
{
	struct practice **place = &practices->list[0];

	for (size_t i = 0; i < WORLDS_MAX; i++) {
		struct practice *practice = practices->list[i];

		if (practice && strcmp(practice->account, account) == 0) {
			practice->used = now;
			return practice;
		}
		if (!practice || (*place && practice->used < (*place)->used))
			place = &practices->list[i];
	}
	practice_free(*place);
	*place = practice_new(practices, store, account, code);
	if (*place)
		(*place)->used = now;
	return *place;
}

void practice_reset(struct practices *practices, const char *account)
{
	for (size_t i = 0; i < WORLDS_MAX; i++) {
		struct practice *practice = practices->list[i];

		if (!practice || strcmp(practice->account, account) != 0)
			continue;
		practice_free(practice);
		practices->list[i] = NULL;
	}
}

static void say_line(struct practice *practice, const char *phone, const char *kind,
	const char *text, int64_t at)
{
	struct practice_line *line = xcalloc(1, sizeof(*line));

	*line = (struct practice_line){
		.phone = xstrdup(phone), .text = xstrdup(text), .kind = xstrdup(kind), .at = at};
	*practice->tail = line;
	practice->tail = &line->next;
	if (practice->nline++ < LINES_MAX)
		return;
	line = practice->lines;
	practice->lines = line->next;
	practice->nline--;
	line_free(line);
}

static int take_row(struct practice *practice, const struct outbox *row, int64_t now)
{
	char *id = xasprintf("l%lld", (long long)row->id);
	int error = store_outbox_sent(practice->store, row->id, LINK, id);

	free(id);
	say_line(practice, row->recipient, row->kind, row->text, now);
	if (strncmp(row->kind, "ussd", 4) == 0) {
		free(practice->session_phone);
		practice->session_phone =
			strcmp(row->kind, "ussd") == 0 ? xstrdup(row->recipient) : NULL;
	}
	return error;
}

/* Every message reaches its phone at once. */
static int deliver(struct practice *practice, int64_t inbound, int64_t now)
{
	struct outbox rows[ROWS];
	size_t count;
	int error = store_outbox_of_inbound(
		practice->store, practice->arena, inbound, rows, ROWS, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		if (strcmp(rows[i].state, "claimed") == 0)
			error = take_row(practice, &rows[i], now);
	}
	for (int class = 0; error == OK && class < OUTBOX_CLASSES; class ++) {
		const struct outbox_claim claim = {.owner = practice->settings->flow->name,
			.class = (enum outbox_class) class,
			.now = now};

		error = store_outbox_claim(
			practice->store, practice->arena, &claim, rows, ROWS, &count);
		for (size_t i = 0; error == OK && i < count; i++)
			error = take_row(practice, &rows[i], now);
	}
	return error;
}

static struct flow flow_of(struct practice *practice, int64_t now)
{
	return (struct flow){
		.store = practice->store,
		.reader = practice->settings->reader,
		.scratch = practice->scratch,
		.places = practice->places,
		.catalogue = practice->settings->catalogue,
		.settings = practice->settings->flow,
		.menus = practice->settings->menus,
		.checkups = practice->settings->checkups,
		.arena = practice->arena,
		.now = now,
	};
}

static int explain(
	struct practice *practice, struct flow *flow, const char *phone, const char *text)
{
	struct reading *reading = arena_alloc(practice->arena, sizeof(*reading));
	struct turn *turn = arena_alloc(practice->arena, sizeof(*turn));
	struct strbuf out = {0};
	int error = turn_begin(turn, flow, phone);

	if (error != OK)
		return error;
	strbuf_puts(&out, "");
	turn->read.explain = &out;
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, text, reading);
	free(practice->explained);
	practice->explained = xstrdup(out.text);
	strbuf_free(&out);
	return OK;
}

static int step_ussd(struct practice *practice, struct flow *flow, struct flow_message *message)
{
	unsigned char digest[DIGEST_SIZE] = {0};
	bool end = strcmp(message->text, "END") == 0;
	struct ussd_step step = {.event = end                                 ? USSD_ABORT
			: *message->text == '*' && strchr(message->text, '#') ? USSD_BEGIN
									      : USSD_ANSWER,
		.session = "latihan",
		.echo = "",
		.code = practice->settings->ussd_code,
		.digest = digest,
		.septets = SEPTETS,
		.user_seconds = 120,
		.session_seconds = 600};

	memcpy(digest, &practice->serial, sizeof(practice->serial));
	if (end) {
		free(practice->session_phone);
		practice->session_phone = NULL;
		message->text = "";
	}
	return flow_ussd(flow, message, &step);
}

static int run(
	struct practice *practice, const char *phone, const char *text, bool ussd, int64_t now)
{
	struct flow flow = flow_of(practice, now);
	struct inbound inbound = {.channel = ussd ? "ussd" : "sms",
		.link = LINK,
		.source = phone,
		.destination = "2255",
		.octets = (const unsigned char *)text,
		.length = strlen(text),
		.received = now,
		.text = text,
		.state = "handled"};
	struct flow_message message = {.link = LINK, .from = phone, .to = "2255", .text = text};
	int64_t next;
	int error = store_inbound_put(practice->store, &inbound, &message.inbound);

	if (error == OK && !ussd)
		error = explain(practice, &flow, phone, text);
	if (error == OK)
		error = ussd ? step_ussd(practice, &flow, &message) : flow_handle(&flow, &message);
	if (error == OK)
		error = deliver(practice, message.inbound, now);
	if (error == OK)
		error = flow_tick(&flow, &next);
	return error;
}

int practice_send(
	struct practice *practice, const char *phone, const char *text, bool ussd, int64_t now)
{
	int error = store_batch_begin(practice->store);

	if (error != OK)
		return error;
	arena_reset(practice->arena);
	practice->serial++;
	say_line(practice, phone, "in", text, now);
	error = run(practice, phone, text, ussd, now);
	if (error == OK)
		return store_batch_commit(practice->store);
	store_batch_rollback(practice->store);
	return error;
}

const struct practice_line *practice_lines(const struct practice *practice)
{
	return practice->lines;
}

const char *practice_explained(const struct practice *practice)
{
	return practice->explained;
}

bool practice_in_session(const struct practice *practice, const char *phone)
{
	return practice->session_phone && strcmp(practice->session_phone, phone) == 0;
}
