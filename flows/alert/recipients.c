/* Whom an alert goes to. A level where nobody is on file hands its alarm to the next one. */
#include "flows/alert/recipients.h"

#include <string.h>

#define PEOPLE 12

static void add(
	const struct turn *turn, struct recipients *out, const struct person *person, bool alarm)
{
	if (turn->sender.phone != NULL && strcmp(person->phone, turn->sender.phone) == 0)
		return;
	for (size_t i = 0; i < out->count; i++) {
		if (strcmp(out->list[i].person.phone, person->phone) == 0)
			return;
	}
	if (out->count < RECIPIENTS_MAX)
		out->list[out->count++] = (struct recipient){.person = *person, .alarm = alarm};
}

/* Adds the people of a role at a place; *found when there is any, the sender too. */
static int add_role(const struct turn *turn, struct recipients *out, const char *role,
	const char *code, bool alarm, bool *found)
{
	struct person *people = arena_alloc(turn->flow->arena, PEOPLE * sizeof(*people));
	size_t count = 0;
	int error = store_person_list(
		turn->flow->store, turn->flow->arena, role, code, "active", people, PEOPLE, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		add(turn, out, &people[i], alarm);
		*found = true;
	}
	return error;
}

static const struct area *ancestor(const struct area *area, enum area_level level)
{
	while (area != NULL && area->level != level)
		area = area->parent;
	return area;
}

/* Whichever puskesmas serves desa of the kecamatan. */
static int add_those_in(const struct turn *turn, struct recipients *out,
	const struct area *kecamatan, bool alarm, bool *found)
{
	const struct puskesmas *one;
	int error = OK;

	for (size_t i = 0; error == OK &&
		(one = gazetteer_puskesmas_at(turn->flow->places, i)) != NULL; i++) {
		for (size_t k = 0; k < one->narea; k++) {
			if (ancestor(one->areas[k], LEVEL_KECAMATAN) != kecamatan)
				continue;
			error = add_role(turn, out, "puskesmas", one->id, alarm, found);
			break;
		}
	}
	return error;
}

static int add_puskesmas(const struct turn *turn, struct recipients *out, const struct area *area,
	bool alarm, bool *found)
{
	const struct puskesmas *serving =
		area->level == LEVEL_DESA ? gazetteer_serving(turn->flow->places, area) : NULL;
	const struct area *kecamatan = ancestor(area, LEVEL_KECAMATAN);
	int error = OK;

	if (serving != NULL)
		error = add_role(turn, out, "puskesmas", serving->id, alarm, found);
	if (area->level == LEVEL_KECAMATAN)
		error = add_those_in(turn, out, area, alarm, found);
	if (error == OK && kecamatan != NULL)
		error = add_role(turn, out, "puskesmas", kecamatan->code, alarm, found);
	return error;
}

static int add_level(const struct turn *turn, struct recipients *out, const struct area *area,
	unsigned level, bool alarm, bool *found)
{
	const struct area *at;

	switch (level) {
	case TO_BIDAN:
		return area->level == LEVEL_DESA
			? add_role(turn, out, "bidan", area->code, alarm, found)
			: OK;
	case TO_PUSKESMAS:
		return add_puskesmas(turn, out, area, alarm, found);
	case TO_DINKES:
		at = ancestor(area, LEVEL_KABUPATEN);
		return at == NULL ? OK : add_role(turn, out, "dinkes", at->code, alarm, found);
	default:
		at = ancestor(area, LEVEL_PROVINSI);
		return at == NULL ? OK : add_role(turn, out, "provinsi", at->code, alarm, found);
	}
}

struct everywhere {
	const struct turn *turn;
	struct recipients *out;
};

static int dinkes_each(const struct person *person, void *context)
{
	struct everywhere *everywhere = context;
	struct arena *arena = everywhere->turn->flow->arena;
	struct person copy = *person;

	if (strcmp(person->role, "dinkes") != 0 || everywhere->out->count >= SETTINGS_PHONES ||
		(person->state != NULL && strcmp(person->state, "active") != 0))
		return 0;
	copy.phone = arena_strdup(arena, person->phone);
	copy.name = person->name == NULL ? NULL : arena_strdup(arena, person->name);
	copy.role = "dinkes";
	copy.areas = arena_strdup(arena, person->areas);
	copy.posyandu = NULL;
	copy.language = person->language == NULL ? "id" : arena_strdup(arena, person->language);
	copy.state = "active";
	add(everywhere->turn, everywhere->out, &copy, false);
	return 0;
}

/* The phones of the configuration; without any, whoever is of a dinkes: it must reach somebody. */
static int add_configured(const struct turn *turn, struct recipients *out)
{
	const struct flow_settings *settings = turn->flow->settings;
	struct everywhere everywhere = {.turn = turn, .out = out};

	if (settings->nnowhere == 0)
		return store_person_each(turn->flow->store, dinkes_each, &everywhere);
	for (size_t i = 0; i < settings->nnowhere; i++) {
		struct person person;
		int error = store_person_by_phone(
			turn->flow->store, turn->flow->arena, settings->nowhere[i], &person);

		if (error == ERR_NOT_FOUND)
			person = (struct person){
				.phone = settings->nowhere[i], .role = "dinkes", .language = "id"};
		else if (error != OK)
			return error;
		add(turn, out, &person, false);
	}
	return OK;
}

int recipients_find(
	const struct turn *turn, const struct area *area, unsigned levels, struct recipients *out)
{
	bool alarm = false, known = false;

	out->count = 0;
	if (area == NULL)
		return add_configured(turn, out);
	for (unsigned level = TO_BIDAN; level <= TO_PROVINSI; level <<= 1) {
		bool found = false;
		int error;

		if ((levels & level) == 0 && !alarm && !(known && out->count == 0))
			continue; /* but where the sender alone is: the next level hears of it */
		error = add_level(turn, out, area, level, alarm, &found);
		if (error != OK)
			return error;
		alarm = !found; /* nobody there: the next level is alarmed instead */
		known |= found;
		if (out->count > 0 && level > levels)
			break;
	}
	return known ? OK : add_configured(turn, out); /* the sender himself is somebody */
}
