/* The schema of the SQLite store as numbered steps. A step that was released is never changed: add
 * one.
 *
 * Codes of areas compare as octets, so that an ancestor is a range: code >= 'x' AND code < 'x/'.
 */
#include "store/sqlite/sqlite_schema.h"

static const char places[] =
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"INSERT INTO meta VALUES ('places', 1);"
	"CREATE TABLE areas (code TEXT PRIMARY KEY, parent TEXT REFERENCES areas(code),"
	" level TEXT NOT NULL, name TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE puskesmas (id TEXT PRIMARY KEY, name TEXT NOT NULL, areas TEXT NOT NULL,"
	" active INTEGER NOT NULL DEFAULT 1) STRICT, WITHOUT ROWID;"
	"CREATE TABLE posyandu (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
	" area TEXT NOT NULL REFERENCES areas(code), active INTEGER NOT NULL DEFAULT 1)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX posyandu_by_area ON posyandu (area, id);"
	"CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL,"
	" areas TEXT NOT NULL, posyandu TEXT, language TEXT NOT NULL, state TEXT NOT NULL) STRICT;"
	"CREATE TABLE phones (phone TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES "
	"people(id))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX phones_by_person ON phones (person, phone);"
	"CREATE TABLE people_areas (area TEXT NOT NULL, person INTEGER NOT NULL REFERENCES "
	"people(id),"
	" PRIMARY KEY (area, person)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX people_areas_by_person ON people_areas (person);";

static const char messages[] =
	"CREATE TABLE inbound (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, link TEXT NOT NULL,"
	" source TEXT NOT NULL, destination TEXT NOT NULL, octets BLOB NOT NULL,"
	" esm_class INTEGER NOT NULL, data_coding INTEGER NOT NULL, received INTEGER NOT NULL,"
	" text TEXT, state TEXT NOT NULL, intent TEXT, digest BLOB) STRICT;"
	"CREATE INDEX inbound_by_source ON inbound (source, id);"
	"CREATE INDEX inbound_by_received ON inbound (received);"
	"CREATE TABLE redeliveries (digest BLOB PRIMARY KEY, inbound INTEGER NOT NULL,"
	" received INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE parts (link TEXT NOT NULL, source TEXT NOT NULL, destination TEXT NOT NULL,"
	" ref INTEGER NOT NULL, total INTEGER NOT NULL, number INTEGER NOT NULL,"
	" inbound INTEGER NOT NULL REFERENCES inbound(id) ON DELETE CASCADE, payload BLOB NOT NULL,"
	" received INTEGER NOT NULL, PRIMARY KEY (source, link, destination, ref, total, number))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX parts_by_inbound ON parts (inbound);"
	"CREATE INDEX parts_by_received ON parts (received);"
	"CREATE TABLE outbox (id INTEGER PRIMARY KEY, inbound INTEGER, kind TEXT NOT NULL, link "
	"TEXT,"
	" recipient TEXT NOT NULL, text TEXT NOT NULL, ref TEXT, state TEXT NOT NULL, owner TEXT,"
	" message_id TEXT, created INTEGER NOT NULL, due INTEGER NOT NULL,"
	" tries INTEGER NOT NULL DEFAULT 0, session TEXT) STRICT;"
	"CREATE INDEX outbox_waiting ON outbox (due, id) WHERE state = 'waiting';"
	"CREATE INDEX outbox_claimed ON outbox (owner, id) WHERE state IN ('claimed', 'unsure')"
	" AND owner IS NOT NULL;"
	"CREATE INDEX outbox_by_inbound ON outbox (inbound) WHERE inbound IS NOT NULL;"
	"CREATE INDEX outbox_by_message ON outbox (message_id) WHERE message_id IS NOT NULL;"
	"CREATE INDEX outbox_by_ref ON outbox (ref) WHERE ref IS NOT NULL;";

