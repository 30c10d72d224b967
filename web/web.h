/* The web front, started and stopped. */
#ifndef WEB_START_H
#define WEB_START_H

#include "web/base/web.h"

/* Logs what is wrong. port gets the port that is listened on. */
int web_start(struct web *web, const struct web_settings *settings, int *port) MUST_CHECK;
void web_stop(struct web *web);

#endif
