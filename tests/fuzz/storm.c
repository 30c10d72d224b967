/* The main() of a fuzz target that runs long without feedback: it loads a corpus once and tries as
 * many changed texts as it is told, at the speed of the target. No instrumentation but that of the
 * sanitizers, so some thousand a second where a coverage guided fuzzer does some hundreds.
 *
 * storm COUNT SEED FINDINGS FILE|DIRECTORY...: FINDINGS is where inputs that ended the target are
 * kept. The texts are tried in slices, each in a child process that inherits what was loaded: a
 * finding, or a text that takes ten seconds of CPU, ends its slice only. The last line counts.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/text/util.h"
#include "tests/fuzz/mutate.h"
#include "tests/parsers/corpus_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length);

#define SLICE	      20000
#define SECONDS_MOST  10
#define FINDINGS_MOST 50

/* What the child is at, for the parent to see when it is gone. */
struct seen {
	unsigned long tried;
	size_t length;
	uint8_t octets[MUTANT_MOST];
};

static struct mutate_pool *pool;

static void add_file(const char *path)
{
	static uint8_t octets[1 << 20];
	FILE *file = fopen(path, "rb");

	if (!file)
		return;
	mutate_pool_add(pool, octets, fread(octets, 1, sizeof(octets), file));
	fclose(file);
}

/* Rows of a corpus: number, phone, text. Each as if a kader of the first kind sent it. */
static void add_rows(const char *path)
{
	static char line[1 << 16];
	FILE *file = fopen(path, "r");

	while (file && fgets(line, sizeof(line), file)) {
		char *rest = line, *text = NULL;

		for (int i = 0; i < 3 && rest; i++)
			text = strsep(&rest, "\t\n");
		if (line[0] != '#' && text && rest && *text) {
			char *plain = corpus_unescape(text), *input = xasprintf("-%s", plain);

			mutate_pool_add(pool, (const uint8_t *)input, strlen(input));
			free(input);
			free(plain);
		}
	}
	if (file)
		fclose(file);
}

static void add(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	const char *end = strrchr(path, '.');

	if (!directory && end && strcmp(end, ".tsv") == 0)
		add_rows(path);
	else if (!directory)
		add_file(path);
	while (directory && (entry = readdir(directory)) != NULL) {
		char *inside = xasprintf("%s/%s", path, entry->d_name);

		if (entry->d_name[0] != '.')
			add_file(inside);
		free(inside);
	}
	if (directory)
		closedir(directory);
}

static void try_one(struct seen *seen)
{
	uint8_t *exact;

	seen->length = mutate_make(pool, seen->octets);
	exact = memcpy(xcalloc(1, seen->length), seen->octets, seen->length);
	LLVMFuzzerTestOneInput(exact, seen->length);
	free(exact);
}

/* In a child; whether it came to its end. */
static bool slice(struct seen *seen, unsigned long count, unsigned long seed)
{
	const struct itimerval most = {.it_value.tv_sec = SECONDS_MOST};
	pid_t child;
	int status = 0;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		mutate_seed(pool, seed);
		for (; seen->tried < count; seen->tried++) {
			if (seen->tried % 64 == 0)
				(void)setitimer(ITIMER_PROF, &most, NULL);
			try_one(seen);
		}
		exit(0); /* leaks are looked for */
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

static void keep(const char *directory, const struct seen *seen, unsigned long number)
{
	char *path = xasprintf("%s/finding-%lu", directory, number);
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(seen->octets, 1, seen->length, file) != seen->length)
		perror(path);
	if (file)
		fclose(file);
	printf("# %s: after %lu texts\n", path, seen->tried);
	free(path);
}

int main(int argc, char **argv)
{
	struct seen *seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long count, seed, done = 0, findings = 0;

	if (argc < 5 || seen == MAP_FAILED) {
		fprintf(stderr, "usage: storm COUNT SEED FINDINGS FILE|DIRECTORY...\n");
		return 2;
	}
	count = strtoul(argv[1], NULL, 10);
	seed = strtoul(argv[2], NULL, 10);
	pool = mutate_pool_new();
	for (int i = 4; i < argc; i++)
		add(argv[i]);
	if (mutate_pool_count(pool) == 0) {
		fprintf(stderr, "storm: no corpus\n");
		return 2;
	}
	LLVMFuzzerTestOneInput((const uint8_t *)"-x", 2); /* loads what it needs, once for all */
	while (done < count && findings < FINDINGS_MOST) {
		seen->tried = 0;
		if (!slice(seen, count - done < SLICE ? count - done : SLICE, seed++))
			keep(argv[3], seen, ++findings);
		done += seen->tried + (seen->tried == 0);
	}
	printf("# %lu executions from %zu texts, %lu findings\n", done, mutate_pool_count(pool),
		findings);
	mutate_pool_free(pool);
	return findings > 0;
}
