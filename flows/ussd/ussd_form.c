/* The pages of a report, from its form and its menu's list; what was answered so far. See
 * ussd_form.h. */
#include "flows/ussd/ussd_form.h"

#include <string.h>

json_t *ussd_draft(const struct ussd *ussd)
{
	return json_object_get(ussd->json, "draft");
}

bool ussd_draft_begun(const struct ussd *ussd)
{
	json_t *draft = ussd_draft(ussd), *baby;
	size_t i, values = json_object_size(json_object_get(draft, "shared"));

	json_array_foreach(json_object_get(draft, "baby"), i, baby)
		values += json_object_size(baby);
	return draft != NULL && values > 0 && draft_form(ussd) != NULL;
}

const struct form *draft_form(const struct ussd *ussd)
{
	const char *name = json_string_value(json_object_get(ussd_draft(ussd), "form"));

	return name == NULL ? NULL : reader_form(ussd->turn->flow->reader, name);
}

size_t draft_babies(const struct ussd *ussd)
{
	json_int_t babies = json_integer_value(json_object_get(ussd_draft(ussd), "babies"));

	return babies < 1 ? 1 : babies > USSD_BABIES ? USSD_BABIES : (size_t)babies;
}

static const struct menu_item *draft_item(const struct ussd *ussd)
{
	json_t *draft = ussd_draft(ussd);
	const struct menu *menu = menu_by_name(
		ussd->turn->flow->menus, json_string_value(json_object_get(draft, "menu")));
	size_t item = (size_t)json_integer_value(json_object_get(draft, "item"));

	return menu == NULL || item >= menu->nitem || menu->items[item].action != MENU_REPORT
		? NULL
		: &menu->items[item];
}

/* The object that holds a page's value; baby objects are made when they are needed. */
static json_t *holder(const struct ussd *ussd, const struct page *page)
{
	json_t *draft = ussd_draft(ussd), *list = json_object_get(draft, "baby");

	if (!page->each)
		return json_object_get(draft, "shared");
	while (json_array_size(list) <= page->baby)
		json_array_append_new(list, json_object());
	return json_array_get(list, page->baby);
}

const char *draft_value(const struct ussd *ussd, const struct page *page)
{
	const char *text = json_string_value(json_object_get(holder(ussd, page), page->field));

	return text == NULL ? NULL : arena_strdup(ussd->arena, text);
}

static const char *skip_key(const struct ussd *ussd, const struct page *page)
{
	return arena_printf(ussd->arena, "%s.%zu", page->field, page->each ? page->baby : 0);
}

static void values_add(const struct ussd *ussd, const json_t *values, struct report *out)
{
	const char *key;
	json_t *text;

	json_object_foreach((json_t *)(uintptr_t)values, key, text) {
		const struct form_field *kind = form_field(out->form, key);
		struct value value = {
			.text = json_string_value(text), .raw = json_string_value(text)};

		if (kind == NULL)
			continue;
		value.field = kind->name;
		value.number = field_is_number(kind->type);
		report_set(out, ussd->arena, &value);
	}
}

void draft_report(const struct ussd *ussd, size_t baby, struct report *out)
{
	json_t *draft = ussd_draft(ussd);

	report_begin(out, draft_form(ussd));
	values_add(ussd, json_object_get(draft, "shared"), out);
	values_add(ussd, json_array_get(json_object_get(draft, "baby"), baby), out);
	if (draft_babies(ussd) > 1 && out->form->order_of_birth != NULL) {
		struct value order = {.field = out->form->order_of_birth,
			.number = true,
			.text = arena_printf(ussd->arena, "%zu", baby + 1)};

		report_set(out, ussd->arena, &order);
	}
}

const char *const *draft_confirmed(const struct ussd *ussd)
{
	json_t *list = json_object_get(ussd_draft(ussd), "confirmed"), *item;
	json_t *rare = json_object_get(ussd_draft(ussd), "rare");
	size_t most = json_array_size(list) + json_object_size(rare) + 1, i, count;
	const char **out = arena_alloc(ussd->arena, most * sizeof(*out)), *field;

	json_array_foreach(list, i, item)
		out[i] = arena_strdup(ussd->arena, json_string_value(item));
	count = json_array_size(list);
	json_object_foreach(rare, field, item)
		out[count++] = arena_strdup(ussd->arena, field);
	return out;
}

void draft_judge(const struct ussd *ussd, size_t baby, struct report *out)
{
	draft_report(ussd, baby, out);
	report_judge(ussd->turn->flow->reader, ussd->arena, &ussd->turn->read,
		draft_confirmed(ussd), out);
}

void draft_confirm(struct ussd *ussd, const char *field)
{
	json_t *draft = ussd_draft(ussd), *list = json_object_get(draft, "confirmed");

	if (list == NULL)
		json_object_set_new(draft, "confirmed", list = json_array());
	json_array_append_new(list, json_string(field));
}

