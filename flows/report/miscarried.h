/* A miscarriage that is told without its weeks, of a pregnancy whose weeks are known. */
#ifndef FLOWS_MISCARRIED_H
#define FLOWS_MISCARRIED_H

#include "flows/record/record.h"

/* A death by a word that also ends a pregnancy ("gugur"): where her case is open and too young for a
 * stillbirth, the record becomes the report that ends it. */
int miscarried_see(const struct turn *turn, struct record *record) MUST_CHECK;

#endif
