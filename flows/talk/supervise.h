/* VERIFIKASI, when what a report lacked has been answered. */
#ifndef FLOWS_SUPERVISE_H
#define FLOWS_SUPERVISE_H

#include "flows/record/record.h"

/* class: a word of the form's closed list, "" or NULL: as it is. */
int supervise_verify(struct turn *turn, const struct record *record, const char *class) MUST_CHECK;

#endif
