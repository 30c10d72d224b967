/* Texts and what they mean, for test_intent.c. */
#ifndef TESTS_INTENT_TEXTS_H
#define TESTS_INTENT_TEXTS_H

#include <stddef.h>

enum who {
	KADER,
	BIDAN,
	TWO,
	KECAMATAN,
	PUSKESMAS,
	DINKES,
	BANTEN,
	STRANGER,
	SERVICE,
	BRAND,
	WHO_COUNT
};

struct intent_text {
	enum who who;
	const char *text, *expect;
};

extern const struct intent_text first_texts[], last_texts[]; /* before the forms; after them */
extern const size_t first_count, last_count;

#endif
