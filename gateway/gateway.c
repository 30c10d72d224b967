/* Puts the parts of the gateway together and takes them apart: see gateway.h. */
#include "gateway/gateway.h"

#include <errno.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "gateway/control.h"
#include "gateway/health.h"
#include "gateway/http.h"
#include "gateway/inbox/spread.h"
#include "gateway/orders.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/os/notify.h"
#include "gateway/stores.h"
#include "store/message/gateway.h"

#define STOP_MS 9000
#define MB	(1 << 20)

static const enum log_level levels[] = {
	LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG};

static void continue_stopping(struct gateway *gateway);

static void on_deliver(void *user, const struct deliver *deliver)
{
	struct gateway *gateway = user;
	const struct config_smsc *smsc =
		links_config(&gateway->links, links_find(&gateway->links, deliver->link));
	struct ussd_arrival ussd;
	bool is_ussd = ussd_is(deliver);

	if (gateway->stopping || !smsc)
		return; /* not acknowledged: it comes again */
	if (is_ussd)
		ussd_read(&smsc->dialect, smsc->ussd_code, deliver, &ussd);
	if (is_ussd && ussd.event != USSD_ABORT &&
		!outbox_takes_screen(gateway->outbox, deliver->link, ussd.event == USSD_BEGIN)) {
		inbox_refuse(gateway->inbox, deliver, (enum alphabet)smsc->alphabet);
		return;
	}
	inbox_accept(gateway->inbox, deliver, (enum alphabet)smsc->alphabet,
		is_ussd ? &ussd : NULL);
}

static void on_receipt(void *user, const struct deliver *deliver, const struct receipt *receipt)
{
	struct gateway *gateway = user;
	const struct config_smsc *smsc =
		links_config(&gateway->links, links_find(&gateway->links, deliver->link));

	if (!gateway->stopping && smsc)
		inbox_accept_receipt(
			gateway->inbox, deliver, (enum alphabet)smsc->alphabet, receipt);
}

static void on_submit_result(
	void *user, struct link *link, uint64_t cookie, const struct submit_result *result)
{
	struct gateway *gateway = user;

	outbox_on_result(gateway->outbox, link, cookie, result);
}

static void on_ready(void *user, struct link *link)
{
	struct gateway *gateway = user;

	outbox_on_ready(gateway->outbox, link);
}

static void on_state(void *user, struct link *link, enum link_state state)
{
	struct gateway *gateway = user;

	(void)link;
	outbox_on_state(gateway->outbox);
	if (state != LINK_STOPPED)
		return;
	links_on_stopped(&gateway->links);
	if (gateway->stopping)
		continue_stopping(gateway);
}

static void on_ack_proven(void *user, struct link *link, const unsigned char *token)
{
	struct gateway *gateway = user;

	inbox_put(gateway->inbox, item_new_proof(link_name(link), token));
}

static void on_outbox_result(void *context, const char *link, const char *recipient, int64_t id,
	const char *state, const char *message_id, int64_t due)
{
	struct gateway *gateway = context;
	struct item *item = item_new_result(link, id, state, message_id, due);

	item->who = spread_who(recipient); /* with the receipt that may follow */
	inbox_put(gateway->inbox, item);
}

static void on_committed(evutil_socket_t fd, short what, void *context)
{
	struct gateway *gateway = context;
	uint64_t count;

	(void)what;
	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		log_warn("gateway", "eventfd: %s", strerror(errno));
	inbox_on_committed(gateway->inbox);
	if (gateway->stopping)
		continue_stopping(gateway);
}

/* Worker thread. */
static void wake(void *context)
{
	struct gateway *gateway = context;
	const uint64_t one = 1;

	if (write(gateway->committed_fd, &one, sizeof(one)) < 0 && errno != EAGAIN)
		log_warn("gateway", "eventfd: %s", strerror(errno));
}

static void send_reply(void *context, struct outgoing *reply)
{
	struct gateway *gateway = context;

	outbox_send(gateway->outbox, reply);
}

