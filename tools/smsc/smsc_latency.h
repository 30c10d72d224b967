/* What a load measures: moments, and the percentiles of many latencies. */
#ifndef TOOLS_SMSC_LATENCY_H
#define TOOLS_SMSC_LATENCY_H

#include <stddef.h>
#include <stdint.h>

int64_t latency_now(void); /* microseconds, from anywhere */
/* One line, "NAME p50=… p95=… p99=… max=…" in milliseconds; sorts them. Nothing when there are
 * none. */
void latency_print(const char *name, int64_t *microseconds, size_t count);

#endif
