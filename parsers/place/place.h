/* What a place is: an area of some level, a posyandu, a puskesmas. */
#ifndef PARSERS_PLACE_H
#define PARSERS_PLACE_H

#include "parsers/text/util.h"

#define AREA_CODE 16 /* "35.03.01.2004" and NUL, with room */

enum area_level { LEVEL_ANY, LEVEL_PROVINSI, LEVEL_KABUPATEN, LEVEL_KECAMATAN, LEVEL_DESA };

struct area {
	char code[AREA_CODE];
	const char *name; /* as written in the list: "Kabupaten Trenggalek", "Karanganyar" */
	const char *folded; /* lower case, without the level word: "trenggalek" */
	enum area_level level;
	bool urban; /* a kota or a kelurahan */
	const struct area *parent; /* NULL for a provinsi */
	size_t desa_count; /* desa and kelurahan below (1 for a desa itself) */
};

struct posyandu {
	const char *id; /* "35.03.01.2004.001" */
	const char *name; /* "MELATI" */
	const char *folded;
	const struct area *area; /* its desa */
};

struct puskesmas {
	const char *id; /* "PKM-PANGGUL" */
	const char *name;
	const char *folded;
	const struct area **areas; /* the desa it serves */
	size_t narea;
};

#endif
