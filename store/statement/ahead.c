/* Questions that are foreseen, and their answers: see ahead.h. */
#include "store/statement/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/table.h"
#include "store/statement/store_state.h"

#define KEY_MAX 512

/* One statement for many sets of parameters. */
struct group {
	struct group *next;
	const struct question *question;
	size_t nparam, sets, room;
	struct param *params; /* set by set */
	struct answer **of_set;
	struct statement *statement; /* NULL: not asked yet */
	int64_t *next_row; /* of the same set; -1 */
};

struct answer {
	UT_hash_handle hh;
	struct answer *alike; /* another one of that kind and first parameter */
	struct group *group;
	int64_t first, last;
	size_t count;
	bool gone;
	char key[]; /* statement and parameters */
};

/* Answers by kind and first parameter. */
struct subject {
	UT_hash_handle hh;
	struct answer *answers;
	char key[];
};

struct many {
	struct many *next;
	const struct question *question;
	char *sql;
};

struct ahead {
	struct group *groups;
	struct answer *answers;
	struct subject *subjects;
	struct many *many; /* statements by question, for good */
	struct arena *arena; /* all but those */
};

bool ahead_helps(const struct store *store)
{
	return store->driver->together && store->batch && !store->spoiled;
}

static bool put_param(char *key, size_t *length, const struct param *param)
{
	size_t size = param->type == PARAM_INT ? sizeof(param->integer) : param->length;
	const void *data = param->type == PARAM_INT ? (const void *)&param->integer : param->data;

	if (*length + 3 + size > KEY_MAX)
		return false;
	key[(*length)++] = (char)param->type;
	key[(*length)++] = (char)size; /* parts it from the next */
	key[(*length)++] = (char)(size >> 8);
	if (param->type != PARAM_NULL && size)
		memcpy(key + *length, data, size);
	*length += param->type == PARAM_NULL ? 0 : size;
	return true;
}

/* 0: too long to be known. */
static size_t key_of(char *key, const char *sql, const struct param *params, size_t count)
{
	size_t length = sizeof(sql);

	memcpy(key, &sql, sizeof(sql));
	for (size_t i = 0; i < count; i++) {
		if (params[i].secret || !put_param(key, &length, &params[i]))
			return 0;
	}
	return length;
}

static size_t subject_key(char *key, const char *kind, const struct param *first)
{
	size_t length = strlen(kind) + 1;

	memcpy(key, kind, length);
	return put_param(key, &length, first) ? length : 0;
}

static const char *many_of(struct store *store, const struct question *question)
{
	struct many *many;

	for (many = store->ahead->many; many; many = many->next) {
		if (many->question == question)
			return many->sql;
	}
	many = xcalloc(1, sizeof(*many));
	many->question = question;
	many->sql = store->driver->together->read_many(question->sql, question->types);
	many->next = store->ahead->many;
	store->ahead->many = many;
	return many->sql;
}

/* Of this question, not asked yet. */
static struct group *group_of(struct ahead *ahead, const struct question *question)
{
	struct group *group;

	for (group = ahead->groups; group; group = group->next) {
		if (group->question == question && !group->statement)
			return group;
	}
	group = arena_alloc(ahead->arena, sizeof(*group));
	group->question = question;
	group->nparam = strlen(question->types);
	group->next = ahead->groups;
	ahead->groups = group;
	return group;
}

static void *copy_octets(struct arena *arena, const struct param *param)
{
	char *copy = arena_alloc(arena, param->length + 1);

	memcpy(copy, param->data, param->length);
	return copy;
}

/* A set more; the texts are copied. */
static void group_add(struct ahead *ahead, struct group *group, const struct param *params,
	struct answer *answer)
{
	struct param *set;

