/* Figures about the whole store, for health and status; none of them walks a table that grows. */
#ifndef STORE_REPORT_FIGURES_H
#define STORE_REPORT_FIGURES_H

#include "store/message/outbox.h"

struct store_figures {
	struct outbox_waiting waiting[OUTBOX_CLASSES];
	int64_t overdue; /* deadlines that were due before `late` */
	int64_t oldest_overdue; /* when the first of them was due; 0: none */
	int64_t human; /* messages that a human must answer */
	int64_t answers, stranger_answers; /* of the day, to registered people and to others */
	char risk[128]; /* under which what is acknowledged could be lost; "": none */
	int64_t backup; /* when the last backup was made; 0: never */
};

/* day: the window of the counters, "2024-08-15". */
int store_figures(struct store *store, int64_t late, const char *day,
	struct store_figures *out) MUST_CHECK;
/* A backup of the store was made. */
int store_backup_note(struct store *store, int64_t now) MUST_CHECK;

#endif
