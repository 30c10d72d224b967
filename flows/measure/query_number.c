/* Numbers, shares, rates: see query_number.h. */
#include "flows/measure/query_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TAIL   0.025 /* on either side of a 95 % interval */
#define HALVES 60

const char *query_number_text(struct arena *arena, int64_t number)
{
	char digits[24], out[32];
	size_t length, at = 0;

	snprintf(digits, sizeof(digits), "%lld", (long long)(number < 0 ? -number : number));
	length = strlen(digits);
	if (number < 0)
		out[at++] = '-';
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return arena_strdup(arena, out);
}

/* A number of 10^-decimals: 1234 with 2 is "12,34". */
static const char *decimal_text(struct arena *arena, int64_t scaled, int decimals)
{
	int64_t unit = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
	const char *whole = query_number_text(arena, scaled / unit);

	return decimals == 0
		? whole
		: arena_printf(arena, "%s,%0*lld", whole, decimals, (long long)(scaled % unit));
}

const char *percent_text(struct arena *arena, int64_t part, int64_t whole)
{
	int decimals = whole > 0 && part * 10 < whole ? 2 : 1;
	int64_t unit = decimals == 2 ? 100 : 10, full = 100 * unit, scaled;

	if (whole <= 0)
		return "0%";
	scaled = (2 * part * full + whole) / (2 * whole);
	if (part < whole && scaled >= full)
		scaled = full - 1;
	if (part > 0 && scaled == 0)
		scaled = 1;
	if (scaled % unit == 0)
		return arena_printf(arena, "%s%%", query_number_text(arena, scaled / unit));
	return arena_printf(arena, "%s%%", decimal_text(arena, scaled, decimals));
}

/* P(X <= events) of a Poisson variable with that mean. */
static double poisson_below(int64_t events, double mean)
{
	double term = exp(-mean), sum = term;

	for (int64_t k = 1; k <= events; k++) {
		term *= mean / (double)k;
		sum += term;
	}
	return sum;
}

/* The mean for which P(X <= events) is p; it falls as the mean grows. */
static double poisson_mean(int64_t events, double p)
{
	double low = 0, high = (double)events * 4 + 20;

	for (int i = 0; i < HALVES; i++) {
		double middle = (low + high) / 2;

		if (poisson_below(events, middle) > p)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

void poisson_interval(int64_t events, double *low, double *high)
{
	*low = events > 0 ? poisson_mean(events - 1, 1 - TAIL) : 0;
	*high = poisson_mean(events, TAIL);
}

static const char *scaled_text(
	struct arena *arena, double events, int64_t births, long per, int decimals)
{
	double unit = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;

	return decimal_text(arena,
		(int64_t)floor(events * (double)per * unit / (double)births + 0.5), decimals);
}

const char *rate_text(struct arena *arena, int64_t events, int64_t births, long per, int decimals)
{
	const char *rate = scaled_text(arena, (double)events, births, per, decimals);
	const char *of =
		per == 100 ? "%" : arena_printf(arena, "/%s", query_number_text(arena, per));
	double low, high;

	if (events >= RATE_PLAIN)
		return arena_printf(arena, "%s%s", rate, of);
	poisson_interval(events, &low, &high);
	return arena_printf(arena, "%s%s (%s-%s)%s", rate, per == 100 ? of : "",
		scaled_text(arena, low, births, per, decimals),
		scaled_text(arena, high, births, per, decimals), per == 100 ? "" : of);
}
