/* The rows of the option table about conversations with people; included by config_main.c only. */
SWITCH("inbox", "forward", "yes", true, "messages for people go to the bidan or puskesmas of their writer by SMS",
	MAIN(flow.inbox_forward)),
NUMBER("inbox", "from", "8", 0, 23, true, "from this hour of the day", MAIN(flow.inbox_from)),
NUMBER("inbox", "to", "15", 1, 24, true, "until this hour", MAIN(flow.inbox_to)),
NUMBER("inbox", "every", "60", 1, 1440, true, "minutes whose messages are bundled", MAIN(flow.inbox_every)),
NUMBER("inbox", "up", "24", 1, 720, true, "hours without an answer until the next level reads it",
	MAIN(flow.inbox_up_hours)),
