/* kabarctl status [--json]: how the running gateway is doing. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_control.h"
#include "tools/common/ctl_options.h"
#include "tools/look/ctl_senders.h"

static void gather(const char *data, size_t length, void *context)
{
	strbuf_add(context, data, length);
}

static const char *age_text(json_t *object, const char *key, char *room, size_t size)
{
	double age = json_number_value(json_object_get(object, key));

	if (age < 0)
		return "never";
	if (age < 120)
		snprintf(room, size, "%.0f s ago", age);
	else if (age < 7200)
		snprintf(room, size, "%.0f min ago", age / 60);
	else
		snprintf(room, size, "%.0f h ago", age / 3600);
	return room;
}

static long long number(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void print_link(json_t *link)
{
	char in[32], out[32];

	printf("link %-16s %-10s window %lld/%lld  in %lld (%s)  out %lld (%s)  throttled %lld  "
	       "unsure %lld\n",
		json_string_value(json_object_get(link, "name")),
		json_string_value(json_object_get(link, "state")), number(link, "window_used"),
		number(link, "window"), number(link, "received"),
		age_text(link, "last_in_age", in, sizeof(in)), number(link, "sent"),
		age_text(link, "last_out_age", out, sizeof(out)), number(link, "throttled"),
		number(link, "unsure"));
	if (json_is_true(json_object_get(link, "bad_credentials")))
		printf("     %-16s the operator refuses our system_id or password (status "
		       "0x%02llX)\n",
			"", (unsigned long long)number(link, "bind_status"));
}

/* Of a store that several share. */
static void print_gateways(json_t *gateways)
{
	json_t *one;
	size_t i;

	json_array_foreach(gateways, i, one) {
		const char *name = json_string_value(json_object_get(one, "name"));
		const char *holder = json_string_value(json_object_get(one, "holder"));

		if (json_is_true(json_object_get(one, "lives")))
			printf("shared  %-16s lives, heard %lld s ago (%s)\n", name,
				number(one, "silent"), holder);
		else
			printf("shared  %-16s SILENT for %lld s: the others send what it left "
			       "(%s)\n", name, number(one, "silent"), holder);
	}
}

static void print_plain(json_t *root)
{
	char room[32];
	json_t *link;
	size_t i;

	printf("gateway %s: %s, store: %s%s\n", json_string_value(json_object_get(root, "name")),
		json_is_true(json_object_get(root, "healthy")) ? "healthy" : "NOT HEALTHY",
		json_string_value(json_object_get(root, "store")),
		json_is_true(json_object_get(root, "reading_paused")) ? ", reading is paused" : "");
	json_array_foreach(json_object_get(root, "conditions"), i, link)
		printf("%-7s %s: %s\n", json_string_value(json_object_get(link, "weight")),
			json_string_value(json_object_get(link, "name")),
			json_string_value(json_object_get(link, "text")));
	json_array_foreach(json_object_get(root, "links"), i, link)
		print_link(link);
	print_gateways(json_object_get(root, "gateways"));
	printf("inbox   waiting %lld, at work %lld, last message %s\n",
		number(root, "inbox_waiting"), number(root, "inbox_at_work"),
		age_text(root, "last_message_age", room, sizeof(room)));
	printf("outbox  waiting %lld, under way %lld, last sent %s\n",
		number(root, "outbox_waiting"), number(root, "outbox_under_way"),
		age_text(root, "last_sent_age", room, sizeof(room)));
	json_array_foreach(json_object_get(root, "classes"), i, link) {
		if (number(link, "waiting") + number(link, "stored") > 0)
			printf("waiting %-9s %lld for a link, %lld in the store, "
			       "the oldest for %lld s\n",
				json_string_value(json_object_get(link, "name")),
				number(link, "waiting"), number(link, "stored"),
				number(link, "oldest"));
	}
	printf("disk    %lld MB free, store %lld MB, journal %lld MB\n",
		number(root, "disk_free_octets") >> 20, number(root, "store_octets") >> 20,
		number(root, "wal_octets") >> 20);
	if (number(root, "phones_muted") || number(root, "links_muted"))
		printf("loops   muted: phones %lld, links %lld; answers not given %lld\n",
			number(root, "phones_muted"), number(root, "links_muted"),
			number(root, "answers_silenced"));
	printf("so far  acknowledged %lld, refused %lld, redelivered %lld, quarantined %lld, "
	       "replies %lld, dropped %lld\n",
		number(root, "messages_acknowledged"), number(root, "messages_refused"),
		number(root, "messages_redelivered"), number(root, "messages_quarantined"),
		number(root, "replies_sent"), number(root, "replies_dropped"));
}

int ctl_status(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	struct strbuf text = {0};
	json_t *root = NULL;
	int first = ctl_options(argc, argv, options), status;

	if (first < 0)
		return 2;
	if (first < argc)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[first]);
	status = ctl_control(ctl, argv[0], "status\n", gather, &text);
	if (status == 0)
		root = json_loads(text.text ? text.text : "", 0, NULL);
	if (status == 0 && !root) {
		fprintf(stderr, "kabarctl status: kabard's answer cannot be read\n");
		status = 1;
	} else if (status == 0 && as_json) {
		puts(text.text);
	} else if (status == 0) {
		print_plain(root);
		ctl_senders(ctl, argv[0]);
	}
	if (status == 0 && !json_is_true(json_object_get(root, "healthy")))
		status = 1; /* said already, in words */
	json_decref(root);
	strbuf_free(&text);
	return status;
}
