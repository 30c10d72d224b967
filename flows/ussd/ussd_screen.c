/* Screens: at most so many septets of GSM 03.38, longer ones in pages. See ussd_state.h. */
#include <stdlib.h>
#include <string.h>

#include "flows/ussd/ussd_state.h"
#include "flows/ussd/ussd_words.h"
#include "parsers/text/gsm7.h"
#include "parsers/text/utf8.h"

#define OPTIONS_PAGED 8
#define OPTIONS_ALONE 9
#define MORE	      9

const struct ussd_word *ussd_word_at(size_t index)
{
#define X(name, most, indonesian) {#name, indonesian, most},
	static const struct ussd_word words[] = {USSD_WORDS(X)};
#undef X

	return index < COUNT_OF(words) ? &words[index] : NULL;
}

const char *ussd_word(const struct ussd *ussd, const char *name)
{
	const struct ussd_word *word;
	size_t i = 0;

	while ((word = ussd_word_at(i++)) != NULL && strcmp(word->name, name) != 0)
		;
	return reply_word(&ussd->turn->reply, "ussd", name, word == NULL ? name : word->indonesian);
}

/* A character that no phone can show becomes a question mark. */
static char *showable(struct arena *arena, const char *text)
{
	struct strbuf out = {0};
	size_t left = strlen(text);
	char *done;

	strbuf_puts(&out, "");
	while (left > 0) {
		int32_t c;
		size_t used = utf8_next(text, left, &c);

		if (c >= 0 && gsm7_code(c) >= 0)
			strbuf_add(&out, text, used);
		else
			strbuf_putc(&out, '?');
		text += used;
		left -= used;
	}
	done = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return done;
}

static size_t septets(const char *text)
{
	ssize_t length = gsm7_septets(text);

	return length < 0 ? strlen(text) : (size_t)length;
}

/* How many octets of a text fit, cut between words when it does not fit whole. */
static size_t fitting(struct arena *arena, const char *text, size_t room)
{
	size_t fit = 0, word = 0;

	if (septets(text) <= room)
		return strlen(text);
	while (text[fit] != '\0') {
		int32_t c;
		size_t used = utf8_next(text + fit, strlen(text + fit), &c);

		if (septets(arena_strndup(arena, text, fit + used)) > room)
			break;
		if (text[fit] == ' ' || text[fit] == '\n')
			word = fit;
		fit += used;
	}
	return word > fit / 2 ? word : fit;
}

const char *ussd_cut(const struct ussd *ussd, const char *text, size_t most)
{
	text = showable(ussd->arena, text);
	if (septets(text) <= most)
		return text;
	return arena_printf(ussd->arena, "%s..",
		arena_strndup(ussd->arena, text, fitting(ussd->arena, text, most - 2)));
}

static size_t room_of(const struct ussd *ussd, const char *foot)
{
	size_t used = (ussd->wrong == NULL ? 0 : septets(ussd->wrong) + 1) +
		(*foot == '\0' ? 0 : septets(foot) + 1);

	return used < (size_t)ussd->septets ? (size_t)ussd->septets - used : 0;
}

static void compose(struct ussd *ussd, const char *body, const char *foot)
{
	ussd->screen =
		arena_printf(ussd->arena, "%s%s%s%s%s", ussd->wrong == NULL ? "" : ussd->wrong,
			ussd->wrong == NULL ? "" : "\n", body, *foot == '\0' ? "" : "\n", foot);
}

int ussd_wrong(struct ussd *ussd, const char *text)
{
	ussd->wrong = ussd_cut(ussd, text, MENU_WRONG - 1);
	return OK;
}

int ussd_wrong_choice(struct ussd *ussd)
{
	return ussd_wrong(ussd, ussd_word(ussd, "choose"));
}

void ussd_say(struct ussd *ussd, const char *text, const char *foot)
{
	size_t from = (size_t)ussd_number(ussd, "from"), length, room = room_of(ussd, foot);

	text = showable(ussd->arena, text);
	length = strlen(text);
	if (from > length)
		from = 0;
	text += from;
	if (septets(text) > room) {
		foot = arena_printf(ussd->arena, "%d %s  %s", MORE, ussd_word(ussd, "more"), foot);
		room = room_of(ussd, foot);
	}
	length = fitting(ussd->arena, text, room);
	ussd_put_number(ussd, "fit", (int64_t)(length + strspn(text + length, " \n")));
	ussd_put_number(ussd, "rest", text[length] != '\0');
	compose(ussd, arena_strndup(ussd->arena, text, length), foot);
}

bool ussd_more(struct ussd *ussd, const char *text)
{
	if (strcmp(text, "9") != 0 || ussd_number(ussd, "rest") == 0)
		return false;
	ussd_put_number(ussd, "from", ussd_number(ussd, "from") + ussd_number(ussd, "fit"));
	return true;
}

void ussd_say_end(struct ussd *ussd, const char *text)
{
	ussd->screen = ussd_cut(ussd, text, (size_t)ussd->septets);
	ussd->end = true;
}

/* Lines from `from` on, as many as fit; *used says how many. */
static char *lines_fit(struct ussd *ussd, const char *head, const char *const *options,
	size_t count, size_t most, size_t room, size_t *used)
{
	char *body = arena_strdup(ussd->arena, head);

	for (*used = 0; *used < count && *used < most; ++*used) {
		char *longer =
			arena_printf(ussd->arena, "%s%s%zu %s", body, *body == '\0' ? "" : "\n",
				*used + 1, showable(ussd->arena, options[*used]));

		if (septets(longer) > room && *used > 0)
			break;
		if (septets(longer) > room)
			longer = arena_strndup(
				ussd->arena, longer, fitting(ussd->arena, longer, room));
		body = longer;
	}
	return body;
}

void ussd_list(struct ussd *ussd, const char *head, const char *const *options, size_t count,
	const char *foot)
{
	size_t from = (size_t)ussd_number(ussd, "from"), used;
	char *body;

	head = showable(ussd->arena, head);
	if (from >= count)
		from = 0;
	body = lines_fit(ussd, head, options + from, count - from,
		from > 0 ? OPTIONS_PAGED : OPTIONS_ALONE, room_of(ussd, foot), &used);
	if (from + used < count) {
		foot = arena_printf(ussd->arena, "%d %s  %s", MORE, ussd_word(ussd, "more"), foot);
		body = lines_fit(ussd, head, options + from, count - from, OPTIONS_PAGED,
			room_of(ussd, foot), &used);
	}
	ussd_put_number(ussd, "from", (int64_t)from);
	ussd_put_number(ussd, "fit", (int64_t)used);
	ussd_put_number(ussd, "rest", from + used < count);
	compose(ussd, body, foot);
}

long ussd_choice(struct ussd *ussd, const char *text, size_t count)
{
	int64_t from = ussd_number(ussd, "from"), fit = ussd_number(ussd, "fit");
	char *end;
	long number = strtol(text, &end, 10);

	if (end == text || *end != '\0')
		return CHOICE_NONE;
	if (ussd_more(ussd, text))
		return CHOICE_MORE;
	if (number < 1 || number > fit || from + number > (int64_t)count)
		return CHOICE_NONE;
	return (long)from + number - 1;
}

bool ussd_back(const char *text, bool zero)
{
	return strcmp(text, "*") == 0 || (zero && strcmp(text, "0") == 0);
}
