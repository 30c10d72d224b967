/* Deaths and emergencies: who is told, again and again until somebody takes it. */
#ifndef FLOWS_ALERT_H
#define FLOWS_ALERT_H

#include "flows/alert/alert_words.h"
#include "flows/record/record.h"
#include "store/message/deadline.h"

/* A death: bidan of the desa, the puskesmas that serves it, the dinkes; arms escalation and the
 * MPDN reminder. */
int alert_raise(const struct turn *turn, const struct record *record) MUST_CHECK;
/* What a stranger had told as `old` is told by somebody of the place: those who were told hear that it
 * is the same one. */
int alert_confirm(const struct turn *turn, const struct record *old,
	const struct record *now) MUST_CHECK;
/* A death of a mother, a child or of nobody knows whom; of others as the setting says. */
bool alert_alarms(const struct turn *turn, const struct record *record);
/* Deaths in the sender's area of the last days that nobody took: oldest first. */
int alert_untaken(const struct turn *turn, struct report_row *rows, size_t room,
	size_t *count) MUST_CHECK;
/* Who told the report hears once that somebody else corrected it (changes as words) or cancelled
 * it (NULL). */
int alert_owner(const struct turn *turn, const struct record *record, const char *changes) MUST_CHECK;
/* Who told a report hears that another one, told or moved there by `by`, took its place. */
int alert_replaced(const struct turn *turn, const struct record *old, const struct record *now,
	const char *by) MUST_CHECK;
/* The class, the year or the desa of an alerted death is another now: those alerted are told, and
 * the people of the new desa are alerted. */
int alert_changed(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
/* What alarms lies in another desa: its people are alarmed, and who is not among them hears so. */
int alert_moved(const struct turn *turn, const struct record *after) MUST_CHECK;
/* Of those who were told, who has nothing to do with its desa hears where it belongs. */
int alert_left(const struct turn *turn, const struct record *record) MUST_CHECK;
/* A death is said to be of another desa, which somebody has to grant: its people are alarmed now. */
int alert_elsewhere(const struct turn *turn, const struct record *after) MUST_CHECK;
/* What is asked or has to be granted would make it one to be alarmed of: it is alarmed now. */
int alert_expected(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
/* Details of an alerted death came in: those alerted are told. */
int alert_filled(const struct turn *turn, const struct record *before,
	const struct record *after) MUST_CHECK;
/* It was no death, or was cancelled: everyone who was alerted is told; nothing escalates any more.
 */
int alert_undo(const struct turn *turn, const struct record *record) MUST_CHECK;
/* Its alarm is its own: of what was told before, what was alarmed beside the first is; `first` is that
 * one when it alarms for both (NULL). */
int alert_stands(const struct turn *turn, const struct record *record, bool *stands,
	struct record **first) MUST_CHECK;
/* Somebody said TERIMA to it. */
int alert_taken(const struct turn *turn, const struct record *record, bool *taken) MUST_CHECK;
/* Another report took its place and alarms as well: those who were told, and what escalates, go on
 * with that one. */
int alert_follow(const struct turn *turn, const struct record *old,
	const struct record *now) MUST_CHECK;
/* Somebody takes it: no more escalation. */
int alert_take(const struct turn *turn, const struct record *record) MUST_CHECK;
/* Low birth weight and the like: the bidan is informed, nothing more. */
int alert_inform(const struct turn *turn, const struct record *record) MUST_CHECK;
/* What a form file calls news (as = notice), when it begins to hold. */
int alert_news(const struct turn *turn, const struct record *before,
	const struct record *record) MUST_CHECK;
/* Help is needed now: near decides who is told, place is what they read (NULL: not known). phones
 * gets the numbers of those told, to call ("Nurul 0812…"); empty: nobody is on file. *now: it
 * does not wait for a bundle. */
int alert_emergency(const struct turn *turn, const struct area *near, const struct area *place,
	const char **phones, bool *now) MUST_CHECK;
/* What is written behind it within the hour: it takes no place from a cry for somebody else. */
int alert_emergency_more(const struct turn *turn, const struct area *near,
	const struct area *place, const char **phones, bool *now) MUST_CHECK;

/* Deadlines "alert" and "mpdn". */
int alert_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int alert_on_notify(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
