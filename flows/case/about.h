/* A report about another one that it names (`about` of its form): whose it is and where follow. */
#ifndef FLOWS_ABOUT_H
#define FLOWS_ABOUT_H

#include "flows/record/record.h"

int about_fill(const struct turn *turn, struct record *record) MUST_CHECK;

#endif
