/* The installed defaults of what can be configured about conversations. */
#include "flows/rules/settings.h"

void flow_settings_standard(struct flow_settings *settings)
{
	*settings = (struct flow_settings){
		.name = "gw1",
		.timezone = 7 * 60,
		.quiet_from = 20 * 60 + 30,
		.quiet_to = 6 * 60 + 30,
		.replies_per_sender_per_day = 50,
		.replies_per_day = 50000,
		.repeat_seconds = 600,
		.repeat_times = 3,
		.chat_answers = 2,
		.chat_seconds = 600,
		.chat_answers_per_day = 5,
		.quick_seconds = 2,
		.quick_times = 3,
		.mute_seconds = 3600,
		.question_hours = 24,
		.correct_days = 7,
		.twin_days = 2,
		.twin_grams = 200,
		.small_number = 5,
		.alert_minutes = 60,
		.alert_again_minutes = 360,
		.notify_minutes = 1200,
		.alert_bblr = true,
		.alert_unskilled = true,
		.alert_young = true,
		.alert_old = true,
		.inbox_forward = true,
		.inbox_from = 8,
		.inbox_to = 15,
		.inbox_every = 60,
		.inbox_up_hours = 24,
		.reminder_day = 25,
		.reminder_hour = 9,
		.summary_day = 3,
		.summary_hour = 8,
	};
}
