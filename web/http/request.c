/* Requests and their answers: see request.h. */
#include "web/http/request.h"

#include <event2/buffer.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <time.h>

#include "web/link/kabard.h"
#include "web/http/connections.h"

#define COOKIE_MAX 1024
#define PARAM_MAX  4096

static const char *const headers[][2] = {
	{"Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
		"frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
};

static void read_form(struct request *request)
{
	struct evbuffer *body = evhttp_request_get_input_buffer(request->http);
	const char *type =
		evhttp_find_header(evhttp_request_get_input_headers(request->http), "Content-Type");
	size_t length = evbuffer_get_length(body);
	char *text = arena_alloc(request->arena, length + 1);

	evbuffer_copyout(body, text, length);
	if (type &&
		multipart_read(
			request->arena, type, text, length, &request->form, &request->upload))
		return;
	if (length > 0 && strlen(text) == length)
		evhttp_parse_query_str(text, &request->form);
}

/* Who calls: behind a proxy on this machine, whom it names last. */
static void read_address(struct request *request)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(request->http);
	struct evkeyvalq *in = evhttp_request_get_input_headers(request->http);
	const char *forwarded, *last, *proto;
	char *address = NULL;
	ev_uint16_t port;

	evhttp_connection_get_peer(connection, &address, &port);
	request->address = arena_strdup(request->arena, address ? address : "-");
	if (!request->web->settings->proxy)
		return;
	forwarded = evhttp_find_header(in, "X-Forwarded-For");
	if (forwarded) {
		last = strrchr(forwarded, ',');
		last = last ? last + 1 : forwarded;
		request->address = arena_strndup(request->arena, last + strspn(last, " "), 64);
	}
	proto = evhttp_find_header(in, "X-Forwarded-Proto");
	request->secure = proto && strcmp(proto, "https") == 0;
}

struct request *request_new(struct web *web, struct evhttp_request *http)
{
	struct request *request = xcalloc(1, sizeof(*request));
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(http);
	const char *path = evhttp_uri_get_path(uri), *query = evhttp_uri_get_query(uri);
	const char *language;

	request->web = web;
	request->http = http;
	request->arena = arena_new();
	request->out = html_new();
	request->path = arena_strdup(request->arena, path && *path ? path : "/");
	TAILQ_INIT(&request->query);
	TAILQ_INIT(&request->form);
	if (query)
		evhttp_parse_query_str(query, &request->query);
	if (evhttp_request_get_command(http) == EVHTTP_REQ_POST)
		read_form(request);
	read_address(request);
	language = request_cookie(request, "bahasa");
	request->english = language && strcmp(language, "en") == 0;
	request->flow = (struct flow){
		.store = web->store,
		.reader = web->settings->reader,
		.scratch = web->scratch,
		.places = web->places,
		.catalogue = web->settings->catalogue,
		.settings = web->settings->flow,
		.menus = web->settings->menus,
		.checkups = web->settings->checkups,
		.arena = request->arena,
		.now = (int64_t)time(NULL),
	};
	return request;
}

static void request_free(struct request *request)
{
	evhttp_clear_headers(&request->query);
	evhttp_clear_headers(&request->form);
	html_free(request->out);
	arena_free(request->arena);
	free(request);
}

static const char *param(const struct evkeyvalq *params, const char *name)
{
	const char *value = evhttp_find_header(params, name);

	return value && strlen(value) <= PARAM_MAX ? value : NULL;
}

const char *request_query(const struct request *request, const char *name)
{
	return param(&request->query, name);
}

const char *request_form(const struct request *request, const char *name)
{
	return evhttp_find_header(&request->form, name);
}

const char *request_cookie(struct request *request, const char *name)
{
	const char *all =
		evhttp_find_header(evhttp_request_get_input_headers(request->http), "Cookie");
	size_t length = strlen(name);

	for (; all && *all; all += *all == ';') {
		all += strspn(all, " ");
		if (strncmp(all, name, length) == 0 && all[length] == '=') {
			all += length + 1;
			return strcspn(all, ";") > COOKIE_MAX
				? NULL
				: arena_strndup(request->arena, all, strcspn(all, ";"));
		}
		all += strcspn(all, ";");
	}
	return NULL;
}

const char *say(const struct request *request, const char *id, const char *en)
{
	return request->english ? en : id;
}

void request_shows_names(struct request *request, const char *what)
{
	request->names = arena_strdup(request->arena, what);
}

