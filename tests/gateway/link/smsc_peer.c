/* See smsc_peer.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <event2/event.h>

#include "gateway/os/timer.h"
#include "tests/gateway/link/smpp_hex.h"
#include "tests/gateway/link/smsc_peer.h"

void peer_open(struct peer *peer, struct event_base *base)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof(address);

	memset(peer, 0, sizeof(*peer));
	peer->base = base;
	peer->fd = -1;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(peer->listener, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(peer->listener, 8), 0);
	assert_int_equal(getsockname(peer->listener, (struct sockaddr *)&address, &length), 0);
	peer->port = ntohs(address.sin_port);
}

void peer_close(struct peer *peer)
{
	peer_hang_up(peer);
	close(peer->listener);
}

void peer_pump(struct peer *peer)
{
	for (int i = 0; i < 12; i++) {
		event_base_loop(peer->base, EVLOOP_NONBLOCK);
		timers_run();
	}
}

bool peer_accept(struct peer *peer)
{
	int fd, on = 1;

	peer_pump(peer);
	fd = accept4(peer->listener, NULL, NULL, SOCK_NONBLOCK);
	if (fd < 0)
		return false;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	peer_hang_up(peer);
	peer->fd = fd;
	peer_pump(peer);
	return true;
}

void peer_hang_up(struct peer *peer)
{
	if (peer->fd >= 0)
		close(peer->fd);
	peer->fd = -1;
	peer->length = 0;
	peer_pump(peer);
}

static ssize_t receive(struct peer *peer)
{
	ssize_t got =
		recv(peer->fd, peer->buffer + peer->length, sizeof(peer->buffer) - peer->length, 0);

	if (got > 0)
		peer->length += (size_t)got;
	return got;
}

bool peer_hung_up(struct peer *peer)
{
	ssize_t got;

	peer_pump(peer);
	while ((got = receive(peer)) > 0)
		peer->length = 0;
	return got == 0;
}

bool peer_next(struct peer *peer)
{
	size_t length;

	peer_pump(peer);
	receive(peer);
	if (frame_next(peer->buffer, peer->length, &length))
		return false;
	memcpy(peer->frame, peer->buffer, length);
	peer->length -= length;
	memmove(peer->buffer, peer->buffer + length, peer->length);
	assert_int_equal(pdu_decode(&peer->pdu, peer->frame, length), OK);
	return true;
}

uint32_t peer_expect(struct peer *peer, uint32_t command)
{
	assert_true(peer_next(peer));
	assert_string_equal(smpp_command_name(peer->pdu.command), smpp_command_name(command));
	return peer->pdu.sequence;
}

void peer_send_raw(struct peer *peer, const char *hex)
{
	static uint8_t octets[4096];
	size_t length = hex_add(octets, 0, hex);

	assert_int_equal(send(peer->fd, octets, length, MSG_NOSIGNAL), (ssize_t)length);
	peer_pump(peer);
}

void peer_send(struct peer *peer, uint32_t command, uint32_t status, uint32_t sequence,
	const char *body_hex)
{
	static uint8_t octets[4096];
	char word[3][9];
	size_t length;

	snprintf(word[0], sizeof(word[0]), "%08x", (unsigned)command);
	snprintf(word[1], sizeof(word[1]), "%08x", (unsigned)status);
	snprintf(word[2], sizeof(word[2]), "%08x", (unsigned)sequence);
	length = hex_pdu(octets, word[0], word[1], word[2], body_hex);
	assert_int_equal(send(peer->fd, octets, length, MSG_NOSIGNAL), (ssize_t)length);
	peer_pump(peer);
}
