/* Inside a USSD session, for flows/ussd*.c only: the session as the store keeps it, and the kinds
 * of screens.
 *
 * A session is one JSON object. "at" names the kind of screen that waits; each kind shows itself
 * and takes an answer. An answer may go on to another kind with ussd_go(); whatever is then there
 * is shown.
 */
#ifndef FLOWS_USSD_STATE_H
#define FLOWS_USSD_STATE_H

#include <jansson.h>

#include "flows/turn/turn.h"
#include "flows/ussd/menu.h"

struct ussd {
	struct turn *turn;
	struct arena *arena;
	const struct menu *menu; /* the person's first one; NULL: none is configured */
	json_t *json; /* the session; owned */
	int septets; /* room of a screen */
	const char *wrong; /* what was wrong with the last answer; NULL */
	const char *screen; /* what is shown; NULL until something is */
	bool end; /* it is the last one */
	bool copy; /* turn->answer also goes out as an SMS */
};

/* The session's own values. */
const char *ussd_get(const struct ussd *ussd, const char *key); /* in the arena; NULL */
int64_t ussd_number(const struct ussd *ussd, const char *key); /* 0 */
void ussd_put(struct ussd *ussd, const char *key, const char *text); /* NULL: removes it */
void ussd_put_number(struct ussd *ussd, const char *key, int64_t number);
void ussd_go(struct ussd *ussd, const char *kind);
const struct menu *ussd_menu(const struct ussd *ussd); /* the one that is open */

/* Screens (ussd_screen.c). A text that is too long for one screen is paged by its lines and words.
 */
const char *ussd_word(const struct ussd *ussd, const char *name); /* of ussd_words.h */
void ussd_say(struct ussd *ussd, const char *text, const char *foot);
/* The text in at most so many septets, marked ".." where it is cut. */
const char *ussd_cut(const struct ussd *ussd, const char *text, size_t septets);
void ussd_say_end(struct ussd *ussd, const char *text);
/* head, then the options by number: up to nine on one screen, else eight and "9 lanjut". */
void ussd_list(struct ussd *ussd, const char *head, const char *const *options, size_t count,
	const char *foot);
/* The option that an answer names by its number, from 0; CHOICE_MORE: the next screen is to be
 * shown. */
#define CHOICE_NONE -1
#define CHOICE_MORE -2
long ussd_choice(struct ussd *ussd, const char *text, size_t count);
bool ussd_more(struct ussd *ussd, const char *text); /* 9 in a paged text */
/* 0 (unless it is a value or skips) and *: back. */
bool ussd_back(const char *text, bool zero);
int ussd_wrong(struct ussd *ussd, const char *text); /* keeps it short; returns OK */
int ussd_wrong_choice(struct ussd *ussd);

/* The report in the making (ussd_draft.c, ussd_form.c). */
json_t *ussd_draft(const struct ussd *ussd); /* borrowed; NULL: none was begun */
bool ussd_draft_begun(const struct ussd *ussd); /* something was answered */
int ussd_form_begin(struct ussd *ussd, const struct menu *menu, size_t item) MUST_CHECK;
void ussd_form_next(struct ussd *ussd); /* the first page without an answer, else the summary */
/* Keeps a report that was cut off, and tells once by SMS (turn->answer) what is missing. */
int ussd_draft_keep(struct ussd *ussd) MUST_CHECK;
int ussd_draft_load(
	struct ussd *ussd) MUST_CHECK; /* a kept one comes back into the session, if there is one */
int ussd_draft_drop(struct ussd *ussd) MUST_CHECK; /* it is finished or given up: nothing is kept */
int ussd_send(struct ussd *ussd) MUST_CHECK; /* the confirmed report; sets turn->answer */

/* TOLONG or a death typed where something else was asked: *done, its answer is the last screen. */
int ussd_urgent(struct ussd *ussd, const char *text, bool *done) MUST_CHECK;
int ussd_open(
	struct ussd *ussd) MUST_CHECK; /* after the PIN: a kept report is offered, else the menu */
int ussd_item(struct ussd *ussd, const struct menu *menu, size_t item) MUST_CHECK;
bool ussd_pin_wanted(const struct ussd *ussd);

#endif
