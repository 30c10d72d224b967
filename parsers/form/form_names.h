/* The names that values of a form may have, numbered: its fields in their order, then the steps of its
 * computations. By the number a report finds its value at once. */
#ifndef PARSERS_FORM_NAMES_H
#define PARSERS_FORM_NAMES_H

#include "parsers/text/util.h"

#define FORM_NAMES 96 /* fields and computed values, the most of each */

struct form_names {
	const char *text[FORM_NAMES];
	unsigned char next[FORM_NAMES]; /* another one of its heap, from 1; 0: none */
	unsigned char heaps[NAME_HEAPS]; /* the last one of each heap, from 1; 0: none */
	unsigned char count;
};

static inline void form_names_add(struct form_names *names, const char *text)
{
	unsigned heap = name_heap(text);

	names->text[names->count] = text;
	names->next[names->count] = names->heaps[heap];
	names->heaps[heap] = ++names->count;
}

/* Its number; -1: there is none of that name. */
static inline int form_names_find(const struct form_names *names, const char *text)
{
	unsigned last = names->heaps[name_heap(text)];

	for (unsigned i = last; i > 0; i = names->next[i - 1]) {
		if (names->text[i - 1] == text) /* nearly always the very same */
			return (int)i - 1;
	}
	for (unsigned i = last; i > 0; i = names->next[i - 1]) {
		if (strcmp(names->text[i - 1], text) == 0)
			return (int)i - 1;
	}
	return -1;
}

/* The same of a name that had such a number where it comes from. */
static inline int form_names_number(
	const struct form_names *names, unsigned number, const char *text)
{
	return number < names->count && names->text[number] == text
		? (int)number
		: form_names_find(names, text);
}

#endif
