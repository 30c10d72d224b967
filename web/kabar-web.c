/* kabar-web: reads the configuration and gives the front its settings. The only file of this floor
 * that sees the gateway's reader of configuration files; nothing else of the gateway. */
#include <event2/event.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flows/record/report_json.h"
#include "gateway/config/config_load.h"
#include "web/web.h"

#define LIBRARIES "/usr/share/javascript"

static void usage(FILE *out)
{
	fputs("usage: kabar-web [-c FILE] [-p PORT-FILE]\n"
	      "  -c FILE       the configuration (default " KABAR_SYSCONFDIR "/kabar.conf)\n"
	      "  -p PORT-FILE  gets the number of the port once pages may be asked for\n"
	      "  -h, --help, -V, --version\n\n"
	      "Exit status: 0 stopped when asked to, 1 not started, 2 wrong usage.\n",
		out);
}

static struct web_settings settings_of(const struct config *config)
{
	const struct config_main *main_file = &config->main;
	bool sqlite = main_file->store_driver == 0;

	return (struct web_settings){
		.store = {.driver = sqlite ? "sqlite" : "postgres",
			.path = sqlite ? main_file->store_path : NULL,
			.conninfo = sqlite ? NULL : main_file->store_conninfo,
			.key = main_file->store_key,
			.read_only = true,
			.journal_most = (int64_t)main_file->health_wal << 20,
			.busy_ms = 3000},
		.control = main_file->control,
		.listen = main_file->web_listen,
		.plain = main_file->web_plain,
		.proxy = main_file->web_proxy,
		.idle = main_file->web_idle,
		.absolute = main_file->web_absolute,
		.ussd_code = main_file->nsmsc > 0 && *main_file->smsc[0].ussd_code
			? main_file->smsc[0].ussd_code
			: "*355#",
		.libraries = LIBRARIES,
		.assets = main_file->web_assets,
		.reader = config->reader,
		.catalogue = config->catalogue,
		.flow = &main_file->flow,
		.menus = config->menus,
		.checkups = config->checkups,
		.forms = config->forms,
		.nform = config->nform,
	};
}

static void on_signal(evutil_socket_t number, short what, void *context)
{
	(void)number;
	(void)what;
	event_base_loopexit(context, NULL);
}

/* Whoever started us learns the port, when it was left to the system. */
static int tell_port(const char *path, int port)
{
	FILE *file = path ? fopen(path, "we") : NULL;

	if (!path)
		return 0;
	if (!file || fprintf(file, "%d\n", port) < 0 || fclose(file) != 0) {
		perror(path);
		return 1;
	}
	return 0;
}

static int serve(const struct config *config, const char *port_file)
{
	const struct web_settings settings = settings_of(config);
	struct event *term, *interrupt;
	struct web web;
	int port = 0, status = 1;

	if (!*settings.listen) {
		fputs("kabar-web: [web] listen is empty: nothing to do\n", stderr);
		return 0;
	}
	if (web_start(&web, &settings, &port) != OK)
		goto out;
	term = evsignal_new(web.base, SIGTERM, on_signal, web.base);
	interrupt = evsignal_new(web.base, SIGINT, on_signal, web.base);
	event_add(term, NULL);
	event_add(interrupt, NULL);
	status = tell_port(port_file, port);
	web_log(WEB_INFO, "started port=%d", port);
	if (status == 0)
		event_base_dispatch(web.base);
	event_free(term);
	event_free(interrupt);
out:
	web_stop(&web);
	return status;
}

/* Long names as their letters, for getopt(3): a struct option is something else here. */
static void shorten(char **argv)
{
	static const char *const names[][2] = {
		{"--config", "-c"}, {"--help", "-h"}, {"--version", "-V"}};

	for (; *argv && strcmp(*argv, "--") != 0; argv++) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			if (strcmp(*argv, names[i][0]) == 0)
				*argv = (char *)(uintptr_t)names[i][1];
		}
	}
}

int main(int argc, char **argv)
{
	const char *path = KABAR_SYSCONFDIR "/kabar.conf", *port_file = NULL;
	struct config_errors *errors;
	struct config *config;
	int option, status;

	json_memory();
	shorten(argv + 1);
	while ((option = getopt(argc, argv, "c:p:hV")) != -1) {
		switch (option) {
		case 'c': path = optarg; break;
		case 'p': port_file = optarg; break;
		case 'V': puts("kabar-web " PACKAGE_VERSION); return 0;
		default: usage(option == 'h' ? stdout : stderr); return option == 'h' ? 0 : 2;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "kabar-web: unexpected argument \"%s\"\n", argv[optind]);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	errors = config_errors_new();
	if (config_load(&config, path, errors) != OK) {
		config_errors_print(errors, stderr);
		config_errors_free(errors);
		return 1;
	}
	config_errors_free(errors);
	status = serve(config, port_file);
	config_unref(config);
	return status;
}
