/* One question of a form: its choices by number, typed values read as in an SMS, what was wrong. */
#include <stdlib.h>
#include <string.h>

#include "flows/rules/scope.h"
#include "flows/ussd/ussd_form.h"
#include "flows/ussd/ussd_kinds.h"

#define PLACES_LISTED 60
#define RAW_SHOWN     14

enum date_choice { TODAY, YESTERDAY, WRITE, DATE_CHOICES };

struct choices {
	const char *label[PLACES_LISTED], *value[PLACES_LISTED];
	size_t count;
};

static void choice_add(struct choices *out, const char *label, const char *value)
{
	if (out->count < PLACES_LISTED) {
		out->label[out->count] = label;
		out->value[out->count++] = value;
	}
}

/* Of equal names each says where it is: "Melati Wonocoyo". */
static void names_apart(const struct ussd *ussd, struct choices *out)
{
	const char *plain[PLACES_LISTED];

	memcpy(plain, out->label, sizeof(plain));
	for (size_t i = 0; i < out->count; i++) {
		const struct posyandu *posyandu =
			gazetteer_posyandu(ussd->turn->flow->places, out->value[i]);

		for (size_t k = 0; posyandu != NULL && k < out->count; k++) {
			if (k == i || strcmp(plain[i], plain[k]) != 0)
				continue;
			out->label[i] = arena_printf(ussd->arena, "%s %s", plain[i],
				reply_title_case(ussd->arena, posyandu->area->name));
			break;
		}
	}
}

/* Posyandu, or desa, that lie in what the person is responsible for. */
static void places_add(const struct ussd *ussd, enum field_type type, struct choices *out)
{
	const struct sender *sender = &ussd->turn->sender;
	const struct gazetteer *places = ussd->turn->flow->places;
	const struct posyandu *posyandu;
	const struct area *area;

	for (size_t i = 0;
		type == FIELD_POSYANDU && (posyandu = gazetteer_posyandu_at(places, i)) != NULL;
		i++) {
		if (scope_area(sender, posyandu->area))
			choice_add(out, reply_title_case(ussd->arena, posyandu->name),
				posyandu->id);
	}
	for (size_t i = 0; type == FIELD_AREA && (area = gazetteer_area_at(places, i)) != NULL;
		i++) {
		if (area->level == LEVEL_DESA && scope_area(sender, area))
			choice_add(out, reply_title_case(ussd->arena, area->name), area->code);
	}
	names_apart(ussd, out);
	if (out->count == PLACES_LISTED)
		out->count = 0; /* too many to look through: the name is typed */
}

/* A code of a letter or two says nothing by itself: the word that an answer has for it. */
static const char *choice_label(
	const struct ussd *ussd, const struct form *form, const char *field, const char *value)
{
	const char *told = reply_word_of(&ussd->turn->reply, "told", field, value, NULL);

	return strlen(value) < 3 && told != NULL && strlen(told) > strlen(value)
		? told
		: reply_value_text(&ussd->turn->reply, form, field, value);
}

static void choices_of(const struct ussd *ussd, const struct form *form,
	const struct form_field *kind, struct choices *out)
{
	out->count = 0;
	if (kind == NULL) {
		choice_add(out, ussd_word(ussd, "single"), "1");
		choice_add(out, ussd_word(ussd, "twins"), "2");
		choice_add(out, ussd_word(ussd, "triplets"), "3");
		return;
	}
	switch (kind->type) {
	case FIELD_CHOICE:
		for (size_t i = 0; i < kind->nchoice; i++)
			choice_add(out, choice_label(ussd, form, kind->name, kind->choices[i]),
				kind->choices[i]);
		break;
	case FIELD_DATE:
		choice_add(out, ussd_word(ussd, "today"), "");
		choice_add(out, ussd_word(ussd, "yesterday"), "");
		choice_add(out, ussd_word(ussd, "write"), "");
		break;
	case FIELD_POSYANDU:
	case FIELD_AREA:
		places_add(ussd, kind->type, out);
		break;
	default:
		break;
	}
}

