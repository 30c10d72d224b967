/* Who has reports that wait: see waits.h. */
#include "store/report/waits.h"

#include <string.h>

#include "store/statement/ahead.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"

#define TELLER "waits-teller" /* kinds of what is known */
#define PLACE  "waits-place"
#define WAITS  REPORT_WAITS

static const struct question of_teller = {TELLER,
	"SELECT 1 FROM reports WHERE sender = ? AND " WAITS " LIMIT 1", "T"};
static const struct question of_place = {PLACE,
	"SELECT 1 FROM reports WHERE area = ? AND " WAITS " LIMIT 1", "T"};

static bool is_desa(const char *area)
{
	int dots = 0;

	for (; *area; area++)
		dots += *area == '.';
	return dots >= 3;
}

static int known_any(
	struct store *store, const struct question *question, const char *key, bool *any)
{
	struct memo_value value;
	int64_t one;
	int error;

	if (memo_find(store, question->kind, key, &value)) {
		*any = value.data != NULL;
		return OK;
	}
	error = query_int(store, question->sql, PARAMS(p_text(key)), &one);
	*any = error != ERR_NOT_FOUND;
	if (error && error != ERR_NOT_FOUND)
		return error;
	value = (struct memo_value){*any ? "" : NULL, *any, 0};
	memo_put(store, question->kind, key, &value, MEMO_READ);
	return OK;
}

int waits_any(struct store *store, const char *sender, const char *area, bool *any)
{
	int error = OK;

	*any = true;
	if (sender)
		error = known_any(store, &of_teller, sender, any);
	if (!error && *any && area && is_desa(area))
		error = known_any(store, &of_place, area, any);
	return error;
}

void waits_forget(struct store *store, const char *area)
{
	memo_forget(store, PLACE, area);
	ahead_forget(store, PLACE, ROW(p_text(area)));
}

void waits_foresee(struct store *store, const char *sender, const char *area)
{
	if (sender)
		ahead_foresee(store, &of_teller, ROW(p_text(sender)));
	if (area && is_desa(area))
		ahead_foresee(store, &of_place, ROW(p_text(area)));
}

void waits_note(struct store *store, const char *status, const char *sender, const char *area)
{
	const struct memo_value some = {"", 1, 0};

	if (strcmp(status, "incomplete") != 0 && strcmp(status, "question") != 0 &&
		strcmp(status, "suspect") != 0)
		return;
	if (sender) {
		memo_put(store, TELLER, sender, &some, MEMO_WRITTEN);
		ahead_forget(store, TELLER, ROW(p_text(sender)));
	}
	if (area) {
		memo_put(store, PLACE, area, &some, MEMO_WRITTEN);
		ahead_forget(store, PLACE, ROW(p_text(area)));
	}
}
