/* How the store is doing, for health and status: the worker looks, any thread reads. See worker.h.
 */
#include "gateway/os/clock.h"
#include "gateway/work/worker.h"
#include "gateway/work/worker_state.h"
#include "parsers/number/date.h"
#include "store/message/gateway.h"

#define LOOK_MS	     5000
#define LATE_SECONDS 300 /* a deadline that is due for longer than this is overdue */

static int look_at_gateways(struct worker *worker, struct survey *survey)
{
	struct gateway_row rows[SURVEY_GATEWAYS];
	int rc = OK;

	arena_reset(worker->arena);
	if (worker->shared)
		rc = store_gateway_list(worker->store, worker->arena, rows, SURVEY_GATEWAYS,
			&survey->ngateway);
	for (size_t i = 0; rc == OK && i < survey->ngateway; i++) {
		struct survey_gateway *gateway = &survey->gateways[i];

		(void)copy_string(gateway->name, sizeof(gateway->name), rows[i].name);
		(void)copy_string(gateway->holder, sizeof(gateway->holder), rows[i].holder);
		gateway->silent = rows[i].silent;
	}
	return rc;
}

int worker_look_around(struct worker *worker)
{
	int64_t now = clock_now(), utc = clock_utc();
	struct survey survey = {.at = now, .utc = utc};
	char day[DATE_TEXT];
	int rc;

	atomic_store(&worker->last_tick, now);
	if (worker->survey.at && now - worker->survey.at < LOOK_MS)
		return OK;
	date_format(moment_local(utc, worker->config.settings->timezone).date, day);
	rc = store_figures(worker->store, utc - LATE_SECONDS, day, &survey.figures);
	if (rc == OK)
		rc = look_at_gateways(worker, &survey);
	if (rc != OK)
		return rc;
	if (worker->disk)
		disk_figures(worker->disk, &survey.disk);
	pthread_mutex_lock(&worker->survey_lock);
	worker->survey = survey;
	pthread_mutex_unlock(&worker->survey_lock);
	return OK;
}

void worker_survey(struct worker *worker, struct survey *out)
{
	pthread_mutex_lock(&worker->survey_lock);
	*out = worker->survey;
	pthread_mutex_unlock(&worker->survey_lock);
}
