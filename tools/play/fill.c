/* Fills a store through the worker, on a virtual clock that ends now. See fill.h. */
#include "tools/play/fill.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/work/worker.h"
#include "parsers/text/gsm7.h"
#include "store/people/person.h"
#include "store/report/report.h"

#define LINK      "sample"
#define ADDRESS   "2255"
#define DESA_MAX  4000
#define TEXT_ROOM 160
#define BUCKET    1800 /* seconds: what comes within is one batch */
#define TAKE_ROWS 40
#define TAKEN     128

struct fill {
	struct config *config;
	struct store *store;
	struct worker *worker;
	struct gazetteer *places;
	struct arena *arena; /* of a day */
	struct arena *people;
	struct fill_random random;
	struct fill_desa *desa;
	size_t ndesa;
	uint64_t serial;
	struct fill_result *result;
	int64_t taken[TAKEN]; /* alarms, the newest ones in a ring */
	size_t ntaken;
};

uint32_t fill_below(struct fill_random *random, uint32_t limit)
{
	random->state += 0x9e3779b97f4a7c15u; /* splitmix64 */
	uint64_t z = random->state;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) >> 16) % limit;
}

void fill_add(struct fill_day *day, int minute, const char *from, const char *text)
{
	struct moment local = {day->date, minute / 60, minute % 60};

	if (!from)
		return;
	if (day->count == day->room) {
		day->room = day->room ? 2 * day->room : 64;
		day->list = xrealloc(day->list, day->room, sizeof(*day->list));
	}
	day->list[day->count++] = (struct fill_event){
		.at = moment_utc(local, day->timezone), .from = from, .text = text};
}

/* The operator takes everything: nothing of a sample must wait to be sent. */
static struct item *deliver(struct outgoing *out)
{
	struct item *results = NULL, **tail = &results;

	for (struct outgoing *row = out; row; row = row->next) {
		char *id = xasprintf("s%lld", (long long)row->id);

		*tail = item_new_result(row->link ? row->link : "", row->id, "sent", id, 0);
		tail = &(*tail)->next;
		free(id);
	}
	outgoing_free_list(out);
	return results;
}

static int step(struct fill *fill, struct item *items)
{
	struct outgoing *out = NULL;
	int error = OK;

	while (error == OK && items) {
		error = worker_step(fill->worker, items, &out);
		item_free_list(items);
		items = deliver(out);
	}
	item_free_list(items);
	if (error == OK)
		error = worker_tick(fill->worker, &out);
	items = error == OK ? deliver(out) : NULL;
	return items ? step(fill, items) : error;
}

static struct item *item_of(struct fill *fill, const struct fill_event *event)
{
	unsigned char octets[TEXT_ROOM];
	ssize_t length = gsm7_encode(event->text, octets, sizeof(octets));
	struct pdu_message message = {.octets = octets, .length = length > 0 ? (size_t)length : 0};
	struct tlv_list tlvs = {0};
	/* as from several operators: a crowd that says the same is no loop */
	const char *link =
		arena_printf(fill->arena, LINK "%.2s", event->from + strlen(event->from) - 2);
	struct deliver deliver = {.link = link,
		.generation = 1,
		.message = &message,
		.tlvs = &tlvs,
		.received_ms = clock_now()};
	struct item *item;

	copy_string(message.source.digits, sizeof(message.source.digits), event->from);
	copy_string(message.destination.digits, sizeof(message.destination.digits), ADDRESS);
	item = item_new_message(&deliver, ALPHABET_GSM7);
	/* none is a redelivery of another */
	memcpy(item->digest, &fill->serial, sizeof(fill->serial));
	fill->serial++;
	fill->result->messages++;
	return item;
}

/* Both clocks go on; never back. */
static void move_clock(int64_t utc)
{
	int64_t ahead = utc * 1000 - clock_wall();

	if (ahead > 0)
		clock_advance(ahead);
}

