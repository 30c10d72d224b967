/* What kabard is made of, from the configuration to the links. Loop thread only. */
#ifndef GATEWAY_GATEWAY_STATE_H
#define GATEWAY_GATEWAY_STATE_H

#include "gateway/config/config_load.h"
#include "gateway/inbox/inbox.h"
#include "gateway/os/timer.h"
#include "gateway/out/outbox.h"
#include "gateway/threads/workers.h"

struct control;
struct event;
struct evdns_base;
struct event_base;
struct http;
struct gateway;

/* What health.c remembers of its conditions. */
#define CONDITIONS_MAX 32
struct health {
	struct gateway *gateway;
	struct timer timer;
	int64_t since[CONDITIONS_MAX]; /* by row; 0: does not hold */
	uint64_t quarantined[61], quarantined_at; /* by minute, for what grows */
};

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
	struct store *stores[WORKERS_MAX]; /* of each worker */
	unsigned nstore;
	struct crash *crash;
	struct disk *disk;
	struct workers *workers;
	struct control *control;
	struct http *http;
	struct health health;
	struct timer deadline; /* of stopping */
	int64_t started; /* clock_now() */
	bool stopping;
	int status; /* exit status of the program */
};

#endif
