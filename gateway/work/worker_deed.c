/* What a person at a screen does, as one item of the batch. See flows/desk/desk.h. */
#include <stdlib.h>

#include "flows/desk/desk.h"
#include "gateway/work/worker_state.h"

int worker_run_deed(struct worker *worker, struct item *item)
{
	const char *answer;
	int rc = desk_run(&worker->flow, item->u.deed.request, &answer);

	if (rc != OK)
		return rc;
	free(item->u.deed.answer); /* of a batch that was rolled back */
	item->u.deed.answer = xstrdup(answer);
	return OK;
}
