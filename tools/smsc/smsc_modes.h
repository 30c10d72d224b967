/* What kabar-smsc does with its operator: a terminal, a script, or a load.
 *
 * A mode is a table of functions; kabar-smsc.c calls them. A mode ends with simulation_end().
 */
#ifndef TOOLS_SMSC_MODES_H
#define TOOLS_SMSC_MODES_H

#include "tools/smsc/smsc_phones.h"
#include "tools/smsc/smsc_ussd.h"

struct event_base;
struct smsc_mode;

struct simulation {
	struct event_base *base;
	struct smsc *smsc;
	struct phones *phones;
	struct ussd_phones *ussd;
	const struct smsc_mode *mode;
	int status; /* of the process */
	uint64_t cookies; /* given out */
	/* options of the modes */
	const char *script; /* file */
	long load; /* messages, or steps of USSD */
	long rate; /* steps of USSD or messages per second; 0: as fast as they are answered */
	size_t window;
	long first; /* number of the load's first report */
	long senders;
	const char *first_sender; /* "+62899000000": four digits follow */
	const char *pid_file; /* of kabard, whose CPU time is measured; read when it has bound */
};

struct smsc_mode {
	int (*start)(struct simulation *simulation); /* OK, or a message was printed */
	void (*stop)(void); /* frees */
	void (*on_event)(const char *text);
	void (*on_receivers)(size_t count);
	void (*on_message)(const char *to, const char *text);
	void (*on_answer)(uint64_t cookie, uint32_t status, int64_t latency_us);
};

extern const struct smsc_mode smsc_terminal, smsc_script, smsc_load, smsc_ussd_load;

void simulation_end(struct simulation *simulation, int status);

/* Commands that terminal and script share: "again", "receipts on", "throttle 3" …
 * ERR_NOT_FOUND: none of them; ERR_SYNTAX: its argument is wrong. */
int smsc_command(struct simulation *simulation, const char *line) MUST_CHECK;
const char *smsc_command_help(void);
/* "+62812…: text", "ussd +62812…: *355#" (escapes \n \t \\ \uXXXX). ERR_SYNTAX: no number and
 * colon. *from (free it) when OK. */
int smsc_write_line(struct simulation *simulation, const char *line, char **from) MUST_CHECK;

#endif
