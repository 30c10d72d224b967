/* Classes of what goes out, by its kind. See outbox.h. */
#include "parsers/text/util.h"
#include "store/message/outbox.h"

static const char *const class_names[OUTBOX_CLASSES] = {
	[OUTBOX_SCREEN] = "screen",
	[OUTBOX_ALARM] = "alarm",
	[OUTBOX_ANSWER] = "answer",
	[OUTBOX_NOTICE] = "notice",
	[OUTBOX_CAMPAIGN] = "campaign",
};

static const struct {
	const char *kind;
	enum outbox_class class;
} kinds[] = {
	{"ussd", OUTBOX_SCREEN},
	{"ussd-end", OUTBOX_SCREEN},
	{"alert", OUTBOX_ALARM},
	{"reply", OUTBOX_ANSWER},
	{"human", OUTBOX_ANSWER},
	{"code", OUTBOX_ANSWER},
	{"notice", OUTBOX_NOTICE},
	{"reminder", OUTBOX_CAMPAIGN},
};

enum outbox_class store_outbox_class(const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (same_name(kinds[i].kind, kind))
			return kinds[i].class;
	}
	return OUTBOX_ANSWER;
}

const char *store_outbox_class_name(enum outbox_class class)
{
	return class_names[class];
}
