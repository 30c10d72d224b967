/* The texts of a sample: births, deaths, sessions as kader and bidan write them. See fill.h. */
#include <stdlib.h>

#include "parsers/place/gazetteer.h"
#include "tools/play/fill.h"

static const char *const first[] = {"SITI", "SRI", "DWI", "RINA", "YULIANA", "LESTARI", "WAHYU",
	"PUTRI", "DEWI", "NUR", "RATNA", "ANIK", "ENDAH", "FITRI", "INDAH", "LILIK", "MARYATI",
	"NINGSIH", "PUJI", "RINI", "SULASTRI", "TRI", "UMI", "WIWIK", "YENI"};
static const char *const second[] = {"AMINAH", "HANDAYANI", "ASTUTI", "WATI", "RAHAYU", "SUSANTI",
	"PRATIWI", "KURNIASIH", "HIDAYATI", "LESTARI", "NINGRUM", "PUSPITA", "MARLINA", "ANGGRAENI",
	"SETYOWATI", "UTAMI", "HASANAH", "MUNAWAROH", "KHOTIMAH", "SUGIARTI"};
static const char *const places_of_birth[] = {
	"PKM", "PKM", "RSUD", "RSUD", "PMB", "PMB", "KLINIK", "POLINDES", "RS"};

static const char *name(struct fill_random *random, struct fill_day *day)
{
	return arena_printf(day->arena, "%s %s", first[fill_below(random, COUNT_OF(first))],
		second[fill_below(random, COUNT_OF(second))]);
}

static const char *day_text(const struct fill_day *day, int back)
{
	struct date date = date_add_days(day->date, -back);

	return arena_printf(day->arena, "%d/%d/%02d", date.day, date.month, date.year % 100);
}

static int weight(struct fill_random *random)
{
	int sum = 0;

	for (int i = 0; i < 6; i++)
		sum += (int)fill_below(random, 500);
	return (1620 + sum) / 10 * 10; /* about 3,120 g, one in twenty below 2,500 */
}

static void birth(struct fill_random *random, const struct fill_desa *desa, struct fill_day *day)
{
	int minute = 420 + (int)fill_below(random, 780), back = (int)fill_below(random, 2);
	int grams = weight(random), age = 19 + (int)fill_below(random, 21);
	bool boy = fill_below(random, 2), home = fill_below(random, 45) == 0;
	const char *mother = name(random, day);
	const char *place =
		home ? "RUMAH" : places_of_birth[fill_below(random, COUNT_OF(places_of_birth))];
	const char *helper = home && fill_below(random, 2) ? "DUKUN"
		: strncmp(place, "RS", 2) == 0             ? "DOKTER"
							   : "BIDAN";

	if (fill_below(random, 4) == 0 && desa->kader)
		fill_add(day, minute, desa->kader,
			arena_printf(day->arena,
				"lahir ny %s %d th tgl %s %s bb %d pb %d di %s "
				"ditolong %s selamat",
				mother, age, day_text(day, back), boy ? "laki2" : "perempuan",
				grams, 46 + grams / 800, place, helper));
	else
		fill_add(day, minute, desa->bidan,
			arena_printf(day->arena, "LAHIR#%s#%d#%s#%s#%d#%d#%s#%s#HIDUP", mother, age,
				day_text(day, back), boy ? "L" : "P", grams, 46 + grams / 800,
				place, helper));
}

/* A session is on the same weekday-like day each month; some are told late, some never. */
static void session(struct fill_random *random, const struct fill_desa *desa,
	const struct posyandu *posyandu, uint32_t number, struct fill_day *day)
{
	uint32_t share = 62 + (uint32_t)desa->quality * 30 / 100 + fill_below(random, 9);
	uint32_t s = 24 + number * 7 % 34, d = s * share / 100, k = s - fill_below(random, 3);
	uint32_t n = d * (58 + fill_below(random, 22)) / 100;
	int minute = 600 + (int)fill_below(random, 420);

	if (fill_below(random, 100) > (uint32_t)desa->quality + 45)
		return; /* forgotten */
	if (d > s)
		d = s;
	fill_add(day, minute, desa->kader,
		arena_printf(day->arena, "POS %s S%u K%u D%u N%u STUNTING %u TGL %s",
			posyandu->name, s, k, d, n, s * (4 + number % 14) / 100, day_text(day, 0)));
	if (!desa->ilp)
		return;
	fill_add(day, minute + 6, desa->kader,
		arena_printf(day->arena,
			"ILP %s BUMIL %u BUSUI %u BAYI %u BALITA %u APRAS %u REMAJA %u DEWASA %u "
			"LANSIA %u",
			posyandu->name, 2 + fill_below(random, 5), 2 + fill_below(random, 5), d / 6,
			d * 2 / 3, d / 6, fill_below(random, 14), 8 + fill_below(random, 22),
			6 + fill_below(random, 18)));
}

