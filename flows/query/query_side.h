/* Several places, two periods or all months of a period beside each other. */
#ifndef FLOWS_QUERY_SIDE_H
#define FLOWS_QUERY_SIDE_H

#include "flows/query/query.h"

/* Is such a list asked for; and are all its indicators numbers that can stand in it? */
bool query_is_side(const struct query *query);
bool query_side_carries(const struct turn *turn, const struct query *query);
query_answer query_side;
int query_side_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;

#endif
