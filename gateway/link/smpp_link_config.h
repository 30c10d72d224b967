/* What a link needs to know: one [smsc …] section. */
#ifndef GATEWAY_SMPP_LINK_CONFIG_H
#define GATEWAY_SMPP_LINK_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct link_config { /* strings are copied by link_new */
	const char *name, *host, *system_id, *password, *system_type;
	const char *tls_ca; /* file of CAs; NULL: those of the system */
	/* "address:port" where the SMSC calls with outbind; NULL or "": we connect */
	const char *listen;
	int port;
	bool tls, tls_verify;
	bool pair; /* transmitter + receiver instead of transceiver */
	uint8_t bind_ton, bind_npi;
	const char *address_range;
	const char *receipt_pattern; /* smpp_receipt_form.h; NULL or "": none */
	int window; /* submits outstanding, ≥ 1 */
	int rate; /* PDUs per second, 0: no limit */
	int receive_window; /* messages not yet acknowledged; at that reading stops. 0: 1000 */
	int enquire_link_ms, response_ms; /* 0: 30000 each */
	int enquire_response_ms, connect_ms; /* 0: 10000 each */
};

/* Is it "address:port", numeric? */
bool link_listen_ok(const char *listen);
/* Would a link by the one do exactly what a link by the other does? */
bool link_config_same(const struct link_config *a, const struct link_config *b);

#endif
