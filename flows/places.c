/* The places of the store as a gazetteer, loaded again when another connection changed them. */
#include "flows/flow.h"
#include "store/person.h"
#include "store/store.h"

int flow_refresh(struct flow *flow)
{
	struct gazetteer *fresh;
	int64_t version;
	int error = store_version(flow->store, &version);

	if (error != OK)
		return error;
	if (flow->own != NULL && version == flow->version)
		return OK;
	error = store_gazetteer_load(flow->store, &fresh);
	if (error != OK)
		return error;
	gazetteer_free(flow->own);
	flow->own = fresh;
	flow->places = fresh;
	flow->version = version;
	return OK;
}

void flow_release(struct flow *flow)
{
	gazetteer_free(flow->own);
	flow->own = NULL;
	flow->places = NULL;
}