static bool repeats(const struct form *form, const char *field)
{
	for (size_t i = 0; i < form->nrepeat; i++) {
		if (strcmp(form->repeats[i], field) == 0)
			return true;
	}
	return false;
}

/* "nama|ibu" holds the name; *others: another of them is answered. */
static bool group_has(
	const char *names, const char *field, const struct report *report, bool *others)
{
	bool found = false;

	*others = false;
	while (*names != '\0') {
		size_t length = strcspn(names, "|");

		if (strlen(field) == length && memcmp(names, field, length) == 0) {
			found = true;
		} else {
			for (size_t i = 0; i < report->nvalue; i++)
				*others = *others || (strlen(report->values[i].field) == length
					&& memcmp(report->values[i].field, names, length) == 0);
		}
		names += length + (names[length] == '|');
	}
	return found;
}

static bool required(const struct ussd *ussd, const struct report *report, const char *field)
{
	const struct form *form = report->form;
	bool others;

	for (size_t i = 0; i < form->nrequire; i++) {
		if (!condition_holds(&form->requires[i].when, report, ussd->turn->now.date))
			continue;
		for (size_t k = 0; k < form->requires[i].nfield; k++) {
			if (group_has(form->requires[i].fields[k], field, report, &others) &&
				!others)
				return true;
		}
	}
	return strcmp(form->place, field) == 0 ||
		(form->date_default != NULL && form->date != NULL &&
			strcmp(form->date, field) == 0);
}

struct listing {
	const struct ussd *ussd;
	const struct form *form;
	struct report *raw, *judged; /* per baby */
	struct page *out;
	size_t count;
};

static bool listed(const struct listing *list, const char *field, size_t baby)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->out[i].field, field) == 0 &&
			(!list->out[i].each || list->out[i].baby == baby))
			return true;
	}
	return false;
}

static void page_add(struct listing *list, const char *field, size_t baby, bool optional)
{
	const struct ussd *ussd = list->ussd;
	struct page *page = &list->out[list->count];
	const struct value *known = report_value(&list->judged[baby], field);

	if (list->count + 1 >= USSD_PAGES || listed(list, field, baby))
		return;
	*page = (struct page){.field = field, .kind = form_field(list->form, field), .baby = baby,
		.each = repeats(list->form, field), .optional = optional};
	if (page->kind == NULL)
		page->answered =
			json_integer_value(json_object_get(ussd_draft(ussd), "babies")) > 0;
	else
		page->answered = draft_value(ussd, page) != NULL ||
			json_object_get(json_object_get(ussd_draft(ussd), "skipped"),
				skip_key(ussd, page)) != NULL ||
			(strcmp(field, list->form->place) == 0 && known != NULL &&
				known->defaulted);
	list->count++;
}

/* What all babies share is asked when it concerns one of them. */
static bool concerns(const struct listing *list, const struct menu_page *entry, size_t baby)
{
	size_t first = baby, end = baby + 1;

	if (!entry->has_when)
		return true;
	if (!repeats(list->form, entry->field))
		first = 0, end = draft_babies(list->ussd);
	for (size_t i = first; i < end; i++) {
		if (condition_holds(&entry->when, &list->raw[i], list->ussd->turn->now.date))
			return true;
	}
	return false;
}

/* One entry of the menu's list, for one baby: is it asked now? */
static void entry_add(struct listing *list, const struct menu_page *entry, size_t baby)
{
	const struct report *report =
		list->judged[baby].form == list->form ? &list->judged[baby] : &list->raw[baby];
	bool must;

	if (strcmp(entry->field, MENU_TWINS) == 0) {
		page_add(list, MENU_TWINS, 0, false);
		return;
	}
	if (!concerns(list, entry, baby))
		return;
	must = required(list->ussd, report, entry->field) || (entry->has_when && !entry->optional);
	if (must || entry->optional)
		page_add(list, entry->field, baby, !must);
}

/* Entries in a row that each baby has are asked baby by baby. */
static size_t run_add(struct listing *list, const struct menu_item *item, size_t from)
{
	size_t end = from;

	while (end < item->npage && repeats(list->form, item->pages[end].field))
		end++;
	for (size_t baby = 0; baby < draft_babies(list->ussd); baby++) {
		for (size_t i = from; i < end; i++)
			entry_add(list, &item->pages[i], baby);
	}
	return end;
}

/* What the judge misses all the same. */
static void missing_add(struct listing *list)
{
	for (size_t baby = 0; baby < draft_babies(list->ussd); baby++) {
		const struct report *judged = &list->judged[baby];

		for (size_t i = 0; i < judged->nproblem; i++) {
			if (judged->problems[i].code == PROBLEM_MISSING
			    && form_field(list->form, judged->problems[i].field) != NULL)
				page_add(list,
					form_field(list->form, judged->problems[i].field)->name,
					baby, false);
		}
	}
}

