/* People: who may report, with which numbers, for where. See person.h. */
#include "store/people/person.h"

#include <string.h>

#include "store/base/span.h"
#include "store/statement/ahead.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define PERSON	"person" /* kind of what is foreseen */
#define PERSON_ROW "person-row" /* ... and of what is kept in memory */
#define COLUMNS "p.id, f.phone, name, role, areas, posyandu, language, state"

static const struct question by_phone = {PERSON,
	"SELECT " COLUMNS " FROM phones f JOIN people p ON p.id = f.person WHERE f.phone = ?", "T"};

static void row_read(const struct cursor *cursor, struct arena *arena, struct person *out)
{
	*out = (struct person){
		.id = cursor_int(cursor, 0),
		.phone = cursor_text(cursor, arena, 1),
		.name = cursor_text(cursor, arena, 2),
		.role = cursor_text(cursor, arena, 3),
		.areas = cursor_text(cursor, arena, 4),
		.posyandu = cursor_text(cursor, arena, 5),
		.language = cursor_text(cursor, arena, 6),
		.state = cursor_text(cursor, arena, 7),
	};
}

/* Some people may be others from here on. */
static void forget(struct store *store)
{
	ahead_forget(store, PERSON, NULL);
	store->people++;
}

/* How a person is kept in memory: behind these its texts, each with its NUL. */
#define TEXTS 7
struct kept {
	uint64_t people; /* as they were counted then */
	int64_t id;
	bool there[TEXTS];
};

static void texts_of(struct person *person, const char **out[TEXTS])
{
	const char **const texts[TEXTS] = {&person->phone, &person->name, &person->role,
		&person->areas, &person->posyandu, &person->language, &person->state};

	memcpy(out, texts, sizeof(texts));
}

static bool known(struct store *store, struct arena *arena, const char *phone, int *result,
	struct person *out)
{
	const char **texts[TEXTS], *at;
	struct memo_value value;
	struct kept kept;

	if (!memo_find(store, PERSON_ROW, phone, &value) || value.length < sizeof(kept))
		return false;
	memcpy(&kept, value.data, sizeof(kept));
	if (kept.people != store->people)
		return false;
	*result = kept.id ? OK : ERR_NOT_FOUND;
	if (!kept.id)
		return true;
	at = arena_raw(arena, value.length - sizeof(kept) + 1);
	memcpy((char *)at, (const char *)value.data + sizeof(kept), value.length - sizeof(kept));
	*out = (struct person){.id = kept.id};
	texts_of(out, texts);
	for (size_t i = 0; i < TEXTS; i++) {
		if (!kept.there[i])
			continue;
		*texts[i] = at;
		at += strlen(at) + 1;
	}
	return true;
}

/* person NULL: there is none of that number. */
static void keep(struct store *store, struct arena *arena, const char *phone,
	struct person *person)
{
	struct kept kept = {.people = store->people, .id = person ? person->id : 0};
	struct memo_value value = {.length = sizeof(kept)};
	const char **texts[TEXTS];
	char *data, *at;

	if (person)
		texts_of(person, texts);
	for (size_t i = 0; person && i < TEXTS; i++) {
		kept.there[i] = *texts[i] != NULL;
		value.length += *texts[i] ? strlen(*texts[i]) + 1 : 0;
	}
	value.data = data = arena_raw(arena, value.length);
	memcpy(data, &kept, sizeof(kept));
	at = data + sizeof(kept);
	for (size_t i = 0; person && i < TEXTS; i++)
		at = *texts[i] ? stpcpy(at, *texts[i]) + 1 : at;
	memo_put(store, PERSON_ROW, phone, &value, MEMO_READ);
}

int store_person_by_phone(
	struct store *store, struct arena *arena, const char *phone, struct person *out)
{
	struct cursor cursor;
	int result;

