/* Sealing what would tell who somebody is: NIK and phone numbers of people named in messages.
 *
 * In a text each number that may be one of them (nine digits in a row, fifteen with blanks, dots
 * and dashes between, a phone in groups) becomes a token "<~1:…~>" with the generation of its key:
 * XSalsa20-Poly1305 with a nonce of its own. The rest stays readable, and a JSON text stays JSON.
 * Octets are sealed whole. What is looked up is a keyed hash beside it.
 */
#ifndef STORE_SECRET_SEAL_H
#define STORE_SECRET_SEAL_H

#include "store/secret/keys.h"

#define SEAL_OVERHEAD 49 /* octets that sealing adds to octets: mark, generation, nonce, tag */
#define SEAL_MARK     "\0kabar1\n"
#define SEAL_MARK_SIZE 8
#define SEAL_HASH     33 /* of a look-up, hexadecimal, with its NUL */

/* NULL: there is nothing to seal. Else a new text, for free(). */
char *seal_text(const struct keys *keys, const char *text);
/* NULL: there is no token. Else a new text, for free(), in which every token that these keys open
 * is what it was; without keys they become "****". */
char *unseal_text(const struct keys *keys, const char *text);
/* A new buffer of length + SEAL_OVERHEAD octets, for free(). */
unsigned char *seal_octets(const struct keys *keys, const void *data, size_t length);
bool octets_sealed(const void *data, size_t length);
/* In place; the new length. What these keys do not open becomes empty. */
size_t unseal_octets(const struct keys *keys, unsigned char *data, size_t length);

/* Does it hold something that the newest key has not sealed? */
bool text_needs_seal(const struct keys *keys, const char *text);
bool octets_need_seal(const struct keys *keys, const void *data, size_t length);

/* For equality only, always the same under one key. */
void seal_lookup(const struct key *key, const char *text, char hash[SEAL_HASH]);
/* For what is compared and never read again; stays the same when keys are rotated. */
void seal_blind(const struct keys *keys, const void *data, size_t length, unsigned char *hash,
	size_t size);

#endif
