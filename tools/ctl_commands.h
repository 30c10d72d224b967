/* The commands of kabarctl. To add one: its file ctl_<name>.c, its declaration and its row here. */
#ifndef TOOLS_CTL_COMMANDS_H
#define TOOLS_CTL_COMMANDS_H

#include "tools/ctl.h"

/* Each row: {name, function, usage, help}, */
#define CTL_COMMANDS \

#endif