static const char *flag(const struct ussd *ussd, const char *name)
{
	const char *text = json_string_value(json_object_get(ussd_draft(ussd), name));

	return text == NULL ? NULL : arena_strdup(ussd->arena, text);
}

static const char *foot_of(const struct ussd *ussd, const struct form_field *kind, bool optional)
{
	const char *skip = ussd_word(ussd, "skip"), *back = ussd_word(ussd, "back_word");

	if (optional)
		return arena_printf(
			ussd->arena, "%c %s  * %s", field_takes_zero(kind) ? '#' : '0', skip, back);
	return arena_printf(ussd->arena, "%c %s", field_takes_zero(kind) ? '*' : '0', back);
}

static void age_unit_show(struct ussd *ussd, const char *number)
{
	const char *options[] = {ussd_word(ussd, "days"), ussd_word(ussd, "months"),
		ussd_word(ussd, "years")};

	ussd_list(ussd, arena_printf(ussd->arena, "%s %.6s?", ussd_word(ussd, "age"), number),
		options, COUNT_OF(options), ussd_word(ussd, "back"));
}

/* "page.lahir.tgl", else "page.tgl", else what the form asks. */
static const char *question_head(
	const struct ussd *ussd, const struct form *form, const struct form_field *kind)
{
	const char *own = arena_printf(ussd->arena, "%s.%s", form->name, kind->name);

	return reply_word(&ussd->turn->reply, "page", own,
		reply_word(&ussd->turn->reply, "page", kind->name, menu_ask(ussd->arena, kind)));
}

/* Also the new value of a stored report, where there is no draft. */
void question_show(struct ussd *ussd, const struct form *form, const struct form_field *kind,
	const char *before, bool optional, bool write, const char *unit)
{
	struct choices *choices = arena_alloc(ussd->arena, sizeof(*choices));
	const char *foot = foot_of(ussd, kind, optional), *head;

	if (unit != NULL) {
		age_unit_show(ussd, unit);
		return;
	}
	choices_of(ussd, form, kind, choices);
	head = kind == NULL ? ussd_word(ussd, "how_many")
		: question_head(ussd, form, kind);
	if (write) {
		choices->count = 0;
		head = arena_printf(ussd->arena, "%s %s", ussd_word(ussd, "write_date"),
			reply_field_example(&ussd->turn->reply, form, kind->name));
	}
	ussd_list(ussd, arena_printf(ussd->arena, "%s%s", before, head), choices->label,
		choices->count, foot);
}

int page_show(struct ussd *ussd)
{
	struct page page;
	const char *before = "";

	if (!draft_page(ussd, &page)) {
		ussd_form_next(ussd);
		return OK;
	}
	if (page.each && draft_babies(ussd) > 1)
		before = arena_printf(
			ussd->arena, "%s %zu. ", ussd_word(ussd, "baby_head"), page.baby + 1);
	question_show(ussd, draft_form(ussd), page.kind, before, page.optional,
		flag(ussd, "write") != NULL, flag(ussd, "unit"));
	return OK;
}

static int refuse(struct ussd *ussd, const struct form_field *kind, const struct problem *problem,
	const char *text)
{
	const char *raw = ussd_cut(ussd, text, RAW_SHOWN);

	switch (problem->code) {
	case PROBLEM_RANGE:
		if (kind->max > 0)
			return ussd_wrong(ussd, arena_printf(ussd->arena, "%s: %s %g-%g.", raw,
				ussd_word(ussd, "range"), kind->min, kind->max));
		return ussd_wrong(ussd,
			arena_printf(ussd->arena, "%s %s", raw, ussd_word(ussd, "impossible")));
	case PROBLEM_FUTURE:
		return ussd_wrong(
			ussd, arena_printf(ussd->arena, "%s %s", raw, ussd_word(ussd, "future")));
	case PROBLEM_NIK:
		return ussd_wrong(ussd, ussd_word(ussd, "nik"));
	case PROBLEM_PLACE:
	case PROBLEM_SCOPE:
		return ussd_wrong(ussd, arena_printf(ussd->arena, "%s %s", raw,
			ussd_word(ussd, "no_place")));
	case PROBLEM_AMBIGUOUS:
		return ussd_wrong(
			ussd, arena_printf(ussd->arena, "%s %s", raw, ussd_word(ussd, "unclear")));
	default:
		return ussd_wrong(
			ussd, arena_printf(ussd->arena, "%s %s", raw, ussd_word(ussd, "unread")));
	}
}

