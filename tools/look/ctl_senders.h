/* Whose messages cost most today. */
#ifndef TOOLS_CTL_SENDERS_H
#define TOOLS_CTL_SENDERS_H

#include "tools/common/ctl.h"

/* One line: the phones that caused most SMS to others. Nothing when there were none. */
void ctl_senders(struct ctl *ctl, const char *command);

#endif
