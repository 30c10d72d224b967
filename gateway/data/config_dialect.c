/* Reads conf/dialects/<name>.ini into a struct ussd_dialect. */
#include <stdlib.h>
#include <string.h>

#include "gateway/ini/config_file.h"
#include "gateway/smpp/ussd_dialect.h"

#define ROW(key, type, standard, min, max, values, help) \
	{"dialect", key, type, standard, min, max, values, true, false, help}

enum {
	SESSION,
	BEGIN,
	ANSWER,
	ABORT,
	ABORT_BITS,
	MENU,
	END,
	END_BITS,
	CODE,
	CODING,
	CODING_UCS2,
	LENGTH,
	USER_TIMER,
	SESSION_TIMER
};

static const struct config_option options[] = {
	[SESSION] = ROW("session", CONFIG_TEXT, "none", 0, 0, NULL,
		"TAG:OCTETS [& MASK] of the TLV that names it, or none"),
	[BEGIN] = ROW("begin", CONFIG_LIST, "1", 0, 0, NULL, "ussd_service_op of a dialled code"),
	[ANSWER] = ROW("answer", CONFIG_LIST, "18", 0, 0, NULL, "ussd_service_op of an answer"),
	[ABORT] = ROW("abort", CONFIG_LIST, "", 0, 0, NULL, "ussd_service_op that ends a session"),
	[ABORT_BITS] = ROW(
		"abort_bits", CONFIG_TEXT, "0", 0, 0, NULL, "bits of the session TLV that end it"),
	[MENU] = ROW(
		"menu", CONFIG_INT, "2", 0, 255, NULL, "ussd_service_op of a screen that waits"),
	[END] = ROW("end", CONFIG_INT, "17", 0, 255, NULL, "ussd_service_op of the last screen"),
	[END_BITS] = ROW("end_bits", CONFIG_TEXT, "0", 0, 0, NULL,
		"bits of the session TLV set in the last screen only"),
	[CODE] = ROW(
		"code", CONFIG_ENUM, "text", 0, 0, "text|address", "where the dialled code stands"),
	[CODING] = ROW("data_coding", CONFIG_INT, "0", 0, 255, NULL, "of screens in GSM 03.38"),
	[CODING_UCS2] =
		ROW("data_coding_ucs2", CONFIG_INT, "8", 0, 255, NULL, "of screens in UCS-2"),
	[LENGTH] = ROW("length", CONFIG_INT, "160", 60, 182, NULL, "septets of a screen"),
	[USER_TIMER] = ROW("user_timer", CONFIG_DURATION, "60s", 5, 600, NULL,
		"how long a screen waits for its answer"),
	[SESSION_TIMER] = ROW("session_timer", CONFIG_DURATION, "180s", 10, 3600, NULL,
		"how long a session may last"),
};

struct reading_file {
	const struct config_file *file;
	struct config_errors *errors;
};

static const char *value_of(const struct reading_file *from, int which)
{
	return config_value(from->file, "dialect", &options[which]);
}

static int number_of(const struct reading_file *from, int which)
{
	return (int)config_number(from->file, "dialect", &options[which]);
}

static void complain(const struct reading_file *from, int which, const char *what)
{
	const struct config_entry *entry = config_find(from->file, "dialect", options[which].key);

	config_error(from->errors, from->file, entry ? entry->line : 0, entry ? entry->value : NULL,
		"%s: %s", options[which].key, what);
}

static uint64_t bits_of(const struct reading_file *from, int which)
{
	const char *text = value_of(from, which);
	char *end;
	uint64_t bits = strtoull(text, &end, 0);

	if (end == text || *end != '\0')
		complain(from, which, "a number is wanted, such as 0x0001");
	return bits;
}

/* "1, 18" */
static void ops_read(const struct reading_file *from, int which, struct ussd_ops *out)
{
	const char *text = value_of(from, which);

	for (out->count = 0; text && *text; text += strspn(text, ", ")) {
		char *end;
		unsigned long op = strtoul(text, &end, 0);

		if (end == text || op > 255 || out->count == USSD_OPS) {
			complain(from, which, "at most eight numbers of 0 to 255 are wanted");
			return;
		}
		out->list[out->count++] = (uint8_t)op;
		text = end;
	}
}

/* "0x1383:2 & 0xFFFE" */
static void session_read(const struct reading_file *from, struct ussd_dialect *out)
{
	const char *text = value_of(from, SESSION);
	unsigned long tag, size;
	char *end;

	if (strcmp(text, "none") == 0)
		return;
	tag = strtoul(text, &end, 0);
	if (*end != ':' || tag == 0 || tag > 0xFFFF)
		goto bad;
	size = strtoul(end + 1, &end, 10);
	if (size < 1 || size > 8)
		goto bad;
	out->tag = (uint16_t)tag;
	out->size = (uint8_t)size;
	out->key_mask = UINT64_MAX;
	end += strspn(end, " ");
	if (*end == '&')
		out->key_mask = strtoull(end + 1, &end, 0);
	if (*end == '\0')
		return;
bad:
	complain(from, SESSION, "expected none or TAG:OCTETS & MASK, such as 0x1383:2 & 0xFFFE");
}

static void fill(const struct reading_file *from, struct ussd_dialect *out)
{
	session_read(from, out);
	ops_read(from, BEGIN, &out->begin);
	ops_read(from, ANSWER, &out->answer);
	ops_read(from, ABORT, &out->abort);
	out->abort_bits = bits_of(from, ABORT_BITS);
	out->end_bits = bits_of(from, END_BITS);
	out->menu = (uint8_t)number_of(from, MENU);
	out->end = (uint8_t)number_of(from, END);
	out->code_in_address = number_of(from, CODE) == 1;
	out->coding = (uint8_t)number_of(from, CODING);
	out->coding_ucs2 = (uint8_t)number_of(from, CODING_UCS2);
	out->septets = number_of(from, LENGTH);
	out->user_seconds = number_of(from, USER_TIMER);
	out->session_seconds = number_of(from, SESSION_TIMER);
	if (out->begin.count == 0 || out->answer.count == 0)
		complain(from, out->begin.count == 0 ? BEGIN : ANSWER,
			"at least one operation is needed");
	if (out->size == 0 && (out->abort_bits || out->end_bits))
		complain(from, out->abort_bits ? ABORT_BITS : END_BITS,
			"there is no session TLV whose bits these are");
}

int config_dialect_read(struct ussd_dialect *out, const char *directory, const char *name,
	struct config_errors *errors)
{
	struct reading_file from = {.errors = errors};
	size_t before = config_errors_count(errors);
	struct config_file *file;
	char *path = xasprintf("%s/%s.ini", directory, name);
	int rc = config_file_read(&file, path, errors);

	free(path);
	*out = (struct ussd_dialect){0};
	copy_string(out->name, sizeof(out->name), name);
	if (rc == OK) {
		from.file = file;
		config_check(file, options, COUNT_OF(options), errors);
	}
	if (config_errors_count(errors) == before)
		fill(&from, out);
	config_file_free(file);
	return config_errors_count(errors) > before ? ERR_CONFIG : OK;
}
