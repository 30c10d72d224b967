/* A number that a form answers for, as data: see parsers/form/form.h. */
#ifndef PARSERS_FORM_INDICATOR_H
#define PARSERS_FORM_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>

/* A number that people ask for, made of counts. With `of` it is a part of that: a share of a full
 * count, or, with `per`, a rate of so many events. */
enum indicator_cases { CASES_NONE, CASES_OPEN, CASES_RISK };
struct form_indicator {
	const char *name; /* "aki"; the words for it are the lexicon's, its title the catalogue's */
	const char *count, *of; /* names of counts, of this form or another; of NULL: none */
	bool stock, of_stock; /* each is a stock */
	/* instead of a count: the open cases of its form at the end of the period */
	enum indicator_cases cases;
	const char *const *less; /* counts taken off `of` */
	size_t nless;
	const char *target; /* yearly population that it aims at (store/report/target.h); NULL */
	bool target_stock; /* it is that of any day, else of the whole year */
	const char *beside; /* an indicator shown beside it where its `of` is another; NULL */
	long per; /* 100000; 0: no rate */
	int decimals; /* of the rate */
	bool yearly; /* asked without a period: this year, else this month */
};

/* A count that is told, and what those add up to who are told by their names: shown beside each other,
 * never added. Who told it is asked once when they are more than `apart` apart. */
struct form_by_name {
	const char *field; /* its count has the same name */
	const char *count; /* of the names, another form's */
	long apart;
};

#endif
