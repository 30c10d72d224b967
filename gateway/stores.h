/* The gateway's connections to its store: one for each worker. */
#ifndef GATEWAY_STORES_H
#define GATEWAY_STORES_H

#include "gateway/gateway_state.h"

/* Opens them with the crash memory, and takes the gateway's name. Says in the log what is wrong. */
int stores_open(struct gateway *gateway) MUST_CHECK;
void stores_close(struct gateway *gateway);

#endif
