/* One statement for many sets of parameters: lists of them as PostgreSQL takes them, and the words
 * that spread a list over its rows. Pure. See together.h.
 */
#include <stdlib.h>
#include <string.h>

#include "store/postgres/postgres.h"

#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25

static const struct {
	char letter;
	enum param_type type, list;
	unsigned oid;
	const char *cast;
} kinds[] = {
	{'I', PARAM_INT, PARAM_INTS, OID_INT8, "bigint[]"},
	{'T', PARAM_TEXT, PARAM_TEXTS, OID_TEXT, "text[]"},
	{'B', PARAM_BLOB, PARAM_BLOBS, OID_BYTEA, "bytea[]"},
};

static void put_number(struct strbuf *out, uint64_t value, int octets)
{
	char room[8];

	for (int i = octets; i-- > 0; value >>= 8)
		room[i] = (char)value;
	strbuf_add(out, room, (size_t)octets);
}

static void put_item(struct strbuf *out, const struct param *item)
{
	char *copy = NULL;

	if (item->type == PARAM_NULL) {
		put_number(out, (uint64_t)-1, 4);
		return;
	}
	if (item->type == PARAM_INT) {
		put_number(out, 8, 4);
		put_number(out, (uint64_t)item->integer, 8);
		return;
	}
	if (item->type == PARAM_TEXT)
		copy = postgres_text(item->data, item->length);
	put_number(out, item->length, 4);
	strbuf_add(out, copy ? copy : item->data, item->length);
	free(copy);
}

/* Dimensions, whether there are NULLs, type; length and lower bound of the one dimension; items. */
char *postgres_list(const struct param *list, size_t *length)
{
	const struct param *items = list->data;
	struct strbuf out = {0};
	unsigned oid = 0;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		oid = kinds[i].list == list->type ? kinds[i].oid : oid;
	put_number(&out, 1, 4);
	put_number(&out, 1, 4);
	put_number(&out, oid, 4);
	put_number(&out, list->length, 4);
	put_number(&out, 1, 4);
	for (size_t i = 0; i < list->length; i++)
		put_item(&out, &items[i]);
	*length = out.length;
	return out.text;
}

static const char *cast_of(char letter)
{
	size_t kind = 0;

	while (kinds[kind].letter != letter)
		kind++;
	return kinds[kind].cast;
}

/* "SELECT unnest(?::bigint[]) AS p1, unnest(?::text[]) AS p2": a row for each item. A function in
 * FROM would write each list to a table of its own first. */
static void put_rows(struct strbuf *out, const char *types)
{
	for (size_t i = 0; types[i]; i++)
		strbuf_printf(out, "%sunnest(?::%s) AS p%zu", i ? ", " : "SELECT ",
			cast_of(types[i]), i + 1);
}

/* "unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS k (p1, p2, n)": what is joined with a table
 * has its rows estimated so. */
static void put_sets(struct strbuf *out, const char *types)
{
	for (size_t i = 0; types[i]; i++)
		strbuf_printf(out, "%s?::%s", i ? ", " : "unnest(", cast_of(types[i]));
	strbuf_puts(out, ") WITH ORDINALITY AS k (");
	for (size_t i = 0; types[i]; i++)
		strbuf_printf(out, "p%zu, ", i + 1);
	strbuf_puts(out, "n)");
}

/* The words up to `end`; for each parameter that of the set. */
static void put_words(struct strbuf *out, const char *sql, const char *end, size_t *number)
{
	char quote = '\0';

	for (; sql < end; sql++) {
		if (quote)
			quote = *sql == quote ? '\0' : quote;
		else if (*sql == '\'' || *sql == '"')
			quote = *sql;
		else if (*sql == '?') {
			strbuf_printf(out, "k.p%zu", ++*number);
			continue;
		}
		strbuf_putc(out, *sql);
	}
}

static bool begins(const char *sql, const char *word)
{
	return strncmp(sql, word, strlen(word)) == 0;
}

/* From "VALUES (?,?) rest" to "SELECT … rest": the values are its parameters, in their order. */
static void put_insert(struct strbuf *out, const char *sql, const char *types)
{
	const char *values = strstr(sql, "VALUES ("), *rest = strchr(values, ')') + 1;

	strbuf_add(out, sql, (size_t)(values - sql));
	put_rows(out, types);
	strbuf_puts(out, rest);
}

/* word: FROM or USING, in front of its WHERE. */
static void put_change(struct strbuf *out, const char *sql, const char *types, const char *word)
{
	const char *where = strstr(sql, " WHERE ");
	struct strbuf sets = {0};
	size_t number = 0;

	put_words(out, sql, where, &number);
	put_sets(&sets, types);
	strbuf_printf(out, " %s %s", word, sets.text);
	put_words(out, where, where + strlen(where), &number);
	strbuf_free(&sets);
}

char *postgres_write_many(const char *sql, const char *types)
{
	struct strbuf out = {0};

	if (begins(sql, "INSERT"))
		put_insert(&out, sql, types);
	else
		put_change(&out, sql, types, begins(sql, "UPDATE") ? "FROM" : "USING");
	return out.text;
}

/* What was changed has one row, without columns. */
char *postgres_read_many(const char *sql, const char *types)
{
	struct strbuf out = {0};
	size_t number = 0;

	if (!begins(sql, "SELECT")) {
		put_change(&out, sql, types, "FROM");
		strbuf_puts(&out, " RETURNING k.n");
		return out.text;
	}
	strbuf_puts(&out, "SELECT k.n, q.* FROM ");
	put_sets(&out, types);
	strbuf_puts(&out, " CROSS JOIN LATERAL (");
	put_words(&out, sql, sql + strlen(sql), &number);
	strbuf_puts(&out, ") AS q");
	return out.text;
}
