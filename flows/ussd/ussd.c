/* Sessions: begun, answered, cut off, timed out. One row of the store per link and phone. See
 * ussd.h. */
#include "flows/ussd/ussd.h"

#include <sodium.h>
#include <string.h>

#include "flows/record/report_json.h"
#include "flows/ussd/ussd_due.h"
#include "flows/ussd/ussd_kinds.h"
#include "parsers/text/phone.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"

#define KIND	      "ussd"
#define SHORTCUTS     40
#define HOPS	      12 /* kinds that a step may pass until one shows itself */
#define KEPT_SECONDS  86400 /* a session whose end nobody saw is found so long */

static const char *session_key(struct arena *arena, const char *link, const char *phone)
{
	return arena_printf(arena, "%s/%s", link, phone);
}

static int ussd_begin(struct ussd *ussd, struct flow *flow, struct turn *turn, const char *phone)
{
	int error = turn_begin(turn, flow, phone);

	*ussd = (struct ussd){.turn = turn, .arena = flow->arena, .septets = SMS_SEPTETS};
	if (error == OK)
		ussd->menu = menu_of_role(flow->menus, turn->sender.role);
	return error;
}

static int session_load(struct ussd *ussd, const char *key)
{
	const struct flow *flow = ussd->turn->flow;
	const char *data;
	int error = store_session_get(flow->store, flow->arena, KIND, key, flow->now, &data);

	if (error == OK)
		ussd->json = json_loads(data, 0, NULL);
	return error == OK && ussd->json == NULL ? ERR_NOT_FOUND : error;
}

/* Written down with the time of this step; its timer is put when there is none yet. */
static int session_save(struct ussd *ussd, const char *key, const struct ussd_step *step)
{
	const struct flow *flow = ussd->turn->flow;
	struct deadline deadline = {
		.kind = KIND, .subject = key, .due = flow->now + step->user_seconds};
	bool timed = ussd_number(ussd, "timed") != 0;
	int error;

	if (flow->now + step->user_seconds > ussd_number(ussd, "until"))
		deadline.due = ussd_number(ussd, "until");
	ussd_put_number(ussd, "answer_until", deadline.due);
	ussd_put_number(ussd, "timed", 1);
	error = store_session_put(flow->store, KIND, key,
		json_to_arena(flow->arena, json_incref(ussd->json)), flow->now + KEPT_SECONDS);
	return error != OK || timed ? error : store_deadline_put(flow->store, &deadline);
}

/* What was seen on an earlier screen proves that we have told the operator so: the same octets are
 * a new answer. */
static int proven(struct ussd *ussd)
{
	const char *hex = ussd_get(ussd, "digest");
	unsigned char digest[DIGEST_SIZE];
	size_t length;

	if (hex == NULL ||
		sodium_hex2bin(digest, sizeof(digest), hex, strlen(hex), NULL, &length, NULL) !=
			0 ||
		length != sizeof(digest))
		return OK;
	return store_redelivery_forget(ussd->turn->flow->store, digest);
}

/* The session is over before its last screen: what was begun is kept. */
static int session_end(struct ussd *ussd, const char *key)
{
	const struct flow *flow = ussd->turn->flow;
	int error = proven(ussd);

	ussd->turn->answer = NULL;
	if (error == OK &&
		strcmp(ussd_get(ussd, "at") == NULL ? "" : ussd_get(ussd, "at"), "done") != 0)
		error = ussd_draft_keep(ussd);
	if (error == OK)
		error = store_session_drop(flow->store, KIND, key);
	return error == OK ? store_deadline_drop(flow->store, KIND, key) : error;
}

static int screen_put(struct ussd *ussd, const struct ussd_step *step)
{
	struct turn *turn = ussd->turn;
	struct outbox row = {.inbound = turn->message->inbound,
		.kind = ussd->end ? "ussd-end" : "ussd",
		.link = turn->message->link,
		.recipient = turn->message->from,
		.text = ussd->screen,
		.state = "claimed",
		.owner = turn->flow->settings->name,
		.created = turn->flow->now,
		.due = turn->flow->now,
		.session = step->echo};
	int64_t id;
	int error = store_outbox_put(turn->flow->store, &row, &id);

	ussd_put_number(ussd, "screen", id);
	return error;
}

