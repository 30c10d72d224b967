/* A telling comes in: of its own, again, or to finish what waits. See change.h. */
#include "flows/change/change.h"
#include "flows/change/change_wants.h"

#include <string.h>

#include "flows/case/about.h"
#include "flows/case/carry.h"
#include "flows/case/case_find.h"
#include "flows/record/home.h"
#include "flows/change/links.h"
#include "flows/change/questions.h"
#include "flows/record/record_scope.h"
#include "flows/change/record_write.h"
#include "flows/record/pending.h"
#include "flows/record/report_facts.h"
#include "flows/record/standing.h"
#include "flows/same/same_names.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

/* What somebody of the place tells fills gaps; it replaces what he told himself, or what one told
 * who has less to say there. */
static void values_take(const struct turn *turn, const struct record *told, struct record *after,
	bool overrule, bool higher)
{
	const struct form *form = told->report.form;

	for (size_t i = 0; i < told->report.nvalue; i++) {
		struct value value = told->report.values[i];
		const struct form_field *field = form_field(form, value.field);
		const struct value *known = report_value(&after->report, value.field);
		bool seen = higher && form->cases != NULL &&
			(form_role_is(form->cases->seen_by, value.field) ||
				form_role_is(form->cases->contact, value.field));

		if (known != NULL && !value.defaulted && !known->defaulted && field != NULL &&
			field->type == FIELD_LIST) { /* a sign more takes away none */
			value.text = list_join(turn->flow->arena, field, known->text, value.text);
			report_set(&after->report, turn->flow->arena, &value);
		} else if (known == NULL || seen ||
			(!value.defaulted && (overrule || known->defaulted))) {
			report_set(&after->report, turn->flow->arena, &value);
		}
	}
}

/* What was told a second time is no question any more. */
static void problems_drop(struct report *told, const struct record *after)
{
	size_t kept = 0;

	for (size_t i = 0; i < told->nproblem; i++)
		if (told->problems[i].code != PROBLEM_RANGE ||
			!record_confirmed(after, told->problems[i].field))
			told->problems[kept++] = told->problems[i];
	told->nproblem = kept;
}

/* What still lacks something is asked of whoever told it last, too: he may answer. */
static int ask_teller(const struct turn *turn, const struct record *after)
{
	const struct pending pending = {.kind = "report", .id = after->row.id};

	return turn->sender.phone == NULL || !record_open(after)
		? OK
		: pending_add(turn, turn->sender.phone, &pending);
}

/* A report that waits, told again: by its teller, or by somebody of the place. */
static int complete(struct turn *turn, struct change *change, enum standing standing)
{
	struct record *told = arena_alloc(turn->flow->arena, sizeof(*told));
	struct record *after = &change->after;
	struct record *first = arena_alloc(turn->flow->arena, sizeof(*first));
	bool own = scope_owns(turn, &change->found);
	int error;

	*first = change->found;
	*told = change->after;
	change->before = *after = *first;
	change->action = "complete";
	values_take(turn, told, after, own || standing > first->standing,
		standing > first->standing);
	after->report.story = first->report.story && told->report.story;
	if (!own && standing > after->standing)
		after->standing = standing;
	if (own && after->standing != STANDING_STRANGER)
		record_stand(turn, after);
	if (own) {
		record_confirm_rare(after, &first->report, &told->report);
		problems_drop(&told->report, after);
	}
	record_judge(turn, after);
	if (told->report.nproblem > 0 && told->report.status == STATUS_QUESTION) { /* a bad value */
		memcpy(after->report.problems, told->report.problems,
			sizeof(told->report.problems));
		after->report.nproblem = told->report.nproblem;
	}
	error = change_compare(turn, change); /* whole now, but another may count already */
	if (change->verdict != CHANGE_OTHERS) {
		change->same = SAME_UNFINISHED;
		change->found = *first;
	}
	if (error == OK)
		error = change_write(turn, change, STATUS_ACCEPTED);
	return error != OK || own ? error : ask_teller(turn, after);
}

