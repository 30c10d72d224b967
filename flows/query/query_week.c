/* Weekly reports: who has told them, in time, and what is open; cases of diseases by what units and
 * people told. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_page.h"
#include "flows/reply/reply_asked.h"
#include "flows/record/report_json.h"
#include "flows/record/week.h"
#include "parsers/text/utf8.h"
#include "store/report/report.h"

#define WEEK 7

struct week_told {
	int64_t told, timely, of;  /* puskesmas times weeks that are over */
	int64_t desa, desa_timely; /* reports of bidan and pustu besides */
};

/* The form that units tell week by week. */
static const struct form *weekly_form(const struct turn *turn)
{
	const struct form *form = NULL;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (form_is_weekly(form))
			break;
	}
	return form;
}

/* The form in which people tell cases one by one. */
static const struct form *cases_form(const struct turn *turn)
{
	const struct form *form = NULL;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (form->outbreak != NULL)
			break;
	}
	return form;
}

bool query_is_weekly(const struct reader *reader, const char *indicator)
{
	return form_is_weekly(reader_form(reader, indicator));
}

bool query_is_cases(const struct reader *reader, const char *indicator)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(reader, i)) != NULL; i++) {
		if (form->outbreak != NULL && strcmp(form->outbreak->by, indicator) == 0)
			return true;
	}
	return false;
}

static int load(const struct turn *turn, const struct query *query, const struct form *form,
	struct week_list *out)
{
	int error = OK;

	*out = (struct week_list){0};
	for (size_t i = 0; error == OK && form != NULL && i < query_parts(query); i++)
		error = week_load(turn, form, query_part(query, i)->code, query->period, out);
	return error;
}

bool query_puskesmas_inside(const struct query *query, const struct puskesmas *puskesmas)
{
	if (query->puskesmas != NULL)
		return query->puskesmas == puskesmas;
	return query->area->level != LEVEL_DESA && puskesmas->narea > 0 &&
		area_within(puskesmas->areas[0], query->area);
}

/* Weeks of the period that are over. */
static int64_t weeks_over(const struct turn *turn, struct period period)
{
	struct date last = week_last_day(turn->now.date), first = period.from;
	int days;

	if (date_compare(last, period.to) > 0)
		last = week_last_day(period.to);
	first = week_last_day(date_add_days(first, WEEK - 1));
	days = date_diff_days(last, first);
	return days < 0 ? 0 : days / WEEK + 1;
}

