/* Whom the reports of the last weeks are about, in memory, by place and by teller: each report is
 * compared with those of its days, however many they are. A place or a teller that is asked for
 * is read, and so are once the newest reports, which are not filed yet; what this process writes
 * stands beside it; when another one wrote anything, or a batch was rolled back, it is read again.
 * Where reports are not filed later (store/base/filed.h), the database is asked. */
#ifndef STORE_REPORT_RECENT_H
#define STORE_REPORT_RECENT_H

#include "store/base/store.h"

/* A report is written (again: not for the first time). date, name: may be NULL. */
struct named {
	int64_t id;
	const char *area, *sender, *date, *name;
	bool again;
};

typedef int report_name(int64_t id, const char *name, void *context);

struct recent_question {
	bool teller; /* whose reports, else those of a place */
	const char *key, *from, *to; /* days */
	const char *like; /* the core of a name */
};

/* False: the database must be asked; nothing was told. Tells names that may be alike. */
bool recent_walk(struct store *store, const struct recent_question *question, report_name *each,
	void *context, int *result);
void recent_note(struct store *store, const struct named *row);

#endif
