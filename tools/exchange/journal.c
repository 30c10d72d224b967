/* One line per item: "+ KEY STATE" was taken, "- KEY STATE" was refused. See journal.h. */
#include "tools/exchange/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "parsers/text/table.h"

#define HEAD "# kabarctl push to "

struct known {
	char *key, *state;
	UT_hash_handle hh;
};

struct journal {
	int fd;
	struct known *taken;
	struct strbuf lines; /* not written yet */
};

static void note(struct journal *journal, const char *key, const char *state, bool taken)
{
	struct known *known;

	HASH_FIND_STR(journal->taken, key, known);
	if (!known && taken) {
		known = xcalloc(1, sizeof(*known));
		known->key = xstrdup(key);
		HASH_ADD_KEYPTR(hh, journal->taken, known->key, strlen(known->key), known);
	}
	if (!known)
		return;
	free(known->state);
	known->state = taken ? xstrdup(state) : NULL;
}

/* A last line without its end was cut off by a kill: it does not count, and goes. */
static int lines_read(struct journal *journal, FILE *in, const char *server)
{
	char *line = NULL, key[256], state[64], sign;
	size_t room = 0;
	off_t good = 0;
	ssize_t length;
	bool head = true, ours = true;

	while (ours && (length = getline(&line, &room, in)) > 0 && line[length - 1] == '\n') {
		line[length - 1] = '\0';
		if (head)
			ours = strncmp(line, HEAD, strlen(HEAD)) == 0 &&
				strcmp(line + strlen(HEAD), server) == 0;
		else if (sscanf(line, "%c %255s %63s", &sign, key, state) == 3)
			note(journal, key, state, sign == '+');
		head = false;
		good += length;
	}
	free(line);
	if (!ours)
		return ERR_SYNTAX;
	if (ftruncate(journal->fd, good) != 0)
		return ERR_SYSTEM;
	if (head)
		strbuf_printf(&journal->lines, HEAD "%s\n", server);
	return OK;
}

int journal_open(struct journal **out, const char *path, const char *server)
{
	struct journal *journal = xcalloc(1, sizeof(*journal));
	int error = ERR_SYSTEM;
	FILE *in = NULL;

	*out = journal;
	journal->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	if (journal->fd >= 0 && flock(journal->fd, LOCK_EX | LOCK_NB) != 0)
		error = errno == EWOULDBLOCK ? ERR_EXISTS : ERR_SYSTEM;
	else if (journal->fd >= 0)
		in = fopen(path, "re");
	if (in) {
		error = lines_read(journal, in, server);
		fclose(in);
	}
	if (!error)
		error = journal_sync(journal);
	if (error) {
		int cause = errno;

		journal_close(journal);
		*out = NULL;
		errno = cause;
	}
	return error;
}

void journal_close(struct journal *journal)
{
	struct known *known, *next;

	if (!journal)
		return;
	HASH_ITER (hh, journal->taken, known, next) {
		HASH_DEL(journal->taken, known);
		free(known->key);
		free(known->state);
		free(known);
	}
	if (journal->fd >= 0)
		close(journal->fd);
	strbuf_free(&journal->lines);
	free(journal);
}

bool journal_taken(const struct journal *journal, const struct item *item)
{
	struct known *known;

	HASH_FIND_STR(journal->taken, item->key, known);
	return known && known->state && strcmp(known->state, item->state) == 0;
}

void journal_add(struct journal *journal, const struct item *item, bool taken)
{
	strbuf_printf(&journal->lines, "%c %s %s\n", taken ? '+' : '-', item->key, item->state);
	note(journal, item->key, item->state, taken);
}

int journal_sync(struct journal *journal)
{
	struct strbuf *lines = &journal->lines;
	size_t done = 0;

	while (done < lines->length) {
		ssize_t wrote = write(journal->fd, lines->text + done, lines->length - done);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return ERR_SYSTEM;
		done += (size_t)wrote;
	}
	strbuf_clear(lines);
	return fdatasync(journal->fd) == 0 ? OK : ERR_SYSTEM;
}