static const char reports[] =
	"CREATE TABLE serials (kabupaten TEXT NOT NULL, letter_month TEXT NOT NULL,"
	" last INTEGER NOT NULL, PRIMARY KEY (kabupaten, letter_month)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE reports (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, kabupaten TEXT NOT NULL,"
	" version INTEGER NOT NULL, form TEXT NOT NULL, status TEXT NOT NULL, area TEXT NOT NULL,"
	" posyandu TEXT, date TEXT, sender TEXT NOT NULL, fields TEXT NOT NULL, problems TEXT NOT "
	"NULL,"
	" notes TEXT NOT NULL, match_name TEXT, inbound INTEGER NOT NULL, received INTEGER NOT "
	"NULL,"
	" revised INTEGER NOT NULL, original INTEGER NOT NULL, training INTEGER NOT NULL, actor "
	"TEXT)"
	" STRICT;"
	"CREATE UNIQUE INDEX reports_by_ref ON reports (ref, kabupaten);"
	"CREATE INDEX reports_by_sender ON reports (sender, status, received);"
	"CREATE INDEX reports_by_name ON reports (match_name, area, date)"
	" WHERE match_name IS NOT NULL;"
	"CREATE INDEX reports_by_posyandu ON reports (posyandu, form, date)"
	" WHERE posyandu IS NOT NULL;"
	"CREATE INDEX reports_by_area ON reports (area, date);"
	"CREATE INDEX reports_by_inbound ON reports (inbound);"
	"CREATE INDEX reports_by_original ON reports (original) WHERE original > 0;"
	"CREATE TABLE report_versions (report INTEGER NOT NULL REFERENCES reports(id),"
	" version INTEGER NOT NULL, form TEXT NOT NULL, status TEXT NOT NULL, area TEXT NOT NULL,"
	" posyandu TEXT, date TEXT, fields TEXT NOT NULL, problems TEXT NOT NULL, notes TEXT NOT "
	"NULL,"
	" match_name TEXT, revised INTEGER NOT NULL, original INTEGER NOT NULL,"
	" training INTEGER NOT NULL, actor TEXT, PRIMARY KEY (report, version)) STRICT, WITHOUT "
	"ROWID;";

static const char counts[] =
	"CREATE TABLE tally_day (area TEXT NOT NULL, indicator TEXT NOT NULL, day TEXT NOT NULL,"
	" count INTEGER NOT NULL, PRIMARY KEY (area, indicator, day)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE tally_month (area TEXT NOT NULL, indicator TEXT NOT NULL, month TEXT NOT "
	"NULL,"
	" count INTEGER NOT NULL, PRIMARY KEY (area, indicator, month)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE stocks (posyandu TEXT NOT NULL, indicator TEXT NOT NULL, month TEXT NOT NULL,"
	" area TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (posyandu, indicator, month))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX stocks_by_month ON stocks (indicator, month, area, value);"
	"CREATE TABLE stock_sums (area TEXT NOT NULL, indicator TEXT NOT NULL, period TEXT NOT "
	"NULL,"
	" value INTEGER NOT NULL, PRIMARY KEY (area, indicator, period)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE coverage_desa (form TEXT NOT NULL, area TEXT NOT NULL, month TEXT NOT NULL,"
	" count INTEGER NOT NULL, PRIMARY KEY (form, area, month)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE coverage_posyandu (form TEXT NOT NULL, area TEXT NOT NULL, month TEXT NOT "
	"NULL,"
	" posyandu TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (form, posyandu, month))"
	" STRICT, WITHOUT ROWID;";

static const char conversations[] =
	"CREATE TABLE deadlines (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL,"
	" due INTEGER NOT NULL, step INTEGER NOT NULL, data TEXT, UNIQUE (kind, subject)) STRICT;"
	"CREATE INDEX deadlines_by_due ON deadlines (due, id);"
	"CREATE TABLE jobs (job TEXT NOT NULL, period TEXT NOT NULL, taken INTEGER NOT NULL,"
	" PRIMARY KEY (job, period)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE sessions (kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL,"
	" expires INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX sessions_by_expiry ON sessions (expires);"
	"CREATE TABLE counters (kind TEXT NOT NULL, key TEXT NOT NULL, time_window TEXT NOT NULL,"
	" count INTEGER NOT NULL, PRIMARY KEY (kind, time_window, key)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE human (id INTEGER PRIMARY KEY, inbound INTEGER NOT NULL, received INTEGER "
	"NOT NULL,"
	" phone TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL) STRICT;"
	"CREATE INDEX human_by_state ON human (state, id);"
	"CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,"
	" action TEXT NOT NULL, subject TEXT NOT NULL, old_value TEXT, new_value TEXT) STRICT;"
	"CREATE INDEX audit_by_subject ON audit (subject, id);"
	"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
	" BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;"
	"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
	" BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;"
	"CREATE TRIGGER versions_no_update BEFORE UPDATE ON report_versions"
	" BEGIN SELECT raise(ABORT, 'versions of reports stay'); END;"
	"CREATE TRIGGER versions_no_delete BEFORE DELETE ON report_versions"
	" BEGIN SELECT raise(ABORT, 'versions of reports stay'); END;";

