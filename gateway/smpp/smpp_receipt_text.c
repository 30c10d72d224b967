/* Finds id and state in the text of a receipt: see smpp_receipt_text.h.
 *
 * The text is cut into words; a word is a key, a value behind a key, a state by itself, or
 * something else. What stands behind "text:" is the message's own and is not looked at once id
 * and state are known.
 */
#include "gateway/smpp/smpp_receipt_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_FORM 512 /* octets of a receipt in which its fields are looked for */
#define WORDS_MAX 80
#define GUESS_LEAST 3 /* letters and digits of an id that has no key */

enum key { KEY_NONE, KEY_ID, KEY_STATE, KEY_ERROR, KEY_OTHER, KEY_TEXT };

/* As they are written in small letters without '_', '-' and '.'. */
static const struct {
	const char *word;
	enum key key;
} keys[] = {
	{"id", KEY_ID}, {"ids", KEY_ID}, {"msgid", KEY_ID}, {"messageid", KEY_ID}, {"mid", KEY_ID},
	{"smsid", KEY_ID}, {"smscid", KEY_ID}, {"smscmsgid", KEY_ID}, {"smppid", KEY_ID},
	{"uuid", KEY_ID}, {"guid", KEY_ID}, {"trxid", KEY_ID}, {"transid", KEY_ID},
	{"transactionid", KEY_ID}, {"requestid", KEY_ID}, {"reqid", KEY_ID},
	{"receiptedmessageid", KEY_ID}, {"idpesan", KEY_ID}, {"idmsg", KEY_ID},
	{"idmessage", KEY_ID}, {"messagereference", KEY_ID}, {"msgref", KEY_ID},
	{"stat", KEY_STATE}, {"status", KEY_STATE}, {"state", KEY_STATE},
	{"messagestate", KEY_STATE},
	{"msgstat", KEY_STATE}, {"msgstatus", KEY_STATE}, {"messagestatus", KEY_STATE},
	{"dlr", KEY_STATE}, {"dlrstat", KEY_STATE}, {"dlrstatus", KEY_STATE},
	{"deliverystatus", KEY_STATE}, {"delstat", KEY_STATE}, {"finalstatus", KEY_STATE},
	{"result", KEY_STATE},
	{"err", KEY_ERROR}, {"error", KEY_ERROR}, {"errcode", KEY_ERROR}, {"errorcode", KEY_ERROR},
	{"sub", KEY_OTHER}, {"dlvrd", KEY_OTHER}, {"submitdate", KEY_OTHER},
	{"donedate", KEY_OTHER},
	{"submit", KEY_OTHER}, {"done", KEY_OTHER}, {"submitted", KEY_OTHER}, {"sdate", KEY_OTHER},
	{"ddate", KEY_OTHER}, {"donetime", KEY_OTHER}, {"dlvrddate", KEY_OTHER},
	{"networkerror", KEY_OTHER}, {"networkerrorcode", KEY_OTHER}, {"mccmnc", KEY_OTHER},
	{"text", KEY_TEXT}, {"txt", KEY_TEXT},
};

static const struct {
	const char *word; /* in small letters */
	enum receipt_state state;
	bool machine; /* no person writes it */
} states[] = {
	{"delivrd", RECEIPT_DELIVERED, true}, {"deliverd", RECEIPT_DELIVERED, true},
	{"delivred", RECEIPT_DELIVERED, true}, {"dlvrd", RECEIPT_DELIVERED, true},
	{"deliv", RECEIPT_DELIVERED, true}, {"delivered", RECEIPT_DELIVERED, false},
	{"deliveredtohandset", RECEIPT_DELIVERED, true}, {"terkirim", RECEIPT_DELIVERED, false},
	{"received", RECEIPT_DELIVERED, false}, {"success", RECEIPT_DELIVERED, false},
	{"sukses", RECEIPT_DELIVERED, false}, {"delivery_success", RECEIPT_DELIVERED, true},
	{"undeliv", RECEIPT_UNDELIVERABLE, true}, {"undelivrd", RECEIPT_UNDELIVERABLE, true},
	{"undelivered", RECEIPT_UNDELIVERABLE, false},
	{"undeliverable", RECEIPT_UNDELIVERABLE, false}, {"undel", RECEIPT_UNDELIVERABLE, true},
	{"failed", RECEIPT_UNDELIVERABLE, false}, {"fail", RECEIPT_UNDELIVERABLE, false},
	{"failure", RECEIPT_UNDELIVERABLE, false}, {"gagal", RECEIPT_UNDELIVERABLE, false},
	{"delivery_failed", RECEIPT_UNDELIVERABLE, true},
	{"expired", RECEIPT_EXPIRED, false}, {"expird", RECEIPT_EXPIRED, true},
	{"deleted", RECEIPT_DELETED, false}, {"deletd", RECEIPT_DELETED, true},
	{"rejectd", RECEIPT_REJECTED, true}, {"rejected", RECEIPT_REJECTED, false},
	{"reject", RECEIPT_REJECTED, false}, {"ditolak", RECEIPT_REJECTED, false},
	{"acceptd", RECEIPT_ACCEPTED, true}, {"accepted", RECEIPT_ACCEPTED, false},
	{"enroute", RECEIPT_ENROUTE, true}, {"en_route", RECEIPT_ENROUTE, true},
	{"acked", RECEIPT_ACCEPTED, false}, {"buffered", RECEIPT_ENROUTE, false},
	{"buffred", RECEIPT_ENROUTE, true}, {"scheduled", RECEIPT_ENROUTE, false},
	{"pending", RECEIPT_ENROUTE, false}, {"unknown", RECEIPT_UNKNOWN, false},
	{"unknwn", RECEIPT_UNKNOWN, true}, {"unknown_subscriber", RECEIPT_UNDELIVERABLE, true},
	{"skipped", RECEIPT_REJECTED, false},
};

