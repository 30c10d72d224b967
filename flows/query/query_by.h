/* Lists by places: what one place of them has (query_by_part.c). */
#ifndef FLOWS_QUERY_BY_H
#define FLOWS_QUERY_BY_H

#include "flows/measure/measure.h"

/* Of a share of desa, which carries no unit of its own. */
extern const struct form_indicator query_share_of_desa;

enum area_level query_by_level(const char *by); /* LEVEL_ANY: none of the areas' levels */
bool query_by_has_share(const struct form *form); /* its sessions stand for by their first share */
bool query_by_gaps(const struct query *query); /* who has not told */
/* "Belum lapor posyandu", "Sudah lapor kelahiran" */
const char *query_gaps_title(const struct turn *turn, const struct query *query);
bool query_by_cases(const struct turn *turn, const struct query *query); /* of diseases */
int query_by_measure(
	const struct turn *turn, const struct query *query, struct measured *out) MUST_CHECK;
/* Who told what says whether anything is known; ERR_NOT_FOUND: nobody tells it. */
int query_by_complete(const struct turn *turn, const struct query *query,
	struct complete *complete) MUST_CHECK;
/* How much the whole list stands on. */
int query_by_complete_text(const struct turn *turn, const struct query *query,
	const char **text) MUST_CHECK;
/* " (Kabar warga 6)": what people told beside the units of one place; else *text stays. */
int query_by_people(
	const struct turn *turn, const struct query *query, const char **text) MUST_CHECK;

#endif