/* The same event is looked for by desa, name and day in an index alone; those that wait, by desa.
 */
static const char same_events[] =
	"CREATE INDEX reports_by_day_name ON reports (area, date, match_name)"
	" WHERE match_name IS NOT NULL;"
	"CREATE INDEX reports_waiting ON reports (area, date)"
	" WHERE status IN ('incomplete', 'question', 'suspect');";

/* SMSCs spell one id with and without leading zeros, in capitals or not. */
static const char receipts[] =
	"DROP INDEX outbox_by_message;"
	"CREATE INDEX outbox_by_message ON outbox (ltrim(lower(message_id), '0'))"
	" WHERE message_id IS NOT NULL;";

/* The web front: who may look, and the outlines of its maps. */
static const char front[] =
	"CREATE TABLE accounts (name TEXT PRIMARY KEY, hash TEXT NOT NULL, full_name TEXT NOT NULL,"
	" role TEXT NOT NULL, areas TEXT NOT NULL, state TEXT NOT NULL, epoch INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE outlines (code TEXT PRIMARY KEY, rings TEXT NOT NULL) STRICT, WITHOUT ROWID;";

/* What waits is claimed by class and link: an index that each claim reads from its beginning. The
 * classes are those of store/message/outbox.h. */
static const char classes[] =
	"ALTER TABLE outbox ADD COLUMN class INTEGER NOT NULL DEFAULT 2;"
	"UPDATE outbox SET class = CASE WHEN kind LIKE 'ussd%' THEN 0 WHEN kind = 'alert' THEN 1"
	" WHEN kind = 'reminder' THEN 4 ELSE 2 END WHERE state IN ('waiting', 'claimed', 'unsure');"
	"DROP INDEX outbox_waiting;"
	"CREATE INDEX outbox_waiting ON outbox (class, coalesce(link, ''), due, id, created)"
	" WHERE state = 'waiting';";

/* Who told a report, how it is linked with another one, and whether it was checked: its status
 * follows from them. What was stored before was told by people of the place. */
static const char standing[] =
	"ALTER TABLE reports ADD COLUMN link TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE reports ADD COLUMN standing TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE reports ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE reports ADD COLUMN match_nik TEXT;"
	"ALTER TABLE report_versions ADD COLUMN link TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE report_versions ADD COLUMN standing TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE report_versions ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;"
	"UPDATE reports SET verified = 1 WHERE status = 'verified';"
	"UPDATE reports SET link = CASE WHEN status = 'duplicate' THEN 'same'"
	" WHEN status = 'question' THEN 'replaces' ELSE 'belongs' END WHERE original > 0;"
	"UPDATE reports SET match_nik = json_extract(fields, '$.nik');"
	"UPDATE reports SET fields = json_set(fields, '$._story', json('true'))"
	" WHERE status = 'suspect';"
	"UPDATE reports SET standing = 'stranger' WHERE status = 'suspect' AND sender NOT IN"
	" (SELECT phone FROM phones);"
	"CREATE INDEX reports_by_nik ON reports (match_nik, date) WHERE match_nik IS NOT NULL;"
	"CREATE INDEX reports_by_sender_day ON reports (sender, date, match_name)"
	" WHERE match_name IS NOT NULL;"
	/* sums of quarters were kept under names without an end */
	"DELETE FROM stock_sums WHERE length(period) <> 4 AND period NOT GLOB '*-[01][0-9]';"
	"INSERT INTO stock_sums (area, indicator, period, value)"
	" SELECT substr(s.area, 1, l.length), s.indicator, s.quarter, sum(s.value)"
	" FROM (SELECT *, substr(month, 1, 4) || '-Q' || ((substr(month, 6) + 2) / 3)"
	" AS quarter, row_number() OVER (PARTITION BY posyandu,"
	" indicator, substr(month, 1, 4), (substr(month, 6) + 2) / 3 ORDER BY month DESC) AS place"
	" FROM stocks) s, (SELECT 2 AS length UNION SELECT 5 UNION SELECT 8 UNION SELECT 99) l"
	" WHERE s.place = 1 GROUP BY 1, 2, 3;";

/* What comes from a phone is compared with what went there. */
static const char recipients[] =
	"CREATE INDEX outbox_by_recipient ON outbox (recipient, created, id);";