static int render(struct ussd *ussd)
{
	int error = OK;

	for (int hop = 0; error == OK && ussd->screen == NULL && hop < HOPS; hop++)
		error = ussd_kind(ussd_get(ussd, "at"))->show(ussd);
	return error == OK && ussd->screen == NULL ? ERR_LIMIT : error;
}

static char *trimmed(struct arena *arena, const char *text)
{
	size_t length;

	text += strspn(text, " \t\r\n");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
		length--;
	return arena_strndup(arena, text, length);
}

static int take(struct ussd *ussd, const char *text)
{
	const struct ussd_kind *kind = ussd_kind(ussd_get(ussd, "at"));
	bool done = false;
	int error;

	text = trimmed(ussd->arena, text);
	ussd->wrong = NULL;
	if (strcmp(text, "00") == 0 && !kind->locked) {
		ussd_put(ussd, "menu", NULL);
		ussd_go(ussd, "menu");
		return OK;
	}
	error = kind->locked ? OK : ussd_urgent(ussd, text, &done);
	return error != OK || done ? error : kind->take(ussd, text);
}

/* "*355*1*SITI#" behind our code "*355#": 1, SITI. */
static size_t shortcuts(
	struct arena *arena, const char *dialled, const char *code, const char **out)
{
	size_t own = strcspn(code, "#"), count = 0;
	const char *at = dialled + strspn(dialled, " ");

	if (own > 0 && strncmp(at, code, own) == 0)
		at += own;
	else
		at += *at == '*' ? 1 + strcspn(at + 1, "*#") : strcspn(at, "*#"); /* may be empty */
	while (*at == '*' && count < SHORTCUTS) {
		size_t length = strcspn(at + 1, "*#");

		out[count++] = arena_strndup(arena, at + 1, length);
		at += 1 + length;
	}
	if (count > 0 && *out[count - 1] == '\0')
		count--; /* "*355*#" */
	return count;
}

/* Each shortcut answers a screen, until one is wrong; the screens are drawn, since a list is known
 * by what it showed. */
static int shortcuts_take(struct ussd *ussd, const char *const *list, size_t count)
{
	int error = OK;

	ussd_put(ussd, "ahead", NULL);
	for (size_t i = 0; error == OK && i < count && ussd->wrong == NULL && !ussd->end; i++) {
		ussd->screen = NULL;
		error = render(ussd);
		if (error == OK)
			error = take(ussd, list[i]);
	}
	ussd->screen = NULL;
	return error;
}

static const char *state_of(const struct turn *turn)
{
	return !turn->known ? "" : turn->person.state == NULL ? "active" : turn->person.state;
}

/* People whom no menu is for. true: the last screen says why. */
static bool shut_out(struct ussd *ussd)
{
	const char *state = state_of(ussd->turn);

	if (strcmp(state, "blocked") == 0)
		ussd_say_end(ussd, ussd_word(ussd, "blocked"));
	else if (strcmp(state, "waiting") == 0)
		ussd_say_end(ussd, ussd_word(ussd, "waiting"));
	else if (strcmp(state, "stopped") == 0)
		ussd_say_end(ussd, ussd_word(ussd, "stopped"));
	if (ussd->screen != NULL)
		ussd_go(ussd, "done");
	if (ussd->screen != NULL)
		ussd_put(ussd, "text", ussd->screen);
	return ussd->screen != NULL;
}

/* Who speaks, as far as it opens screens: kept with the session. */
static const char *speaker(const struct ussd *ussd)
{
	const struct sender *sender = &ussd->turn->sender;

	return arena_printf(ussd->arena, "%s %s", role_name(sender->role),
		sender->narea > 0 ? sender->areas[0]->code : "");
}

/* Blocked, stopped or moved since it began: nothing of it goes on; a death or a cry is heard. */
static int somebody_else(struct ussd *ussd, const struct ussd_step *step, bool *yes)
{
	const char *known = ussd_get(ussd, "speaker");
	bool heard;
	int error;

	*yes = known != NULL && strcmp(known, speaker(ussd)) != 0;
	if (!*yes)
		return OK;
	error = ussd_urgent(ussd, ussd->turn->message->text, &heard);
	if (error != OK || heard)
		return error;
	json_object_del(ussd->json, "draft");
	if (!shut_out(ussd)) {
		ussd_say_end(ussd, arena_printf(ussd->arena, "%s %s", ussd_word(ussd, "expired"),
			*step->code == '\0' ? ussd_word(ussd, "code") : step->code));
		ussd_put(ussd, "text", ussd->screen);
	}
	ussd_go(ussd, "done");
	return OK;
}