/* What was told although no page of the menu asks for it now (D of a session that was not held):
 * when it contradicts the rest it must be there to be changed. */
static void told_add(struct listing *list)
{
	for (size_t baby = 0; baby < draft_babies(list->ussd); baby++) {
		const struct report *raw = &list->raw[baby];

		for (size_t i = 0; i < raw->nvalue; i++) {
			const struct form_field *kind =
				form_field(list->form, raw->values[i].field);

			if (kind != NULL && kind->type != FIELD_TEXT && kind->ask != NULL &&
				!form_role_is(list->form->order_of_birth, kind->name))
				page_add(list, kind->name, baby, false);
		}
	}
}

size_t draft_pages(const struct ussd *ussd, struct page *out)
{
	const struct menu_item *item = draft_item(ussd);
	struct listing list = {.ussd = ussd, .form = draft_form(ussd), .out = out};

	if (list.form == NULL)
		return 0;
	list.raw = arena_alloc(ussd->arena, 2 * USSD_BABIES * sizeof(*list.raw));
	list.judged = list.raw + USSD_BABIES;
	for (size_t baby = 0; baby < draft_babies(ussd); baby++) {
		draft_report(ussd, baby, &list.raw[baby]);
		draft_judge(ussd, baby, &list.judged[baby]);
	}
	for (size_t i = 0; item != NULL && i < item->npage;) {
		if (repeats(list.form, item->pages[i].field))
			i = run_add(&list, item, i);
		else
			entry_add(&list, &item->pages[i++], 0);
	}
	missing_add(&list);
	told_add(&list);
	return list.count;
}

bool draft_page(const struct ussd *ussd, struct page *out)
{
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	size_t count = draft_pages(ussd, pages),
	       baby = (size_t)json_integer_value(json_object_get(ussd_draft(ussd), "of"));
	const char *field = json_string_value(json_object_get(ussd_draft(ussd), "field"));

	for (size_t i = 0; field != NULL && i < count; i++) {
		if (strcmp(pages[i].field, field) == 0 && pages[i].baby == baby) {
			*out = pages[i];
			return true;
		}
	}
	return false;
}

void draft_go(struct ussd *ussd, const struct page *page)
{
	json_t *draft = ussd_draft(ussd);

	json_object_set_new(draft, "field", json_string(page->field));
	json_object_set_new(draft, "of", json_integer((json_int_t)page->baby));
	json_object_del(draft, "write");
	json_object_del(draft, "unit");
	ussd_go(ussd, "page");
}

/* Values of pages that an answer made pointless: the kind of death changed. */
static void prune(struct ussd *ussd)
{
	const struct menu_item *item = draft_item(ussd);
	struct page *pages = arena_alloc(ussd->arena, USSD_PAGES * sizeof(*pages));
	size_t count = draft_pages(ussd, pages);
	json_t *shared = json_object_get(ussd_draft(ussd), "shared");

	for (size_t i = 0; item != NULL && i < item->npage; i++) {
		bool asked = false;

		for (size_t k = 0; k < count; k++)
			asked = asked || strcmp(pages[k].field, item->pages[i].field) == 0;
		if (!asked)
			json_object_del(shared, item->pages[i].field);
	}
}

void draft_set(struct ussd *ussd, const struct page *page, const char *text)
{
	json_t *draft = ussd_draft(ussd), *skipped = json_object_get(draft, "skipped");

	json_object_del(draft, "confirmed");
	if (page->kind == NULL) {
		json_object_set_new(draft, "babies", json_integer(text[0] - '0'));
		while (json_array_size(json_object_get(draft, "baby")) > draft_babies(ussd))
			json_array_remove(json_object_get(draft, "baby"), draft_babies(ussd));
		return;
	}
	if (skipped == NULL)
		json_object_set_new(draft, "skipped", skipped = json_object());
	if (text == NULL) {
		json_object_del(holder(ussd, page), page->field);
		json_object_set_new(skipped, skip_key(ussd, page), json_true());
	} else {
		json_object_set_new(holder(ussd, page), page->field, json_string(text));
		json_object_del(skipped, skip_key(ussd, page));
	}
	prune(ussd);
}

const char *draft_label(const struct ussd *ussd, const struct page *page)
{
	const char *label = page->kind == NULL ? ussd_word(ussd, "twins_label")
		: reply_label(&ussd->turn->reply, draft_form(ussd), page->field);

	return !page->each || draft_babies(ussd) < 2
		? label
		: arena_printf(
			  ussd->arena, "%s %s %zu", label, ussd_word(ussd, "baby"), page->baby + 1);
}

bool field_takes_zero(const struct form_field *kind)
{
	return kind != NULL && (kind->type == FIELD_COUNT || kind->type == FIELD_INT) &&
		kind->min <= 0;
}