struct cut {
	char text[TEXT_FORM];
	struct {
		const char *text; /* NUL-terminated */
		char behind; /* ':', '=' or '>' bind it to the next word; ' ' parts them */
	} words[WORDS_MAX];
	size_t count;
};

/* strchr() for each octet of each message would cost more than all the rest. */
static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || c == '_' || c == '-' || c == '.' ||
		c == '+' || c == '/' || c == '@' || c == '#';
}

/* As words. In UCS-2 every second octet is NUL: those go. */
static void cut_words(struct cut *cut, const uint8_t *octets, size_t length)
{
	size_t at = 0;

	for (size_t i = 0; i < length && at < TEXT_FORM - 1; i++)
		if (octets[i])
			cut->text[at++] = (char)octets[i];
	cut->text[at] = '\0';
	cut->count = 0;
	for (char *p = cut->text; *p && cut->count < WORDS_MAX;) {
		char bond = ' ';

		if (!is_word(*p)) {
			p++;
			continue;
		}
		cut->words[cut->count].text = p;
		while (*p && is_word(*p))
			p++;
		for (const char *q = p; *q && !is_word(*q); q++)
			bond = strchr(":=>", *q) ? *q : bond;
		cut->words[cut->count++].behind = bond;
		if (*p)
			*p++ = '\0';
	}
}

/* Small letters; without '.', of a key also without what else only parts its words. */
static void plain_word(char out[RECEIPT_ID_SIZE], const char *word, bool is_key)
{
	size_t at = 0;

	for (; *word && at < RECEIPT_ID_SIZE - 1; word++) {
		if (*word != '.' && !(is_key && (*word == '_' || *word == '-' || *word == '/')))
			out[at++] = (char)tolower((unsigned char)*word);
	}
	out[at] = '\0';
}

/* Of each first letter the words that begin so, a bit for each: most words of a message are none of
 * them, and each is looked for three times. */
struct letters {
	uint64_t keys[26], states[26];
};
_Static_assert(COUNT_OF(keys) <= 64 && COUNT_OF(states) <= 64, "a bit for each");

static const struct letters *letters_of_words(void)
{
	static _Thread_local struct letters letters;
	static _Thread_local bool filled;

	for (size_t i = 0; !filled && i < COUNT_OF(keys); i++)
		letters.keys[keys[i].word[0] - 'a'] |= UINT64_C(1) << i;
	for (size_t i = 0; !filled && i < COUNT_OF(states); i++)
		letters.states[states[i].word[0] - 'a'] |= UINT64_C(1) << i;
	filled = true;
	return &letters;
}

static enum key key_of(const char *word)
{
	char plain[RECEIPT_ID_SIZE];
	uint64_t left = 0;

	plain_word(plain, word, true);
	if (plain[0] >= 'a' && plain[0] <= 'z')
		left = letters_of_words()->keys[plain[0] - 'a'];
	for (; left; left &= left - 1) {
		int i = __builtin_ctzll(left);

		if (!strcmp(keys[i].word, plain))
			return keys[i].key;
	}
	return KEY_NONE;
}

static enum receipt_state state_of(const char *word, bool *machine)
{
	char plain[RECEIPT_ID_SIZE];
	uint64_t left = 0;

	plain_word(plain, word, false);
	if (plain[0] >= 'a' && plain[0] <= 'z')
		left = letters_of_words()->states[plain[0] - 'a'];
	for (; left; left &= left - 1) {
		int i = __builtin_ctzll(left);

		if (strcmp(states[i].word, plain) != 0)
			continue;
		*machine = states[i].machine;
		return states[i].state;
	}
	return RECEIPT_UNKNOWN_STATE;
}

/* Also "DELIVERED_TO_TERMINAL". */
enum receipt_state receipt_state_of(const char *word)
{
	static const struct {
		const char *begins;
		enum receipt_state state;
	} begins[] = {
		{"deliv", RECEIPT_DELIVERED}, {"undel", RECEIPT_UNDELIVERABLE},
		{"expir", RECEIPT_EXPIRED}, {"delet", RECEIPT_DELETED},
		{"accep", RECEIPT_ACCEPTED}, {"unkno", RECEIPT_UNKNOWN},
		{"rejec", RECEIPT_REJECTED}, {"enrou", RECEIPT_ENROUTE},
		{"fail", RECEIPT_UNDELIVERABLE},
	};
	char plain[RECEIPT_ID_SIZE];
	bool machine;
	enum receipt_state state = state_of(word, &machine);