static int store(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	int error;

	record_settle(after, STATUS_ACCEPTED);
	error = record_put(turn, after);
	if (error == OK && after->link == LINK_REPLACES)
		error = links_overtake(turn, after->row.original, after->row.id);
	return error != OK ? error : questions_follow(turn, after);
}

/* Unfinished: decided when it is whole. A death is linked at once, lest it is told on twice. */
static bool decided_later(const struct change *change)
{
	return record_open(&change->after) && change->same != SAME_AGAIN &&
		change->same != SAME_UNFINISHED && !record_is_death(&change->after);
}

/* Contacts of one person on one day are one: what the second tells beside the first is added. */
static bool adds(const struct record *told, const struct record *first)
{
	if (told->report.form->cases == NULL || told->report.form != first->report.form ||
		same_says_nothing_new(&told->report, &first->report))
		return false;
	for (size_t i = 0; i < told->report.nvalue; i++) {
		const struct value *value = &told->report.values[i];
		const struct value *known = report_value(&first->report, value->field);
		const struct form_field *field = form_field(told->report.form, value->field);

		if (field != NULL && field->type == FIELD_LIST)
			continue; /* they are joined */
		if (!value->defaulted && known != NULL && !known->defaulted &&
			strcmp(value->text, known->text) != 0)
			return false;
	}
	return true;
}

/* A death that somebody from outside told, which nobody verified: it fills nothing in what somebody
 * of the place tells of it, also when that is he himself, who has been let in since. */
static bool precedes(const struct turn *turn, const struct change *change, enum standing standing)
{
	const struct record *found = &change->found;

	return record_is_death(&change->after) && record_is_death(found) &&
		((change->same != SAME_AGAIN && !scope_owns(turn, found)) ||
			found->standing == STANDING_STRANGER) &&
		found->standing < STANDING_SCOPE && !found->row.verified &&
		standing >= STANDING_SCOPE && change->after.standing >= STANDING_SCOPE;
}

static int store_before(struct turn *turn, struct change *change)
{
	int error;

	change->same = SAME_NONE;
	change->confirms = true;
	error = store(turn, change);
	return error != OK ? error : links_behind(turn, &change->found, change->after.row.id);
}

int change_tell(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	enum standing standing;
	const struct value *day;
	int error;

	home_read(turn, after);
	error = about_fill(turn, after);
	if (error == OK)
		error = carry_known(turn, after);
	if (error == OK)
		error = case_fill(turn, after);
	if (error != OK)
		return error;
	record_stand(turn, after);
	day = report_value(&after->report, after->report.form->date);
	if (record_is_session(after) && day != NULL && !day->defaulted &&
		!same_day_told(turn, after))
		record_confirm(after, SAME_WHOLE_MONTH);
	error = report_facts(turn, after, false);
	if (error == OK)
		error = case_ask(turn, after);
	if (error == OK)
		error = same_event_find(turn, after, false, &change->same, &change->found);
	if (error != OK)
		return error;
	if (change->same == SAME_NONE || decided_later(change) ||
		change_hides(turn, after, &change->found)) {
		change->same = SAME_NONE;
		return store(turn, change);
	}
	standing = standing_for(turn, &change->found);
	if (same_by_nik(&after->report, &change->found.report))
		change->same = SAME_PERHAPS;
	if (precedes(turn, change, standing))
		return store_before(turn, change);
	if (change->same == SAME_UNFINISHED ||
		(change->same == SAME_EVENT && adds(after, &change->found))) {
		if (scope_owns(turn, &change->found) ||
			(standing >= STANDING_SCOPE &&
				!same_dead_differ(turn, after, &change->found)))
			return complete(turn, change, standing);
		change->same = SAME_PERHAPS; /* nothing is told for others from outside */
	}
	if (change->same == SAME_AGAIN)
		change->same = SAME_EVENT;
	if (change->same == SAME_EVENT && same_dead_differ(turn, after, &change->found))
		change->same = SAME_PERHAPS;
	after->link = change->same == SAME_OTHER_FIGURES ? LINK_REPLACES : LINK_SAME;
	after->row.original = change->found.row.id;
	change->verdict = CHANGE_OTHERS;
	return store(turn, change);
}
