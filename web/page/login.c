/* Logging in and out, and the language. */
#include <stdlib.h>

#include "store/people/account.h"
#include "web/link/kabard.h"
#include "web/access/passwords.h"
#include "web/access/session.h"
#include "web/access/throttle.h"
#include "web/page/pages.h"
#include "web/view/layout.h"

#define COOKIE_LOGIN "kabar_masuk"

struct attempt {
	const char *account, *back;
	int64_t epoch;
};

/* A form without a session has its token in a cookie of its own. */
static void token_make(struct request *request)
{
	const char *old = request_cookie(request, COOKIE_LOGIN);

	if (old && strlen(old) == SESSION_CSRF - 1) {
		copy_string(request->session.csrf, SESSION_CSRF, old);
		return;
	}
	session_random(request->session.csrf);
	request_set_cookie(request, COOKIE_LOGIN, request->session.csrf);
}

static void form(struct request *request, const char *name, const char *back, const char *wrong)
{
	struct html *out = request->out;

	request->session = (struct session){0};
	token_make(request);
	layout_begin(request, say(request, "Masuk", "Log in"), NULL);
	html_put(out, "<form class=\"k-login\" method=\"post\" action=\"/masuk\">");
	layout_csrf(request);
	html_print(out, "<input type=\"hidden\" name=\"ke\" value=\"%s\">", back ? back : "");
	if (wrong)
		html_print(out, "<p class=\"k-wrong\" role=\"alert\">%s</p>", wrong);
	html_print(out,
		"<label for=\"nama\">%s</label><input class=\"form-control\" id=\"nama\" "
		"name=\"nama\" value=\"%s\" autocomplete=\"username\" "
		"autocapitalize=\"none\" required autofocus>",
		say(request, "Nama akun", "Account"), name ? name : "");
	html_print(out,
		"<label for=\"sandi\">%s</label><input class=\"form-control\" id=\"sandi\" "
		"name=\"sandi\" type=\"password\" autocomplete=\"current-password\" required>"
		"<button class=\"btn btn-primary\">%s</button></form>",
		say(request, "Kata sandi", "Password"), say(request, "Masuk", "Log in"));
	html_print(out, "<p class=\"k-hint\">%s</p>",
		say(request, "Lupa kata sandi? Hubungi pengelola Kabar di dinas kesehatan Anda.",
			"Forgotten your password? Ask whoever runs Kabar at your health office."));
	layout_end(request);
}

void page_login(struct request *request)
{
	if (request->session.valid) {
		request_redirect(request, "/");
		return;
	}
	form(request, NULL, request_query(request, "ke"), NULL);
	request_page(request);
}

static void on_started(struct request *request, const json_t *answer)
{
	const struct attempt *attempt = request->context;

	if (!answer || !json_is_true(json_object_get(answer, "ok"))) {
		request_set_cookie(request, COOKIE_SESSION, "");
		request_fail(request, 503);
		return;
	}
	throttle_succeeded(request->web->throttle, attempt->account);
	request_redirect(request, url_is_local(attempt->back) ? attempt->back : "/");
}

static void refuse(struct request *request, const struct attempt *attempt)
{
	throttle_failed(
		request->web->throttle, attempt->account, request->address, request->flow.now);
	kabard_do(request->web->kabard,
		json_pack("{s:s,s:s,s:s}", "verb", "login refused", "account", attempt->account,
			"address", request->address),
		NULL, NULL);
	form(request, attempt->account, attempt->back,
		say(request, "Nama akun atau kata sandi salah.", "Wrong account or password."));
	request_status(request, 422);
}

static void on_proven(void *context, bool right)
{
	struct request *request = context;
	const struct attempt *attempt = request->context;

	if (right)
		session_start(request, attempt->account, attempt->epoch, on_started);
	else
		refuse(request, attempt);
}

static bool token_good(struct request *request)
{
	const char *cookie = request_cookie(request, COOKIE_LOGIN);
	const char *token = request_form(request, "csrf");

	return session_same_origin(request) && cookie && token &&
		strlen(token) == SESSION_CSRF - 1 && strcmp(cookie, token) == 0;
}

static const char *small(struct arena *arena, const char *text)
{
	char *out = arena_strndup(arena, text ? text : "", 64);

	for (char *c = out; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	return out;
}

void page_login_post(struct request *request)
{
	struct attempt *attempt = arena_alloc(request->arena, sizeof(*attempt));
	const char *password = request_form(request, "sandi");
	struct account account;
	bool known;
	int error;

	if (!token_good(request)) {
		form(request, NULL, request_form(request, "ke"),
			say(request, "Halaman ini sudah lama terbuka. Silakan coba lagi.",
				"This page has been open for long. Please try again."));
		request_status(request, 403);
		return;
	}
	attempt->account = small(request->arena, request_form(request, "nama"));
	attempt->back = request_form(request, "ke");
	request->context = attempt;
	if (throttle_wait(request->web->throttle, attempt->account, request->address,
		    request->flow.now) > 0) {
		request_fail(request, 429);
		return;
	}
	error = store_account_get(request->web->store, request->arena, attempt->account, &account);
	known = error == OK && strcmp(account.state, "active") == 0;
	attempt->epoch = known ? account.epoch : 0;
	if (passwords_prove(request->web->passwords, known ? account.hash : NULL,
		    password && strlen(password) <= 200 ? password : "", on_proven, request) != OK)
		request_fail(request, 503);
}

static void on_ended(struct request *request, const json_t *answer)
{
	if (answer)
		request_redirect(request, "/masuk");
	else
		request_fail(request, 503);
}

void page_logout(struct request *request)
{
	session_end(request, on_ended);
}

void page_language(struct request *request)
{
	const char *to = request_query(request, "ke"), *from = request_query(request, "dari");

	request_set_cookie(request, "bahasa", to && strcmp(to, "en") == 0 ? "en" : "id");
	request_redirect(request, url_is_local(from) ? from : "/");
}