static int by_time(const void *a, const void *b)
{
	const struct fill_event *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static bool is_taken(const struct fill *fill, int64_t id)
{
	for (size_t i = 0; i < TAKEN; i++) {
		if (fill->taken[i] == id)
			return true;
	}
	return false;
}

/* Most alarms are taken within the hour, by the puskesmas or the bidan; not those of today. */
static int take_alarms(struct fill *fill, int64_t since, int64_t until)
{
	const struct report_filter filter = {
		.form = "mati", .received_from = since, .received_to = until};
	struct report_row *rows = xcalloc(TAKE_ROWS, sizeof(*rows));
	struct item *items = NULL, **tail = &items;
	struct person person;
	size_t count, found;
	int error = store_report_find(fill->store, fill->arena, &filter, rows, TAKE_ROWS, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		const struct area *area = gazetteer_area(fill->places, rows[i].area);
		const struct puskesmas *pkm = area ? gazetteer_serving(fill->places, area) : NULL;
		const char *owner = pkm ? pkm->id : area && area->parent ? area->parent->code : "";

		if (is_taken(fill, rows[i].id) || fill_below(&fill->random, 3) > 0)
			continue;
		fill->taken[fill->ntaken++ % TAKEN] = rows[i].id;
		error = store_person_list(
			fill->store, fill->arena, "puskesmas", owner, "active", &person, 1, &found);
		if (error == OK && found == 0 && area && area->parent)
			error = store_person_list(fill->store, fill->arena, "puskesmas",
				area->parent->code, "active", &person, 1, &found);
		if (error == OK && found > 0) {
			const struct fill_event event = {.at = until,
				.from = person.phone,
				.text = arena_printf(fill->arena, "TERIMA %s", rows[i].ref)};

			*tail = item_of(fill, &event);
			tail = &(*tail)->next;
		}
	}
	free(rows);
	return error == OK ? step(fill, items) : error;
}

static int run_day(struct fill *fill, struct fill_day *day, int64_t now)
{
	int error = OK;

	if (day->count)
		qsort(day->list, day->count, sizeof(*day->list), by_time);
	for (size_t i = 0; error == OK && i < day->count && day->list[i].at < now;) {
		int64_t bucket = day->list[i].at - day->list[i].at % BUCKET;
		struct item *items = NULL, **tail = &items;

		move_clock(bucket + 60 + fill_below(&fill->random, BUCKET / 2));
		error = take_alarms(fill, bucket - 86400, bucket - 1);
		move_clock(bucket + BUCKET - 1);
		for (; i < day->count && day->list[i].at < bucket + BUCKET && day->list[i].at < now;
			i++) {
			*tail = item_of(fill, &day->list[i]);
			tail = &(*tail)->next;
		}
		if (error == OK)
			error = step(fill, items);
		else
			item_free_list(items);
	}
	return error;
}

static void person_of(struct fill *fill, const struct person *person)
{
	bool bidan = strcmp(person->role, "bidan") == 0, kader = strcmp(person->role, "kader") == 0;
	const struct area *area =
		person->areas ? gazetteer_area(fill->places, person->areas) : NULL;
	struct fill_desa *desa = NULL;

	if ((!bidan && !kader) || !area || area->level != LEVEL_DESA)
		return;
	for (size_t i = 0; i < fill->ndesa && !desa; i++)
		desa = fill->desa[i].area == area ? &fill->desa[i] : NULL;
	if (!desa && fill->ndesa < DESA_MAX) {
		desa = &fill->desa[fill->ndesa++];
		*desa = (struct fill_desa){.area = area,
			.ilp = fill_below(&fill->random, 100) < 54,
			.quality = 20 + (int)fill_below(&fill->random, 80)};
	}
	if (desa && bidan && !desa->bidan)
		desa->bidan = arena_strdup(fill->people, person->phone);
	if (desa && kader && !desa->kader)
		desa->kader = arena_strdup(fill->people, person->phone);
}

static int each_person(const struct person *person, void *context)
{
	if (!person->state || strcmp(person->state, "active") == 0)
		person_of(context, person);
	return 0;
}

static int run(struct fill *fill, const struct fill_options *options)
{
	int zone = fill->config->main.flow.timezone;
	struct date today = moment_local(options->now, zone).date;
	struct date date =
		date_add_months((struct date){today.year, today.month, 1}, -options->months);
	int error = OK;

	for (; error == OK && date_compare(date, today) <= 0; date = date_add_days(date, 1)) {
		struct fill_day day = {.arena = fill->arena, .date = date, .timezone = zone};
		bool last = date_compare(date, today) == 0;

		arena_reset(fill->arena);
		for (size_t i = 0; i < fill->ndesa; i++)
			fill_desa_day(&fill->random, &fill->desa[i], fill->places, &day, last);
		for (int i = 0; i < (last ? 3 : 1); i++)
			fill_other(&fill->random,
				&fill->desa[fill_below(&fill->random, (uint32_t)fill->ndesa)], &day,
				last);
		error = run_day(fill, &day, options->now);
		free(day.list);
	}
	return error;
}

int fill_store(struct config *config, struct store *store, const struct fill_options *options,
	struct fill_result *result)
{
	struct fill fill = {.config = config,
		.store = store,
		.result = result,
		.random = {options->seed},
		.arena = arena_new(),
		.people = arena_new(),
		.serial = 1};
	struct worker_setup setup = {.store = store,
		.config = worker_config_of(config)};
	int error = store_gazetteer_load(store, &fill.places);

	*result = (struct fill_result){0};
	fill.desa = xcalloc(DESA_MAX, sizeof(*fill.desa));
	if (error == OK)
		error = store_person_each(store, each_person, &fill);
	if (error == OK && fill.ndesa == 0)
		error = ERR_NOT_FOUND;
	if (error == OK) {
		clock_freeze((options->now - (options->months + 2) * 31LL * 86400) * 1000);
		fill.worker = worker_new(&setup);
		error = run(&fill, options);
		worker_free(fill.worker);
		clock_thaw();
	}
	gazetteer_free(fill.places);
	free(fill.desa);
	arena_free(fill.arena);
	arena_free(fill.people);
	return error;
}