	if (group->sets == group->room) {
		size_t room = group->room ? 2 * group->room : 32;
		struct param *grown =
			arena_alloc(ahead->arena, room * group->nparam * sizeof(*grown));
		struct answer **answers = arena_alloc(ahead->arena, room * sizeof(*answers));

		if (group->sets) {
			memcpy(grown, group->params, group->sets * group->nparam * sizeof(*grown));
			memcpy(answers, group->of_set, group->sets * sizeof(*answers));
		}
		group->params = grown;
		group->of_set = answers;
		group->room = room;
	}
	set = &group->params[group->sets * group->nparam];
	memcpy(set, params, group->nparam * sizeof(*set));
	for (size_t i = 0; i < group->nparam; i++) {
		if (set[i].type == PARAM_TEXT || set[i].type == PARAM_BLOB)
			set[i].data = copy_octets(ahead->arena, &params[i]);
	}
	group->of_set[group->sets++] = answer;
}

static void subject_add(struct ahead *ahead, const struct question *question,
	const struct param *first, struct answer *answer)
{
	char key[KEY_MAX];
	size_t length = subject_key(key, question->kind, first);
	struct subject *subject;

	HASH_FIND(hh, ahead->subjects, key, length, subject);
	if (!subject) {
		subject = arena_alloc(ahead->arena, sizeof(*subject) + length);
		memcpy(subject->key, key, length);
		HASH_ADD_KEYPTR(hh, ahead->subjects, subject->key, length, subject);
	}
	answer->alike = subject->answers;
	subject->answers = answer;
}

void ahead_foresee(
	struct store *store, const struct question *question, const struct param *params)
{
	size_t count = strlen(question->types), length;
	struct answer *answer;
	struct ahead *ahead;
	char key[KEY_MAX];

	if (!ahead_helps(store))
		return;
	if (!store->ahead)
		store->ahead = xcalloc(1, sizeof(*store->ahead));
	ahead = store->ahead;
	if (!ahead->arena)
		ahead->arena = arena_new();
	length = key_of(key, question->sql, params, count);
	if (length == 0)
		return;
	HASH_FIND(hh, ahead->answers, key, length, answer);
	if (answer)
		return;
	answer = arena_alloc(ahead->arena, sizeof(*answer) + length);
	memcpy(answer->key, key, length);
	answer->first = answer->last = -1;
	answer->group = group_of(ahead, question);
	HASH_ADD_KEYPTR(hh, ahead->answers, answer->key, length, answer);
	subject_add(ahead, question, &params[0], answer);
	group_add(ahead, answer->group, params, answer);
}

static enum param_type list_type(char letter)
{
	return letter == 'I' ? PARAM_INTS : letter == 'T' ? PARAM_TEXTS : PARAM_BLOBS;
}

/* Column by column, as lists. */
static int group_ask(struct store *store, struct group *group)
{
	const struct driver *driver = store->driver;
	int error = statement_take(store, many_of(store, group->question), &group->statement);

	for (size_t k = 0; !error && k < group->nparam; k++) {
		struct param *items =
			arena_alloc(store->ahead->arena, group->sets * sizeof(*items));
		const struct param list = {.type = list_type(group->question->types[k]),
			.data = items, .length = group->sets};

		for (size_t i = 0; i < group->sets; i++)
			items[i] = group->params[i * group->nparam + k];
		error = driver->bind(group->statement->handle, (int)k + 1, &list);
	}
	if (!error)
		error = driver->together->ask(group->statement->handle);
	return error ? store_fail(store, error) : OK;
}

static int group_answer(struct store *store, struct group *group)
{
	const struct driver *driver = store->driver;
	void *handle = group->statement->handle;
	size_t rows = 0;
	int error = driver->together->answer(handle, &rows);

	if (error)
		return store_fail(store, error);
	group->next_row = arena_alloc(store->ahead->arena, (rows + 1) * sizeof(int64_t));
	for (size_t row = 0; row < rows; row++) {
		struct answer *answer;
		int64_t set;

		driver->together->seek(handle, row);
		set = driver->column_int(handle, 0);
		if (set < 1 || set > (int64_t)group->sets)
			return store_fail(store, ERR_STORE);
		answer = group->of_set[set - 1];
		group->next_row[row] = -1;
		if (answer->last >= 0)
			group->next_row[answer->last] = (int64_t)row;
		else
			answer->first = (int64_t)row;
		answer->last = (int64_t)row;
		answer->count++;
	}
	return OK;
}

