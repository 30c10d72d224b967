/* Texts with slots: cut when they are loaded, filled with each reply. See template.h. */
#include "flows/reply/template.h"

#include <stdlib.h>
#include <string.h>

#include "flows/reply/catalogue_widths.h"
#include "parsers/text/gsm7.h"
#include "parsers/text/utf8.h"

struct segment {
	const char *text; /* what stands in front of the slot, in the template's text */
	size_t length;
	const char *name; /* of the slot; NULL: the text ends here */
	size_t name_length;
	size_t slot; /* the first segment with a slot of this name */
	size_t uses; /* of that slot in the whole text; in that first segment */
	bool elastic;
};

struct template {
	char *text;
	size_t count, octets, septets; /* of what is no slot */
	bool sentence; /* begins with "{who}": "kader Siti" becomes a sentence */
	struct segment segments[];
};

const char *placeholder_next(const char *text, const char **name, size_t *length)
{
	const char *open = strchr(text, '{');
	const char *close = open == NULL ? NULL : strchr(open, '}');

	if (close == NULL)
		return NULL;
	*name = open + 1;
	*length = (size_t)(close - open - 1);
	return open;
}

bool template_fits(const char *text)
{
	ssize_t septets = gsm7_septets(text);

	return septets >= 0 && septets <= SMS_SEPTETS;
}

static size_t septets_of(const char *clean)
{
	ssize_t septets = gsm7_septets(clean);

	return septets < 0 ? strlen(clean) : (size_t)septets;
}

static void segment_cut(struct template *template, size_t at, const char *from)
{
	struct segment *segment = &template->segments[at];
	const char *open = placeholder_next(from, &segment->name, &segment->name_length);
	const struct width *width;

	segment->text = from;
	segment->length = open == NULL ? strlen(from) : (size_t)(open - from);
	if (open == NULL)
		return;
	width = width_find(segment->name, segment->name_length);
	segment->elastic = width == NULL || width->elastic;
	for (segment->slot = 0; segment->slot < at; segment->slot++) {
		const struct segment *other = &template->segments[segment->slot];

		if (other->name_length == segment->name_length &&
			memcmp(other->name, segment->name, segment->name_length) == 0)
			break;
	}
	template->segments[segment->slot].uses++;
}

struct template *template_new(const char *text)
{
	const char *name, *at = text;
	struct strbuf fixed = {0};
	struct template *template;
	size_t count = 1, length;

	while ((at = placeholder_next(at, &name, &length)) != NULL) {
		at = name + length;
		count++;
	}
	template = xcalloc(1, sizeof(*template) + count * sizeof(template->segments[0]));
	template->text = xstrdup(text);
	template->count = count;
	template->sentence = strncmp(text, "{who}", 5) == 0;
	at = template->text;
	for (size_t i = 0; i < count; i++) {
		const struct segment *segment = &template->segments[i];

		segment_cut(template, i, at);
		strbuf_add(&fixed, segment->text, segment->length);
		at = segment->name == NULL ? at : segment->name + segment->name_length + 1;
	}
	template->octets = fixed.length;
	template->septets = septets_of(fixed.text);
	strbuf_free(&fixed);
	return template;
}

void template_free(struct template *template)
{
	if (template == NULL)
		return;
	free(template->text);
	free(template);
}

const char *template_text(const struct template *template)
{
	return template->text;
}

/* What goes into a slot. */
struct filling {
	size_t slot;
	const char *value; /* only characters that GSM 03.38 has */
	size_t length, septets;
	size_t uses;
	bool elastic;
};

/* What the alphabet lacks becomes "?", so that a name never turns an SMS into UCS-2 of 70
 * characters. */
static const char *value_clean(struct arena *arena, const char *value)
{
	size_t left = strlen(value);
	char *clean = arena_raw(arena, left + 1), *to = clean;

	while (left > 0) {
		int32_t codepoint;
		size_t length = utf8_next(value, left, &codepoint);

		if (codepoint < 0 || gsm7_code(codepoint) < 0) {
			*to++ = '?';
		} else {
			memcpy(to, value, length);
			to += length;
		}
		value += length;
		left -= length;
	}
	*to = '\0';
	return clean;
}

static void filling_measure(struct arena *arena, struct filling *filling, const char *value)
{
	size_t plain = gsm7_plain(value, SIZE_MAX);

	filling->value = value;
	filling->length = filling->septets = plain;
	if (value[plain] == '\0')
		return;
	filling->value = value_clean(arena, value);
	filling->length = strlen(filling->value);
	filling->septets = septets_of(filling->value);
}

