/* A collection: whoever receives it decides what to do with it. See fhir.h. */
#include "tools/exchange/fhir.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "parsers/form/form.h"
#include "tools/exchange/items.h"

#define POPULATIONS "http://terminology.hl7.org/CodeSystem/measure-population"
#define STATUSES    "http://terminology.hl7.org/CodeSystem/v3-ActStatus"

struct bundle {
	struct ctl_world *world;
	const struct mapping *mapping;
	struct period period;
	json_t *entries;
};

/* An UUID that stays the same for one measure, unit and period. */
static const char *uuid_of(struct arena *arena, const char *name)
{
	unsigned char hash[crypto_generichash_BYTES_MIN];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)name, strlen(name), NULL, 0);
	hash[6] = (unsigned char)((hash[6] & 0x0f) | 0x80); /* RFC 9562, version 8: our own */
	hash[8] = (unsigned char)((hash[8] & 0x3f) | 0x80);
	return arena_printf(arena,
		"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", hash[0],
		hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7], hash[8], hash[9],
		hash[10], hash[11], hash[12], hash[13], hash[14], hash[15]);
}

static const char *time_of(struct arena *arena, int64_t utc)
{
	struct moment moment = moment_local(utc, 0);

	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", moment.date.year,
		moment.date.month, moment.date.day, moment.hour, moment.minute, (int)(utc % 60));
}

static json_t *draft(void)
{
	return json_pack("{s:[{s:s, s:s, s:s}]}", "tag", "system", STATUSES, "code", "draft",
		"display", "draft");
}

static json_t *population(const char *code, int64_t count)
{
	return json_pack("{s:{s:[{s:s, s:s}]}, s:I}", "code", "coding", "system", POPULATIONS,
		"code", code, "count", (json_int_t)count);
}

/* What the indicator divides by, without what is taken off. */
static int whole_of(struct bundle *bundle, const struct form_indicator *indicator,
	const char *unit, int64_t *whole)
{
	int64_t less = 0;
	int error = items_sum(bundle->world, unit, indicator->of, indicator->of_stock,
		bundle->period, whole);

	for (size_t i = 0; !error && i < indicator->nless; i++) {
		error = items_sum(
			bundle->world, unit, indicator->less[i], false, bundle->period, &less);
		*whole -= error ? 0 : less;
	}
	return error;
}

static json_t *report_of(struct bundle *bundle, const struct map_measure *measure,
	const char *unit, const char *name, const char *uuid, json_t *group)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	date_format(bundle->period.from, from);
	date_format(bundle->period.to, to);
	return json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:{s:{s:s, s:s}, s:s}, s:{s:s, s:s}, "
			 "s:[o]}",
		"resourceType", "MeasureReport", "id", uuid, "meta", draft(), "status", "pending",
		"type", "summary", "measure", measure->canonical, "date",
		time_of(bundle->world->arena, bundle->world->flow.now), "reporter", "identifier",
		"system", bundle->mapping->system, "value", unit, "display", name, "period",
		"start", from, "end", to, "group", group);
}

static int measure_add(struct bundle *bundle, const struct map_measure *measure, const char *unit,
	const char *name)
{
	const struct form_indicator *indicator = measure->indicator;
	struct arena *arena = bundle->world->arena;
	char period[PERIOD_TEXT];
	const char *uuid;
	int64_t part, whole = 0;
	json_t *group, *populations;
	int error = items_sum(bundle->world, unit, indicator->count, indicator->stock,
		bundle->period, &part);

	if (!error && indicator->of)
		error = whole_of(bundle, indicator, unit, &whole);
	if (error || (part == 0 && whole == 0))
		return error;
	populations = json_array();
	if (indicator->of)
		json_array_append_new(populations, population("denominator", whole));
	json_array_append_new(populations,
		population(indicator->of ? "numerator" : "measure-population", part));
	group = json_pack("{s:o}", "population", populations);
	if (indicator->of && indicator->per && whole > 0)
		json_object_set_new(group, "measureScore",
			json_pack("{s:f}", "value",
				(double)part * (double)indicator->per / (double)whole));
	period_format(bundle->period, period);
	uuid = uuid_of(arena, arena_printf(arena, "%s %s %s", measure->canonical, unit, period));
	json_array_append_new(bundle->entries,
		json_pack("{s:o, s:o}", "fullUrl", json_sprintf("urn:uuid:%s", uuid), "resource",
			report_of(bundle, measure, unit, name, uuid, group)));
	return OK;
}

static int unit_add(struct bundle *bundle, const char *unit, const char *name)
{
	int error = OK;

	for (size_t i = 0; !error && i < bundle->mapping->nmeasure; i++)
		error = measure_add(bundle, &bundle->mapping->measures[i], unit, name);
	return error;
}

int fhir_bundle(struct ctl_world *world, const struct mapping *mapping, struct period period,
	json_t **out)
{
	struct bundle bundle = {world, mapping, period, json_array()};
	enum area_level level = mapping_level(mapping);
	const struct puskesmas *puskesmas;
	const struct area *area;
	int error = OK;

	for (size_t i = 0; level == LEVEL_ANY && !error &&
		(puskesmas = gazetteer_puskesmas_at(world->places, i));
		i++)
		error = unit_add(&bundle, puskesmas->id, puskesmas->name);
	for (size_t i = 0;
		level != LEVEL_ANY && !error && (area = gazetteer_area_at(world->places, i)); i++) {
		if (area->level == level)
			error = unit_add(&bundle, area->code, area->name);
	}
	*out = json_pack("{s:s, s:o, s:s, s:s, s:o}", "resourceType", "Bundle", "meta", draft(),
		"type", "collection", "timestamp", time_of(world->arena, world->flow.now), "entry",
		bundle.entries);
	return error;
}
