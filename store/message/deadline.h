/* What must happen later and survives a restart: questions that expire, escalations, reminders;
 * open questions and conversations; the human inbox; the audit trail. */
#ifndef STORE_MESSAGE_DEADLINE_H
#define STORE_MESSAGE_DEADLINE_H

#include "store/base/store.h"

/* A deadline is unique by (kind, subject): putting it again moves it. */
struct deadline {
	int64_t id;
	const char *kind;    /* "question", "escalation", "mpdn", "reminder" … */
	const char *subject; /* a report's id, a phone, "2024-08" */
	int64_t due;
	int step;         /* 0, 1, … of an escalation */
	const char *data; /* JSON; NULL */
};
int store_deadline_put(struct store *store, const struct deadline *deadline) MUST_CHECK;
int store_deadline_drop(struct store *store, const char *kind, const char *subject) MUST_CHECK;
/* Oldest first. They stay until they are dropped or moved. */
int store_deadline_due(struct store *store, struct arena *arena, int64_t now, struct deadline *rows,
	size_t room, size_t *count) MUST_CHECK;
int store_deadline_get(struct store *store, struct arena *arena, const char *kind,
	const char *subject, struct deadline *out) MUST_CHECK;
/* All of a kind, by subject. */
int store_deadline_of_kind(struct store *store, struct arena *arena, const char *kind,
	struct deadline *rows, size_t room, size_t *count) MUST_CHECK;
/* What of a kind is due after `after` is due at `due`: the clock was wrong when it was put. */
int store_deadline_pull(
	struct store *store, const char *kind, int64_t after, int64_t due) MUST_CHECK;
int store_deadline_next(struct store *store, int64_t *due) MUST_CHECK; /* 0: none */

/* A job runs once per period, whoever comes first: OK we have it, ERR_EXISTS it was taken. */
int store_job_take(
	struct store *store, const char *job, const char *period, int64_t now) MUST_CHECK;
int store_job_taken(
	struct store *store, const char *job, const char *period, bool *taken) MUST_CHECK;

/* Conversation state by key (phone, USSD session): one JSON text, with the time after which it is
 * gone. */
int store_session_get(struct store *store, struct arena *arena, const char *kind, const char *key,
	int64_t now, const char **data) MUST_CHECK; /* ERR_NOT_FOUND: none, or gone */
int store_session_put(struct store *store, const char *kind, const char *key, const char *data,
	int64_t expires) MUST_CHECK;
int store_session_drop(struct store *store, const char *kind, const char *key) MUST_CHECK;
int store_session_any(struct store *store, const char *kind, bool *any) MUST_CHECK; /* one at least? */
int store_session_sweep(struct store *store, int64_t now) MUST_CHECK;
/* All of a kind, those that are gone too. */
typedef void session_row(const char *key, const char *data, int64_t expires, void *context);
int store_session_each(
	struct store *store, const char *kind, session_row *each, void *context) MUST_CHECK;
/* What is kept of a phone in memory alone, as octets; a batch that is rolled back takes its changes
 * with it. False: nothing is known. */
bool store_habit_get(struct store *store, const char *phone, void *data, size_t length);
void store_habit_put(
	struct store *store, const char *phone, const void *data, size_t length, int64_t expires);

/* Counters that limit: how often in the current window; returns the count after adding. */
int store_counter_add(struct store *store, const char *kind, const char *key, const char *window,
	int64_t *count) MUST_CHECK;
/* A key that does not say whose it is: a keyed hash of a text, hexadecimal. */
#define STORE_BLIND 33
void store_counter_blind(const struct store *store, const char *text, char hash[STORE_BLIND]);
int store_counter_get(struct store *store, const char *kind, const char *key, const char *window,
	int64_t *count) MUST_CHECK; /* without adding; 0: there is none */
/* The keys that counted most in a window, most first. */
struct counter_row {
	const char *key;
	int64_t count;
};
int store_counter_top(struct store *store, struct arena *arena, const char *kind,
	const char *window, struct counter_row *rows, size_t room, size_t *count) MUST_CHECK;
/* Drops the windows that sort before this one. */
int store_counter_sweep(struct store *store, const char *kind, const char *window) MUST_CHECK;

/* Messages that a human must answer. */
struct human_row {
	int64_t id, inbound, received;
	const char *phone, *text, *state; /* "waiting", "answered" */
};
int store_human_put(struct store *store, const struct human_row *row) MUST_CHECK;
int store_human_list(struct store *store, struct arena *arena, const char *state,
	struct human_row *rows, size_t room, size_t *count) MUST_CHECK;
/* Those that wait, of people who are active, behind the id `after`, received since. */
int store_human_of_people(struct store *store, struct arena *arena, int64_t after, int64_t since,
	struct human_row *rows, size_t room, size_t *count) MUST_CHECK;
int store_human_get(
	struct store *store, struct arena *arena, int64_t id, struct human_row *out) MUST_CHECK;
int store_human_answered(struct store *store, int64_t id) MUST_CHECK;

/* Append-only, oldest first: who did what to which thing, old and new as text. */
int store_audit_put(struct store *store, int64_t now, const char *actor, const char *action,
	const char *subject, const char *old_value, const char *new_value) MUST_CHECK;
struct audit_row {
	int64_t at;
	const char *actor, *action, *subject, *old_value, *new_value;
};
int store_audit_list(struct store *store, struct arena *arena, const char *subject,
	struct audit_row *rows, size_t room, size_t *count) MUST_CHECK;

#endif
