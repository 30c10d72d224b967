/* Between the portable words of the topic files and PostgreSQL's: parameters, texts, errors. Pure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgres/postgres.h"

#define TAKEN "/* skip what is taken */" /* SKIP_TAKEN of store/statement/query.h */

char *postgres_sql(const char *sql)
{
	struct strbuf out = {0};
	char quote = '\0', number[16];
	int count = 0;

	for (; *sql; sql++) {
		if (!quote && strncmp(sql, TAKEN, strlen(TAKEN)) == 0) {
			strbuf_puts(&out, "FOR UPDATE SKIP LOCKED");
			sql += strlen(TAKEN) - 1;
			continue;
		}
		if (quote) {
			quote = *sql == quote ? '\0' : quote;
		} else if (*sql == '\'' || *sql == '"') {
			quote = *sql;
		} else if (*sql == '?') {
			snprintf(number, sizeof(number), "$%d", ++count);
			strbuf_puts(&out, number);
			continue;
		}
		strbuf_putc(&out, *sql);
	}
	return out.text ? out.text : xstrdup("");
}

/* The length of the character that begins here, by the rules of RFC 3629; 0: none does. */
static size_t character(const unsigned char *at, size_t left)
{
	size_t length = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 :
		*at < 0xf5 ? 4 : 0;

	if (length > left || length == 0 || *at == 0)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xed && at[1] > 0x9f) ||
		(*at == 0xf0 && at[1] < 0x90) || (*at == 0xf4 && at[1] > 0x8f))
		return 0;
	return length;
}

char *postgres_text(const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t good = 0, step;
	char *copy;

	while (good < length && (step = character(at + good, length - good)) > 0)
		good += step;
	if (good == length && !text[length])
		return NULL;
	copy = xcalloc(1, length + 1);
	memcpy(copy, text, length);
	while (good < length) {
		step = character(at + good, length - good);
		if (step == 0) {
			copy[good] = '?';
			step = 1;
		}
		good += step;
	}
	return copy;
}

int64_t postgres_number(const char *octets, int length)
{
	int64_t value = length > 0 && (octets[0] & 0x80) ? -1 : 0;

	for (int i = 0; i < length; i++)
		value = (int64_t)((uint64_t)value << 8 | (unsigned char)octets[i]);
	return value;
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

const void *postgres_octets(const char *text, size_t *length, char **room)
{
	*length = *length / 2 - 1; /* behind \x, two digits each */
	*room = xrealloc(*room, *length + 1, 1);
	for (size_t i = 0; i < *length; i++)
		(*room)[i] = (char)(nibble(text[2 * i + 2]) << 4 | nibble(text[2 * i + 3]));
	(*room)[*length] = '\0';
	return *room;
}

/* By prefix, the first that fits. What says that the store is not ours any more, or is damaged,
 * ends the program as an I/O error does: going on would set every message aside. */
static const struct {
	const char *prefix;
	int error;
} meanings[] = {
	{"08", ERR_STORE_BUSY},    /* connection */
	{"25006", ERR_STORE_BUSY}, /* a server that only reads: no longer the primary */
	{"40", ERR_STORE_BUSY},    /* serialization, deadlock */
	{"55P03", ERR_STORE_BUSY}, /* lock not available in time */
	{"55006", ERR_STORE_BUSY}, /* object in use */
	{"57", ERR_STORE_BUSY},    /* shut down, cancelled, starting up */
	{"25P03", ERR_STORE_BUSY}, /* idle too long in a transaction */
	{"53100", ERR_STORE_FULL},
	{"53", ERR_STORE_BUSY}, /* too little memory, too many connections */
	{"58", ERR_STORE_IO},
	{"XX001", ERR_STORE_IO},
	{"XX002", ERR_STORE_IO},
	{"42501", ERR_STORE_IO}, /* no right to it */
	{"42P01", ERR_STORE_IO}, /* no such table */
	{"3F000", ERR_STORE_IO}, /* no such schema */
};

int postgres_error(const char *sqlstate)
{
	for (size_t i = 0; sqlstate && i < COUNT_OF(meanings); i++) {
		if (strncmp(sqlstate, meanings[i].prefix, strlen(meanings[i].prefix)) == 0)
			return meanings[i].error;
	}
	return ERR_STORE;
}

void postgres_word(struct strbuf *out, const char *keyword, const char *value)
{
	strbuf_printf(out, "%s='", keyword);
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			strbuf_putc(out, '\\');
		strbuf_putc(out, *value);
	}
	strbuf_puts(out, "' ");
}
