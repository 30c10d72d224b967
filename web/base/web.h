/* The web front as a whole: what it is given, and what its parts share. One thread, one loop. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "flows/turn/flow_context.h"
#include "flows/rules/settings.h"
#include "store/base/store.h"

struct event_base;
struct evhttp;
struct form;
struct kabard;
struct menus;
struct checkups;
struct connections;
struct passwords;
struct pulse;
struct throttle;
struct assets;
struct practices;
struct request;

/* From the configuration; everything outlives the front. */
struct web_settings {
	struct store_options store;
	const char *control;   /* kabard's socket */
	const char *listen;    /* "127.0.0.1:8080" */
	bool plain;            /* may listen off loopback without TLS */
	bool proxy;            /* a proxy on this machine says who calls, and whether by TLS */
	int idle, absolute;    /* seconds that a session lasts */
	const char *ussd_code; /* "*355#" */
	const char *libraries; /* directory of Debian's JavaScript libraries */
	const char *assets;    /* of our own CSS and JavaScript */
	const struct reader *reader;
	const struct catalogue *catalogue;
	const struct flow_settings *flow;
	const struct menus *menus;
	const struct checkups *checkups;
	struct form *const *forms;
	size_t nform;
};

struct web {
	const struct web_settings *settings;
	struct event_base *base;
	struct evhttp *http;
	struct store *store; /* read-only */
	struct gazetteer *places;
	int64_t places_version;
	struct scratch *scratch;
	struct kabard *kabard;
	struct pulse *pulse;
	struct connections *connections;
	struct passwords *passwords;
	struct throttle *throttle;
	struct assets *assets;
	struct practices *practices;
	void (*fail)(struct request *request, int code); /* a short page that says what is wrong */
};

/* One line on stderr with journald's prefix. */
enum web_level { WEB_ERROR = 3, WEB_WARN = 4, WEB_INFO = 6 };
void web_log(enum web_level level, const char *format, ...) PRINTF(2, 3);

#endif
