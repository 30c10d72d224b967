/* kabarctl verify: everything that is counted, computed again from the reports; the audit trail,
 * row by row. */
#include <stdio.h>

#include "flows/change/recount.h"
#include "store/people/audit.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/common/ctl_world.h"

static void say(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	(void)context;
	printf("%s %s %s %s: kept %lld, the reports say %lld\n", table, place, what, when,
		(long long)kept, (long long)told);
}

static void say_audit(int64_t id, const char *trouble, void *context)
{
	(void)context;
	if (id)
		printf("audit row %lld %s\n", (long long)id, trouble);
	else
		printf("audit: %s\n", trouble);
}

static int verify_audit(struct ctl_world *world)
{
	struct audit_verdict verdict;
	int error = store_audit_verify(world->store, say_audit, NULL, &verdict);

	if (error)
		return ctl_world_status(world, error);
	printf("%lld audit rows, %lld erased, chain %s, last %s\n", (long long)verdict.rows,
		(long long)verdict.erased,
		verdict.troubles  ? "broken"
		: verdict.outside ? "holds but for what is older than it"
		: verdict.keyed   ? "holds"
				  : "holds (without a key: accidents only)",
		verdict.head);
	return verdict.troubles > 0;
}

static int verify_counts(struct ctl_world *world)
{
	struct recounted result;
	int error = recount(&world->flow, say, NULL, &result);

	if (error)
		return ctl_world_status(world, error);
	printf("%zu reports counted, %zu cells, %zu differ\n", result.reports, result.cells,
		result.differences);
	return result.differences > 0;
}

int ctl_verify(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_world world;
	int status;

	if (argc > 1)
		return ctl_usage_error(argv[0], "takes nothing");
	status = ctl_world_open(&world, ctl, argv[0], true) ? 1 : verify_counts(&world);
	if (world.store)
		status |= verify_audit(&world);
	ctl_world_close(&world);
	return status;
}
