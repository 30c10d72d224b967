/* A report that stands behind another one and was read by nobody: "POS#…#30. RUJUK#DEWI". What it
 * tells is kept as a report of its own, whatever it lacks; what cannot be read is for a person.
 * Nothing that opens like a report goes without a word.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/parse/scratch.h"
#include "parsers/reader_parts.h"

#define RICH_VALUES  4 /* so many must be told where its keyword may be a value of what is above */
#define LOOSE_VALUES 3 /* so many must be told where no separators follow the keyword */
#define FIRM_VALUES  2 /* ... or nothing parts it from what stands in front, or it may be a value */
#define COUNT_DIGITS 3 /* of a number of events */
#define WHOSE_LETTERS 5 /* "bayi", "hidup", "l" in front of it */

/* How many reports of a part's form there are, twins once; a birth may have become a death. Of a
 * death that says whose it is only those of that kind. */
static size_t told_of(const struct reading *reading, const struct part *part)
{
	const struct form *form = part->form;
	size_t count = 0;

	for (size_t i = 0; i < reading->nreport; i++) {
		const struct report *report = &reading->reports[i];
		const char *order = report_text(report, report->form->order_of_birth);
		const char *kind = report_text(report, form->kind);

		if (part->kind && !(kind && same_name(kind, part->kind)))
			continue;
		count += (report->form == form || (form->becomes && report->form->story)) &&
			report->status != STATUS_REFUSED && !(order && !same_name(order, "1"));
	}
	return count;
}

static bool same_kind(const struct part *a, const struct part *b)
{
	return !a->kind || !b->kind || same_name(a->kind, b->kind);
}

/* "mau lapor kelahiran": nothing between its keyword and the next one. */
static bool announces(const struct cuts *cuts, size_t i)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz", signs[] = " \n:.,-#*;";
	const struct part *part = &cuts->inside[i];
	size_t end = part->start + strspn(cuts->text + part->start, letters);

	return i + 1 < cuts->ninside && part[1].form == part->form &&
		end + strspn(cuts->text + end, signs) >= part[1].start;
}

/* How often the form's keyword opens something up to a part, the message's own included; behind
 * "mau lapor" that is one of those inside. */
static size_t opened(const struct cuts *cuts, size_t part, const struct reading *out)
{
	const struct form *form = cuts->inside[part].form;
	const char *first = out->nreport ? report_text(&out->reports[0], form->kind) : NULL;
	size_t count = cuts->opens && out->nreport && out->reports[0].form == form &&
		!(cuts->inside[part].kind && first && !same_name(first, cuts->inside[part].kind));

	for (size_t i = 0; i <= part; i++)
		count += cuts->inside[i].form == form && (i == part || !cuts->inside[i].value) &&
			same_kind(&cuts->inside[i], &cuts->inside[part]) && !announces(cuts, i);
	return count;
}

/* What stands in front of a part ends there: at a joining word, one of the signs. */
static bool ends_before(const char *text, const struct part *part, const char *signs)
{
	size_t at = part->lead, joined = strcspn(text + at, "#*;\n");

	while (at > 0 && text[at - 1] == ' ')
		at--;
	return (part->lead < part->start && part->lead + joined >= part->start) ||
		(at > 0 && strchr(signs, text[at - 1]));
}

/* Values, and what is asked about. */
static size_t told_in(const struct report *report)
{
	return values_told(report) +
		(report->status == STATUS_QUESTION ? report->nproblem : 0);
}

/* The part and what stands in front of it, each read by itself; room: for two readings. */
static bool tells(const struct intent_call *call, const struct cuts *cuts, const struct part *part,
	bool firm, struct reading *room)
{
	const struct report *report = &room[1].reports[0];
	size_t least = part->value ? RICH_VALUES : !part->parted ? LOOSE_VALUES
		: firm && !part->key ? 1 : FIRM_VALUES;

	part_read(call, cuts->text, part->start, strlen(call->text), &room[1]);
	if (room[1].intent != INTENT_REPORT || room[1].nreport == 0 ||
		report->status == STATUS_REFUSED || told_in(report) < least ||
		(report->form != part->form && !part->form->becomes))
		return false;
	part_read(call, cuts->text, 0, part->lead, &room[0]);
	return room[0].intent == INTENT_REPORT && room[0].nreport > 0 &&
		room[0].reports[0].status != STATUS_REFUSED;
}

