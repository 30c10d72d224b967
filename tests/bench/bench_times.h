/* What all benches share: the clock, giving up, and how times are printed. */
#ifndef TESTS_BENCH_TIMES_H
#define TESTS_BENCH_TIMES_H

#include <stddef.h>
#include <time.h>

void must(int error, const char *what); /* or the bench ends */
double seconds(clockid_t clock);
/* "p50 … p99 … max …" of times in seconds, shown in units of so many seconds; sorts them. */
void times_print(double *times, size_t count, double unit, const char *name);

#endif
