/* The running gateway: what kabard is made of, from the configuration to the links. Loop thread
 * only. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "gateway/config/config_load.h"
#include "gateway/health.h"
#include "gateway/os/timer.h"
#include "gateway/out/outbox.h"
#include "gateway/work/inbox.h"
#include "gateway/work/worker_thread.h"

struct control;
struct event;
struct evdns_base;
struct event_base;
struct http;

struct gateway {
	const char *config_path;
	struct config *config;
	struct event_base *base;
	struct evdns_base *dns;
	struct event *committed; /* the worker gave something back */
	int committed_fd;
	struct links links;
	struct inbox *inbox;
	struct outbox_queue *outbox;
	struct store *store; /* the worker's */
	struct crash *crash;
	struct disk *disk;
	struct worker *worker;
	struct worker_thread *thread;
	struct control *control;
	struct http *http;
	struct health health;
	struct timer deadline; /* of stopping */
	int64_t started; /* clock_now() */
	bool stopping;
	int status; /* exit status of the program */
};

/* Takes the reference to config. Logs what is wrong; ERR_SYSTEM, ERR_STORE… */
int gateway_start(
	struct gateway *gateway, struct config *config, const char *config_path) MUST_CHECK;
/* Finishes what the worker holds, unbinds, then leaves the loop; within 9 s in any case. */
void gateway_stop(struct gateway *gateway);
/* Reads all files again; ERR_CONFIG: something is wrong (told in errors) and the old configuration
 * stays. */
int gateway_reload(struct gateway *gateway, struct config_errors *errors) MUST_CHECK;
void gateway_close(struct gateway *gateway); /* after the loop */

/* Everything an operator wants to know, as one JSON object. The caller frees the text. */
char *gateway_status(struct gateway *gateway);
/* The same as Prometheus text. */
void gateway_metrics(struct gateway *gateway, struct strbuf *out);

#endif
