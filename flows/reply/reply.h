/* Texts about reports: what was read, what is missing, what is asked. Needs no store: the flows and
 * `kabarctl read` use it alike. Every reply is one SMS of at most 160 septets; never a NIK. */
#ifndef FLOWS_REPLY_H
#define FLOWS_REPLY_H

#include "flows/reply/catalogue.h"
#include "parsers/form/form_field.h"
#include "parsers/reader.h"

/* What a death is answered with: sympathy once, and that it was passed on only when it was. */
enum reply_death { REPLY_DEATH_TOLD, REPLY_DEATH_NOBODY, REPLY_DEATH_KNOWN };

struct reply_context {
	const struct catalogue *catalogue;
	const struct gazetteer *places;
	const struct reader *reader;
	const struct sender *sender; /* whose language */
	struct arena *arena;
	struct moment now;
	enum reply_death death;
};

/* The reply to a whole reading, without a store behind it (no reference, no pending question, no
 * counts): what `kabarctl read` shows. NULL for intent ignore. */
char *reply_compose(const struct reply_context *context, const struct reading *reading);
enum message_id reply_human(const struct reading *reading); /* of what goes to a person */
/* One stored report; ref NULL: none was given. The status and problems decide what is said. */
char *reply_report(
	const struct reply_context *context, const struct report *report, const char *ref);
/* Several reports of one SMS; refs[i] may be NULL, and besides, asked when none of them asks. */
char *reply_reports(const struct reply_context *context, const struct report *const *reports,
	const char *const *refs, size_t count, const char *besides);

/* "LATIHAN saja: ...": marked as practice, once. */
char *reply_practice(const struct reply_context *context, const char *text);
/* A text with values of the report in it: "Hb {hb}"; words without theirs are left out. */
char *reply_filled(
	const struct reply_context *context, const struct report *report, const char *template);
/* "Siti, L 3200g 49cm, 12/8/24, PKM …": what was read, in order; brief: "Siti, L 3200g". */
char *reply_echo(const struct reply_context *context, const struct report *report);
char *reply_brief(const struct reply_context *context, const struct report *report);
/* What one problem asks: "Jenis kelamin bayi? Balas L atau P." */
char *reply_ask(const struct reply_context *context, const struct report *report,
	const struct problem *problem);
/* What it is asked besides what is missing; NULL: nothing. */
char *reply_question(const struct reply_context *context, const struct report *report);
/* Why numbers do not fit together: "K 45 melebihi S 40." */
char *reply_sum(
	const struct reply_context *context, const struct report *report, const char *field);
/* Labels of the fields that are missing or asked about: "jenis kelamin, berat". */
char *reply_fields(const struct reply_context *context, const struct report *report);
/* The help that an intent asks about; what its words mean, NULL (flows/reply/reply_help.c). */
char *reply_meaning(const struct reply_context *context, const char *topic);
char *reply_help(const struct reply_context *context, const char *topic, bool training);
/* "LAHIR#SITI#25…": as this person could write it today (flows/reply/reply_example.c). */
char *reply_example(const struct reply_context *context, const struct form *form);
const char *reply_field_example(const struct reply_context *context, const struct form *form,
	const char *field);
/* The index-th form: births, deaths, sessions, ILP, then the others; NULL: no more. */
const struct form *reply_form_at(const struct reply_context *context, size_t index);
/* The index-th field that an example shows, in the order of the form; NULL: no more. */
const struct form_field *reply_asked_field(const struct form *form, size_t index);
/* A text that shows a command: {ref}, {month} and {year} of today. */
char *reply_how(const struct reply_context *context, enum message_id id);

/* Values as people write them. field of form, form may be NULL: a choice word. */
char *reply_value_text(const struct reply_context *context, const struct form *form,
	const char *field, const char *text);
/* "berat 3200g -> 3100g" */
char *reply_change(const struct reply_context *context, const struct report *report,
	const char *field, const char *text);
char *reply_capital(char *text); /* the same text; its first letter a capital */
char *reply_upper(char *text); /* the same text in capitals */
char *reply_title_case(struct arena *arena, const char *text);
/* "S.A." of SITI AMINAH; "" without a name. */
const char *reply_initials(struct arena *arena, const char *name);
char *reply_date(struct arena *arena, const char *iso); /* 12/8/24 */
char *reply_month(const struct reply_context *context, struct date date); /* Agt 24 */
/* Agt 24, 2024, Jan-Jun 24; P11M29D as 11 bln 29 hr; name of an area, posyandu, puskesmas */
char *reply_period(const struct reply_context *context, const char *period);
char *reply_age(const struct reply_context *context, const char *duration);
char *reply_place(const struct reply_context *context, const char *code);
/* "1=Cempaka 1, 2=Cempaka 2" */
char *reply_options(
	const struct reply_context *context, const struct option *options, size_t count);
/* Octets of the field's key that a text begins with, what separates it included; 0: none. */
size_t reply_key(const struct form_field *field, const char *text);
/* The field's label, without its unit: "berat"; what people call what it codes: "diare". */
const char *reply_label(const struct reply_context *context, const struct form *form,
	const char *field);
const char *reply_told(const struct reply_context *context, const struct form *form,
	const char *field);
const char *reply_language(const struct reply_context *context);
/* The catalogue's word "kind.name", or "kind.name.value", else `standard`. */
const char *reply_word(const struct reply_context *context, const char *kind, const char *name,
	const char *standard);
const char *reply_word_of(const struct reply_context *context, const char *kind, const char *name,
	const char *value, const char *standard);

#endif