	if (known(store, arena, phone, &result, out))
		return result;
	cursor_open(&cursor, store, by_phone.sql, PARAMS(p_text(phone)));
	result = cursor_next(&cursor);
	if (result > 0)
		row_read(&cursor, arena, out);
	if (result >= 0)
		keep(store, arena, phone, result > 0 ? out : NULL);
	return cursor_one(&cursor, result);
}

void store_person_foresee(struct store *store, const char *phone)
{
	ahead_foresee(store, &by_phone, ROW(p_text(phone)));
}

/* One row per area or puskesmas, so that the people of a place are found by it. */
static int areas_write(struct store *store, struct arena *arena, int64_t id, const char *areas)
{
	int error =
		query_run(store, "DELETE FROM people_areas WHERE person = ?", PARAMS(p_int(id)));
	char *rest = arena_strdup(arena, areas), *area;

	while (!error && (area = strsep(&rest, ";"))) {
		if (*area)
			error = query_run(store,
				"INSERT INTO people_areas (area, person) VALUES (?, ?) "
				"ON CONFLICT DO NOTHING",
				PARAMS(p_text(area), p_int(id)));
	}
	return error;
}

static int person_insert(struct store *store, struct arena *arena, const struct person *person)
{
	int64_t id;
	int error = query_int(store,
		"INSERT INTO people (name, role, areas, posyandu, language, state) VALUES "
		"(?,?,?,?,?,?) "
		"RETURNING id",
		PARAMS(p_text(person->name), p_text(person->role), p_text(person->areas),
			p_text(person->posyandu),
			p_text(person->language ? person->language : "id"),
			p_text(person->state ? person->state : "active")),
		&id);

	if (!error)
		error = query_run(store, "INSERT INTO phones (phone, person) VALUES (?, ?)",
			PARAMS(p_text(person->phone), p_int(id)));
	return error ? error : areas_write(store, arena, id, person->areas);
}

static bool same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A list does not lift what a person or a supervisor decided. */
static const char *state_of_list(const char *state)
{
	return same(state, "blocked") || same(state, "stopped") ? state : "active";
}

static int person_update(struct store *store, struct arena *arena, const struct person *old,
	const struct person *person, int *changed)
{
	const char *language = person->language ? person->language : old->language;
	const char *state = person->state ? person->state : state_of_list(old->state);
	int error;

	if (same(old->name, person->name) && same(old->role, person->role) &&
		same(old->areas, person->areas) && same(old->posyandu, person->posyandu) &&
		same(old->language, language) && same(old->state, state))
		return OK;
	*changed = 1;
	error = query_run(store,
		"UPDATE people SET name = ?, role = ?, areas = ?, posyandu = ?, language = ?, "
		"state = ? "
		"WHERE id = ?",
		PARAMS(p_text(person->name), p_text(person->role), p_text(person->areas),
			p_text(person->posyandu), p_text(language), p_text(state), p_int(old->id)));
	return error ? error : areas_write(store, arena, old->id, person->areas);
}

int store_person_put(struct store *store, const struct person *person, int *changed)
{
	struct arena *arena = arena_new();
	struct person old, wanted = *person;
	struct span span;
	int error;

	*changed = 0;
	forget(store);
	if (!wanted.areas)
		wanted.areas = "";
	error = span_begin(&span, store);
	if (error)
		goto out;
	error = store_person_by_phone(store, arena, wanted.phone, &old);
	if (error == ERR_NOT_FOUND) {
		*changed = 2;
		error = person_insert(store, arena, &wanted);
	} else if (!error) {
		error = person_update(store, arena, &old, &wanted, changed);
	}
	if (*changed)
		store_places_changed(store);
	error = span_end(&span, error);
out:
	arena_free(arena);
	return error;
}

static int person_id(struct store *store, const char *phone, int64_t *id)
{
	return query_int(
		store, "SELECT person FROM phones WHERE phone = ?", PARAMS(p_text(phone)), id);
}

