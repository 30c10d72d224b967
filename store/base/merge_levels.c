/* Keys of additions: of what is known by them, and those of the areas above one. See merge.h. */
#include <string.h>

#include "store/base/merge.h"
#include "store/driver/driver.h"
#include "store/statement/store_state.h"

/* Its parts with a sign between. */
static bool key_of(
	char out[MERGE_COUNTER_KEY], enum merge_table table, const char *const *parts)
{
	size_t count = table == MERGE_COUNTER ? 3 : 2, length = 0;

	for (size_t i = 0; i < count; i++)
		length += strlen(parts[i]) + 1;
	if (length > MERGE_COUNTER_KEY)
		return false;
	for (size_t i = 0; i < count; i++)
		out = stpcpy(stpcpy(out, i > 0 ? "\t" : ""), parts[i]);
	return true;
}

bool merge_counter_key(char out[MERGE_COUNTER_KEY], const char *const *parts)
{
	return key_of(out, MERGE_COUNTER, parts);
}

bool merge_serial_key(char out[MERGE_COUNTER_KEY], const char *const *parts)
{
	return key_of(out, MERGE_SERIAL, parts);
}

void merge_add_event(struct store *store, const char *area, const char *indicator,
	const char *day, int64_t delta)
{
	const char *const parts[] = {area, indicator, day};

	merge_add(store, MERGE_EVENT, parts, delta);
}

void merge_add_levels(struct store *store, enum merge_table table, const char *area,
	const char *indicator, const char *period, bool itself, int64_t delta)
{
	char code[64];
	char *dot;

	if (itself)
		merge_add(store, table, (const char *const[]){area, indicator, period}, delta);
	if (!copy_string(code, sizeof(code), area))
		return;
	while ((dot = strrchr(code, '.'))) {
		*dot = '\0';
		merge_add(store, table, (const char *const[]){code, indicator, period}, delta);
	}
}

void merge_period(char out[MERGE_PERIOD], const char *month, int which)
{
	int quarter = ((month[5] - '0') * 10 + month[6] - '0' - 1) / 3;

	(void)copy_string(out, MERGE_PERIOD, month);
	if (which == 1)
		(void)stpcpy(out + sizeof("2024-") - 1,
			(const char[]){'Q', (char)('1' + quarter), '\0'});
	else if (which == 2)
		out[sizeof("2024") - 1] = '\0';
}

void merge_add_sums(struct store *store, const char *const *parts, int periods, int64_t delta)
{
	char period[MERGE_PERIOD];

	for (int i = 0; i < periods; i++) {
		merge_period(period, parts[2], i);
		merge_add_levels(store, MERGE_STOCK, parts[3], parts[1], period, true, delta);
	}
}

/* Where several write, the row is written at once and its sums later: there they are apart from the
 * beginning. */
void merge_add_named(struct store *store, const char *const *parts, int periods, int64_t delta)
{
	if (!store->driver->sharing) {
		merge_add(store, (enum merge_table)(MERGE_NAMED + periods), parts, delta);
		return;
	}
	merge_add(store, MERGE_NAMED, parts, delta);
	merge_add_sums(store, parts, periods, delta);
}
