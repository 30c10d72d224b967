/* Places by code and by name: areas, puskesmas, posyandu. Immutable once sealed.
 *
 * Areas carry Kemendagri codes ("35.03.01.2004"): an ancestor's code is a prefix. A kota stands on
 * the level of a kabupaten, a kelurahan on the level of a desa. Rules of names: exact first, then
 * fuzzy; a second real place that is as near makes it ambiguous; a name of a larger and a smaller
 * area means the larger unless a level word (ds, desa, kel, kec, kab, kota) is written.
 */
#ifndef PARSERS_GAZETTEER_H
#define PARSERS_GAZETTEER_H

#include "parsers/place/place.h"

struct gazetteer;

/* Build: areas parents first (any order within), then puskesmas and posyandu, then seal. Strings
 * are copied. ERR_NOT_FOUND: unknown parent or area; ERR_EXISTS: code used twice; ERR_SYNTAX: not a
 * code or level. */
struct gazetteer *gazetteer_new(void);
int gazetteer_add_area(struct gazetteer *g, const char *code, const char *parent, const char *level,
	const char *name) MUST_CHECK;
int gazetteer_add_puskesmas(
	struct gazetteer *g, const char *id, const char *name, const char *areas) MUST_CHECK;
int gazetteer_add_posyandu(
	struct gazetteer *g, const char *id, const char *name, const char *area) MUST_CHECK;
void gazetteer_seal(struct gazetteer *g);
void gazetteer_free(struct gazetteer *g);

const struct area *gazetteer_area(const struct gazetteer *g, const char *code);
const struct posyandu *gazetteer_posyandu(const struct gazetteer *g, const char *id);
const struct puskesmas *gazetteer_puskesmas(const struct gazetteer *g, const char *id);
/* The puskesmas that serves a desa; NULL when none is on file. */
const struct puskesmas *gazetteer_serving(const struct gazetteer *g, const struct area *desa);
bool area_within(const struct area *area, const struct area *ancestor); /* true for itself */

/* What tells it from others of its name: "Karanganyar (Pule)"; from a kabupaten up the name alone.
 */
const char *area_label(struct arena *arena, const struct area *area);

/* Walks: index 0 … until NULL; areas in code order. */
const struct area *gazetteer_area_at(const struct gazetteer *g, size_t index);
const struct posyandu *gazetteer_posyandu_at(const struct gazetteer *g, size_t index);
const struct puskesmas *gazetteer_puskesmas_at(const struct gazetteer *g, size_t index);

/* Candidates of a look-up, best first. OK: exactly one; ERR_AMBIGUOUS: several, count > 1;
 * ERR_NOT_FOUND: none. */
#define PLACES_MAX 20
struct area_matches {
	const struct area *list[PLACES_MAX];
	size_t count, looked; /* looked: names compared for slips, the work of it */
	bool fuzzy; /* the name was not written exactly so */
};
struct posyandu_matches {
	const struct posyandu *list[PLACES_MAX];
	size_t count, looked;
	bool fuzzy;
};
/* "desa", "kec", "kab": what kind of place is named behind it. */
bool gazetteer_level_word(const char *word);
/* name: folded, a level word in front is understood ("ds nglebeng", "kec panggul"); or a code.
 * within: only places inside it (NULL: all); level: only that one (LEVEL_ANY: the larger wins). */
int gazetteer_find_area(const struct gazetteer *g, const char *name, const struct area *within,
	enum area_level level, struct area_matches *out) MUST_CHECK;
int gazetteer_find_posyandu(const struct gazetteer *g, const char *name, const struct area *within,
	struct posyandu_matches *out) MUST_CHECK;
/* The same, but only as the name is written. */
int gazetteer_find_area_exact(const struct gazetteer *g, const char *name,
	const struct area *within, enum area_level level, struct area_matches *out) MUST_CHECK;
int gazetteer_find_posyandu_exact(const struct gazetteer *g, const char *name,
	const struct area *within, struct posyandu_matches *out) MUST_CHECK;
int gazetteer_find_puskesmas(const struct gazetteer *g, const char *name, const struct area *within,
	const struct puskesmas **out) MUST_CHECK;

#endif