static bool is_asked(const struct group *group)
{
	return group->statement && group->next_row;
}

int ahead_read(struct store *store)
{
	int error = OK;

	if (!ahead_helps(store) || !store->ahead)
		return store->spoiled;
	if (store->bulks) /* what waits to be written was there before */
		error = store->bulks_flush(store);
	for (struct group *group = store->ahead->groups; !error && group; group = group->next) {
		if (!group->statement)
			error = group_ask(store, group);
	}
	for (struct group *group = store->ahead->groups; !error && group; group = group->next) {
		if (!is_asked(group))
			error = group_answer(store, group);
	}
	return error;
}

void ahead_forget(struct store *store, const char *kind, const struct param *first)
{
	struct ahead *ahead = store->ahead;
	struct subject *subject = NULL;
	char key[KEY_MAX];
	size_t length;

	if (!ahead || !ahead->answers)
		return;
	if (!first) {
		for (struct answer *each = ahead->answers; each; each = each->hh.next)
			each->gone |= strcmp(each->group->question->kind, kind) == 0;
		return;
	}
	length = subject_key(key, kind, first);
	if (length)
		HASH_FIND(hh, ahead->subjects, key, length, subject);
	for (struct answer *each = subject ? subject->answers : NULL; each; each = each->alike)
		each->gone = true;
}

void ahead_drop(struct store *store)
{
	struct ahead *ahead = store->ahead;

	if (!ahead || !ahead->arena)
		return;
	for (struct group *group = ahead->groups; group; group = group->next) {
		if (group->statement)
			(void)statement_give(store, group->statement);
	}
	HASH_CLEAR(hh, ahead->answers);
	HASH_CLEAR(hh, ahead->subjects);
	ahead->groups = NULL;
	arena_reset(ahead->arena);
}

void ahead_free(struct store *store)
{
	struct many *many;

	if (!store->ahead)
		return;
	ahead_drop(store);
	while ((many = store->ahead->many)) {
		store->ahead->many = many->next;
		free(many->sql);
		free(many);
	}
	if (store->ahead->arena)
		arena_free(store->ahead->arena);
	free(store->ahead);
	store->ahead = NULL;
}

static bool is_foreseen(const struct ahead *ahead, const char *sql)
{
	for (const struct group *group = ahead->groups; group; group = group->next) {
		if (group->question->sql == sql)
			return true;
	}
	return false;
}

/* What was changed ahead is changed once. */
const struct answer *ahead_find(
	struct store *store, const char *sql, const struct param *params, size_t count)
{
	struct ahead *ahead = store->ahead;
	struct answer *answer = NULL;
	char key[KEY_MAX];
	size_t length;

	if (!ahead || !ahead->answers || !is_foreseen(ahead, sql))
		return NULL;
	length = key_of(key, sql, params, count);
	if (length)
		HASH_FIND(hh, ahead->answers, key, length, answer);
	if (!answer || answer->gone || !is_asked(answer->group))
		return NULL;
	answer->gone = *sql == 'U';
	return answer;
}

int64_t answer_next(const struct answer *answer, int64_t row)
{
	return row < 0 ? answer->first : answer->group->next_row[row];
}

size_t answer_count(const struct answer *answer)
{
	return answer->count;
}

void *answer_row(const struct store *store, const struct answer *answer, int64_t row)
{
	void *handle = answer->group->statement->handle;

	store->driver->together->seek(handle, (size_t)row);
	return handle;
}

void ahead_misses(const struct store *store, ahead_missed *each, void *context)
{
	for (size_t i = 0; i < STATEMENT_BUCKETS; i++) {
		const struct statement *statement = store->statements[i];

		for (; statement; statement = statement->next) {
			if (statement->missed)
				each(statement->sql, statement->missed, context);
		}
	}
}
