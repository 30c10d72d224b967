/* Server-sent events: what a socket says, line by line, until the reader leaves. */
#ifndef WEB_STREAM_H
#define WEB_STREAM_H

#include "web/http/request.h"

/* Ends the request by starting a stream of kabard's log; 503 when there are too many already. */
void stream_tail(struct request *request);

#endif
