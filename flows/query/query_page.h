/* Long lists, a page per SMS: what does not fit waits for LAGI. */
#ifndef FLOWS_QUERY_PAGE_H
#define FLOWS_QUERY_PAGE_H

#include "flows/query/query.h"

/* The items of a list, as they are printed. */
struct query_list {
	const char **items;
	size_t count;
};

/* Sets the answer: `head` is the text of the message with an empty list, only on the first page;
 * further pages are the list alone. Keeps or drops what LAGI goes on with. */
int query_page(struct turn *turn, const struct query *query, const struct query_list *list,
	size_t offset, enum message_id id, const char *share) MUST_CHECK;
#endif
