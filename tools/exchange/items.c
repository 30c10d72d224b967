/* Counts as data values, reports as events. See items.h. */
#include "tools/exchange/items.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "store/report/report.h"
#include "store/report/tally.h"

static void item_add(struct items *items, const char *key, const char *state, json_t *body)
{
	if (items->count == items->room) {
		items->room = items->room ? 2 * items->room : 256;
		items->list = xrealloc(items->list, items->room, sizeof(*items->list));
	}
	items->list[items->count++] = (struct item){key, state, body};
}

void items_free(struct items *items)
{
	for (size_t i = 0; i < items->count; i++)
		json_decref(items->list[i].body);
	free(items->list);
	*items = (struct items){0};
}

static int area_sum(struct store *store, const char *area, const char *count, bool stock,
	struct period period, int64_t *sum)
{
	return stock ? store_stock_sum(store, area, count, period, sum)
		     : store_tally_sum(store, area, count, period, sum);
}

int items_sum(struct ctl_world *world, const char *unit, const char *count, bool stock,
	struct period period, int64_t *sum)
{
	const struct puskesmas *puskesmas = gazetteer_puskesmas(world->places, unit);
	int64_t one;
	int error = OK;

	*sum = 0;
	if (!puskesmas)
		return area_sum(world->store, unit, count, stock, period, sum);
	for (size_t i = 0; !error && i < puskesmas->narea; i++) {
		error = area_sum(
			world->store, puskesmas->areas[i]->code, count, stock, period, &one);
		*sum += error ? 0 : one;
	}
	return error;
}

/* Did anybody of the unit report by this form, if only that there was nothing? */
static int reported(struct ctl_world *world, const char *unit, const struct form *form,
	struct period period, bool *yes)
{
	const struct puskesmas *puskesmas = gazetteer_puskesmas(world->places, unit);
	int64_t desa = 0;
	int error = OK;

	if (!puskesmas)
		error = store_coverage_count(world->store, unit, form->name, period, &desa);
	for (size_t i = 0; puskesmas && !error && !desa && i < puskesmas->narea; i++)
		error = store_coverage_count(
			world->store, puskesmas->areas[i]->code, form->name, period, &desa);
	*yes = desa > 0;
	return error;
}

struct values {
	struct ctl_world *world;
	const struct mapping *mapping;
	struct period month;
	struct items *out;
};

static int value_add(struct values *values, const struct map_value *map, const char *code,
	const char *unit)
{
	struct arena *arena = values->world->arena;
	const char *period = arena_printf(
		arena, "%04d%02d", values->month.from.year, values->month.from.month);
	bool told = true;
	int64_t sum;
	json_t *body;
	int error = items_sum(
		values->world, code, map->count, map->stock, values->month, &sum);

	if (!error && sum == 0)
		error = reported(values->world, code, map->form, values->month, &told);
	if (error || !told)
		return error;
	body = json_pack("{s:s, s:s, s:s, s:o}", "dataElement", map->element, "period", period,
		"orgUnit", unit, "value", json_sprintf("%" PRId64, sum));
	if (*map->option)
		json_object_set_new(body, "categoryOptionCombo", json_string(map->option));
	if (*values->mapping->attribute)
		json_object_set_new(
			body, "attributeOptionCombo", json_string(values->mapping->attribute));
	item_add(values->out,
		arena_printf(arena, "%s.%s.%s.%s.%s", map->element, map->option,
			values->mapping->attribute, unit, period),
		arena_printf(arena, "%" PRId64, sum), body);
	return OK;
}

static int unit_add(struct values *values, const char *code)
{
	const char *unit = mapping_unit(values->mapping, code);
	int error = OK;

	if (!unit) {
		values->out->unmapped++;
		return OK;
	}
	for (size_t i = 0; !error && i < values->mapping->nvalue; i++)
		error = value_add(values, &values->mapping->values[i], code, unit);
	return error;
}

static int month_add(struct values *values)
{
	const struct gazetteer *places = values->world->places;
	enum area_level level = mapping_level(values->mapping);
	const struct puskesmas *puskesmas;
	const struct area *area;
	int error = OK;

	for (size_t i = 0; level == LEVEL_ANY && !error &&
		(puskesmas = gazetteer_puskesmas_at(places, i));
		i++)
		error = unit_add(values, puskesmas->id);
	for (size_t i = 0; level != LEVEL_ANY && !error && (area = gazetteer_area_at(places, i));
		i++) {
		if (area->level == level)
			error = unit_add(values, area->code);
	}
	return error;
}

