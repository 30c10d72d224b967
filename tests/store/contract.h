/* What every store driver must do: the tests of contract_*.c, run by contract.c on each driver in
 * turn. */
#ifndef TESTS_STORE_CONTRACT_H
#define TESTS_STORE_CONTRACT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/base/store.h"

/* One test's world: a fresh store, and an arena. */
struct world {
	struct store *store;
	struct arena *arena;
	char directory[128];
	char path[160], key[160];
	struct store_options options;
	int result; /* of another thread, when it is done */
	_Atomic bool done;
};

#define ok(expression) assert_int_equal((expression), OK)

struct store *world_second(struct world *world); /* another connection to the same store */
void world_reopen(struct world *world);

#define CONTRACT_TESTS \
	X(inbound_keeps_octets) X(redelivery_keys) X(redelivery_keys_of_a_batch) \
	X(parts_join) X(purge_empties_old_octets) \
	X(purge_empties_sent_texts) \
	X(outbox_claims_in_order) X(outbox_claims_by_class_and_link) \
	X(outbox_states_only_move_forward) X(outbox_finds_by_message_id) \
	X(outbox_rows_of_a_message) X(outbox_rows_of_a_report) X(outbox_lately_to_a_phone) \
	X(reports_are_filed) X(posyandu_of_a_month) X(report_versions) X(report_filters) X(serials_per_kabupaten) X(report_each_streams) \
	X(report_references_are_unique) X(report_names_of_days) X(names_that_are_known) \
	X(names_of_other_years) \
	X(person_phones) X(a_person_moves) X(person_list_by_area) X(person_list_does_not_unblock) X(places_upsert) \
	X(gazetteer_holds_what_is_active) X(gazetteer_of_an_empty_store) X(outlines) \
	X(store_version_follows_others) \
	X(tally_levels_and_periods) X(tally_agrees_with_a_plain_count) X(tally_follows_the_batch) \
	X(the_log_is_folded_slice_by_slice) \
	X(tally_of_large_batches) \
	X(stock_takes_the_last_month) X(stock_agrees_with_a_plain_sum) \
	X(stock_by_name_agrees_with_a_plain_sum) X(coverage_and_gaps) X(coverage_of_two_forms) \
	X(deadlines_in_order) X(jobs_once) X(sessions_expire) X(counters_count) X(human_inbox) \
	X(audit_is_append_only) \
	X(numbers_are_sealed) X(a_rotation_leaves_nothing) X(a_key_that_came_later) X(who_is_erased_is_gone) \
	X(batch_is_all_or_nothing) X(error_spoils_the_batch) X(two_writers) X(backup_is_a_copy) \
	X(columns_are_the_same) X(odd_texts_are_taken) X(walks_bring_all) \
	X(what_was_foreseen_is_still_true) \
	X(reports_that_were_expected_are_still_true) \
	X(names_belong_to_one) X(silent_gateways_are_taken_over) X(locks_of_a_batch) X(all_is_locked) X(lists_are_heard) \
	X(serials_in_blocks) X(writing_waits_for_nobody) X(a_lost_answer_of_a_commit) X(a_commit_that_never_was) \
	 X(statements_may_nest) X(closing_and_opening_keeps_all)

#define X(name) void test_##name(void **state);
CONTRACT_TESTS
#undef X

#endif
