/* Tokens in texts, octets whole, keyed hashes. See seal.h. */
#include "store/secret/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define OPENING	    "<~"
#define CLOSING	    "~>"
#define BOX	    (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
#define VARIANT	    sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define LETTERS	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#define IN_A_ROW    9  /* digits: a phone of a landline has so many */
#define NIK_ABOUT   15 /* a digit may be missing */
#define GROUPED_MIN 9
#define GROUPED_MAX 14

_Static_assert(SEAL_OVERHEAD == SEAL_MARK_SIZE + 1 + BOX, "as the header says");

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool parts_groups(char c)
{
	return c == ' ' || c == '.' || c == ',' || c == '-';
}

/* A number of a person, as people write it; groups are parted by one sign each. */
struct stretch {
	size_t length, digits, longest;
};

static struct stretch stretch_at(const char *text)
{
	struct stretch stretch = {0};
	size_t row = 0, at = text[0] == '+';

	for (; text[at]; at++) {
		if (is_digit(text[at])) {
			stretch.digits++;
			if (++row > stretch.longest)
				stretch.longest = row;
			stretch.length = at + 1;
		} else if (parts_groups(text[at]) && at > 0 && is_digit(text[at - 1]) &&
			is_digit(text[at + 1])) {
			row = 0;
		} else {
			break;
		}
	}
	return stretch;
}

static bool phone_in_groups(const char *text, size_t digits)
{
	return digits >= GROUPED_MIN && digits <= GROUPED_MAX &&
		(strncmp(text, "08", 2) == 0 || strncmp(text, "+62", 3) == 0 ||
			strncmp(text, "62", 2) == 0);
}

/* Seconds since 1970, as our own JSON has them. */
static bool is_time(const char *text, const struct stretch *stretch)
{
	return stretch->length == 10 && stretch->longest == 10 && text[0] == '1';
}

/* The length of what must be sealed here; 0: nothing. *skip: what can be stepped over. */
static size_t secret_at(const char *text, size_t *skip)
{
	struct stretch stretch = stretch_at(text);
	bool secret = stretch.longest >= IN_A_ROW || stretch.digits >= NIK_ABOUT ||
		phone_in_groups(text, stretch.digits);

	*skip = stretch.digits < IN_A_ROW ? stretch.length : 1; /* none of its groups is one */
	/* the next group may be where a phone begins */
	while (*skip < stretch.length && is_digit(text[*skip]))
		++*skip;
	return secret && !is_time(text, &stretch) ? stretch.length : 0;
}

static bool may_begin(const char *text)
{
	return is_digit(text[0]) || (text[0] == '+' && is_digit(text[1]));
}

/* Signs of which one begins whatever is of interest here. */
#define BEGINNINGS "<+0123456789"

/* The length of a token that begins here, and its generation; 0: none does. */
static size_t token_at(const char *text, int *generation, size_t *body)
{
	size_t end;
	int read = 0;

	if (text[0] != OPENING[0] || text[1] != OPENING[1] ||
		sscanf(text + 2, "%9d:%n", generation, &read) != 1 || read < 2)
		return 0;
	*body = 2 + (size_t)read;
	end = *body + strspn(text + *body, LETTERS);
	return strncmp(text + end, CLOSING, 2) == 0 ? end + 2 : 0;
}

static void token_add(struct strbuf *out, const struct key *key, const char *text, size_t length)
{
	unsigned char box[BOX + 256];
	char shown[sodium_base64_ENCODED_LEN(sizeof(box), VARIANT)];
	size_t size = length < 256 ? length : 256;

	randombytes_buf(box, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)text, size,
		box, key->cipher);
	sodium_bin2base64(shown, sizeof(shown), box, BOX + size, VARIANT);
	strbuf_printf(out, OPENING "%d:%s" CLOSING, key->generation, shown);
	if (length > size)
		token_add(out, key, text + size, length - size);
}

char *seal_text(const struct keys *keys, const char *text)
{
	struct strbuf out = {0};
	size_t from = 0, skip, length, body;
	int generation;

	for (size_t at = 0; text[at += strcspn(text + at, BEGINNINGS)]; at += skip) {
		skip = token_at(text + at, &generation, &body);
		if (skip)
			continue;
		skip = 1;
		length = may_begin(text + at) ? secret_at(text + at, &skip) : 0;
		if (!length)
			continue;
		strbuf_add(&out, text + from, at - from);
		token_add(&out, keys_newest(keys), text + at, length);
		from = at + length;
		skip = length;
	}
	if (from)
		strbuf_puts(&out, text + from);
	return out.text;
}

