/* One request: what came, who asks, and the page that is being written. A page's function ends with
 * exactly one of the answers below, at once or when kabard has answered. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <jansson.h>

#include "flows/turn/turn.h"
#include "web/base/web.h"
#include "web/html/html.h"
#include "web/http/multipart.h"

#define SESSION_KEY  65 /* hex of a hash, and NUL */
#define SESSION_CSRF 33

struct session {
	bool valid;
	char key[SESSION_KEY]; /* what the store knows the cookie by */
	char csrf[SESSION_CSRF];
	int64_t created, seen, epoch;
	const char *account, *full_name, *role; /* in the request's arena */
};

struct request;
enum route_access {
	ACCESS_ROLE,       /* an account of the least role */
	ACCESS_SUPERVISES, /* ... that supervises an area: names are shown */
	ACCESS_ANYBODY,    /* no account at all */
};
struct route {
	const char *path;
	bool post;
	enum role least;
	enum route_access access;
	void (*run)(struct request *request);
	const char *id, *en; /* in the navigation; NULL: not there */
};

struct request {
	struct web *web;
	struct evhttp_request *http;
	const struct route *route;
	const char *path, *address;
	bool secure; /* it came by TLS */
	struct evkeyvalq query, form;
	struct upload upload; /* a file that came with the form */
	struct arena *arena;
	struct html *out;
	bool english, charts; /* charts: the page has some that a script draws */
	struct session session;
	struct flow flow;
	struct turn turn;  /* in which the account speaks; only with a valid session */
	const char *names; /* a page with people's names or a file: for the audit; NULL */
	void *context;     /* of the page, for the time after kabard's answer */
	void (*answered)(struct request *request, const json_t *answer);
};

struct request *request_new(struct web *web, struct evhttp_request *http);

/* Parameters; NULL when absent. Of the query never longer than 4096 octets. */
const char *request_query(const struct request *request, const char *name);
const char *request_form(const struct request *request, const char *name);
const char *request_cookie(struct request *request, const char *name);
/* The text in the reader's language. */
const char *say(const struct request *request, const char *id, const char *en);

/* This answer shows names: it leaves when the audit row is durable. subject: the page, or "REF". */
void request_shows_names(struct request *request, const char *what);

/* Answers; the request is gone afterwards. */
void request_page(struct request *request);                      /* what was written to out, 200 */
void request_status(struct request *request, int code);          /* the same with another code */
void request_redirect(struct request *request, const char *url); /* 303 */
void request_file(struct request *request, const char *type, const char *name, const void *data,
	size_t length); /* a download; name NULL: shown */
/* Sends the head; what follows is the caller's, through the evhttp request. */
void request_begin_stream(struct request *request, const char *type);
/* A short page that says what is wrong. */
void request_fail(struct request *request, int code);
void request_header(struct request *request, const char *name, const char *value);
/* HttpOnly, SameSite=Strict; value "": forget it. */
void request_set_cookie(struct request *request, const char *name, const char *value);

/* Asks kabard; fields is stolen and gets "verb" and "account". answered gets the answer, NULL when
 * kabard did not answer, and must end the request. */
void request_ask(struct request *request, const char *verb, json_t *fields,
	void (*answered)(struct request *request, const json_t *answer));

#endif
