/* The thread that proves passwords: see passwords.h. */
#include "web/access/passwords.h"

#include <event2/event.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "parsers/text/error.h"

#define WAITING_MAX 16

struct proof {
	struct proof *next;
	char *hash, *password;
	bool known, right;
	void (*proven)(void *context, bool right);
	void *context;
};

struct passwords {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct proof *todo, *done;
	size_t waiting;
	bool stop;
	int fd;
	struct event *event;
	char nobody[crypto_pwhash_STRBYTES]; /* what an unknown account is compared with */
};

static void proof_free(struct proof *proof)
{
	sodium_memzero(proof->password, strlen(proof->password));
	free(proof->password);
	free(proof->hash);
	free(proof);
}

static void *prove(void *context)
{
	struct passwords *passwords = context;
	const uint64_t one = 1;

	pthread_mutex_lock(&passwords->lock);
	while (!passwords->stop) {
		struct proof *proof = passwords->todo;

		if (!proof) {
			pthread_cond_wait(&passwords->more, &passwords->lock);
			continue;
		}
		passwords->todo = proof->next;
		pthread_mutex_unlock(&passwords->lock);
		proof->right = crypto_pwhash_str_verify(proof->hash, proof->password,
				       strlen(proof->password)) == 0 &&
			proof->known;
		pthread_mutex_lock(&passwords->lock);
		proof->next = passwords->done;
		passwords->done = proof;
		if (write(passwords->fd, &one, sizeof(one)) < 0)
			continue; /* the counter is full: the loop is awake anyway */
	}
	pthread_mutex_unlock(&passwords->lock);
	return NULL;
}

static void on_done(evutil_socket_t fd, short what, void *context)
{
	struct passwords *passwords = context;
	struct proof *list;
	uint64_t count;

	(void)what;
	if (read(fd, &count, sizeof(count)) < 0)
		return;
	pthread_mutex_lock(&passwords->lock);
	list = passwords->done;
	passwords->done = NULL;
	pthread_mutex_unlock(&passwords->lock);
	while (list) {
		struct proof *next = list->next;

		passwords->waiting--;
		list->proven(list->context, list->right);
		proof_free(list);
		list = next;
	}
}

struct passwords *passwords_new(struct event_base *base)
{
	struct passwords *passwords = xcalloc(1, sizeof(*passwords));

	if (crypto_pwhash_str(passwords->nobody, "nobody", 6, crypto_pwhash_OPSLIMIT_INTERACTIVE,
		    crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		abort();
	pthread_mutex_init(&passwords->lock, NULL);
	pthread_cond_init(&passwords->more, NULL);
	passwords->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	passwords->event = event_new(base, passwords->fd, EV_READ | EV_PERSIST, on_done, passwords);
	event_add(passwords->event, NULL);
	if (pthread_create(&passwords->thread, NULL, prove, passwords) != 0)
		abort();
	return passwords;
}

static void list_free(struct proof *list)
{
	while (list) {
		struct proof *next = list->next;

		proof_free(list);
		list = next;
	}
}

void passwords_free(struct passwords *passwords)
{
	if (!passwords)
		return;
	pthread_mutex_lock(&passwords->lock);
	passwords->stop = true;
	pthread_cond_signal(&passwords->more);
	pthread_mutex_unlock(&passwords->lock);
	pthread_join(passwords->thread, NULL);
	list_free(passwords->todo);
	list_free(passwords->done);
	event_free(passwords->event);
	close(passwords->fd);
	free(passwords);
}

int passwords_prove(struct passwords *passwords, const char *hash, const char *password,
	void (*proven)(void *context, bool right), void *context)
{
	struct proof *proof, **tail;

	if (passwords->waiting >= WAITING_MAX)
		return ERR_LIMIT;
	passwords->waiting++;
	proof = xcalloc(1, sizeof(*proof));
	*proof = (struct proof){.hash = xstrdup(hash ? hash : passwords->nobody),
		.password = xstrdup(password),
		.known = hash != NULL,
		.proven = proven,
		.context = context};
	pthread_mutex_lock(&passwords->lock);
	for (tail = &passwords->todo; *tail;)
		tail = &(*tail)->next;
	*tail = proof;
	pthread_cond_signal(&passwords->more);
	pthread_mutex_unlock(&passwords->lock);
	return OK;
}
