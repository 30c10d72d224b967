/* Free pieces by size: see pool.h. */
#include "store/sqlite/pool.h"

#include <pthread.h>
#include <stdlib.h>

#define STEP	 32	/* sizes are multiples of it */
#define SMALL	 2048	/* larger pieces are malloc's */
#define KEPT_MOST 256 /* pieces of a size that a thread keeps */

/* In front of each piece; as large as what must be aligned. */
struct head {
	size_t octets; /* behind it */
	struct head *next; /* of the free ones */
};

_Static_assert(sizeof(struct head) % _Alignof(max_align_t) == 0, "pieces are aligned");

struct pool {
	struct head *free[SMALL / STEP + 1];
	unsigned count[SMALL / STEP + 1];
	bool known; /* to be emptied with its thread */
};

static _Thread_local struct pool pool;
static pthread_key_t ending;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void empty(void *context)
{
	struct pool *of = context;

	for (size_t i = 0; i < COUNT_OF(of->free); i++) {
		while (of->free[i]) {
			struct head *next = of->free[i]->next;

			free(of->free[i]);
			of->free[i] = next;
		}
		of->count[i] = 0;
	}
	of->known = false;
}

static void prepare(void)
{
	if (pthread_key_create(&ending, empty) != 0)
		abort();
}

static void get_known(void)
{
	(void)pthread_once(&once, prepare);
	if (pthread_setspecific(ending, &pool) == 0)
		pool.known = true;
}

int pool_begin(void *unused)
{
	(void)unused;
	return 0;
}

void pool_end(void *unused)
{
	(void)unused;
}

int pool_round(int octets)
{
	return octets > SMALL ? (octets + 7) & ~7 : (octets + STEP - 1) / STEP * STEP;
}

void *pool_alloc(int octets)
{
	size_t room = (size_t)pool_round(octets), place = room / STEP;
	struct head *head = room > SMALL ? NULL : pool.free[place];

	if (octets <= 0)
		return NULL;
	if (head) {
		pool.free[place] = head->next;
		pool.count[place]--;
		return head + 1;
	}
	head = malloc(sizeof(*head) + room);
	if (!head)
		return NULL;
	head->octets = room;
	return head + 1;
}

void pool_free(void *piece)
{
	struct head *head = piece ? (struct head *)piece - 1 : NULL;
	size_t place;

	if (!head)
		return;
	place = head->octets / STEP;
	if (head->octets > SMALL || pool.count[place] == KEPT_MOST) {
		free(head);
		return;
	}
	if (!pool.known)
		get_known();
	if (!pool.known) {
		free(head);
		return;
	}
	head->next = pool.free[place];
	pool.free[place] = head;
	pool.count[place]++;
}

int pool_size(void *piece)
{
	return piece ? (int)((struct head *)piece - 1)->octets : 0;
}

void *pool_realloc(void *piece, int octets)
{
	int have = pool_size(piece);
	void *other;

	if (octets <= have && have <= SMALL)
		return piece;
	if (have > SMALL && octets > SMALL) {
		struct head *head = realloc((struct head *)piece - 1,
			sizeof(*head) + (size_t)pool_round(octets));

		if (!head)
			return NULL;
		head->octets = (size_t)pool_round(octets);
		return head + 1;
	}
	other = pool_alloc(octets);
	if (!other)
		return NULL;
	memcpy(other, piece, (size_t)(have < octets ? have : octets));
	pool_free(piece);
	return other;
}