static int week_told(const struct turn *turn, const struct query *query, struct week_told *out)
{
	const struct form *form = weekly_form(turn);
	const struct puskesmas *puskesmas;
	struct week_list list;
	int error = load(turn, query, form, &list);

	*out = (struct week_told){0};
	for (size_t i = 0; error == OK && i < list.count; i++) {
		const struct week_report *one = &list.list[i];

		if (!one->counted)
			continue;
		*(one->desa ? &out->desa : &out->told) += 1;
		*(one->desa ? &out->desa_timely : &out->timely) += week_timely(turn, form, one);
	}
	for (size_t i = 0; (puskesmas = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL;
		i++)
		out->of += query_puskesmas_inside(query, puskesmas);
	out->of *= weeks_over(turn, query->period);
	return error;
}

static const char *word(const struct turn *turn, const char *name, const char *standard)
{
	return reply_word(&turn->reply, "week", name, standard);
}

/* "1 dari 2 puskesmas lapor", "3 desa/kel lapor" */
static const char *told_text(const struct turn *turn, const struct week_told *told, bool all)
{
	struct arena *arena = turn->flow->arena;
	const char *text = "", *lapor = reply_word(&turn->reply, "complete", "told", "lapor");

	if (told->of > 0)
		text = arena_printf(arena, "%s %s %s %s %s", query_number_text(arena, told->told),
			reply_word(&turn->reply, "of", "all", "dari"),
			query_number_text(arena, told->of),
			reply_word(&turn->reply, "unit", "puskesmas", "puskesmas"), lapor);
	if (told->of > 0 && all)
		text = arena_printf(arena, "%s, %s %s", text,
			query_number_text(arena, told->timely),
			word(turn, "timely", "tepat waktu"));
	if (told->of > 0 && told->desa == 0)
		return text;
	text = arena_printf(arena, "%s%s%s %s %s", text, *text != '\0' ? ", " : "",
		query_number_text(arena, told->desa),
		reply_word(&turn->reply, "unit", "desa", "desa/kel"), lapor);
	return !all ? text
		    : arena_printf(arena, "%s, %s %s", text,
			      query_number_text(arena, told->desa_timely),
			      word(turn, "timely", "tepat waktu"));
}

/* "minggu 32 2024", or the period as it is elsewhere. */
static void name_week(struct turn *turn, struct query *query)
{
	int year, week;

	if (date_diff_days(query->period.to, query->period.from) != WEEK - 1 ||
		date_weekday(query->period.from) != 0)
		return;
	week = week_of(query->period.from, &year);
	query->period_name = arena_printf(turn->flow->arena, "%s %d/%d",
		reply_word(&turn->reply, "unit", "week", "mgg"), week, year);
}

int query_units_told(struct turn *turn, struct query *query)
{
	struct week_told told;
	int64_t open = 0;
	int error = week_told(turn, query, &told);

	if (error == OK)
		error = query_open_sum(turn, query, &open);
	if (error != OK)
		return error;
	name_week(turn, query);
	query_say(turn, query, told_text(turn, &told, true),
		arena_printf(turn->flow->arena, "%s %s", word(turn, "open", "Waspada terbuka"),
			query_number_text(turn->flow->arena, open)));
	return OK;
}

static bool told_all(
	const struct week_list *list, const struct puskesmas *puskesmas, int64_t weeks)
{
	int64_t told = 0;

	for (size_t i = 0; i < list->count; i++)
		told += list->list[i].counted && !list->list[i].desa &&
			list->list[i].puskesmas == puskesmas;
	return told >= weeks;
}

int query_week_gaps(struct turn *turn, struct query *query, size_t offset)
{
	struct arena *arena = turn->flow->arena;
	const struct form *form = weekly_form(turn);
	int64_t weeks = weeks_over(turn, query->period), all = 0;
	const struct puskesmas *puskesmas;
	struct query_list out = {0};
	struct week_list list;
	const char *share;
	int error = load(turn, query, form, &list);

	for (size_t i = 0; gazetteer_puskesmas_at(turn->flow->places, i) != NULL; i++)
		all++;
	out.items = arena_alloc(arena, ((size_t)all + 1) * sizeof(*out.items));
	all = 0;
	for (size_t i = 0; error == OK &&
		(puskesmas = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL; i++) {
		if (!query_puskesmas_inside(query, puskesmas))
			continue;
		all++;
		if (!told_all(&list, puskesmas, weeks))
			out.items[out.count++] = reply_title_case(arena, puskesmas->name);
	}
	if (error != OK)
		return error;
	name_week(turn, query);
	query->title = reply_word(&turn->reply, "gaps", form->name, form->title);
	share = arena_printf(arena, "%s %s", query_number_text(arena, all),
		reply_word(&turn->reply, "unit", "puskesmas", "puskesmas"));
	if (out.count > 0)
		return query_page(turn, query, &out, offset, MESSAGE_QUERY_GAPS,
			arena_printf(arena, "%zu %s %s", out.count,
				reply_word(&turn->reply, "of", "all", "dari"), share));
	turn_say(turn, MESSAGE_QUERY_GAPS_NONE, "title",
		reply_word(&turn->reply, "told", form->name, form->title), "area",
		query->area_name, "period", query->period_name, "share", share);
	return OK;
}

struct cases {
	const struct turn *turn;
	const struct form *form;
	const char *kind; /* only these; NULL: all */
	struct {
		const char *kind;
		int64_t sum;
	} list[REPORT_FIELDS];
	size_t count;
	struct report report; /* being looked at */
};

/* Is it one of those that are asked about, "C A"? */
static bool is_kind(const char *kinds, const char *kind)
{
	size_t length = strlen(kind);

	for (const char *at = kinds; at != NULL; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (strncasecmp(at, kind, length) == 0 && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

static bool is_one(const char *kinds)
{
	return kinds != NULL && strchr(kinds, ' ') == NULL;
}

static void cases_add(struct cases *cases, const char *kind, int64_t sum)
{
	size_t i = 0;

	if (sum <= 0 || (cases->kind != NULL && !is_kind(cases->kind, kind)))
		return;
	while (i < cases->count && strcasecmp(cases->list[i].kind, kind) != 0)
		i++;
	if (i == COUNT_OF(cases->list))
		return;
	cases->count += i == cases->count;
	cases->list[i].kind = arena_strdup(cases->turn->flow->arena, kind);
	cases->list[i].sum += sum;
}

static int case_row(const struct report_row *row, void *context)
{
	struct cases *cases = context;
	const struct form_outbreak *rule = cases->form->outbreak;
	const char *const *confirmed, *kind, *sum;
	struct report *report = &cases->report;

	if (report_from_row(cases->turn->flow->reader, cases->turn->flow->arena, row, report,
		    &confirmed) != OK)
		return OK;
	kind = report_text(report, rule->by);
	sum = report_text(report, rule->sum);
	if (kind != NULL && sum != NULL)
		cases_add(cases, kind, strtoll(sum, NULL, 10));
	return OK;
}

/* What kader and others told one by one. */
static int cases_told(const struct turn *turn, const struct query *query, struct cases *cases)
{
	cases->form = cases_form(turn);
	if (cases->form == NULL)
		return OK;
	return query_reports(turn, query,
		&(struct report_filter){.form = cases->form->name, .counted = true}, case_row,
		cases);
}

static int cases_weekly(const struct turn *turn, const struct query *query, struct cases *cases)
{
	const struct form *form = weekly_form(turn);
	struct week_list list;
	int error = load(turn, query, form, &list);

	for (size_t i = 0; error == OK && form != NULL && i < form->weekly->nleast; i++) {
		const char *field = form->weekly->least[i].field;

		cases_add(cases, field, week_sum(&list, field));
	}
	return error;
}

/* What a puskesmas tells by week is of no single desa: there what people tell is listed. */
static bool by_desa(const struct query *query)
{
	return query->by != NULL && strcmp(query->by, "desa") == 0;
}

int query_cases_sum(const struct turn *turn, const struct query *query, int64_t *sum)
{
	struct cases *cases = arena_alloc(turn->flow->arena, sizeof(*cases));
	int error;

	*cases = (struct cases){.turn = turn, .kind = query->kind};
	error = by_desa(query) ? cases_told(turn, query, cases) : cases_weekly(turn, query, cases);
	for (size_t i = 0; i < cases->count; i++)
		*sum += cases->list[i].sum;
	return error;
}

int query_cases_people(const struct turn *turn, const struct query *query, int64_t *sum)
{
	struct cases *told = arena_alloc(turn->flow->arena, sizeof(*told));
	int error;

	*told = (struct cases){.turn = turn, .kind = query->kind};
	error = by_desa(query) ? OK : cases_told(turn, query, told);
	for (size_t i = 0; i < told->count; i++)
		*sum += told->list[i].sum;
	return error;
}

int query_cases_units(const struct turn *turn, const struct query *query, int64_t *told)
{
	struct week_told units;
	int error = week_told(turn, query, &units);

	*told = units.told + units.desa;
	return error;
}

int query_cases_complete(const struct turn *turn, const struct query *query, const char **text)
{
	struct week_told all = {0}, one;
	int error = OK;

	for (size_t i = 0; error == OK && i <= query->nbeside; i++) {
		error = week_told(turn, i == 0 ? query : &query->beside[i - 1], &one);
		all.told += one.told;
		all.of += one.of;
		all.desa += one.desa;
	}
	*text = told_text(turn, &all, false);
	return error;
}

const struct form *query_cases_form(const struct turn *turn)
{
	return weekly_form(turn);
}

/* The most first. */
static void cases_sort(struct cases *cases)
{
	for (size_t i = 1; i < cases->count; i++) {
		for (size_t k = i; k > 0 && cases->list[k].sum > cases->list[k - 1].sum; k--) {
			int64_t sum = cases->list[k].sum;
			const char *kind = cases->list[k].kind;

			cases->list[k] = cases->list[k - 1];
			cases->list[k - 1].sum = sum;
			cases->list[k - 1].kind = kind;
		}
	}
}

/* "diare 20, demam berdarah 5" */
static const char *cases_text(const struct turn *turn, struct cases *cases, const char *none)
{
	struct arena *arena = turn->flow->arena;
	const char *text = "";

	cases_sort(cases);
	for (size_t i = 0; i < cases->count; i++) {
		const char *name = reply_word(&turn->reply, "told",
			arena_printf(arena, "%s.%s", cases_form(turn)->outbreak->by,
				text_upper(arena, cases->list[i].kind)),
			cases->list[i].kind);

		text = arena_printf(arena, "%s%s%s %s", text, i > 0 ? ", " : "",
			is_one(cases->kind) ? "" : name,
			query_number_text(arena, cases->list[i].sum));
	}
	text += *text == ' ';
	return cases->count == 0 ? none : text;
}

void query_cases_name(struct turn *turn, struct query *query)
{
	name_week(turn, query);
	if (query->kind != NULL)
		query->title = reply_kinds(&turn->reply, query->indicator, query->kind);
	if (by_desa(query))
		query->title = arena_printf(turn->flow->arena, "%s: %s",
			word(turn, "people", "Kabar warga"), query->title);
}

int query_cases(struct turn *turn, struct query *query)
{
	struct arena *arena = turn->flow->arena;
	struct cases *weekly = arena_alloc(arena, 2 * sizeof(*weekly)), *told = weekly + 1;
	struct week_told units;
	const char *text, *none;
	int error;

	*weekly = (struct cases){.turn = turn, .kind = query->kind};
	*told = (struct cases){.turn = turn, .kind = query->kind};
	error = cases_weekly(turn, query, weekly);
	if (error == OK)
		error = cases_told(turn, query, told);
	if (error == OK)
		error = week_told(turn, query, &units);
	if (error != OK)
		return error;
	query_cases_name(turn, query);
	none = query->kind != NULL ? "0" : word(turn, "none", "nihil");
	if (units.of > 0 && units.told == 0 && units.desa == 0)
		none = reply_word(&turn->reply, "query", "untold", "belum ada yang melaporkan");
	text = cases_text(turn, weekly, none);
	if (told->count > 0)
		text = arena_printf(arena, "%s. %s: %s", text, word(turn, "people", "Kabar warga"),
			cases_text(turn, told, "0"));
	query_say(turn, query, text, told_text(turn, &units, false));
	return OK;
}
