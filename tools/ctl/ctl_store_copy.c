/* kabarctl store copy: a store of SQLite moved to PostgreSQL, and both compared row by row. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/copy.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"

static void on_copied(const struct copied *copied, void *context)
{
	(void)context;
	printf("%-20s %10" PRId64 " copied\n", copied->table, copied->rows);
}

static void on_compared(const struct copied *copied, void *context)
{
	(void)context;
	if (copied->differs)
		printf("%-20s differs at %s\n", copied->table, copied->differs);
	else
		printf("%-20s %10" PRId64 " the same\n", copied->table, copied->rows);
}

static int open_both(const char *path, const char *conninfo, struct store **from, struct store **to)
{
	const struct store_options source = {.driver = "sqlite", .path = path,
		.must_exist = true, .sealed = true};
	const struct store_options target = {
		.driver = "postgres", .conninfo = conninfo, .sealed = true};
	char detail[256] = "";
	int error = store_open(from, &source, detail);

	if (error) {
		fprintf(stderr, "kabarctl store: %s: %s\n", error_text(error), detail);
		return error;
	}
	error = store_open(to, &target, detail);
	if (error) {
		fprintf(stderr, "kabarctl store: %s: %s\n", error_text(error), detail);
		store_close(*from);
	}
	return error;
}

static int run(struct store *from, struct store *to, bool compare_only)
{
	int error = compare_only ? OK : store_copy(from, to, on_copied, NULL);

	if (error == ERR_EXISTS)
		fputs("kabarctl store: the target holds another store already\n", stderr);
	else if (error)
		fprintf(stderr, "kabarctl store: %s: %s %s\n", error_text(error),
			store_detail(to), store_detail(from));
	if (error)
		return error;
	error = store_copy_verify(from, to, on_compared, NULL);
	if (error == ERR_STATE)
		fputs("kabarctl store: the two differ\n", stderr);
	else if (error)
		fprintf(stderr, "kabarctl store: %s: %s %s\n", error_text(error),
			store_detail(to), store_detail(from));
	else
		puts("all rows are the same. The counts: kabarctl verify, with the new store in "
		     "kabar.conf");
	return error;
}

int ctl_store_copy(int argc, char **argv)
{
	const char *source = NULL, *target = NULL;
	bool compare_only = false;
	const struct ctl_option options[] = {{"from", &source, NULL}, {"to", &target, NULL},
		{"verify", NULL, &compare_only}, {0}};
	struct store *from, *to;
	int error;

	if (ctl_options(argc, argv, options) < 0)
		return 2;
	if (!source || !target || strncmp(source, "sqlite:", 7) != 0)
		return ctl_usage_error("store",
			"copy: give --from sqlite:FILE and --to \"CONNINFO\" of PostgreSQL");
	if (open_both(source + 7, target, &from, &to))
		return 1;
	error = run(from, to, compare_only);
	store_close(to);
	store_close(from);
	return error ? 1 : 0;
}