/* A store has a name, which its copies share. */
static const char identity[] =
	"CREATE TABLE identity (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"INSERT INTO identity VALUES ('store', lower(hex(randomblob(16))));";

/* The audit trail as a chain: store/base/chain.h. What was written before is put into it when the
 * store gets its key. Rows change only where people are erased or a key is, in one transaction that
 * says so. */
static const char chain[] =
	"ALTER TABLE audit ADD COLUMN digest BLOB;"
	"ALTER TABLE audit ADD COLUMN mac BLOB;"
	"ALTER TABLE audit ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE audit_head (one INTEGER PRIMARY KEY, entries INTEGER NOT NULL,"
	" last INTEGER NOT NULL, mac BLOB NOT NULL, seal BLOB NOT NULL) STRICT;"
	"INSERT INTO audit_head SELECT 1, 0, coalesce(max(id), 0), zeroblob(32), x'' FROM audit;"
	"DROP TRIGGER audit_no_update;"
	"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
	" WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'rewriting')"
	" BEGIN SELECT raise(ABORT, 'the audit trail is append-only'); END;"
	"DROP TRIGGER versions_no_update;"
	"CREATE TRIGGER versions_no_update BEFORE UPDATE ON report_versions"
	" WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'rewriting')"
	" BEGIN SELECT raise(ABORT, 'versions of reports stay'); END;";

/* Each index on a growing table costs every message a page: what only a person at a terminal asks
 * for goes without, and one index serves who asks by place with and without names, one who asks by
 * teller. What waits has small ones. */
static const char fewer_indexes[] =
	"DROP INDEX inbound_by_source; DROP INDEX inbound_by_received;"
	"DROP INDEX reports_by_name; DROP INDEX reports_by_inbound;"
	"DROP INDEX reports_by_area; DROP INDEX reports_by_day_name;"
	"DROP INDEX reports_by_sender; DROP INDEX reports_by_sender_day;"
	"CREATE INDEX reports_by_place ON reports (area, date, match_name);"
	"CREATE INDEX reports_by_teller ON reports (sender, date, match_name);"
	"CREATE INDEX reports_waiting_teller ON reports (sender)"
	" WHERE status IN ('incomplete', 'question', 'suspect');";

/* Additions to counts that are durable and not folded yet: store/base/merge.c. */
static const char tally_log[] =
	"CREATE TABLE tally_log (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;";

/* The gateways of a store: store/message/gateway.h. */
static const char gateways[] =
	"CREATE TABLE gateways (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL,"
	" holder TEXT NOT NULL, beat INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE gateway_links (gateway TEXT NOT NULL, link TEXT NOT NULL,"
	" PRIMARY KEY (gateway, link)) STRICT, WITHOUT ROWID;";

/* When a message went out and when it came to its end: kabarctl trace. */
static const char sent_times[] =
	"ALTER TABLE outbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE outbox ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;";

/* The day on which a place was taken off the list: until then it was among those that are to
 * tell. */
static const char closed[] =
	"ALTER TABLE areas ADD COLUMN closed TEXT;"
	"ALTER TABLE posyandu ADD COLUMN closed TEXT;";

/* Cases, and which reports belong to them: store/report/case.h. Open ones are found by desa and
 * name, by what they wait for, and by what ended them. */
static const char cases[] =
	"CREATE TABLE cases (id INTEGER PRIMARY KEY, form TEXT NOT NULL, area TEXT NOT NULL,"
	" posyandu TEXT, name TEXT NOT NULL, opened TEXT NOT NULL, last TEXT NOT NULL, due TEXT,"
	" same TEXT, class TEXT, state TEXT NOT NULL, closed TEXT, ref TEXT NOT NULL,"
	" marks TEXT NOT NULL, first INTEGER NOT NULL, ended_by INTEGER NOT NULL,"
	" contacts INTEGER NOT NULL, risk INTEGER NOT NULL, asked INTEGER NOT NULL) STRICT;"
	"CREATE INDEX cases_by_name ON cases (area, form, name);"
	"CREATE INDEX cases_open ON cases (form, area, due) WHERE closed IS NULL;"
	"CREATE INDEX cases_closed ON cases (form, closed) WHERE closed IS NOT NULL;"
	"CREATE INDEX cases_by_end ON cases (ended_by) WHERE ended_by > 0;"
	"CREATE TABLE case_reports (report INTEGER PRIMARY KEY, case_id INTEGER NOT NULL,"
	" date TEXT NOT NULL) STRICT;"
	"CREATE INDEX case_reports_by_case ON case_reports (case_id, date);";

