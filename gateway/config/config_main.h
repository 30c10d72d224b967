/* kabar.conf as plain data. To add an option: one row in config_options*.h and the field it fills. */
#ifndef GATEWAY_CONFIG_MAIN_H
#define GATEWAY_CONFIG_MAIN_H

#include "flows/rules/settings.h"
#include "gateway/ini/config_file.h"
#include "gateway/link/smpp_link.h"
#include "gateway/smpp/ussd_dialect.h"
#include "parsers/text/text.h"
#include "store/base/store.h"

struct config_smsc { /* one [smsc NAME] */
	struct link_config link;
	const char *password_file;
	const char *address; /* our short code: source of what we send */
	int address_ton, address_npi;
	int recipient_ton, recipient_npi;
	const char *service_type;
	const char *prefixes; /* numbers of its operator: "0811, 0812" */
	int alphabet; /* enum alphabet */
	const char *ussd_dialect, *ussd_code;
	struct ussd_dialect dialect; /* config_load() reads its file */
	bool receipts; /* ask for delivery receipts */
	/* As written; link holds them in its own units. */
	int bind, bind_ton, bind_npi, enquire_link, response_timeout, connect_timeout;
};

struct config_main { /* strings live as long as the struct config that holds it */
	const char *name, *timezone, *quiet, *control;
	const char *forms, *menus, *screens, *messages, *lexicon, *dialects; /* directories */
	int log_level; /* index: error, warn, info, debug */

	int store_driver; /* index: sqlite, postgres */
	int workers;
	const char *store_path, *store_conninfo, *store_key; /* store_key is never empty */
	int disk_reserve, ballast; /* MB */

	int health_silence, health_backup, health_wal; /* minutes, hours, MB */
	int keep_messages, keep_inbox, keep_sent; /* days; 0: for ever */
	const char *http_listen;
	const char *exchange_mapping; /* "" for none */

	const char *web_listen, *web_assets;
	bool web_plain, web_proxy;
	int web_idle, web_absolute; /* seconds */

	int batch, inbox, outbox; /* sizes of batch and queues */
	bool echo_words; /* know our own texts when they come back */
	int redelivery; /* seconds in which the same octets may be a redelivery */
	int parts; /* seconds to wait for the other parts of a long message */
	int part_gap; /* seconds of silence after which an 8-bit reference means another message */
	int resend_unsure; /* index: never, once */
	/* temporary errors: how often, first and longest pause in seconds */
	int tries, retry, retry_max;

	const char *own, *nowhere, *operator, *allow; /* lists of phones, also in flow */
	const char *pin; /* list of roles, also in flow */
	struct flow_settings flow;
	struct config_smsc *smsc;
	size_t nsmsc;
};

/* Reads and checks kabar.conf. Strings live in arena. ERR_CONFIG: everything wrong is in errors. */
int config_main_load(struct config_main *out, const char *path, struct arena *arena,
	struct config_errors *errors) MUST_CHECK;

/* config_values.c: what values must look like beyond their type, without looking at anything else. */
void config_values_check(const struct config_main *config, const struct config_file *file,
	struct config_errors *errors);
/* Where the control socket is when kabar.conf does not say: see kabar.conf(5). */
const char *config_control_standard(const char *config_path, struct arena *arena);
/* "address:port"; numeric (IPv6 in brackets), or "localhost". Port 0: any. */
bool config_listen_split(const char *listen, char *address, size_t room, int *port);

/* The first option that differs and that a reload cannot change; NULL: none. */
const char *config_main_fixed(const struct config_main *old, const struct config_main *new_one);

#endif
