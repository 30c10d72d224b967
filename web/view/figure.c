/* The table of indicators of the pages: see figure.h. */
#include "web/view/figure.h"

#include "flows/measure/query_value.h"
#include "flows/measure/measure.h"
#include "flows/query/query_evaluate.h"

static const struct figure_row rows[] = {
	{"ds", FIGURE_SHARE, NULL, 85, false, "pos", "D/S", "D/S", "Balita ditimbang (D/S)",
		"Under-fives weighed (D/S)"},
	{"nd", FIGURE_SHARE, NULL, 80, false, "pos", "N/D", "N/D",
		"Balita naik berat badannya (N/D)", "Under-fives gaining weight (N/D)"},
	{"ks", FIGURE_SHARE, NULL, 90, false, "pos", "K/S", "K/S", "Balita punya buku KIA (K/S)",
		"Under-fives with a KIA book (K/S)"},
	{"stunting", FIGURE_SHARE, NULL, 14, true, "pos", "Stunting", "Stunting",
		"Balita pendek (stunting)", "Stunted under-fives"},
	{"ilp", FIGURE_SHARE, "ilp held", 0, false, "ilp", "Posyandu ILP", "ILP coverage",
		"Desa dengan posyandu ILP", "Villages with an ILP posyandu"},
	{"salin_nakes", FIGURE_SHARE, NULL, 90, false, "lahir", "Nakes", "Skilled birth",
		"Persalinan ditolong tenaga kesehatan", "Births with a skilled attendant"},
	{"bblr", FIGURE_SHARE, NULL, 7, true, "lahir", "BBLR", "LBW",
		"Bayi berat lahir rendah (BBLR)", "Low birth weight"},
	{"lahir", FIGURE_COUNT, NULL, 0, false, "lahir", "Lahir hidup", "Live births",
		"Kelahiran hidup", "Live births"},
	{"aki", FIGURE_RATE, NULL, 0, true, "mati", "Ibu", "Maternal", "Kematian ibu",
		"Maternal deaths"},
	{"akn", FIGURE_RATE, NULL, 0, true, "mati", "Neonatal", "Neonatal", "Kematian neonatal",
		"Neonatal deaths"},
	{"akb", FIGURE_RATE, NULL, 0, true, "mati", "Bayi", "Infant", "Kematian bayi",
		"Infant deaths"},
	{"akaba", FIGURE_RATE, NULL, 0, true, "mati", "Balita", "Under five",
		"Kematian balita (bayi termasuk)", "Deaths under five (infants included)"},
	{"k6", FIGURE_COUNT, NULL, 0, false, "hamil", "K6", "K6", "Ibu hamil diperiksa 6 kali (K6)",
		"Six contacts in pregnancy (K6)"},
	{"risti", FIGURE_COUNT, NULL, 0, true, "hamil", "Risti", "High risk",
		"Ibu hamil risiko tinggi", "Pregnancies at high risk"},
	{"lahir_mati", FIGURE_COUNT, NULL, 0, false, "mati", "Lahir mati", "Stillbirths",
		"Lahir mati", "Stillbirths"},
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

int figure_number(struct request *request, const char *indicator, const struct unit *unit,
	struct period period, int64_t *out)
{
	char text[PERIOD_TEXT];

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

static int measure(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, bool counted, struct figure *out)
{
	const struct query query = {.area = unit->area,
		.puskesmas = unit->puskesmas,
		.period = period,
		.counted = counted};
	struct measured measured;
	int error;

	*out = (struct figure){0};
	if (row->held) /* coverage of desa */
		return figure_complete(request, row->held, unit, period, &out->part, &out->whole);
	error = query_measure(&request->turn, &query, row->name, &measured);
	if (error != OK)
		return error;
	*out = (struct figure){measured.count, measured.of, measured.waiting, false};
	return query_untold(&request->turn, &query, &measured, &out->untold);
}

int figure_get(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, struct figure *out)
{
	return measure(request, row, unit, period, true, out);
}

int figure_told(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, struct figure *out)
{
	return measure(request, row, unit, period, false, out);
}

const char *figure_words(struct request *request, const struct figure_row *row,
	const struct unit *unit, struct period period)
{
	const struct query query = {.indicator = row->name,
		.area = unit->area,
		.puskesmas = unit->puskesmas,
		.period = period};
	const char *text, *note;

	return query_value(&request->turn, &query, row->name, &text, &note) == OK ? text : "";
}

const char *figure_change(struct request *request, const struct figure_row *row,
	const struct unit *unit, struct period period)
{
	const struct query query = {
		.area = unit->area, .puskesmas = unit->puskesmas, .period = period};
	struct evaluated evaluated;

	if (row->held || evaluation_measure(&request->turn, &query, row->name, &evaluated) != OK)
		return NULL;
	return evaluation_change(&request->turn, &evaluated);
}

double figure_value(const struct figure_row *row, struct figure figure)
{
	if (figure.untold)
		return -1;
	if (row->kind != FIGURE_SHARE)
		return (double)figure.part;
	return figure.whole > 0 ? 100.0 * (double)figure.part / (double)figure.whole : -1;
}

const char *figure_text(
	const struct request *request, const struct figure_row *row, struct figure figure)
{
	if (figure.untold)
		return "–";
	if (row->kind == FIGURE_SHARE)
		return format_percent(request, figure.part, figure.whole);
	return format_number(request, figure.part);
}