/* false: these keys do not open it. */
static bool token_open(struct strbuf *out, const struct keys *keys, int generation,
	const char *text, size_t length)
{
	const struct key *key = keys_of(keys, generation);
	unsigned char box[BOX + 256], plain[256];
	size_t size = 0;

	if (!key ||
		sodium_base642bin(box, sizeof(box), text, length, NULL, &size, NULL, VARIANT) ||
		size < BOX ||
		crypto_secretbox_open_easy(plain, box + crypto_secretbox_NONCEBYTES,
			size - crypto_secretbox_NONCEBYTES, box, key->cipher) != 0)
		return false;
	strbuf_add(out, plain, size - BOX);
	return true;
}

char *unseal_text(const struct keys *keys, const char *text)
{
	const char *next = strstr(text, OPENING);
	struct strbuf out = {0};
	size_t length, body;
	int generation;

	if (!next)
		return NULL;
	for (; next; next = strstr(text, OPENING)) {
		strbuf_add(&out, text, (size_t)(next - text));
		length = token_at(next, &generation, &body);
		if (length && !keys)
			strbuf_puts(&out, "****");
		else if (!length ||
			!token_open(&out, keys, generation, next + body, length - body - 2))
			strbuf_add(&out, next, length = length ? length : 2);
		text = next + length;
	}
	strbuf_puts(&out, text);
	return out.text;
}

unsigned char *seal_octets(const struct keys *keys, const void *data, size_t length)
{
	const struct key *key = keys_newest(keys);
	unsigned char *out = xcalloc(1, length + SEAL_OVERHEAD);
	unsigned char *nonce = out + SEAL_MARK_SIZE + 1;

	memcpy(out, SEAL_MARK, SEAL_MARK_SIZE);
	out[SEAL_MARK_SIZE] = (unsigned char)key->generation;
	randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(
		nonce + crypto_secretbox_NONCEBYTES, data, length, nonce, key->cipher);
	return out;
}

bool octets_sealed(const void *data, size_t length)
{
	return length >= SEAL_OVERHEAD && memcmp(data, SEAL_MARK, SEAL_MARK_SIZE) == 0;
}

/* A generation is one octet here. */
static const struct key *key_of_octets(const struct keys *keys, const unsigned char *data)
{
	for (size_t i = 0; keys && i < keys->count; i++) {
		if ((unsigned char)keys->of[i].generation == data[SEAL_MARK_SIZE])
			return &keys->of[i];
	}
	return NULL;
}

size_t unseal_octets(const struct keys *keys, unsigned char *data, size_t length)
{
	unsigned char *nonce = data + SEAL_MARK_SIZE + 1;
	const struct key *key;

	if (!octets_sealed(data, length))
		return length;
	key = key_of_octets(keys, data);
	if (!key ||
		crypto_secretbox_open_easy(nonce + crypto_secretbox_NONCEBYTES,
			nonce + crypto_secretbox_NONCEBYTES,
			length - SEAL_MARK_SIZE - 1 - crypto_secretbox_NONCEBYTES, nonce,
			key->cipher) != 0)
		return 0;
	length -= SEAL_OVERHEAD;
	memmove(data, nonce + crypto_secretbox_NONCEBYTES, length);
	return length;
}

bool text_needs_seal(const struct keys *keys, const char *text)
{
	int newest = keys_newest(keys)->generation, generation;
	size_t skip, body;

	for (size_t at = 0; text[at]; at += skip) {
		skip = token_at(text + at, &generation, &body);
		if (skip && generation != newest && keys_of(keys, generation))
			return true;
		if (skip)
			continue;
		skip = 1;
		if (may_begin(text + at) && secret_at(text + at, &skip))
			return true;
	}
	return false;
}

bool octets_need_seal(const struct keys *keys, const void *data, size_t length)
{
	return length > 0 &&
		(!octets_sealed(data, length) ||
			((const unsigned char *)data)[SEAL_MARK_SIZE] !=
				(unsigned char)keys_newest(keys)->generation);
}

void seal_lookup(const struct key *key, const char *text, char hash[SEAL_HASH])
{
	unsigned char octets[SEAL_HASH / 2];

	crypto_generichash(octets, sizeof(octets), (const unsigned char *)text, strlen(text),
		key->lookup, KEY_OCTETS);
	sodium_bin2hex(hash, SEAL_HASH, octets, sizeof(octets));
}

void seal_blind(const struct keys *keys, const void *data, size_t length, unsigned char *hash,
	size_t size)
{
	crypto_generichash(hash, size, data, length, keys->blind, KEY_OCTETS);
}
