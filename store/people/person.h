/* People and places as rows: who may report, for where, and the lists they come from. */
#ifndef STORE_PEOPLE_PERSON_H
#define STORE_PEOPLE_PERSON_H

#include "parsers/place/gazetteer.h"
#include "store/base/store.h"

struct person {
	int64_t id;
	const char *
		phone; /* "+62812…"; a person may have several numbers, this is the one asked for */
	const char *name, *role; /* role: "kader" … */
	const char *areas;       /* codes or a puskesmas id, ";" between */
	const char *posyandu;    /* id; NULL */
	const char *language;    /* "id" */
	const char *state; /* "active", "waiting" (registration), "stopped", "blocked", "inactive"
			    * (no longer on the list) */
};

int store_person_by_phone(
	struct store *store, struct arena *arena, const char *phone, struct person *out) MUST_CHECK;
/* A batch will ask it: store_ask() of store/base/store.h. */
void store_person_foresee(struct store *store, const char *phone);
/* Inserts or updates by phone. *changed: 0 nothing, 1 updated, 2 new. state NULL: a new or waiting
 * person becomes active, who is blocked or stopped stays so. language NULL: as it was, "id" for a
 * new one. */
int store_person_put(struct store *store, const struct person *person, int *changed) MUST_CHECK;
int store_person_set_state(struct store *store, const char *phone, const char *state) MUST_CHECK;
/* A number on no file, blocked all the same: role "none". */
int store_person_block(struct store *store, const char *phone) MUST_CHECK;
/* ERR_EXISTS: the number is another person's. */
int store_person_add_phone(struct store *store, int64_t id, const char *phone) MUST_CHECK;
/* ERR_NOT_FOUND: not on file, or the person's only number. */
int store_person_drop_phone(struct store *store, const char *phone) MUST_CHECK;
int store_person_move(
	struct store *store, const char *phone, const char *areas, const char *posyandu) MUST_CHECK;
/* Active people of a role who are responsible for exactly this area code or puskesmas id. */
int store_person_list(struct store *store, struct arena *arena, const char *role, const char *area,
	const char *state, struct person *rows, size_t room, size_t *count) MUST_CHECK;
/* Every number of every person; stops when each() returns non-zero, which is returned. */
int store_person_each(struct store *store, int (*each)(const struct person *person, void *context),
	void *context) MUST_CHECK;

/* The numbers of the next `most` people after the id *after, which moves on; 0: that was all. */
int store_person_some(struct store *store, struct arena *arena, int64_t *after, size_t most,
	struct person *rows, size_t room, size_t *count) MUST_CHECK;

/* Places: upsert, never delete; *changed as above. An inactive one becomes active again. */
int store_area_put(struct store *store, const char *code, const char *parent, const char *level,
	const char *name, int *changed) MUST_CHECK;
int store_puskesmas_put(struct store *store, const char *id, const char *name, const char *areas,
	int *changed) MUST_CHECK;
int store_posyandu_put(struct store *store, const char *id, const char *name, const char *area,
	int *changed) MUST_CHECK;
/* what: "areas", "puskesmas", "posyandu", "people" (key: a phone). today: until then it is among
 * those that are to tell. ERR_NOT_FOUND: none that is active. */
int store_place_deactivate(
	struct store *store, const char *what, const char *key, const char *today) MUST_CHECK;
/* Name of a place that was closed, in the arena; ERR_NOT_FOUND. */
int store_closed_name(struct store *store, struct arena *arena, const char *code,
	const char **name) MUST_CHECK;
/* All rows in key order, active or not, with the columns that an import compares: areas parent,
 * level, name; puskesmas name, areas; posyandu name, area; people (by number) name, role, areas,
 * posyandu, language. "" for none. Stops when each() returns non-zero, which is returned. */
#define PLACE_COLUMNS 5
struct place_row {
	const char *key;
	bool active;                        /* people: not "inactive" and not "waiting" */
	const char *columns[PLACE_COLUMNS]; /* NULL beyond the last */
};
int store_place_each(struct store *store, const char *what,
	int (*each)(const struct place_row *row, void *context), void *context) MUST_CHECK;

/* All active places as a sealed gazetteer; the caller frees it. */
int store_gazetteer_load(struct store *store, struct gazetteer **out) MUST_CHECK;

#endif
