/* sd_notify by hand: tells systemd how the program is doing. Does nothing when nobody listens. */
#ifndef GATEWAY_NOTIFY_H
#define GATEWAY_NOTIFY_H

void notify(const char *state); /* "READY=1", "RELOADING=1", "STOPPING=1", "WATCHDOG=1" */

#endif