int items_of_values(struct ctl_world *world, const struct mapping *mapping, struct period period,
	struct items *out)
{
	struct values values = {.world = world, .mapping = mapping, .out = out};
	struct date month = {period.from.year, period.from.month, 1};
	int error = OK;

	*out = (struct items){0};
	for (; !error && date_compare(month, period.to) <= 0; month = date_add_months(month, 1)) {
		values.month = (struct period){
			month, date_add_days(date_add_months(month, 1), -1)};
		error = month_add(&values);
	}
	return error;
}

struct events {
	struct ctl_world *world;
	const struct mapping *mapping;
	const struct map_event *map;
	const char *store; /* which store it is */
	struct items *out;
};

/* Eleven signs that stay the same for a report of a store, wherever it is read from. */
static const char *uid_of(const struct events *events, const struct report_row *row)
{
	static const char signs[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	struct arena *arena = events->world->arena;
	const char *name = arena_printf(arena, "%s/%s/%s/%s", events->store, row->kabupaten,
		row->ref, events->map->stage);
	unsigned char hash[crypto_generichash_BYTES];
	char *uid = arena_alloc(arena, UID_TEXT);

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)name, strlen(name), NULL, 0);
	for (int i = 0; i < UID_TEXT - 1; i++) { /* two octets each: no sign is much likelier */
		unsigned two = (unsigned)hash[2 * i] << 8 | hash[2 * i + 1];

		uid[i] = signs[two % (i == 0 ? 52 : 62)];
	}
	return uid;
}

static json_t *data_values(const struct map_event *map, const json_t *fields)
{
	json_t *list = json_array();

	for (size_t i = 0; i < map->nfield; i++) {
		const json_t *value = json_object_get(fields, map->fields[i].field);
		json_t *text = json_is_integer(value)
			? json_sprintf("%lld", (long long)json_integer_value(value))
			: json_is_real(value)   ? json_sprintf("%.10g", json_real_value(value))
			: json_is_string(value) ? json_string(json_string_value(value))
						: NULL;

		if (text)
			json_array_append_new(list,
				json_pack("{s:s, s:o}", "dataElement", map->fields[i].element,
					"value", text));
	}
	return list;
}

/* The unit of the place, or of the puskesmas that serves it. */
static const char *unit_of(const struct events *events, const char *code)
{
	const struct gazetteer *places = events->world->places;
	const struct area *area = gazetteer_area(places, code);
	const struct puskesmas *serving = area ? gazetteer_serving(places, area) : NULL;
	const char *unit = mapping_unit(events->mapping, code);

	return unit ? unit : serving ? mapping_unit(events->mapping, serving->id) : NULL;
}

static int event_add(const struct report_row *row, void *context)
{
	struct events *events = context;
	struct arena *arena = events->world->arena;
	const char *unit = unit_of(events, row->area), *uid;
	json_t *fields;

	if (!unit) {
		events->out->unmapped++;
		return OK;
	}
	fields = json_loads(row->fields, 0, NULL);
	uid = uid_of(events, row);
	item_add(events->out, uid, arena_printf(arena, "%d", row->version),
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "event", uid, "program",
			events->map->program, "programStage", events->map->stage, "orgUnit", unit,
			"occurredAt", row->date, "status", "COMPLETED", "dataValues",
			data_values(events->map, fields)));
	json_decref(fields);
	return OK;
}

int items_of_events(struct ctl_world *world, const struct mapping *mapping, struct period period,
	struct items *out)
{
	struct events events = {.world = world, .mapping = mapping, .out = out};
	char from[DATE_TEXT], to[DATE_TEXT], id[STORE_ID];
	int64_t last;
	int error = store_id(world->store, id, &last);

	*out = (struct items){0};
	events.store = id;
	date_format(period.from, from);
	date_format(period.to, to);
	for (size_t i = 0; !error && i < mapping->nevent; i++) {
		const struct report_filter filter = {.form = mapping->events[i].form->name,
			.date_from = from, .date_to = to, .counted = true};

		events.map = &mapping->events[i];
		error = store_report_each(world->store, &filter, event_add, &events);
	}
	return error;
}
