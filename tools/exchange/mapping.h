/* What is sent to others under which name: a file of its own, "[exchange] mapping" in kabar.conf. */
#ifndef TOOLS_EXCHANGE_MAPPING_H
#define TOOLS_EXCHANGE_MAPPING_H

#include "gateway/config/config_load.h"
#include "parsers/place/place.h"

#define UID_TEXT 12 /* of DHIS2: a letter and ten letters or digits, with its NUL */

struct map_value { /* a count as a data element */
	const struct form *form;
	const char *count;
	bool stock;
	const char *element, *option; /* option: category option combo; "" for the default one */
};

struct map_field {
	const char *field, *element;
};

struct map_event { /* a report as an event without registration */
	const struct form *form;
	const char *program, *stage;
	struct map_field *fields;
	size_t nfield;
};

struct map_unit {
	const char *code, *uid; /* of an area or a puskesmas */
};

struct map_measure { /* an indicator as a FHIR measure */
	const struct form_indicator *indicator;
	const char *canonical;
};

struct mapping {
	const char *url, *user, *password, *token; /* of the server; "" for none */
	int timeout, tries, retry, chunk; /* seconds, times, seconds, items */
	int level; /* index: puskesmas, desa, kecamatan, kabupaten */
	const char *attribute; /* attribute option combo; "" */
	const char *system;    /* of area codes in FHIR identifiers */
	struct map_value *values;
	struct map_event *events;
	struct map_unit *units; /* by code */
	struct map_measure *measures;
	size_t nvalue, nevent, nunit, nmeasure;
	struct arena *arena;
};

/* ERR_CONFIG: everything that is wrong is in errors. */
int mapping_load(struct mapping **out, const char *path, const struct config *config,
	struct config_errors *errors) MUST_CHECK;
void mapping_free(struct mapping *mapping); /* NULL is fine */
enum area_level mapping_level(const struct mapping *mapping); /* LEVEL_ANY: puskesmas */
const char *mapping_unit(const struct mapping *mapping, const char *code); /* NULL: not mapped */

#endif
