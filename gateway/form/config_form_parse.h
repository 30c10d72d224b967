/* The parts of a form file: what config_form.c fills the form with, and the proof that it fits. */
#ifndef GATEWAY_CONFIG_FORM_PARSE_H
#define GATEWAY_CONFIG_FORM_PARSE_H

#include "gateway/ini/config_file.h"
#include "parsers/form/compute.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define RULES_MAX 48 /* of each kind in a form */
#define NAMES_MAX      128
#define CONDITIONS_MAX 512

struct form_parse {
	struct form *form;
	const struct config_file *file;
	struct config_errors *errors;
	struct form_field *fields; /* this and the next: the form's arrays while they are filled */
	struct form_require *requires;
	struct form_check *checks;
	struct form_derive *derives;
	struct form_compute *computes;
	struct form_alarm *alarms;
	struct form_outbreak *outbreak;
	struct form_case *cases;
	struct form_mark *marks;
	struct form_end *ends;
	struct form_follow *follows;
	struct form_known *knowns;
	struct form_weekly *weekly;
	struct form_indicator *indicators;
	struct form_by_name *by_names;
	int pattern_line; /* of the last pattern, for what is wrong with it as a whole */
	const char *names[NAMES_MAX]; /* form_name() */
	struct condition conditions[CONDITIONS_MAX]; /* for form_names_bind() */
	size_t nname, ncondition;
};

void form_parse_begin(struct form_parse *parse);
/* entry->key NULL: the section's header */
typedef void form_section(
	struct form_parse *parse, const struct config_entry *entry, const char *name);
void form_parse_form(struct form_parse *parse, const struct config_entry *entry);
form_section form_parse_field;
void form_parse_require(struct form_parse *parse, const struct config_entry *entry);
form_section form_parse_check;
form_section form_parse_derive;
/* "ibu~, desa, tgl±2d": how many */
size_t form_parse_same(struct form_parse *parse, const struct config_entry *entry,
	const struct form_same **out);
/* config_form_compute.c */
void form_parse_pattern(
	struct form_parse *parse, const struct config_entry *entry, struct form_field *field);
form_section form_parse_compute;
/* config_form_alarm.c */
form_section form_parse_alarm;
void form_parse_outbreak(struct form_parse *parse, const struct config_entry *entry);
form_section form_parse_known;
void form_parse_carry(struct form_parse *parse, const struct config_entry *entry);
/* config_form_weekly.c */
form_section form_parse_weekly;
void form_weekly_prove(struct form_parse *parse);
void form_alarms_prove(struct form_parse *parse);
void form_computes_prove(struct form_parse *parse);
size_t form_parse_points(struct form_parse *parse, const struct config_entry *entry,
	const struct form_points **out);
/* config_form_case.c */
void form_parse_case(struct form_parse *parse, const struct config_entry *entry);
form_section form_parse_mark, form_parse_end, form_parse_follow;
void form_case_prove(struct form_parse *parse);
/* What one form's case says of other forms. */
void form_cases_prove(
	struct form *const *forms, size_t count, const char *directory, struct config_errors *errors);
/* config_form_indicator.c */
form_section form_parse_indicator, form_parse_by_name;
/* An indicator of any form stands on counts that some form has. */
void form_indicators_prove(struct form *const *forms, size_t count, const char *directory,
	struct config_errors *errors);
/* Reports names that are not there: fields of order, required, conditions, derived values … */
void form_parse_prove(struct form_parse *parse);

/* The name of a field or step: all that names it has one string. */
const char *form_name(struct form_parse *parse, const char *text);
void form_names_bind(struct form_parse *parse); /* when all fields and steps are there */
/* "a, b, c" as an array in the form's arena. */
size_t form_parse_list(struct form_parse *parse, const char *text, const char *const **out);
size_t form_parse_names(struct form_parse *parse, const char *text, const char *const **out);
/* "… when CONDITION": cuts it off text and compiles it; no "when": always. */
void form_parse_when(struct form_parse *parse, const struct config_entry *entry, char *text,
	struct condition *out);
/* The same for "… unless CONDITION", which stands last. */
void form_parse_unless(struct form_parse *parse, const struct config_entry *entry, char *text,
	struct condition *out);
void form_prove_name(struct form_parse *parse, const char *where, const char *name);
void form_prove_condition(
	struct form_parse *parse, const char *where, const struct condition *condition);
void form_parse_condition(struct form_parse *parse, const struct config_entry *entry,
	const char *text, struct condition *out);

#endif
