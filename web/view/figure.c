/* The table of indicators of the pages: see figure.h. */
#include "web/view/figure.h"

#include "flows/query/query.h"

#define COUNT(name, form, id, en, id_long, en_long)                                                \
	{                                                                                          \
		name, FIGURE_COUNT, name, NULL, 0, 0, false, form, id, en, id_long, en_long        \
	}

static const struct figure_row rows[] = {
	{"ds", FIGURE_SHARE, "d", "#s", 0, 85, false, "pos", "D/S", "D/S", "Balita ditimbang (D/S)",
		"Under-fives weighed (D/S)"},
	{"nd", FIGURE_SHARE, "n", "d", 0, 80, false, "pos", "N/D", "N/D",
		"Balita naik berat badannya (N/D)", "Under-fives gaining weight (N/D)"},
	{"ks", FIGURE_SHARE, "k", "s", 0, 90, false, "pos", "K/S", "K/S",
		"Balita punya buku KIA (K/S)", "Under-fives with a KIA book (K/S)"},
	{"stunting", FIGURE_SHARE, "stunting", "s", 0, 14, true, "pos", "Stunting", "Stunting",
		"Balita pendek (stunting)", "Stunted under-fives"},
	{"ilp", FIGURE_SHARE, "ilp", NULL, 0, 0, false, "ilp", "Posyandu ILP", "ILP coverage",
		"Desa dengan posyandu ILP", "Villages with an ILP posyandu"},
	{"bblr", FIGURE_SHARE, "bblr", "lahir", 0, 7, true, "lahir", "BBLR", "LBW",
		"Bayi berat lahir rendah (BBLR)", "Low birth weight"},
	COUNT("lahir", "lahir", "Lahir hidup", "Live births", "Kelahiran hidup", "Live births"),
	{"aki", FIGURE_RATE, "aki", "lahir", 100000, 0, true, "mati", "Ibu", "Maternal",
		"Kematian ibu", "Maternal deaths"},
	{"akn", FIGURE_RATE, "akn", "lahir", 1000, 0, true, "mati", "Neonatal", "Neonatal",
		"Kematian neonatal", "Neonatal deaths"},
	{"akb", FIGURE_RATE, "akb", "lahir", 1000, 0, true, "mati", "Bayi", "Infant",
		"Kematian bayi", "Infant deaths"},
	COUNT("lahir_mati", "mati", "Lahir mati", "Stillbirths", "Lahir mati", "Stillbirths"),
};

const struct figure_row *figure_at(size_t index)
{
	return index < COUNT_OF(rows) ? &rows[index] : NULL;
}

const struct figure_row *figure_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT_OF(rows); i++) {
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	}
	return NULL;
}

static int number(struct request *request, const char *indicator, const struct unit *unit,
	struct period period, int64_t *out)
{
	const struct query query = {.indicator = indicator,
		.area = unit->area,
		.puskesmas = unit->puskesmas,
		.period = period};
	char text[PERIOD_TEXT];

	if (*indicator == '#')
		return query_stock_months(&request->turn, &query, indicator + 1, out);
	period_format(period, text);
	return query_number(&request->turn, indicator, unit->code, text, out);
}

int figure_complete(struct request *request, const char *form, const struct unit *unit,
	struct period period, int64_t *with, int64_t *of)
{
	const struct query query = {
		.area = unit->area, .puskesmas = unit->puskesmas, .period = period};

	return query_coverage(&request->turn, &query, form, with, of);
}

int figure_get(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, struct figure *out)
{
	int error;

	*out = (struct figure){0};
	if (row->kind == FIGURE_SHARE && !row->whole) /* coverage of desa */
		return figure_complete(request, "ilp held", unit, period, &out->part, &out->whole);
	error = number(request, row->part, unit, period, &out->part);
	if (error == OK && row->whole)
		error = number(request, row->whole, unit, period, &out->whole);
	return error;
}

double figure_value(const struct figure_row *row, struct figure figure)
{
	if (row->kind != FIGURE_SHARE)
		return (double)figure.part;
	return figure.whole > 0 ? 100.0 * (double)figure.part / (double)figure.whole : -1;
}

const char *figure_text(
	const struct request *request, const struct figure_row *row, struct figure figure)
{
	if (row->kind == FIGURE_SHARE)
		return format_percent(request, figure.part, figure.whole);
	return format_number(request, figure.part);
}
