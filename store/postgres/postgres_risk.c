/* Settings of the server under which a report that was acknowledged could be lost. */
#include "store/postgres/postgres_state.h"

/* Each row a setting and what is wrong with it; the first that holds is told. Of a pair of servers
 * only its own side is seen: that somebody copies the log shows in pg_stat_replication. */
static const char question[] =
	"SELECT CASE"
	" WHEN current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')"
	" THEN 'synchronous_commit is ' || current_setting('synchronous_commit')"
	" || ': what was acknowledged can be lost'"
	" WHEN current_setting('fsync') = 'off'"
	" THEN 'fsync is off: a power cut damages the store'"
	" WHEN current_setting('full_page_writes') = 'off'"
	" THEN 'full_page_writes is off: a power cut damages the store'"
	" WHEN current_setting('synchronous_standby_names') = '' AND EXISTS"
	" (SELECT 1 FROM pg_stat_replication WHERE application_name <> 'pg_basebackup')"
	" THEN 'there is a standby, but synchronous_standby_names is empty:"
	" a fail-over loses what was acknowledged last'"
	" ELSE '' END";

int postgres_risk(void *context, char *detail)
{
	struct postgres *db = context;
	struct pg_rows *rows = NULL;
	char *room = NULL;
	size_t length;
	int error = db->transaction ? OK : postgres_ensure(db, db->busy_ms);

	detail[0] = '\0';
	if (!error)
		error = postgres_ask(
			db, question, NULL, 0, db->transaction ? PG_FLUSH : PG_SYNC, &rows);
	if (!error)
		copy_string(detail, DETAIL_SIZE, pg_rows_data(rows, 0, 0, &room, &length));
	pg_rows_free(rows);
	return error;
}
