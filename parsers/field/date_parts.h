/* Inside the reader: the parts of dates, shared by the files that read them. */
#ifndef PARSERS_DATE_PARTS_H
#define PARSERS_DATE_PARTS_H

#include "parsers/parse/date_reading.h"

/* Joined by a date's signs, or by single spaces; never across an explicit separator. */
bool date_joined(const struct parse *parse, size_t i, bool spaces);
/* A token as a day or month number: digits, or o and l for 0 and 1 in front of digits (o8, l2). */
size_t date_small_number(const struct parse *parse, size_t at, int *number);
/* 24, 2024; 0: no year. */
int date_year_at(const struct parse *parse, size_t at);
/* By its name; 0. */
int date_month_named(const struct parse *parse, size_t at);
/* "TAHUN", "" for none. */
const char *date_unit(const struct parse *parse, size_t at);
/* More numbers joined in the same way, in front or behind: perhaps a row of counts. */
bool date_in_a_run(const struct parse *parse, size_t at, size_t end);

/* A month alone, for forms that default to a day: the last day of it that is not in the future.
 * "juli", "juli 2024" ... */
struct date_reading date_of_month(const struct parse *parse, size_t at);
/* ... "bln 7", "bulan 7/24", "7/2024" (at its number). */
struct date_reading date_of_month_number(const struct parse *parse, size_t at);
/* Both, whatever the form. */
struct date_reading date_month_name(const struct parse *parse, size_t at);
struct date_reading date_month_number(const struct parse *parse, size_t at);
/* The number stands behind "bulan": it is a month's, never a day nor a count. */
bool date_behind_month(const struct parse *parse, size_t at);
/* "timbang bulan juli nino", "timbang bln 7 …", "timbang juli …": what was done to one child was done
 * some day of that month. At its name or number; *from: where it begins. */
bool date_month_done(const struct parse *parse, size_t at, size_t *from);
/* date_rough.c: "JAM 08.30", "td 170/110": an hour, a blood pressure, though the form may ask for
 * neither. */
bool date_is_measure(const struct parse *parse, size_t at);
/* "12 agustus tahun 2024", "12/7 tahun lalu": the year in words behind a day and month, by its number
 * or not; 0: none. */
int date_year_said(const struct parse *parse, size_t *next, bool number);
/* "kemarin lusa"; "senin kmrn"; "2 hr lalu". */
struct date_reading date_from_today(const struct parse *parse, size_t at);
struct date_reading date_of_weekday(const struct parse *parse, size_t at);
struct date_reading date_ago(const struct parse *parse, size_t at);
/* "…,12,8,24,…" of a form whose day must be told, where commas part the fields: this year's or
 * last year's. */
struct date_reading date_in_commas(const struct parse *parse, size_t at);

/* "timbang kemarin nino", "timbang mawar 9/8 nino": told from today, or with the posyandu, it is the
 * day of what was done to a child, not the one of its birth (f): the field that it is of. */
int date_whose(const struct parse *parse, int f, size_t at);

#endif
