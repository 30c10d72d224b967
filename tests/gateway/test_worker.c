/* The worker's step on a real SQLite store: batches, redelivery, poison, a store in trouble, parts,
 * receipts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "store/message/deadline.h"
#include "tests/gateway/worker_fixture.h"

static void test_stored_answered_and_handed_over(void **state)
{
	(void)state;
	assert_int_equal(
		step(make_item("081234567890", "LAHIR SITI"), make_item(PHONE, "POS 3"), NULL), OK);
	assert_int_equal(verdicts[0], VERDICT_OK);
	assert_int_equal(verdicts[1], VERDICT_OK);
	assert_int_equal(flow_calls, 2);
	assert_int_equal(outgoing_count(), 2);
	assert_string_equal(out->text, "ok LAHIR SITI");
	assert_string_equal(out->recipient, PHONE);
	assert_string_equal(out->link, "uji");
	assert_string_equal(inbound_row(1).source, PHONE);
	assert_string_equal(inbound_row(1).state, "handled");
	assert_string_equal(inbound_row(2).text, "POS 3");
	assert_string_equal(inbound_row(2).intent, "report");
}

static void test_a_redelivery_has_one_effect(void **state)
{
	(void)state;
	assert_int_equal(
		step(make_item(PHONE, "LAHIR SITI"), make_item(PHONE, "LAHIR SITI"), NULL), OK);
	assert_int_equal(verdicts[1], VERDICT_OK);
	assert_int_equal(flow_calls, 1);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(step(make_item(PHONE, "LAHIR SITI"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_int_equal(outgoing_count(), 0);
	assert_int_equal(step(make_item("+6281234567891", "LAHIR SITI"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 2);
}

static void test_a_human_repeating_is_heard(void **state)
{
	struct item *first = make_item(PHONE, "YA");
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	memcpy(digest, first->digest, DIGEST_SIZE);
	assert_int_equal(step(first, NULL, NULL), OK);
	/* The proof and the repetition in one batch, in this order. */
	assert_int_equal(step(item_new_proven("uji", digest), make_item(PHONE, "YA"), NULL), OK);
	assert_int_equal(flow_calls, 2);
	assert_int_equal(step(make_item(PHONE, "YA"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 2);
	clock_advance(86401 * 1000);
	assert_int_equal(step(make_item(PHONE, "YA"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 3);
}

static void test_poison_suffers_alone(void **state)
{
	(void)state;
	assert_int_equal(
		step(make_item(PHONE, "SATU"), make_item(PHONE, "RACUN"), make_item(PHONE, "TIGA")),
		OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(verdicts[i], VERDICT_OK);
	assert_int_equal(apologies, 1);
	assert_int_equal(outgoing_count(), 3);
	assert_string_equal(out->next->text, "maaf");
	assert_string_equal(inbound_row(1).state, "handled");
	assert_string_equal(inbound_row(2).state, "quarantined");
	assert_memory_equal(inbound_row(2).octets, "RACUN", 5);
	assert_string_equal(inbound_row(3).state, "handled");
	/* Redelivered: it is not tried again. */
	assert_int_equal(step(make_item(PHONE, "RACUN"), NULL, NULL), OK);
	assert_int_equal(apologies, 1);
}

static void test_even_the_apology_fails(void **state)
{
	(void)state;
	assert_int_equal(step(make_item(PHONE, "PARAH"), NULL, NULL), OK);
	assert_int_equal(verdicts[0], VERDICT_OK);
	assert_int_equal(outgoing_count(), 0);
	assert_string_equal(inbound_row(1).state, "quarantined");
}

/* Dies while this message is in progress. */
static void die_in(const char *text)
{
	struct item *item = make_item(PHONE, text);

	crash_enter(crash, item->digest, "");
	item_free(item);
	close_worker();
	open_worker();
}

static void test_the_third_kill_quarantines_unread(void **state)
{
	(void)state;
	die_in("PEMBUNUH");
	die_in("PEMBUNUH");
	die_in("LAIN");
	assert_int_equal(step(make_item(PHONE, "LAIN"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	die_in("PEMBUNUH");
	assert_int_equal(step(make_item(PHONE, "PEMBUNUH"), make_item(PHONE, "DUA"), NULL), OK);
	assert_int_equal(flow_calls, 2);
	assert_string_equal(flow_texts[1], "DUA");
	assert_string_equal(inbound_row(2).state, "quarantined");
	close_worker();
	open_worker();
	assert_int_equal(step(make_item(PHONE, "TIGA"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 3);
}

static void test_one_death_is_forgiven(void **state)
{
	(void)state;
	die_in("SATU");
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	die_in("SATU");
	assert_int_equal(step(make_item("+6281299999999", "SATU"), NULL, NULL), OK);
	assert_int_equal(flow_calls, 2);
}

static void check_trouble(int error, enum verdict verdict)
{
	commit_error = error;
	assert_int_equal(step(make_item(PHONE, "SATU"), make_item(PHONE, "DUA"), NULL), error);
	assert_int_equal(verdicts[0], verdict);
	assert_int_equal(verdicts[1], verdict);
	assert_null(out);
	assert_int_equal(inbound_row(1).id, 0);
	assert_int_equal(apologies, 0);
}

static void test_busy_is_refused_for_now(void **state)
{
	(void)state;
	check_trouble(ERR_STORE_BUSY, VERDICT_REFUSED);
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	assert_string_equal(inbound_row(1).text, "SATU");
}

static void test_an_io_error_is_met_with_silence(void **state)
{
	(void)state;
	check_trouble(ERR_STORE_IO, VERDICT_SILENT);
}

static void test_full_gives_up_the_ballast_and_resumes(void **state)
{
	(void)state;
	assert_int_equal(access(in_directory("kabar.db.ballast"), F_OK), 0);
	check_trouble(ERR_STORE_FULL, VERDICT_REFUSED);
	assert_int_not_equal(access(in_directory("kabar.db.ballast"), F_OK), 0);
	disk_room = 0;
	clock_advance(1000);
	flow_calls = 0;
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), ERR_STORE_FULL);
	assert_int_equal(verdicts[0], VERDICT_REFUSED);
	assert_int_equal(flow_calls, 0);
	disk_room = 1000000;
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), ERR_STORE_FULL);
	clock_advance(1000);
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	assert_int_equal(verdicts[0], VERDICT_OK);
	assert_int_equal(access(in_directory("kabar.db.ballast"), F_OK), 0);
}

/* Part `number` of 2 of message `ref`, with its user data header. */
static struct item *part(int ref, int number, uint8_t coding, const char *text, size_t length)
{
	static char octets[40000];
	const char header[] = {5, 0, 3, (char)ref, 2, (char)number};
	struct delivery delivery;

	memcpy(octets, header, sizeof(header));
	memcpy(octets + 6, text, length);
	delivery_make(&delivery, PHONE, "", 1);
	delivery.message.esm_class = ESM_UDHI;
	delivery.message.data_coding = coding;
	delivery.message.octets = (const uint8_t *)octets;
	delivery.message.length = length + 6;
	return item_new_message(&delivery.deliver, ALPHABET_GSM7);
}

static void test_parts_in_any_order(void **state)
{
	(void)state;
	assert_int_equal(step(part(9, 2, 0, "SITI", 4), NULL, NULL), OK);
	assert_int_equal(verdicts[0], VERDICT_OK);
	assert_int_equal(flow_calls, 0);
	assert_string_equal(inbound_row(1).state, "part");
	assert_int_equal(step(part(9, 2, 0, "SITI", 4), part(8, 1, 0, "X", 1), NULL), OK);
	assert_int_equal(flow_calls, 0);
	assert_int_equal(step(part(9, 1, 0, "LAHIR ", 6), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_string_equal(flow_texts[0], "LAHIR SITI");
	assert_int_equal(outgoing_count(), 1);
	/* The reference may be used again. */
	assert_int_equal(step(part(9, 1, 0, "POS ", 4), part(9, 2, 0, "3", 1), NULL), OK);
	assert_string_equal(flow_texts[1], "POS 3");
}

static void test_a_character_cut_between_parts(void **state)
{
	(void)state;
	assert_int_equal(
		step(part(1, 1, 8, "\0A\xD8\x3D", 4), part(1, 2, 8, "\xDE\x00\0B", 4), NULL), OK);
	assert_string_equal(flow_texts[0], "A\xF0\x9F\x98\x80" "B");
}

/* A phone that counts its messages always with the same number. */
static const char *source_of(const char *digits, uint8_t ton)
{
	static int64_t row;
	struct delivery delivery;
	struct item *item;

	delivery_make(&delivery, digits, "", 1);
	delivery.message.source.ton = ton;
	item = item_new_message(&delivery.deliver, ALPHABET_GSM7);
	assert_int_equal(step(item, NULL, NULL), OK);
	return inbound_row(++row).source;
}

static void test_whose_number_it_is(void **state)
{
	(void)state;
	assert_string_equal(source_of("6281234567890", 1), PHONE);
	assert_string_equal(source_of("081234567890", 1), PHONE);
	assert_string_equal(source_of("81234567890", 2), PHONE);
	assert_string_equal(source_of("60123456789", 1), "+60123456789");
	assert_string_equal(source_of("2255", 0), "2255");
	assert_string_equal(source_of("TELKOMSEL", 5), "TELKOMSEL");
	assert_string_equal(source_of("081234567899", 5), "@081234567899");
	assert_string_equal(source_of("+6281234567899", 5), "@+6281234567899");
}

static void test_a_reference_used_again(void **state)
{
	(void)state;
	assert_int_equal(step(part(9, 1, 0, "LAHIR ", 6), NULL, NULL), OK);
	assert_int_equal(step(part(9, 1, 0, "POS ", 4), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1); /* nothing is lost in silence */
	assert_string_equal(out->text, "kirim ulang");
	assert_int_equal(step(part(9, 2, 0, "MELATI", 6), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_string_equal(flow_texts[0], "POS MELATI");
	assert_string_equal(inbound_row(1).state, "heard");
}

/* What came is listened to once, before the rest is given up, and waits on. */
static void test_a_late_part_is_heard(void **state)
{
	(void)state;
	assert_int_equal(step(part(9, 2, 0, "TOLONG", 6), part(8, 2, 0, "SITI", 4), NULL), OK);
	for (int i = 0; i < 3; i++) {
		clock_advance(600LL * 1000);
		outgoing_free_list(out);
		assert_int_equal(worker_tick(worker, &out), OK);
		assert_int_equal(outgoing_count(), i == 0);
		if (i == 0)
			assert_string_equal(out->text, "darurat");
	}
	assert_string_equal(inbound_row(1).state, "heard");
	assert_int_equal(step(part(9, 1, 0, "POS ", 4), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_string_equal(flow_texts[0], "POS TOLONG");
}

static void test_a_reference_used_again_after_hours(void **state)
{
	(void)state;
	assert_int_equal(step(part(9, 2, 0, "SITI", 4), NULL, NULL), OK);
	clock_advance(3500LL * 1000);
	assert_int_equal(step(part(8, 1, 0, "LAHIR ", 6), part(8, 2, 0, "ANI", 3), NULL), OK);
	clock_advance(200LL * 1000);
	assert_int_equal(step(part(9, 1, 0, "POS ", 4), NULL, NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_string_equal(out->text, "kirim ulang");
	assert_int_equal(step(part(9, 2, 0, "MELATI", 6), NULL, NULL), OK);
	assert_string_equal(flow_texts[1], "POS MELATI");
}

/* Beyond what anybody writes: kept raw, answered once, read by a person and not by the reader. */
static void test_what_is_too_long_is_not_joined(void **state)
{
	static char text[30000], whole[45000];

	(void)state;
	memset(text, 'A', sizeof(text));
	memset(whole, 'A', sizeof(whole) - 1);
	assert_int_equal(step(part(9, 2, 0, text, sizeof(text)), NULL, NULL), OK);
	assert_int_equal(apologies, 0);
	assert_int_equal(step(part(9, 1, 0, text, sizeof(text)), NULL, NULL), OK);
	assert_int_equal(apologies, 1);
	assert_int_equal(flow_calls, 0);
	assert_int_equal(inbound_row(2).length, sizeof(text) + 6);
	assert_null(inbound_row(2).text);
	assert_string_equal(inbound_row(2).intent, "too-long");
	/* its parts are forgotten: the number is free again */
	assert_int_equal(step(part(9, 1, 0, "LAHIR ", 6), part(9, 2, 0, "SITI", 4), NULL), OK);
	assert_int_equal(flow_calls, 1);
	assert_int_equal(step(make_item(PHONE, whole), NULL, NULL), OK);
	assert_int_equal(apologies, 2);
	assert_int_equal(inbound_row(5).length, sizeof(whole) - 1);
	assert_string_equal(inbound_row(5).intent, "too-long");
}

static void test_late_parts_are_asked_for_again(void **state)
{
	(void)state;
	assert_int_equal(step(part(9, 2, 0, "SITI", 4), NULL, NULL), OK);
	clock_advance(86400LL * 1000 + 700000);
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, &out), OK);
	assert_int_equal(outgoing_count(), 1); /* and it leaves at once */
	assert_string_equal(out->text, "kirim ulang");
	clock_advance(700000);
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, &out), OK);
	assert_int_equal(outgoing_count(), 0);
}

static struct item *receipt(const char *id, enum receipt_state state)
{
	struct delivery delivery;
	struct receipt receipt = {.kind = RECEIPT_SURE, .state = state, .final = true};

	copy_string(receipt.id, sizeof(receipt.id), id);
	receipt.nkeyed = receipt.nvariant = receipt_variants(id, receipt.variants);
	return item_new_receipt(delivery_make(&delivery, PHONE, "", 1), ALPHABET_GSM7, &receipt);
}

static void test_results_and_receipts(void **state)
{
	int64_t id;

	(void)state;
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	id = out->id;
	assert_int_equal(step(item_new_result("uji", id, "sent", "ab12", 0),
				 receipt("AB12", RECEIPT_DELIVERED), NULL),
		OK);
	assert_string_equal(outbox_row(id).state, "delivered");
	/* Once more, and of a message that we never sent: both are acknowledged. */
	assert_int_equal(
		step(receipt("AB12", RECEIPT_DELIVERED), receipt("ffff", RECEIPT_REJECTED), NULL),
		OK);
	assert_int_equal(verdicts[0], VERDICT_OK);
	assert_int_equal(verdicts[1], VERDICT_OK);
}

static void test_an_early_receipt_is_matched_later(void **state)
{
	int64_t id;

	(void)state;
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	id = out->id;
	assert_int_equal(step(receipt("1a2b", RECEIPT_UNDELIVERABLE), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).state, "claimed");
	assert_int_equal(step(item_new_result("uji", id, "sent", "001A2B", 0), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).state, "failed");
}

/* Numbers without a key settle only what was sent to that phone; else a person's text is read. */
static void test_a_number_that_may_be_an_id(void **state)
{
	struct delivery delivery;
	struct receipt may = {.kind = RECEIPT_MAYBE, .state = RECEIPT_DELIVERED, .final = true};
	const struct deliver *deliver = delivery_make(&delivery, "081234567891", "12 delivered", 1);
	int64_t id;

	(void)state;
	may.nvariant = receipt_variants("12", may.variants);
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	id = out->id;
	assert_int_equal(step(item_new_result("uji", id, "sent", "12", 0), NULL, NULL), OK);
	assert_int_equal(step(item_new_receipt(deliver, ALPHABET_GSM7, &may), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).state, "sent");
	assert_int_equal(flow_calls, 2);
	deliver = delivery_make(&delivery, PHONE, "12 delivered", 2);
	assert_int_equal(step(item_new_receipt(deliver, ALPHABET_GSM7, &may), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).state, "delivered");
	assert_int_equal(flow_calls, 2);
}

/* Of a message that we never sent: kept as it came, no flow, no answer. */
static void test_a_strange_receipt_is_kept(void **state)
{
	struct delivery delivery;
	struct receipt sure = {.kind = RECEIPT_SURE, .state = RECEIPT_DELIVERED, .final = true};
	const struct deliver *deliver = delivery_make(&delivery, PHONE, "id:9 stat:DELIVRD", 1);

	(void)state;
	sure.nkeyed = sure.nvariant = receipt_variants("9", sure.variants);
	assert_int_equal(step(item_new_receipt(deliver, ALPHABET_GSM7, &sure), NULL, NULL), OK);
	assert_int_equal(flow_calls, 0);
	assert_int_equal(outgoing_count(), 0);
	assert_string_equal(inbound_row(1).state, "ignored");
	assert_string_equal(inbound_row(1).intent, "receipt");
	assert_string_equal(inbound_row(1).text, "id:9 stat:DELIVRD");
}

static void test_a_receipt_comes_over_the_link_that_sent(void **state)
{
	int64_t id;

	(void)state;
	assert_int_equal(step(make_item(PHONE, "SATU"), NULL, NULL), OK);
	id = out->id;
	assert_int_equal(store_outbox_set(store, id, "waiting", 0), OK);
	assert_int_equal(store_outbox_set(store, id, "claimed", 0), OK);
	/* The row came in over another link; leading zeros are not always written. */
	assert_int_equal(
		step(item_new_result("uji", id, "sent", "0000012", 0), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).link, "uji");
	assert_int_equal(step(receipt("12", RECEIPT_DELIVERED), NULL, NULL), OK);
	assert_string_equal(outbox_row(id).state, "delivered");
}

static void test_results_survive_a_busy_store(void **state)
{
	(void)state;
	commit_error = ERR_STORE_BUSY;
	assert_int_equal(
		step(item_new_result("uji", 1, "sent", "1", 0), NULL, NULL), ERR_STORE_BUSY);
	assert_int_equal(verdicts[0], VERDICT_REFUSED);
}

static void test_alerts_leave_with_their_batch(void **state)
{
	(void)state;
	assert_int_equal(step(make_item(PHONE, "ALARM"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 2);
	assert_string_equal(out->next->kind, "alert");
	assert_string_equal(outbox_row(out->next->id).owner, "uji");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stored_answered_and_handed_over),
		TEST(test_a_redelivery_has_one_effect),
		TEST(test_a_human_repeating_is_heard),
		TEST(test_poison_suffers_alone),
		TEST(test_even_the_apology_fails),
		TEST(test_the_third_kill_quarantines_unread),
		TEST(test_one_death_is_forgiven),
		TEST(test_busy_is_refused_for_now),
		TEST(test_an_io_error_is_met_with_silence),
		TEST(test_full_gives_up_the_ballast_and_resumes),
		TEST(test_parts_in_any_order),
		TEST(test_a_character_cut_between_parts),
		TEST(test_whose_number_it_is),
		TEST(test_a_reference_used_again),
		TEST(test_a_reference_used_again_after_hours),
		TEST(test_a_late_part_is_heard),
		TEST(test_late_parts_are_asked_for_again),
		TEST(test_what_is_too_long_is_not_joined),
		TEST(test_results_and_receipts),
		TEST(test_an_early_receipt_is_matched_later),
		TEST(test_a_number_that_may_be_an_id),
		TEST(test_a_strange_receipt_is_kept),
		TEST(test_a_receipt_comes_over_the_link_that_sent),
		TEST(test_results_survive_a_busy_store),
		TEST(test_alerts_leave_with_their_batch),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