/* What went out to a phone lately is known in memory: store/message/lately.c. */
static const char no_recipients[] = "DROP INDEX outbox_by_recipient;";

/* A list of three in the condition of an index is a table that SQLite builds with each row. */
static const char waiting_words[] =
	"DROP INDEX reports_waiting; DROP INDEX reports_waiting_teller;"
	"CREATE INDEX reports_waiting ON reports (area, date)"
	" WHERE status = 'incomplete' OR status = 'question' OR status = 'suspect';"
	"CREATE INDEX reports_waiting_teller ON reports (sender)"
	" WHERE status = 'incomplete' OR status = 'question' OR status = 'suspect';";

/* Yearly target populations: store/report/target.h. */
static const char targets[] =
	"CREATE TABLE targets (place TEXT NOT NULL, name TEXT NOT NULL, year INTEGER NOT NULL,"
	" value INTEGER NOT NULL, PRIMARY KEY (name, year, place)) STRICT, WITHOUT ROWID;";

/* Pages look for the deaths of some days, and for what waits since some days: both are told by the
 * index, not by each row. */
static const char pages_by_index[] =
	"DROP INDEX reports_by_place;"
	"CREATE INDEX reports_by_place ON reports (area, date, match_name, form);"
	"DROP INDEX reports_waiting;"
	"CREATE INDEX reports_waiting ON reports (area, date, received)"
	" WHERE status = 'incomplete' OR status = 'question' OR status = 'suspect';";

/* What the next report of a case needs to know of the ones before; who is reminded stands among the
 * deadlines. Stocks that are counted by name. */
static const char known[] =
	"ALTER TABLE cases DROP COLUMN asked;"
	"ALTER TABLE cases ADD COLUMN known TEXT;"
	"ALTER TABLE stocks ADD COLUMN named INTEGER NOT NULL DEFAULT 0;";

/* Reports by place and teller: store/base/filed.h. The reports of a run of numbers stand together,
 * so that new ones share pages however many tellers and reports there are. Who changes where a
 * report is filed is seen by the triggers, in the same statement. */
#define FILED	  "(SELECT value FROM meta WHERE key = 'filed')"
#define OLD_PLACE "old.area, coalesce(old.date, ''), coalesce(old.match_name, ''), old.form"
#define NEW_PLACE "new.area, coalesce(new.date, ''), coalesce(new.match_name, ''), new.form"
#define OLD_OUT                                                                                    \
	"DELETE FROM report_places WHERE (area, date, match_name, form, id) = (" OLD_PLACE         \
	", old.id);"                                                                               \
	"DELETE FROM report_tellers WHERE (run, sender, date, match_name, id) = (old.id >> 16,"    \
	" old.sender, coalesce(old.date, ''), coalesce(old.match_name, ''), old.id);"
static const char filing[] =
	"CREATE TABLE report_places (area TEXT NOT NULL, date TEXT NOT NULL, match_name TEXT NOT "
	"NULL, form TEXT NOT NULL, id INTEGER NOT NULL,"
	" PRIMARY KEY (area, date, match_name, form, id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE report_tellers (run INTEGER NOT NULL, sender TEXT NOT NULL, date TEXT NOT "
	"NULL, match_name TEXT NOT NULL, id INTEGER NOT NULL,"
	" PRIMARY KEY (run, sender, date, match_name, id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE report_runs (run INTEGER PRIMARY KEY) STRICT;"
	"INSERT INTO report_places SELECT area, coalesce(date, ''), coalesce(match_name, ''), form,"
	" id FROM reports ORDER BY 1, 2, 3, 4, 5;"
	"INSERT INTO report_tellers SELECT id >> 16, sender, coalesce(date, ''),"
	" coalesce(match_name, ''), id FROM reports ORDER BY 1, 2, 3, 4, 5;"
	"INSERT INTO report_runs SELECT DISTINCT id >> 16 FROM reports;"
	"INSERT INTO meta SELECT 'filed', coalesce(max(id), 0) FROM reports;"
	"DROP INDEX reports_by_place; DROP INDEX reports_by_teller;"
	"CREATE VIEW by_place AS SELECT area, date, match_name, form, id FROM report_places"
	" UNION ALL SELECT area, date, match_name, form, id FROM reports WHERE id > " FILED ";"
	"CREATE VIEW by_teller AS SELECT sender, date, match_name, id FROM report_runs r"
	" CROSS JOIN report_tellers t ON t.run = r.run"
	" UNION ALL SELECT sender, date, match_name, id FROM reports WHERE id > " FILED ";"
	"CREATE TRIGGER reports_moved AFTER UPDATE OF area, date, match_name, form, sender"
	" ON reports"
	" WHEN (" OLD_PLACE ", old.sender) <> (" NEW_PLACE ", new.sender) AND new.id <= " FILED
	" BEGIN " OLD_OUT
	" INSERT INTO report_places VALUES (" NEW_PLACE ", new.id);"
	" INSERT INTO report_tellers VALUES (new.id >> 16, new.sender, coalesce(new.date, ''),"
	" coalesce(new.match_name, ''), new.id); END;"
	"CREATE TRIGGER reports_gone AFTER DELETE ON reports WHEN old.id <= " FILED
	" BEGIN " OLD_OUT
	" UPDATE meta SET value = min(value, (SELECT coalesce(max(id), 0) FROM reports))"
	" WHERE key = 'filed'; END;";

