/* What an intent function may use. text is folded and has no space at its ends. */
#ifndef PARSERS_INTENT_CALL_H
#define PARSERS_INTENT_CALL_H

#include "parsers/form/reading.h"

struct intent_call {
	const struct reader *reader;
	const struct lexicon *lexicon;
	struct scratch *scratch;
	struct arena *arena;
	const struct read_context *context;
	const char *text;
	struct words *words; /* room for the text cut into words, once; NULL: each time anew */
};

struct problem *intent_problem(
	struct reading *out, const char *field, enum problem_code code, const char *raw);

/* A place by name, first inside what the sender may see; else the problem that it is was added. */
struct place_found {
	const struct area *area; /* one of the two */
	const struct puskesmas *puskesmas;
};
bool intent_place(const struct intent_call *call, const char *name, struct reading *out,
	struct place_found *found);
bool intent_in_scope(const struct sender *sender, const struct area *area);
void intent_area_options(const struct intent_call *call, struct problem *problem,
	const struct area_matches *matches);

#endif
