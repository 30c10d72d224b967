/* Reads messages from stdin and prints what they mean. See read_lines.h. */
#include "tools/read_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/reading_json.h"
#include "flows/turn.h"
#include "gateway/config_load.h"
#include "parsers/phone.h"
#include "parsers/text.h"
#include "tools/ctl_store.h"

struct reading_job {
	const struct read_request *request;
	struct flow flow;
	struct reading *reading;
};

static int32_t hex_at(const char *text)
{
	char hex[5] = {0};

	for (int i = 0; i < 4; i++) {
		if (!strchr("0123456789abcdefABCDEF", text[i]) || !text[i])
			return -1;
		hex[i] = text[i];
	}
	return (int32_t)strtol(hex, NULL, 16);
}

/* The escapes \n \t \\ \uXXXX (two of the last for a character beyond the first 65,536). */
static char *unescape(struct arena *arena, const char *text)
{
	struct strbuf out = {0};
	char *copy;

	for (const char *c = text; *c; c++) {
		int32_t code = *c == '\\' && c[1] == 'u' ? hex_at(c + 2) : -1, low;

		if (code >= 0xD800 && code < 0xDC00 && c[6] == '\\' && c[7] == 'u' && (low = hex_at(c + 8)) >= 0xDC00) {
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			c += 6;
		}
		if (code >= 0) {
			utf8_put(&out, code);
			c += 5;
		} else if (*c == '\\' && c[1] && strchr("nt\\", c[1])) {
			c++;
			strbuf_putc(&out, *c == 'n' ? '\n' : *c == 't' ? '\t' : '\\');
		} else {
			strbuf_putc(&out, *c);
		}
	}
	copy = arena_strdup(arena, out.text ? out.text : "");
	strbuf_free(&out);
	return copy;
}

static int line_read(struct reading_job *job, char *line)
{
	struct flow *flow = &job->flow;
	struct strbuf why = {0};
	const char *from = job->request->from;
	char phone[PHONE_TEXT], *tab, *json;
	struct turn turn;
	int error;

	line[strcspn(line, "\r\n")] = '\0';
	if (!from) {
		tab = strchr(line, '\t');
		from = line;
		line = tab ? tab + 1 : line + strlen(line);
		if (tab)
			*tab = '\0';
	}
	phone_normalise(from, phone);
	error = turn_begin(&turn, flow, phone);
	if (error)
		return error;
	turn.read.explain = job->request->explain ? &why : NULL;
	reader_read(flow->reader, flow->scratch, flow->arena, &turn.read, unescape(flow->arena, line), job->reading);
	json = reading_json(job->reading, reply_compose(&turn.reply, job->reading));
	puts(json);
	if (why.text)
		fputs(why.text, stdout);
	free(json);
	strbuf_free(&why);
	return OK;
}

static int lines_read(struct reading_job *job)
{
	char *line = NULL;
	size_t room = 0;
	int error = OK;

	while (error == OK && getline(&line, &room, stdin) >= 0) {
		error = line_read(job, line);
		arena_reset(job->flow.arena);
	}
	free(line);
	return error;
}

int read_lines(const struct ctl *ctl, const struct read_request *request)
{
	struct reading_job work = {.request = request}, *job = &work;
	struct config_errors *errors = config_errors_new();
	struct config *config = NULL;
	struct store *store = NULL;
	struct gazetteer *places = NULL;
	int error = config_load(&config, ctl->config_path, errors);

	if (error) {
		config_errors_print(errors, stderr);
		goto out;
	}
	error = ctl_store_open(ctl, "read", true, &store);
	if (error)
		goto out;
	error = store_gazetteer_load(store, &places);
	if (error)
		goto out;
	job->flow = (struct flow){.store = store, .reader = config->reader, .scratch = scratch_new(), .places = places,
		.catalogue = config->catalogue, .settings = &config->main.flow, .arena = arena_new(), .now = job->request->now};
	job->reading = xcalloc(1, sizeof(*job->reading));
	error = lines_read(job);
	free(job->reading);
	scratch_free(job->flow.scratch);
	arena_free(job->flow.arena);
out:
	if (error)
		fprintf(stderr, "kabarctl read: %s\n", error_text(error));
	gazetteer_free(places);
	store_close(store);
	config_unref(config);
	config_errors_free(errors);
	return error ? 1 : 0;
}
