/* What the operator configures about conversations: limits, delays, recipients. Plain data that
 * the configuration fills; flow_settings_standard() gives the installed defaults.
 */
#ifndef FLOWS_SETTINGS_H
#define FLOWS_SETTINGS_H

#include "parsers/text/util.h"

struct said; /* parsers/words/said.h */

#define SETTINGS_PHONES 8

struct flow_settings {
	/* [gateway] */
	const char *name; /* owner of the replies that we put */
	int timezone; /* minutes east of UTC */
	int quiet_from, quiet_to; /* minutes of the local day: hours.h */

	/* [limits] */
	int replies_per_sender_per_day; /* 50 */
	int replies_per_day; /* 50000, all senders together */
	int repeat_seconds; /* 600: the same text again within it, … */
	int repeat_times; /* … the third time gets no answer */
	/* answers to what is no report, answer, command or query, to one phone: */
	int chat_answers; /* 2, within … */
	int chat_seconds; /* … 600 */
	int chat_answers_per_day; /* 5 */
	/* what comes so soon after what we sent was not typed: 2; 0: not looked at */
	int quick_seconds;
	int quick_times; /* 3: more of it in a row mutes the phone, or the link … */
	int mute_seconds; /* … for 3600 */
	const char *own[SETTINGS_PHONES]; /* our own addresses: never answered */
	size_t nown;

	const struct said *said; /* texts of ours, known when they come back; NULL: not looked for */
	/* [numbers]: that may be written to begin so */
	const char *allow[SETTINGS_PHONES];
	size_t nallow;
	/* SMS to others that one phone causes in a day: an officer ten times as many */
	int caused_per_day, caused_by_strangers; /* 60, 20 */
	int alarms_at_once; /* 3 in a day; then bundled every hour */

	/* [reports] */
	int question_hours; /* 24: an open question keeps so long */
	int correct_days; /* 7: own reports, without a supervisor */
	int twin_days; /* 2: births this near are compared as the same event */
	int twin_grams; /* 200: … when the weights are this near */
	int small_number; /* 5: no rate below so many events */

	/* [alerts] */
	int alert_minutes; /* 60: then all again and the next level */
	int alert_again_minutes; /* 360: and once more */
	int notify_minutes; /* 1200: reminder of the 24 h duty to notify (MPDN) */
	bool alarm_other; /* no: a death of neither mother nor child is told to the bidan only */
	bool alert_bblr, alert_unskilled, alert_young, alert_old; /* inform the bidan */
	/* phones of the dinkes told when no place can be read */
	const char *nowhere[SETTINGS_PHONES];
	size_t nnowhere;
	const char *operator[SETTINGS_PHONES]; /* told when messages end the program */
	size_t noperator;

	/* [inbox] */
	bool inbox_forward; /* to the bidan or puskesmas of the writer, by SMS */
	int inbox_from, inbox_to; /* 8, 15: hours of work, local */
	int inbox_every; /* 60 minutes are bundled */
	int inbox_up_hours; /* 24: unanswered so long it goes one level up */

	/* [ussd] */
	unsigned pin_roles; /* bits 1 << enum role: their sessions begin with a PIN */

	/* [reminders] */
	int reminder_day; /* 25; 0: none */
	int reminder_hour; /* 9, local */
	int summary_day; /* 3: of the month after; 0: none */
	int summary_hour; /* 8, local */
	int care_day; /* 1: Monday; of the list of who is expected; 0: none */
	int care_hour; /* 8, local: of what bidan hear of day by day */
	int evaluation_day; /* 10: of the month after a quarter; 0: none */
	int evaluation_hour; /* 8, local */

	const bool *fail; /* transcripts and tests: while true, every flow fails inside; NULL */
};

/* Of so many answers a day, those for phones on no file. */
static inline int settings_stranger_replies(int replies_per_day)
{
	return replies_per_day / 4;
}

/* Jakarta time, the numbers above, no phones. */
void flow_settings_standard(struct flow_settings *settings);

#endif