	plain_word(plain, word, false);
	if (state == RECEIPT_UNKNOWN_STATE && plain[0] >= '1' && plain[0] <= '8' && !plain[1])
		return (enum receipt_state)(plain[0] - '0');
	for (size_t i = 0; state == RECEIPT_UNKNOWN_STATE && i < COUNT_OF(begins); i++)
		if (!strncmp(plain, begins[i].begins, strlen(begins[i].begins)))
			state = begins[i].state;
	return state;
}

static bool add_id(char list[][RECEIPT_ID_SIZE], size_t *count, size_t room, const char *word)
{
	while (*word == '#')
		word++;
	if (*count == room || !*word || !copy_string(list[*count], RECEIPT_ID_SIZE, word))
		return false;
	(*count)++;
	return true;
}

/* A number, hex or a UUID: no word of a language, and no part of a date or a sum. */
static bool may_be_id(const char *word)
{
	size_t length = strlen(word), digits = 0;

	for (const char *p = word; *p; p++) {
		digits += isdigit((unsigned char)*p) != 0;
		if (!isalnum((unsigned char)*p) && !strchr("-_.#", *p))
			return false;
	}
	return length >= GUESS_LEAST && length < RECEIPT_ID_SIZE && digits * 4 >= length;
}

/* One word that no key claims. */
static void read_loose(struct receipt_text *out, const char *word)
{
	bool machine = false;
	enum receipt_state state = state_of(word, &machine);

	if (state != RECEIPT_UNKNOWN_STATE) {
		out->machine |= machine;
		if (out->state == RECEIPT_UNKNOWN_STATE)
			out->state = state;
	} else if (may_be_id(word)) {
		(void)add_id(out->guessed, &out->nguessed, RECEIPT_ID_GUESSES, word);
	}
}

/* Is the word at i a key and not a value: something is bound to it, or a known kind follows it? */
static enum key key_at(const struct cut *cut, size_t i)
{
	enum key key = key_of(cut->words[i].text);
	const char *next = i + 1 < cut->count ? cut->words[i + 1].text : NULL;

	if (key == KEY_NONE || !next || cut->words[i].behind != ' ')
		return key;
	if (key == KEY_ID)
		return may_be_id(next) || isdigit((unsigned char)*next) ? key : KEY_NONE;
	if (key == KEY_STATE)
		return receipt_state_of(next) != RECEIPT_UNKNOWN_STATE ? key : KEY_NONE;
	if (key == KEY_OTHER) /* "submit date", "sub 001", but "DLVRD" may be the state */
		return isdigit((unsigned char)*next) || !strcasecmp(next, "date") ? key : KEY_NONE;
	return key == KEY_ERROR && isdigit((unsigned char)*next) ? key : KEY_NONE;
}

/* A key and what it is bound to; returns the words used. */
static size_t read_key(struct receipt_text *out, const struct cut *cut, size_t i, enum key key)
{
	const char *value = i + 1 < cut->count ? cut->words[i + 1].text : "";
	bool empty = key_of(value) != KEY_NONE && i + 1 < cut->count &&
		cut->words[i + 1].behind != ' '; /* "id: stat:DELIVRD" */

	if (!*value || empty)
		return 1;
	if (key == KEY_ID)
		return add_id(out->keyed, &out->nkeyed, RECEIPT_ID_KEYED, value) ? 2 : 1;
	if (key == KEY_STATE) {
		enum receipt_state state = receipt_state_of(value);
		bool machine = false;

		if (state == RECEIPT_UNKNOWN_STATE)
			return 1;
		(void)state_of(value, &machine);
		out->machine |= machine;
		out->state = out->keyed_state ? out->state : state;
		out->keyed_state = true;
		return 2;
	}
	out->keys++;
	if (key == KEY_ERROR)
		out->error = (int)(strtoul(value, NULL, 10) & 0xFFFF);
	return !strcasecmp(value, "date") || !strcasecmp(value, "time") ? 3 : 2;
}

void receipt_text_read(struct receipt_text *out, const uint8_t *octets, size_t length)
{
	struct cut cut;

	memset(out, 0, sizeof(*out));
	cut_words(&cut, octets, length);
	out->words = cut.count;
	for (size_t i = 0; i < cut.count;) {
		enum key key = key_at(&cut, i);
		bool known = out->nkeyed && out->state != RECEIPT_UNKNOWN_STATE;

		if (key == KEY_TEXT && cut.words[i].behind != ' ' && known)
			return;
		if (key == KEY_NONE || key == KEY_TEXT)
			read_loose(out, cut.words[i++].text);
		else
			i += read_key(out, &cut, i, key);
	}
}

const char *receipt_state_name(enum receipt_state state)
{
	static const char *const names[RECEIPT_STATES] = {"none", "enroute", "delivered", "expired",
		"deleted", "undeliverable", "accepted", "unknown", "rejected"};

	return (unsigned)state < RECEIPT_STATES ? names[state] : "none";
}
