/* Measures the store: durable batches per second, and queries on many reports over three years.
 * usage: bench_store AREAS.csv [REPORTS [FILE.db]]; a FILE.db that is there already is only
 * queried. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/message/inbound.h"
#include "store/message/outbox.h"
#include "store/people/person.h"
#include "store/report/report.h"
#include "store/report/tally.h"
#include "tests/bench/bench_times.h"

#define POSYANDU_PER_DESA 5
#define BATCH_SECONDS     2
#define FIRST_RECEIVED    1640995200 /* 2022-01-01 */
#define QUERIES           1000

static char desa[4000][16], kabupaten[40][16], kecamatan[600][16], provinsi[40][16];
static size_t ndesa, nkabupaten, nkecamatan, nprovinsi;
static uint64_t seed = 42;

static size_t below(size_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % limit;
}

static double cpu(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void load_area(struct store *store, char *line, bool write)
{
	char *code = strsep(&line, ","), *parent = strsep(&line, ",");
	char *level = strsep(&line, ","), *name = strsep(&line, ",\r\n");
	size_t length = strlen(code);
	int changed;

	if (write)
		must(store_area_put(store, code, parent, level, name, &changed), "area");
	if (length == 2)
		strcpy(provinsi[nprovinsi++], code);
	else if (length == 5)
		strcpy(kabupaten[nkabupaten++], code);
	else if (length == 8)
		strcpy(kecamatan[nkecamatan++], code);
	else
		strcpy(desa[ndesa++], code);
	for (int i = 1; write && length > 8 && i <= POSYANDU_PER_DESA; i++) {
		char id[32];

		snprintf(id, sizeof(id), "%s.%03d", code, i);
		must(store_posyandu_put(store, id, "MELATI", code, &changed), "posyandu");
	}
}

static void load_areas(struct store *store, const char *path, bool write)
{
	FILE *file = fopen(path, "r");
	char line[256];

	if (!file || !fgets(line, sizeof(line), file)) {
		perror(path);
		exit(1);
	}
	ndesa = nkabupaten = nkecamatan = nprovinsi = 0;
	must(store_batch_begin(store), "begin");
	while (fgets(line, sizeof(line), file))
		load_area(store, line, write);
	must(store_batch_commit(store), "commit");
	fclose(file);
}

static const struct date first_day = {2022, 1, 1};
#define DAYS 1096

static int64_t wanted = 1000000;

/* Reports come in the order of time, each some days after its event. */
static struct date day_of(int64_t number)
{
	int day = (int)(number % wanted * DAYS / wanted) - (int)below(20);

	return date_add_days(first_day, day > 0 ? day : 0);
}

/* What the flow of a plain report writes. */
static void put_report(struct store *store, int64_t number)
{
	static const unsigned char octets[] = "L siti aminah 28 1208 L 3200 49 pkm bidan hidup";
	const char *area = desa[below(ndesa)];
	struct date day = day_of(number);
	bool pos = below(6) == 0;
	char date[DATE_TEXT], ref[64], kab[6], letter[8], posyandu[32], name[24], phone[24];
	unsigned char digest[DIGEST_SIZE] = {0};
	struct inbound in = {.channel = "sms",
		.link = "telkomsel",
		.source = phone,
		.destination = "2255",
		.octets = octets,
		.length = sizeof(octets) - 1,
		.received = FIRST_RECEIVED + number,
		.text = (const char *)octets,
		.state = "received",
		.digest = digest};
	struct report_row row = {.ref = ref,
		.kabupaten = kab,
		.form = pos ? "pos" : "lahir",
		.status = "accepted",
		.area = area,
		.date = date,
		.sender = phone,
		.posyandu = NULL,
		.fields = "{\"ibu\":\"SITI "
			  "AMINAH\",\"umur\":28,\"jk\":\"L\",\"berat\":3200,\"panjang\":49,"
			  "\"tempat\":\"PKM\",\"penolong\":\"BIDAN\",\"luaran\":\"HIDUP\"}",
		.match_name = pos ? NULL : name,
		.received = in.received};
	struct outbox reply = {.kind = "reply",
		.link = "telkomsel",
		.recipient = phone,
		.text = "L2408-0007 Siti Aminah, L 3200g 49cm, 12/8/24, PKM, bidan, hidup. Terima "
			"kasih.",
		.ref = ref,
		.state = "claimed",
		.owner = "gw1",
		.created = in.received};
	int serial;

	memcpy(digest, &number, sizeof(number));
	snprintf(phone, sizeof(phone), "+62812%08zu", below(8000));
	snprintf(name, sizeof(name), "siti %zu", below(100000));
	date_format(day, date);
	(void)copy_string(kab, sizeof(kab), area);
	snprintf(letter, sizeof(letter), "%c%.2s%.2s", pos ? 'P' : 'L', date + 2, date + 5);
	must(store_inbound_put(store, &in, &row.inbound), "inbound");
	must(store_serial_next(store, kab, letter, &serial), "serial");
	snprintf(ref, sizeof(ref), "%s-%04d", letter, serial);
	snprintf(posyandu, sizeof(posyandu), "%s.%03zu", area, 1 + below(POSYANDU_PER_DESA));
	if (pos)
		row.posyandu = posyandu;
	must(store_report_put(store, &row), "report");
	if (pos) {
		must(store_stock_set(store, posyandu, area, "s", day, (int64_t)below(80)), "stock");
		must(store_stock_set(store, posyandu, area, "k", day, (int64_t)below(80)), "stock");
	}
	must(store_tally_add(store, area, pos ? "d" : "lahir", day, 1), "tally");
	must(store_tally_add(store, area, pos ? "n" : "lahir_l", day, 1), "tally");
	must(store_coverage_add(store, area, row.posyandu, row.form, day, 1), "coverage");
	reply.inbound = row.inbound;
	must(store_outbox_put(store, &reply, NULL), "outbox");
	must(store_inbound_finish(store, row.inbound, "handled", "report", NULL), "finish");
}

static void bench_batches(struct store *store, int size, int64_t *number)
{
	double start = seconds(CLOCK_MONOTONIC), used = cpu(), end;
	int reports = 0, batches = 0;

	do {
		must(store_batch_begin(store), "begin");
		for (int i = 0; i < size; i++)
			put_report(store, ++*number);
		must(store_batch_commit(store), "commit");
		reports += size;
		batches++;
		end = seconds(CLOCK_MONOTONIC);
	} while (end - start < BATCH_SECONDS);
	printf("batches of %3d: %8.0f reports/s, %6.0f commits/s, %5.1f us CPU per report\n", size,
		reports / (end - start), batches / (end - start), (cpu() - used) * 1e6 / reports);
}

static void generate(struct store *store, int64_t count, int64_t *number)
{
	double start = seconds(CLOCK_MONOTONIC);

	while (*number < count) {
		must(store_batch_begin(store), "begin");
		for (int i = 0; i < 10000 && *number < count; i++)
			put_report(store, ++*number);
		must(store_batch_commit(store), "commit");
	}
	printf("%lld reports written in %.0f s\n", (long long)count,
		seconds(CLOCK_MONOTONIC) - start);
}

static struct period random_period(int months)
{
	struct period period = {.from = {2022 + (int)below(3), 1, 1}};

	if (months < 12)
		period.from.month = 1 + (int)below((size_t)(13 - months));
	period.to = date_add_days(date_add_months(period.from, months), -1);
	return period;
}

enum kind { TALLY, STOCK, COVERAGE, GAPS, GAPS_POSYANDU, PENDING, SAME_EVENT, DAYS_OF_AREA };

static void query(
	struct store *store, struct arena *arena, enum kind kind, const char *area, int months)
{
	struct period period = random_period(months);
	struct report_filter filter = {0};
	struct report_row rows[10];
	const char *codes[20];
	size_t count, total;
	int64_t value;

	switch (kind) {
	case TALLY: must(store_tally_sum(store, area, "lahir", period, &value), "sum"); break;
	case DAYS_OF_AREA:
		period.from.day = 5;
		period.to.day = 25;
		must(store_tally_sum(store, area, "lahir", period, &value), "sum");
		break;
	case STOCK: must(store_stock_sum(store, area, "s", period, &value), "stock"); break;
	case COVERAGE:
		must(store_coverage_count(store, area, "pos", period, &value), "coverage");
		break;
	case GAPS:
	case GAPS_POSYANDU:
		must(store_coverage_gaps(store, arena, area, "pos", period.from,
			     kind == GAPS_POSYANDU, 0, codes, 20, &count, &total),
			"gaps");
		break;
	case PENDING:
		filter.sender = arena_printf(arena, "+62812%08zu", below(8000));
		filter.waiting = true;
		must(store_report_find(store, arena, &filter, rows, 10, &count), "find");
		break;
	case SAME_EVENT:
		filter.match_name = arena_printf(arena, "siti %zu", below(100000));
		filter.area_prefix = desa[below(ndesa)];
		filter.date_from = "2023-04-01";
		filter.date_to = "2023-04-05";
		must(store_report_find(store, arena, &filter, rows, 10, &count), "find");
		break;
	}
}

static void bench_query(struct store *store, const char *name, enum kind kind, char (*areas)[16],
	size_t count, int months)
{
	static double times[QUERIES];
	struct arena *arena = arena_new();

	for (int i = 0; i < QUERIES; i++) {
		double start = seconds(CLOCK_MONOTONIC);

		query(store, arena, kind, areas[below(count)], months);
		times[i] = seconds(CLOCK_MONOTONIC) - start;
		arena_reset(arena);
	}
	printf("%-34s ", name);
	times_print(times, QUERIES, 1e-6, "us");
	printf("\n");
	arena_free(arena);
}

static void bench_queries(struct store *store)
{
	bench_query(store, "tally desa month", TALLY, desa, ndesa, 1);
	bench_query(store, "tally desa year", TALLY, desa, ndesa, 12);
	bench_query(store, "tally kecamatan year", TALLY, kecamatan, nkecamatan, 12);
	bench_query(store, "tally kabupaten month", TALLY, kabupaten, nkabupaten, 1);
	bench_query(store, "tally kabupaten year", TALLY, kabupaten, nkabupaten, 12);
	bench_query(store, "tally provinsi month", TALLY, provinsi, nprovinsi, 1);
	bench_query(store, "tally provinsi year", TALLY, provinsi, nprovinsi, 12);
	bench_query(store, "tally provinsi 5th to 25th", DAYS_OF_AREA, provinsi, nprovinsi, 1);
	bench_query(store, "stock kabupaten month", STOCK, kabupaten, nkabupaten, 1);
	bench_query(store, "stock provinsi year", STOCK, provinsi, nprovinsi, 12);
	bench_query(store, "stock provinsi 5 months", STOCK, provinsi, nprovinsi, 5);
	bench_query(store, "coverage kabupaten month", COVERAGE, kabupaten, nkabupaten, 1);
	bench_query(store, "coverage provinsi year", COVERAGE, provinsi, nprovinsi, 12);
	bench_query(store, "gaps kabupaten, desa", GAPS, kabupaten, nkabupaten, 1);
	bench_query(store, "gaps kabupaten, posyandu", GAPS_POSYANDU, kabupaten, nkabupaten, 1);
	bench_query(store, "pending reports of a sender", PENDING, desa, ndesa, 1);
	bench_query(store, "the same event", SAME_EVENT, desa, ndesa, 1);
}

static int64_t newest_number(struct store *store)
{
	struct report_filter filter = {0};
	struct arena *arena = arena_new();
	struct report_row row = {0};
	size_t count;

	must(store_report_find(store, arena, &filter, &row, 1, &count), "find");
	arena_free(arena);
	return count ? row.received - FIRST_RECEIVED : 0;
}

int main(int argc, char **argv)
{
	char path[200] = "/var/tmp/kabar-bench.db", detail[256];
	struct store_options options = {.path = path};
	bool keep = argc > 3, old;
	struct store *store;
	struct stat info;
	int64_t number = 0;

	if (argc < 2)
		return 2;
	if (argc > 2)
		wanted = atoll(argv[2]) > 0 ? atoll(argv[2]) : 1;
	if (keep)
		(void)copy_string(path, sizeof(path), argv[3]);
	old = stat(path, &info) == 0;
	if (store_open(&store, &options, detail)) {
		fprintf(stderr, "%s\n", detail);
		return 1;
	}
	load_areas(store, argv[1], !old);
	if (old)
		number = newest_number(store);
	bench_batches(store, 1, &number);
	bench_batches(store, 256, &number);
	generate(store, wanted, &number);
	bench_queries(store);
	store_close(store);
	if (!keep)
		unlink(path);
	return 0;
}
