/* kabar-smsc: a small operator for demos, training and tests. This file reads the options and runs
 * the loop. */
#include <event2/event.h>
#include <event2/thread.h>
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_file.h"
#include "gateway/os/timer.h"
#include "tools/data/data_dir.h"
#include "tools/smsc/smsc_modes.h"

struct smsc_settings {
	struct smsc_options server;
	const char *address; /* short code */
	const char *port_file;
	const char *dialect; /* NULL: the standard one, where it is found */
	bool ussd_load;
	long rate;
};

static const char usage[] =
	"usage: kabar-smsc [options]\n"
	"  --listen ADDRESS      default 127.0.0.1\n"
	"  --port N              default 2775; 0 takes any free one\n"
	"  --port-file FILE      (or FIFO) gets the port's number once clients may connect\n"
	"  --system-id, --password TEXT   what a client must bind with; default anything\n"
	"  --address CODE        the short code that phones write to, default 2255\n"
	"  --window N            messages on the way at once, default 10\n"
	"  --script FILE         plays a conversation and checks it; exit status 1 when it went "
	"otherwise\n"
	"  --load N              sends N birth reports and measures\n"
	"  --senders N           of the load, default 1000 (at most 10000)\n"
	"  --first N             number of its first report, default 0: a second load tells "
	"others\n"
	"  --first-sender PREFIX of their numbers, four digits follow, default +62899000000\n"
	"  --pid-file FILE       holds kabard's process id, to measure its CPU time\n"
	"  --dialect NAME|FILE   how USSD phones speak, default standard\n"
	"  --ussd-load N         answers N steps of USSD, --senders sessions at once, and "
	"measures\n"
	"  --rate N              steps per second of --ussd-load, default 1000; messages of "
	"--load, default as fast as they are answered\n"
	"Without --script and --load: phones on this terminal.\n";

enum {
	OPTION_LISTEN = 256,
	OPTION_PORT,
	OPTION_PORT_FILE,
	OPTION_SYSTEM_ID,
	OPTION_PASSWORD,
	OPTION_ADDRESS,
	OPTION_WINDOW,
	OPTION_SCRIPT,
	OPTION_LOAD,
	OPTION_SENDERS,
	OPTION_FIRST,
	OPTION_FIRST_SENDER,
	OPTION_PID_FILE,
	OPTION_DIALECT,
	OPTION_USSD_LOAD,
	OPTION_RATE
};

static const struct option options[] = {
	{"listen", required_argument, NULL, OPTION_LISTEN},
	{"port", required_argument, NULL, OPTION_PORT},
	{"port-file", required_argument, NULL, OPTION_PORT_FILE},
	{"system-id", required_argument, NULL, OPTION_SYSTEM_ID},
	{"password", required_argument, NULL, OPTION_PASSWORD},
	{"address", required_argument, NULL, OPTION_ADDRESS},
	{"window", required_argument, NULL, OPTION_WINDOW},
	{"script", required_argument, NULL, OPTION_SCRIPT},
	{"load", required_argument, NULL, OPTION_LOAD},
	{"senders", required_argument, NULL, OPTION_SENDERS},
	{"first", required_argument, NULL, OPTION_FIRST},
	{"first-sender", required_argument, NULL, OPTION_FIRST_SENDER},
	{"pid-file", required_argument, NULL, OPTION_PID_FILE},
	{"dialect", required_argument, NULL, OPTION_DIALECT},
	{"ussd-load", required_argument, NULL, OPTION_USSD_LOAD},
	{"rate", required_argument, NULL, OPTION_RATE},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{NULL, 0, NULL, 0},
};

static struct simulation simulation;

void simulation_end(struct simulation *s, int status)
{
	if (status > s->status)
		s->status = status;
	event_base_loopbreak(s->base);
}

static long number(const char *text, long min, long max)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end != '\0' || value < min || value > max) {
		fprintf(stderr, "kabar-smsc: \"%s\" is not a number from %ld to %ld\n", text, min,
			max);
		exit(2);
	}
	return value;
}

static void option_use(struct smsc_settings *settings, int option)
{
	switch (option) {
	case OPTION_LISTEN: settings->server.address = optarg; break;
	case OPTION_PORT: settings->server.port = (int)number(optarg, 0, 65535); break;
	case OPTION_PORT_FILE: settings->port_file = optarg; break;
	case OPTION_SYSTEM_ID: settings->server.system_id = optarg; break;
	case OPTION_PASSWORD: settings->server.password = optarg; break;
	case OPTION_ADDRESS: settings->address = optarg; break;
	case OPTION_WINDOW: settings->server.window = (size_t)number(optarg, 1, 10000); break;
	case OPTION_SCRIPT: simulation.script = optarg; break;
	case OPTION_LOAD: simulation.load = number(optarg, 1, 10000000); break;
	case OPTION_SENDERS: simulation.senders = number(optarg, 1, 10000); break;
	case OPTION_FIRST: simulation.first = number(optarg, 0, 10000000); break;
	case OPTION_FIRST_SENDER: simulation.first_sender = optarg; break;
	case OPTION_PID_FILE: simulation.pid_file = optarg; break;
	case OPTION_DIALECT: settings->dialect = optarg; break;
	case OPTION_USSD_LOAD:
		simulation.load = number(optarg, 1, 10000000);
		settings->ussd_load = true;
		break;
	case OPTION_RATE: settings->rate = number(optarg, 1, 100000); break;
	case 'h':
		fputs(usage, stdout);
		exit(0);
	case 'V':
		puts("kabar-smsc " PACKAGE_VERSION);
		exit(0);
	default:
		fputs(usage, stderr);
		exit(2);
	}
}