static int begin(struct ussd *ussd, const struct ussd_step *step)
{
	const char *list[SHORTCUTS];
	size_t count = shortcuts(ussd->arena, ussd->turn->message->text, step->code, list);
	int error;

	json_decref(ussd->json);
	ussd->json = json_object();
	ussd_put_number(ussd, "until", ussd->turn->flow->now + step->session_seconds);
	ussd_put(ussd, "speaker", speaker(ussd));
	if (shut_out(ussd))
		return OK;
	if (ussd_pin_wanted(ussd)) {
		if (count > 0)
			ussd_put(ussd, "ahead", ussd->turn->message->text);
		return OK; /* the kind "pin" or "pin_new" is open */
	}
	error = ussd_open(ussd);
	if (error == OK && count > 0) {
		/* stays kept; the code says what is wanted now */
		json_object_del(ussd->json, "draft");
		ussd_go(ussd, "menu");
		error = shortcuts_take(ussd, list, count);
	}
	return error;
}

/* After the PIN, what was dialled behind the code. */
static int ahead(struct ussd *ussd, const struct ussd_step *step)
{
	const char *list[SHORTCUTS], *dialled = ussd_get(ussd, "ahead");
	size_t count;

	if (dialled == NULL || ussd_kind(ussd_get(ussd, "at"))->locked)
		return OK;
	count = shortcuts(ussd->arena, dialled, step->code, list);
	json_object_del(ussd->json, "draft");
	ussd_go(ussd, "menu");
	return shortcuts_take(ussd, list, count);
}

static bool is_current(const struct ussd *ussd, const struct ussd_step *step)
{
	const char *session = ussd_get(ussd, "session");

	return session != NULL && strcmp(session, step->session) == 0;
}

static int expired(struct ussd *ussd, const struct ussd_step *step)
{
	ussd_say_end(ussd, arena_printf(ussd->arena, "%s %s", ussd_word(ussd, "expired"),
		*step->code == '\0' ? ussd_word(ussd, "code") : step->code));
	return screen_put(ussd, step);
}

static int answer(struct ussd *ussd, const struct ussd_step *step)
{
	bool other = false;
	int error = somebody_else(ussd, step, &other);

	if (error != OK || other)
		return error;
	error = proven(ussd);
	if (error == OK)
		error = take(ussd, ussd->turn->message->text);
	return error == OK ? ahead(ussd, step) : error;
}

static const char *digest_hex(struct arena *arena, const unsigned char *digest)
{
	char *hex = arena_alloc(arena, 2 * DIGEST_SIZE + 1);

	return digest == NULL ? NULL
			      : sodium_bin2hex(hex, 2 * DIGEST_SIZE + 1, digest, DIGEST_SIZE);
}

/* The screen goes out first, then the copy by SMS. */
static int show(struct ussd *ussd, const char *key, const struct ussd_step *step)
{
	int error = render(ussd);

	if (error == OK && strcmp(ussd_get(ussd, "at"), "done") == 0)
		ussd->end = true;
	if (error == OK)
		error = screen_put(ussd, step);
	ussd_put(ussd, "session", step->session);
	ussd_put(ussd, "digest", digest_hex(ussd->arena, step->digest));
	if (error == OK)
		error = session_save(ussd, key, step);
	return error == OK && ussd->copy ? turn_answer(ussd->turn) : error;
}

static int step_run(struct ussd *ussd, const char *key, const struct ussd_step *step)
{
	bool there, late;
	int error = session_load(ussd, key);

	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	there = error == OK;
	late = there && ussd->turn->flow->now >= ussd_number(ussd, "answer_until");
	if (step->event == USSD_ABORT && (!there || !is_current(ussd, step)))
		return OK;
	if (there && (step->event != USSD_ANSWER || late)) {
		error = session_end(ussd, key);
		if (error == OK)
			error = turn_answer(ussd->turn);
		ussd->turn->answer = NULL;
		ussd->turn->ref = NULL;
	} else {
		error = OK;
	}
	if (error != OK || step->event == USSD_ABORT)
		return error;
	if (step->event == USSD_ANSWER && (!there || late || !is_current(ussd, step)))
		return expired(ussd, step);
	error = step->event == USSD_BEGIN ? begin(ussd, step) : answer(ussd, step);
	return error == OK ? show(ussd, key, step) : error;
}