/* Cuts to at most `septets`, preferably after a word, and marks the cut with "..". */
static void value_cut(struct arena *arena, struct filling *filling, size_t septets)
{
	size_t length = filling->length, whole;
	char *text;

	if (filling->septets <= septets)
		return;
	filling->value = text = arena_strdup(arena, filling->value);
	if (septets < 3) {
		*text = '\0';
		filling->length = filling->septets = 0;
		return;
	}
	while (length > 0 && septets_of(text) > septets - 2) {
		do
			length--;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80);
		text[length] = '\0';
	}
	for (whole = length; whole > 0 && text[whole] != ' '; whole--)
		;
	if (whole > length / 2)
		length = whole;
	while (length > 0 && strchr(" ,;.", text[length - 1]) != NULL)
		length--;
	memcpy(text + length, "..", 3); /* the cut freed at least two octets */
	filling->length = length + 2;
	filling->septets = septets_of(text);
}

static size_t total_of(const struct filling *fillings, size_t count, size_t fixed)
{
	for (size_t i = 0; i < count; i++)
		fixed += fillings[i].septets * fillings[i].uses;
	return fixed;
}

/* Shortens the longest elastic values until all fit. */
static void values_fit(struct arena *arena, struct filling *fillings, size_t count, size_t fixed)
{
	for (;;) {
		size_t total = total_of(fillings, count, fixed), second = 0, over, to;
		struct filling *longest = NULL;

		if (total <= SMS_SEPTETS)
			return;
		for (size_t i = 0; i < count; i++) {
			if (!fillings[i].elastic)
				continue;
			if (longest == NULL || fillings[i].septets > longest->septets) {
				second = longest == NULL ? 0 : longest->septets;
				longest = &fillings[i];
			} else if (fillings[i].septets > second) {
				second = fillings[i].septets;
			}
		}
		if (longest == NULL || longest->septets == 0)
			return;
		over = (total - SMS_SEPTETS + longest->uses - 1) / longest->uses;
		to = longest->septets > over ? longest->septets - over : 0;
		value_cut(arena, longest,
			to > second ? to
				    : (second < longest->septets ? second : longest->septets - 1));
	}
}

/* Where a value is absent, no blank or stop of its neighbours stays behind. */
static char *text_tidy(char *text)
{
	char *to;

	text += strspn(text, " :,.");
	to = text;
	for (const char *from = text; *from != '\0'; from++) {
		if (*from == ' ' &&
			(from[1] == ' ' || from[1] == '.' || from[1] == ',' || from[1] == ':' ||
				from[1] == '\0'))
			continue;
		if (*from == ',' && to > text && to[-1] == ',')
			continue;
		*to++ = *from;
	}
	*to = '\0';
	return text;
}

static char *text_join(const struct template *template, struct arena *arena,
	const struct filling *fillings, size_t count)
{
	size_t room = template->octets + 1;
	char *text, *to;

	for (size_t i = 0; i < count; i++)
		room += fillings[i].length * fillings[i].uses;
	text = to = arena_raw(arena, room);
	for (size_t s = 0; s < template->count; s++) {
		const struct segment *segment = &template->segments[s];

		to = mempcpy(to, segment->text, segment->length);
		for (size_t i = 0; segment->name != NULL && i < count; i++) {
			if (fillings[i].slot == segment->slot)
				to = mempcpy(to, fillings[i].value, fillings[i].length);
		}
	}
	*to = '\0';
	return text;
}

/* The segment whose slot has this name; NULL: the text has none. */
static const struct segment *slot_named(const struct template *template, const char *name)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct segment *segment = &template->segments[i];

		if (segment->uses > 0 && strncmp(name, segment->name, segment->name_length) == 0 &&
			name[segment->name_length] == '\0')
			return segment;
	}
	return NULL;
}

char *template_fill(const struct template *template, struct arena *arena,
	const struct argument *arguments, size_t count)
{
	struct filling fillings[ARGUMENTS_MOST];
	size_t filled = 0;
	char *text;

	for (size_t i = 0; i < count && filled < ARGUMENTS_MOST; i++) {
		const struct segment *segment = slot_named(template, arguments[i].name);
		struct filling *filling = &fillings[filled];

		if (segment == NULL || arguments[i].value == NULL)
			continue;
		filling->slot = segment->slot;
		filling->uses = segment->uses;
		filling->elastic = segment->elastic;
		filling_measure(arena, filling, arguments[i].value);
		filled++;
	}
	values_fit(arena, fillings, filled, template->septets);
	for (size_t i = 0; i < filled; i++)
		fillings[i].elastic = true; /* a fixed value longer than promised: cut it too */
	values_fit(arena, fillings, filled, template->septets);
	text = text_tidy(text_join(template, arena, fillings, filled));
	if (template->sentence && *text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A'); /* "kader Siti": a sentence begins */
	return text;
}
