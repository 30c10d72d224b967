/* Inside the reading of periods: what its files share. */
#ifndef PARSERS_INTENT_PERIOD_WORDS_H
#define PARSERS_INTENT_PERIOD_WORDS_H

#include "parsers/intent/intent_words.h"

int period_month_at(const struct words *words, size_t i); /* 0: no month */
bool period_month_named(const struct words *words, size_t i); /* "bulan" in front of one */
/* 2024, or 24 where two digits can only be a year; 0. */
int period_year_at(const struct words *words, size_t i, bool two_digits);
/* The year behind, "juli tahun 2024", "juli tahun lalu": how many words tell it; 0: none does. */
size_t period_year_behind(const struct words *words, size_t i, int *year);
/* One that stands elsewhere, marked used; 0. */
int period_year_elsewhere(struct words *words);
struct period period_months(int year, int first, int last_year, int last);
/* Of a month without a year: the latest that has begun. */
int period_year_of(int month, struct date today);
/* "semester 1 kemarin": how many words at i say that it is the last of its name. */
size_t period_last_named(const struct words *words, size_t i);
size_t period_up_to(const struct words *words, size_t i); /* "s.d. juli": words in front of i */
/* How many words say "up to" at i: s/d, sampai; *until also by nothing but a dash. */
size_t period_until_at(const struct words *words, size_t i, bool *until);
/* How many words say "and". */
size_t period_joiner_at(const struct words *words, size_t i, size_t *length);
/* "bulan lalu", "taun niki" as a unit and a number: m-1, y0; NULL. */
const char *period_code_at(const struct words *words, size_t i, size_t *length);
/* A number or a word of time is left that no period has yet. */
bool period_left(const struct words *words);

/* Mark their words. strict: not what stands beside a month or a day and belongs to it. */
bool period_relative(
	struct words *words, struct date today, bool strict, struct period *period);
bool period_last(struct words *words, struct date today, struct period *period);
bool period_ago(struct words *words, struct date today, struct period *period);
bool period_ahead(struct words *words, struct date today, struct period *period);
bool period_begun(struct words *words, struct date today, struct period *period);
bool period_week(struct words *words, struct date today, struct period *period);
/* period_part.c, period_day.c */
/* joined: "tw 1 dan 2" is one span, and no two. */
bool period_part(struct words *words, struct date today, bool joined, struct period *period);
bool period_epi_week(struct words *words, struct date today, struct period *period);
bool period_day(struct words *words, struct date today, struct period *period);
bool period_days(struct words *words, struct date today, struct period *period);
bool period_weekday(struct words *words, struct date today, struct period *period);

#endif
