/* Who tells a report, seen from the place it is about. */
#ifndef FLOWS_STANDING_H
#define FLOWS_STANDING_H

#include "flows/record/record.h"

/* Of who speaks now. area NULL: not known yet. A bidan or above may name the home of a mother
 * anywhere in the kabupaten. */
enum standing standing_of(const struct turn *turn, const struct area *area);
/* For a report as it is: also whose week it is. */
enum standing standing_for(const struct turn *turn, const struct record *record);
/* Gives a report that its own teller tells or finishes the standing that he has for it. */
void record_stand(const struct turn *turn, struct record *record);

#endif
