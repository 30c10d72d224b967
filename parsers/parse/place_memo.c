/* Places looked up by name, each name once per message: see place_memo.h. */
#include "parsers/parse/place_memo.h"

#include <string.h>

#include "parsers/parse/scratch.h"
#include "parsers/text/error.h"

#define EXACT_STEPS 10 /* of one look-up without slips */
#define NEAR_NAMES  8  /* so many names compared for slips are a step */

const struct area *place_scope(const struct sender *sender, size_t i)
{
	if (!sender)
		return NULL;
	if (sender->narea)
		return i < sender->narea ? sender->areas[i] : NULL;
	return sender->puskesmas && i < sender->puskesmas->narea ? sender->puskesmas->areas[i]
								 : NULL;
}

static struct place_memo *memo_of(const struct parse *parse, const char *name,
	const struct area *within, enum place_kind kind)
{
	struct place_memos *memos = &parse->scratch->places;

	for (size_t i = 0; i < MEMOS_MAX && i < memos->count; i++) {
		struct place_memo *memo = &memos->list[i];

		if (memo->kind == kind && memo->within == within && same_name(memo->name, name))
			return memo;
	}
	return NULL;
}

/* The oldest makes room; NULL: the name is longer than any place's. */
static struct place_memo *memo_new(const struct parse *parse, const char *name,
	const struct area *within, enum place_kind kind)
{
	struct place_memos *memos = &parse->scratch->places;
	struct place_memo *memo = &memos->list[memos->count % MEMOS_MAX];

	if (strlen(name) >= sizeof(memo->name))
		return NULL;
	memos->count++;
	copy_string(memo->name, sizeof(memo->name), name);
	memo->within = within;
	memo->kind = kind;
	return memo;
}

int place_find_desa(const struct parse *parse, const char *name, const struct area *within,
	struct area_matches *out)
{
	struct place_memo *memo = memo_of(parse, name, within, PLACE_DESA);
	int rc;

	out->count = 0;
	if (!parse_step(parse, EXACT_STEPS))
		return ERR_NOT_FOUND;
	if (memo) {
		*out = memo->areas;
		return memo->rc;
	}
	rc = gazetteer_find_area(parse->context->places, name, within, LEVEL_DESA, out);
	parse_step(parse, out->looked / NEAR_NAMES);
	memo = memo_new(parse, name, within, PLACE_DESA);
	if (memo) {
		memo->rc = rc;
		memo->areas = *out;
	}
	return rc;
}

static int find_unit(const struct parse *parse, const char *name, const struct area *within,
	bool near, struct posyandu_matches *out)
{
	enum place_kind kind = near ? PLACE_UNIT : PLACE_UNIT_EXACT;
	struct place_memo *memo = memo_of(parse, name, within, kind);
	int rc;

	if (memo) {
		*out = memo->units;
		return memo->rc;
	}
	if (near)
		rc = gazetteer_find_posyandu(parse->context->places, name, within, out);
	else
		rc = gazetteer_find_posyandu_exact(parse->context->places, name, within, out);
	parse_step(parse, near ? out->looked / NEAR_NAMES : 0);
	memo = memo_new(parse, name, within, kind);
	if (memo) {
		memo->rc = rc;
		memo->units = *out;
	}
	return rc;
}

void place_find_posyandu(const struct parse *parse, const char *name, bool near,
	struct posyandu_matches *all)
{
	const struct sender *sender = parse->context->sender;
	const struct area *scope;

	memset(all, 0, sizeof(*all));
	for (size_t i = 0; (scope = place_scope(sender, i)); i++) {
		struct posyandu_matches some;

		if (!parse_step(parse, EXACT_STEPS))
			return;
		if (find_unit(parse, name, scope, near, &some) == ERR_NOT_FOUND)
			continue;
		if (all->count && all->fuzzy != some.fuzzy) {
			if (some.fuzzy)
				continue;
			all->count = 0;
		}
		all->fuzzy = some.fuzzy;
		for (size_t j = 0; j < some.count && all->count < PLACES_MAX; j++)
			all->list[all->count++] = some.list[j];
	}
}
