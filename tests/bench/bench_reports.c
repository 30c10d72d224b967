/* Reports for a bench: see bench_reports.h. */
#include "tests/bench/bench_reports.h"

#include <stdio.h>
#include <time.h>

/* Names that no two numbers share; those of one phone are as little alike as others. */
void bench_name(long number, char out[32])
{
	static const char *const syllables[20] = {"SI", "TI", "RA", "NI", "DE", "WI", "SU", "MA",
		"YA", "LI", "PU", "TRI", "AN", "EN", "KA", "LA", "RU", "MI", "NA", "TU"};
	unsigned long mixed = (unsigned long)number * 7919 % 25600000;
	size_t length = 0;

	for (int i = 0; i < 6; i++) {
		length += (size_t)snprintf(out + length, 32 - length, "%s%s", i == 3 ? " " : "",
			syllables[mixed / 1280000]);
		mixed = mixed % 1280000 * 20;
	}
}

void bench_phone(long number, char out[20])
{
	snprintf(out, 20, "+6289900%06ld", number);
}

void bench_text(long number, char out[200])
{
	bench_text_on(number, time(NULL), out);
}

void bench_text_on(long number, time_t now, char out[200])
{
	/* a phone's next report is of another day */
	time_t day = now - 86400 * (1 + (number + number / 10000 * 7) % 20);
	long age = 20 + number % 15, weight = 2500 + number * 37 % 1500, length = 46 + number % 6;
	char sex = number % 2 ? 'L' : 'P';
	char name[32];
	struct tm at;

	localtime_r(&day, &at);
	bench_name(number, name);
	switch (number % 4) {
	case 0:
		snprintf(out, 200, "LAHIR#%s#%ld#%d/%d/%d#%c#%ld#%ld#PKM#BIDAN#HIDUP", name, age,
			at.tm_mday, at.tm_mon + 1, at.tm_year + 1900, sex, weight, length);
		break;
	case 1:
		snprintf(out, 200, "L %s %ld %d/%d %c %ld %ld pkm bidan hidup", name, age,
			at.tm_mday, at.tm_mon + 1, sex, weight, length);
		break;
	case 2:
		snprintf(out, 200,
			"Lahir ibu %s umur %ld tgl %d-%d-%d jk %c bb %ld pb %ld "
			"tempat pkm penolong bidan hidup",
			name, age, at.tm_mday, at.tm_mon + 1, at.tm_year + 1900, sex, weight,
			length);
		break;
	default:
		snprintf(out, 200, "LHR, %s, %ld, %d.%d.%02d, %s, %ld, %ld, PKM, BIDAN, HIDUP",
			name, age, at.tm_mday, at.tm_mon + 1, at.tm_year % 100,
			sex == 'L' ? "laki" : "perempuan", weight, length);
	}
}
