/* kabarctl people: who is on file, and what an operator may change about them. */
#include <stdio.h>

#include "parsers/text/phone.h"
#include "store/people/person.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"
#include "flows/lists/role_area.h"

struct people_request {
	const char *command; /* "list", "block", "unblock", "move" */
	const char *role, *area, *state, *posyandu;
	bool json;
	char phone[PHONE_TEXT];
};

struct listing {
	struct ctl_world *world;
	const struct people_request *request;
	json_t *rows; /* with --json */
};

static const char *const names[] = {
	"phone", "name", "role", "areas", "posyandu", "language", "state"};

static bool equals(const char *wanted, const char *value)
{
	return !wanted || strcmp(wanted, value ? value : "") == 0;
}

/* A filter by area takes the area and everything inside it; a puskesmas is inside where it serves.
 */
static bool inside(struct ctl_world *world, const char *code, const char *wanted)
{
	const struct area *area = gazetteer_area(world->places, code),
			  *outer = gazetteer_area(world->places, wanted);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(world->places, code);

	if (strcmp(code, wanted) == 0)
		return true;
	if (outer && area)
		return area_within(area, outer);
	for (size_t i = 0; outer && puskesmas && i < puskesmas->narea; i++) {
		if (area_within(puskesmas->areas[i], outer))
			return true;
	}
	puskesmas = gazetteer_puskesmas(world->places, wanted);
	for (size_t i = 0; area && puskesmas && i < puskesmas->narea; i++) {
		if (area == puskesmas->areas[i])
			return true;
	}
	return false;
}

static bool within(struct ctl_world *world, const char *areas, const char *wanted)
{
	char *rest = arena_strdup(world->arena, areas), *code;

	while (wanted && (code = strsep(&rest, ";"))) {
		if (inside(world, code, wanted))
			return true;
	}
	return !wanted;
}

static int person_print(const struct person *person, void *context)
{
	struct listing *listing = context;
	const struct people_request *request = listing->request;
	const char *const columns[] = {person->phone, person->name, person->role, person->areas,
		person->posyandu, person->language, person->state};

	arena_reset(listing->world->arena);
	if (!equals(request->role, person->role) || !equals(request->state, person->state) ||
		!equals(request->posyandu, person->posyandu) ||
		!within(listing->world, person->areas, request->area))
		return 0;
	if (listing->rows) {
		json_t *row = json_object();

		for (size_t i = 0; i < COUNT_OF(columns); i++)
			json_object_set_new(row, names[i], ctl_json_text(columns[i]));
		return json_array_append_new(listing->rows, row) ? ERR_SYSTEM : OK;
	}
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		if (i)
			putchar('\t');
		ctl_print_flat(columns[i] && *columns[i] ? columns[i] : NULL);
	}
	putchar('\n');
	return ferror(stdout) ? ERR_SYSTEM : 0;
}

static int people_list(struct ctl_world *world, const struct people_request *request)
{
	struct listing listing = {.world = world, .request = request};
	int error, status;

	if (request->area && !gazetteer_area(world->places, request->area) &&
		!gazetteer_puskesmas(world->places, request->area)) {
		fprintf(stderr, "kabarctl people: there is no area \"%s\"\n", request->area);
		return 1;
	}
	listing.rows = request->json ? json_array() : NULL;
	error = ctl_audit(world, "people list", request->area ? request->area : "people", NULL,
		request->role);
	if (!error)
		error = store_person_each(world->store, person_print, &listing);
	status = ctl_world_status(world, error);
	if (listing.rows && status == 0)
		return ctl_json_print(listing.rows);
	json_decref(listing.rows);
	return status;
}

/* What is wrong with a move; NULL: nothing. */
static const char *move_wrong(struct ctl_world *world, const struct person *person,
	const char *areas, const char *posyandu)
{
	char *rest = arena_strdup(world->arena, areas), *code;
	const char *wrong = *areas ? NULL : "give the area to move to";

	while (!wrong && (code = strsep(&rest, ";")))
		wrong = role_area_wrong(world->arena, world->places, person->role, code, false);
	if (!wrong && posyandu)
		wrong = role_posyandu_wrong(world->arena, world->places, areas, posyandu, false);
	return wrong;
}

static const char *where_text(struct ctl_world *world, const char *areas, const char *posyandu)
{
	return arena_printf(world->arena, "%s%s%s", areas, posyandu ? " posyandu " : "",
		posyandu ? posyandu : "");
}

