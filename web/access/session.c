/* Sessions live in the store as rows that kabard writes; the store knows a cookie only by its hash.
 * See session.h. */
#include "web/access/session.h"

#include <sodium.h>
#include <stdlib.h>

#include "flows/desk/desk.h"
#include "store/message/deadline.h"
#include "web/link/kabard.h"

#define TOKEN_BYTES   32
#define TOUCH_SECONDS 60

static void hash_of(const char *cookie, char out[SESSION_KEY])
{
	unsigned char hash[TOKEN_BYTES];

	crypto_generichash(
		hash, sizeof(hash), (const unsigned char *)cookie, strlen(cookie), NULL, 0);
	sodium_bin2hex(out, SESSION_KEY, hash, sizeof(hash));
}

void session_random(char out[SESSION_CSRF])
{
	unsigned char bytes[16];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(out, SESSION_CSRF, bytes, sizeof(bytes));
}

static json_t *session_json(const struct session *session, const char *account)
{
	return json_pack("{s:s,s:s,s:I,s:I,s:I}", "account", account, "csrf", session->csrf,
		"created", (json_int_t)session->created, "seen", (json_int_t)session->seen, "epoch",
		(json_int_t)session->epoch);
}

static int64_t expires(const struct request *request)
{
	const struct web_settings *settings = request->web->settings;
	int64_t idle = request->session.seen + settings->idle,
		end = request->session.created + settings->absolute;

	return idle < end ? idle : end;
}

static bool read_json(struct request *request, const char *data)
{
	struct session *session = &request->session;
	json_t *json = json_loads(data, 0, NULL);
	const char *account = json_string_value(json_object_get(json, "account"));
	const char *csrf = json_string_value(json_object_get(json, "csrf"));

	if (account && csrf && strlen(csrf) == SESSION_CSRF - 1) {
		copy_string(session->csrf, sizeof(session->csrf), csrf);
		session->account = arena_strdup(request->arena, account);
		session->created = json_integer_value(json_object_get(json, "created"));
		session->seen = json_integer_value(json_object_get(json, "seen"));
		session->epoch = json_integer_value(json_object_get(json, "epoch"));
		session->valid = true;
	}
	json_decref(json);
	return session->valid;
}

/* The idle time begins anew; written down at most once a minute. */
static void touch(struct request *request)
{
	struct session *session = &request->session;

	if (request->flow.now - session->seen < TOUCH_SECONDS)
		return;
	session->seen = request->flow.now;
	kabard_do(request->web->kabard,
		json_pack("{s:s,s:s,s:s,s:o,s:I}", "verb", "session touch", "account",
			session->account, "key", session->key, "data",
			session_json(session, session->account), "expires",
			(json_int_t)expires(request)),
		NULL, NULL);
}

int session_find(struct request *request)
{
	struct session *session = &request->session;
	const char *cookie = request_cookie(request, COOKIE_SESSION), *data;
	struct account account;
	int error;

	if (!cookie || strlen(cookie) != TOKEN_BYTES * 2)
		return OK;
	hash_of(cookie, session->key);
	error = store_session_get(request->web->store, request->arena, DESK_SESSION, session->key,
		request->flow.now, &data);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	if (!read_json(request, data) || expires(request) <= request->flow.now) {
		session->valid = false;
		return OK;
	}
	error = store_account_get(request->web->store, request->arena, session->account, &account);
	if (error == OK && account.epoch != session->epoch)
		error = ERR_STATE;
	if (error == OK)
		error = desk_turn(&request->turn, &request->flow, &account);
	if (error != OK) {
		session->valid = false;
		return error == ERR_NOT_FOUND || error == ERR_STATE ? OK : error;
	}
	session->full_name = account.full_name;
	session->role = account.role;
	request->turn.person.language = request->english ? "en" : "id";
	request->turn.sender.language = request->turn.person.language;
	touch(request);
	return OK;
}

bool session_same_origin(struct request *request)
{
	struct evkeyvalq *in = evhttp_request_get_input_headers(request->http);
	const char *site = evhttp_find_header(in, "Sec-Fetch-Site");
	const char *origin = evhttp_find_header(in, "Origin");
	const char *host = evhttp_find_header(in, "Host");
	const char *from;

	if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	if (!origin)
		return true;
	from = strstr(origin, "://");
	return from && host && strcmp(from + 3, host) == 0;
}

bool session_may_post(struct request *request)
{
	const char *token = request_form(request, "csrf");

	if (!token) /* of a file's upload */
		token = request_query(request, "csrf");
	return session_same_origin(request) && token && strlen(token) == SESSION_CSRF - 1 &&
		sodium_memcmp(token, request->session.csrf, SESSION_CSRF - 1) == 0;
}

void session_start(struct request *request, const char *account, int64_t epoch,
	void (*answered)(struct request *request, const json_t *answer))
{
	struct session *session = &request->session;
	char first[SESSION_CSRF], second[SESSION_CSRF];
	const char *cookie;

	session_random(first);
	session_random(second);
	cookie = arena_printf(request->arena, "%s%s", first, second);
	*session = (struct session){.created = request->flow.now,
		.seen = request->flow.now,
		.epoch = epoch,
		.account = arena_strdup(request->arena, account)};
	session_random(session->csrf);
	hash_of(cookie, session->key);
	request_set_cookie(request, COOKIE_SESSION, cookie);
	request_ask(request, "session open",
		json_pack("{s:s,s:o,s:I,s:s}", "key", session->key, "data",
			session_json(session, account), "expires", (json_int_t)expires(request),
			"address", request->address),
		answered);
}

void session_end(
	struct request *request, void (*answered)(struct request *request, const json_t *answer))
{
	request_set_cookie(request, COOKIE_SESSION, "");
	request_ask(request, "session close", json_pack("{s:s}", "key", request->session.key),
		answered);
}
