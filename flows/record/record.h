/* A stored report: its row and what the row means. What changes one goes through change.h. */
#ifndef FLOWS_RECORD_H
#define FLOWS_RECORD_H

#include "flows/record/status.h"
#include "flows/turn/turn.h"
#include "store/report/report.h"

#define RECORD_CONFIRMED 8

struct record {
	struct report_row row;
	struct report report;
	/* what its status follows from, beside its values: status.h */
	enum standing standing;
	enum linkage link;
	/* affirmed fields and checks, NULL at the end */
	const char *confirmed[RECORD_CONFIRMED + 1];
	/* what its case still needs for a mark, in words; "": it has it */
	const char *lacks, *lacks_mark;
	/* kept: the case that it belongs to, and the one that it did before; 0: none */
	int64_t case_id, case_left;
	bool month_first; /* no other report of the case is of its month */
	/* the day on which its case was expected before it, and who told that last; NULL */
	const char *due_moved, *moved_from;
	/* the reference of a case that it has just ended; of one that it would have, were it hers */
	const char *ends, *stays;
};

/* What is filled of it. */
void record_copy(struct record *to, const struct record *from);
/* Not stored yet. */
void record_begin(struct record *record, const struct report *report);
int record_load(const struct turn *turn, int64_t id, struct record *out) MUST_CHECK;
int record_of_row(
	const struct turn *turn, const struct report_row *row, struct record *out) MUST_CHECK;
/* Judges the values again, as reading does, with what was affirmed. */
void record_judge(const struct turn *turn, struct record *record);
/* The answer is about this report: its reference goes with it, and practice is marked as such. */
void record_about(struct turn *turn, const struct record *record);
/* "Status L2408-0001: dibatalkan." */
int record_say_state(struct turn *turn, const struct record *record) MUST_CHECK;
/* For a reply only: as one that was told again, or (perhaps) may have been: it is asked about. */
const struct report *record_repeated(
	const struct turn *turn, const struct record *record, bool perhaps);
/* The sender affirmed this field or check. */
void record_confirm(struct record *record, const char *field);
/* Rare values that were asked about and are told again. */
void record_confirm_rare(
	struct record *record, const struct report *before, const struct report *again);
bool record_confirmed(const struct record *record, const char *field);

bool record_open(
	const struct record *record); /* incomplete, question, or a suspect with problems */
/* Cancelled, superseded or refused: no more to change or take back. */
bool record_gone(const struct record *record);
bool record_is_death(const struct record *record);
/* One a session, or a week: the form names a posyandu, or a unit. */
bool record_is_session(const struct record *record);
bool record_is_nihil(const struct record *record);
const struct area *record_desa(
	const struct turn *turn, const struct record *record); /* NULL: unknown */
const char *record_kabupaten(const struct turn *turn, const struct report *report); /* "" unknown */

#endif