static int people_move(struct ctl_world *world, const struct person *person,
	const struct people_request *request, const char **wrong)
{
	const char *areas = role_areas_tidy(world->arena, request->area);
	int error;

	*wrong = move_wrong(world, person, areas, request->posyandu);
	if (*wrong)
		return OK;
	error = store_person_move(world->store, person->phone, areas, request->posyandu);
	if (!error)
		error = ctl_audit(world, "people move", person->phone,
			where_text(world, person->areas, person->posyandu),
			where_text(world, areas, request->posyandu));
	return error;
}

static int people_state(
	struct ctl_world *world, const struct person *person, bool block, const char **wrong)
{
	const char *state = block ? "blocked" : "active";
	int error;

	if (block == (strcmp(person->state, "blocked") == 0)) {
		*wrong = block ? "is blocked already" : "is not blocked";
		*wrong = arena_printf(world->arena, "%s %s", person->phone, *wrong);
		return OK;
	}
	error = store_person_set_state(world->store, person->phone, state);
	if (!error)
		error = ctl_audit(world, block ? "people block" : "people unblock", person->phone,
			person->state, state);
	return error;
}

/* Change and audit in one transaction, or neither. */
static int people_change(struct ctl_world *world, const struct people_request *request)
{
	const char *wrong = NULL;
	struct person person;
	int error = store_batch_begin(world->store);

	if (!error)
		error = store_person_by_phone(world->store, world->arena, request->phone, &person);
	if (error == ERR_NOT_FOUND && strcmp(request->command, "block") == 0) {
		error = store_person_block(world->store, request->phone);
		if (!error)
			error = ctl_audit(
				world, "people block", request->phone, NULL, "blocked");
	} else if (error == ERR_NOT_FOUND)
		wrong = arena_printf(
			world->arena, "nobody on file has the number %s", request->phone);
	else if (!error && strcmp(request->command, "move") == 0)
		error = people_move(world, &person, request, &wrong);
	else if (!error)
		error = people_state(
			world, &person, strcmp(request->command, "block") == 0, &wrong);
	if (wrong) {
		store_batch_rollback(world->store);
		fprintf(stderr, "kabarctl people: %s\n", wrong);
		return 1;
	}
	if (!error)
		error = store_batch_commit(world->store);
	else
		store_batch_rollback(world->store);
	if (!error)
		printf("%s %s: done\n", request->command, request->phone);
	return ctl_world_status(world, error);
}

static int request_wrong(int count, char **words, const char *name, struct people_request *request)
{
	bool list;

	if (count < 1)
		return ctl_usage_error(name, "give list, block, unblock or move");
	request->command = words[0];
	list = strcmp(request->command, "list") == 0;
	if (!list && strcmp(request->command, "block") != 0 &&
		strcmp(request->command, "unblock") != 0 && strcmp(request->command, "move") != 0)
		return ctl_usage_error(
			name, "\"%s\" is not list, block, unblock or move", request->command);
	if (count != (list ? 1 : 2))
		return ctl_usage_error(name, list ? "list takes filters only" : "give one number");
	if (!list && !phone_normalise(words[1], request->phone))
		return ctl_usage_error(name, "\"%s\" is not a phone number", words[1]);
	if (!list && request->json)
		return ctl_usage_error(name, "--json is for list");
	if (strcmp(request->command, "move") == 0 && !request->area)
		return ctl_usage_error(name, "give --area with the area to move to");
	if (request->role && !role_known(request->role))
		return ctl_usage_error(name, "there is no role \"%s\"", request->role);
	return 0;
}

int ctl_people(struct ctl *ctl, int argc, char **argv)
{
	struct people_request request = {0};
	const struct ctl_option options[] = {{"role", &request.role, NULL},
		{"area", &request.area, NULL}, {"state", &request.state, NULL},
		{"posyandu", &request.posyandu, NULL}, {"json", NULL, &request.json}, {0}};
	struct ctl_world world;
	int first = ctl_options(argc, argv, options);
	int status = first < 0 ? 2 : request_wrong(argc - first, argv + first, argv[0], &request);

	if (status)
		return status;
	if (ctl_world_open(&world, ctl, argv[0], false))
		status = 1;
	else if (strcmp(request.command, "list") == 0)
		status = people_list(&world, &request);
	else
		status = people_change(&world, &request);
	ctl_world_close(&world);
	return status;
}
