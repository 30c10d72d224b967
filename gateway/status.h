/* What is told of the running gateway. */
#ifndef GATEWAY_STATUS_H
#define GATEWAY_STATUS_H

#include "gateway/gateway_state.h"

/* Everything an operator wants to know, as one JSON object. The caller frees the text. */
char *gateway_status(struct gateway *gateway);
/* The same as Prometheus text. */
void gateway_metrics(struct gateway *gateway, struct strbuf *out);

#endif
