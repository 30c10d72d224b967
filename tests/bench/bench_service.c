/* What stands behind an SMS gateway that has no store of its own: an HTTP service that keeps each
 * message as one row in SQLite with synchronous=FULL, and answers.
 * usage: bench_service FILE.db PORT-FILE
 */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3_stmt *insert;

static void on_request(struct evhttp_request *request, void *context)
{
	struct evkeyvalq query;
	struct evbuffer *body = evbuffer_new();
	const char *from, *text;

	(void)context;
	evhttp_parse_query_str(
		evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request)), &query);
	from = evhttp_find_header(&query, "from");
	text = evhttp_find_header(&query, "text");
	sqlite3_bind_text(insert, 1, from ? from : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, text ? text : "", -1, SQLITE_STATIC);
	if (sqlite3_step(insert) != SQLITE_DONE)
		abort();
	sqlite3_reset(insert);
	evhttp_clear_headers(&query);
	evbuffer_add_printf(body, "Terima kasih, laporan sudah dicatat.");
	evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", "text/plain");
	evhttp_send_reply(request, 200, "OK", body);
	evbuffer_free(body);
}

int main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct evhttp *http = evhttp_new(base);
	struct evhttp_bound_socket *bound;
	struct sockaddr_in at;
	socklen_t length = sizeof(at);
	sqlite3 *db;
	FILE *file;

	if (argc != 3)
		return 2;
	if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
		sqlite3_exec(db,
			"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			"CREATE TABLE messages (id INTEGER PRIMARY KEY, sender TEXT, text TEXT,"
			" at INTEGER DEFAULT (unixepoch()))",
			NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db, "INSERT INTO messages (sender, text) VALUES (?, ?)", -1,
			&insert, NULL) != SQLITE_OK)
		return 1;
	evhttp_set_gencb(http, on_request, NULL);
	bound = evhttp_bind_socket_with_handle(http, "127.0.0.1", 0);
	if (!bound ||
		getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&at, &length))
		return 1;
	file = fopen(argv[2], "w");
	if (!file)
		return 1;
	fprintf(file, "%d\n", ntohs(at.sin_port));
	fclose(file);
	return event_base_dispatch(base) == 0 ? 0 : 1;
}
