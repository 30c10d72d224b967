/* Writing reports: references, the first version, later versions. See report.h. */
#include "store/report/report.h"

#include <string.h>

#include "store/base/ids.h"
#include "store/base/merge.h"
#include "store/base/serial.h"
#include "store/base/span.h"
#include "store/report/names.h"
#include "store/report/waits.h"
#include "store/secret/seal.h"
#include "store/statement/ahead.h"
#include "store/statement/bulk.h"
#include "store/statement/memo.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

/* The last that is written; a batch asks once. */
static int serial_last(struct store *store, const char *const *parts, int64_t *last)
{
	char key[MERGE_COUNTER_KEY];
	struct memo_value known;
	bool named = merge_serial_key(key, parts);
	int error;

	*last = 0;
	if (named && memo_find(store, MERGE_SERIALS, key, &known)) {
		memcpy(last, known.data, sizeof(*last));
		return OK;
	}
	error = query_int(store,
		"SELECT last FROM serials WHERE kabupaten = ? AND letter_month = ?",
		PARAMS(p_text(parts[0]), p_text(parts[1])), last);
	if (error && error != ERR_NOT_FOUND)
		return error;
	if (named)
		memo_put(store, MERGE_SERIALS, key,
			&(struct memo_value){last, sizeof(*last), INT64_MAX}, MEMO_READ);
	return OK;
}

/* A batch takes many of one kabupaten and month, and writes the last of them. */
int store_serial_next(
	struct store *store, const char *kabupaten, const char *letter_month, int *serial)
{
	const char *const parts[] = {kabupaten, letter_month};
	int64_t last = 0;
	struct span span;
	int error;

	if (serial_in_blocks(store))
		return serial_of_block(store, kabupaten, letter_month, serial);
	error = span_begin(&span, store);

	if (error)
		return error;
	error = serial_last(store, parts, &last);
	if (!error) {
		merge_add(store, MERGE_SERIAL, parts, 1);
		*serial = (int)(last + merge_pending(store, MERGE_SERIAL, parts));
	}
	return span_end(&span, error);
}

static struct param text_or(const char *text, const char *otherwise)
{
	return p_text(text ? text : otherwise);
}

static struct param secret_or(const char *text, const char *otherwise)
{
	return p_secret(text ? text : otherwise);
}

/* What a NIK is found by. */
static const char *lookup_of(const struct store *store, const char *nik, char hash[SEAL_HASH])
{
	if (!nik || !store->keys)
		return nik;
	seal_lookup(keys_newest(store->keys), nik, hash);
	return hash;
}

static void note_name(struct store *store, const struct report_row *row, bool again)
{
	names_note(store, &(struct named){row->id, row->area, row->sender, row->date,
			row->match_name, again});
}

static const struct bulk put_row = {
	"INSERT INTO reports (id, ref, kabupaten, version, form, status, area, posyandu, date, "
	"sender, fields, problems, notes, match_name, inbound, received, revised, original, "
	"training, actor, link, standing, verified, match_nik) "
	"VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	"ITTITTTTTTTTTTIIIIITTTIT", NULL, 0};

int store_report_put(struct store *store, struct report_row *row)
{
	char hash[SEAL_HASH];
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	row->version = 1;
	row->revised = row->received;
	waits_note(store, row->status, row->sender, row->area);
	error = ids_next(store, IDS_REPORTS, &row->id);
	if (!error)
		error = bulk_run(store, &put_row,
			ROW(p_int(row->id), p_text(row->ref), p_text(row->kabupaten),
				p_int(row->version), p_text(row->form), p_text(row->status),
				text_or(row->area, ""), p_text(row->posyandu), p_text(row->date),
				text_or(row->sender, ""), secret_or(row->fields, "{}"),
				secret_or(row->problems, "[]"), secret_or(row->notes, "[]"),
				p_text(row->match_name), p_int(row->inbound), p_int(row->received),
				p_int(row->revised), p_int(row->original), p_int(row->training),
				p_text(row->actor), text_or(row->link, ""),
				text_or(row->standing, ""), p_int(row->verified),
				p_text(lookup_of(store, row->match_nik, hash))));
	if (!error)
		note_name(store, row, false);
	store->told.inbound = row->inbound;
	copy_string(store->told.ref, sizeof(store->told.ref), row->ref);
	return span_end(&span, error);
}

/* The version that stands becomes history, word for word. */
static int keep_version(struct store *store, const struct report_row *row)
{
	int64_t version;
	int error = query_int(store,
		"INSERT INTO report_versions (report, version, form, status, area, posyandu, date, "
		"fields, "
		"problems, notes, match_name, revised, original, training, actor, link, standing, "
		"verified) "
		"SELECT id, version, form, status, area, posyandu, date, fields, problems, notes, "
		"match_name, revised, original, training, actor, link, standing, verified FROM "
		"reports "
		"WHERE id = ? AND version = ? RETURNING version",
		PARAMS(p_int(row->id), p_int(row->version)), &version);

	if (error != ERR_NOT_FOUND)
		return error;
	error = query_int(store, "SELECT version FROM reports WHERE id = ?", PARAMS(p_int(row->id)),
		&version);
	return error ? error : ERR_STATE;
}

int store_report_revise(struct store *store, struct report_row *row)
{
	char hash[SEAL_HASH];
	struct span span;
	int64_t version = 0;
	int error = span_begin(&span, store);

	if (error)
		return error;
	waits_note(store, row->status, row->sender, row->area);
	error = keep_version(store, row);
	if (!error)
		error = query_int(store,
			"UPDATE reports SET version = version + 1, form = ?, status = ?, area = ?, "
			"posyandu = ?, date = ?, fields = ?, problems = ?, notes = ?, match_name = "
			"?, "
			"revised = ?, original = ?, training = ?, actor = ?, link = ?, standing = "
			"?, verified = ?, match_nik = ? WHERE id = ? RETURNING version",
			PARAMS(p_text(row->form), p_text(row->status), text_or(row->area, ""),
				p_text(row->posyandu), p_text(row->date),
				secret_or(row->fields, "{}"), secret_or(row->problems, "[]"),
				secret_or(row->notes, "[]"), p_text(row->match_name),
				p_int(row->revised), p_int(row->original), p_int(row->training),
				p_text(row->actor), text_or(row->link, ""),
				text_or(row->standing, ""), p_int(row->verified),
				p_text(lookup_of(store, row->match_nik, hash)),
				p_int(row->id)),
			&version);
	ahead_forget(store, REPORT_ROW, ROW(p_int(row->id)));
	if (!error)
		note_name(store, row, true);
	error = span_end(&span, error);
	if (!error)
		row->version = (int)version;
	return error;
}
