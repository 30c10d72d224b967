/* Who holds a connection: see connections.h.
 *
 * A connection is its descriptor and the inode of its socket: a descriptor that was closed and
 * given away again has another inode, so that nobody else's is ever shut.
 */
#include "web/http/connections.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

#include "parsers/text/util.h"

#define CONNECTIONS_MAX 512
#define ASK_SECONDS     15 /* from the accept, or the last answer, to a whole request */
#define WRITE_MAX       (256 << 10)

struct connection {
	int fd; /* -1: free */
	ino_t inode;
	time_t since;
	bool busy; /* waits for us */
};

struct connections {
	struct event_base *base;
	struct event *take, *sweep;
	struct bufferevent **fresh; /* accepted in this round of the loop, however many */
	size_t nfresh, room;
	struct connection list[CONNECTIONS_MAX];
};

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static ino_t inode_of(int fd)
{
	struct stat status;

	return fd >= 0 && fstat(fd, &status) == 0 ? status.st_ino : 0;
}

static bool is_open(const struct connection *connection)
{
	return connection->fd >= 0 && inode_of(connection->fd) == connection->inode;
}

static void shut(struct connection *connection)
{
	if (is_open(connection))
		shutdown(connection->fd, SHUT_RDWR); /* evhttp sees the end and closes */
	connection->fd = -1;
}

/* A free place; when there is none, that of the one who has kept us waiting longest. */
static struct connection *place(struct connections *connections)
{
	struct connection *oldest = NULL;

	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &connections->list[i];

		if (!is_open(connection))
			return connection;
		if (!connection->busy && (!oldest || connection->since < oldest->since))
			oldest = connection;
	}
	if (oldest)
		shut(oldest);
	return oldest;
}

/* Right after the accept: now they have their descriptors. */
static void on_take(evutil_socket_t fd, short what, void *context)
{
	struct connections *connections = context;

	(void)fd;
	(void)what;
	for (size_t i = 0; i < connections->nfresh; i++) {
		int socket = bufferevent_getfd(connections->fresh[i]);
		struct connection *connection = place(connections);
		const int on = 1;

		/* else the end of a larger page waits for the browser's acknowledgement */
		(void)setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));

		if (!connection)
			shutdown(socket, SHUT_RDWR);
		else
			*connection = (struct connection){
				.fd = socket, .inode = inode_of(socket), .since = now()};
	}
	connections->nfresh = 0;
}

static struct bufferevent *on_accept(struct event_base *base, void *context)
{
	struct connections *connections = context;
	struct bufferevent *stream;

	if (connections->nfresh == connections->room) {
		connections->room = connections->room ? 2 * connections->room : 64;
		connections->fresh = xrealloc(
			connections->fresh, connections->room, sizeof(*connections->fresh));
	}
	stream = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
	bufferevent_set_max_single_write(stream, WRITE_MAX);
	connections->fresh[connections->nfresh++] = stream;
	event_active(connections->take, EV_TIMEOUT, 1);
	return stream;
}

static void on_sweep(evutil_socket_t fd, short what, void *context)
{
	struct connections *connections = context;
	time_t before = now() - ASK_SECONDS;

	(void)fd;
	(void)what;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &connections->list[i];

		if (connection->fd >= 0 && !connection->busy && connection->since < before)
			shut(connection);
	}
}

struct connections *connections_new(struct event_base *base, struct evhttp *http)
{
	struct connections *connections = xcalloc(1, sizeof(*connections));
	const struct timeval second = {.tv_sec = 1};

	connections->base = base;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++)
		connections->list[i].fd = -1;
	connections->take = event_new(base, -1, 0, on_take, connections);
	connections->sweep = event_new(base, -1, EV_PERSIST, on_sweep, connections);
	event_add(connections->sweep, &second);
	evhttp_set_bevcb(http, on_accept, connections);
	return connections;
}

void connections_free(struct connections *connections)
{
	if (!connections)
		return;
	event_free(connections->take);
	event_free(connections->sweep);
	free(connections->fresh);
	free(connections);
}

static void mark(struct connections *connections, struct evhttp_request *http, bool busy)
{
	struct evhttp_connection *evcon = evhttp_request_get_connection(http);
	int fd = evcon ? bufferevent_getfd(evhttp_connection_get_bufferevent(evcon)) : -1;

	for (size_t i = 0; fd >= 0 && i < CONNECTIONS_MAX; i++) {
		if (connections->list[i].fd != fd)
			continue;
		connections->list[i].busy = busy;
		connections->list[i].since = now();
	}
}

void connections_asked(struct connections *connections, struct evhttp_request *http)
{
	mark(connections, http, true);
}

void connections_answered(struct connections *connections, struct evhttp_request *http)
{
	mark(connections, http, false);
}