void request_header(struct request *request, const char *name, const char *value)
{
	struct evkeyvalq *out = evhttp_request_get_output_headers(request->http);

	evhttp_remove_header(out, name);
	evhttp_add_header(out, name, value);
}

void request_set_cookie(struct request *request, const char *name, const char *value)
{
	evhttp_add_header(evhttp_request_get_output_headers(request->http), "Set-Cookie",
		arena_printf(request->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", name,
			value, request->secure ? "; Secure" : "", *value ? "" : "; Max-Age=0"));
}

static void common_headers(struct request *request)
{
	struct evkeyvalq *out = evhttp_request_get_output_headers(request->http);

	for (size_t i = 0; i < COUNT_OF(headers); i++)
		request_header(request, headers[i][0], headers[i][1]);
	if (!evhttp_find_header(out, "Cache-Control"))
		evhttp_add_header(out, "Cache-Control", "no-store");
	if (request->secure)
		request_header(request, "Strict-Transport-Security", "max-age=31536000");
}

static void send_it(struct request *request, int code, const void *data, size_t length)
{
	struct evbuffer *body = evbuffer_new();

	common_headers(request);
	evbuffer_add(body, data, length);
	connections_answered(request->web->connections, request->http);
	evhttp_send_reply(request->http, code, NULL, body);
	evbuffer_free(body);
	request_free(request);
}

void request_begin_stream(struct request *request, const char *type)
{
	common_headers(request);
	request_header(request, "Content-Type", type);
	evhttp_send_reply_start(request->http, 200, NULL);
	request_free(request);
}

static void send_html(struct request *request, int code)
{
	size_t length;
	const char *data = html_data(request->out, &length);

	request_header(request, "Content-Type", "text/html; charset=utf-8");
	send_it(request, code, data, length);
}

void request_redirect(struct request *request, const char *url)
{
	request_header(request, "Location", url_is_local(url) ? url : "/");
	send_it(request, 303, "", 0);
}

static void on_answer(void *context, const char *text)
{
	struct request *request = context;
	json_t *answer = text ? json_loads(text, 0, NULL) : NULL;

	request->answered(request, answer);
	json_decref(answer);
}

void request_ask(struct request *request, const char *verb, json_t *fields,
	void (*answered)(struct request *request, const json_t *answer))
{
	json_object_set_new(fields, "verb", json_string(verb));
	if (!json_object_get(fields, "account"))
		json_object_set_new(fields, "account",
			json_string(request->session.account ? request->session.account : "-"));
	request->answered = answered;
	kabard_do(request->web->kabard, fields, on_answer, request);
}

/* Nothing with a name leaves before it is written down who saw it. */
static void on_audited(struct request *request, const json_t *answer)
{
	request->names = NULL;
	if (answer && json_is_true(json_object_get(answer, "ok"))) {
		send_html(request, 200);
		return;
	}
	html_free(request->out);
	request->out = html_new();
	request_fail(request, 503);
}

void request_status(struct request *request, int code)
{
	if (!request->names || code != 200) {
		send_html(request, code);
		return;
	}
	request_ask(request, "seen",
		json_pack("{s:s,s:s,s:s}", "what", "names", "subject", request->names, "detail",
			request->path),
		on_audited);
}

void request_fail(struct request *request, int code)
{
	request->web->fail(request, code);
}

void request_page(struct request *request)
{
	request_status(request, 200);
}

struct file {
	const void *data;
	size_t length;
};

static void on_file_audited(struct request *request, const json_t *answer)
{
	const struct file *file = request->context;

	request->names = NULL;
	if (answer && json_is_true(json_object_get(answer, "ok")))
		send_it(request, 200, file->data, file->length);
	else
		request_fail(request, 503);
}

void request_file(struct request *request, const char *type, const char *name, const void *data,
	size_t length)
{
	struct file *file;
	void *copy;

	request_header(request, "Content-Type", type);
	if (name)
		request_header(request, "Content-Disposition",
			arena_printf(request->arena, "attachment; filename=\"%s\"", name));
	if (!request->names) {
		send_it(request, 200, data, length);
		return;
	}
	file = arena_alloc(request->arena, sizeof(*file));
	copy = arena_alloc(request->arena, length + 1);
	memcpy(copy, data, length);
	*file = (struct file){copy, length};
	request->context = file;
	request_ask(request, "seen",
		json_pack("{s:s,s:s,s:s}", "what", "export", "subject", request->names, "detail",
			evhttp_request_get_uri(request->http)),
		on_file_audited);
}