static void on_event(void *user, const char *text)
{
	(void)user;
	simulation.mode->on_event(text);
}

static void on_receivers(void *user, size_t count)
{
	(void)user;
	simulation.mode->on_receivers(count);
}

static void on_answer(void *user, uint64_t cookie, uint32_t status, int64_t latency_us)
{
	(void)user;
	simulation.mode->on_answer(cookie, status, latency_us);
}

static void on_submit(void *user, const struct pdu *pdu, const char *message_id)
{
	struct phone_message message;
	char *plain;
	bool end;

	(void)user;
	phones_receive(simulation.phones, pdu, message_id, &message);
	if (ussd_phones_screen(simulation.ussd, pdu, &end)) {
		plain = message.text;
		message.text = xasprintf("%s %s", end ? "[end]" : "[screen]", plain);
		free(plain);
	}
	simulation.mode->on_message(message.to, message.text);
	free(message.to);
	free(message.text);
}

static void on_signal(evutil_socket_t signal_number, short what, void *context)
{
	(void)signal_number;
	(void)what;
	(void)context;
	simulation_end(&simulation, 0);
}

/* A script gives a FIFO: reading it waits until clients may connect. */
static int write_port(const char *path, int port)
{
	FILE *file = fopen(path, "we");

	if (file != NULL && fprintf(file, "%d\n", port) > 0 && fclose(file) == 0)
		return OK;
	fprintf(stderr, "kabar-smsc: %s: %s\n", path, strerror(errno));
	return ERR_SYSTEM;
}

/* A name is one of the installed dialects, or of the tree's. */
static int dialect_read(const char *name, struct ussd_dialect *out)
{
	struct config_errors *errors = config_errors_new();
	bool asked = name != NULL;
	const char *slash = asked ? strrchr(name, '/') : NULL,
		   *file = slash != NULL ? slash + 1
		: asked                  ? name
					 : "standard";
	size_t length = strlen(file);
	char *data = data_dir(NULL), *bare, *directory;
	int error;

	directory = slash == NULL ? xasprintf("%s/dialects", data)
				  : xstrndup(name, (size_t)(slash - name));
	bare = xstrndup(
		file, length > 4 && strcmp(file + length - 4, ".ini") == 0 ? length - 4 : length);
	error = config_dialect_read(out, directory, bare, errors);
	if (error != OK && asked)
		config_errors_print(errors, stderr);
	config_errors_free(errors);
	free(directory);
	free(bare);
	free(data);
	return error;
}

static int run(const struct smsc_settings *settings)
{
	const struct smsc_handler handler = {NULL, on_event, on_submit, on_answer, on_receivers};
	struct event *signals[2];
	struct ussd_dialect dialect;

	bool speaks = dialect_read(settings->dialect, &dialect) == OK;

	if (!speaks && settings->dialect != NULL)
		return 2;
	simulation.base = event_base_new();
	timers_attach(simulation.base);
	if (smsc_new(&simulation.smsc, simulation.base, &settings->server, &handler) != OK) {
		fprintf(stderr, "kabar-smsc: %s:%d: %s\n", settings->server.address,
			settings->server.port, strerror(errno));
		return 1;
	}
	simulation.phones = phones_new(simulation.smsc, settings->address);
	simulation.ussd =
		ussd_phones_new(simulation.smsc, settings->address, speaks ? &dialect : NULL);
	signals[0] = evsignal_new(simulation.base, SIGINT, on_signal, NULL);
	signals[1] = evsignal_new(simulation.base, SIGTERM, on_signal, NULL);
	event_add(signals[0], NULL);
	event_add(signals[1], NULL);
	if ((settings->port_file != NULL &&
		    write_port(settings->port_file, smsc_port(simulation.smsc)) != OK) ||
		simulation.mode->start(&simulation) != OK)
		simulation.status = 1;
	else
		event_base_dispatch(simulation.base);
	smsc_free(simulation.smsc);
	simulation.mode->stop();
	phones_free(simulation.phones);
	ussd_phones_free(simulation.ussd);
	event_free(signals[0]);
	event_free(signals[1]);
	timers_detach();
	event_base_free(simulation.base);
	return simulation.status;
}

int main(int argc, char **argv)
{
	struct smsc_settings settings = {
		.server = {.address = "127.0.0.1", .port = 2775, .window = 10},
		.address = "2255",
	};
	int option;

	simulation.senders = 1000;
	simulation.first_sender = "+62899000000";
	while ((option = getopt_long(argc, argv, "hV", options, NULL)) != -1)
		option_use(&settings, option);
	if (optind < argc) {
		fputs(usage, stderr);
		return 2;
	}
	simulation.window = settings.server.window;
	simulation.rate = settings.rate == 0 && settings.ussd_load ? 1000 : settings.rate;
	simulation.mode = settings.ussd_load ? &smsc_ussd_load
		: simulation.script != NULL  ? &smsc_script
		: simulation.load > 0        ? &smsc_load
					     : &smsc_terminal;
	signal(SIGPIPE, SIG_IGN);
	return run(&settings);
}