/* Worker thread. */
static void shares_of(void *context, struct shares *out)
{
	struct gateway *gateway = context;

	outbox_shares(gateway->outbox, out);
}

/* The store is broken: every second more would be a promise that cannot be kept. */
static void stop_at_once(void *context)
{
	struct gateway *gateway = context;

	if (gateway->status == 0)
		log_error("gateway",
			"the store is broken: nothing is acknowledged any more, the program ends");
	gateway->status = 1;
	event_base_loopbreak(gateway->base);
}

static struct outbox_policy policy_of(const struct config_main *main_file)
{
	return (struct outbox_policy){
		.resend_unsure = main_file->resend_unsure == 1,
		.tries = main_file->tries,
		.retry = main_file->retry,
		.retry_max = main_file->retry_max,
		.hours = hours_of(&main_file->flow),
	};
}

static void make_links(struct gateway *gateway)
{
	const struct config_main *main_file = &gateway->config->main;

	gateway->links.base = gateway->base;
	gateway->links.dns = gateway->dns;
	gateway->links.handler = (struct link_handler){
		.user = gateway, .on_deliver = on_deliver, .on_receipt = on_receipt,
		.on_submit_result = on_submit_result, .on_ready = on_ready, .on_state = on_state,
		.on_ack_proven = on_ack_proven,
	};

	links_take(&gateway->links, main_file->smsc, main_file->nsmsc);
	outbox_links_changed(gateway->outbox);
}

static bool may_submit(void *context)
{
	const struct gateway *gateway = context;

	return !gateway->workers || workers_may_submit(gateway->workers);
}

static void make_queues(struct gateway *gateway)
{
	const struct config_main *main_file = &gateway->config->main;
	struct workers_setup workers;

	gateway->outbox = outbox_new(&(struct outbox_setup){
		.links = &gateway->links,
		.limit = (size_t)main_file->outbox,
		.policy = policy_of(main_file),
		.result = on_outbox_result,
		.may_submit = may_submit,
		.context = gateway,
	});
	gateway->inbox = inbox_new(&(struct inbox_setup){
		.links = &gateway->links,
		.limit = (size_t)main_file->inbox,
		.workers = gateway->nstore,
		.wake = wake,
		.send = send_reply,
		.stop = stop_at_once,
		.context = gateway,
	});
	workers = (struct workers_setup){
		.worker = {.shared = store_gateway_shared(gateway->stores[0]),
			.crash = gateway->crash, .disk = gateway->disk,
			.shares = shares_of, .context = gateway,
			.config = worker_config_of(gateway->config)},
		.count = gateway->nstore, .inbox = gateway->inbox,
		.batch = (size_t)main_file->batch,
	};
	memcpy(workers.stores, gateway->stores, sizeof(workers.stores));
	gateway->workers = workers_start(&workers);
}

int gateway_start(struct gateway *gateway, struct config *config, const char *config_path)
{
	int rc;

	*gateway = (struct gateway){
		.config = config, .config_path = config_path, .started = clock_now()};
	log_set_level(levels[config->main.log_level]);
	gateway->committed_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	gateway->base = event_base_new();
	if (!gateway->base || gateway->committed_fd < 0)
		return ERR_SYSTEM;
	timers_attach(gateway->base);
	gateway->dns = evdns_base_new(gateway->base,
		EVDNS_BASE_INITIALIZE_NAMESERVERS | EVDNS_BASE_DISABLE_WHEN_INACTIVE);
	rc = stores_open(gateway);
	if (rc != OK)
		return rc;
	gateway->committed = event_new(
		gateway->base, gateway->committed_fd, EV_READ | EV_PERSIST, on_committed, gateway);
	event_add(gateway->committed, NULL);
	make_queues(gateway);
	health_start(&gateway->health, gateway);
	if (*config->main.control)
		rc = control_start(
			&gateway->control, gateway, gateway_reload, config->main.control);
	if (rc == OK && *config->main.http_listen)
		rc = http_start(&gateway->http, gateway, config->main.http_listen);
	if (rc == OK)
		make_links(gateway);
	if (rc == OK)
		log_info("gateway", "started name=%s links=%zu forms=%zu", config->main.name,
			gateway->links.count, config->nform);
	return rc;
}