static void join(const struct intent_call *call, struct reading *room, struct reading *out)
{
	size_t base = room[0].nreport;

	for (size_t i = 0; i < room[1].nreport && reading_room(&room[0], 1); i++)
		part_add(&room[0], &room[1].reports[i], base);
	room[0].text = call->text;
	reading_copy(out, &room[0]);
}

/* Where its keyword may be a word of the report above, more parts it from that. */
static const char *signs_before(const struct part *part)
{
	if (part->value)
		return ".+&,";
	if (part->key)
		return ".;+&,";
	return part->parted ? ".;\n+&-?!" : ".\n+&-?!";
}

/* It opens like a report, and nothing read it. */
static bool unread(
	const struct cuts *cuts, size_t i, bool firm, const struct reading *out)
{
	const struct part *part = &cuts->inside[i];
	bool owned = part->value || part->key;

	return !part->slip && (!owned || (firm && part->parted)) &&
		(part->parted || (firm && part->form != out->reports[0].form)) &&
		opened(cuts, i, out) > told_of(out, part);
}

static bool is_month(const struct intent_call *call, const char *word)
{
	size_t length = strcspn(word, " ,.;\n");
	const struct lexicon_entry *e = length ? lexicon_find(call->lexicon, word, length) : NULL;

	while (e && e->class_id != CLASS_MONTH)
		e = e->next;
	return e != NULL;
}

/* "lahir 1", "kematian: 2 orang", "lahir l 1 p 2": a number of events stands behind the keyword, no
 * day. */
static bool counts_events(const struct intent_call *call, const char *keyword)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	const char *at = keyword + strspn(keyword, letters);
	size_t digits, word;

	at += strspn(at, " :=");
	word = strspn(at, letters);
	at += word <= WHOSE_LETTERS ? word : 0;
	at += strspn(at, " :=");
	digits = strspn(at, "0123456789");
	if (!digits || digits > COUNT_DIGITS || strtol(at, NULL, 10) == 0)
		return false;
	at += digits;
	return !(*at && strchr("/-.,", *at) && isdigit((unsigned char)at[1])) &&
		!is_month(call, at + strspn(at, " "));
}

/* Behind a session births or deaths are told by their number: nobody's report, but told. */
static bool events_counted(const struct intent_call *call, const struct cuts *cuts, size_t i,
	const struct reading *out)
{
	const struct part *part = &cuts->inside[i];

	return out->reports[0].form->held && !part->slip && part->form->where &&
		counts_events(call, cuts->text + part->start) &&
		opened(cuts, i, out) > told_of(out, part);
}

void read_rest(const struct intent_call *call, const struct cuts *cuts, struct reading *out)
{
	struct reading *room = NULL;

	for (size_t i = 0; i < cuts->ninside && out->intent == INTENT_REPORT && out->nreport &&
		!out->overfull && parse_step(&call->scratch->parse, 0); i++) {
		const struct part *part = &cuts->inside[i];
		bool firm = ends_before(cuts->text, part, signs_before(part));

		if (events_counted(call, cuts, i, out)) {
			out->overfull = true;
			out->rest = part->start;
		}
		if (out->overfull || !unread(cuts, i, firm, out))
			continue;
		if (!room)
			room = arena_raw(call->arena, 2 * sizeof(*room));
		room[0].training = room[1].training = out->training;
		if (tells(call, cuts, part, firm, room)) {
			join(call, room, out);
		} else if (part->parted && firm && !part->key && !part->value) {
			out->overfull = true;
			out->rest = part->start;
		}
	}
}
