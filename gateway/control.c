/* The control socket: see control.h. */
#include "gateway/control.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <libgen.h>
#include <pthread.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/gateway_state.h"
#include "gateway/orders.h"
#include "gateway/os/clock.h"
#include "gateway/os/listener.h"
#include "gateway/os/log.h"
#include "gateway/status.h"

#define COMMAND_MAX  16384
#define WHO_ROOM     64
#define CLIENTS_MAX  32
#define IDLE_MS	     5000 /* who says nothing for so long gives way to who comes */
#define TAIL_BACKLOG 65536 /* octets that a slow reader may be behind; lines beyond are left out */
#define TAIL_MS	     200
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"

struct client {
	struct control *control;
	struct bufferevent *stream; /* NULL: free */
	uint64_t number; /* a deed finds its client by it, if he is still there */
	bool tails;
	bool ends; /* when all is written */
	int64_t active; /* clock_now(): it said something */
};

struct control {
	struct gateway *gateway;
	int (*reload)(struct gateway *gateway, const char *who, struct config_errors *errors);
	int timezone; /* minutes east; read by the thread that logs */
	char *path;
	struct evconnlistener *listener;
	struct listener_guard guard;
	struct client clients[CLIENTS_MAX];
	struct timer flush;
	size_t tails;
	uint64_t accepted;
	pthread_mutex_t lock; /* lines come from any thread */
	struct strbuf lines;
};

static void client_close(struct client *client)
{
	struct control *control = client->control;

	if (client->tails && --control->tails == 0) {
		timer_cancel(&control->flush);
		log_set_sink(NULL, NULL);
	}
	bufferevent_free(client->stream);
	*client = (struct client){.control = control};
}

static void keep_line(enum log_level level, const char *line, void *context)
{
	struct control *control = context;
	const char *mark = level <= LOG_LEVEL_ERROR ? "ERROR "
		: level == LOG_LEVEL_WARN           ? "WARN "
						    : "";
	int64_t now = clock_utc() + control->timezone * 60;
	int day = (int)(now % 86400);

	pthread_mutex_lock(&control->lock);
	if (control->lines.length < TAIL_BACKLOG)
		strbuf_printf(&control->lines, "%02d:%02d:%02d %s%s\n", day / 3600, day / 60 % 60,
			day % 60, mark, line);
	pthread_mutex_unlock(&control->lock);
}

static void on_flush(void *context)
{
	struct control *control = context;
	struct strbuf lines;

	pthread_mutex_lock(&control->lock);
	lines = control->lines;
	control->lines = (struct strbuf){0};
	pthread_mutex_unlock(&control->lock);
	for (size_t i = 0; lines.length > 0 && i < CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (client->tails &&
			evbuffer_get_length(bufferevent_get_output(client->stream)) < TAIL_BACKLOG)
			bufferevent_write(client->stream, lines.text, lines.length);
	}
	strbuf_free(&lines);
	timer_arm(&control->flush, TAIL_MS);
}

static void answer(struct client *client, const char *text, size_t length)
{
	client->ends = true;
	bufferevent_write(client->stream, text, length);
}

/* "user siti" of the process at the other end: what is written into the audit trail. */
static void peer_name(const struct client *client, char *name, size_t room)
{
	struct ucred peer = {.uid = (uid_t)-1};
	socklen_t length = sizeof(peer);
	struct passwd *user;

	(void)getsockopt(bufferevent_getfd(client->stream), SOL_SOCKET, SO_PEERCRED, &peer,
		&length);
	user = getpwuid(peer.uid);
	if (user && strspn(user->pw_name, NAME_LETTERS) == strlen(user->pw_name))
		snprintf(name, room, "kabarctl:%s", user->pw_name);
	else
		snprintf(name, room, "kabarctl:%ld", (long)peer.uid);
}

static void answer_reload(struct client *client)
{
	struct config_errors *errors = config_errors_new();
	char *text = NULL, who[WHO_ROOM];
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		abort();
	peer_name(client, who, sizeof(who));
	if (client->control->reload(client->control->gateway, who, errors) == OK)
		fputs("ok\n", out);
	else
		config_errors_print(errors, out);
	fclose(out);
	answer(client, text, length);
	free(text);
	config_errors_free(errors);
}

static void start_tail(struct client *client)
{
	struct control *control = client->control;

	if (client->tails)
		return;
	client->tails = true;
	if (control->tails++ == 0) {
		log_set_sink(keep_line, control);
		timer_arm(&control->flush, TAIL_MS);
	}
}

static void on_deed(void *context, uint64_t number, const char *text)
{
	struct control *control = ((struct gateway *)context)->control;

	for (size_t i = 0; control && i < CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (!client->stream || client->number != number)
			continue;
		if (!text)
			text = "{\"ok\":false,\"error\":\"not stored\"}";
		answer(client, text, strlen(text));
	}
}

/* Done by the worker in its batch, answered when it is durable. */
static void start_deed(struct client *client, const char *request)
{
	struct gateway *gateway = client->control->gateway;

	inbox_put(gateway->inbox,
		item_new_deed(request,
			&(struct item_deed){.done = on_deed, .context = gateway,
				.client = client->number}));
}

static void obey_order(struct client *client, const char *order)
{
	char who[WHO_ROOM], *text;

	peer_name(client, who, sizeof(who));
	text = orders_obey(client->control->gateway, who, order);
	if (!text)
		text = xstrdup("unknown command\n");
	answer(client, text, strlen(text));
	free(text);
}

