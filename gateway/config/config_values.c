/* The look of values of kabar.conf: see config_main.h. */
#include "gateway/config/config_main.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gateway/smpp/smpp_receipt_form.h"
#include "parsers/text/listen.h"
#include "parsers/text/phone.h"

#define CODE_MIN     2  /* digits of a short code */
#define SENDER_MAX   11 /* characters of a sender in letters */
#define TON_LETTERS  5
#define ADDRESS_ROOM 64

struct check {
	const struct config_file *file;
	struct config_errors *errors;
};

static int line_of(const struct check *check, const char *section, const char *key)
{
	const struct config_entry *entry = config_find(check->file, section, key);

	return entry ? entry->line : 0;
}

bool config_listen_split(const char *listen, char *address, size_t room, int *port)
{
	unsigned char octets[sizeof(struct in6_addr)];
	uint16_t number;

	if (!listen_split(listen, address, room, &number))
		return false;
	*port = number;
	if (*listen == '[')
		return inet_pton(AF_INET6, address, octets) == 1;
	return strcmp(address, "localhost") == 0 || inet_pton(AF_INET, address, octets) == 1;
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static void check_listen(const struct check *check, const char *section, const char *listen)
{
	char address[ADDRESS_ROOM];
	int port;

	if (*listen && !config_listen_split(listen, address, sizeof(address), &port))
		config_error(check->errors, check->file, line_of(check, section, "listen"), listen,
			"\"%s\" is no address:port, like 127.0.0.1:8355", listen);
}

/* What kabar-web refuses at its start. */
static void check_web(const struct check *check, const struct config_main *config)
{
	char address[ADDRESS_ROOM];
	int port;

	check_listen(check, "web", config->web_listen);
	if (!config->web_plain && *config->web_listen &&
		config_listen_split(config->web_listen, address, sizeof(address), &port) &&
		!is_loopback(address))
		config_error(check->errors, check->file, line_of(check, "web", "listen"),
			config->web_listen,
			"%s is open to the network and nothing encrypts: 127.0.0.1 behind a proxy "
			"with TLS, or plain = yes",
			config->web_listen);
}

static bool all_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static void check_phones(
	const struct check *check, const char *section, const char *key, const char *list)
{
	char *save, *copy = xstrdup(list);

	for (char *word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		char phone[PHONE_TEXT];

		if (!phone_normalise(word, phone) &&
			!(all_digits(word) && strlen(word) >= CODE_MIN))
			config_error(check->errors, check->file, line_of(check, section, key), word,
				"\"%s\" is neither a phone number nor a short code", word);
	}
	free(copy);
}

static void check_prefixes(const struct check *check, const char *list)
{
	char *save, *copy = xstrdup(list);

	for (char *word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		if (word[0] != '+' || !all_digits(word + 1))
			config_error(check->errors, check->file, line_of(check, "numbers", "allow"),
				word, "\"%s\" is no beginning of a number, like +628", word);
	}
	free(copy);
}

static bool sender_in_letters(const char *address)
{
	size_t length = strlen(address);

	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)address[i]) && !strchr(" .-_", address[i]))
			return false;
	}
	return length <= SENDER_MAX;
}

/* "22 55" would be sent as it is and refused by the operator at night. */
static void check_address(
	const struct check *check, const char *section, const struct config_smsc *smsc)
{
	const char *digits = smsc->address + (smsc->address[0] == '+');
	bool letters = smsc->address_ton == TON_LETTERS;

	if (!*smsc->address || (letters ? sender_in_letters(smsc->address) : all_digits(digits)))
		return;
	config_error(check->errors, check->file, line_of(check, section, "address"), smsc->address,
		"\"%s\" is no short code or number: digits only%s", smsc->address,
		letters ? ", or at most 11 letters"
			: "; a sender in letters needs address_ton = 5");
}

static void check_dialled(
	const struct check *check, const char *section, const struct config_smsc *smsc)
{
	const char *code = smsc->ussd_code;
	size_t length = strlen(code);

	if (!length ||
		(length > 2 && code[0] == '*' && code[length - 1] == '#' &&
			strspn(code, "*0123456789") == length - 1))
		return;
	config_error(check->errors, check->file, line_of(check, section, "ussd_code"), code,
		"\"%s\" is no code that can be dialled, like *355#", code);
}

static void check_receipt_pattern(
	const struct check *check, const char *section, const struct config_smsc *smsc)
{
	const char *text = smsc->link.receipt_pattern;
	struct pattern *form = NULL;
	char detail[160];
	size_t at;

	if (*text && receipt_form_new(&form, text, detail, sizeof(detail), &at) != OK)
		config_error(check->errors, check->file, line_of(check, section, "receipt_pattern"),
			text[at] ? text + at : text, "receipt_pattern cannot be used: %s", detail);
	pattern_free(form);
}

static void check_host(
	const struct check *check, const char *section, const struct config_smsc *smsc)
{
	const char *host = smsc->link.host;

	for (const char *c = host; *c; c++) {
		if (isalnum((unsigned char)*c) || strchr(".-_:", *c))
			continue;
		config_error(check->errors, check->file, line_of(check, section, "host"), host,
			"\"%s\" is no name or address of a host; the port has a key of its own",
			host);
		return;
	}
}

void config_values_check(const struct config_main *config, const struct config_file *file,
	struct config_errors *errors)
{
	const struct check check = {file, errors};
	struct arena *arena = arena_new();

	check_listen(&check, "http", config->http_listen);
	check_web(&check, config);
	check_phones(&check, "limits", "own", config->own);
	check_phones(&check, "alerts", "nowhere", config->nowhere);
	check_prefixes(&check, config->allow);
	for (size_t i = 0; i < config->nsmsc; i++) {
		const struct config_smsc *smsc = &config->smsc[i];
		const char *section = arena_printf(arena, "smsc %s", smsc->link.name);

		check_host(&check, section, smsc);
		check_address(&check, section, smsc);
		check_dialled(&check, section, smsc);
		check_receipt_pattern(&check, section, smsc);
	}
	arena_free(arena);
}

/* The installed gateway has its directory below /run; somebody who tries one has only his own. */
const char *config_control_standard(const char *config_path, struct arena *arena)
{
	const char *own = getenv("XDG_RUNTIME_DIR");

	if (geteuid() == 0 || !own || *own != '/' ||
		strcmp(config_path, KABAR_SYSCONFDIR "/kabar.conf") == 0)
		return "/run/kabar/kabar.sock";
	return arena_printf(arena, "%s/kabar.sock", own);
}
