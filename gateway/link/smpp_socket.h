/* The sockets under sessions, for smpp_*.c only: ours to the SMSC, or the SMSC's to us (outbind).
 */
#ifndef GATEWAY_SMPP_SOCKET_H
#define GATEWAY_SMPP_SOCKET_H

#include "gateway/link/smpp_link_state.h"

/* smpp_socket.c: NULL when that cannot be. */
struct bufferevent *socket_open(struct link *link);
struct bufferevent *socket_adopt(struct link *link, int fd);
void socket_tune(struct bufferevent *bev);
int socket_tls_init(struct link *link) MUST_CHECK;
void socket_tls_free(struct link *link);

/* smpp_outbind.c */
void outbind_listen(struct link *link); /* if it is configured */
void outbind_stop(struct link *link);

#endif