static void obey(struct client *client, const char *command)
{
	if (strcmp(command, "status") == 0) {
		char *text = gateway_status(client->control->gateway);

		answer(client, text, strlen(text));
		free(text);
	} else if (strcmp(command, "reload") == 0) {
		answer_reload(client);
	} else if (strcmp(command, "tail") == 0) {
		start_tail(client);
	} else if (strncmp(command, "do ", 3) == 0) {
		start_deed(client, command + 3);
	} else {
		obey_order(client, command);
	}
}

static void on_read(struct bufferevent *stream, void *context)
{
	struct client *client = context;
	struct evbuffer *input = bufferevent_get_input(stream);
	char *line;

	client->active = clock_now();
	while (!client->ends && (line = evbuffer_readln(input, NULL, EVBUFFER_EOL_CRLF))) {
		obey(client, line);
		free(line);
	}
	if (evbuffer_get_length(input) > COMMAND_MAX)
		client_close(client);
}

static void on_written(struct bufferevent *stream, void *context)
{
	struct client *client = context;

	(void)stream;
	if (client->ends)
		client_close(client);
}

static void on_event(struct bufferevent *stream, short what, void *context)
{
	(void)stream;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		client_close(context);
}

/* A free place, or that of the one who has been silent for longest; who reads the tail goes last.
 * NULL: all are busy. */
static struct client *place_for(struct control *control)
{
	struct client *idle = NULL;

	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (!client->stream)
			return client;
		if (clock_now() - client->active < IDLE_MS)
			continue;
		if (!idle || (idle->tails && !client->tails) ||
			(idle->tails == client->tails && client->active < idle->active))
			idle = client;
	}
	if (idle)
		client_close(idle);
	return idle;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from,
	int length, void *context)
{
	static const char busy[] = "too many connections, try again in some seconds\n";
	struct control *control = context;
	struct client *client = place_for(control);

	(void)from;
	(void)length;
	if (!client) {
		if (write(fd, busy, sizeof(busy) - 1) < 0)
			log_debug("control", "busy: %s", strerror(errno));
		close(fd);
		return;
	}
	client->control = control;
	client->number = ++control->accepted;
	client->active = clock_now();
	client->stream = bufferevent_socket_new(
		evconnlistener_get_base(listener), fd, BEV_OPT_CLOSE_ON_FREE);
	bufferevent_setcb(client->stream, on_read, on_written, on_event, client);
	bufferevent_enable(client->stream, EV_READ | EV_WRITE);
}

/* A socket file that a dead process left behind is removed; one that answers belongs to somebody.
 */
static int clear_path(const struct sockaddr_un *address)
{
	struct stat st;
	int fd, rc = OK;

	if (lstat(address->sun_path, &st) != 0)
		return errno == ENOENT ? OK : ERR_SYSTEM;
	if (!S_ISSOCK(st.st_mode)) {
		errno = ENOTSOCK; /* somebody's file: never ours to remove */
		return ERR_SYSTEM;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return ERR_SYSTEM;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
		rc = ERR_EXISTS;
	else if (errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(fd);
	return rc;
}

/* What systemd makes at a start (RuntimeDirectory) is made here when somebody starts us by hand; a
 * failure shows when the socket is bound. */
static void make_directory(const char *path)
{
	char *copy = xstrdup(path);

	(void)mkdir(dirname(copy), 0750);
	free(copy);
}

/* errno is that of the bind. */
static void tell_why(const char *path)
{
	int cause = errno;
	char *copy = xstrdup(path), *directory = dirname(copy);

	if (cause == ENOENT)
		log_error("control",
			"%s: the directory %s is missing; make it (install -d -o kabar -g kabar "
			"-m 0750 %s) or give another \"control\" under [gateway]",
			path, directory, directory);
	else if (cause == EACCES || cause == EPERM)
		log_error("control",
			"%s: no right to make a socket in %s; run kabard as the owner of the "
			"directory, or give another \"control\" under [gateway]",
			path, directory);
	else
		log_error("control", "%s: %s", path, strerror(cause));
	free(copy);
}

int control_start(struct control **out, struct gateway *gateway,
	int (*reload)(struct gateway *gateway, const char *who, struct config_errors *errors),
	const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct control *control;
	mode_t mask;
	int rc = ERR_SYSTEM;

	*out = NULL;
	errno = ENAMETOOLONG;
	if (copy_string(address.sun_path, sizeof(address.sun_path), path))
		rc = clear_path(&address);
	if (rc == OK)
		make_directory(path);
	if (rc != OK) {
		log_error("control", "%s: %s", path,
			rc == ERR_EXISTS ? "another kabard listens" : strerror(errno));
		return rc;
	}
	control = xcalloc(1, sizeof(*control));
	control->gateway = gateway;
	control->reload = reload;
	control->timezone = gateway->config->main.flow.timezone;
	control->path = xstrdup(path);
	pthread_mutex_init(&control->lock, NULL);
	timer_init(&control->flush, on_flush, control);
	mask = umask(0117);
	control->listener = evconnlistener_new_bind(gateway->base, on_accept, control,
		LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, -1, (struct sockaddr *)&address,
		sizeof(address));
	umask(mask);
	*out = control;
	if (control->listener) {
		listener_guard(&control->guard, control->listener, "control");
		return OK;
	}
	tell_why(path);
	free(control->path);
	control->path = NULL; /* not ours to remove */
	return ERR_SYSTEM;
}

void control_stop(struct control *control)
{
	if (!control)
		return;
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		if (control->clients[i].stream)
			client_close(&control->clients[i]);
	}
	listener_unguard(&control->guard);
	if (control->listener)
		evconnlistener_free(control->listener);
	if (control->path)
		unlink(control->path);
	free(control->path);
	strbuf_free(&control->lines);
	pthread_mutex_destroy(&control->lock);
	free(control);
}
