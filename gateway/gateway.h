/* The running gateway: started, reloaded, stopped. Loop thread only. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "gateway/gateway_state.h"

/* Takes the reference to config. Logs what is wrong; ERR_SYSTEM, ERR_STORE… */
int gateway_start(
	struct gateway *gateway, struct config *config, const char *config_path) MUST_CHECK;
/* Finishes what the worker holds, unbinds, then leaves the loop; within 9 s in any case. */
void gateway_stop(struct gateway *gateway);
/* Reads all files again; ERR_CONFIG: something is wrong (told in errors) and the old configuration
 * stays. */
int gateway_reload(
	struct gateway *gateway, const char *who, struct config_errors *errors) MUST_CHECK;
void gateway_close(struct gateway *gateway); /* after the loop */

#endif