/* The report's own judgement of one value: in range, not in the future. */
static const struct problem *judged_bad(const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (strcmp(report->problems[i].field, field) == 0 &&
			report->problems[i].code != PROBLEM_MISSING &&
			report->problems[i].code != PROBLEM_SUM &&
			report->problems[i].code != PROBLEM_AMBIGUOUS)
			return &report->problems[i];
	}
	return NULL;
}

/* A rare value is taken when it is typed a second time; what else the draft has changes nothing of
 * that. */
static int rare_again(struct ussd *ussd, const struct form_field *kind, json_t *flags,
	const char *told, const char **value)
{
	json_t *rare = json_object_get(flags, "rare");
	const char *before = json_string_value(json_object_get(rare, kind->name));

	if (before != NULL && strcmp(before, told) == 0) {
		*value = told;
		return OK;
	}
	if (rare == NULL)
		json_object_set_new(flags, "rare", rare = json_object());
	json_object_set_new(rare, kind->name, json_string(told));
	return ussd_wrong(ussd,
		arena_printf(ussd->arena, "%s: %s", ussd_cut(ussd, told, RAW_SHOWN),
			ussd_word(ussd, "rare")));
}

static int question_read(struct ussd *ussd, const struct report *report,
	const struct form_field *kind, json_t *flags, const char *text, const char **value)
{
	const struct flow *flow = ussd->turn->flow;
	struct report *tried = arena_alloc(ussd->arena, sizeof(*tried));
	const struct problem *bad;
	struct problem problem;
	struct value read;

	*value = NULL;
	if (reader_read_field(flow->reader, flow->scratch, ussd->arena, &ussd->turn->read,
		    report->form, kind->name, text, &read, &problem) != OK)
		return refuse(ussd, kind, &problem, text);
	*tried = *report;
	report_set(tried, ussd->arena, &read);
	report_judge(flow->reader, ussd->arena, &ussd->turn->read, NULL, tried);
	bad = judged_bad(tried, kind->name);
	if (bad != NULL && flags == ussd_draft(ussd) && report_rare(tried, kind->name))
		return rare_again(ussd, kind, flags, read.text, value);
	if (bad != NULL)
		return refuse(ussd, kind, bad, text);
	*value = read.text;
	return OK;
}

