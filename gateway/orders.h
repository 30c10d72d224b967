/* What an operator orders the running gateway by kabarctl: links up, down, paused; what is logged.
 * An order holds until another one or a restart; a reload does not undo it but for the log's level,
 * which kabar.conf says again. Loop thread only. */
#ifndef GATEWAY_ORDERS_H
#define GATEWAY_ORDERS_H

#include "gateway/gateway_state.h"

/* order: "link telkomsel down", "log level debug", "log level". The answer begins with "ok" when it
 * was done; the caller frees it. NULL: it is no order. */
char *orders_obey(struct gateway *gateway, const char *who, const char *order);
/* A row of the audit trail by the worker, which alone writes the store. value may be NULL. */
void orders_note(struct gateway *gateway, const char *who, const char *action,
	const char *subject, const char *value);

#endif
