/* A role, and the level that its areas stand on. See role_area.h. */
#include "flows/lists/role_area.h"

static const struct role_level {
	const char *name;
	enum area_level level;
	const char *place, *tempat;
} roles[] = {
	{"kader", LEVEL_DESA, "a desa", "desa"},
	{"bidan", LEVEL_DESA, "a desa", "desa"},
	{"desa", LEVEL_DESA, "a desa", "desa"},
	{"puskesmas", LEVEL_KECAMATAN, "a puskesmas or a kecamatan", "puskesmas atau kecamatan"},
	{"dinkes", LEVEL_KABUPATEN, "a kabupaten", "kabupaten"},
	{"provinsi", LEVEL_PROVINSI, "a provinsi", "provinsi"},
};

static const struct role_level *role_level(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (strcmp(roles[i].name, name) == 0)
			return &roles[i];
	}
	return NULL;
}

bool role_known(const char *role)
{
	return role_level(role) != NULL;
}

const char *role_area_wrong(struct arena *arena, const struct gazetteer *places, const char *role,
	const char *code, bool indonesian)
{
	const struct area *area = gazetteer_area(places, code);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(places, code);
	const struct role_level *wanted = role_level(role);

	if ((area || puskesmas) &&
		(!wanted || (area && area->level == wanted->level) ||
			(puskesmas && wanted->level == LEVEL_KECAMATAN)))
		return NULL;
	if (area)
		return indonesian ? arena_printf(arena, "\"%s\" bukan %s", code, wanted->tempat)
				  : arena_printf(arena, "\"%s\" is not %s", code, wanted->place);
	return arena_printf(
		arena, indonesian ? "tidak ada wilayah \"%s\"" : "there is no area \"%s\"", code);
}

static bool listed(const char *areas, const char *code)
{
	size_t length = strlen(code);

	for (const char *at = areas; (at = strstr(at, code)); at += length) {
		if ((at == areas || at[-1] == ';') && (at[length] == '\0' || at[length] == ';'))
			return true;
	}
	return false;
}

const char *role_posyandu_wrong(struct arena *arena, const struct gazetteer *places,
	const char *areas, const char *id, bool indonesian)
{
	const struct posyandu *posyandu = gazetteer_posyandu(places, id);

	if (!posyandu)
		return arena_printf(arena,
			indonesian ? "tidak ada posyandu \"%s\"" : "there is no posyandu \"%s\"",
			id);
	if (!listed(areas, posyandu->area->code))
		return arena_printf(arena,
			indonesian ? "posyandu \"%s\" ada di %s, bukan di wilayah petugas ini"
				   : "posyandu \"%s\" is in %s, not in the person's area",
			id, posyandu->area->code);
	return NULL;
}

const char *role_areas_tidy(struct arena *arena, const char *areas)
{
	char *rest = arena_strdup(arena, areas), *code;
	const char *tidy = "";

	while ((code = strsep(&rest, ";"))) {
		code += strspn(code, " ");
		code[strcspn(code, " ")] = '\0';
		if (*code)
			tidy = arena_printf(arena, "%s%s%s", tidy, *tidy ? ";" : "", code);
	}
	return tidy;
}