static bool is_number(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

int question_take(struct ussd *ussd, const struct report *report, const struct form_field *kind,
	json_t *flags, const char *text, const char **value)
{
	static const char *const units[] = {"hari", "bulan", "tahun"};
	struct choices *choices = arena_alloc(ussd->arena, sizeof(*choices));
	const char *unit = json_string_value(json_object_get(flags, "unit"));
	char day[DATE_TEXT];
	long choice;

	*value = NULL;
	if (unit != NULL) {
		choice = ussd_choice(ussd, text, COUNT_OF(units));
		text = arena_printf(ussd->arena, "%s %s", unit, choice >= 0 ? units[choice] : "");
		if (choice < 0)
			return ussd_wrong_choice(ussd);
		json_object_del(flags, "unit");
		return question_read(ussd, report, kind, flags, text, value);
	}
	choices_of(ussd, report->form, kind, choices);
	choice = choices->count > 0 && json_object_get(flags, "write") == NULL
		? ussd_choice(ussd, text, choices->count)
		: CHOICE_NONE;
	if (choice == CHOICE_MORE)
		return OK;
	if (choice >= 0 && kind != NULL && kind->type == FIELD_DATE) {
		if (choice == WRITE) {
			json_object_set_new(flags, "write", json_string("1"));
			ussd_put_number(ussd, "from", 0);
			return OK;
		}
		date_format(date_add_days(ussd->turn->now.date, choice == YESTERDAY ? -1 : 0), day);
		*value = arena_strdup(ussd->arena, day);
		return OK;
	}
	if (choice >= 0) {
		*value = choices->value[choice];
		return OK;
	}
	if (kind == NULL ||
		(choices->count > 0 && is_number(text) && json_object_get(flags, "write") == NULL &&
			(kind->type != FIELD_DATE || strlen(text) == 1)))
		return ussd_wrong_choice(ussd);
	if (kind->type == FIELD_AGE && is_number(text) && strlen(text) <= 3 &&
		!(kind->unit != NULL &&
			condition_holds(&kind->unit_when, report, ussd->turn->now.date))) {
		json_object_set_new(flags, "unit", json_string(text));
		ussd_put_number(ussd, "from", 0);
		return OK;
	}
	return question_read(ussd, report, kind, flags, text, value);
}

/* The page before this one; before the first: the menu. */
static int go_back(struct ussd *ussd, const struct page *page)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	size_t count = draft_pages(ussd, pages);

	if (json_object_del(ussd_draft(ussd), "unit") == 0 ||
		json_object_del(ussd_draft(ussd), "write") == 0)
		return OK;
	for (size_t i = 1; i < count; i++) {
		if (pages[i].kind == page->kind && pages[i].baby == page->baby) {
			while (i > 1 && pages[i - 1].answered && pages[i - 1].kind != NULL &&
				draft_value(ussd, &pages[i - 1]) == NULL && !pages[i - 1].optional)
				i--; /* known without asking */
			draft_go(ussd, &pages[i - 1]);
			return OK;
		}
	}
	ussd_go(ussd, "menu");
	return OK;
}

/* "14 bln" where a day of birth is asked for: what may be told in its place. */
static bool instead_take(struct ussd *ussd, const struct page *page, const char *text)
{
	const struct flow *flow = ussd->turn->flow;
	const struct form *form = draft_form(ussd);
	struct page other = *page;
	struct problem problem;
	struct value value;

	if (strpbrk(text, "0123456789") == NULL || is_number(text) ||
		reader_read_field(flow->reader, flow->scratch, ussd->arena, &ussd->turn->read,
			form, page->field, text, &value, &problem) == OK)
		return false; /* an option, no value, or its own */
	for (size_t i = 0; i < form->nfield; i++) {
		const struct form_field *kind = &form->fields[i];

		if (kind == page->kind || !form_either(form, page->field, kind->name) ||
			reader_read_field(flow->reader, flow->scratch, ussd->arena,
				&ussd->turn->read, form, kind->name, text, &value, &problem) != OK)
			continue;
		other.field = kind->name;
		other.kind = kind;
		draft_set(ussd, page, NULL);
		draft_set(ussd, &other, value.text);
		return true;
	}
	return false;
}

int page_take(struct ussd *ussd, const char *text)
{
	struct report *report = arena_alloc(ussd->arena, sizeof(*report));
	struct page page;
	const char *value;
	bool zero;
	int error;

	if (!draft_page(ussd, &page)) {
		ussd_form_next(ussd);
		return OK;
	}
	zero = field_takes_zero(page.kind);
	if (page.optional && strcmp(text, zero ? "#" : "0") == 0) {
		draft_set(ussd, &page, NULL);
		ussd_form_next(ussd);
		return OK;
	}
	if (ussd_back(text, !zero))
		return go_back(ussd, &page);
	if (instead_take(ussd, &page, text)) {
		ussd_form_next(ussd);
		return OK;
	}
	draft_report(ussd, page.baby, report);
	error = question_take(ussd, report, page.kind, ussd_draft(ussd), text, &value);
	if (error != OK || value == NULL)
		return error;
	draft_set(ussd, &page, value);
	ussd_form_next(ussd);
	return OK;
}
