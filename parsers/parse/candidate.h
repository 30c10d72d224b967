/* Inside the reader: what tokens may mean, and what that is worth. */
#ifndef PARSERS_CANDIDATE_H
#define PARSERS_CANDIDATE_H

#include <string.h>

#include "parsers/form/report.h"
#include "parsers/text/util.h"

enum worth {
	WORTH_KEYED = 30, WORTH_UNIT = 22, WORTH_WORD = 20, WORTH_SLIP = 13, WORTH_LETTER = 9,
	WORTH_DATE = 24, WORTH_FULL_DATE = 44, WORTH_SHORT_DATE = 20,
	WORTH_NIK = 40, WORTH_CODE = 90, WORTH_NUMBER = 8, WORTH_WRONG = 3,
	WORTH_TITLE = 18, WORTH_NAME = 12, WORTH_PLACE = 24, WORTH_TOKEN = 2,
	WORTH_NEXT = 6, WORTH_PARTED = 4, WORTH_EARLIER = -3, WORTH_USUAL = 3, WORTH_UNUSUAL = -6,
	WORTH_SKIP_NUMBER = -8, WORTH_SKIP_MEANING = -4, WORTH_SKIP_WORD = -1,
};

enum candidate_kind { KIND_KEYED, KIND_TYPED, KIND_BARE };
enum {
	FLAG_NIGHT = 1,
	FLAG_FUZZY = 2,
	FLAG_TITLE_IBU = 4,
	FLAG_TITLE_BAYI = 8,
	FLAG_DAWN = 16,
	FLAG_SURE = 32,
	FLAG_KIN = 64,
	FLAG_APPROX = 128
};

/* Text that may not be there, a type of its own: what has no value cannot be taken for a string by
 * accident. Read it with maybe_text(); or_null is for who passes it on as it is. */
struct maybe {
	const char *or_null;
};

/* Whether there is one, and which; *text is "" when there is none. */
static inline MUST_CHECK bool maybe_text(struct maybe maybe, const char **text)
{
	*text = maybe.or_null ? maybe.or_null : "";
	return maybe.or_null != NULL;
}

/* Both are there and the same. */
static inline bool maybe_same(struct maybe a, struct maybe b)
{
	return a.or_null && b.or_null && same_name(a.or_null, b.or_null);
}

struct candidate {
	unsigned short first, last; /* tokens [first, last) */
	signed char field;
	signed char problem; /* enum problem_code; -1: a good value */
	signed char kind;
	unsigned char flags;
	unsigned char child; /* 0; twins: 1 is the second child's */
	unsigned char type; /* enum field_type of the field */
	short worth;
	struct maybe value; /* canonical; there when, and only when, there is no problem */
	struct maybe offer; /* what was probably meant; of "BY NY RINA": the mother */
	const char *why; /* for --explain */
	const struct option *options; /* of an ambiguous place */
	size_t noption;
};

/* A number without a key, the same for each count that it may be. */
struct bare_count {
	size_t at; /* the token that was looked at last */
	size_t end; /* of the number, 0: none */
	double value;
	size_t key; /* behind it: where that ends, 0: none ... */
	int field; /* ... and whose it is */
	bool letters; /* one of them is a key */
	bool in_row; /* nothing makes it another word's */
};

#endif
