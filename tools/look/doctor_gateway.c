/* The running kabard and the way to its operators: see doctor.h. */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/common/ctl_control.h"
#include "tools/look/doctor.h"

#define CONNECT_MS 3000

static void gather(const char *data, size_t length, void *context)
{
	strbuf_add(context, data, length);
}

static void ask(struct doctor *doctor)
{
	const char *control = doctor->config->main.control;
	struct strbuf text = {0};
	int cause = *control ? ctl_control_ask(control, "status\n", gather, &text) : ENOENT;

	if (cause == EACCES)
		doctor_say(doctor, DOCTOR_WARN, "kabard", "sudo -u kabar kabarctl doctor",
			"you may not ask it at %s", control);
	else if (cause)
		doctor_say(doctor, DOCTOR_FAIL, "kabard",
			"systemctl start kabard; journalctl -u kabard says why it ended",
			"does not answer at %s: %s", *control ? control : "(no control socket)",
			strerror(cause));
	else
		doctor->status = json_loads(text.text ? text.text : "", 0, NULL);
	strbuf_free(&text);
}

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "?";
}

/* The conditions are those of health.c: what it calls healthy is not judged again here. */
void doctor_gateway(struct doctor *doctor)
{
	const char *version;
	json_t *condition;
	size_t i;

	ask(doctor);
	if (!doctor->status)
		return;
	version = text_of(doctor->status, "version");
	doctor_say(doctor, strcmp(version, PACKAGE_VERSION) == 0 ? DOCTOR_OK : DOCTOR_WARN,
		"versions", "systemctl restart kabard: the old program runs still",
		"kabarctl " PACKAGE_VERSION ", kabard %s", version);
	if (json_is_true(json_object_get(doctor->status, "healthy")))
		doctor_say(doctor, DOCTOR_OK, "kabard", NULL, "runs and is healthy");
	json_array_foreach(json_object_get(doctor->status, "conditions"), i, condition) doctor_say(
		doctor,
		strcmp(text_of(condition, "weight"), "bad") == 0 ? DOCTOR_FAIL : DOCTOR_WARN,
		text_of(condition, "name"), text_of(condition, "remedy"), "%s",
		text_of(condition, "text"));
}

static int connect_one(const struct addrinfo *address)
{
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int cause = 0;
	socklen_t length = sizeof(cause);
	struct pollfd wait = {.fd = fd, .events = POLLOUT};

	if (fd < 0)
		return errno;
	if (connect(fd, address->ai_addr, address->ai_addrlen) != 0)
		cause = errno;
	if (cause == EINPROGRESS && poll(&wait, 1, CONNECT_MS) <= 0)
		cause = ETIMEDOUT;
	else if (cause == EINPROGRESS)
		(void)getsockopt(fd, SOL_SOCKET, SO_ERROR, &cause, &length);
	close(fd);
	return cause;
}

/* NULL: a connection was made, and closed again. */
static const char *unreachable(const struct link_config *link)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *list;
	char port[16];
	int cause;

	snprintf(port, sizeof(port), "%d", link->port);
	cause = getaddrinfo(link->host, port, &hints, &list);
	if (cause)
		return gai_strerror(cause);
	cause = ENOENT;
	for (const struct addrinfo *one = list; one && cause; one = one->ai_next)
		cause = connect_one(one);
	freeaddrinfo(list);
	return cause ? strerror(cause) : NULL;
}

static json_t *status_of(const struct doctor *doctor, const char *name)
{
	json_t *link;
	size_t i;

	json_array_foreach(json_object_get(doctor->status, "links"), i, link)
	{
		if (strcmp(text_of(link, "name"), name) == 0)
			return link;
	}
	return NULL;
}

static void say_bound(struct doctor *doctor, const struct link_config *link, json_t *status)
{
	double last = json_number_value(json_object_get(status, "last_in_age"));

	if (last < 0)
		doctor_say(doctor, DOCTOR_OK, "link", NULL, "%s is bound, nothing came yet",
			link->name);
	else
		doctor_say(doctor, DOCTOR_OK, "link", NULL,
			"%s is bound, the operator was heard %.0f s ago", link->name, last);
}

static void look_at(struct doctor *doctor, const struct link_config *link)
{
	json_t *status = status_of(doctor, link->name);
	const char *state = status ? text_of(status, "state") : "not asked", *why;

	if (status && strcmp(state, "bound") == 0) {
		say_bound(doctor, link, status);
		return;
	}
	if (json_is_true(json_object_get(status, "bad_credentials"))) {
		doctor_say(doctor, DOCTOR_FAIL, "link", "system_id and password of its section",
			"%s: the operator refuses our account", link->name);
		return;
	}
	if (*link->listen) {
		doctor_say(doctor, DOCTOR_WARN, "link", "ask the operator to call us (outbind)",
			"%s is %s: the operator calls us at %s", link->name, state, link->listen);
		return;
	}
	why = unreachable(link);
	if (why)
		doctor_say(doctor, DOCTOR_FAIL, "link",
			"host and port of its section; VPN, firewall; ask the operator",
			"%s: %s:%d cannot be reached: %s", link->name, link->host, link->port, why);
	else
		doctor_say(doctor, doctor->status ? DOCTOR_WARN : DOCTOR_OK, "link",
			"journalctl -u kabard says why it does not bind",
			"%s: %s:%d can be reached, the link is %s", link->name, link->host,
			link->port, state);
}

void doctor_links(struct doctor *doctor)
{
	const struct config_main *config = &doctor->config->main;

	if (config->nsmsc == 0)
		doctor_say(doctor, DOCTOR_WARN, "link",
			"a section [smsc NAME] in kabar.conf, with what the operator gave you",
			"there is none: no SMS will come");
	for (size_t i = 0; i < config->nsmsc; i++)
		look_at(doctor, &config->smsc[i].link);
}