int flow_ussd(struct flow *flow, struct flow_message *message, const struct ussd_step *step)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct ussd ussd;
	int error;

	message->intent = "ussd";
	if (step->event == USSD_NONE || message->from == NULL || phone_is_service(message->from))
		return OK;
	error = ussd_begin(&ussd, flow, turn, message->from);
	if (error != OK)
		return error;
	turn->message = message;
	ussd.septets = step->septets;
	error = step_run(&ussd, session_key(flow->arena, message->link, message->from), step);
	if (error == OK && flow->settings->fail != NULL && *flow->settings->fail)
		error = ERR_STATE;
	json_decref(ussd.json);
	return error;
}

int flow_ussd_apologise(
	struct flow *flow, struct flow_message *message, const struct ussd_step *step)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct ussd ussd;
	int error = OK;

	if (step->event != USSD_BEGIN && step->event != USSD_ANSWER)
		return OK;
	*turn = (struct turn){.flow = flow, .message = message};
	ussd = (struct ussd){.turn = turn,
		.arena = flow->arena,
		.septets = step->septets,
		.json = json_object()};
	if (step->event == USSD_BEGIN)
		error = store_session_drop(
			flow->store, KIND, session_key(flow->arena, message->link, message->from));
	turn->reply.catalogue = flow->catalogue;
	ussd_say_end(&ussd, ussd_word(&ussd, "apology"));
	if (error == OK)
		error = screen_put(&ussd, step);
	json_decref(ussd.json);
	return error;
}

int flow_ussd_secret(struct flow *flow, const struct flow_message *message,
	const struct ussd_step *step, bool *secret)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct ussd ussd;
	const char *at;
	int error;

	*secret = false;
	if (step->event != USSD_ANSWER || message->from == NULL)
		return OK;
	*turn = (struct turn){.flow = flow};
	ussd = (struct ussd){.turn = turn, .arena = flow->arena};
	error = session_load(&ussd, session_key(flow->arena, message->link, message->from));
	at = error == OK ? ussd_get(&ussd, "at") : NULL;
	*secret = at != NULL && strncmp(at, "pin", 3) == 0;
	json_decref(ussd.json);
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Ends the session of a key, and tells by SMS what was kept. */
static int key_end(struct flow *flow, const char *key, const char *phone, int64_t screen)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct ussd ussd;
	int error = ussd_begin(&ussd, flow, turn, phone);

	if (error == OK)
		error = session_load(&ussd, key);
	if (error == OK && (screen == 0 || ussd_number(&ussd, "screen") == screen))
		error = session_end(&ussd, key);
	if (error == OK && turn->answer != NULL)
		error = turn_send(turn, "reply", phone, turn->answer, turn->ref);
	json_decref(ussd.json);
	return error == ERR_NOT_FOUND ? OK : error;
}

int flow_ussd_lost(struct flow *flow, const struct outbox *screen)
{
	return key_end(flow, session_key(flow->arena, screen->link, screen->recipient),
		screen->recipient, screen->id);
}

int ussd_on_due(const struct turn *turn, const struct deadline *deadline)
{
	const char *slash = strchr(deadline->subject, '/');
	struct turn *mine = arena_alloc(turn->flow->arena, sizeof(*mine));
	struct deadline later = *deadline;
	struct ussd ussd;
	int error;

	if (slash == NULL)
		return OK;
	*mine = (struct turn){.flow = turn->flow};
	ussd = (struct ussd){.turn = mine, .arena = turn->flow->arena};
	error = session_load(&ussd, deadline->subject);
	later.due = error == OK ? ussd_number(&ussd, "answer_until") : 0;
	json_decref(ussd.json);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	if (later.due > turn->flow->now)
		return store_deadline_put(turn->flow->store, &later);
	return key_end(turn->flow, deadline->subject, slash + 1, 0);
}