/* First the worker judges what it holds, then the links say goodbye, then the loop ends. */
static void continue_stopping(struct gateway *gateway)
{
	struct inbox_status inbox;

	inbox_status(gateway->inbox, &inbox);
	if (inbox.waiting + inbox.at_work > 0)
		return;
	links_stop(&gateway->links);
	if (links_stopped(&gateway->links))
		event_base_loopbreak(gateway->base);
}

/* Whatever hangs: what was not acknowledged comes again, what was is durable. */
static void on_deadline(void *context)
{
	(void)context;
	log_warn("gateway", "stopped without waiting any longer");
	_exit(0);
}

void gateway_stop(struct gateway *gateway)
{
	if (gateway->stopping)
		return;
	log_info("gateway", "stopping");
	notify("STOPPING=1");
	gateway->stopping = true;
	timer_init(&gateway->deadline, on_deadline, gateway);
	timer_arm(&gateway->deadline, STOP_MS);
	continue_stopping(gateway);
}

int gateway_reload(struct gateway *gateway, const char *who, struct config_errors *errors)
{
	struct config *config, *old = gateway->config;
	struct worker_config worker_config;
	struct outbox_policy policy;
	const char *fixed;
	int rc = config_load(&config, gateway->config_path, errors);

	if (rc != OK) {
		log_error("gateway", "reload refused, the old configuration stays errors=%zu",
			config_errors_count(errors));
		return rc;
	}
	fixed = config_main_fixed(&old->main, &config->main);
	if (fixed) {
		const struct config_file file = {.path = gateway->config_path};

		config_error(
			errors, &file, 0, NULL, "\"%s\" can only be changed by a restart", fixed);
		log_error("gateway", "reload refused, \"%s\" needs a restart", fixed);
		config_unref(config);
		return ERR_CONFIG;
	}
	worker_config = worker_config_of(config);
	policy = policy_of(&config->main);
	workers_configure(gateway->workers, &worker_config);
	outbox_configure(gateway->outbox, &policy);
	links_take(&gateway->links, config->main.smsc, config->main.nsmsc);
	outbox_links_changed(gateway->outbox);
	if (gateway->disk)
		disk_set_reserve(gateway->disk, (int64_t)config->main.disk_reserve * MB);
	log_set_level(levels[config->main.log_level]);
	gateway->config = config;
	config_unref(old);
	orders_note(gateway, who, "configuration reloaded", config->main.name, NULL);
	log_info("gateway", "configuration reloaded by=%s forms=%zu", who, config->nform);
	return OK;
}

void gateway_close(struct gateway *gateway)
{
	timer_cancel(&gateway->deadline);
	health_stop(&gateway->health);
	http_stop(gateway->http);
	control_stop(gateway->control);
	gateway->control = NULL; /* a deed may still come back */
	/* tells the outbox what is unsure: the worker still stores it */
	links_free(&gateway->links);
	workers_stop(gateway->workers);
	workers_free(gateway->workers);
	outbox_free(gateway->outbox);
	inbox_free(gateway->inbox);
	crash_close(gateway->crash);
	disk_free(gateway->disk);
	stores_close(gateway);
	if (gateway->committed)
		event_free(gateway->committed);
	if (gateway->dns)
		evdns_base_free(gateway->dns, 0);
	timers_detach();
	if (gateway->base) { /* a freed bufferevent goes when its deferred callbacks have run */
		(void)event_base_loop(gateway->base, EVLOOP_NONBLOCK);
		event_base_free(gateway->base);
	}
	close(gateway->committed_fd);
	config_unref(gateway->config);
}
