/* What a page looks at: a place within the account's scope, and a period. Read from the URL in one
 * place, so that a changed URL can never show another's area. */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "web/http/request.h"

/* A place: an area, or a puskesmas. */
struct unit {
	const struct area *area;
	const struct puskesmas *puskesmas;
	const char *code, *name; /* code: of the area, or the id of the puskesmas */
};

struct view {
	struct unit unit;
	struct period period;    /* a month, a quarter or a year */
	const char *period_text; /* "2026-11", as the URL has it */
	bool by_puskesmas;       /* the children of a kabupaten */
};

/* "?wilayah=35.03.01&bulan=2026-11&per=puskesmas". Answers the request itself and returns false
 * when the place is none or not in scope, or the period is none. */
bool view_read(struct request *request, struct view *view);
/* Of a code in scope; false: none. */
bool view_unit(const struct request *request, const char *code, struct unit *unit);

/* The places one level below, in code order; in the arena. */
struct unit *view_children(struct request *request, const struct view *view, size_t *count);
/* "kecamatan", "desa", "posyandu": what the children are. */
const char *view_level(const struct request *request, const struct view *view);

/* The same page for another place or period; NULL: as it is. */
const char *view_url(
	struct request *request, const struct view *view, const char *code, const char *period);
/* Trail of places down to this one, each a link as far as the scope goes. */
void view_trail(struct request *request, const struct view *view);
/* Month, and what else a page's form holds: between begin and end. */
void view_filter_begin(struct request *request, const struct view *view);
void view_filter_end(struct request *request);
/* "November 2026", "Triwulan 3 2026" */
const char *view_period(const struct request *request, struct period period);
struct period view_months_before(struct period period, int months); /* whole months */

/* format.c */
const char *format_number(const struct request *request, int64_t number);
const char *format_percent(const struct request *request, int64_t part, int64_t whole);
const char *format_tenth(const struct request *request, double number);      /* 3,2 */
const char *format_day(const struct request *request, const char *iso);      /* 12 Agt 2026 */
const char *format_long_day(const struct request *request, struct date day); /* Minggu, 29 … */
const char *format_time(const struct request *request, int64_t utc);         /* 12 Agt 18.05 */
const char *format_age(const struct request *request, int64_t seconds);      /* 3 jam 20 menit */
const char *format_month(const struct request *request, struct date month, bool whole);
/* A person's number as this account may see it. */
const char *format_phone(struct request *request, const char *phone);
const char *format_person(struct request *request, const char *phone); /* "Bidan Nurul Hidayah" */
const char *format_role(struct request *request, const char *role);    /* Bidan */
const char *format_name(const struct request *request, const char *name);

#endif
