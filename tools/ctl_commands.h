/* The commands of kabarctl. To add one: its file ctl_<name>.c, its declaration and its row here. */
#ifndef TOOLS_CTL_COMMANDS_H
#define TOOLS_CTL_COMMANDS_H

#include "tools/ctl.h"

int ctl_backup(struct ctl *ctl, int argc, char **argv);
int ctl_import(struct ctl *ctl, int argc, char **argv);

/* Each row: {name, function, usage, help}, */
#define CTL_COMMANDS \
	{"backup", ctl_backup, "backup FILE", "write a consistent copy of the store"}, \
	{"import", ctl_import, "import areas|puskesmas|posyandu|people FILE.csv [--dry-run] [--replace]", \
		"bring a list into the store"}, \

#endif
