/* What a bench says: births in the styles that people use, from many senders. */
#ifndef TESTS_BENCH_REPORTS_H
#define TESTS_BENCH_REPORTS_H

#include <time.h>

#define BENCH_SENDERS 10000

void bench_name(long number, char out[32]); /* that no two numbers share */
/* The number-th report: no two of them tell the same event. */
void bench_text(long number, char out[200]);
void bench_text_on(long number, time_t now, char out[200]); /* of the days before it */
void bench_phone(long number, char out[20]); /* "+62899…" */

#endif
