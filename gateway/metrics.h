/* The parts of the metrics that are not one number: links, histograms, what this program is. Loop
 * thread only. */
#ifndef GATEWAY_METRICS_H
#define GATEWAY_METRICS_H

#include "gateway/gateway_state.h"

void metrics_links(const struct links *links, struct strbuf *out);
/* backup: UTC of the last one, 0: never. */
void metrics_program(const struct gateway *gateway, int64_t backup, struct strbuf *out);

#endif
