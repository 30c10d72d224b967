/* Who speaks, and what else a reading depends on beside the text. */
#ifndef PARSERS_SENDER_H
#define PARSERS_SENDER_H

#include "parsers/number/date.h"
#include "parsers/place/gazetteer.h"

enum role {
	ROLE_NONE,
	ROLE_KADER,
	ROLE_BIDAN,
	ROLE_DESA,
	ROLE_PUSKESMAS,
	ROLE_DINKES,
	ROLE_PROVINSI
};

/* Who speaks, as far as reading needs it. An unregistered sender has role ROLE_NONE and no areas.
 */
struct form;

#define SENDER_AREAS 8
struct sender {
	const char *phone; /* "+62812…"; may be a short or alphanumeric address */
	const char *name; /* NULL when unregistered */
	const char *language; /* "id" */
	enum role role;
	const struct area *areas[SENDER_AREAS];
	size_t narea;
	const struct puskesmas *puskesmas; /* role puskesmas with a puskesmas as area */
	const struct posyandu *posyandu; /* a kader's own */
};

/* The puskesmas for which somebody speaks: his own, or the one that serves his area; NULL: none. */
const struct puskesmas *sender_puskesmas(
	const struct gazetteer *places, const struct sender *sender);

/* Names of the contract; NULL or -1 when there is none of that name. */
const char *role_name(enum role role);
int role_by_name(const char *name);

struct read_context {
	const struct gazetteer *places;
	const struct sender *sender;
	struct moment now; /* local time of the gateway's time zone */
	/* whose report a correction speaks of that names none; NULL: the form with its keys */
	const struct form *form;
	/* NULL, or gets tokens, candidates, scores and the decision as text */
	struct strbuf *explain;
};

#endif
