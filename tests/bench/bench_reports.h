/* What a bench says: births in the styles that people use, from many senders. */
#ifndef TESTS_BENCH_REPORTS_H
#define TESTS_BENCH_REPORTS_H

#define BENCH_SENDERS 10000

/* The number-th report: no two of them tell the same event. */
void bench_text(long number, char out[200]);
void bench_phone(long number, char out[20]); /* "+62899…" */

#endif
