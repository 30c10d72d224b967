/* The states of a message that goes out: see outbox_moves.h. */
#include "store/message/outbox_moves.h"

#include <string.h>

#include "parsers/text/util.h"

/* From each state, the states it may become. A receipt may overtake the submit's answer. */
static const struct {
	const char *from, *to;
} moves[] = {
	{"waiting", "claimed"},
	{"waiting", "dropped"},
	{"waiting", "expired"},
	{"claimed", "sent"},
	{"claimed", "waiting"},
	{"claimed", "unsure"},
	{"claimed", "failed"},
	{"claimed", "dropped"},
	{"claimed", "delivered"},
	{"claimed", "expired"},
	{"unsure", "waiting"},
	{"unsure", "claimed"},
	{"unsure", "sent"},
	{"unsure", "delivered"},
	{"unsure", "failed"},
	{"unsure", "dropped"},
	{"unsure", "expired"},
	{"sent", "delivered"},
	{"sent", "failed"},
	{"sent", "unsure"},
	{"failed", "delivered"},
};

bool outbox_move_allowed(const char *from, const char *to)
{
	for (size_t i = 0; i < COUNT_OF(moves); i++) {
		if (strcmp(moves[i].from, from) == 0 && strcmp(moves[i].to, to) == 0)
			return true;
	}
	return strcmp(from, to) == 0;
}

bool outbox_is_end(const char *state)
{
	static const char *const ends[] = {"delivered", "failed", "dropped", "expired"};

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (strcmp(ends[i], state) == 0)
			return true;
	}
	return false;
}
