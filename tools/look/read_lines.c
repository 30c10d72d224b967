/* Reads messages from stdin and prints what they mean. See read_lines.h. */
#include "tools/look/read_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/report/reading_json.h"
#include "flows/talk/echo.h"
#include "flows/turn/turn.h"
#include "parsers/text/phone.h"
#include "parsers/text/show.h"
#include "parsers/text/utf8.h"
#include "tools/common/ctl_world.h"

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

		if (code >= 0xD800 && code < 0xDC00 && c[6] == '\\' && c[7] == 'u' &&
			(low = hex_at(c + 8)) >= 0xDC00) {
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

static void reading_ignore(struct reading *reading)
{
	reading->intent = INTENT_IGNORE;
	reading->nreport = 0;
	reading->nproblem = 0;
}

static int line_read(struct reading_job *job, char *line)
{
	struct flow *flow = &job->flow;
	struct strbuf why = {0};
	const char *from = job->request->from;
	char phone[PHONE_TEXT], *tab, *json;
	struct flow_message message = {0};
	struct said_match echo;
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
	message.text = unescape(flow->arena, line);
	turn.message = &message;
	turn.reading = job->reading;
	reader_read(flow->reader, flow->scratch, flow->arena, &turn.read,
		echo_own_words(&turn, &echo), job->reading);
	if (echo_is_all(&turn, &echo) || echo_tells_back(&turn, &echo))
		reading_ignore(job->reading); /* our own words */
	json = reading_json(job->reading, reply_compose(&turn.reply, job->reading));
	puts(text_shown(flow->arena, json, SHOW_JSON));
	if (why.text)
		fputs(text_shown(flow->arena, why.text, SHOW_LINES), stdout);
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
	struct reading_job job = {.request = request};
	struct ctl_world world;
	int error = ctl_world_open(&world, ctl, "read", true);

	if (!error) {
		job.flow = world.flow;
		job.flow.now = request->now;
		job.reading = xcalloc(1, sizeof(*job.reading));
		error = lines_read(&job);
		free(job.reading);
		(void)ctl_world_status(&world, error);
	}
	ctl_world_close(&world);
	return error ? 1 : 0;
}
