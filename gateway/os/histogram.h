/* How long things take, as histograms for the metrics. Noting one costs two additions; any thread. */
#ifndef GATEWAY_HISTOGRAM_H
#define GATEWAY_HISTOGRAM_H

#include "parsers/text/util.h"

enum histogram {
	HISTOGRAM_ACK, /* a message read from the socket until its deliver_sm_resp */
	HISTOGRAM_REPLY, /* an answer composed until the SMSC has taken it */
	HISTOGRAM_BATCH, /* a transaction from its begin to its end */
	HISTOGRAM_COMMIT, /* of it: until it is durable */
	HISTOGRAMS
};

void histogram_note(enum histogram histogram, int64_t ms);
/* All of them as Prometheus text: kabar_…_seconds_bucket, _sum, _count. */
void histogram_print(struct strbuf *out);

#endif