/* Reports of a posyandu that name somebody (store/base/filed.h): many posyandu weigh at once, and
 * each report would cost a page of an index. What a posyandu tells of its session is asked for with
 * each, and keeps the index. */
#define POSYANDU_ROW(row)                                                                          \
	row ".id >> 16, " row ".posyandu, " row ".form, coalesce(" row ".date, ''), " row ".id"
#define POSYANDU_OUT                                                                               \
	"DELETE FROM report_posyandu WHERE (run, posyandu, form, date, id) = ("                    \
	POSYANDU_ROW("old") ");"
static const char filing_posyandu[] =
	"CREATE TABLE report_posyandu (run INTEGER NOT NULL, posyandu TEXT NOT NULL, form TEXT NOT "
	"NULL, date TEXT NOT NULL, id INTEGER NOT NULL,"
	" PRIMARY KEY (run, posyandu, form, date, id)) STRICT, WITHOUT ROWID;"
	"INSERT INTO report_posyandu SELECT " POSYANDU_ROW("r") " FROM reports r WHERE posyandu IS "
	"NOT NULL AND match_name IS NOT NULL AND id <= " FILED " ORDER BY 1, 2, 3, 4, 5;"
	"DROP INDEX reports_by_posyandu;"
	"CREATE INDEX reports_by_posyandu ON reports (posyandu, form, date)"
	" WHERE posyandu IS NOT NULL AND match_name IS NULL;"
	"CREATE VIEW by_posyandu AS SELECT posyandu, form, date, id FROM report_runs r"
	" CROSS JOIN report_posyandu p ON p.run = r.run"
	" UNION ALL SELECT posyandu, form, date, id FROM reports WHERE posyandu IS NOT NULL"
	" AND match_name IS NULL"
	" UNION ALL SELECT posyandu, form, date, id FROM reports WHERE id > " FILED
	" AND match_name IS NOT NULL;"
	"CREATE TRIGGER reports_moved_posyandu AFTER UPDATE OF posyandu, form, date, match_name"
	" ON reports WHEN new.id <= " FILED " AND (old.posyandu IS NOT new.posyandu OR old.form <>"
	" new.form OR old.date IS NOT new.date OR (old.match_name IS NULL) <> (new.match_name IS"
	" NULL)) BEGIN " POSYANDU_OUT
	" INSERT INTO report_posyandu SELECT " POSYANDU_ROW("new") " WHERE new.posyandu IS NOT"
	" NULL AND new.match_name IS NOT NULL; END;"
	"CREATE TRIGGER reports_gone_posyandu AFTER DELETE ON reports BEGIN " POSYANDU_OUT " END;";

/* PostgreSQL's alone. */
static const char plain_log[] = "SELECT 1;";

static const char *const steps[] = {
	places, messages, reports, counts, conversations, same_events,
	receipts, front, classes, standing, recipients,
	identity, chain, fewer_indexes, tally_log, gateways, sent_times,
	closed,
	cases, no_recipients, waiting_words, targets, pages_by_index, known, filing,
	plain_log, filing_posyandu};

const struct migrations *sqlite_migrations(void)
{
	static const struct migrations migrations = {steps, COUNT_OF(steps)};

	return &migrations;
}
