/* Numbers as Indonesians write them: 4.041 and 5,99%; rates with their interval. */
#ifndef FLOWS_MEASURE_QUERY_NUMBER_H
#define FLOWS_MEASURE_QUERY_NUMBER_H

#include "parsers/text/util.h"

#define RATE_PLAIN 20 /* from so many events a rate stands without its interval */

const char *query_number_text(struct arena *arena, int64_t number); /* 4.041 */
/* 53,5% and 5,99%, rounded half up: below the whole never "100%", above nothing never "0%". */
const char *percent_text(struct arena *arena, int64_t part, int64_t whole);
/* "109 (47-215)/100.000": with the exact 95 % interval of a Poisson count when the events are few;
 * per 100: "6,7% (2,9-13,1)". */
const char *rate_text(struct arena *arena, int64_t events, int64_t births, long per, int decimals);
/* The bounds of the exact 95 % interval of the mean of a Poisson count. */
void poisson_interval(int64_t events, double *low, double *high);

#endif
