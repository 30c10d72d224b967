/* kabard: the gateway daemon. Command line, signals, the loop; everything else is gateway.c. */
#include <event2/event.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flows/record/report_json.h"
#include "gateway/config/config_prove.h"
#include "gateway/gateway.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/os/notify.h"

struct watchdog {
	struct timer timer;
	const struct gateway *gateway;
	int64_t every; /* milliseconds */
};

static void print_help(FILE *out)
{
	fputs("usage: kabard [-c FILE] [-f]\n"
	      "  -c FILE  the configuration (default " KABAR_SYSCONFDIR "/kabar.conf)\n"
	      "  -f       stay in the foreground, log to stderr (it always does: a supervisor such "
	      "as\n"
	      "           systemd starts it; the option keeps scripts plain)\n"
	      "  -h, --help, -V, --version\n\n"
	      "Exit status: 0 stopped when asked to, 1 not started or a broken store, "
	      "2 wrong usage.\n",
		out);
}

static void on_stop(evutil_socket_t number, short what, void *context)
{
	(void)number;
	(void)what;
	gateway_stop(context);
}

static void on_hangup(evutil_socket_t number, short what, void *context)
{
	struct config_errors *errors = config_errors_new();

	(void)number;
	(void)what;
	notify("RELOADING=1");
	if (gateway_reload(context, "signal", errors) != OK)
		config_errors_print(errors, stderr);
	config_errors_free(errors);
	notify("READY=1");
}

/* A sign of life of both threads: of the loop that this is called, and of the worker its rounds.
 * One that hangs in a write is ended by systemd; what was not acknowledged comes again. */
static void on_watchdog(void *context)
{
	struct watchdog *watchdog = context;
	int64_t idle = clock_now() - workers_turned(watchdog->gateway->workers);

	if (idle < 2 * watchdog->every)
		notify("WATCHDOG=1");
	timer_arm(&watchdog->timer, watchdog->every);
}

/* systemd says in WATCHDOG_USEC how often it wants a sign of life; half of that is safe. */
static void start_watchdog(struct watchdog *watchdog)
{
	const char *text = getenv("WATCHDOG_USEC");

	watchdog->every = text ? strtol(text, NULL, 10) / 2000 : 0;
	timer_init(&watchdog->timer, on_watchdog, watchdog);
	if (watchdog->every > 0)
		timer_arm(&watchdog->timer, watchdog->every);
}

/* A reload that is asked for while we start is made when we have. */
static void reloads_wait(bool wait)
{
	sigset_t hangup;

	sigemptyset(&hangup);
	sigaddset(&hangup, SIGHUP);
	pthread_sigmask(wait ? SIG_BLOCK : SIG_UNBLOCK, &hangup, NULL);
}

static int run(struct gateway *gateway)
{
	struct event *term = evsignal_new(gateway->base, SIGTERM, on_stop, gateway);
	struct event *interrupt = evsignal_new(gateway->base, SIGINT, on_stop, gateway);
	struct event *hangup = evsignal_new(gateway->base, SIGHUP, on_hangup, gateway);
	struct watchdog watchdog = {.gateway = gateway};

	event_add(term, NULL);
	event_add(interrupt, NULL);
	event_add(hangup, NULL);
	reloads_wait(false);
	start_watchdog(&watchdog);
	notify("READY=1");
	event_base_dispatch(gateway->base);
	timer_cancel(&watchdog.timer);
	event_free(term);
	event_free(interrupt);
	event_free(hangup);
	return gateway->status;
}

static void warn(const char *path, int line, bool note, const char *text, void *context)
{
	(void)context;
	if (!note)
		log_warn("gateway", "%s:%d: %s", path, line, text);
}

/* What is wrong with this machine keeps nobody waiting: what cannot go on says so itself. */
static void prove(const struct config *config, const char *path)
{
	struct config_errors *errors = config_errors_new();

	config_prove(&config->main, path, errors);
	config_errors_each(errors, warn, NULL);
	config_errors_free(errors);
}

static struct config *load(const char *path)
{
	struct config_errors *errors = config_errors_new();
	struct config *config;

	if (config_load(&config, path, errors) != OK) {
		config_errors_print(errors, stderr);
		log_error("gateway", "not started, the configuration has errors=%zu",
			config_errors_count(errors));
	}
	config_errors_free(errors);
	return config;
}

/* Long names as their letters, for getopt(3): a struct option is something else here. */
static void shorten(char **argv)
{
	static const char *const names[][2] = {
		{"--config", "-c"}, {"--help", "-h"}, {"--version", "-V"}, {"--foreground", "-f"}};

	for (; *argv && strcmp(*argv, "--") != 0; argv++) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			if (strcmp(*argv, names[i][0]) == 0)
				*argv = (char *)(uintptr_t)names[i][1];
		}
	}
}

/* -1: go on; else the exit status. */
static int read_options(int argc, char **argv, const char **path)
{
	int option;

	shorten(argv + 1);
	while ((option = getopt(argc, argv, "c:fhV")) != -1) {
		if (option == 'c') {
			*path = optarg;
		} else if (option == 'V') {
			puts("kabard " PACKAGE_VERSION);
			return 0;
		} else if (option != 'f') {
			print_help(option == 'h' ? stdout : stderr);
			return option == 'h' ? 0 : 2;
		}
	}
	if (optind == argc)
		return -1;
	fprintf(stderr, "kabard: unexpected argument \"%s\"\n", argv[optind]);
	return 2;
}

int main(int argc, char **argv)
{
	const char *path = KABAR_SYSCONFDIR "/kabar.conf";
	struct gateway gateway;
	struct config *config;
	int status = read_options(argc, argv, &path);

	if (status >= 0)
		return status;
	status = 1;
	reloads_wait(true);
	json_memory();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not our end */
	if (sodium_init() < 0)
		log_fatal("gateway", "libsodium does not start");
	config = load(path);
	if (!config)
		return 1;
	prove(config, path);
	if (gateway_start(&gateway, config, path) == OK)
		status = run(&gateway);
	gateway_close(&gateway);
	libevent_global_shutdown();
	if (status == 0)
		log_info("gateway", "stopped");
	return status;
}
