/* A form: what a kind of report holds, as data. Filled by gateway/form/config_form.c from
 * conf/forms/<name>.ini. Plain immutable structs once loaded; all strings in the form's arena. */
#ifndef PARSERS_FORM_H
#define PARSERS_FORM_H

#include "parsers/form/form_indicator.h"
#include "parsers/form/form_names.h"
#include "parsers/form/form_rules.h"

#define REF_CONSENT "C" /* begins numbers that are no report's: flows/alert/consent.h */

struct form {
	const char *name, *title, *letter;
	const char *const *keywords, *const *order, *const *repeats;
	size_t nkeyword, norder, nrepeat;
	bool line_only; /* its keywords open a report in front only: they are everyday words */
	bool front_only; /* ... of the whole message */
	/* Roles: the names of the fields that have them; NULL: none has. */
	const char *date, *place; /* the day that counts, and where it counts */
	const char *area; /* keeps the desa of the posyandu that is the place */
	const char *age, *where; /* of the person; of the event, told only for its own form */
	const char *kind, *class; /* of a death: which; the class derived from all */
	const char *held; /* TIDAK: there was no session */
	const char *order_of_birth, *jumps; /* which twin; a stock that is asked when it jumps */
	/* whose event it is: by a name of their own, else the mother's */
	const char *self, *mother;
	const char *const *class_from; /* the fields that the class rests on */
	size_t nclass_from;
	const char *about; /* names the report that it is about: whose, and where, follow from it */
	const char *later; /* not known yet when it is told: asked so many hours after */
	int later_hours;
	const char *date_default; /* "today", or NULL: must be written */
	const struct form_field *fields;
	struct form_names names;
	size_t nfield;
	const struct form_require *requires;
	const struct form_check *checks;
	const struct form_derive *derives;
	const struct form_compute *computes;
	const struct form_alarm *alarms;
	const struct form_outbreak *outbreak; /* NULL: none */
	const struct form_case *cases; /* what its reports belong to; NULL: nothing */
	const struct form_weekly *weekly; /* told by units, week by week; NULL: it is not */
	const struct form_carry *carry;
	size_t ncarry;
	int carry_days; /* back from the day of a report */
	const struct form_known *knowns;
	size_t nknown;
	const struct form_same *same;
	const struct form_count *counts;
	const struct form_indicator *indicators;
	const struct form_by_name *by_names;
	/* follows: a second report that a story word tells */
	const struct form_becomes *becomes, *follows;
	size_t nrequire, ncheck, nderive, ncompute, nalarm, nsame, ncount, nindicator, nby_name,
		nbecome;
	/* lexicon classes whose words tell such an event without a keyword, such a visit in prose; NULL */
	const char *story, *prose;
	const char *example; /* a whole report; NULL: made of its fields */
	const char *codes; /* ... whose words are keys of the field of that name; NULL */
	struct arena *arena;
};

void form_free(struct form *form);
/* An empty report (form NULL: of none); what its counts do not name is not cleared. */
void report_begin(struct report *report, const struct form *form);
/* A month stands for its last day: what is told of nobody, and of today when no day is written. */
static inline bool form_by_month(const struct form *form)
{
	return form->date_default && !form->self && !form->mother;
}
const struct form_field *form_field(const struct form *form, const char *name); /* NULL */
int form_field_index(const struct form *form, const char *name); /* -1 */
bool form_field_yes_no(const struct form_field *field); /* its choices are YA and TIDAK */
/* Some rule wants the field by itself; one of the two, "lahir|umur". */
bool form_requires(const struct form *form, const char *field);
bool form_either(const struct form *form, const char *field, const char *other);
/* A check that the sender may affirm asks about the field with this code. */
bool form_asks(const struct form *form, const char *field, enum problem_code code);
bool form_role_is(const char *role, const char *field);
bool report_rare(const struct report *report, const char *name); /* taken when affirmed */
const char *form_who(const struct report *report); /* the event's name; NULL: none is told */
const char *form_text_of(const struct report *report, enum field_type type); /* the first; NULL */
const struct form_indicator *form_indicator(const struct form *form, const char *name); /* NULL */
/* What a report adds to the tallies, if it is counted at all; that there was none adds nothing. */
void form_counts(const struct form *form, const struct report *report, struct date today,
	void (*each)(const struct form_count *count, double amount, void *context), void *context);
bool form_counts_for(const struct form_count *count, const struct report *report,
	struct date today, double *amount); /* to one of them: how much */
const struct form_count *form_count_base(const struct form *form, const struct form_count *count);
bool form_counts_once(const struct form *form); /* some of them each person once a month */
/* Two lists of a field's choices as one, each once, in the form's order; a NULL: none so far. */
#define LIST_NONE "-" /* told that there is none */
const char *list_join(
	struct arena *arena, const struct form_field *field, const char *a, const char *b);
bool list_has(const char *list, const char *choice);
/* Whether two reports tell the same event (same_as; a field absent from both agrees). */
bool form_same_event(const struct form *form, const struct report *a, const struct report *b);

#endif
