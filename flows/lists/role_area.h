/* Which areas a role may be responsible for. */
#ifndef FLOWS_ROLE_AREA_H
#define FLOWS_ROLE_AREA_H

#include "parsers/place/gazetteer.h"

bool role_known(const char *role);
/* NULL: good, or a role that is not known and an area that is; else what is wrong, in the arena,
 * in English or Indonesian. */
const char *role_area_wrong(struct arena *arena, const struct gazetteer *places, const char *role,
	const char *code, bool indonesian);
/* The same for a posyandu of somebody with these areas (";" between). */
const char *role_posyandu_wrong(struct arena *arena, const struct gazetteer *places,
	const char *areas, const char *id, bool indonesian);
/* "a; b" as "a;b". */
const char *role_areas_tidy(struct arena *arena, const char *areas);

#endif
