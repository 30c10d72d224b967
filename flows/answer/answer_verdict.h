/* A yes or a no: YA, TIDAK; "tepat", "keliru": that what was told is right or wrong. */
#ifndef FLOWS_ANSWER_ANSWER_VERDICT_H
#define FLOWS_ANSWER_ANSWER_VERDICT_H

#include "flows/record/pending.h"
#include "flows/record/record.h"

bool verdict_is_yes(const char *command);
bool verdict_is_no(const char *command);
/* The command of an answer in one word; "": it is none. */
const char *verdict_read(struct turn *turn, const char *word);
/* "benar 50", "iya 40", "bukan 45": the value behind the verdict, else the text; *denied: that is
 * what it is not, should it be the one that is doubted. */
const char *verdict_behind(struct turn *turn, const char *text, bool *denied);
/* The answer says what the report says, and what was doubted. */
bool verdict_repeats(const struct record *before, const struct record *after);
/* "Batalkan?", "ganti?": a yes does something to a report. */
bool verdict_acts(const struct pending *pending);
/* There that a telling is right or wrong ("salah", "sudah benar") decides nothing. */
bool verdict_decides(const char *verdict, const struct pending *pending);

#endif
