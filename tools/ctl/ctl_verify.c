/* kabarctl verify: everything that is counted, computed again from the reports; the audit trail,
 * row by row. --mend sets right what differs. */
#include <stdio.h>

#include "flows/recount/mend.h"
#include "flows/recount/recount.h"
#include "store/base/lock.h"
#include "store/people/audit.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/common/ctl_world.h"
#include "tools/ctl/ctl_commands.h"

/* What is found, kept until all was read: who reads our output slowly holds up no journal. */
struct found {
	json_t *rows; /* NULL: as lines */
	struct strbuf lines;
};

static void say(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	struct found *found = context;

	if (found->rows)
		json_array_append_new(found->rows,
			json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "table", table, "place", place,
				"what", what, "when", when, "kept", (json_int_t)kept, "told",
				(json_int_t)told));
	else
		strbuf_printf(&found->lines, "%s %s %s %s: kept %lld, the reports say %lld\n",
			table, place, what, when, (long long)kept, (long long)told);
}

static void print_lines(struct found *found)
{
	if (found->lines.length > 0)
		fputs(found->lines.text, stdout);
	strbuf_free(&found->lines);
}

static void say_audit(int64_t id, const char *trouble, void *context)
{
	struct found *found = context;

	if (found->rows)
		json_array_append_new(found->rows,
			json_pack("{s:I, s:s}", "row", (json_int_t)id, "trouble", trouble));
	else if (id)
		strbuf_printf(&found->lines, "audit row %lld %s\n", (long long)id, trouble);
	else
		strbuf_printf(&found->lines, "audit: %s\n", trouble);
}

/* out: NULL, or the JSON object that takes what is found. */
static int verify_audit(struct ctl_world *world, json_t *out)
{
	struct found found = {.rows = out ? json_array() : NULL};
	struct audit_verdict verdict = {0};
	int error = store_audit_verify(world->store, say_audit, &found, &verdict);
	const char *chain = error         ? "unknown"
		: verdict.troubles        ? "broken"
		: verdict.outside         ? "holds but for what is older than it"
		: verdict.keyed           ? "holds"
					  : "holds (without a key: accidents only)";

	print_lines(&found);
	if (out)
		json_object_set_new(out, "audit",
			json_pack("{s:I, s:I, s:s, s:s, s:o}", "rows", (json_int_t)verdict.rows,
				"erased", (json_int_t)verdict.erased, "chain", chain, "last",
				verdict.head, "troubles", found.rows));
	if (error)
		return ctl_world_status(world, error);
	if (!out)
		printf("%lld audit rows, %lld erased, chain %s, last %s\n",
			(long long)verdict.rows, (long long)verdict.erased, chain, verdict.head);
	return verdict.troubles > 0;
}

static int verify_counts(struct ctl_world *world, json_t *out)
{
	struct found found = {.rows = out ? json_array() : NULL};
	struct recounted result = {0};
	int error = recount(&world->flow, say, &found, &result);

	print_lines(&found);
	if (out)
		json_object_set_new(out, "counts",
			json_pack("{s:I, s:I, s:I, s:o}", "reports", (json_int_t)result.reports,
				"cells", (json_int_t)result.cells, "differences",
				(json_int_t)result.differences, "differ", found.rows));
	if (error)
		return ctl_world_status(world, error);
	if (!out)
		printf("%zu reports counted, %zu cells, %zu differ\n", result.reports,
			result.cells, result.differences);
	return result.differences > 0;
}

/* In one transaction, and nobody counts meanwhile: gateways tell their operators "later". */
static int mend(struct ctl_world *world, json_t *out)
{
	size_t mended = 0;
	int error = store_batch_begin(world->store);

	if (error)
		return ctl_world_status(world, error);
	error = store_lock_all(world->store);
	if (!error)
		error = mend_all(&world->flow, &mended);
	if (!error && mended > 0)
		error = ctl_audit(world, "recount", "counts", NULL,
			arena_printf(world->arena, "%zu", mended));
	if (!error)
		error = store_batch_commit(world->store);
	else
		store_batch_rollback(world->store);
	if (error)
		return ctl_world_status(world, error);
	if (out)
		json_object_set_new(out, "mended", json_integer((json_int_t)mended));
	else
		printf("%zu set right\n", mended);
	return 0;
}

int ctl_verify(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false, mends = false;
	const struct ctl_option options[] = {
		{"json", NULL, &as_json}, {"mend", NULL, &mends}, {0}};
	int first = ctl_options(argc, argv, options), status;
	struct ctl_world world;
	json_t *out;

	if (first < 0)
		return 2;
	if (first < argc)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[first]);
	out = as_json ? json_object() : NULL;
	status = ctl_world_open(&world, ctl, argv[0], !mends) ? 1 : mends ? mend(&world, out) : 0;
	if (world.store && !status)
		status = verify_counts(&world, out);
	if (world.store)
		status |= verify_audit(&world, out);
	if (out && world.store)
		status |= ctl_json_print(json_incref(out));
	json_decref(out);
	ctl_world_close(&world);
	return status;
}
