/* Who asks: sessions, the token that a form must carry, and the account that speaks. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "web/http/request.h"

#define COOKIE_SESSION "kabar"

/* Fills request->session and, when it is valid, request->turn. An error is the store's. */
int session_find(struct request *request) MUST_CHECK;
/* Does the posted form carry the session's token, and does it come from a page of ours? */
bool session_may_post(struct request *request);
/* A form of a page of ours, whether there is a session or not: no other site sent it. */
bool session_same_origin(struct request *request);

/* After the password: a new session under a new cookie, whatever the browser had before. */
void session_start(struct request *request, const char *account, int64_t epoch,
	void (*answered)(struct request *request, const json_t *answer));
void session_end(
	struct request *request, void (*answered)(struct request *request, const json_t *answer));

/* 32 hex digits that nobody guesses. */
void session_random(char out[SESSION_CSRF]);

#endif
