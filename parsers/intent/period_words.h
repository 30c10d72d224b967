/* Inside the reading of periods: what its two files share. */
#ifndef PARSERS_INTENT_PERIOD_WORDS_H
#define PARSERS_INTENT_PERIOD_WORDS_H

#include "parsers/intent/intent_words.h"

int period_month_at(const struct words *words, size_t i); /* 0: no month */
/* The year behind, "juli tahun 2024": how many words tell it; 0: none does. */
size_t period_year_behind(const struct words *words, size_t i, int *year);
struct period period_months(int year, int first, int last_year, int last);
/* Of a month without a year: the latest that has begun. */
int period_year_of(int month, struct date today);

/* Mark their words. */
bool period_relative(struct words *words, struct date today, struct period *period);
bool period_last(struct words *words, struct date today, struct period *period);
bool period_week(struct words *words, struct date today, struct period *period);

#endif
