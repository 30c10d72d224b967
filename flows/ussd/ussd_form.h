/* The draft of a report: its pages in order, its values, the reports that it becomes. For
 * flows/ussd*.c only. */
#ifndef FLOWS_USSD_FORM_H
#define FLOWS_USSD_FORM_H

#include "flows/ussd/ussd_state.h"

#define USSD_PAGES 96
#define USSD_BABIES 3

struct page {
	const char *field; /* or MENU_TWINS */
	const struct form_field *kind; /* NULL: how many babies */
	size_t baby; /* from 0; of a field that each baby has */
	bool each; /* it is such a field */
	bool optional;
	bool answered; /* a value, skipped, or known without asking */
};

const struct form *draft_form(const struct ussd *ussd);
size_t draft_babies(const struct ussd *ussd); /* at least 1 */
/* What was answered, as the report of one baby; not judged. */
void draft_report(const struct ussd *ussd, size_t baby, struct report *out);
/* The same judged, with what was affirmed. */
void draft_judge(const struct ussd *ussd, size_t baby, struct report *out);
const char *const *draft_confirmed(const struct ussd *ussd); /* NULL-terminated */
/* All pages that this report has, in order; depends on what was answered. Returns how many. */
size_t draft_pages(const struct ussd *ussd, struct page *out);
bool draft_page(const struct ussd *ussd, struct page *out); /* the one that is open */
void draft_go(struct ussd *ussd, const struct page *page); /* opens it */
const char *draft_value(const struct ussd *ussd, const struct page *page); /* canonical; NULL */
void draft_set(struct ussd *ussd, const struct page *page, const char *text); /* NULL: skipped */
void draft_confirm(struct ussd *ussd, const char *field);
/* The name of a page for a list: "berat bayi 2". */
const char *draft_label(const struct ussd *ussd, const struct page *page);

/* A question and its answer, of a draft or of a stored report (ussd_page.c). flags: the object that
 * remembers "write" (a date is typed) and "unit" (the number of an age). *value stays NULL while
 * the question is not answered. */
void question_show(struct ussd *ussd, const struct form *form, const struct form_field *kind,
	const char *before, bool optional, bool write, const char *unit);
int question_take(struct ussd *ussd, const struct report *report, const struct form_field *kind,
	json_t *flags, const char *text, const char **value) MUST_CHECK;
/* Is 0 a value of this field? */
bool field_takes_zero(const struct form_field *kind);

#endif
