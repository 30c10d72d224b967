/* The socket under a session: plain or TLS, tuned to notice a dead peer soon. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#define ERR_STATE OPENSSL_ERR_STATE /* a type of theirs, an error of ours */
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

#include "gateway/link/smpp_socket.h"
#include "gateway/os/log.h"

/* Callbacks come from the loop only: a connect that fails at once must not find its caller half
 * done. */
#define SOCKET_OPTIONS	  (BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS)
#define UNACKNOWLEDGED_MS 30000u /* what we wrote must be acknowledged by TCP within this */

int socket_tls_init(struct link *link)
{
	const char *ca = link->config.tls_ca;
	int fine;

	link->tls = SSL_CTX_new(TLS_client_method());
	if (!link->tls)
		return ERR_SYSTEM;
	SSL_CTX_set_min_proto_version(link->tls, TLS1_2_VERSION);
	if (!link->config.tls_verify)
		return OK;
	fine = ca ? SSL_CTX_load_verify_locations(link->tls, ca, NULL)
		  : SSL_CTX_set_default_verify_paths(link->tls);
	SSL_CTX_set_verify(link->tls, SSL_VERIFY_PEER, NULL);
	return fine ? OK : ERR_SYSTEM;
}

/* The certificate must be that of the host or address that is configured. */
static bool expect_host(SSL *ssl, const char *host)
{
	struct in6_addr address;

	if (inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1)
		return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
	SSL_set_tlsext_host_name(ssl, host);
	return SSL_set1_host(ssl, host) == 1;
}

void socket_tls_free(struct link *link)
{
	SSL_CTX_free(link->tls);
	link->tls = NULL;
}

static struct bufferevent *tls_open(struct link *link)
{
	SSL *ssl = link->tls ? SSL_new(link->tls) : NULL;
	struct bufferevent *bev;

	if (!ssl)
		return NULL;
	if (!expect_host(ssl, link->config.host)) {
		SSL_free(ssl);
		return NULL;
	}
	bev = bufferevent_openssl_socket_new(
		link->base, -1, ssl, BUFFEREVENT_SSL_CONNECTING, SOCKET_OPTIONS);
	if (bev)
		bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
	return bev;
}

struct bufferevent *socket_open(struct link *link)
{
	if (link->config.tls) /* never in clear text because TLS could not be set up */
		return tls_open(link);
	return bufferevent_socket_new(link->base, -1, SOCKET_OPTIONS);
}

struct bufferevent *socket_adopt(struct link *link, int fd)
{
	struct bufferevent *bev = bufferevent_socket_new(link->base, fd, SOCKET_OPTIONS);

	if (bev)
		socket_tune(bev);
	return bev;
}

/* Best effort: a transport that does not know an option works without it. */
void socket_tune(struct bufferevent *bev)
{
	int fd = bufferevent_getfd(bev);
	int on = 1;
	unsigned dead_after = UNACKNOWLEDGED_MS;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead_after, sizeof(dead_after));
}