int store_person_block(struct store *store, const char *phone)
{
	struct person person = {.phone = phone,
		.name = "-",
		.role = "none",
		.areas = "",
		.language = "id",
		.state = "blocked"};
	int changed;

	return store_person_put(store, &person, &changed);
}

int store_person_set_state(struct store *store, const char *phone, const char *state)
{
	int64_t id;

	forget(store);
	return query_int(store,
		"UPDATE people SET state = ? WHERE id = (SELECT person FROM phones WHERE phone = "
		"?) "
		"RETURNING id",
		PARAMS(p_text(state), p_text(phone)), &id);
}

int store_person_add_phone(struct store *store, int64_t id, const char *phone)
{
	int64_t owner;
	int error = person_id(store, phone, &owner);

	forget(store);
	if (!error)
		return owner == id ? OK : ERR_EXISTS;
	if (error != ERR_NOT_FOUND)
		return error;
	return query_run(store, "INSERT INTO phones (phone, person) VALUES (?, ?)",
		PARAMS(p_text(phone), p_int(id)));
}

int store_person_drop_phone(struct store *store, const char *phone)
{
	int64_t id;

	forget(store);
	return query_int(store,
		"DELETE FROM phones WHERE phone = ? AND EXISTS (SELECT 1 FROM phones o "
		"WHERE o.person = phones.person AND o.phone <> phones.phone) RETURNING person",
		PARAMS(p_text(phone)), &id);
}

int store_person_move(
	struct store *store, const char *phone, const char *areas, const char *posyandu)
{
	struct arena *arena = arena_new();
	struct span span;
	int64_t id;
	int error = span_begin(&span, store);

	forget(store);
	if (error)
		goto out;
	error = person_id(store, phone, &id);
	if (!error)
		error = query_run(store, "UPDATE people SET areas = ?, posyandu = ? WHERE id = ?",
			PARAMS(p_text(areas), p_text(posyandu), p_int(id)));
	if (!error)
		error = areas_write(store, arena, id, areas);
	error = span_end(&span, error);
out:
	arena_free(arena);
	return error;
}

/* Of several numbers the one that was given first would be arbitrary: the smallest stands for the
 * person. */
int store_person_list(struct store *store, struct arena *arena, const char *role, const char *area,
	const char *state, struct person *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT p.id, (SELECT min(phone) FROM phones WHERE person = p.id), name, role, "
		"areas, "
		"posyandu, language, state FROM people_areas a JOIN people p ON p.id = a.person "
		"WHERE a.area = ? AND role = ? AND state = ? ORDER BY p.id LIMIT ?",
		PARAMS(p_text(area), p_text(role), p_text(state ? state : "active"),
			p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

int store_person_each(
	struct store *store, int (*each)(const struct person *person, void *context), void *context)
{
	struct arena *arena = arena_new();
	struct cursor cursor;
	struct person person;
	int result;

	cursor_open(&cursor, store,
		"SELECT " COLUMNS
		" FROM people p JOIN phones f ON f.person = p.id ORDER BY p.id, f.phone",
		NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		row_read(&cursor, arena, &person);
		result = each(&person, context);
		if (result)
			break;
		arena_reset(arena);
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result;
}

int store_person_some(struct store *store, struct arena *arena, int64_t *after, size_t most,
	struct person *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int64_t last;
	int result = 0, error;

	*count = 0;
	error = query_int(store,
		"SELECT coalesce(max(id), 0) FROM (SELECT id FROM people WHERE id > ? ORDER BY id "
		"LIMIT ?) AS next",
		PARAMS(p_int(*after), p_int((int64_t)most)), &last);
	if (error || last == 0) {
		*after = 0;
		return error;
	}
	cursor_open(&cursor, store,
		"SELECT " COLUMNS " FROM people p JOIN phones f ON f.person = p.id "
		"WHERE p.id > ? AND p.id <= ? ORDER BY p.id, f.phone",
		PARAMS(p_int(*after), p_int(last)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	*after = last;
	return result < 0 ? result : OK;
}