void fill_desa_day(struct fill_random *random, const struct fill_desa *desa,
	const struct gazetteer *places, struct fill_day *day, bool last)
{
	const struct posyandu *posyandu;
	uint32_t number = 0;
	bool month_ends = day->date.day == date_month_days(day->date.year, day->date.month);

	if (fill_below(random, 1000) < 140)
		birth(random, desa, day);
	for (size_t i = 0; desa->kader && (posyandu = gazetteer_posyandu_at(places, i)); i++) {
		if (posyandu->area != desa->area)
			continue;
		number++;
		if ((int)(5 + (number * 5 + (uint32_t)desa->quality) % 18) == day->date.day)
			session(random, desa, posyandu, number + (uint32_t)desa->quality, day);
	}
	if (month_ends && !last && fill_below(random, 100) < (uint32_t)desa->quality + 20)
		fill_add(day, 1080 + (int)fill_below(random, 60), desa->bidan, "NIHIL MATI");
}

static void death(
	struct fill_random *random, const struct fill_desa *desa, struct fill_day *day, bool last)
{
	int minute = (last ? 300 : 390) + (int)fill_below(random, last ? 120 : 600);
	uint32_t kind = fill_below(random, 100);
	const char *text;

	if (kind < 8)
		text = arena_printf(day->arena, "MATI IBU#%s#%u#%s#%s#RSUD#%s", name(random, day),
			24 + fill_below(random, 16), day_text(day, 0),
			fill_below(random, 2) ? "NIFAS" : "BERSALIN",
			fill_below(random, 2) ? "PERDARAHAN" : "EKLAMPSIA");
	else if (kind < 30)
		text = arena_printf(day->arena, "MATI LAHIRMATI#%s#%s#UK %u#RSUD",
			name(random, day), day_text(day, 0), 28 + fill_below(random, 10));
	else if (kind < 90)
		text = arena_printf(day->arena, "MATI BAYI#BY NY %s#%u HARI#%s#RSUD#%s",
			name(random, day), fill_below(random, kind < 70 ? 7 : 150),
			day_text(day, 0), fill_below(random, 2) ? "ASFIKSIA" : "BBLR");
	else
		text = arena_printf(day->arena, "MATI BALITA#%s#%u TH#%s#RUMAH#DIARE",
			name(random, day), 1 + fill_below(random, 3), day_text(day, 0));
	fill_add(day, minute, desa->bidan, text);
}

void fill_other(
	struct fill_random *random, const struct fill_desa *desa, struct fill_day *day, bool last)
{
	static const char *const questions[] = {
		"Bu, kapan jadwal imunisasi di Puskesmas bulan ini?",
		"vitamin A untuk posyandu kami habis, bisa dikirim?",
		"timbangan di posyandu rusak, lapor ke siapa ya bu",
		"mohon dibantu, laporan saya kemarin kok belum ada balasan",
		"Apakah kader boleh melaporkan ibu hamil pindahan?",
	};
	const char *stranger =
		arena_printf(day->arena, "+62813555%05u", 10000 + fill_below(random, 80000));

	if (last || fill_below(random, 100) < 26)
		death(random, desa, day, last);
	if (desa->kader && (last || fill_below(random, 100) < 12))
		fill_add(day, 480 + (int)fill_below(random, 300), desa->kader,
			questions[fill_below(random, COUNT_OF(questions))]);
	if (last || fill_below(random, 100) < 3)
		fill_add(day, 540 + (int)fill_below(random, 120), stranger,
			arena_printf(day->arena, "DAFTAR KADER %s DESA %s", name(random, day),
				desa->area->name));
	if (fill_below(random, 100) < 30)
		fill_add(day, 500 + (int)fill_below(random, 300), desa->bidan,
			arena_printf(day->arena, "LAHIR %s 27 TH KEMARIN BB 3100 PB 49 PKM BIDAN",
				name(random, day)));
}
